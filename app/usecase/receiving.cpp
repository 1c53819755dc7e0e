#include "usecase/receiving.hpp"

#include <algorithm>

#include "domain/operations.hpp"
#include "domain/recalls.hpp"
#include "store/staff.hpp"
#include "usecase/facts.hpp"

namespace aftercare::usecase {
namespace {

bool is_on_the_way(const InboundLeg& leg) {
    return leg.state == InboundState::expected || leg.state == InboundState::in_transit || leg.state == InboundState::overdue;
}

std::vector<ReceivingParcel> parcels_of(const domain::CaseState& state, const OperationId& operation, const std::string& code) {
    std::vector<ReceivingParcel> parcels;
    for (const InboundLeg& leg : state.inbound) {
        if (leg.operation_id != operation || is_aside(leg) || !is_on_the_way(leg)) continue;
        ReceivingParcel parcel{leg.id, leg.carrier, leg.tracking, {}};
        for (const InboundLine& row : state.inbound_lines)
            if (const OperationLine* line = row.inbound_leg_id == leg.id ? domain::find_line(state, row.operation_line_id) : nullptr; line && row.qty > row.arrived)
                parcel.lines.push_back({line->order_line_id, row.qty - row.arrived});
        parcels.push_back(std::move(parcel));
    }
    std::stable_partition(parcels.begin(), parcels.end(), [&](const ReceivingParcel& each) { return each.tracking == code; });
    ReceivingParcel unannounced;
    for (const OperationLine& line : state.lines)
        if (const auto left = domain::counts(line).to_ship; line.operation_id == operation && left > 0) unannounced.lines.push_back({line.order_line_id, left});
    if (!unannounced.lines.empty()) parcels.push_back(std::move(unannounced));
    return parcels;
}

ReceivingReturn return_of(store::Tx& tx, const domain::CaseState& state, const OperationId& id, const std::string& code) {
    const Operation& operation = *domain::find_operation(state, id);
    const auto shop = store::find_shop(tx, state.c.shop_id);
    ReceivingReturn view{state.c.id, id, state.c.shop_id, state.c.number, state.order.order.number, shop ? shop->name : "", operation.kind, state.c.version, {}, {}};
    for (const OperationLine& line : state.lines) {
        const OrderLine* bought = line.operation_id == id ? domain::find_order_line(state.order, line.order_line_id) : nullptr;
        if (bought) view.lines.push_back({bought->id, bought->sku, bought->name, line.qty - line.released, line.arrived, line.inspected});
    }
    view.parcels = parcels_of(state, id, code);
    return view;
}

/// What the operation gave up as lost, as one parcel that nobody announced.
ReceivingReturn lost_of(store::Tx& tx, const domain::CaseState& state, const OperationId& id) {
    ReceivingReturn view = return_of(tx, state, id, {});
    view.parcels.clear();
    ReceivingParcel parcel;
    for (const OperationLine& line : state.lines)
        if (const auto qty = line.operation_id == id ? domain::still_lost(state, line) : 0; qty > 0) parcel.lines.push_back({line.order_line_id, qty});
    if (!parcel.lines.empty()) view.parcels.push_back(std::move(parcel));
    return view;
}

}  // namespace

Result<Receiving> find_receiving(Context& ctx, const Actor& actor, const ReceivingQuery& in) {
    AC_CHECK(require(actor, Permission::receive_goods));
    return ctx.store.read([&](store::Tx& tx) -> Result<Receiving> {
        const auto shops = shops_for(tx, actor, in.shop_id);
        Receiving found;
        for (const auto& [by, name] : Words<FoundBy>::all) {
            const auto returns = store::to_receive(tx, shops, by, by == FoundBy::case_number && in.code.starts_with('#') ? in.code.substr(1) : in.code);
            for (const store::ToReceive& each : returns) {
                AC_TRY(const auto state, store::load_case(tx, each.case_id, false));
                found.items.push_back(return_of(tx, state, each.operation_id, in.code));
            }
            if (!found.items.empty()) {
                found.by = by;
                break;
            }
        }
        for (auto& each : store::recalls_with(tx, shops, in.code))
            found.recalls.push_back({each.case_id, std::move(each.case_number), std::move(each.sku), std::move(each.name), std::move(each.tracking), each.qty});
        for (const store::ToReceive& each : store::gave_up(tx, shops, in.code)) {
            AC_TRY(const auto state, store::load_case(tx, each.case_id, false));
            if (auto view = lost_of(tx, state, each.operation_id); !view.parcels.empty()) found.lost.push_back(std::move(view));
        }
        found.unknown = store::parcels_with(tx, shops, in.code);
        return found;
    });
}

}  // namespace aftercare::usecase
