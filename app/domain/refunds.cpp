#include <algorithm>

#include "domain/clocks.hpp"
#include "domain/draft.hpp"
#include "domain/ledgers.hpp"
#include "domain/operation_rules.hpp"

/// Rows 20 and 21: money on its way, and what the provider said of it.
namespace aftercare::domain {
namespace {

Result<void> check_payable(const MoneyLeg& leg) {
    switch (leg.state) {
        case MoneyState::authorised:
        case MoneyState::failed: return {};
        case MoneyState::planned: return refuse("goods_not_accepted", {}, {{"accept", {}}});
        case MoneyState::submitted: return refuse("refund_in_flight", {}, {{"wait_for_answer", {}}});
        case MoneyState::unknown: return refuse("refund_unknown", {}, {{"reconcile", {}}});  // no new key before (I6)
        case MoneyState::succeeded: return refuse("refund_already_paid");
        case MoneyState::voided: return refuse("refund_void");
    }
    return {};
}

Result<std::vector<MoneyLeg>> payable_legs(const CaseState& state, const SubmitRefundNow& command) {
    std::vector<MoneyLeg> legs;
    if (!command.money_leg_id.empty()) {
        const MoneyLeg* leg = find_leg(state, command.money_leg_id);
        if (!leg || leg->operation_id != command.operation_id || leg->kind == MoneyKind::collect) return fail(ErrorKind::not_found, "money_leg_not_found");
        AC_CHECK(check_payable(*leg));
        legs.push_back(*leg);
        return legs;
    }
    Result<void> why = refuse("nothing_to_submit", {}, {{"accept", {}}});
    for (const auto& leg : state.money) {
        if (leg.operation_id != command.operation_id || leg.kind == MoneyKind::collect) continue;
        if (auto payable = check_payable(leg)) legs.push_back(leg);
        else if (leg.state != MoneyState::voided) why = std::move(payable);
    }
    if (legs.empty()) return fail(std::move(why.error()));
    return legs;
}

/// Above the agent's limit finance submits, and not who made or approved the operation. The whole refund counts, not its parts.
Result<void> check_submitter(const CaseState& state, const Operation& operation, const Facts& facts) {
    std::int64_t amount = 0;
    for (const auto& leg : state.money)
        if (leg.operation_id == operation.id && leg.kind != MoneyKind::collect && leg.state != MoneyState::planned && leg.state != MoneyState::voided)
            amount += leg.amount_minor;
    const auto limit = facts.policy.terms.agent_limit_minor;
    if (amount <= limit || facts.actor.has(Role::system)) return {};
    if (!facts.actor.has(Role::finance))
        return refuse("over_limit", {{"amount", text(amount)}, {"limit", text(limit)}}, {{"ask_finance", {{"amount", text(amount)}}}});
    const auto& who = facts.actor.staff_id;
    if (!who.empty() && (who == operation.maker_id || who == operation.approver_id))
        return refuse("same_person", {{"made", who == operation.approver_id ? "approval" : "request"}}, {{"ask_other_finance", {}}});
    return {};
}

MoneyStep step_of(const MoneyLeg& leg, MoneyState to) {
    return {leg.id, leg.payment_id, leg.state, to, leg.amount_minor, leg.amount_minor, leg.kind};
}

std::int64_t free_of(const OrderState& order, const PaymentId& payment) {
    for (const auto& ledger : order.money)
        if (ledger.payment_id == payment) return ledger.free_minor();
    return 0;
}

/// A success: in time, late, or of a leg that is paid already.
void answer_ok(RefundAnswered& event, const CaseState& state, const MoneyLeg& leg, bool in_time, bool over, const Facts& facts) {
    const bool countable = leg.state != MoneyState::succeeded && !over &&
                           (leg.state != MoneyState::voided || leg.kind != MoneyKind::refund || free_of(state.order, leg.payment_id) >= leg.amount_minor);
    event.answer = !countable ? AnswerKind::doubled : in_time ? AnswerKind::normal : AnswerKind::late_success;
    if (countable) event.moves.money.push_back(step_of(leg, MoneyState::succeeded));
    if (!countable || leg.state == MoneyState::voided)  // money went out that is not owed: somebody gets it back
        open_task(event.moves, state, leg.operation_id, Department::finance, "refund_doubled", facts);
}

}  // namespace

Result<Decision> submit_refund(const CaseState& state, const SubmitRefundNow& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::submit_refund));
    AC_TRY(const auto legs, payable_legs(state, command));
    AC_CHECK(check_submitter(state, *operation, facts));
    Draft draft(state, CommandWord::submit_refund, facts);
    for (const auto& leg : legs) {
        RefundSubmitted event;
        event.operation_id = operation->id;
        event.attempt.id = MoneyAttemptId(facts.next_id());
        event.attempt.money_leg_id = leg.id;
        event.attempt.state = MoneyState::submitted;
        event.attempt.submitted_by = facts.actor.staff_id;
        event.attempt.submitted_at = facts.now;
        event.moves.money.push_back(step_of(leg, MoneyState::submitted));
        const MoneyAttemptId key = event.attempt.id;
        const bool by_hand = leg.kind == MoneyKind::compensation;  // no payment to take it out of
        if (by_hand) open_task(event.moves, state, operation->id, Department::finance, "pay_compensation", facts);
        draft.add(std::move(event));
        if (!by_hand) draft.effect(SubmitRefund{operation->id, leg.id, key});
    }
    return draft.take();
}

Result<Decision> refund_outcome(const CaseState& state, const RefundOutcome& command, const Facts& facts) {
    AC_TRY(const Operation* operation, known(state, command.operation_id, facts.actor, CommandWord::refund_result));
    const auto attempt = std::find_if(state.attempts.begin(), state.attempts.end(), [&](const MoneyAttempt& a) { return a.id == command.attempt_id; });
    const MoneyLeg* leg = attempt == state.attempts.end() ? nullptr : find_leg(state, attempt->money_leg_id);
    if (!leg || leg->operation_id != operation->id) return fail(ErrorKind::not_found, "attempt_not_found");

    const bool waiting = attempt->state == MoneyState::submitted || attempt->state == MoneyState::unknown;
    const bool news = command.result == RefundResult::ok     ? attempt->state != MoneyState::succeeded
                      : command.result == RefundResult::fail ? waiting
                                                             : attempt->state == MoneyState::submitted;
    if (!news) return Decision{};  // a duplicate, or older than what we know

    const bool current = latest_attempt(state, leg->id)->id == attempt->id && is_in_flight(leg->state);
    Draft draft(state, CommandWord::refund_result, facts);
    RefundAnswered event{operation->id, attempt->id, command.result, AnswerKind::normal, command.provider_ref, command.code, {}};
    if (command.result == RefundResult::ok) {
        answer_ok(event, state, *leg, current, is_over(operation->decision), facts);
    } else if (current) {
        const bool failed = command.result == RefundResult::fail;
        event.moves.money.push_back(step_of(*leg, failed ? MoneyState::failed : MoneyState::unknown));
        if (failed) open_task(event.moves, state, operation->id, Department::finance, "refund_failed", facts);
    }
    draft.add(std::move(event));
    finish(draft, operation->id);
    return draft.take();
}

}  // namespace aftercare::domain
