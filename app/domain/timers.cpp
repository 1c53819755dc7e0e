#include <algorithm>

#include "domain/batches.hpp"
#include "domain/clocks.hpp"
#include "domain/draft.hpp"
#include "domain/matters.hpp"
#include "domain/platform.hpp"
#include "domain/release.hpp"
#include "domain/kind_change.hpp"
#include "domain/ladder.hpp"
#include "domain/operation_rules.hpp"

/// What happens when a clock's due time comes (rows 6, 8b, 12, 19c, 22 and section 9), and its reminders before.
namespace aftercare::domain {
namespace {

constexpr Duration kPlatformWait = hours(24);

/// The event of a clock that ran out.
ClockFired fired(const Clock& clock, const Facts& facts) {
    ClockFired event{clock.operation_id, clock.id, clock.kind, false, {}, {}};
    Clock after = clock;
    break_promise(after, facts);
    event.moves.clocks.push_back(std::move(after));
    return event;
}

void warn(Draft& draft, const Clock& clock, Department department, std::string_view task, bool escalate) {
    auto event = fired(clock, draft.facts());
    event.escalated = escalate && draft.operation(clock.operation_id).escalation < kMaxEscalation;
    ask_for_overdue(event.moves, draft.state(), clock, department, task, draft.facts());
    draft.add(std::move(event));
}

void parcel_overdue(Draft& draft, const Clock& clock) {
    auto event = fired(clock, draft.facts());
    for (const auto& leg : draft.state().inbound)
        if (leg.operation_id == clock.operation_id && !is_aside(leg) && leg.state == InboundState::in_transit) event.overdue_legs.push_back(leg.id);
    open_task(event.moves, draft.state(), clock.operation_id, Department::service, "goods_overdue", draft.facts());
    draft.add(std::move(event));
}

/// Row 19c: each time one level up, until the last level leaves it to the lead's task.
void dispute_overdue(Draft& draft, const Clock& clock) {
    const bool again = draft.operation(clock.operation_id).escalation + 1 < kMaxEscalation;
    auto event = fired(clock, draft.facts());
    event.escalated = draft.operation(clock.operation_id).escalation < kMaxEscalation;
    ask_for_overdue(event.moves, draft.state(), clock, Department::lead, "dispute_overdue", draft.facts());
    const bool pays_back = !again && draft.operation(clock.operation_id).dispute == Dispute::out_of_stock;
    if (again) {
        Clock next = clock;
        next.id = ClockId(draft.facts().next_id());
        next.started_at = draft.facts().now;
        const Calendar& calendar = draft.facts().calendar.of(ladder_of(clock.kind)->team);
        next.due_at = capped(calendar.add_working(draft.facts().now, hours(draft.facts().policy.terms.dispute_working_hours)));
        next.step = clock.step + 1;
        begin_ladder(next, draft.facts());
        event.moves.clocks.push_back(std::move(next));
    }
    draft.add(std::move(event));
    if (pays_back) pay_instead(draft, clock.operation_id);  // where that cannot be, the lead's task stays
}

/// Row 21: asks the provider again what became of each unknown attempt, later and later, then leaves it to finance.
void reconcile_step(Draft& draft, const Clock& clock) {
    const auto& facts = draft.facts();
    auto event = fired(clock, facts);
    const auto step = static_cast<std::size_t>(clock.step) + 1;
    if (step < std::size(kReconcileSteps)) {
        event.moves.clocks.front() = clock;
        event.moves.clocks.front().step = clock.step + 1;
        event.moves.clocks.front().due_at = capped(facts.now + kReconcileSteps[step]);
    } else {
        open_task(event.moves, draft.state(), clock.operation_id, Department::finance, "refund_unknown", facts);
    }
    draft.add(std::move(event));
    for (const auto& leg : draft.state().money)
        if (leg.operation_id == clock.operation_id && leg.state == MoneyState::unknown)
            draft.effect(ReconcileRefund{leg.operation_id, leg.id, latest_attempt(draft.state(), leg.id)->id});
}

/// While the platform decides, or nothing has been settled of its ruling, what would end the matter waits.
bool waits_for_platform(Draft& draft, const Clock& clock) {
    const bool ruled = clock.kind != ClockKind::quiet_close && ruled_owed(draft.state()) > 0 &&
                       paid_out(draft.operation(clock.operation_id)) == 0;
    if (!draft.state().c.platform.undecided() && !ruled) return false;
    auto event = fired(clock, draft.facts());
    event.moves.clocks.front() = clock;
    event.moves.clocks.front().due_at = capped(draft.facts().now + kPlatformWait);
    draft.add(std::move(event));
    return true;
}

/// The replacement is with the customer; the old goods did not come in time.
void goods_missed(Draft& draft, const Clock& clock) {
    draft.add(fired(clock, draft.facts()));
    if (draft.operation(clock.operation_id).decision != DecisionState::disputed) draft.add_system(GoodsMissed{clock.operation_id, {}});
}

void reservation_over(Draft& draft, const Clock& clock) {
    draft.add(fired(clock, draft.facts()));
    StockAnswered event{clock.operation_id, StockState::lapsed, {}, {}};
    open_task(event.moves, draft.state(), clock.operation_id, Department::warehouse, "reserve_again", draft.facts());
    draft.add_system(std::move(event));
}

/// First its notice (the clock runs on), then its end; either leaves a lead the task.
void platform_deadline(Draft& draft, const Clock& clock, bool is_due) {
    auto event = fired(clock, draft.facts());
    if (!is_due) {
        event.moves.clocks.front() = clock;
        event.moves.clocks.front().remind_at = {};
        event.moves.clocks.front().step = clock.step + 1;
    }
    open_task(event.moves, draft.state(), {}, Department::lead, "platform_deadline", draft.facts());
    draft.add(std::move(event));
}

/// The owner is not there to answer: somebody of service who is on duty owns the case now, else a lead who is. Nobody is: it stays.
void give_to_duty(Draft& draft) {
    const Facts& facts = draft.facts();
    const Case& c = draft.state().c;
    if (c.owner_id.empty() || is_on_duty(facts.shifts, c.owner_id, facts.now)) return;
    StaffId who;
    if (c.matter.outside == Outside::none) who = person_on_duty(facts.shifts, Department::service, facts.now);
    if (who.empty()) who = person_on_duty(facts.shifts, Department::lead, facts.now);
    if (!who.empty()) draft.add_system(CaseAssigned{who, AssignCause::off_duty});
}

void matter_overdue(Draft& draft, const Clock& clock) {
    auto event = fired(clock, draft.facts());
    clock_of_matter(event.moves, event.escalated, draft.state(), clock.kind, draft.facts());
    draft.add(std::move(event));
    if (clock.kind == ClockKind::next_reply) give_to_duty(draft);
}

void quiet_close(Draft& draft, const Clock& clock) {
    if (waits_for_platform(draft, clock)) return;
    // closed while its clock still runs, so that the ending does not begin another quiet time
    if (draft.operation(clock.operation_id).decision == DecisionState::settled)
        draft.add_system(OperationEnded{clock.operation_id, DecisionState::closed, {}});
    auto event = fired(clock, draft.facts());
    event.moves.clocks.front().state = ClockState::met;
    draft.add(std::move(event));
    const auto& state = draft.state();
    const bool over = std::all_of(state.operations.begin(), state.operations.end(), [&](const Operation& o) {
        return is_terminal(o.decision) && !live_clock(state, o.id, ClockKind::quiet_close);
    });
    if (!over || state.c.closed_at.ms != 0 || !matter_allows_close(state, draft.facts().policy.terms)) return;
    const Operation& last = draft.operation(clock.operation_id);
    draft.add_system(CaseClosed{std::string(word(last.reason)), std::string(word(last.fault)), "", true, {}});
}

/// The clock and the effect change together, so each reminder is asked for once; those missed meanwhile are one.
void remind(Draft& draft, const Clock& clock) {
    const MessageTemplate message = reminder_of(clock.kind);
    CustomerReminded event{clock.operation_id, message, clock.due_at, {}};
    event.moves.clocks.push_back(clock);
    event.moves.clocks.front().step = clock.step + 1;
    event.moves.clocks.front().remind_at = next_reminder(clock, draft.facts().now);
    draft.add(std::move(event));
    draft.effect(SendMessage{clock.operation_id, message, clock.due_at});
}

void act(Draft& draft, const Clock& clock) {
    const OperationId id = clock.operation_id;
    const auto let_go = [&](ReleaseCause cause, DecisionState end) {
        if (waits_for_platform(draft, clock)) return;
        draft.add(fired(clock, draft.facts()));
        release(draft, id, cause, unshipped(draft.state(), id), end, true);
    };
    switch (clock.kind) {
        case ClockKind::first_decision: return warn(draft, clock, Department::lead, "decision_overdue", true);
        case ClockKind::info_due: return let_go(ReleaseCause::expired, DecisionState::expired);
        case ClockKind::ship_back_due:
            if (goods_owed(draft.state(), id) > 0) return goods_missed(draft, clock);
            return let_go(ReleaseCause::expired, DecisionState::expired);
        case ClockKind::appeal_due: return let_go(ReleaseCause::rejected, DecisionState::closed);
        case ClockKind::inspection_due: return warn(draft, clock, Department::warehouse, "inspection_overdue", false);
        case ClockKind::refund_due: return warn(draft, clock, Department::finance, "refund_overdue", true);
        case ClockKind::reconcile: return reconcile_step(draft, clock);
        case ClockKind::dispute_due: return dispute_overdue(draft, clock);
        case ClockKind::transit_due: return parcel_overdue(draft, clock);
        case ClockKind::quiet_close: return quiet_close(draft, clock);
        case ClockKind::platform_due: return platform_deadline(draft, clock, true);
        case ClockKind::check_due: return warn(draft, clock, Department::service, "check_overdue", true);
        case ClockKind::reserve_due: return reservation_over(draft, clock);
        case ClockKind::collect_due: return warn(draft, clock, Department::service, "collect_overdue", true);
        case ClockKind::bench_due: return warn(draft, clock, Department::lead, "bench_overdue", true);
        case ClockKind::repair_due: return warn(draft, clock, Department::lead, "repair_overdue", true);
        case ClockKind::first_reply:
        case ClockKind::next_reply:
        case ClockKind::update_due:
        case ClockKind::task_due: return matter_overdue(draft, clock);
    }
}

}  // namespace

Result<Decision> timer_due(const CaseState& state, const ClockId& id, const Facts& facts) {
    const auto clock = std::find_if(state.clocks.begin(), state.clocks.end(), [&](const Clock& c) { return c.id == id; });
    if (clock == state.clocks.end()) return fail(ErrorKind::not_found, "clock_not_found");
    const bool reminds = clock->remind_at.ms != 0 && facts.now >= clock->remind_at;
    Draft draft(state, CommandWord::note, facts);
    if (clock->state == ClockState::breached && reminds) draft.add(next_rung(state, *clock, facts));
    if (clock->state != ClockState::running || clock->due_at.ms == 0) return draft.take();
    if (facts.now >= clock->due_at) act(draft, *clock);
    else if (reminds && clock->kind == ClockKind::platform_due) platform_deadline(draft, *clock, false);
    else if (reminds && ladder_of(clock->kind)) draft.add(next_rung(state, *clock, facts));
    else if (reminds) remind(draft, *clock);
    return draft.take();
}

}  // namespace aftercare::domain
