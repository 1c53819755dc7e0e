#include "usecase/arrivals.hpp"

#include <algorithm>
#include <map>

#include "domain/operation_rules.hpp"
#include "env/log.hpp"
#include "usecase/plugin_change.hpp"
#include "usecase/unknown_parcels.hpp"

namespace aftercare::usecase {
namespace {

/// Units of one operation line that an item may mean.
struct Room {
    OperationLineId line_id;
    OrderLineId order_line_id;
    std::int64_t open = 0;
};

// The lines of the operation that an item means: by id, else by sku (two order lines may share one).
std::vector<Room> rooms(const domain::CaseState& state, const OperationId& operation, const OrderLineId& id,
                        const std::string& sku, const std::function<std::int64_t(const OperationLine&)>& open) {
    std::vector<Room> found;
    for (const OperationLine& line : state.lines) {
        if (line.operation_id != operation) continue;
        const bool named = id.empty() ? std::any_of(state.order.lines.begin(), state.order.lines.end(),
                                                    [&](const OrderLine& o) { return o.id == line.order_line_id && o.sku == sku; })
                                      : line.order_line_id == id;
        if (named) found.push_back({line.id, line.order_line_id, std::max<std::int64_t>(0, open(line))});
    }
    return found;
}

// The parcel a receipt means: the one with its tracking, without one the only one under way; none: nobody announced it.
const InboundLeg* parcel_of(const domain::CaseState& state, const OperationId& operation, const std::string& tracking) {
    std::vector<const InboundLeg*> found;
    for (const InboundLeg& leg : state.inbound) {
        const bool under_way = leg.state == InboundState::expected || leg.state == InboundState::in_transit || leg.state == InboundState::overdue;
        if (leg.operation_id == operation && !is_aside(leg) && (tracking.empty() ? under_way : leg.tracking == tracking)) found.push_back(&leg);
    }
    return found.size() == 1 ? found.front() : nullptr;
}

}  // namespace

bool has_taken(const domain::CaseState& state, const OperationId& operation, const Receipt& receipt) {
    return std::any_of(state.inbound.begin(), state.inbound.end(), [&](const InboundLeg& leg) {
        const std::string all = "\n" + leg.receipts;
        return leg.operation_id == operation && all.find("\n" + receipt.id + "\t") != std::string::npos;
    });
}

bool has_taken(const domain::CaseState& state, const OperationId& operation, const Inspection& item) {
    return std::any_of(state.inspections.begin(), state.inspections.end(),
                       [&](const InspectionRecord& record) { return record.operation_id == operation && record.external_id == item.id; });
}

Result<domain::Decision> take(const domain::CaseState& state, const Receipt& receipt, const domain::Facts& facts) {
    domain::Arrive command{OperationId(receipt.key), {}, receipt.tracking, std::vector<domain::LineQty>{}, receipt.id};
    const InboundLeg* parcel = parcel_of(state, command.operation_id, receipt.tracking);
    const auto still_to_arrive = [&](const OperationLine& line) {
        if (!parcel) return line.qty - line.released - line.shipped;
        std::int64_t open = 0;
        for (const InboundLine& each : state.inbound_lines)
            if (each.inbound_leg_id == parcel->id && each.operation_line_id == line.id) open += each.qty - each.arrived;
        return open;
    };
    std::map<OrderLineId, std::int64_t> counted;
    for (const ReceiptLine& line : receipt.lines) {
        const auto places = rooms(state, command.operation_id, line.order_line_id, line.sku, still_to_arrive);
        if (places.empty()) return fail(ErrorKind::invalid, "line_not_in_return");
        // How a sku was spread over its lines depends on what was open then, so a repeated receipt cannot be compared.
        if (places.size() > 1 && has_taken(state, command.operation_id, receipt)) return domain::Decision{};
        std::int64_t left = line.qty;
        for (std::size_t i = 0; i < places.size(); ++i) {
            std::int64_t& here = counted[places[i].order_line_id];
            const std::int64_t fits = std::max<std::int64_t>(0, places[i].open - here);
            const std::int64_t put = i + 1 == places.size() ? left : std::min(left, fits);
            here += put;
            left -= put;
        }
    }
    for (const auto& [id, qty] : counted)
        if (qty > 0) command.lines->push_back({id, qty});
    return domain::arrive(state, command, facts);
}

Result<domain::Decision> take(const domain::CaseState& state, const Inspection& item, const domain::Facts& facts) {
    const OperationId operation(item.key);
    const auto places = rooms(state, operation, item.order_line_id, item.sku,
                              [](const OperationLine& line) { return line.arrived - line.inspected; });
    if (places.empty()) return fail(ErrorKind::invalid, "line_not_in_return");
    auto place = std::find_if(places.begin(), places.end(), [&](const Room& each) { return each.open >= item.qty; });
    for (const InspectionRecord& record : state.inspections)  // a repeated one means the line it meant before
        if (record.operation_id == operation && record.external_id == item.id)
            place = std::find_if(places.begin(), places.end(), [&](const Room& each) { return each.line_id == record.operation_line_id; });
    if (place == places.end()) place = places.begin();
    return domain::inspect(state, {operation, place->order_line_id, item.qty, item.grade, item.disposition, item.photo_ref, item.id, item.inspector},
                           facts);
}

Result<domain::Decision> take(const domain::CaseState& state, const GoodsSent& item, const domain::Facts& facts) {
    for (const OutboundLeg& leg : state.outbound) {
        if (leg.id.value != item.key) continue;
        const bool said = leg.state != OutboundState::planned && leg.carrier == item.carrier && leg.tracking == item.tracking;
        if (said) return domain::Decision{};
        return domain::dispatch(state, {leg.operation_id, leg.id, item.carrier, item.tracking}, facts);
    }
    return fail(ErrorKind::not_found, "outbound_leg_not_found");
}

std::string Arrivals::into_case(const ItemName& name, const RawJson& raw, const std::optional<CaseId>& case_id,
                                const DecideArrival& decide, const store::Wanted& wanted) const {
    const OperationId operation(name.key);
    std::string code = "unknown_return";
    if (case_id) {
        const auto taken = tell_case(ctx, tx, *case_id, operation, now, hints, decide, source.actor, wanted);
        if (taken) {
            store::solve_problem(tx, source.id, stream, name.id);
            if (stream == word(WarehouseStream::receipts)) claim_receipt(*this, name.id, *case_id, operation);
            return {};
        }
        code = taken.error().code;
    }
    keep(name, raw, case_id.value_or(CaseId{}), code);
    return code;
}

void Arrivals::keep(const ItemName& name, const RawJson& raw, const CaseId& case_id, const std::string& code) const {
    env::log_warn("unmatched", {{"connector_id", source.id.value}, {"stream", stream}, {"item", name.id}, {"code", code}});
    const bool fits_nothing = code == "unknown_return" || code == "return_ambiguous";
    if (fits_nothing && stream == word(WarehouseStream::receipts) && !land_receipt(*this, raw)) return;
    const bool is_new = store::put_problem(tx, {source.id, std::string(stream), name.id, code, raw, case_id, now});
    if (!is_new || case_id.empty() || name.key.empty()) return;
    const OperationId operation(name.key);
    const auto told = tell_case(ctx, tx, case_id, operation, now, hints, [&](const auto& state, const auto& facts) {
        return domain::announce_failed(state, operation, code, facts, stream == "after_sales" ? "platform_unmatched" : "announce_failed");
    });
    if (!told) env::log_warn("task_refused", {{"case_id", case_id.value}, {"code", told.error().code}});
}

}  // namespace aftercare::usecase
