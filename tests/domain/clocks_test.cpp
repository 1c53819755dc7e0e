#include <catch2/catch.hpp>

#include "domain/clock_history.hpp"
#include "domain/ladder.hpp"
#include "story.hpp"

using namespace story;

namespace {

std::string note(Story& s, NoteKind kind, const Actor& who = agent) { return s.as(who, add_note, AddNote{MessageId("N"), kind}); }

const Task* task(const Story& s, std::string_view code) {
    const auto found = std::find_if(s.state.tasks.rbegin(), s.state.tasks.rend(), [&](const Task& t) { return t.code == code; });
    return found == s.state.tasks.rend() ? nullptr : &*found;
}
StaffId told(const Story& s, std::string_view code) { return task(s, code) ? task(s, code)->owner_id : StaffId("nobody"); }

/// Wakes whichever clock wakes next, at its time.
void wake_next(Story& s) {
    const Clock* next = nullptr;
    const auto at = [](const Clock& c) { return c.state == ClockState::breached || (c.remind_at.ms != 0 && c.remind_at < c.due_at) ? c.remind_at : c.due_at; };
    for (const auto& c : s.state.clocks)
        if ((c.state == ClockState::running || c.state == ClockState::breached) && at(c).ms != 0 && (!next || at(c) < at(*next))) next = &c;
    REQUIRE(next);
    s.now = std::max(s.now, at(*next));
    const ClockId id = next->id;
    REQUIRE(s.take(timer_due(s.state, id, s.facts(timer))).empty());
}

std::vector<ClockTurn> turns(const Story& s, ClockKind kind) {
    std::vector<ClockTurn> turns;
    for (const auto& step : clock_history(s.events))
        if (step.kind == kind) turns.push_back(step.turn);
    return turns;
}

}  // namespace

TEST_CASE("a promise of ours is told of at 80, 100 and 150 percent of its working time") {
    Story s;
    const StaffId owner{"agent"}, eve{"eve"}, boss{"boss"}, chief{"chief"};
    s.as(lead, assign_case, AssignCase{owner});
    s.shifts = {{owner, Department::service, s.now, s.now + days(30)},
                {eve, Department::service, s.now - hours(1), s.now + days(30)},
                {boss, Department::lead, s.now, s.now + days(30)}};
    s.request({a(1)});
    const Instant start = s.now;
    CHECK(s.clock(ClockKind::first_decision)->promised == hours(24));
    CHECK(s.clock(ClockKind::first_decision)->policy_id == PolicyId("POLICY"));

    wake_next(s);
    CHECK(s.last == std::vector<std::string>{"clock_warned/1"});
    CHECK(s.calendar.working_between(start, s.now) == minutes(24 * 48));
    CHECK(s.clock(ClockKind::first_decision)->level == ClockLevel::warned);
    CHECK(told(s, "due_soon") == owner);

    wake_next(s);
    CHECK(s.last == std::vector<std::string>{"clock_fired/1"});
    CHECK(s.calendar.working_between(start, s.now) == hours(24));
    CHECK(s.clock(ClockKind::first_decision)->state == ClockState::breached);
    CHECK_FALSE(s.has_task("due_soon"));
    CHECK(told(s, "decision_overdue") == boss);

    wake_next(s);
    CHECK(s.last == std::vector<std::string>{"clock_warned/1"});
    CHECK(s.calendar.working_between(start, s.now) == hours(36));
    CHECK(told(s, "overdue_long") == boss);
    CHECK(s.clock(ClockKind::first_decision)->level == ClockLevel::long_broken);

    s.as(lead, approve, Approve{s.op().id});
    CHECK_FALSE(s.has_task("overdue_long"));
    CHECK(s.clock(ClockKind::first_decision)->state == ClockState::breached);
    using T = ClockTurn;
    CHECK(turns(s, ClockKind::first_decision) == std::vector{T::activated, T::warned, T::breached, T::escalated, T::made_good});
}

TEST_CASE("who is off duty is not warned; where nobody is, the leads are") {
    Story s;
    s.as(lead, assign_case, AssignCase{StaffId("agent")});
    s.request({a(1)});
    SECTION("others are on duty") {
        s.shifts = {{StaffId("eve"), Department::service, s.now, s.now + days(30)}};
        wake_next(s);
        CHECK(told(s, "due_soon") == StaffId("eve"));
    }
    SECTION("no roster is kept: its owner") {
        wake_next(s);
        CHECK(told(s, "due_soon") == StaffId("agent"));
    }
    SECTION("the warehouse owes it, and nobody is there") {
        s.as(lead, approve, Approve{s.op().id});
        s.as(agent, ship_back, ShipBack{s.op().id, "SF", "T1", {}});
        s.as(warehouse, arrive, Arrive{s.op().id, {}, "T1", {}, "R1"});
        wake_next(s);
        CHECK(task(s, "due_soon")->department == Department::lead);
        CHECK(told(s, "due_soon").empty());
    }
}

TEST_CASE("an overdue case keeps the due time that it missed until what was promised has happened") {
    Story s;
    s.request({a(1)});
    const Instant due = s.clock(ClockKind::first_decision)->due_at;
    CHECK(s.state.c.due_at == due);
    s.fire(ClockKind::first_decision);
    CHECK(s.state.c.due_at == due);
    s.now = s.now + days(3);
    s.as(lead, approve, Approve{s.op().id});
    CHECK(s.state.c.due_at == s.clock(ClockKind::ship_back_due)->due_at);
    CHECK(s.clock(ClockKind::first_decision)->state == ClockState::breached);
}

TEST_CASE("a pause moves the warning, too") {
    Story s;
    s.request({a(1)});
    const Instant warning = s.clock(ClockKind::first_decision)->remind_at;
    s.now = s.now + hours(2);
    s.as(agent, ask_info, AskInfo{s.op().id, MessageId("Q")});
    CHECK(s.clock(ClockKind::first_decision)->state == ClockState::paused);
    CHECK(s.clock(ClockKind::first_decision)->remind_at.ms == 0);
    const Instant paused = s.now;
    s.now = s.now + days(1);
    s.as(agent, give_info, GiveInfo{s.op().id, {}});
    CHECK(s.calendar.working_between(warning, s.clock(ClockKind::first_decision)->remind_at) == s.calendar.working_between(paused, s.now));
    using T = ClockTurn;
    CHECK(turns(s, ClockKind::first_decision) == std::vector{T::activated, T::paused, T::resumed});
}

TEST_CASE("a decision that was late before the customer was asked is somebody's task again once they answered") {
    Story s;
    s.request({a(1)});
    s.fire(ClockKind::first_decision);
    CHECK(task(s, "decision_overdue")->state == TaskState::open);
    s.as(agent, ask_info, AskInfo{s.op().id, MessageId("Q")});
    CHECK(task(s, "decision_overdue")->state == TaskState::done);
    s.as(customer, give_info, GiveInfo{s.op().id, {}});
    CHECK(task(s, "decision_overdue")->state == TaskState::open);
    s.as(lead, approve, Approve{s.op().id});
    CHECK(task(s, "decision_overdue")->state == TaskState::done);
}

TEST_CASE("the warehouse's clock counts the warehouse's hours") {
    Story s;
    Calendar night = s.calendar;
    night.week = {};
    for (auto& day : night.week) day = {{0, 1'440}};
    s.calendar.teams.emplace_back(Department::warehouse, std::make_shared<const Calendar>(night));
    s.arrived({a(1)});
    CHECK(s.clock(ClockKind::inspection_due)->due_at == s.now + hours(24));
    CHECK(s.clock(ClockKind::first_decision)->promised == hours(24));
}

TEST_CASE("a customer's word waits for ours: the next reply") {
    Story s;
    CHECK(note(s, NoteKind::internal).empty());
    CHECK(s.clock(ClockKind::next_reply) == nullptr);
    CHECK(note(s, NoteKind::from_customer, customer).empty());
    REQUIRE(s.clock(ClockKind::next_reply));
    const Instant due = s.clock(ClockKind::next_reply)->due_at;
    CHECK(due == s.now + hours(4));  // by phone
    CHECK(s.state.c.due_at == due);
    s.now = s.now + minutes(5);
    note(s, NoteKind::from_customer, customer);  // the first one counts
    CHECK(s.clock(ClockKind::next_reply)->due_at == due);
    note(s, NoteKind::to_customer);
    CHECK(s.clock(ClockKind::next_reply)->state == ClockState::met);
    CHECK(s.state.c.due_at.ms == 0);

    note(s, NoteKind::from_customer, customer);
    wake_next(s);
    CHECK(s.has_task("due_soon"));
    wake_next(s);
    CHECK(s.has_task("next_reply_overdue"));
    note(s, NoteKind::from_customer, customer);  // still owed since then
    CHECK(s.state.clocks.size() == 2);
    CHECK(s.state.c.due_at.ms != 0);
    note(s, NoteKind::to_customer);
    CHECK_FALSE(s.has_task("next_reply_overdue"));
    CHECK(s.state.c.due_at.ms == 0);
    CHECK(s.clock(ClockKind::next_reply)->state == ClockState::breached);
}

TEST_CASE("a chat has seconds, and its first reply stands for the next until somebody answered") {
    Story s(an_order(), CaseKind::consultation);
    s.state.c.channel = Channel::chat;
    s.state.clocks.clear();
    s.policy.terms.chat_first_reply_seconds = 30;
    note(s, NoteKind::from_customer, customer);
    CHECK(s.clock(ClockKind::first_reply)->due_at == s.now + seconds(30));
    CHECK(s.clock(ClockKind::next_reply) == nullptr);
    note(s, NoteKind::to_customer);
    CHECK(s.clock(ClockKind::first_reply)->state == ClockState::met);
    note(s, NoteKind::from_customer, customer);
    CHECK(s.clock(ClockKind::next_reply)->due_at == s.now + minutes(10));
}

TEST_CASE("closing a case ends the clock of an unanswered message") {
    Story s;
    s.state.operations.clear();
    note(s, NoteKind::from_customer, customer);
    SECTION("while it runs") {
        CHECK(s.as(agent, close_case, CloseCase{"cause", Fault::unknown, "done"}).empty());
        CHECK(s.clock(ClockKind::next_reply)->state == ClockState::cancelled);
    }
    SECTION("after it broke") {
        s.fire(ClockKind::next_reply);
        CHECK(s.as(agent, close_case, CloseCase{"cause", Fault::unknown, "done"}).empty());
        CHECK_FALSE(is_owed(*s.clock(ClockKind::next_reply)));
        CHECK_FALSE(s.has_task("next_reply_overdue"));
    }
    CHECK(s.state.c.due_at.ms == 0);
}
