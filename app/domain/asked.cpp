#include "domain/asked.hpp"

#include <algorithm>

#include "domain/cases.hpp"
#include "domain/clocks.hpp"
#include "domain/draft.hpp"
#include "domain/matters.hpp"
#include "domain/operations.hpp"
#include "domain/operation_rules.hpp"
#include "domain/platform.hpp"

namespace aftercare::domain {
namespace {

constexpr Duration kAnswerWithin = hours(4);  ///< working time of whoever answers
constexpr std::string_view kRuledByLead = "lead";

/// Somebody who may do all that can be asked.
Actor checker(const ShopId& shop) { return {{}, {Role::lead, Role::agent, Role::finance}, {shop}, false, "checker"}; }

Department department_of(AskedWord command) { return command == AskedWord::submit_refund ? Department::finance : Department::lead; }

Result<Decision> as_checker(const CaseState& state, const Asked& asked, const Facts& facts) {
    const Actor actor = checker(state.c.shop_id);
    const Facts theirs{facts.now, actor, facts.policy, facts.calendar, facts.next_id, facts.tracking_used_by, facts.known, facts.shifts};
    return carry_out(state, asked, MessageId("-"), theirs);
}

std::int64_t refundable(const CaseState& state, const OperationId& id) {
    std::int64_t sum = 0;
    for (const auto& leg : state.money)
        if (leg.operation_id == id && leg.kind != MoneyKind::collect && (leg.state == MoneyState::authorised || leg.state == MoneyState::failed))
            sum += leg.amount_minor;
    return sum;
}

const Task* open_approval(const CaseState& state, const TaskId& id) {
    const auto at = std::find_if(state.tasks.begin(), state.tasks.end(), [&](const Task& t) { return t.id == id && t.code == kApprovalTask; });
    return at == state.tasks.end() ? nullptr : &*at;
}

/// The role that answers. The one who asked may always take it back.
Result<Role> answering(const Task& task, const StaffId& asked_by, const Answer& answer, const Facts& facts) {
    const bool own = !asked_by.empty() && facts.actor.staff_id == asked_by;
    if (own && answer.granted) return refuse("same_person", {{"made", "request"}}, {{"ask_a_lead", {}}});
    if (own) return acting_role(facts.actor, CommandWord::finish_task);
    const Role wanted = task.department == Department::finance ? Role::finance : Role::lead;
    if (facts.actor.has(wanted)) return wanted;
    const Permission permission = wanted == Role::finance ? Permission::settle_refunds : Permission::override_rules;
    return fail(Error{ErrorKind::forbidden, "permission_missing", {}, {}, {{"permission", std::string(word(permission))}}, {}});
}

/// A task for whoever asked.
void tell(Moves& moves, const CaseState& state, const Task& asked, std::string_view code, const StaffId& who, const MessageId& note, const Facts& facts) {
    Task told;
    told.id = TaskId(facts.next_id());
    told.case_id = state.c.id;
    told.operation_id = asked.operation_id;
    told.department = Department::service;
    told.code = code;
    told.opened_at = facts.now;
    told.owner_id = who;
    told.note_id = note;
    moves.tasks.push_back(std::move(told));
}

bool shares_line(const std::vector<OperationLine>& made, const std::vector<OrderLineId>& asked) {
    if (asked.empty()) return true;
    return std::any_of(made.begin(), made.end(), [&](const OperationLine& l) { return std::find(asked.begin(), asked.end(), l.order_line_id) != asked.end(); });
}

/// The event did what was asked for, or nothing is left to decide.
bool is_overtaken(const OpenAsk& ask, const OperationId& id, const CaseState& after, const EventBody& event) {
    if (ask.command == AskedWord::propose) {
        const auto* moved = std::get_if<MatterMoved>(&event);
        return moved && (moved->word == MatterWord::propose || moved->word == MatterWord::retract);
    }
    if (ask.command == AskedWord::request) {
        const auto* made = std::get_if<OperationRequested>(&event);
        return made && made->operation.kind == ask.kind && shares_line(made->lines, ask.lines);
    }
    const Operation* operation = find_operation(after, id);
    if (!operation || is_over(operation->decision)) return true;
    if (ask.command == AskedWord::submit_refund) return refundable(after, id) == 0;
    if (ask.command == AskedWord::rule && ruled_owed(after) > 0) return !in(table::kUnderWay, operation->decision);
    if (ask.command != AskedWord::approve) return operation->decision != DecisionState::disputed;
    return operation->decision != DecisionState::requested && operation->decision != DecisionState::need_info;
}

/// As if nobody waited for it: whoever answers is told by the answer itself.
Facts without_ask(const Facts& facts, const TaskId& id) {
    Facts rest = facts;
    std::erase_if(rest.known.asks, [&](const OpenAsk& ask) { return ask.task_id == id; });
    return rest;
}

}  // namespace

Result<Decision> carry_out(const CaseState& state, const Asked& asked, const MessageId& words, const Facts& facts) {
    switch (asked.command) {
        case AskedWord::approve: return approve(state, {asked.operation_id}, facts);
        case AskedWord::submit_refund: return submit_refund(state, {asked.operation_id, {}}, facts);
        case AskedWord::propose: return propose(state, {asked.amount_minor, asked.answer_by, words}, facts);
        case AskedWord::rule: return rule(state, {asked.operation_id, asked.amount_minor, std::string(kRuledByLead)}, facts);
        case AskedWord::resend: return resend(state, {asked.operation_id, true}, facts);
        case AskedWord::write_off: return write_off(state, {asked.operation_id, asked.amount_minor}, facts);
        case AskedWord::request: break;
    }
    if (!asked.request) return fail_field("/request", "required");
    AC_TRY(Decision decision, request_operation(state, *asked.request, facts));
    if (!words.empty() && facts.actor.principal != "checker") {
        AC_TRY(auto noted, add_note(after(state, decision), {words, NoteKind::internal}, facts));
        append(decision, std::move(noted));
    }
    return decision;
}

std::int64_t amount_asked(const CaseState& state, const Asked& asked, const Facts& facts) {
    if (asked.command == AskedWord::submit_refund) return refundable(state, asked.operation_id);
    if (asked.command == AskedWord::approve || asked.command == AskedWord::resend) {
        const Operation* operation = find_operation(state, asked.operation_id);
        if (!operation || asked.command != AskedWord::approve) return 0;
        return operation->sub_kind == SubKind::goodwill ? operation->asked_minor : operation->quote.net_minor;
    }
    if (asked.command != AskedWord::request) return asked.amount_minor;
    const auto tried = as_checker(state, asked, facts);
    if (!tried) return 0;
    for (const auto& event : tried->events)
        if (const auto* made = std::get_if<OperationRequested>(&event.body)) return made->operation.quote.net_minor;
    return 0;
}

Result<Decision> ask_approval(const CaseState& state, const Asked& asked, const MessageId& note_id, const Facts& facts) {
    AC_CHECK(permitted(facts.actor, MatterWord::ask_task));
    if (state.c.closed_at.ms != 0) return refuse("case_already_closed");
    if (note_id.empty()) return fail_field("/note", "required");
    if (state.tasks.size() >= kMaxTasks) return refuse("too_many_tasks", {{"tasks", std::to_string(state.tasks.size())}});
    for (const auto& task : state.tasks)
        if (task.code == kApprovalTask && task.state == TaskState::open && task.operation_id == asked.operation_id &&
            task.department == department_of(asked.command))
            return refuse("already_asked", {}, {{"wait_for_reply", {}}});
    if (carry_out(state, asked, MessageId("-"), facts)) return refuse("may_do_it");
    AC_CHECK(as_checker(state, asked, facts));

    MatterMoved event;
    event.word = MatterWord::ask_task;
    event.matter = state.c.matter;
    event.note_id = note_id;
    Task task;
    task.id = TaskId(facts.next_id());
    task.case_id = state.c.id;
    task.operation_id = asked.operation_id;
    task.department = department_of(asked.command);
    task.code = kApprovalTask;
    task.opened_at = facts.now;
    task.due_at = capped(facts.calendar.of(task.department).add_working(facts.now, kAnswerWithin));
    task.note_id = note_id;
    event.moves.tasks.push_back(std::move(task));
    Draft draft(state, facts.actor.has(Role::agent) ? Role::agent : Role::lead, facts);
    draft.add(std::move(event));
    return draft.take();
}

Result<Decision> answer_approval(const CaseState& state, const Asked& asked, const StaffId& asked_by, const Answer& answer, const Facts& facts) {
    const Task* task = open_approval(state, answer.task_id);
    if (!task) return fail(ErrorKind::not_found, "task_not_found");
    AC_TRY(const Role role, answering(*task, asked_by, answer, facts));
    if (task->state != TaskState::open) return refuse("approval_answered");
    if (!answer.granted && answer.note_id.empty()) return fail_field("/note", "required");
    Decision decision;
    if (answer.granted) {
        AC_TRY(decision, carry_out(state, asked, answer.words_id, without_ask(facts, task->id)));
    }
    const CaseState now = after(state, decision);
    Draft draft(now, role, facts);
    TaskFinished event{task->id, {}, answer.note_id};
    event.moves.tasks.push_back(*open_approval(now, task->id));
    Task& done = event.moves.tasks.back();
    done.state = TaskState::done;
    done.done_at = facts.now;
    done.result = answer.granted ? TaskResult::confirmed : TaskResult::not_confirmed;
    done.result_note_id = answer.note_id;
    if (!answer.granted && facts.actor.staff_id != asked_by) tell(event.moves, now, *task, kRefusedTask, asked_by, answer.note_id, facts);
    draft.add(std::move(event));
    append(decision, draft.take());
    return decision;
}

void tend_asks(Moves& moves, const CaseState& after, const EventBody& event, const Facts& facts) {
    for (const OpenAsk& ask : facts.known.asks) {
        const Task* task = open_approval(after, ask.task_id);
        if (!task || task->state != TaskState::open || !is_overtaken(ask, task->operation_id, after, event)) continue;
        Task over = *task;
        over.state = TaskState::cancelled;
        over.done_at = facts.now;
        moves.tasks.push_back(std::move(over));
        if (!ask.asked_by.empty() && ask.asked_by != facts.actor.staff_id) tell(moves, after, *task, kOvertakenTask, ask.asked_by, {}, facts);
    }
}

}  // namespace aftercare::domain
