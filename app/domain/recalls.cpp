#include "domain/recalls.hpp"

#include <algorithm>

#include "domain/draft.hpp"
#include "domain/operations.hpp"
#include "domain/work.hpp"

namespace aftercare::domain {
namespace {

constexpr std::int64_t kMostLegs = 20;  ///< of one operation

Result<const InboundLeg*> find_aside(const CaseState& state, const OperationId& operation, const InboundLegId& id) {
    for (const auto& leg : state.inbound)
        if (leg.id == id && leg.operation_id == operation && is_aside(leg)) return &leg;
    return fail(ErrorKind::not_found, "inbound_leg_not_found");
}

std::int64_t inspected_of(const CaseState& state, const InboundLegId& id) {
    std::int64_t sum = 0;
    for (const auto& record : state.inspections)
        if (record.inbound_leg_id == id) sum += record.qty;
    return sum;
}

Decision put(const CaseState& state, InboundLeg leg, CommandWord command, const Facts& facts, std::optional<InspectionRecord> record = {}) {
    Draft draft(state, command, facts);
    draft.add(RecallWent{std::move(leg), std::move(record), {}});
    return draft.take();
}

/// The right one never left, or nobody has the parcel: what was given up for it may turn up.
bool gave_up_lost(const Operation& o) {
    return o.reason == Reason::not_received && (o.sub_kind == SubKind::not_received || o.sub_kind == SubKind::unit);
}

}  // namespace

std::int64_t still_lost(const CaseState& state, const OperationLine& line) {
    const Operation& operation = *find_operation(state, line.operation_id);
    std::int64_t lost = gave_up_lost(operation) ? line.kept : 0;
    for (const auto& leg : state.outbound)
        if (leg.operation_id == operation.id && leg.purpose == OutboundPurpose::replacement && leg.state == OutboundState::lost)
            for (const auto& parcel : lines_of_parcel(state, leg.id)) lost += parcel.operation_line_id == line.id ? parcel.qty : 0;
    for (const auto& leg : state.inbound)
        if (leg.operation_id == operation.id && leg.purpose == InboundPurpose::recovered && leg.order_line_id == line.order_line_id) lost -= leg.arrived;
    return lost;
}

Result<Decision> open_recall(const CaseState& state, const OpenRecall& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::open_recall));
    if (operation->kind != OperationKind::reissue || operation->reason != Reason::wrong_item) return refuse("no_wrong_item");
    if (command.sku.empty()) return fail_field("/sku", "required");
    if (command.qty < 1) return fail_field("/qty", "out_of_range");
    const auto lines = lines_of(state, operation->id);
    const OperationLine* line = command.order_line_id.empty() && !lines.empty() ? lines.front() : find_line(state, operation->id, command.order_line_id);
    if (!line) return fail_field("/order_line_id", "unknown_line");
    if (!command.tracking.empty() && !facts.tracking_used_by.empty())
        return refuse("tracking_in_use", {{"tracking", command.tracking}, {"case_number", facts.tracking_used_by}}, {{"check_tracking", {}}});
    const auto legs = std::count_if(state.inbound.begin(), state.inbound.end(), [&](const InboundLeg& l) { return l.operation_id == operation->id && is_aside(l); });
    if (legs >= kMostLegs) return refuse("too_many_recalls", {{"max", text(kMostLegs)}});
    InboundLeg leg;
    leg.id = InboundLegId(facts.next_id());
    leg.operation_id = operation->id;
    leg.purpose = InboundPurpose::recall;
    leg.state = command.tracking.empty() ? InboundState::expected : InboundState::in_transit;
    leg.carrier = command.carrier;
    leg.tracking = command.tracking;
    leg.sku = command.sku;
    leg.name = command.name;
    leg.qty = command.qty;
    leg.order_line_id = line->order_line_id;
    if (!command.tracking.empty()) leg.shipped_at = facts.now;
    return put(state, std::move(leg), CommandWord::open_recall, facts);
}

Result<Decision> recall_arrived(const CaseState& state, const RecallArrived& command, const Facts& facts) {
    AC_CHECK(known(state, command.operation_id, facts.actor, CommandWord::recall_arrived));
    AC_TRY(const InboundLeg* leg, find_aside(state, command.operation_id, command.inbound_leg_id));
    if (command.qty < 1) return fail_field("/qty", "out_of_range");
    if (const auto most = leg->qty - leg->arrived; command.qty > most)
        return refuse("more_than_announced", {{"counted", text(command.qty)}, {"announced", text(most)}}, {{"count_at_most", {{"qty", text(most)}}}});
    InboundLeg now = *leg;
    now.state = InboundState::arrived;
    now.arrived += command.qty;
    now.arrived_at = facts.now;
    return put(state, std::move(now), CommandWord::recall_arrived, facts);
}

Result<Decision> inspect_recall(const CaseState& state, const InspectRecall& command, const Facts& facts) {
    AC_CHECK(known(state, command.operation_id, facts.actor, CommandWord::inspect_recall));
    AC_TRY(const InboundLeg* leg, find_aside(state, command.operation_id, command.inbound_leg_id));
    if (command.qty < 1) return fail_field("/qty", "out_of_range");
    const auto done = inspected_of(state, leg->id), most = leg->arrived - done;
    if (command.qty > most)
        return refuse("qty_over_arrived", {{"qty", text(command.qty)}, {"available", text(most)}},
                      most > 0 ? std::vector<Remedy>{{"inspect_fewer", {{"qty", text(most)}}}} : std::vector<Remedy>{{"arrive_first", {}}});
    if (command.grade != Grade::pass && command.photo_ref.empty())
        return refuse("photo_required", {{"grade", std::string(word(command.grade))}}, {{"attach_photo", {}}});
    const OperationLine* line = find_line(state, command.operation_id, leg->order_line_id);
    if (!line) return fail(ErrorKind::not_found, "inbound_leg_not_found");
    InspectionRecord record{InspectionId(facts.next_id()), command.operation_id, line->id, command.qty, command.grade, command.disposition,
                            command.photo_ref, {}, command.inspector, facts.now, leg->id};
    InboundLeg now = *leg;
    if (done + command.qty == now.qty) now.state = InboundState::inspected;
    return put(state, std::move(now), CommandWord::inspect_recall, facts, std::move(record));
}

Result<Decision> end_recall(const CaseState& state, const EndRecall& command, const Facts& facts) {
    AC_CHECK(known(state, command.operation_id, facts.actor, CommandWord::end_recall));
    AC_TRY(const InboundLeg* leg, find_aside(state, command.operation_id, command.inbound_leg_id));
    if (leg->state == InboundState::lost) return Decision{};
    if (leg->state != InboundState::expected && leg->state != InboundState::in_transit) return refuse("recall_ended", {{"state", std::string(word(leg->state))}});
    InboundLeg now = *leg;
    now.state = InboundState::lost;
    return put(state, std::move(now), CommandWord::end_recall, facts);
}

Result<Decision> lost_came_back(const CaseState& state, const LostCameBack& command, const Facts& facts) {
    AC_TRY(const Operation* operation, known(state, command.operation_id, facts.actor, CommandWord::arrive));
    std::vector<LineQty> came = command.lines;
    if (came.empty())
        for (const OperationLine* line : lines_of(state, operation->id))
            if (const auto most = still_lost(state, *line); most > 0) came.push_back({line->order_line_id, most});
    if (came.empty()) return refuse("nothing_lost");
    Draft draft(state, CommandWord::arrive, facts);
    for (std::size_t i = 0; i < came.size(); ++i) {
        const OperationLine* line = find_line(draft.state(), operation->id, came[i].order_line_id);
        const std::string at = "/lines/" + std::to_string(i);
        if (!line) return fail_field(at + "/order_line_id", "unknown_line");
        if (came[i].qty < 1) return fail_field(at + "/qty", "out_of_range");
        if (const auto most = std::max<std::int64_t>(still_lost(draft.state(), *line), 0); came[i].qty > most)
            return refuse("more_than_lost", {{"order_line_id", line->order_line_id.value}, {"available", text(most)}});
        const OrderLine& bought = *find_order_line(state.order, line->order_line_id);
        InboundLeg leg;
        leg.id = InboundLegId(facts.next_id());
        leg.operation_id = operation->id;
        leg.purpose = InboundPurpose::recovered;
        leg.state = InboundState::arrived;
        leg.tracking = command.tracking;
        leg.order_line_id = bought.id;
        leg.sku = bought.sku;
        leg.name = bought.name;
        leg.qty = leg.arrived = came[i].qty;
        leg.arrived_at = facts.now;
        if (!command.receipt.empty()) leg.receipts = command.receipt + "\t*\n";
        draft.add(RecallWent{std::move(leg), {}, {}});
    }
    return draft.take();
}

}  // namespace aftercare::domain
