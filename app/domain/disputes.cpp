#include <algorithm>

#include "domain/batches.hpp"
#include "domain/clocks.hpp"
#include "domain/ledgers.hpp"
#include "domain/platform.hpp"
#include "domain/quotes.hpp"
#include "domain/return_refund.hpp"

/// Rows 18 to 19b: the exits of a dispute, goods going back to the customer, and what is lost on that way.
namespace aftercare::domain {
namespace {

std::string text(std::int64_t number) { return std::to_string(number); }

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
    return leg;
}

/// The order's own shipping, as far as nobody has promised or refunded it.
std::int64_t spare_shipping(const CaseState& state, const Operation& operation) {
    const bool taken = operation.quote.shipping_minor != 0 || operation.settled.shipping_minor != 0 || state.order.shipping_refunded;
    return taken ? 0 : state.order.order.shipping_minor;
}

/// Lost, the last one sent, and its goods still open: it may come after all.
bool may_turn_up(const CaseState& state, const OutboundLeg& leg) {
    return leg.state == OutboundState::lost && counts(state, leg.operation_id).lost_back > 0 && !outbound_open(state, leg.operation_id) &&
           std::none_of(state.outbound.begin(), state.outbound.end(),
                        [&](const OutboundLeg& later) { return later.operation_id == leg.operation_id && later.id > leg.id; });
}

}  // namespace

std::int64_t most_ruled(const CaseState& state, const Operation& operation, const Batch& batch) {
    return batch.full.net_minor + batch.full.fee_minor + spare_shipping(state, operation);
}

Result<Decision> agree(const CaseState& state, const Agree& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::agree));
    if (!command.customer_consent) return refuse("consent_missing", {}, {{"record_consent", {}}});
    const Batch batch = everything(state, *operation, facts.policy.terms);
    if (command.net_minor < 0) return fail_field("/net_minor", "out_of_range");
    if (const auto most = batch.full.net_minor; command.net_minor > most)
        return refuse("over_ceiling", {{"max", text(most)}}, {{"lower_amount", {{"max", text(most)}}}, {"ask_lead_ruling", {}}});
    if (const auto ruled = ruled_rest(state, *operation, batch); ruled && command.net_minor != *ruled)
        return refuse("platform_ruled", {{"amount", text(*ruled)}}, {{"rule", {{"amount", text(*ruled)}}}});
    Draft draft(state, CommandWord::agree, facts);
    AC_CHECK(settle(draft, operation->id, batch, lowered(batch.full, command.net_minor), SettledBy::agree, {}, false));
    return draft.take();
}

Result<Decision> rule(const CaseState& state, const Rule& command, const Facts& facts) {
    AC_TRY(const Operation* operation, known(state, command.operation_id, facts.actor, CommandWord::rule));
    if (ruled_owed(state) == 0 || !in(table::kUnderWay, operation->decision)) AC_CHECK(in_state(*operation, CommandWord::rule));
    const Batch batch = everything(state, *operation, facts.policy.terms);
    if (batch.empty()) return refuse("nothing_to_accept", {}, {{"arrive", {}}, {"inspect", {}}});
    const std::int64_t most = most_ruled(state, *operation, batch);
    if (command.amount_minor < 0) return fail_field("/amount_minor", "out_of_range");
    if (command.amount_minor > most) return refuse("over_value", {{"max", text(most)}}, {{"lower_amount", {{"max", text(most)}}}});
    if (const auto ruled = ruled_rest(state, *operation, batch); ruled && command.amount_minor != *ruled)
        return refuse("platform_ruled", {{"amount", text(*ruled)}}, {{"rule", {{"amount", text(*ruled)}}}});
    if (command.amount_minor == 0 && batch.full.net_minor > 0 && !batch.accepted.empty())
        return refuse("goods_with_us", {}, {{"send_back", {}}});  // nobody keeps goods and money both
    Draft draft(state, CommandWord::rule, facts);
    AC_CHECK(settle(draft, operation->id, batch, ruled(batch.full, command.amount_minor, spare_shipping(state, *operation)), SettledBy::rule, command.reason, false));
    return draft.take();
}

Result<Decision> send_back(const CaseState& state, const SendBack& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::send_back));
    if (counts(state, operation->id).disputed == 0)
        return refuse("goods_not_with_us", {}, {{"agree", {}}, {"rule", {}}});
    const auto ruled = ruled_rest(state, *operation, everything(state, *operation, facts.policy.terms));
    if (ruled && *ruled > 0) return refuse("platform_ruled", {{"amount", text(*ruled)}}, {{"rule", {{"amount", text(*ruled)}}}});
    if (!command.address_confirmed) return refuse("address_not_confirmed", {}, {{"confirm_address", {}}});
    if (outbound_open(state, operation->id)) return refuse("parcel_still_out", {}, {{"wait_for_delivery", {}}});
    if (counts(state, operation->id).lost_back > 0)  // one parcel at a time: a lost one is settled or replaced first
        return refuse("parcel_lost_open", {}, {{"resend", {}}, {"agree", {}}, {"rule", {}}});
    Draft draft(state, CommandWord::send_back, facts);
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
    Draft draft(state, CommandWord::dispatch, facts);
    draft.add(GoodsDispatched{operation->id, leg->id, command.carrier, command.tracking, {}});
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
    GoodsDelivered event{operation->id, leg->id, {}, {}};
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
