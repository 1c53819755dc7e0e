#include "domain/ties.hpp"

#include <algorithm>

#include "domain/asked.hpp"
#include "domain/draft.hpp"
#include "domain/matters.hpp"
#include "domain/operation_rules.hpp"

namespace aftercare::domain {
namespace {

/// Nothing of it may be under way.
Result<void> at_rest(const CaseState& state) {
    for (const auto& o : state.operations)
        if (!is_over(o.decision))
            return refuse("merge_open_operations", {{"operation_id", o.id.value}, {"state", std::string(word(o.decision))}}, {{"link_case", {}}});
    const auto is_owed = [](const Task& task) {  // by a person, whatever becomes of the case
        return task.code == kAskedTask || task.code == kApprovalTask || task.code == "collect_overpaid" || task.code == "refund_doubled";
    };
    for (const auto& task : state.tasks)
        if (task.state == TaskState::open && is_owed(task))
            return refuse("task_open", {{"task_id", task.id.value}, {"department", std::string(word(task.department))}},
                          {{"finish_task", {{"task_id", task.id.value}}}});
    if (!state.c.platform.empty()) return refuse("merge_platform_case", {{"external_ref", state.c.platform.external_ref}}, {{"link_case", {}}});
    return {};
}

/// What only a lead puts together.
Result<void> lead_not_needed(const Case& from, const Case& into, const Facts& facts) {
    if (facts.actor.has(Role::lead)) return {};
    if (from.customer_id != into.customer_id) return refuse("other_customer", {}, {{"ask_a_lead", {}}});
    if (from.kind == CaseKind::complaint && into.kind != CaseKind::complaint) return refuse("complaint_needs_lead", {}, {{"ask_a_lead", {}}});
    if (from.matter.outside != Outside::none) return refuse("lead_must_own", {{"outside", std::string(word(from.matter.outside))}}, {{"ask_a_lead", {}}});
    return {};
}

/// They stop with their due times, so that they can run on.
void stop_clocks(Moves& moves, const CaseState& state, Instant now) {
    for (Clock clock : state.clocks) {
        if (clock.state != ClockState::running && clock.state != ClockState::paused) continue;
        clock.state = ClockState::cancelled;
        clock.ended_at = now;
        moves.clocks.push_back(std::move(clock));
    }
}

void end_tasks(Moves& moves, const CaseState& state, Instant now) {
    for (Task task : state.tasks) {
        if (task.state != TaskState::open) continue;
        task.state = TaskState::cancelled;
        task.done_at = now;
        moves.tasks.push_back(std::move(task));
    }
}

}  // namespace

bool is_merged(const Case& c) { return c.closed_at.ms != 0 && c.cause_code == kMergedCause; }

Result<void> not_merged(const CaseState& state) {
    if (!is_merged(state.c)) return {};
    return refuse("case_merged", {{"number", state.c.summary}}, {{"open_target", {{"number", state.c.summary}}}});
}

Result<Merged> merge_case(const CaseState& from, const CaseState& into, const MessageId& note_id, const Facts& facts) {
    AC_CHECK(permitted(facts.actor, CommandWord::close));
    if (from.c.id == into.c.id) return fail_field("/into_id", "same_case");
    if (from.c.shop_id != into.c.shop_id) return fail(ErrorKind::not_found, "case_not_found");
    AC_CHECK(not_merged(from));
    if (from.c.closed_at.ms != 0) return refuse("case_already_closed");
    if (is_merged(into.c)) return refuse("target_merged", {{"number", into.c.summary}}, {{"open_target", {{"number", into.c.summary}}}});
    if (into.c.closed_at.ms != 0) return refuse("target_closed", {}, {{"link_case", {}}});
    AC_CHECK(at_rest(from));
    AC_CHECK(lead_not_needed(from.c, into.c, facts));

    Draft closing(from, CommandWord::close, facts);
    for (const auto& operation : from.operations)
        if (operation.decision == DecisionState::settled) closing.add(OperationEnded{operation.id, DecisionState::closed, {}});
    CaseClosed closed{std::string(kMergedCause), std::string(word(Fault::unknown)), into.c.number, false, {}};
    stop_clocks(closed.moves, closing.state(), facts.now);
    end_tasks(closed.moves, closing.state(), facts.now);
    closing.add(std::move(closed));

    Draft hearing(into, CommandWord::note, facts);
    if (!note_id.empty()) hearing.add(NoteAdded{note_id, NoteKind::internal, false, {}});
    return Merged{closing.take(), hearing.take()};
}

Result<Decision> unmerge_case(const CaseState& state, const Matter& was, const MessageId& note_id, const Facts& facts) {
    AC_CHECK(permitted(facts.actor, CommandWord::close));
    if (!is_merged(state.c)) return refuse("not_merged");
    if (note_id.empty()) return fail_field("/note", "required");
    Draft draft(state, CommandWord::close, facts);
    if (was.stage != MatterStage::none || was.promised_at.ms != 0) {  // starts the clocks of what was promised and of tasks, too
        MatterMoved event;
        event.word = MatterWord::classify;
        event.matter = was;
        draft.add(std::move(event));
    }
    NoteAdded event{note_id, NoteKind::internal, true, {}};
    for (Clock clock : state.clocks) {
        if (clock.state != ClockState::cancelled || clock.ended_at != state.c.closed_at || clock.kind == ClockKind::update_due || clock.kind == ClockKind::task_due) continue;
        if (clock.due_at.ms == 0 && clock.remaining.ms == 0) continue;
        clock.state = clock.due_at.ms == 0 ? ClockState::paused : ClockState::running;
        clock.ended_at = {};
        event.moves.clocks.push_back(std::move(clock));
    }
    draft.add(std::move(event));
    return draft.take();
}

}  // namespace aftercare::domain
