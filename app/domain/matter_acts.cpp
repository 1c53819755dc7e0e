#include <algorithm>

#include "domain/cases.hpp"
#include "domain/clocks.hpp"
#include "domain/draft.hpp"
#include "domain/matters.hpp"

/// The acts of matters.hpp. Each checks its row of the table, then its own guards, and says the matter as it is after it.
namespace aftercare::domain {
namespace {

using W = MatterWord;
using T = MatterStage;

constexpr Duration kQuietUntil = hours(9), kQuietFrom = hours(21);  ///< local; nobody is called about a review outside

Role acting_role(const Actor& actor, W w) {
    for (const Role role : actor.roles)
        if (in(rule_of(w).who, role)) return role;
    return actor.roles.empty() ? Role::system : actor.roles.front();
}

/// The table's row: who, whether it is closed, kind, stage.
Result<void> admitted(const CaseState& state, W w, const Facts& facts) {
    const auto& rule = rule_of(w);
    AC_CHECK(permitted(facts.actor, w));
    if (state.c.closed_at.ms != 0) return refuse("case_already_closed");
    if (!in(rule.kinds, state.c.kind)) return refuse("wrong_kind", {{"kind", std::string(word(state.c.kind))}});
    if (!in(rule.from, state.c.matter.stage))
        return refuse("wrong_stage", {{"stage", std::string(word(state.c.matter.stage))}, {"allowed", stage_words(rule.from)}});
    return {};
}

Result<void> said(W w, const MessageId& note) {
    if (rule_of(w).must_say && note.empty()) return fail_field("/note", "required");
    return {};
}

Instant next_update(const Facts& facts) { return facts.calendar.add_working(facts.now, hours(24)); }

/// What of a matter every act changes alike.
MatterMoved moved_by(const CaseState& state, W w, const MessageId& note, const Facts& facts) {
    MatterMoved event;
    event.word = w;
    event.matter = state.c.matter;
    event.note_id = note;
    if (rule_of(w).to != T::none) event.matter.stage = rule_of(w).to;
    if (!in(table::kOwing, event.matter.stage)) event.matter.promised_at = {};  // it has its answer
    if (rule_of(w).note == NoteKind::to_customer && event.matter.replied_at.ms == 0) event.matter.replied_at = facts.now;
    return event;
}

Decision decided(const CaseState& state, MatterMoved event, const Facts& facts) {
    Draft draft(state, acting_role(facts.actor, event.word), facts);
    draft.add(std::move(event));
    return draft.take();
}

bool is_lead(const Facts& facts) { return facts.actor.has(Role::lead) || facts.actor.has(Role::system); }

Result<void> children_over(const CaseState& state) {
    for (const auto& o : state.operations)
        if (!is_over(o.decision))
            return refuse("operation_open", {{"operation_id", o.id.value}, {"state", std::string(word(o.decision))}},
                          {{"finish_operation", {{"operation_id", o.id.value}}}});
    for (const auto& task : state.tasks)
        if (task.state == TaskState::open && task.code == kAskedTask)
            return refuse("task_open", {{"task_id", task.id.value}, {"department", std::string(word(task.department))}},
                          {{"finish_task", {{"task_id", task.id.value}}}});
    return {};
}

/// What a case of this kind must hold before it is done.
struct Fact {
    CaseKind kind;
    std::string_view fact;
    bool (*holds)(const CaseState&);
};
bool has_order(const CaseState& s) { return !s.order.order.id.empty(); }
bool was_told(const CaseState& s) { return s.c.matter.replied_at.ms != 0; }
bool has_topic(const CaseState& s) { return !s.c.topic.empty(); }
bool has_verdict(const CaseState& s) {
    return std::any_of(s.tasks.begin(), s.tasks.end(), [](const Task& t) { return t.department == Department::quality && t.result != TaskResult::none; });
}
const std::array kFacts{
    Fact{CaseKind::order_check, "order", has_order},
    Fact{CaseKind::unpaid_reminder, "order", has_order}, Fact{CaseKind::unpaid_reminder, "word_to_customer", was_told},
    Fact{CaseKind::stock_out, "topic", has_topic}, Fact{CaseKind::stock_out, "word_to_customer", was_told},
    Fact{CaseKind::logistics_exception, "order", has_order}, Fact{CaseKind::logistics_exception, "word_to_customer", was_told},
    Fact{CaseKind::product_defect, "topic", has_topic}, Fact{CaseKind::product_defect, "quality_result", has_verdict},
    Fact{CaseKind::incident, "topic", has_topic},
};

std::vector<Remedy> way_to(std::string_view fact) {
    if (fact == "order") return {{"open_case_for_order", {}}};
    if (fact == "word_to_customer") return {{"reply_first", {}}};
    if (fact == "quality_result") return {{"ask_quality", {}}};
    return {{"say_topic", {}}};
}

/// A task for whoever is named, else for a lead; one that waits there already is enough.
void hand_on(Moves& moves, const CaseState& state, const Escalate& command, const Facts& facts) {
    const Department to = command.department.value_or(Department::lead);
    const auto waits = [&](const Task& t) { return t.state == TaskState::open && t.code == kEscalatedTask && t.department == to; };
    if (std::any_of(state.tasks.begin(), state.tasks.end(), waits)) return;
    Task task;
    task.id = TaskId(facts.next_id());
    task.case_id = state.c.id;
    task.department = to;
    task.code = kEscalatedTask;
    task.opened_at = facts.now;
    if (command.answer_by.ms != 0) task.due_at = capped(command.answer_by);
    task.note_id = command.note_id;
    moves.tasks.push_back(std::move(task));
}

bool is_review_outcome(MatterOutcome o) { return o >= MatterOutcome::unchanged && o <= MatterOutcome::do_not_contact; }

}  // namespace

Result<Decision> step_matter(const CaseState& state, W w, const StepMatter& command, const Facts& facts) {
    AC_CHECK(admitted(state, w, facts));
    AC_CHECK(said(w, command.note_id));
    MatterMoved event = moved_by(state, w, command.note_id, facts);
    Matter& m = event.matter;
    const bool again = w == W::verify && state.c.matter.stage == T::follow_up;
    if (w == W::acknowledge || w == W::accept_proposal || w == W::decline_proposal || again) m.promised_at = next_update(facts);
    if (w == W::retract) m.promised_at = {};
    return decided(state, std::move(event), facts);
}

Result<Decision> escalate(const CaseState& state, const Escalate& command, const Facts& facts) {
    AC_CHECK(admitted(state, W::escalate, facts));
    const bool promises = command.answer_by.ms != 0;
    if (promises) AC_CHECK(permitted(facts.actor, W::update_customer));
    if (state.c.matter.escalation >= kMaxEscalation) return refuse("highest_level", {{"level", std::to_string(state.c.matter.escalation)}});
    if (promises && !may_promise(state.c)) return refuse("no_promise", {}, {{"leave_answer_by", {}}});
    if (promises && command.answer_by <= facts.now) return fail_field("/answer_by", "in_the_past");
    if (promises && command.note_id.empty()) return fail_field("/note", "required");
    MatterMoved event = moved_by(state, W::escalate, promises ? MessageId{} : command.note_id, facts);
    ++event.matter.escalation;
    if (promises) event.matter.promised_at = command.answer_by;
    if (command.department || !is_lead(facts)) hand_on(event.moves, state, command, facts);
    Decision decision = decided(state, std::move(event), facts);
    if (!promises) return decision;
    AC_TRY(auto told, add_note(after(state, decision), {command.note_id, NoteKind::to_customer}, facts));
    append(decision, std::move(told));
    return decision;
}

Result<Decision> propose(const CaseState& state, const Propose& command, const Facts& facts) {
    AC_CHECK(admitted(state, W::propose, facts));
    const auto amount = std::to_string(command.amount_minor);
    if (const auto limit = facts.policy.terms.agent_limit_minor; command.amount_minor > limit && !is_lead(facts))
        return refuse("over_limit", {{"amount", amount}, {"limit", std::to_string(limit)}}, {{"ask_lead", {{"amount", amount}}}});
    if (state.c.matter.rounds >= kMaxRounds && !is_lead(facts))
        return refuse("rounds_used_up", {{"rounds", std::to_string(state.c.matter.rounds)}}, {{"ask_a_lead", {}}});
    if (command.amount_minor < 0) return fail_field("/amount_minor", "out_of_range");
    if (command.amount_minor > 0 && state.order.order.id.empty()) return refuse("case_has_no_order", {}, {{"open_case_for_order", {}}});
    if (command.answer_by.ms != 0 && command.answer_by <= facts.now) return fail_field("/answer_by", "in_the_past");
    AC_CHECK(said(W::propose, command.note_id));
    MatterMoved event = moved_by(state, W::propose, command.note_id, facts);
    event.matter.proposal_minor = command.amount_minor;
    event.matter.promised_at = command.answer_by.ms != 0 ? command.answer_by : next_update(facts);
    ++event.matter.rounds;
    if (command.responsibility) event.responsibility = word(*command.responsibility);
    return decided(state, std::move(event), facts);
}

Result<Decision> update_customer(const CaseState& state, const UpdateCustomer& command, const Facts& facts) {
    AC_CHECK(admitted(state, W::update_customer, facts));
    if (command.promised_at <= facts.now) return fail_field("/promised_at", "in_the_past");
    AC_CHECK(said(W::update_customer, command.note_id));
    MatterMoved event = moved_by(state, W::update_customer, command.note_id, facts);
    event.matter.promised_at = command.promised_at;
    return decided(state, std::move(event), facts);
}

Result<Decision> follow_up(const CaseState& state, const FollowUp& command, const Facts& facts) {
    AC_CHECK(admitted(state, W::follow_up, facts));
    AC_CHECK(children_over(state));
    if (state.c.matter.proposal_minor > 0 && state.operations.empty() && !is_lead(facts))
        return refuse("proposal_not_carried_out", {{"amount", std::to_string(state.c.matter.proposal_minor)}}, {{"request", {}}, {"ask_a_lead", {}}});
    if (command.satisfied == Satisfied::unasked) return fail_field("/satisfied", "required");
    MatterMoved event = moved_by(state, W::follow_up, command.note_id, facts);
    event.matter.satisfied = command.satisfied;
    event.matter.promised_at = {};
    return decided(state, std::move(event), facts);
}

Result<Decision> review(const CaseState& state, const Review& command, const Facts& facts) {
    AC_CHECK(admitted(state, W::review, facts));
    if (command.cause_code.empty()) return fail_field("/cause_code", "required");
    AC_CHECK(said(W::review, command.note_id));
    MatterMoved event = moved_by(state, W::review, command.note_id, facts);
    event.matter.prevention_id = command.note_id;
    event.cause_code = command.cause_code;
    event.responsibility = word(command.responsibility);
    return decided(state, std::move(event), facts);
}

Result<Decision> classify(const CaseState& state, const Classify& command, const Facts& facts) {
    AC_CHECK(admitted(state, W::classify, facts));
    MatterMoved event = moved_by(state, W::classify, command.note_id, facts);
    Matter& m = event.matter;
    const auto severity = command.severity.value_or(m.severity);
    if (severity < 1 || severity > 4) return fail_field("/severity", "out_of_range");
    if (m.outside != Outside::none && severity != 1) return refuse("outside_is_severe", {{"outside", std::string(word(m.outside))}});
    if (m.severity <= 2 && severity > m.severity && !is_lead(facts))
        return refuse("severity_needs_lead", {{"severity", std::to_string(m.severity)}}, {{"ask_a_lead", {}}});
    m.severity = severity;
    m.emotion = command.emotion.value_or(m.emotion);
    m.intent = command.intent.value_or(m.intent);
    if (command.responsibility) event.responsibility = word(*command.responsibility);
    if (command.topic != state.c.topic) event.topic = command.topic;
    if (m == state.c.matter && event.topic.empty() && (event.responsibility.empty() || event.responsibility == state.c.responsibility)) return Decision{};
    return decided(state, std::move(event), facts);
}

Result<Decision> tell_outside(const CaseState& state, const TellOutside& command, const Facts& facts) {
    AC_CHECK(admitted(state, W::outside, facts));
    MatterMoved event = moved_by(state, W::outside, command.note_id, facts);
    Matter& m = event.matter;
    if (command.outside == Outside::none && !is_lead(facts)) return refuse("lead_must_own", {{"outside", std::string(word(m.outside))}}, {{"ask_a_lead", {}}});
    m.outside = command.outside;
    m.outside_ref = command.outside == Outside::none ? std::string() : command.outside_ref;
    if (m == state.c.matter) return Decision{};
    if (command.outside != Outside::none) {
        m.severity = 1;
        event.reassigned = true;
        if (facts.actor.has(Role::lead)) event.owner_id = facts.actor.staff_id;
        else open_task(event.moves, state, {}, Department::lead, "outside_complaint", facts);
    }
    return decided(state, std::move(event), facts);
}

Result<Decision> convert_case(const CaseState& state, const ConvertCase& command, const Facts& facts) {
    AC_CHECK(admitted(state, W::convert, facts));
    if (command.kind == state.c.kind) return refuse("same_kind", {{"kind", std::string(word(command.kind))}});
    if (state.c.kind == CaseKind::complaint && !is_lead(facts)) return refuse("complaint_needs_lead", {}, {{"ask_a_lead", {}}});
    if (command.kind == CaseKind::review_followup && !state.operations.empty()) return refuse("no_money_under_review", {}, {{"open_new_case", {}}});
    CaseConverted event{state.c.kind, command.kind, state.c.matter, command.note_id, {}};
    event.matter.stage = first_stage(command.kind);
    event.matter.promised_at = {};
    event.matter.proposal_minor = 0;
    raise_alarm(event.moves, state, command.kind, facts);
    Draft draft(state, acting_role(facts.actor, W::convert), facts);
    draft.add(std::move(event));
    return draft.take();
}

Result<Decision> plan_contact(const CaseState& state, const PlanContact& command, const Facts& facts) {
    AC_CHECK(admitted(state, W::plan_contact, facts));
    if (state.c.matter.contact_refused) return refuse("contact_refused", {}, {{"record_outcome", {}}});
    if (state.c.matter.contacts >= kMaxContacts) return refuse("contacts_used_up", {{"contacts", std::to_string(state.c.matter.contacts)}}, {{"record_outcome", {}}});
    if (command.at < facts.now) return fail_field("/at", "in_the_past");
    const auto day = facts.calendar.day_of(command.at);
    if (command.at < facts.calendar.instant_of(day, kQuietUntil) || command.at >= facts.calendar.instant_of(day, kQuietFrom))
        return refuse("quiet_hours", {{"from", "21:00"}, {"to", "09:00"}});
    MatterMoved event = moved_by(state, W::plan_contact, command.note_id, facts);
    event.matter.contact_at = command.at;
    return decided(state, std::move(event), facts);
}

Result<Decision> record_contact(const CaseState& state, const RecordContact& command, const Facts& facts) {
    AC_CHECK(admitted(state, W::record_contact, facts));
    MatterMoved event = moved_by(state, W::record_contact, command.note_id, facts);
    Matter& m = event.matter;
    ++m.contacts;
    m.contact_at = {};
    if (command.result == ContactResult::refused) {
        m.contact_refused = true;
        m.stage = T::outcome;
        m.outcome = MatterOutcome::do_not_contact;
    }
    return decided(state, std::move(event), facts);
}

Result<Decision> decide_remedy(const CaseState& state, const DecideRemedy& command, const Facts& facts) {
    AC_CHECK(admitted(state, W::decide_remedy, facts));
    if (command.linked_case_id == state.c.id) return fail_field("/linked_case_id", "same_case");
    MatterMoved event = moved_by(state, W::decide_remedy, command.note_id, facts);
    event.matter.linked_case_id = command.linked_case_id;
    if (!command.linked_case_id.empty()) event.matter.stage = T::remedy;
    return decided(state, std::move(event), facts);
}

Result<Decision> record_outcome(const CaseState& state, const RecordOutcome& command, const Facts& facts) {
    AC_CHECK(admitted(state, W::record_outcome, facts));
    if (!is_review_outcome(command.outcome)) return fail_field("/outcome", "unknown_word");
    MatterMoved event = moved_by(state, W::record_outcome, command.note_id, facts);
    event.matter.outcome = command.outcome;
    return decided(state, std::move(event), facts);
}

Result<Decision> finish_work(const CaseState& state, const RecordOutcome& command, const Facts& facts) {
    AC_CHECK(admitted(state, W::finish_work, facts));
    for (const auto& [kind, fact, holds] : kFacts)
        if (kind == state.c.kind && !holds(state)) return refuse("fact_missing", {{"fact", std::string(fact)}}, way_to(fact));
    if (command.outcome < MatterOutcome::solved) return fail_field("/outcome", "unknown_word");
    MatterMoved event = moved_by(state, W::finish_work, command.note_id, facts);
    event.matter.outcome = command.outcome;
    return decided(state, std::move(event), facts);
}

Result<Decision> ask_task(const CaseState& state, const AskTask& command, const Facts& facts) {
    AC_CHECK(admitted(state, W::ask_task, facts));
    if (command.owner_id.empty()) return fail_field("/owner_id", "required");
    if (command.due_at <= facts.now) return fail_field("/due_at", "in_the_past");
    AC_CHECK(said(W::ask_task, command.note_id));
    if (state.tasks.size() >= kMaxTasks) return refuse("too_many_tasks", {{"tasks", std::to_string(state.tasks.size())}});
    MatterMoved event = moved_by(state, W::ask_task, command.note_id, facts);
    Task task;
    task.id = TaskId(facts.next_id());
    task.case_id = state.c.id;
    task.department = command.department;
    task.code = kAskedTask;
    task.opened_at = facts.now;
    task.due_at = capped(command.due_at);
    task.owner_id = command.owner_id;
    task.note_id = command.note_id;
    event.moves.tasks.push_back(std::move(task));
    return decided(state, std::move(event), facts);
}

}  // namespace aftercare::domain
