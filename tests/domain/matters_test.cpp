#include <catch2/catch.hpp>

#include "story.hpp"

/// Complaints, consultations, reviews and things to look after: sections 4 and 5 of after-sales.md, told as stories.
using namespace story;

namespace {

using W = MatterWord;
using T = MatterStage;

std::string step(Story& s, const Actor& who, W w, const MessageId& note = kWords) {
    return s.take(step_matter(s.state, w, {note}, s.facts(who)));
}
T stage(const Story& s) { return s.state.c.matter.stage; }
Story& verifying(Story& s) {
    step(s, agent, W::acknowledge);
    step(s, agent, W::verify);
    return s;
}
/// A complaint whose proposal was taken, and is carried out.
Story& executing(Story& s, std::int64_t amount = 0) {
    verifying(s).as(lead, propose, Propose{amount, {}, kWords});
    step(s, customer, W::accept_proposal);
    step(s, agent, W::execute);
    return s;
}
std::string ask(Story& s, Department department = Department::warehouse) {
    s.as(agent, ask_task, AskTask{department, StaffId("hall"), s.now + hours(8), kWords});
    return s.state.tasks.back().id.value;
}
std::string close(Story& s, const Actor& who = agent) { return s.as(who, close_case, CloseCase{"quality", Fault::merchant, "done"}); }

}  // namespace

TEST_CASE("a complaint goes through the trade's five steps and is closed") {
    Story s(an_order(), CaseKind::complaint);
    CHECK(stage(s) == T::received);
    CHECK(s.clock(ClockKind::first_reply)->due_at == kMonday + hours(4));
    CHECK(step(s, agent, W::acknowledge).empty());
    CHECK(s.clock(ClockKind::first_reply)->state == ClockState::met);
    CHECK(s.clock(ClockKind::update_due)->state == ClockState::running);
    CHECK(step(s, agent, W::verify).empty());
    CHECK(s.as(agent, propose, Propose{500, s.now + days(1), kWords}).empty());
    CHECK(s.state.c.status == CaseStatus::waiting_customer);
    CHECK(step(s, customer, W::accept_proposal).empty());
    CHECK(s.state.c.status == CaseStatus::open);
    CHECK(step(s, agent, W::execute).empty());
    CHECK(s.as(agent, follow_up, FollowUp{Satisfied::yes, {}}) == "proposal_not_carried_out");
    const auto id = s.approved({a(1)});
    CHECK(s.as(agent, follow_up, FollowUp{Satisfied::yes, {}}) == "operation_open");
    s.as(customer, withdraw, Withdraw{id, {}});
    CHECK(s.as(agent, follow_up, FollowUp{Satisfied::yes, {}}).empty());
    CHECK(s.clock(ClockKind::update_due)->state == ClockState::met);
    CHECK(s.as(agent, review, Review{"quality", Fault::merchant, {}}) == "invalid_fields");
    CHECK(s.as(staff("q", {Role::quality}), review, Review{"quality", Fault::merchant, kWords}).empty());
    CHECK(s.state.c.status == CaseStatus::resolved);
    CHECK(s.state.c.cause_code == "quality");
    CHECK(close(s).empty());
    CHECK(stage(s) == T::closed);
    CHECK(s.state.c.status == CaseStatus::closed);
}

TEST_CASE("an apology is said, not only recorded") {
    Story s(an_order(), CaseKind::complaint);
    CHECK(step(s, agent, W::acknowledge, {}) == "invalid_fields");
    CHECK(s.error.fields == std::vector<FieldError>{{"/note", "required"}});
    CHECK(step(s, customer, W::acknowledge) == "permission_missing");
    CHECK(step(s, agent, W::execute) == "wrong_stage");
    CHECK(s.error.params == Params{{"stage", "received"}, {"allowed", "accepted"}});
}

TEST_CASE("a declined proposal has other rounds; after three only a lead proposes") {
    Story s(an_order(), CaseKind::complaint);
    verifying(s);
    for (int round = 0; round < 3; ++round) {
        CHECK(s.as(agent, propose, Propose{0, {}, kWords}).empty());
        CHECK(step(s, customer, W::decline_proposal).empty());
        CHECK(step(s, agent, W::verify).empty());
    }
    CHECK(s.as(agent, propose, Propose{0, {}, kWords}) == "rounds_used_up");
    CHECK(s.as(lead, propose, Propose{0, {}, kWords}).empty());
}

TEST_CASE("an agent proposes money up to the limit, and only about an order") {
    Story s(an_order(), CaseKind::complaint);
    s.policy.terms.agent_limit_minor = 1'000;
    verifying(s);
    CHECK(s.as(agent, propose, Propose{1'001, {}, kWords}) == "over_limit");
    CHECK(s.as(agent, propose, Propose{1'000, s.now - hours(1), kWords}) == "invalid_fields");
    CHECK(s.as(lead, propose, Propose{1'001, {}, kWords}).empty());
    Story free({}, CaseKind::complaint);
    CHECK(verifying(free).as(agent, propose, Propose{1, {}, kWords}) == "case_has_no_order");
    CHECK(free.as(agent, propose, Propose{0, {}, kWords}).empty());
}

TEST_CASE("a promise that is not kept raises the level and asks a lead; the next word to the customer ends that") {
    Story s(an_order(), CaseKind::complaint);
    verifying(s);
    CHECK(s.fire(ClockKind::update_due).empty());
    CHECK(s.state.c.matter.escalation == 1);
    CHECK(s.has_task("update_overdue"));
    CHECK(s.as(agent, update_customer, UpdateCustomer{s.now, kWords}) == "invalid_fields");
    CHECK(s.as(agent, update_customer, UpdateCustomer{s.now + hours(30), kWords}).empty());
    CHECK_FALSE(s.has_task("update_overdue"));
    CHECK(s.clock(ClockKind::update_due)->due_at == s.now + hours(30));
}

TEST_CASE("what is escalated is handed on, and the customer of a case of any kind hears by when they are told") {
    for (const CaseKind kind : {CaseKind::complaint, CaseKind::consultation, CaseKind::return_refund, CaseKind::product_defect}) {
        Story s(an_order(), kind);
        const Instant by = s.now + hours(6);
        CHECK(s.as(agent, escalate, Escalate{Department::quality, by, {}}) == "invalid_fields");  // the customer is told in words
        CHECK(s.as(agent, escalate, Escalate{Department::quality, s.now, kWords}) == "invalid_fields");
        CHECK(s.as(customer, escalate, Escalate{{}, by, kWords}) == "permission_missing");
        REQUIRE(s.as(agent, escalate, Escalate{Department::quality, by, kWords}).empty());
        CHECK(s.state.tasks.back().department == Department::quality);
        CHECK(s.state.tasks.back().due_at == by);
        CHECK(s.clock(ClockKind::update_due)->due_at == by);
        if (kind == CaseKind::complaint || kind == CaseKind::consultation) CHECK(s.clock(ClockKind::first_reply)->state == ClockState::met);
        CHECK(s.fire(ClockKind::update_due).empty());
        CHECK(s.state.c.matter.escalation == 2);
        CHECK(s.has_task("update_overdue"));
        if (kind == CaseKind::complaint) continue;
        CHECK(s.as(agent, update_customer, UpdateCustomer{s.now + hours(30), kWords}).empty());
        CHECK_FALSE(s.has_task("update_overdue"));
        CHECK(s.clock(ClockKind::update_due)->due_at == s.now + hours(30));
    }
}

TEST_CASE("an answer, work that is done, and the end keep what was promised; a review promises nothing") {
    Story asked({}, CaseKind::consultation);
    REQUIRE(asked.as(agent, escalate, Escalate{{}, asked.now + hours(6), kWords}).empty());
    CHECK(step(asked, agent, W::answer).empty());
    CHECK(asked.clock(ClockKind::update_due)->state == ClockState::met);
    CHECK(asked.state.c.matter.promised_at.ms == 0);
    Story ended(an_order(), CaseKind::return_refund);
    REQUIRE(ended.as(agent, escalate, Escalate{{}, ended.now + hours(6), kWords}).empty());
    CHECK(close(ended).empty());
    CHECK(live_clock(ended.state, {}, ClockKind::update_due) == nullptr);
    CHECK(ended.state.c.matter.promised_at.ms == 0);
    Story told(an_order(), CaseKind::review_followup);
    CHECK(told.as(agent, escalate, Escalate{{}, told.now + hours(6), kWords}) == "no_promise");
    CHECK(told.as(agent, escalate, Escalate{{}, {}, kWords}).empty());
}

TEST_CASE("a customer who is not satisfied is heard again, offered more, and asked once more") {
    Story s(an_order(), CaseKind::complaint);
    executing(s).as(agent, follow_up, FollowUp{Satisfied::no, kWords});
    CHECK(stage(s) == T::follow_up);
    CHECK(live_clock(s.state, {}, ClockKind::update_due) == nullptr);
    CHECK(step(s, agent, W::verify).empty());
    CHECK(stage(s) == T::verifying);
    CHECK(s.state.c.status == CaseStatus::open);
    CHECK(s.clock(ClockKind::update_due)->state == ClockState::running);  // they are owed a word again
    CHECK(close(s) == "wrong_stage");
    CHECK(s.as(agent, propose, Propose{0, {}, kWords}).empty());
    CHECK(s.state.c.matter.rounds == 2);
    CHECK(step(s, customer, W::accept_proposal).empty());
    CHECK(step(s, agent, W::execute).empty());
    CHECK(s.as(agent, follow_up, FollowUp{Satisfied::yes, kWords}).empty());
    CHECK(s.state.c.matter.satisfied == Satisfied::yes);
    CHECK(s.as(agent, review, Review{"quality", Fault::merchant, kWords}).empty());
    CHECK(close(s).empty());
}

TEST_CASE("a first reply that does not come leaves a lead a task; any word to the customer is one") {
    Story s({}, CaseKind::consultation);
    CHECK(s.fire(ClockKind::first_reply).empty());
    CHECK(s.has_task("first_reply_overdue"));
    CHECK(s.state.c.matter.escalation == 0);
    CHECK(s.as(agent, add_note, AddNote{kWords, NoteKind::to_customer}).empty());
    CHECK_FALSE(s.has_task("first_reply_overdue"));
    CHECK(s.clock(ClockKind::first_reply)->state == ClockState::breached);
}

TEST_CASE("a case is not closed over work that another department still has (I29)") {
    Story s(an_order(), CaseKind::complaint);
    executing(s);
    const TaskId task(ask(s));
    CHECK(s.as(agent, follow_up, FollowUp{Satisfied::yes, {}}) == "task_open");
    CHECK(s.as(warehouse, finish_task, FinishTask{task}) == "invalid_fields");
    CHECK(s.as(warehouse, finish_task, FinishTask{task, TaskResult::confirmed, kWords}).empty());
    CHECK(s.as(agent, follow_up, FollowUp{Satisfied::yes, {}}).empty());
    ask(s);
    CHECK(close(s) == "task_open");
    Story plain;
    const TaskId of_return(ask(plain));
    CHECK(close(plain) == "task_open");
    plain.as(warehouse, finish_task, FinishTask{of_return, TaskResult::done, {}});
    CHECK(close(plain).empty());
}

TEST_CASE("quiet time closes a return, and no complaint that is not through") {
    Story s(an_order(), CaseKind::complaint);
    executing(s);
    const auto id = s.approved({a(1)});
    s.as(customer, withdraw, Withdraw{id, {}});
    CHECK(s.fire(ClockKind::quiet_close).empty());
    CHECK(s.state.c.closed_at.ms == 0);
    CHECK(s.state.c.status == CaseStatus::open);
}

TEST_CASE("a severe complaint is reviewed before it is closed, and only a lead makes it less severe") {
    Story s(an_order(), CaseKind::complaint);
    CHECK(s.as(agent, classify, Classify{2, Emotion::angry, "", {}}).empty());
    CHECK(s.as(agent, classify, Classify{3, {}, "", {}}) == "severity_needs_lead");
    executing(s).as(agent, follow_up, FollowUp{Satisfied::no, {}});
    CHECK(close(s) == "facts_missing");
    CHECK(s.as(lead, classify, Classify{3, {}, "", {}}).empty());
    CHECK(close(s).empty());
}

TEST_CASE("what the customer really wants and whose fault it is are said as they are found out, and stay until said otherwise") {
    Story s(an_order(), CaseKind::complaint);
    REQUIRE(s.as(agent, classify, Classify{{}, {}, "", {}, Intent::apology}).empty());
    CHECK(s.state.c.matter.intent == Intent::apology);
    CHECK(s.state.c.responsibility.empty());
    REQUIRE(s.as(agent, classify, Classify{{}, Emotion::calm, "", {}, {}, Fault::courier}).empty());
    CHECK(s.state.c.matter.intent == Intent::apology);
    CHECK(s.state.c.responsibility == "courier");
    CHECK(s.as(agent, classify, Classify{{}, {}, "", {}, {}, Fault::courier}).empty());
    CHECK(s.last.empty());  // as it was
    step(s, agent, W::acknowledge);
    step(s, agent, W::verify);
    REQUIRE(s.as(agent, propose, Propose{0, {}, MessageId("NOTE"), Fault::merchant}).empty());
    CHECK(s.state.c.responsibility == "merchant");
    CHECK(step(s, customer, W::decline_proposal).empty());
    CHECK(step(s, agent, W::verify).empty());
    REQUIRE(s.as(agent, propose, Propose{0, {}, MessageId("NOTE")}).empty());
    CHECK(s.state.c.responsibility == "merchant");
}

TEST_CASE("what the press or the hotline took up is as severe as can be and a lead's own") {
    Story s(an_order(), CaseKind::complaint);
    s.as(agent, assign_case, AssignCase{StaffId("agent")});
    CHECK(s.as(agent, tell_outside, TellOutside{Outside::hotline_12315, "12315-7", {}}).empty());
    CHECK(s.state.c.matter.severity == 1);
    CHECK(s.state.c.owner_id.empty());
    CHECK(s.has_task("outside_complaint"));
    CHECK(s.as(agent, assign_case, AssignCase{StaffId("agent")}) == "lead_must_own");
    CHECK(s.as(lead, assign_case, AssignCase{StaffId("agent")}) == "lead_must_own");
    CHECK(s.as(lead, assign_case, AssignCase{StaffId("lead")}).empty());
    CHECK(s.as(lead, classify, Classify{2, {}, "", {}}) == "outside_is_severe");
    CHECK(s.as(agent, tell_outside, TellOutside{Outside::none, "", {}}) == "lead_must_own");
    CHECK(s.as(lead2, tell_outside, TellOutside{Outside::media, "paper", {}}).empty());
    CHECK(s.state.c.owner_id == StaffId("lead2"));
    step(s, customer, W::retract);
    CHECK(close(s).empty());  // it may open again, so it stays a lead's
    CHECK(s.as(agent, assign_case, AssignCase{StaffId("agent")}) == "lead_must_own");
}

TEST_CASE("anybody at the desk and the customer raise the level, up to three") {
    Story s(an_order(), CaseKind::complaint);
    CHECK(s.as(warehouse, escalate, Escalate{{}, {}, kWords}) == "permission_missing");
    CHECK(s.as(agent, escalate, Escalate{{}, {}, kWords}).empty());
    CHECK(s.has_task("case_escalated"));
    CHECK(s.as(customer, escalate, Escalate{{}, {}, kWords}).empty());
    CHECK(s.as(lead, escalate, Escalate{{}, {}, kWords}).empty());
    CHECK(s.as(lead, escalate, Escalate{{}, {}, kWords}) == "highest_level");
}

TEST_CASE("the customer takes a complaint back and it is closed") {
    Story s(an_order(), CaseKind::complaint);
    verifying(s);
    CHECK(step(s, customer, W::retract).empty());
    CHECK(close(s).empty());
    Story late(an_order(), CaseKind::complaint);
    CHECK(step(executing(late), customer, W::retract) == "wrong_stage");
}

TEST_CASE("a closed complaint opens once by the customer's word, then only by a lead's") {
    Story s(an_order(), CaseKind::complaint);
    step(s, customer, W::retract);
    close(s);
    s.as(agent, add_note, AddNote{kWords, NoteKind::from_customer});
    CHECK(stage(s) == T::verifying);
    step(s, customer, W::retract);
    close(s);
    s.as(agent, add_note, AddNote{kWords, NoteKind::from_customer});
    CHECK(s.state.c.status == CaseStatus::closed);
    s.as(lead, add_note, AddNote{kWords, NoteKind::from_customer});
    CHECK(stage(s) == T::verifying);
}

TEST_CASE("a consultation waits for whoever owes a word, and needs a topic to be closed") {
    Story s({}, CaseKind::consultation);
    s.state.c.topic.clear();
    CHECK(step(s, agent, W::ask_customer).empty());
    CHECK(s.state.c.status == CaseStatus::waiting_customer);
    s.as(agent, add_note, AddNote{kWords, NoteKind::from_customer});
    CHECK(stage(s) == T::open);
    CHECK(step(s, agent, W::wait_internal).empty());
    CHECK(s.state.c.status == CaseStatus::waiting_partner);
    CHECK(close(s) == "wrong_stage");
    CHECK(step(s, agent, W::answer).empty());
    CHECK(close(s) == "facts_missing");
    CHECK(s.error.params.front().second == "topic");
    CHECK(s.as(agent, classify, Classify{{}, {}, "size", {}}).empty());
    CHECK(close(s).empty());
}

TEST_CASE("a consultation becomes a return and keeps its thread") {
    Story s(an_order(), CaseKind::consultation);
    ask(s);
    CHECK(s.as(agent, convert_case, ConvertCase{CaseKind::consultation, {}}) == "same_kind");
    CHECK(s.as(agent, convert_case, ConvertCase{CaseKind::return_refund, {}}).empty());
    CHECK(s.last == std::vector<std::string>{"case_converted/1"});
    CHECK(s.state.c.kind == CaseKind::return_refund);
    CHECK(stage(s) == T::none);
    CHECK(s.clock(ClockKind::first_reply)->state == ClockState::met);
    CHECK(s.state.tasks.size() == 1);
    s.request({a(1)});
    REQUIRE(s.state.operations.size() == 1);
    CHECK(s.as(agent, convert_case, ConvertCase{CaseKind::review_followup, {}}) == "no_money_under_review");
    CHECK(s.as(agent, convert_case, ConvertCase{CaseKind::complaint, {}}).empty());
    CHECK(s.as(agent, convert_case, ConvertCase{CaseKind::consultation, {}}) == "complaint_needs_lead");
    CHECK(s.as(lead, convert_case, ConvertCase{CaseKind::consultation, {}}).empty());
}

TEST_CASE("a review is spoken about at decent hours, at most three times, and never after a refusal") {
    Story s(an_order(), CaseKind::review_followup);
    CHECK(step(s, agent, W::triage).empty());
    CHECK(s.as(agent, plan_contact, PlanContact{kMonday + hours(12), {}}) == "quiet_hours");
    CHECK(s.as(agent, plan_contact, PlanContact{kMonday - hours(1), {}}) == "invalid_fields");
    for (int i = 0; i < 3; ++i) {
        CHECK(s.as(agent, plan_contact, PlanContact{kMonday + hours(3), {}}).empty());
        CHECK(s.as(agent, record_contact, RecordContact{ContactResult::no_answer, {}}).empty());
    }
    CHECK(s.as(agent, plan_contact, PlanContact{kMonday + hours(3), {}}) == "contacts_used_up");
    CHECK(s.as(agent, record_outcome, RecordOutcome{MatterOutcome::solved, {}}) == "invalid_fields");
    CHECK(close(s) == "wrong_stage");
    CHECK(s.as(agent, record_outcome, RecordOutcome{MatterOutcome::no_response, {}}).empty());
    CHECK(close(s).empty());

    Story refused(an_order(), CaseKind::review_followup);
    step(refused, agent, W::triage);
    refused.as(agent, plan_contact, PlanContact{kMonday + hours(3), {}});
    CHECK(refused.as(agent, record_contact, RecordContact{ContactResult::refused, {}}).empty());
    CHECK(refused.state.c.matter.outcome == MatterOutcome::do_not_contact);
    close(refused);
    refused.as(agent, add_note, AddNote{kWords, NoteKind::from_customer});
    CHECK(stage(refused) == T::triaged);
    CHECK(refused.as(agent, plan_contact, PlanContact{kMonday + hours(3), {}}) == "contact_refused");
}

TEST_CASE("no money under a review; what is to be mended is done in a case of its own (I31)") {
    Story s(an_order(), CaseKind::review_followup);
    CHECK(s.request({a(1)}).value == "no_money_under_review");
    CHECK(s.error.remedies == std::vector<Remedy>{{"open_new_case", {}}});
    CHECK(s.as(lead, convert_case, ConvertCase{CaseKind::return_refund, {}}) == "wrong_kind");
    step(s, agent, W::triage);
    s.as(agent, plan_contact, PlanContact{kMonday + hours(3), {}});
    s.as(agent, record_contact, RecordContact{ContactResult::reached, {}});
    CHECK(s.as(agent, decide_remedy, DecideRemedy{CaseId("CASE"), {}}) == "invalid_fields");
    CHECK(s.as(agent, decide_remedy, DecideRemedy{CaseId("OTHER"), {}}).empty());
    CHECK(stage(s) == T::remedy);
}

TEST_CASE("what is looked after holds its facts before it is done") {
    Story s({}, CaseKind::logistics_exception);
    CHECK(step(s, agent, W::start_work).empty());
    CHECK(s.as(agent, finish_work, RecordOutcome{MatterOutcome::solved, {}}) == "fact_missing");
    CHECK(s.error.params == Params{{"fact", "order"}});
    Story with_order(an_order(), CaseKind::logistics_exception);
    step(with_order, agent, W::start_work);
    CHECK(with_order.as(agent, finish_work, RecordOutcome{MatterOutcome::solved, {}}) == "fact_missing");
    with_order.as(agent, add_note, AddNote{kWords, NoteKind::to_customer});
    CHECK(with_order.as(agent, finish_work, RecordOutcome{MatterOutcome::none, {}}) == "invalid_fields");
    CHECK(with_order.as(agent, finish_work, RecordOutcome{MatterOutcome::solved, {}}).empty());
    CHECK(close(with_order).empty());

    Story defect(an_order(), CaseKind::product_defect);
    step(defect, agent, W::start_work);
    const TaskId task(ask(defect, Department::quality));
    CHECK(defect.as(agent, finish_work, RecordOutcome{MatterOutcome::solved, {}}) == "fact_missing");
    defect.as(staff("q", {Role::quality}), finish_task, FinishTask{task, TaskResult::confirmed, kWords});
    CHECK(defect.as(agent, finish_work, RecordOutcome{MatterOutcome::solved, {}}).empty());
}

TEST_CASE("another department that is late is told of once per due time, until it has answered") {
    Story s(an_order(), CaseKind::complaint);
    step(s, agent, W::acknowledge);
    s.as(agent, ask_task, AskTask{Department::logistics, StaffId("carrier"), s.now + hours(8), kWords});
    const TaskId first = s.state.tasks.back().id;
    s.as(agent, ask_task, AskTask{Department::quality, StaffId("q"), s.now + hours(2), kWords});
    const TaskId second = s.state.tasks.back().id;
    CHECK(s.clock(ClockKind::task_due)->due_at == kMonday + hours(2));
    CHECK(s.state.c.due_at == kMonday + hours(2));

    CHECK(s.fire(ClockKind::task_due).empty());
    CHECK(s.has_task("task_overdue"));
    CHECK(s.clock(ClockKind::task_due)->due_at == kMonday + hours(8));
    CHECK(s.state.c.due_at == kMonday + hours(2));  // it is owed until it is done
    CHECK(s.as(staff("q", {Role::quality}), finish_task, FinishTask{second, TaskResult::confirmed, {}}).empty());
    CHECK_FALSE(s.has_task("task_overdue"));
    CHECK(s.state.c.due_at > kMonday + hours(2));

    CHECK(s.as(warehouse, finish_task, FinishTask{first, TaskResult::done, {}}).empty());
    CHECK(s.clock(ClockKind::task_due)->state == ClockState::met);
    CHECK(s.fire(ClockKind::task_due) == "no such clock");
}

TEST_CASE("a defect tells quality at once, an incident a lead; also when a case becomes one") {
    Story defect(an_order(), CaseKind::product_defect);
    REQUIRE(defect.state.tasks.size() == 1);
    CHECK(defect.state.tasks[0].department == Department::quality);
    CHECK(defect.has_task("quality_alert"));

    Story asked({}, CaseKind::consultation);
    CHECK(asked.state.tasks.empty());
    asked.shifts = {{StaffId("boss"), Department::lead, asked.now, asked.now + days(1)}};
    CHECK(asked.as(agent, convert_case, ConvertCase{CaseKind::incident, {}}).empty());
    CHECK(asked.has_task("incident_alert"));
    CHECK(asked.state.tasks.back().owner_id == StaffId("boss"));
    CHECK(asked.as(agent, convert_case, ConvertCase{CaseKind::consultation, {}}).empty());
    CHECK_FALSE(asked.has_task("incident_alert"));
}

TEST_CASE("acts of a matter: the next step first, what is always at hand last, refusals with their reason") {
    Story s(an_order(), CaseKind::complaint);
    auto acts = s.acts_for(agent);
    CHECK(acts.front().command == "acknowledge");
    const auto of = [&](const std::string& command) { return *std::find_if(acts.begin(), acts.end(), [&](const Act& act) { return act.command == command; }); };
    CHECK(of("propose").code == "wrong_stage");
    CHECK(of("close").code == "wrong_stage");
    CHECK(of("convert").code == "complaint_needs_lead");
    CHECK(of("ask_task").legal);
    CHECK(std::none_of(acts.begin(), acts.end(), [](const Act& act) { return act.command == "answer"; }));
    s.as(agent, tell_outside, TellOutside{Outside::media, "", {}});
    executing(s).as(agent, follow_up, FollowUp{Satisfied::yes, {}});
    acts = s.acts_for(agent);
    CHECK(of("close").legal);  // with what its dialog asks for
    CHECK(of("close").params == std::vector<std::pair<std::string, std::string>>{{"facts", "prevention"}});
    CHECK(acts.front().command == "review");  // asking again would leave it where it is
}

TEST_CASE("a complaint whose customer was heard is reviewed or closed next; one who is not content is looked at again") {
    Story s(an_order(), CaseKind::complaint);
    executing(s).as(agent, follow_up, FollowUp{Satisfied::yes, {}});
    CHECK(s.as(agent, classify, Classify{{}, {}, "late", {}}).empty());
    CHECK(s.acts_for(agent).front().command == "close");
    CHECK(s.as(agent, follow_up, FollowUp{Satisfied::no, {}}).empty());
    CHECK(s.acts_for(agent).front().command == "verify");
    CHECK(s.as(lead, classify, Classify{1, {}, "late", {}}).empty());
    CHECK(s.as(agent, follow_up, FollowUp{Satisfied::yes, {}}).empty());
    CHECK(s.acts_for(agent).front().command == "review");
}
