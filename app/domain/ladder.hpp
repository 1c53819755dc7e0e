#pragma once
#include "domain/decision.hpp"

/// The escalation ladder of the clocks that we owe (after-sales.md section 9), in percent of the time a promise was given:
/// at 80 its owner hears of it, at 100 it is broken and a lead hears, at 150 a lead hears again.
namespace aftercare::domain {

struct LadderRule {
    ClockKind kind;
    Department team;  ///< whose hours count, and who owes it
    bool working;     ///< it counts working time
};
/// Null: a clock of the customer or of a machine, which nobody is warned of.
const LadderRule* ladder_of(ClockKind kind);

/// A clock that just started, with its due time: what it was given, under which policy, and when it warns.
void begin_ladder(Clock& clock, const Facts& facts);
/// Goes on after a pause, or with another due time: when it warns now.
void resume_ladder(Clock& clock, const Facts& facts);
/// A clock as it is once its due time came: broken, and what it promised stays owed since then.
void break_promise(Clock& clock, const Facts& facts);
/// Broken, and what it promised has not happened.
bool is_owed(const Clock& clock);
/// It has happened, late, or cannot happen any more.
void make_good(Moves& moves, Clock clock);

/// The task of a breach, for whoever of the department is on duty; a lead hears of a promise of ours, too.
void ask_for_overdue(Moves& moves, const CaseState& state, const Clock& clock, Department department, std::string_view task, const Facts& facts);
/// The next rung of a clock that wakes before (80 %) or after (150 %) it ran out.
ClockWarned next_rung(const CaseState& state, const Clock& clock, const Facts& facts);
/// Tasks of the ladder whose clocks are over, for one operation (empty: the case's own), after `moves`.
void finish_ladder(Moves& moves, const CaseState& after, const OperationId& id, const Facts& facts);

}  // namespace aftercare::domain
