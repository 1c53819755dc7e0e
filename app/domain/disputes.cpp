#include <algorithm>

#include "domain/batches.hpp"
#include "domain/clocks.hpp"
#include "domain/quotes.hpp"
#include "domain/return_refund.hpp"

/// Rows 18 to 19b: the exits of a dispute, and goods going back to the customer.
namespace aftercare::domain {
namespace {

std::string text(std::int64_t number) { return std::to_string(number); }

Result<const OutboundLeg*> find_outbound(const CaseState& state, const OperationId& operation, const OutboundLegId& id) {
    for (const auto& leg : state.outbound)
        if (leg.id == id && leg.operation_id == operation) return &leg;
    return fail(ErrorKind::not_found, "outbound_leg_not_found");
}

}  // namespace

Result<Decision> agree(const CaseState& state, const Agree& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::agree));
    if (!command.customer_consent) return refuse("consent_missing", {}, {{"record_consent", {}}});
    const Batch batch = everything(state, *operation, facts.policy.terms);
    if (command.net_minor < 0) return fail_field("/net_minor", "out_of_range");
    if (const auto most = batch.full.net_minor; command.net_minor > most)
        return refuse("over_ceiling", {{"max", text(most)}}, {{"lower_amount", {{"max", text(most)}}}, {"ask_lead_ruling", {}}});
    Draft draft(state, CommandWord::agree, facts);
    AC_CHECK(settle(draft, operation->id, batch, lowered(batch.full, command.net_minor), SettledBy::agree, {}, false));
    return draft.take();
}

Result<Decision> rule(const CaseState& state, const Rule& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::rule));
    const Batch batch = everything(state, *operation, facts.policy.terms);
    const std::int64_t spare =
        operation->quote.shipping_minor == 0 && operation->settled.shipping_minor == 0 && !state.order.shipping_refunded
            ? state.order.order.shipping_minor
            : 0;
    if (command.amount_minor < 0) return fail_field("/amount_minor", "out_of_range");
    if (const auto most = batch.full.net_minor + batch.full.fee_minor + spare; command.amount_minor > most)
        return refuse("over_value", {{"max", text(most)}}, {{"lower_amount", {{"max", text(most)}}}});
    if (command.amount_minor == 0 && batch.full.net_minor > 0 && !batch.accepted.empty())
        return refuse("goods_with_us", {}, {{"send_back", {}}});  // nobody keeps goods and money both
    Draft draft(state, CommandWord::rule, facts);
    AC_CHECK(settle(draft, operation->id, batch, ruled(batch.full, command.amount_minor, spare), SettledBy::rule, command.reason, false));
    return draft.take();
}

Result<Decision> send_back(const CaseState& state, const SendBack& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::send_back));
    if (counts(state, operation->id).disputed == 0)
        return refuse("goods_not_with_us", {}, {{"agree", {}}, {"rule", {}}});
    if (!command.address_confirmed) return refuse("address_not_confirmed", {}, {{"confirm_address", {}}});
    if (outbound_open(state, operation->id)) return refuse("parcel_still_out", {}, {{"wait_for_delivery", {}}});
    Draft draft(state, CommandWord::send_back, facts);
    SendBackOrdered event;
    event.leg.id = OutboundLegId(facts.next_id());
    event.leg.operation_id = operation->id;
    event.leg.state = OutboundState::planned;
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
    if (leg->state != OutboundState::dispatched)
        return refuse("parcel_not_under_way", {{"state", std::string(word(leg->state))}}, {{"dispatch", {}}});
    Draft draft(state, CommandWord::delivered, facts);
    GoodsDelivered event{operation->id, leg->id, {}};
    for (const auto& line : state.lines)
        if (line.operation_id == operation->id)
            move_held(event.moves, state.order, line, Bucket::in_transit_out, line.qty, Bucket::with_customer, true);
    draft.add(std::move(event));
    finish(draft, operation->id);
    return draft.take();
}

}  // namespace aftercare::domain
