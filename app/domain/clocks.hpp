#pragma once
#include <string_view>

#include "domain/decision.hpp"

/// Clocks and tasks of an operation as data inside events (after-sales.md section 9). One live clock of a kind per operation;
/// a clock that ran out stays `breached` for ever (I28) and another one starts only when something new begins. One that we owe keeps its due time
/// until what it promised has happened (domain/ladder), so that the case stays overdue.
namespace aftercare::domain {

/// What the state after an event's body asks of the clocks and tasks of one operation: started, paused, resumed, met or
/// cancelled clocks, and tasks whose cause is gone. `fresh`: the event began something new for its kinds of clock.
void tend(Moves& moves, const CaseState& after, const OperationId& id, const EventBody& event, const Facts& facts);

/// The clock of this kind that runs or is paused; null when there is none.
const Clock* live_clock(const CaseState& state, const OperationId& id, ClockKind kind);
/// A task, unless one with this code is open for the operation.
void open_task(Moves& moves, const CaseState& state, const OperationId& id, Department department, std::string_view code,
               const Facts& facts);
/// A running or paused clock that ends, met or cancelled.
void end_clock(Moves& moves, Clock clock, ClockState how, Instant at);
/// The open task with this code is done: what it asked for has happened.
void finish_task_of(Moves& moves, const CaseState& state, const OperationId& id, std::string_view code, const Facts& facts);
/// Reconcile delays: 5 min, 30 min, 2 h, 24 h; then a task for finance.
inline constexpr Duration kReconcileSteps[] = {minutes(5), minutes(30), hours(2), hours(24)};
inline constexpr std::int64_t kMaxEscalation = 3;
Instant capped(Instant at);

/// When a running clock next reminds the customer: after `now` and before it runs out; 0 when it does not (section 9).
Instant next_reminder(const Clock& clock, Instant now);
/// What a clock of this kind says when it reminds.
MessageTemplate reminder_of(ClockKind kind);

}  // namespace aftercare::domain
