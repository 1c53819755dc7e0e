#include "domain/clocks.hpp"

#include <algorithm>
#include <array>

#include "domain/ladder.hpp"
#include "domain/operations.hpp"
#include "domain/work.hpp"

namespace aftercare::domain {
namespace {

using K = ClockKind;
using S = DecisionState;

bool outbound_planned(const CaseState& state, const OperationId& id) {
    return std::any_of(state.outbound.begin(), state.outbound.end(),
                       [&](const OutboundLeg& leg) { return leg.operation_id == id && leg.state == OutboundState::planned; });
}

struct View {
    const CaseState& state;
    const Operation& o;
    Counts c;
    [[nodiscard]] bool leg(std::initializer_list<MoneyState> states) const { return any_leg(state, o.id, states); }
    [[nodiscard]] bool on_bench() const {
        return o.repair == RepairStage::repairing || o.repair == RepairStage::waiting_parts || o.repair == RepairStage::testing;
    }
    /// Units of new goods in parcels that are in one of these states.
    [[nodiscard]] std::int64_t new_goods(std::initializer_list<OutboundState> states) const {
        std::int64_t units = 0;
        for (const auto& leg : state.outbound) {
            if (leg.operation_id != o.id || leg.purpose != OutboundPurpose::replacement) continue;
            if (std::find(states.begin(), states.end(), leg.state) == states.end()) continue;
            for (const auto& line : lines_of_parcel(state, leg.id)) units += line.qty;
        }
        return units;
    }
    /// New goods are still to reach the customer before the old ones are asked for.
    [[nodiscard]] bool sends_now() const {
        if (!sends_first(o)) return false;
        const bool planned = std::any_of(state.outbound.begin(), state.outbound.end(), [&](const OutboundLeg& leg) {
            return leg.operation_id == o.id && leg.purpose == OutboundPurpose::replacement;
        });
        return !planned || new_goods({OutboundState::planned, OutboundState::dispatched}) > c.awaiting;
    }
    /// New goods are still to leave: a parcel waits, or one follows when the old goods are taken.
    [[nodiscard]] bool to_send() const {
        return new_goods({OutboundState::planned}) > 0 || (!sends_first(o) && c.open > new_goods({OutboundState::dispatched}));
    }
    [[nodiscard]] bool to_come() const { return moving() && c.to_ship > 0 && !sends_now(); }
    [[nodiscard]] bool moving() const {
        return o.decision == S::approved || o.decision == S::disputed || o.decision == S::settling;
    }
};

/// When each clock runs. The event that begins a stretch is in `begins`: where a clock that ran out left only a task, the end of that
/// task by hand is one, for as long as the cause is there.
struct ClockRule {
    K kind;
    bool (*wanted)(const View&);
    bool (*begins)(const EventBody&);
    Instant (*due)(const Facts&, const Operation&);
};

template <class... Es>
bool is_one_of(const EventBody& body) {
    return (std::holds_alternative<Es>(body) || ...);
}
/// In the hours of the team that owes it.
Instant working(const Facts& f, K kind, std::int64_t n) { return f.calendar.of(ladder_of(kind)->team).add_working(f.now, hours(n)); }

const std::array kClockRules{
    ClockRule{K::first_decision, [](const View& v) { return v.o.decision == S::requested || v.o.decision == S::need_info; },
              is_one_of<OperationRequested, OperationAppealed, CheckAnswered, OperationSuperseded>,
              [](const Facts& f, const Operation&) { return working(f, K::first_decision, f.policy.terms.decision_working_hours); }},
    ClockRule{K::info_due, [](const View& v) { return v.o.decision == S::need_info; }, is_one_of<InfoAsked>,
              [](const Facts& f, const Operation&) { return f.now + hours(f.policy.terms.info_hours); }},
    ClockRule{K::ship_back_due, [](const View& v) { return v.to_come(); }, is_one_of<OperationApproved, GoodsDelivered, OperationSuperseded, ReplacementCancelled, BatchSettled, ParcelArrived>,
              [](const Facts& f, const Operation&) { return f.calendar.end_of_day(f.now + days(f.policy.terms.ship_back_days)); }},
    ClockRule{K::transit_due, [](const View& v) { return v.moving() && (v.c.in_transit > 0 || outbound_open(v.state, v.o.id)); },
              is_one_of<ParcelShipped, SendBackOrdered, ResendOrdered, OutboundPlanned, GoodsDispatched, OperationApproved, TaskFinished>,
              [](const Facts& f, const Operation&) { return f.now + days(f.policy.terms.ship_back_days); }},
    ClockRule{K::inspection_due, [](const View& v) { return v.moving() && v.c.uninspected + v.c.pending > 0; },
              is_one_of<ParcelArrived, OperationApproved>, [](const Facts& f, const Operation&) { return working(f, K::inspection_due, f.policy.terms.inspection_working_hours); }},
    ClockRule{K::dispute_due, [](const View& v) { return v.o.decision == S::disputed; }, is_one_of<MismatchFound, ParcelLost, OutboundParcelLost, StockAnswered, GoodsMissed>,
              [](const Facts& f, const Operation&) { return working(f, K::dispute_due, f.policy.terms.dispute_working_hours); }},
    ClockRule{K::refund_due,
              [](const View& v) {
                  return v.leg({MoneyState::authorised, MoneyState::submitted, MoneyState::failed, MoneyState::unknown});
              },
              is_one_of<BatchSettled, ParcelShipped, ReplacementCancelled, RepairWent>, [](const Facts& f, const Operation&) { return f.now + hours(f.policy.terms.refund_hours); }},
    ClockRule{K::reconcile, [](const View& v) { return v.leg({MoneyState::unknown}); }, is_one_of<RefundAnswered>,
              [](const Facts& f, const Operation&) { return f.now + kReconcileSteps[0]; }},
    ClockRule{K::appeal_due, [](const View& v) { return v.o.decision == S::rejected; }, is_one_of<OperationRejected>,
              [](const Facts& f, const Operation&) { return f.calendar.end_of_day(f.now + days(f.policy.terms.appeal_days)); }},
    ClockRule{K::quiet_close, [](const View& v) { return is_over(v.o.decision) && v.state.c.closed_at.ms == 0; },
              is_one_of<OperationSettled, OperationEnded>,
              [](const Facts& f, const Operation&) { return f.now + hours(f.policy.terms.quiet_hours); }},
    ClockRule{K::check_due, [](const View& v) { return v.o.decision == S::verifying; }, is_one_of<CheckAsked>,
              [](const Facts& f, const Operation&) { return working(f, K::check_due, f.policy.terms.check_working_hours); }},
    ClockRule{K::reserve_due, [](const View& v) { return v.moving() && v.o.stock == StockState::reserved && v.to_send(); },
              is_one_of<StockAnswered, OutboundPlanned>, [](const Facts&, const Operation& o) { return o.reserved_until; }},
    ClockRule{K::collect_due, [](const View& v) { return v.moving() && unpaid_difference(v.state, v.o.id); },
              is_one_of<BatchSettled, OutboundPlanned, RepairWent, TaskFinished>, [](const Facts& f, const Operation&) { return f.now + days(f.policy.terms.collect_days); }},
    ClockRule{K::repair_due, [](const View& v) { return v.moving() && v.on_bench(); }, is_one_of<RepairWent>,
              [](const Facts& f, const Operation& o) { return o.promised_at > f.now ? o.promised_at : working(f, K::repair_due, f.policy.terms.repair_working_hours); }},
    ClockRule{K::bench_due, [](const View& v) { return v.moving() && (v.o.repair == RepairStage::diagnosing || v.o.repair == RepairStage::quoted); },
              is_one_of<BatchSettled, RepairWent>, [](const Facts& f, const Operation&) { return working(f, K::bench_due, f.policy.terms.inspection_working_hours); }},
};

/// Tasks that are done by themselves when their cause is gone.
struct TaskRule {
    std::string_view code;
    bool (*needed)(const View&);
};
const std::array kTaskRules{
    TaskRule{"decision_overdue", [](const View& v) { return v.o.decision == S::requested; }},
    TaskRule{"goods_overdue", [](const View& v) { return v.moving() && (v.c.in_transit > 0 || outbound_open(v.state, v.o.id)); }},
    TaskRule{"inspection_overdue", [](const View& v) { return v.moving() && v.c.uninspected + v.c.pending > 0; }},
    TaskRule{"accept_goods", [](const View& v) { return v.moving() && v.c.pending > 0; }},
    TaskRule{"dispute_overdue", [](const View& v) { return v.o.decision == S::disputed; }},
    TaskRule{"dispatch_goods",
             [](const View& v) { return outbound_planned(v.state, v.o.id); }},
    TaskRule{"refund_overdue",
             [](const View& v) {
                 return v.leg({MoneyState::authorised, MoneyState::submitted, MoneyState::failed, MoneyState::unknown});
             }},
    TaskRule{"refund_failed", [](const View& v) { return v.leg({MoneyState::failed}); }},
    TaskRule{"refund_unknown", [](const View& v) { return v.leg({MoneyState::unknown}); }},
    TaskRule{"recover_advance", [](const View& v) { return v.o.advanced_minor > 0 && !is_over(v.o.decision); }},
    TaskRule{"tell_customer", [](const View& v) { return v.o.decision == S::need_info || (v.moving() && v.c.to_ship > 0); }},
    TaskRule{"hold_order", [](const View& v) { return v.o.decision == S::verifying; }},
    TaskRule{"intercept_parcel", [](const View& v) { return v.o.decision == S::verifying; }},
    TaskRule{"trace_parcel", [](const View& v) { return v.o.decision == S::verifying; }},
    TaskRule{"verify_packing", [](const View& v) { return v.o.decision == S::verifying; }},
    TaskRule{"check_overdue", [](const View& v) { return v.o.decision == S::verifying; }},
    TaskRule{"reserve_goods", [](const View& v) { return v.o.stock == StockState::asked && !is_over(v.o.decision); }},
    TaskRule{"reserve_again", [](const View& v) { return v.o.stock == StockState::lapsed && !is_over(v.o.decision); }},
    TaskRule{"collect_overdue", [](const View& v) { return unpaid_difference(v.state, v.o.id) != nullptr; }},
    TaskRule{"quote_repair", [](const View& v) { return v.o.repair == RepairStage::quoted && v.o.asked_minor == 0 && !is_over(v.o.decision); }},
    TaskRule{"repair_overdue", [](const View& v) { return v.on_bench() && !is_over(v.o.decision); }},
    TaskRule{"bench_overdue", [](const View& v) { return (v.o.repair == RepairStage::diagnosing || v.o.repair == RepairStage::quoted) && !is_over(v.o.decision); }},
    TaskRule{"offer_other_kind", [](const View& v) { return v.o.repair == RepairStage::unrepaired && !is_over(v.o.decision); }},
    TaskRule{"pay_compensation", [](const View& v) { return v.leg({MoneyState::submitted, MoneyState::unknown}); }},
    TaskRule{"ship_failed", [](const View& v) { return outbound_planned(v.state, v.o.id); }},
    TaskRule{"book_parcel", [](const View& v) { return v.moving() && v.c.to_ship > 0; }},
    TaskRule{"announce_failed", [](const View& v) { return !is_over(v.o.decision); }},
};

/// Reminders: so long after the clock began, or so long before it runs out.
struct ReminderRule {
    K kind;
    MessageTemplate message;
    Duration after_start, before_end;
};
constexpr std::array kReminderRules{
    ReminderRule{K::ship_back_due, MessageTemplate::ship_back_reminder, {}, days(3)},
    ReminderRule{K::ship_back_due, MessageTemplate::ship_back_reminder, {}, days(1)},
    ReminderRule{K::info_due, MessageTemplate::info_reminder, hours(24), {}},
    ReminderRule{K::info_due, MessageTemplate::info_reminder, hours(48), {}},
};

void start(Moves& moves, const View& view, const ClockRule& rule, const Facts& facts) {
    Clock clock;
    clock.id = ClockId(facts.next_id());
    clock.case_id = view.state.c.id;
    clock.operation_id = view.o.id;
    clock.kind = rule.kind;
    clock.state = ClockState::running;
    clock.started_at = facts.now;
    clock.due_at = capped(rule.due(facts, view.o));
    clock.remind_at = next_reminder(clock, facts.now);
    begin_ladder(clock, facts);
    moves.clocks.push_back(std::move(clock));
}

/// A promise that was kept is met; one that lost its object is cancelled.
ClockState ending(const View& view, K kind) {
    switch (view.o.decision) {
        case S::cancelled:
        case S::expired:
        case S::superseded: return ClockState::cancelled;
        default: return kind == K::quiet_close ? ClockState::cancelled : ClockState::met;
    }
}

/// The first-decision clock stands still while the customer owes an answer.
void pause_or_resume(Moves& moves, const View& view, Clock clock, const Facts& facts) {
    const bool pause = view.o.decision == S::need_info;
    if (pause == (clock.state == ClockState::paused)) return;
    const Calendar& calendar = facts.calendar.of(ladder_of(clock.kind)->team);
    if (pause) {
        clock.remaining = calendar.working_between(facts.now, clock.due_at);
        clock.due_at = clock.remind_at = {};
        clock.state = ClockState::paused;
    } else {
        clock.due_at = capped(calendar.add_working(facts.now, clock.remaining));
        clock.remaining = {};
        clock.state = ClockState::running;
        resume_ladder(clock, facts);
    }
    moves.clocks.push_back(std::move(clock));
}

void move_due(Moves& moves, Clock clock, Instant due) {
    clock.due_at = capped(due);
    moves.clocks.push_back(std::move(clock));
}

}  // namespace

Instant next_reminder(const Clock& clock, Instant now) {
    Instant next;
    for (const auto& rule : kReminderRules) {
        if (rule.kind != clock.kind) continue;
        const Instant at = rule.before_end.ms != 0 ? clock.due_at - rule.before_end : clock.started_at + rule.after_start;
        if (at > now && at < clock.due_at && (next.ms == 0 || at < next)) next = at;
    }
    return next;
}

MessageTemplate reminder_of(ClockKind kind) {
    return std::find_if(kReminderRules.begin(), kReminderRules.end(), [&](const ReminderRule& r) { return r.kind == kind; })->message;
}

Instant capped(Instant at) { return std::min(at, kLatest - Duration{1}); }

const Clock* live_clock(const CaseState& state, const OperationId& id, ClockKind kind) {
    for (const auto& clock : state.clocks)
        if (clock.operation_id == id && clock.kind == kind &&
            (clock.state == ClockState::running || clock.state == ClockState::paused))
            return &clock;
    return nullptr;
}

void tend(Moves& moves, const CaseState& after, const OperationId& id, const EventBody& event, const Facts& facts) {
    const Operation* operation = find_operation(after, id);
    if (!operation) return;
    const View view{after, *operation, counts(after, id)};
    for (const auto& rule : kClockRules) {
        const Clock* live = live_clock(after, id, rule.kind);
        const bool wanted = rule.wanted(view);
        if (live && !wanted) end_clock(moves, *live, ending(view, rule.kind), facts.now);
        else if (live && rule.kind == K::reserve_due && live->due_at != capped(view.o.reserved_until)) move_due(moves, *live, view.o.reserved_until);
        else if (live && rule.kind == K::first_decision) pause_or_resume(moves, view, *live, facts);
        else if (!live && wanted && rule.begins(event)) start(moves, view, rule, facts);
        if (wanted) continue;
        for (const auto& clock : after.clocks)
            if (clock.operation_id == id && clock.kind == rule.kind && is_owed(clock)) make_good(moves, clock);
    }
    finish_ladder(moves, after, id, facts);
    for (const auto& task : after.tasks) {
        if (task.operation_id != id || task.state != TaskState::open) continue;
        const auto rule = std::find_if(kTaskRules.begin(), kTaskRules.end(), [&](const TaskRule& r) { return r.code == task.code; });
        if (rule == kTaskRules.end() || rule->needed(view)) continue;
        Task done = task;
        done.state = TaskState::done;
        done.done_at = facts.now;
        moves.tasks.push_back(std::move(done));
    }
}

void end_clock(Moves& moves, Clock clock, ClockState how, Instant at) {
    clock.state = how;
    clock.due_at = clock.remind_at = {};
    clock.remaining = {};
    clock.ended_at = at;
    moves.clocks.push_back(std::move(clock));
}

void open_task(Moves& moves, const CaseState& state, const OperationId& id, Department department, std::string_view code,
               const Facts& facts) {
    const auto same = [&](const Task& t) { return t.operation_id == id && t.state == TaskState::open && t.code == code; };
    if (std::any_of(state.tasks.begin(), state.tasks.end(), same)) return;
    Task task;
    task.id = TaskId(facts.next_id());
    task.case_id = state.c.id;
    task.operation_id = id;
    task.department = department;
    task.code = code;
    task.opened_at = facts.now;
    moves.tasks.push_back(std::move(task));
}

void finish_task_of(Moves& moves, const CaseState& state, const OperationId& id, std::string_view code, const Facts& facts) {
    for (Task task : state.tasks) {
        if (task.operation_id != id || task.state != TaskState::open || task.code != code) continue;
        task.state = TaskState::done;
        task.done_at = facts.now;
        moves.tasks.push_back(std::move(task));
    }
}

}  // namespace aftercare::domain
