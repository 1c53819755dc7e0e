#include <algorithm>

#include "domain/approvals.hpp"
#include "domain/batches.hpp"
#include "domain/clocks.hpp"
#include "domain/ledgers.hpp"
#include "domain/platform.hpp"
#include "domain/quotes.hpp"
#include "domain/work.hpp"
#include "domain/operation_rules.hpp"

/// Rows 18 to 19b: the exits of a dispute, goods going back to the customer, and what is lost on that way.
namespace aftercare::domain {
namespace {

Result<const OutboundLeg*> find_outbound(const CaseState& state, const OperationId& operation, const OutboundLegId& id) {
    for (const auto& leg : state.outbound)
        if (leg.id == id && leg.operation_id == operation) return &leg;
    return fail(ErrorKind::not_found, "outbound_leg_not_found");
}

/// Held units of an operation in one bucket, line by line.
std::vector<LineCount> held_in(const CaseState& state, const OperationId& id, Bucket bucket) {
    std::vector<LineCount> lines;
    for (const auto& line : state.lines)
        if (const auto qty = line.operation_id == id ? count_units(state.order, line.order_line_id, bucket, line.id) : 0; qty > 0)
            lines.push_back({line.id, qty});
    return lines;
}

void move_all(Moves& moves, const CaseState& state, const std::vector<LineCount>& lines, Bucket from, Bucket to, bool release) {
    for (const auto& each : lines) move_held(moves, state.order, *find_line(state, each.operation_line_id), from, each.qty, to, release);
}

OutboundLeg new_parcel(const OperationId& id, const Facts& facts) {
    OutboundLeg leg;
    leg.id = OutboundLegId(facts.next_id());
    leg.operation_id = id;
    leg.state = OutboundState::planned;
    leg.purpose = OutboundPurpose::send_back;
    return leg;
}

/// The order's own shipping, as far as nobody has promised or refunded it.
std::int64_t spare_shipping(const CaseState& state, const Operation& operation) {
    const bool taken = operation.quote.shipping_minor != 0 || operation.settled.shipping_minor != 0 || state.order.shipping_refunded;
    return taken ? 0 : state.order.order.shipping_minor;
}

/// The customer has other goods: lines of the order that stand in for the old ones and carry what was paid for them.
GoodsDelivered replacement_delivered(const CaseState& state, const OutboundLeg& leg, const Facts& facts) {
    GoodsDelivered event{leg.operation_id, leg.id, {}, {}, {}};
    const Operation& operation = *find_operation(state, leg.operation_id);
    std::int64_t position = 0;
    for (const auto& line : state.order.lines) position = std::max(position, line.position + 1);
    for (const auto& parcel : lines_of_parcel(state, leg.id)) {
        const OperationLine& line = *find_line(state, parcel.operation_line_id);
        event.lines.push_back({line.id, parcel.qty});
        if (operation.sub_kind == SubKind::part) continue;
        const OrderLine& origin = *find_order_line(state.order, line.order_line_id);
        OrderLine child{OrderLineId(facts.next_id()), state.order.order.id, position++, line.new_sku, line.new_name, parcel.qty, parcel.value_minor / parcel.qty,
                        0, parcel.value_minor, parcel.qty, parcel.qty, leg.id, origin.id, facts.policy.terms.restart_window ? facts.now : origin.window_from};
        event.moves.units.push_back({child.id, 0, child.qty, Bucket::with_customer, {}, 0});
        event.moves.lines.push_back(std::move(child));
    }
    return event;
}

/// Lost, the last one sent, and its goods still open: it may come after all.
bool may_turn_up(const CaseState& state, const OutboundLeg& leg) {
    return leg.state == OutboundState::lost && leg.purpose != OutboundPurpose::replacement && counts(state, leg.operation_id).lost_back > 0 && !outbound_open(state, leg.operation_id) &&
           std::none_of(state.outbound.begin(), state.outbound.end(),
                        [&](const OutboundLeg& later) { return later.operation_id == leg.operation_id && later.id > leg.id; });
}

/// Whoever has the new goods cannot have money, or the old ones, as well.
Result<void> check_replaced(const CaseState& state, const Operation& operation, bool replaces) {
    if (operation.kind != OperationKind::exchange) return replaces ? Result<void>(fail_field("/replace", "not_of_kind")) : Result<void>();
    if (replaces) return {};
    for (const OperationLine* line : lines_of(state, operation.id))
        if (owed_back(*line) > 0) return refuse("goods_replaced", {}, {{"agree_replacement", {}}, {"write_off", {}}});
    return {};
}

tl::unexpected<Error> nothing_to_settle(const Operation& operation) {
    if (operation.dispute == Dispute::out_of_stock) return refuse("goods_out_of_stock", {}, {{"reserve", {}}, {"swap", {}}, {"change_kind", {}}, {"withdraw", {}}});
    if (operation.dispute == Dispute::not_returned) return refuse("goods_not_returned", {}, {{"ship_back", {}}, {"write_off", {}}});
    return refuse("nothing_to_accept", {}, {{"arrive", {}}, {"inspect", {}}});
}

}  // namespace

std::int64_t most_ruled(const CaseState& state, const Operation& operation, const Batch& batch) {
    return batch.full.net_minor + batch.full.fee_minor + spare_shipping(state, operation);
}

Result<Decision> agree(const CaseState& state, const Agree& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::agree));
    if (!command.customer_consent) return refuse("consent_missing", {}, {{"record_consent", {}}});
    AC_CHECK(check_replaced(state, *operation, command.replace));
    const Batch batch = everything(state, *operation, facts.policy.terms, command.replace);
    if (batch.empty()) return nothing_to_settle(*operation);
    if (command.net_minor < 0) return fail_field("/net_minor", "out_of_range");
    if (command.collect_minor < 0 || command.collect_minor > batch.full.replacement_minor) return fail_field("/collect_minor", "out_of_range");
    const auto most = batch.full.net_minor - batch.full.collect_minor;
    if (command.net_minor - command.collect_minor > most)
        return refuse("over_ceiling", {{"max", text(std::max<std::int64_t>(most, 0))}}, {{"lower_amount", {{"max", text(std::max<std::int64_t>(most, 0))}}}, {"ask_lead_ruling", {}}});
    if (const auto ruled = ruled_rest(state, *operation, facts.policy.terms); ruled && command.net_minor != *ruled)
        return refuse("platform_ruled", {{"amount", text(*ruled)}}, {{"rule", {{"amount", text(*ruled)}}}});
    if (const auto all = operation->settled.net_minor + command.net_minor; all > operation->quote.net_minor) AC_CHECK(check_given(state, *operation, all, facts));
    Draft draft(state, CommandWord::agree, facts);
    if (!command.replace && sends_first(*operation)) AC_CHECK(cancel_advance(draft, operation->id, false));
    AC_CHECK(settle(draft, operation->id, batch, lowered(batch.full, command.net_minor, command.collect_minor), SettledBy::agree, {}, false));
    return draft.take();
}

Result<Decision> rule(const CaseState& state, const Rule& command, const Facts& facts) {
    AC_TRY(const Operation* operation, known(state, command.operation_id, facts.actor, CommandWord::rule));
    if (ruled_owed(state) == 0 || !in(table::kUnderWay, operation->decision)) AC_CHECK(in_state(*operation, CommandWord::rule));
    AC_CHECK(check_replaced(state, *operation, false));
    const Batch batch = everything(state, *operation, facts.policy.terms);
    if (batch.empty()) return nothing_to_settle(*operation);
    const std::int64_t most = most_ruled(state, *operation, batch);
    if (command.amount_minor < 0) return fail_field("/amount_minor", "out_of_range");
    if (command.amount_minor > most) return refuse("over_value", {{"max", text(most)}}, {{"lower_amount", {{"max", text(most)}}}});
    if (const auto ruled = ruled_rest(state, *operation, facts.policy.terms); ruled && command.amount_minor != *ruled)
        return refuse("platform_ruled", {{"amount", text(*ruled)}}, {{"rule", {{"amount", text(*ruled)}}}});
    if (command.amount_minor == 0 && batch.full.net_minor > 0 && !batch.accepted.empty())
        return refuse("goods_with_us", {}, {{"send_back", {}}});  // nobody keeps goods and money both
    Draft draft(state, CommandWord::rule, facts);
    if (sends_first(*operation)) AC_CHECK(cancel_advance(draft, operation->id, false));
    AC_CHECK(settle(draft, operation->id, batch, ruled(batch.full, command.amount_minor, spare_shipping(state, *operation)), SettledBy::rule, command.reason, false));
    return draft.take();
}

Result<Decision> send_back(const CaseState& state, const SendBack& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::send_back));
    if (counts(state, operation->id).disputed == 0)
        return refuse("goods_not_with_us", {}, {{"agree", {}}, {"rule", {}}});
    if (const auto ruled = ruled_rest(state, *operation, facts.policy.terms))
        return refuse("platform_ruled", {{"amount", text(*ruled)}}, {{"rule", {{"amount", text(*ruled)}}}});
    if (!command.address_confirmed) return refuse("address_not_confirmed", {}, {{"confirm_address", {}}});
    AC_CHECK(check_replaced(state, *operation, false));
    Draft draft(state, CommandWord::send_back, facts);
    if (sends_first(*operation)) AC_CHECK(cancel_advance(draft, operation->id, false));
    if (outbound_open(draft.state(), operation->id)) return refuse("parcel_still_out", {}, {{"wait_for_delivery", {}}});
    if (counts(state, operation->id).lost_back > 0)  // one parcel at a time: a lost one is settled or replaced first
        return refuse("parcel_lost_open", {}, {{"resend", {}}, {"agree", {}}, {"rule", {}}});
    SendBackOrdered event;
    event.leg = new_parcel(operation->id, facts);
    for (const auto& line : state.lines) {
        if (line.operation_id != operation->id || line.disputed == 0) continue;
        event.lines.push_back({line.id, line.disputed});
        move_held(event.moves, state.order, line, Bucket::with_us, line.disputed, Bucket::in_transit_out, false);
    }
    promise_less(event.moves, state, *operation, facts);
    open_task(event.moves, state, operation->id, Department::warehouse, "dispatch_goods", facts);
    draft.add(std::move(event));
    finish(draft, operation->id);
    return draft.take();
}

Result<Decision> dispatch(const CaseState& state, const Dispatch& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::dispatch));
    AC_TRY(const OutboundLeg* leg, find_outbound(state, operation->id, command.outbound_leg_id));
    if (leg->state != OutboundState::planned) {
        if (leg->carrier == command.carrier && leg->tracking == command.tracking) return Decision{};
        return refuse("parcel_already_sent", {{"state", std::string(word(leg->state))}});
    }
    if (command.carrier.empty()) return fail_field("/carrier", "required");
    if (command.tracking.empty()) return fail_field("/tracking", "required");
    AC_CHECK(may_leave(state, *operation, *leg));
    Draft draft(state, CommandWord::dispatch, facts);
    GoodsDispatched event{operation->id, leg->id, command.carrier, command.tracking, {}};
    if (leg->purpose == OutboundPurpose::repaired)
        for (const auto& line : lines_of_parcel(state, leg->id))
            move_held(event.moves, state.order, *find_line(state, line.operation_line_id), Bucket::with_us, line.qty, Bucket::in_transit_out, false);
    draft.add(std::move(event));
    return draft.take();
}

Result<Decision> delivered(const CaseState& state, const Delivered& command, const Facts& facts) {
    AC_TRY(const Operation* operation, known(state, command.operation_id, facts.actor, CommandWord::delivered));
    AC_TRY(const OutboundLeg* leg, find_outbound(state, operation->id, command.outbound_leg_id));
    if (leg->state == OutboundState::delivered) return Decision{};
    AC_CHECK(in_state(*operation, CommandWord::delivered));
    const bool found = may_turn_up(state, *leg);
    if (leg->state != OutboundState::dispatched && !found)
        return refuse("parcel_not_under_way", {{"state", std::string(word(leg->state))}}, {{"dispatch", {}}});
    Draft draft(state, CommandWord::delivered, facts);
    if (leg->purpose == OutboundPurpose::replacement) {
        const OutboundLeg parcel = *leg;
        draft.add(replacement_delivered(state, parcel, facts));
        if (operation->sub_kind == SubKind::cross) ship_all(draft, operation->id, parcel.carrier, {});
        finish(draft, operation->id);
        return draft.take();
    }
    GoodsDelivered event{operation->id, leg->id, {}, {}, {}};
    if (leg->purpose == OutboundPurpose::repaired && !found)
        for (const auto& line : lines_of_parcel(state, leg->id)) event.lines.push_back({line.operation_line_id, line.qty});
    const Bucket from = found ? Bucket::lost_out : Bucket::in_transit_out;
    const auto lines = held_in(state, operation->id, from);
    if (found) event.found = lines;
    move_all(event.moves, state, lines, from, Bucket::with_customer, true);
    draft.add(std::move(event));
    finish(draft, operation->id);
    return draft.take();
}

Result<Decision> outbound_lost(const CaseState& state, const OutboundLost& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::outbound_lost));
    AC_TRY(const OutboundLeg* leg, find_outbound(state, operation->id, command.outbound_leg_id));
    if (leg->state == OutboundState::lost) return Decision{};
    if (leg->state != OutboundState::dispatched) return refuse("parcel_not_under_way", {{"state", std::string(word(leg->state))}}, {{"dispatch", {}}});
    Draft draft(state, CommandWord::outbound_lost, facts);
    if (leg->purpose == OutboundPurpose::replacement) {  // the shop bears it: the same goods go out again
        OutboundPlanned again{new_parcel(operation->id, facts), lines_of_parcel(state, leg->id), {}};
        again.leg.purpose = leg->purpose;
        for (auto& line : again.lines) line.outbound_leg_id = again.leg.id;
        open_task(again.moves, state, operation->id, Department::warehouse, "dispatch_goods", facts);
        draft.add(OutboundParcelLost{operation->id, leg->id, {}, {}});
        ask_stock(draft, operation->id);
        draft.add_system(std::move(again));
        return draft.take();
    }
    OutboundParcelLost event{operation->id, leg->id, held_in(state, operation->id, Bucket::in_transit_out), {}};
    move_all(event.moves, state, event.lines, Bucket::in_transit_out, Bucket::lost_out, false);
    draft.add(std::move(event));
    return draft.take();
}

Result<Decision> resend(const CaseState& state, const Resend& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::resend));
    ResendOrdered event;
    event.lines = held_in(state, operation->id, Bucket::lost_out);
    if (event.lines.empty()) return refuse("nothing_lost", {}, {{"agree", {}}, {"send_back", {}}, {"rule", {}}});
    if (!command.address_confirmed) return refuse("address_not_confirmed", {}, {{"confirm_address", {}}});
    Draft draft(state, CommandWord::resend, facts);
    event.leg = new_parcel(operation->id, facts);
    move_all(event.moves, state, event.lines, Bucket::lost_out, Bucket::in_transit_out, false);
    open_task(event.moves, state, operation->id, Department::warehouse, "dispatch_goods", facts);
    draft.add(std::move(event));
    return draft.take();
}

}  // namespace aftercare::domain
