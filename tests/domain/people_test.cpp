#include <catch2/catch.hpp>

#include "domain/asked.hpp"
#include "domain/closing.hpp"
#include "domain/replies.hpp"
#include "domain/ties.hpp"
#include "story.hpp"

/// People among themselves: two cases that are one, acts that somebody else must decide, facts a closing brings.
using namespace story;

namespace {

/// Two cases of one customer; the second is the target.
struct Two {
    Story a, b;
    explicit Two(CaseKind first = CaseKind::consultation, CaseKind second = CaseKind::consultation) : a({}, first), b({}, second) {
        b.state.c.id = CaseId("TARGET");
        b.state.c.number = "20002";
        a.state.c.customer_id = b.state.c.customer_id = CustomerId("CUSTOMER");
    }
    std::string merge(const Actor& who = agent) {
        const auto merged = merge_case(a.state, b.state, kWords, a.facts(who));
        if (!merged) return a.take(fail(merged.error()));
        return a.take(merged->from) + b.take(merged->into);
    }
};

template <class T>
std::string refusal(const Result<T>& result) { return result ? std::string() : result.error().code; }
std::string step(Story& s, MatterWord w) { return s.take(step_matter(s.state, w, {kWords}, s.facts(agent))); }

Asked asked(AskedWord command, const OperationId& id = {}, std::int64_t amount = 0) { return {command, id, amount, {}, {}}; }

TaskId approval_of(const Story& s) {
    for (const auto& task : s.state.tasks)
        if (task.code == kApprovalTask && task.state == TaskState::open) return task.id;
    return {};
}
/// Asks; rules know of it as the store tells them.
std::string ask(Story& s, const Asked& what, const Actor& who = agent) {
    const auto code = s.take(ask_approval(s.state, what, kWords, s.facts(who)));
    OpenAsk open{approval_of(s), who.staff_id, what.command, {}, {}};
    if (what.request) open.kind = what.request->kind;
    if (what.request)
        for (const auto& line : what.request->lines) open.lines.push_back(line.order_line_id);
    if (code.empty()) s.known.asks.push_back(std::move(open));
    return code;
}
std::string answer(Story& s, const Asked& what, bool granted, const Actor& who = lead, const StaffId& by = agent.staff_id) {
    return s.take(answer_approval(s.state, what, by, {approval_of(s), granted, kWords, MessageId("WORDS")}, s.facts(who)));
}

}  // namespace

TEST_CASE("a merged case is closed, its target hears why, and what comes for it is not taken any more") {
    Two t;
    CHECK(t.merge().empty());
    CHECK(t.a.state.c.status == CaseStatus::closed);
    CHECK(is_merged(t.a.state.c));
    CHECK(t.a.state.c.summary == "20002");
    CHECK(t.a.state.c.due_at.ms == 0);
    CHECK(t.b.last == std::vector<std::string>{"note_added/1"});
    CHECK(t.a.as(agent, add_note, AddNote{kWords, NoteKind::from_customer}) == "case_merged");
    CHECK(t.a.error.params == std::vector<std::pair<std::string, std::string>>{{"number", "20002"}});
    CHECK(t.a.as(agent, assign_case, AssignCase{StaffId("agent")}) == "case_merged");
    CHECK(t.a.as(plugin, hear_platform, HearPlatform{"AS-1", 1, Intervention::none, 0, {}, false, {}}) == "case_merged");
    CHECK(t.merge() == "case_merged");
}

TEST_CASE("a promise that was broken before a merge is owed no more") {
    Two t;
    REQUIRE(t.a.fire(ClockKind::first_reply).empty());
    REQUIRE(t.a.state.c.due_at.ms != 0);
    t.b.now = t.a.now;
    CHECK(t.merge(lead).empty());
    CHECK(t.a.state.c.due_at.ms == 0);
    CHECK(t.a.clock(ClockKind::first_reply)->state == ClockState::breached);  // that stays
    for (const auto& clock : t.a.state.clocks) CHECK(clock.due_at.ms + clock.remind_at.ms == 0);
    for (const auto& task : t.a.state.tasks) CHECK(task.state != TaskState::open);
}

TEST_CASE("a merge that is undone leaves the case as it was, with its promise and its clocks") {
    Two t(CaseKind::complaint, CaseKind::complaint);
    step(t.a, MatterWord::acknowledge);
    const Matter was = t.a.state.c.matter;
    const auto due = t.a.state.c.due_at;
    CHECK(due.ms != 0);
    CHECK(t.merge().empty());
    CHECK(t.a.state.c.matter.stage == MatterStage::closed);
    t.a.now = t.a.now + minutes(5);
    CHECK(t.a.take(unmerge_case(t.a.state, was, {}, t.a.facts(agent))) == "invalid_fields");
    CHECK(t.a.take(unmerge_case(t.a.state, was, kWords, t.a.facts(agent))).empty());
    CHECK(t.a.state.c.matter == was);
    CHECK(t.a.state.c.due_at == due);
    CHECK(t.a.state.c.status == CaseStatus::open);
    CHECK(t.a.take(unmerge_case(t.a.state, was, kWords, t.a.facts(agent))) == "not_merged");
}

TEST_CASE("what is under way is linked, not merged; some merges are a lead's") {
    Two t;
    CHECK(refusal(merge_case(t.a.state, t.a.state, {}, t.a.facts(agent))) == "invalid_fields");
    t.b.state.c.customer_id = CustomerId("OTHER");
    CHECK(t.merge() == "other_customer");
    CHECK(t.merge(finance) == "permission_missing");
    CHECK(t.merge(lead).empty());

    Story s;
    s.approved({a(1)});
    Two u;
    u.b.state.c.customer_id = s.state.c.customer_id;
    CHECK(refusal(merge_case(s.state, u.b.state, {}, s.facts(lead))) == "merge_open_operations");

    Two complaint(CaseKind::complaint, CaseKind::consultation);
    CHECK(complaint.merge() == "complaint_needs_lead");
    complaint.a.as(agent, ask_task, AskTask{Department::quality, StaffId("q"), kMonday + days(1), kWords});
    CHECK(complaint.merge(lead) == "task_open");

    Two closed;
    step(closed.b, MatterWord::answer);
    closed.b.as(agent, close_case, CloseCase{"size", Fault::customer, "done"});
    CHECK(closed.merge() == "target_closed");
}

TEST_CASE("nobody closes a case with the cause that means merged") {
    Story s({}, CaseKind::consultation);
    step(s, MatterWord::answer);
    CHECK(s.as(agent, close_case, CloseCase{"merged", Fault::customer, "done"}) == "invalid_fields");
    CHECK(s.as(agent, close_case, CloseCase{"size", Fault::customer, "done"}).empty());
}

TEST_CASE("an agent at the limit asks a lead; the answer approves as the lead") {
    Story s;
    s.policy.terms.agent_limit_minor = 1'000;
    const auto id = s.request({a(3)});
    CHECK(s.as(agent, approve, Approve{id}) == "over_limit");
    CHECK(ask(s, asked(AskedWord::approve, id), lead) == "may_do_it");
    CHECK(ask(s, asked(AskedWord::approve, id)).empty());
    CHECK(amount_asked(s.state, asked(AskedWord::approve, id), s.facts(agent)) == s.op().quote.net_minor);
    CHECK(ask(s, asked(AskedWord::approve, id)) == "already_asked");
    const Task& task = s.state.tasks.back();
    CHECK(task.department == Department::lead);
    CHECK(task.due_at > s.now);
    CHECK(s.as(lead, finish_task, FinishTask{task.id, TaskResult::done, {}}) == "answer_approval");
    CHECK(answer(s, asked(AskedWord::approve, id), true, agent) == "same_person");
    CHECK(answer(s, asked(AskedWord::approve, id), true, agent2) == "permission_missing");
    CHECK(answer(s, asked(AskedWord::approve, id), true, finance) == "permission_missing");
    CHECK(answer(s, asked(AskedWord::approve, id), true).empty());
    CHECK(s.op().decision == DecisionState::approved);
    CHECK(s.op().approver_id == lead.staff_id);
    CHECK(approval_of(s).empty());
}

TEST_CASE("a lead who asked does not grant it; a refusal tells who asked, and one's own question can be taken back") {
    const Actor both = staff("agent", {Role::agent, Role::lead});
    Story s;
    s.policy.terms.agent_limit_minor = 1'000;
    const auto id = s.request({a(3)});
    CHECK(ask(s, asked(AskedWord::approve, id)).empty());
    CHECK(answer(s, asked(AskedWord::approve, id), true, both) == "same_person");
    CHECK(answer(s, asked(AskedWord::approve, id), false).empty());
    CHECK(s.op().decision == DecisionState::requested);
    CHECK(s.has_task(kRefusedTask));
    CHECK(s.state.tasks.back().owner_id == agent.staff_id);
    CHECK(ask(s, asked(AskedWord::approve, id)).empty());
    CHECK(answer(s, asked(AskedWord::approve, id), false, agent).empty());  // taken back
    CHECK(approval_of(s).empty());
}

TEST_CASE("a refund above the limit is asked of finance, an offer and an override of a lead") {
    Story s;
    s.policy.terms.agent_limit_minor = 1'000;
    const auto id = s.arrived({a(3)});
    CHECK(s.inspect_all(id, "A", 3).empty());
    CHECK(s.as(agent, submit_refund, SubmitRefundNow{id, {}}) == "over_limit");
    CHECK(ask(s, asked(AskedWord::submit_refund, id)).empty());
    CHECK(answer(s, asked(AskedWord::submit_refund, id), true, lead) == "permission_missing");
    CHECK(answer(s, asked(AskedWord::submit_refund, id), true, finance).empty());
    CHECK(s.money(MoneyState::submitted) > 0);

    Story late;
    late.now = kMonday + days(60);
    Asked request = asked(AskedWord::request);
    request.request = ask_for(OperationKind::return_refund, SubKind::none, Reason::no_longer_wanted, {want("A", 1)});
    CHECK(ask(late, request) == "return_window_passed");  // a lead must override it, too
    request.request->override_window = true;
    request.request->override_reason = "-";
    CHECK(ask(late, request).empty());
    CHECK(answer(late, request, true).empty());
    CHECK(late.op().window_overridden);

    Story c(an_order(), CaseKind::complaint);
    c.policy.terms.agent_limit_minor = 1'000;
    for (const MatterWord w : {MatterWord::acknowledge, MatterWord::verify}) step(c, w);
    const Asked offer = asked(AskedWord::propose, {}, 2'000);
    CHECK(ask(c, offer).empty());
    CHECK(c.as(agent, close_case, CloseCase{"x", Fault::merchant, "done"}) == "approval_open");
    CHECK(answer(c, offer, true).empty());
    CHECK(c.state.c.matter.stage == MatterStage::proposed);
    CHECK(c.state.c.matter.proposal_minor == 2'000);
}

TEST_CASE("an ask is over when somebody decides without answering it, and whoever asked hears of it") {
    const auto at_limit = [](Story& s) {
        s.policy.terms.agent_limit_minor = 1'000;
        const auto id = s.request({a(3)});
        CHECK(ask(s, asked(AskedWord::approve, id)).empty());
        return id;
    };
    const auto told = [](const Story& s) {
        return std::any_of(s.state.tasks.begin(), s.state.tasks.end(), [](const Task& t) { return t.code == kOvertakenTask && t.owner_id == agent.staff_id; });
    };
    SECTION("approved") {
        Story s;
        const auto id = at_limit(s);
        CHECK(s.as(lead, approve, Approve{id}).empty());
        CHECK(approval_of(s).empty());
        CHECK(told(s));
    }
    SECTION("rejected") {
        Story s;
        const auto id = at_limit(s);
        CHECK(s.as(lead, ask_info, AskInfo{id, kWords}).empty());
        CHECK_FALSE(approval_of(s).empty());  // may still be approved
        CHECK(s.as(agent, give_info, GiveInfo{id, "photo"}).empty());
        CHECK(s.as(lead, reject, Reject{id, RejectCode::window_passed}).empty());
        CHECK(approval_of(s).empty());
        CHECK(told(s));
    }
    SECTION("withdrawn by whoever asked") {
        Story s;
        const auto id = at_limit(s);
        CHECK(s.as(agent, withdraw, Withdraw{id, {}}).empty());
        CHECK(approval_of(s).empty());
        CHECK_FALSE(told(s));
    }
    SECTION("granted: the answer itself tells") {
        Story s;
        const auto id = at_limit(s);
        CHECK(answer(s, asked(AskedWord::approve, id), true).empty());
        CHECK(s.op().decision == DecisionState::approved);
        CHECK_FALSE(told(s));
        CHECK(s.state.tasks.front().result == TaskResult::confirmed);
    }
    SECTION("a refund that finance sent, an offer a lead made, a request a lead let through") {
        Story s;
        s.policy.terms.agent_limit_minor = 1'000;
        const auto id = s.arrived({a(3)});
        CHECK(s.inspect_all(id, "A", 3).empty());
        CHECK(ask(s, asked(AskedWord::submit_refund, id)).empty());
        CHECK(s.as(finance, submit_refund, SubmitRefundNow{id, {}}).empty());
        CHECK(approval_of(s).empty());
        CHECK(told(s));

        Story c(an_order(), CaseKind::complaint);
        c.policy.terms.agent_limit_minor = 1'000;
        for (const MatterWord w : {MatterWord::acknowledge, MatterWord::verify}) step(c, w);
        CHECK(ask(c, asked(AskedWord::propose, {}, 2'000)).empty());
        CHECK(c.as(lead, propose, Propose{1'500, {}, kWords}).empty());
        CHECK(approval_of(c).empty());
        CHECK(told(c));

        Story late;
        late.now = kMonday + days(60);
        Asked wish = asked(AskedWord::request);
        wish.request = ask_for(OperationKind::return_refund, SubKind::none, Reason::no_longer_wanted, {want("A", 1)});
        wish.request->override_window = true;
        wish.request->override_reason = "-";
        CHECK(ask(late, wish).empty());
        RequestOperation other = *wish.request;
        other.lines = {want("B", 1)};
        CHECK(late.as(lead, request_operation, other).empty());
        CHECK_FALSE(approval_of(late).empty());
        CHECK(late.as(lead, request_operation, *wish.request).empty());
        CHECK(approval_of(late).empty());
        CHECK(told(late));
    }
}

TEST_CASE("the terms say which facts closing demands, and how long a closed case opens again") {
    Story s;
    s.state.c.topic.clear();
    const auto id = s.request({a(1)});
    CHECK(s.as(agent, withdraw, Withdraw{id, {}}).empty());
    const CloseCase plain{"size", Fault::customer, "done"};
    s.policy.terms.topic_kinds = {CaseKind::return_refund};
    CHECK(missing_facts(s.state, s.policy.terms) == "topic");
    CHECK(s.fire(ClockKind::quiet_close).empty());
    CHECK(s.state.c.closed_at.ms == 0);  // nothing closes by itself without its facts
    CHECK(s.as(agent, close_with, CloseWith{plain, "", {}, {}}) == "facts_missing");
    CHECK(s.as(agent, close_with, CloseWith{plain, "a cup that leaks", {}, {}}).empty());
    CHECK(s.state.c.topic == "a cup that leaks");

    s.policy.terms.reopen_days = 3;
    s.now = s.state.c.closed_at + days(3);
    const Instant late = s.now + Duration{1};
    CHECK(s.as(agent, add_note, AddNote{kWords, NoteKind::from_customer}).empty());
    CHECK(s.state.c.closed_at.ms == 0);
    CHECK(s.as(agent, close_with, CloseWith{plain, "", {}, {}}).empty());
    s.state.c.closed_at = late - days(3) - Duration{1};
    s.now = late;
    CHECK(s.as(agent, add_note, AddNote{kWords, NoteKind::from_customer}).empty());
    CHECK(s.state.c.closed_at.ms != 0);
    CHECK(s.request({a(1)}).value == "reopen_window_passed");

    Story c(an_order(), CaseKind::complaint);
    for (const MatterWord w : {MatterWord::acknowledge, MatterWord::verify}) step(c, w);
    c.as(agent, propose, Propose{0, {}, kWords});
    for (const MatterWord w : {MatterWord::accept_proposal, MatterWord::execute}) step(c, w);
    CHECK(missing_facts(c.state, c.policy.terms) == "satisfied");
    c.policy.terms.prevention_severity = 3;
    CHECK(missing_facts(c.state, c.policy.terms) == "satisfied,prevention");
    CHECK(c.as(agent, close_with, CloseWith{plain, "", Satisfied::yes, {}}) == "facts_missing");
    CHECK(c.as(agent, close_with, CloseWith{plain, "", Satisfied::yes, kWords}).empty());
}

TEST_CASE("an unanswered customer is given to whoever is on duty when the owner is not") {
    const auto waiting = [](Story& s) {
        CHECK(s.as(lead, assign_case, AssignCase{agent.staff_id}).empty());
        CHECK(s.as(agent, add_note, AddNote{kWords, NoteKind::to_customer}).empty());
        CHECK(s.as(customer, add_note, AddNote{kWords, NoteKind::from_customer}).empty());
    };
    const auto shift = [](const Actor& who, Department team) { return Shift{who.staff_id, team, kMonday - days(1), kMonday + days(1)}; };
    Story s({}, CaseKind::consultation);
    waiting(s);
    SECTION("to the one of the team") {
        s.shifts = {shift(agent2, Department::service), shift(lead, Department::lead)};
        CHECK(s.fire(ClockKind::next_reply).empty());
        CHECK(s.state.c.owner_id == agent2.staff_id);
        const auto* event = std::get_if<CaseAssigned>(&s.events.back().body);
        REQUIRE(event);
        CHECK(event->cause == AssignCause::off_duty);
        CHECK(s.events.back().actor_role == Role::system);
    }
    SECTION("to the lead when nobody of the team is there, and always when a lead must own it") {
        s.shifts = {shift(lead, Department::lead)};
        CHECK(s.fire(ClockKind::next_reply).empty());
        CHECK(s.state.c.owner_id == lead.staff_id);

        Story outside({}, CaseKind::consultation);
        waiting(outside);
        outside.state.c.matter.outside = Outside::media;
        outside.shifts = {shift(agent2, Department::service), shift(lead2, Department::lead)};
        CHECK(outside.fire(ClockKind::next_reply).empty());
        CHECK(outside.state.c.owner_id == lead2.staff_id);
    }
    SECTION("it stays with an owner who is there, or when nobody is; a lead hears in any case") {
        s.shifts = {shift(agent2, Department::service), shift(agent, Department::service)};
        CHECK(s.fire(ClockKind::next_reply).empty());
        CHECK(s.state.c.owner_id == agent.staff_id);
        CHECK(s.has_task(kNextReplyTask));

        Story nobody({}, CaseKind::consultation);
        waiting(nobody);
        CHECK(nobody.fire(ClockKind::next_reply).empty());
        CHECK(nobody.state.c.owner_id == agent.staff_id);
        CHECK(nobody.has_task(kNextReplyTask));
    }
}

TEST_CASE("a closing brings the facts that are missing, and names those it still needs") {
    Story c(an_order(), CaseKind::complaint);
    c.as(agent, classify, Classify{2, {}, "", {}});
    for (const MatterWord w : {MatterWord::acknowledge, MatterWord::verify}) step(c, w);
    const CloseCase plain{"quality", Fault::merchant, "done"};
    CHECK(c.as(agent, close_with, CloseWith{plain, "", {}, {}}) == "wrong_stage");
    c.as(agent, propose, Propose{0, {}, kWords});
    for (const MatterWord w : {MatterWord::accept_proposal, MatterWord::execute}) step(c, w);
    CHECK(missing_facts(c.state, c.policy.terms) == "satisfied,prevention");
    CHECK(c.as(agent, close_with, CloseWith{plain, "", {}, {}}) == "facts_missing");
    CHECK(c.as(agent, close_with, CloseWith{plain, "", Satisfied::yes, {}}) == "facts_missing");
    CHECK(c.error.params.front().second == "prevention");
    CHECK(c.as(agent, close_with, CloseWith{plain, "", Satisfied::yes, kWords}).empty());
    CHECK(c.state.c.matter.satisfied == Satisfied::yes);
    CHECK(c.state.c.matter.prevention_id == kWords);
    CHECK(c.state.c.status == CaseStatus::closed);
}

TEST_CASE("a question to carry out a ruling waits while it may be carried out") {
    Story s;
    const auto id = s.approved({a(1)});
    s.as(plugin, hear_platform, HearPlatform{"AS-1", 1, Intervention::ruled_for_buyer, 1'000, {}, false, {}});
    s.as(agent, ship_back, ShipBack{id, "SF", "T1", {}});
    s.as(warehouse, arrive, Arrive{id, {}, "T1", {}, "R1"});
    s.inspect_all(id, "A", 1);
    REQUIRE(ask(s, asked(AskedWord::rule, id, 1'000)).empty());
    s.as(agent, add_note, AddNote{kWords, NoteKind::internal});
    CHECK_FALSE(approval_of(s).empty());
    REQUIRE(s.as(lead, rule, Rule{id, 1'000, "platform_ruling"}).empty());
    CHECK(approval_of(s).empty());
}

TEST_CASE("money that was paid too much is got back before the case is merged") {
    Story s;
    s.policy.terms.instant_refund = true;
    const auto id = s.approved({a(2)});
    s.as(agent, ship_back, ShipBack{id, "SF", "T1", {}});
    s.as(agent, submit_refund, SubmitRefundNow{id, {}});
    s.answer(RefundResult::ok);
    s.as(warehouse, arrive, Arrive{id, {}, "T1", {}, ""});
    s.inspect_all(id, "A", 2, Grade::used);
    s.as(agent, agree, Agree{id, 500, true});
    REQUIRE(s.has_task("collect_overpaid"));
    Story into({}, CaseKind::consultation);
    into.state.c.id = CaseId("TARGET");
    into.state.c.number = "20002";
    into.state.c.customer_id = s.state.c.customer_id;
    const auto merged = merge_case(s.state, into.state, {}, s.facts(agent));
    REQUIRE_FALSE(merged);
    CHECK(merged.error().code == "task_open");
}
