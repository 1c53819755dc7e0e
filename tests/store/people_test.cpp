#include <map>
#include <thread>

#include "usecase/approvals.hpp"
#include "usecase/closing.hpp"
#include "usecase/handovers.hpp"
#include "usecase/hours.hpp"
#include "usecase/matters.hpp"
#include "usecase/policies.hpp"
#include "usecase/schedules.hpp"
#include "usecase/ties.hpp"
#include "world.hpp"

using namespace aftercare;
using test::ShopWorld;

namespace {

void say(ShopWorld& w, const CaseId& id, const std::string& body) {
    w.must(usecase::add_note(*w.ctx, w.agent, w.guard(w.agent), {id, NoteKind::from_customer, body}));
}

std::vector<std::string> said(ShopWorld& w, const CaseId& id) {
    std::vector<std::string> words;
    for (const auto& event : w.must(usecase::case_timeline(*w.ctx, w.agent, {id, 0})).items)
        if (!event.note.empty()) words.push_back(event.note);
    return words;
}

/// The due time passes: every running clock of the case fires.
void run_out(ShopWorld& w, const CaseId& id) {
    for (const Clock& clock : w.view(id).clocks) {
        if (clock.state != ClockState::running) continue;
        w.clock.set(std::max(w.clock.now(), clock.due_at));
        w.must(usecase::fire_clock(*w.ctx, {clock.id, id, clock.operation_id, clock.due_at}));
    }
}

usecase::Guard at_version(ShopWorld& w, const usecase::Actor& actor, std::int64_t version, std::string key = {}) {
    auto guard = w.guard(actor, std::move(key));
    guard.expected_version = version;
    return guard;
}

std::vector<usecase::Waiting> inbox(ShopWorld& w, const usecase::Actor& actor, bool mine = false) {
    return w.must(usecase::list_approvals(*w.ctx, actor, {w.shop, mine})).items;
}

}  // namespace

TEST_CASE("a merged case keeps its words, its target shows it, and later words land there; undone while nothing is new") {
    test::on_each_engine([](ShopWorld& w) {
        const CaseId a = w.opened(), b = w.opened(), c = w.opened();
        say(w, a, "first");
        w.must(usecase::merge_case(*w.ctx, w.agent, w.guard(w.agent), {a, b, "the same question"}));
        CHECK(w.view(a).c.status == CaseStatus::closed);
        CHECK(said(w, b) == std::vector<std::string>{"the same question"});
        auto ties = w.must(usecase::case_ties(*w.ctx, w.agent, {b})).items;
        REQUIRE(ties.size() == 1);
        CHECK(ties[0].tie == TieKind::merged_from);
        CHECK(ties[0].undoable);
        CHECK(w.must(usecase::case_ties(*w.ctx, w.agent, {a})).items.at(0).tie == TieKind::merged_into);
        CHECK(usecase::merge_case(*w.ctx, w.agent, w.guard(w.agent), {b, a, ""}).error().code == "target_merged");

        w.must(usecase::unmerge_case(*w.ctx, w.agent, w.guard(w.agent), {a, "not the same"}));
        CHECK(w.view(a).c.status == CaseStatus::open);
        CHECK(w.must(usecase::case_ties(*w.ctx, w.agent, {b})).items.empty());
        w.must(usecase::merge_case(*w.ctx, w.agent, w.guard(w.agent), {a, b, ""}));
        w.must(usecase::merge_case(*w.ctx, w.agent, w.guard(w.agent), {b, c, ""}));
        say(w, a, "second");
        CHECK(said(w, a) == std::vector<std::string>{"first", "not the same"});
        CHECK(said(w, c) == std::vector<std::string>{"second"});
        CHECK(usecase::unmerge_case(*w.ctx, w.agent, w.guard(w.agent), {b, "no"}).error().code == "merge_moved_on");
        CHECK(usecase::unmerge_case(*w.ctx, w.agent, w.guard(w.agent), {a, "no"}).error().code == "merge_moved_on");
        CHECK(w.differences().empty());
    });
}

TEST_CASE("links are seen from both cases and taken back from either; a case that was closed too long is continued by one that follows it") {
    test::on_each_engine([](ShopWorld& w) {
        const CaseId a = w.opened(), b = w.opened();
        const auto itself = usecase::link_case(*w.ctx, w.agent, w.guard(w.agent), {a, a, Relation::related});
        CHECK(itself.error().fields == std::vector<FieldError>{{"/other_id", "same_case"}});
        w.must(usecase::link_case(*w.ctx, w.agent, w.guard(w.agent), {a, b, Relation::related}));
        w.must(usecase::link_case(*w.ctx, w.agent, w.guard(w.agent), {b, a, Relation::duplicate_of}));
        const auto seen = w.must(usecase::case_ties(*w.ctx, w.agent, {a})).items;
        REQUIRE(seen.size() == 1);
        CHECK(seen[0].tie == TieKind::linked_from);
        CHECK(seen[0].relation == Relation::duplicate_of);
        CHECK(w.must(usecase::unlink_case(*w.ctx, w.agent, w.guard(w.agent), {a, b})).items.empty());

        CHECK(usecase::continue_case(*w.ctx, w.agent, w.guard(w.agent), {a, {}, ""}).error().code == "case_still_open");
        w.must(usecase::matter_step<MatterWord::answer>(*w.ctx, w.agent, w.guard(w.agent), {a, {}, "it is so"}));
        w.must(usecase::close_with(*w.ctx, w.agent, w.guard(w.agent), {a, {{"size", Fault::customer, "done"}, "", {}, {}}, ""}));
        w.clock.advance(days(16));
        say(w, a, "and another thing");
        CHECK(w.view(a).c.status == CaseStatus::closed);
        const auto next = w.must(usecase::continue_case(*w.ctx, w.agent, w.guard(w.agent), {a, {}, "and another thing"}));
        CHECK(w.view(next.case_id).c.topic == "words");
        const auto ties = w.must(usecase::case_ties(*w.ctx, w.agent, {next.case_id})).items;
        REQUIRE(ties.size() == 1);
        CHECK(ties[0].relation == Relation::follows);
        CHECK(ties[0].other.c.id == a);
        CHECK(w.differences().empty());
    });
}

TEST_CASE("merged, taken apart or continued twice with one key: the second gets the answer of the first, and nothing happens again") {
    test::on_each_engine([](ShopWorld& w) {
        const CaseId a = w.opened(), b = w.opened();
        const auto merged = [&] { return w.must(usecase::merge_case(*w.ctx, w.agent, w.guard(w.agent, "merge"), {a, b, "the same question"})); };
        CHECK(merged().version == merged().version);
        CHECK(said(w, b) == std::vector<std::string>{"the same question"});
        const auto apart = [&] { return w.must(usecase::unmerge_case(*w.ctx, w.agent, w.guard(w.agent, "apart"), {a, "not the same"})); };
        CHECK(apart().version == apart().version);
        w.must(usecase::matter_step<MatterWord::answer>(*w.ctx, w.agent, w.guard(w.agent), {a, {}, "it is so"}));
        w.must(usecase::close_with(*w.ctx, w.agent, w.guard(w.agent), {a, {{"size", Fault::customer, "done"}, "", {}, {}}, ""}));
        const auto next = [&] { return w.must(usecase::continue_case(*w.ctx, w.agent, w.guard(w.agent, "next"), {a, {}, "and another thing"})); };
        CHECK(next().case_id == next().case_id);
        CHECK(w.must(usecase::case_ties(*w.ctx, w.agent, {a})).items.size() == 1);
    });
}

TEST_CASE("a case is opened for a customer of its shop, and owned by somebody who works there") {
    test::on_each_engine([](ShopWorld& w) {
        const auto theirs = w.sold("7001"), others = w.sold("7002");
        w.sql("INSERT INTO shop (id, code, name, currency, zone, created_at, demo, version) VALUES ('SOUTH', 'south', 'South', 'EUR', 'UTC', 1, 0, 1);"
              "UPDATE customer SET shop_id = 'SOUTH' WHERE id = '" + others.order.customer_id.value + "';");
        const auto refusal = [](const auto& result) { return result ? std::vector<FieldError>{} : result.error().fields; };
        usecase::OpenCaseIn in;
        in.shop_id = w.shop;
        in.open.kind = CaseKind::consultation;
        for (const CustomerId& stranger : {others.order.customer_id, CustomerId("NOBODY")}) {
            in.open.customer_id = stranger;
            CHECK(refusal(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), in)) == std::vector<FieldError>{{"/customer_id", "unknown_customer"}});
        }
        in.open.customer_id = theirs.order.customer_id;
        const CaseId id = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), in)).case_id;
        for (const char* nobody : {"NOBODY", "SOMEBODY ELSE"})
            CHECK(refusal(usecase::assign_case(*w.ctx, w.lead, w.guard(w.lead), {id, {StaffId(nobody)}})) == std::vector<FieldError>{{"/owner_id", "unknown_person"}});
        const auto ann = hired(w, "ann", {Role::agent});
        w.must(usecase::assign_case(*w.ctx, w.lead, w.guard(w.lead), {id, {ann.staff_id}}));
        w.must(usecase::assign_case(*w.ctx, w.lead, w.guard(w.lead), {id, {}}));
        CHECK(w.view(id).c.owner_id.empty());
    });
}

TEST_CASE("what an agent may not approve waits in the lead's inbox, and the answer carries it out or tells who asked") {
    test::on_each_engine([](ShopWorld& w) {
        const auto order = w.sold("A1", 3, 40'000);
        const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(order, 3)));
        CHECK(usecase::approve(*w.ctx, w.agent, w.guard(w.agent), {opened.case_id, {opened.operation_id}}).error().code == "over_limit");
        auto waiting = inbox(w, w.lead);
        REQUIRE(waiting.size() == 1);
        CHECK(waiting[0].wait == WaitKind::operation);
        CHECK(waiting[0].customer_name == "Li Lei");
        const Instant due = waiting[0].due_at;
        CHECK(due > w.clock.now());
        run_out(w, opened.case_id);
        CHECK(inbox(w, w.lead).at(0).due_at == due);  // overdue is not the same as never due

        domain::Asked what;
        what.command = AskedWord::approve;
        what.operation_id = opened.operation_id;
        w.must(usecase::ask_approval(*w.ctx, w.agent, w.guard(w.agent), {opened.case_id, what, "", "a good customer"}));
        waiting = inbox(w, w.lead);
        REQUIRE(waiting.size() == 1);
        CHECK(waiting[0].wait == WaitKind::asked);
        CHECK(waiting[0].reason == "a good customer");
        CHECK(waiting[0].amount_minor > 100'000);
        CHECK(inbox(w, w.agent).empty());
        CHECK(inbox(w, w.finance).empty());
        CHECK(w.must(usecase::count_approvals(*w.ctx, w.lead, {})).waiting == 1);
        const TaskId task = waiting[0].task_id;
        CHECK(usecase::answer_approval(*w.ctx, w.agent, w.guard(w.agent), {task, true, ""}).error().code == "same_person");
        w.must(usecase::answer_approval(*w.ctx, w.lead, w.guard(w.lead), {task, false, "photos first"}));
        auto mine = inbox(w, w.agent, true);
        REQUIRE(mine.size() == 1);
        CHECK(mine[0].result == TaskResult::not_confirmed);
        CHECK(mine[0].answer == "photos first");
        CHECK(inbox(w, w.lead).at(0).wait == WaitKind::operation);

        w.must(usecase::ask_approval(*w.ctx, w.agent, w.guard(w.agent), {opened.case_id, what, "", "here they are"}));
        const TaskId again = inbox(w, w.lead).at(0).task_id;
        w.must(usecase::answer_approval(*w.ctx, w.lead, w.guard(w.lead, "K"), {again, true, ""}));
        w.must(usecase::answer_approval(*w.ctx, w.lead, w.guard(w.lead, "K"), {again, true, ""}));  // the same key: the same answer
        CHECK(w.view(opened.case_id).operations[0].approver_id == w.lead.staff_id);
        CHECK(usecase::answer_approval(*w.ctx, w.lead, w.guard(w.lead), {again, true, ""}).error().code == "approval_answered");
        CHECK(inbox(w, w.lead).empty());
        CHECK(w.differences().empty());
    });
}

TEST_CASE("the inbox judges an operation by the policy that it keeps, not by the shop's of today") {
    test::on_each_engine([](ShopWorld& w) {
        const auto order = w.sold("A9", 1, 40'000);
        usecase::PutPolicy strict;
        strict.shop_id = w.shop;
        strict.channel = order.order.channel.empty() ? "manual" : order.order.channel;
        strict.terms.agent_limit_minor = 1'000;
        w.must(usecase::put_policy(*w.ctx, w.lead, w.guard(w.lead), strict));
        w.sql("UPDATE sales_order SET channel = '" + strict.channel + "'");
        const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(order, 1)));
        CHECK(usecase::approve(*w.ctx, w.agent, w.guard(w.agent), {opened.case_id, {opened.operation_id}}).error().code == "over_limit");
        REQUIRE(inbox(w, w.lead).size() == 1);  // below the shop's own limit
        CHECK(inbox(w, w.lead)[0].operation_id == opened.operation_id);
        CHECK(w.must(usecase::count_approvals(*w.ctx, w.lead, {})).waiting == 1);
    });
}

TEST_CASE("an offer above the limit keeps its words: the customer hears them once a lead grants it") {
    test::on_each_engine([](ShopWorld& w) {
        const auto order = w.sold("A1", 3, 40'000);
        usecase::OpenCaseIn in;
        in.shop_id = w.shop;
        in.open.kind = CaseKind::complaint;
        in.open.order_id = order.order.id;
        const CaseId id = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), in)).case_id;
        w.must(usecase::matter_step<MatterWord::acknowledge>(*w.ctx, w.agent, w.guard(w.agent), {id, {}, "sorry"}));
        w.must(usecase::matter_step<MatterWord::verify>(*w.ctx, w.agent, w.guard(w.agent), {id, {}, ""}));
        domain::Asked what;
        what.command = AskedWord::propose;
        what.amount_minor = 90'000;
        w.must(usecase::ask_approval(*w.ctx, w.agent, w.guard(w.agent), {id, what, "we pay 900", "a loyal customer"}));
        CHECK(inbox(w, w.lead).at(0).words == "we pay 900");
        w.must(usecase::answer_approval(*w.ctx, w.lead, w.guard(w.lead), {inbox(w, w.lead).at(0).task_id, true, "fine"}));
        const auto view = w.view(id);
        CHECK(view.c.matter.proposal_minor == 90'000);
        CHECK(said(w, id) == std::vector<std::string>{"sorry", "a loyal customer", "we pay 900", "fine"});
        CHECK(w.differences().empty());
    });
}

TEST_CASE("a shift hands over promises, cases at risk, offers and every other open case, and the next one takes them") {
    test::on_each_engine([](ShopWorld& w) {
        const CaseId id = w.opened(CaseKind::complaint);
        const CaseId quiet = w.opened(CaseKind::consultation);  // nothing was promised or offered
        const Instant asked_at = w.clock.now();
        say(w, quiet, "and how do I wash it?");
        w.must(usecase::matter_step<MatterWord::acknowledge>(*w.ctx, w.agent, w.guard(w.agent), {id, {}, "sorry"}));
        auto sheet = w.must(usecase::handover_sheet(*w.ctx, w.agent, {w.shop, {}}));
        REQUIRE(sheet.items.size() == 2);
        CHECK(sheet.items[0].case_id == id);  // what must be told comes first
        CHECK(sheet.items[0].promised_at.ms != 0);
        CHECK(sheet.items[0].reply == "sorry");
        CHECK(sheet.items[0].offered_minor == 0);
        CHECK(sheet.items[1].case_id == quiet);
        CHECK(sheet.items[1].said_at == asked_at);
        CHECK(sheet.left_out == 0);
        CHECK(sheet.items[0].risk == Risk::none);
        CHECK(w.must(usecase::handover_sheet(*w.ctx, w.agent, {w.shop, "me"})).items.empty());
        w.clock.advance(days(30));
        const auto told = [&] {
            const auto items = w.must(usecase::handover_sheet(*w.ctx, w.agent, {w.shop, {}})).items;
            return *std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.case_id == id; });
        };
        CHECK(told().risk == Risk::overdue);
        run_out(w, id);
        CHECK(told().clock == "update_due");  // what is overdue is named

        CHECK(usecase::hand_over(*w.ctx, w.agent, w.guard(w.agent), {{w.shop, "me"}, {}, ""}).error().code == "nothing_to_hand_over");
        const auto made = w.must(usecase::hand_over(*w.ctx, w.agent, w.guard(w.agent), {{w.shop, {}}, {}, "call first"}));
        CHECK(made.case_count == 2);
        w.clock.advance(hours(1));
        say(w, quiet, "hello?");
        w.must(usecase::matter_step<MatterWord::retract>(*w.ctx, w.agent, w.guard(w.agent), {id, {}, ""}));
        const auto kept = w.must(usecase::get_handover(*w.ctx, w.lead, {made.id}));
        REQUIRE(kept.items.size() == 2);
        const auto& stood = kept.items[kept.items[0].case_id == id ? 0 : 1];
        CHECK(stood.stage == MatterStage::acknowledged);  // as it stood
        for (const auto& item : kept.items)
            if (item.case_id == quiet) CHECK(item.said_at == asked_at);
        CHECK(usecase::acknowledge_handover(*w.ctx, w.agent, w.guard(w.agent), {made.id}).error().code == "own_handover");
        CHECK(usecase::acknowledge_handover(*w.ctx, w.dock, w.guard(w.dock), {made.id}).error().code == "permission_missing");
        CHECK(w.must(usecase::acknowledge_handover(*w.ctx, w.lead, w.guard(w.lead), {made.id})).acknowledged_by == w.lead.staff_id);
        CHECK(usecase::acknowledge_handover(*w.ctx, w.lead, w.guard(w.lead), {made.id}).error().code == "handover_acknowledged");
        CHECK(w.must(usecase::list_handovers(*w.ctx, w.lead, {})).items.size() == 1);
    });
}

TEST_CASE("a handover says what was offered, and how many cases it had no room for") {
    test::on_each_engine([](ShopWorld& w) {
        usecase::OpenCaseIn complaint;
        complaint.shop_id = w.shop;
        complaint.open.kind = CaseKind::complaint;
        complaint.open.order_id = w.sold("B0").order.id;
        const CaseId id = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), complaint)).case_id;
        w.must(usecase::matter_step<MatterWord::acknowledge>(*w.ctx, w.agent, w.guard(w.agent), {id, {}, "sorry"}));
        w.must(usecase::matter_step<MatterWord::verify>(*w.ctx, w.agent, w.guard(w.agent), {id, {}, "seen"}));
        w.must(usecase::matter_act<MatterWord::propose, domain::Propose, domain::propose>(*w.ctx, w.agent, w.guard(w.agent), {id, {1'500, {}}, "a new lid"}));
        const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(w.sold("B1"), 1)));
        w.must(usecase::approve(*w.ctx, w.lead, w.guard(w.lead), {opened.case_id, {opened.operation_id}}));
        const auto quoted = w.view(opened.case_id).operations.at(0).quote.net_minor;
        const auto offers = [&](const std::vector<store::HandoverItem>& items) {
            std::map<std::string, std::int64_t> found;
            for (const auto& item : items) found.emplace(item.case_id.value, item.offered_minor);
            return found;
        };
        const std::map<std::string, std::int64_t> expected{{id.value, 1'500}, {opened.case_id.value, quoted}};
        CHECK(quoted > 0);
        CHECK(offers(w.must(usecase::handover_sheet(*w.ctx, w.agent, {w.shop, {}})).items) == expected);
        CHECK(offers(w.must(usecase::get_handover(*w.ctx, w.agent, {w.must(usecase::hand_over(*w.ctx, w.agent, w.guard(w.agent), {{w.shop, {}}, {}, ""})).id})).items) == expected);

        for (int i = 0; i < 203; ++i) w.opened();
        const auto sheet = w.must(usecase::handover_sheet(*w.ctx, w.agent, {w.shop, {}}));
        CHECK(sheet.items.size() == 202);
        CHECK(sheet.left_out == 3);
        const auto made = w.must(usecase::hand_over(*w.ctx, w.agent, w.guard(w.agent), {{w.shop, {}}, {}, ""}));
        CHECK(made.left_out == 3);
        CHECK(made.case_count == 202);
        CHECK(w.differences().empty());
    });
}

TEST_CASE("a decision on the case itself takes what was asked for out of the inbox, and whoever asked hears of it") {
    test::on_each_engine([](ShopWorld& w) {
        const auto order = w.sold("A1", 3, 40'000);
        const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(order, 3)));
        domain::Asked what;
        what.command = AskedWord::approve;
        what.operation_id = opened.operation_id;
        w.must(usecase::ask_approval(*w.ctx, w.agent, w.guard(w.agent), {opened.case_id, what, "", "a good customer"}));
        REQUIRE(inbox(w, w.lead).size() == 1);
        w.must(usecase::approve(*w.ctx, w.lead, w.guard(w.lead), {opened.case_id, {opened.operation_id}}));
        CHECK(inbox(w, w.lead).empty());
        CHECK(inbox(w, w.agent, true).at(0).state == TaskState::cancelled);
        const auto& tasks = w.view(opened.case_id).tasks;
        const auto told = std::find_if(tasks.begin(), tasks.end(), [](const Task& t) { return t.code == domain::kOvertakenTask; });
        REQUIRE(told != tasks.end());
        CHECK(told->owner_id == w.agent.staff_id);
        CHECK(told->state == TaskState::open);
        CHECK(w.differences().empty());
    });
}

TEST_CASE("a customer who waits too long for an owner off duty is given to whoever is on duty") {
    test::on_each_engine([](ShopWorld& w) {
        const auto ann = hired(w, "ann", {Role::agent}), bob = hired(w, "bob", {Role::agent}), chief = hired(w, "chief", {Role::lead});
        const auto waits = [&] {
            const CaseId id = w.opened();
            w.must(usecase::assign_case(*w.ctx, w.lead, w.guard(w.lead), {id, {ann.staff_id}}));
            w.must(usecase::add_note(*w.ctx, ann, at_version(w, ann, w.view(id).c.version), {id, NoteKind::to_customer, "hello"}));
            say(w, id, "and now?");
            return id;
        };
        const Instant from = w.clock.now();
        const auto roster = [&](std::vector<usecase::ShiftIn> shifts) {
            w.must(usecase::put_roster(*w.ctx, w.lead, w.guard(w.lead), {w.shop, from, from + days(30), std::move(shifts)}));
        };
        const auto shift = [&](const usecase::Actor& who, Department team) {
            return usecase::ShiftIn{who.staff_id, team, w.clock.now(), w.clock.now() + days(1)};
        };
        const CaseId none = waits();  // no roster
        run_out(w, none);
        CHECK(w.view(none).c.owner_id == ann.staff_id);

        const CaseId given = waits();
        roster({shift(bob, Department::service), shift(chief, Department::lead)});
        run_out(w, given);
        CHECK(w.view(given).c.owner_id == bob.staff_id);
        const auto events = w.must(usecase::case_timeline(*w.ctx, w.agent, {given, 0})).items;
        const auto moved = std::find_if(events.rbegin(), events.rend(), [](const auto& e) { return e.type == "case_assigned/1"; });
        REQUIRE(moved != events.rend());
        CHECK(moved->data.text.find("off_duty") != std::string::npos);

        const CaseId kept = waits();
        roster({shift(ann, Department::service), shift(bob, Department::service)});
        run_out(w, kept);
        CHECK(w.view(kept).c.owner_id == ann.staff_id);

        const CaseId gone = waits();  // whoever may not come in any more is not on duty
        roster({shift(bob, Department::service), shift(chief, Department::lead)});
        w.must(usecase::change_staff(*w.ctx, w.admin, w.guard(w.admin), {bob.staff_id, "bob", {Role::agent}, {w.shop}, false}));
        run_out(w, gone);
        CHECK(w.view(gone).c.owner_id == chief.staff_id);
        CHECK(w.differences().empty());
    });
}

TEST_CASE("of two leads who change the same week at once the second is told") {
    test::on_each_engine([](ShopWorld& w) {
        const auto ann = hired(w, "ann", {Role::agent});
        const Instant from = w.clock.now(), to = from + days(7);
        const auto seen = w.must(usecase::list_roster(*w.ctx, w.lead, {w.shop, from, to}));
        CHECK(seen.version == 0);
        const auto put = [&](std::int64_t version, Instant at) {
            return usecase::put_roster(*w.ctx, w.lead, at_version(w, w.lead, version), {w.shop, from, to, {{ann.staff_id, Department::service, at, at + hours(8)}}});
        };
        const auto first = w.must(put(seen.version, from));
        CHECK(first.version != 0);
        const auto second = put(seen.version, from + hours(4));
        REQUIRE_FALSE(second.has_value());
        CHECK(second.error().kind == ErrorKind::stale);
        CHECK(second.error().params.at(0).second == std::to_string(first.version));
        // Another week is nobody's concern
        w.must(usecase::put_roster(*w.ctx, w.lead, at_version(w, w.lead, 0), {w.shop, to, to + days(7), {{ann.staff_id, Department::service, to, to + hours(8)}}}));
        CHECK(w.must(usecase::list_roster(*w.ctx, w.lead, {w.shop, from, to})).version == first.version);
        CHECK(w.must(put(first.version, from + hours(4))).version != first.version);

        std::optional<Result<usecase::Roster>> one, two;
        const auto version = w.must(usecase::list_roster(*w.ctx, w.lead, {w.shop, from, to})).version;
        std::thread a([&] { one.emplace(put(version, from + hours(1))); });
        std::thread b([&] { two.emplace(put(version, from + hours(2))); });
        a.join();
        b.join();
        CHECK(one->has_value() != two->has_value());
    });
}

TEST_CASE("a team hands over what all of its people have open, and a lead of the next shift takes it") {
    test::on_each_engine([](ShopWorld& w) {
        const auto ann = hired(w, "ann", {Role::agent}), bob = hired(w, "bob", {Role::agent}), dock = hired(w, "dock", {Role::warehouse});
        const auto promised = [&](const StaffId& owner) {
            const CaseId id = w.opened(CaseKind::complaint);
            w.must(usecase::matter_step<MatterWord::acknowledge>(*w.ctx, w.agent, w.guard(w.agent), {id, {}, "sorry"}));
            w.must(usecase::assign_case(*w.ctx, w.lead, w.guard(w.lead), {id, {owner}}));
            return id;
        };
        const CaseId a = promised(ann.staff_id), b = promised(bob.staff_id), c = promised({}), d = promised(dock.staff_id);
        const auto cases = [&](std::optional<Department> team) {
            std::vector<CaseId> ids;
            for (const auto& item : w.must(usecase::handover_sheet(*w.ctx, w.agent, {w.shop, {}, team})).items) ids.push_back(item.case_id);
            std::sort(ids.begin(), ids.end());
            return ids;
        };
        CHECK(cases(Department::service) == std::vector{a, b, c});
        CHECK(cases(Department::warehouse) == std::vector{d});
        CHECK(cases({}).size() == 4);
        const auto both = usecase::handover_sheet(*w.ctx, w.agent, {w.shop, "me", Department::service});
        CHECK(both.error().fields == std::vector<FieldError>{{"/team", "one_of_owner_team"}});

        const auto made = w.must(usecase::hand_over(*w.ctx, ann, w.guard(ann), {{w.shop, {}, Department::service}, {}, "call first"}));
        CHECK(made.team == Department::service);
        CHECK(made.case_count == 3);
        CHECK(usecase::acknowledge_handover(*w.ctx, bob, w.guard(bob), {made.id}).error().code == "handover_needs_lead");
        CHECK(w.must(usecase::acknowledge_handover(*w.ctx, w.lead, w.guard(w.lead), {made.id})).acknowledged_by == w.lead.staff_id);
        CHECK(w.must(usecase::list_handovers(*w.ctx, w.lead, {})).items.at(0).team == Department::service);
        CHECK(w.differences().empty());
    });
}

TEST_CASE("what was done in a merged case is seen on its target, however far back") {
    test::on_each_engine([](ShopWorld& w) {
        const auto done = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(w.sold("A1"), 1)));
        w.must(usecase::withdraw(*w.ctx, w.agent, w.guard(w.agent), {done.case_id, {done.operation_id, {}}}));
        const CaseId middle = w.opened(), last = w.opened();
        w.must(usecase::merge_case(*w.ctx, w.lead, w.guard(w.lead), {done.case_id, middle, ""}));
        w.must(usecase::merge_case(*w.ctx, w.lead, w.guard(w.lead), {middle, last, ""}));
        const auto seen = w.must(usecase::case_ties(*w.ctx, w.agent, {last})).operations;
        REQUIRE(seen.size() == 1);
        CHECK(seen[0].id == done.operation_id);
        CHECK(seen[0].case_number == w.view(done.case_id).c.number);
        CHECK(seen[0].decision == DecisionState::cancelled);
        CHECK(w.must(usecase::case_ties(*w.ctx, w.agent, {done.case_id})).operations.empty());
    });
}

TEST_CASE("a shop says how long a closed case opens again, and which facts closing demands") {
    test::on_each_engine([](ShopWorld& w) {
        auto terms = w.must(usecase::list_policies(*w.ctx, w.lead, {w.shop})).items.at(0).terms;
        terms.reopen_days = 2;
        terms.topic_kinds = {CaseKind::return_refund};
        w.must(usecase::put_policy(*w.ctx, w.lead, w.guard(w.lead), {w.shop, terms}));
        auto in = w.opening(w.sold("A1"), 1);
        const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), in));
        w.must(usecase::withdraw(*w.ctx, w.agent, w.guard(w.agent), {opened.case_id, {opened.operation_id, {}}}));
        const auto close = [&](const std::string& topic) {
            return usecase::close_with(*w.ctx, w.agent, w.guard(w.agent), {opened.case_id, {{"size", Fault::customer, "done"}, topic, {}, {}}, ""});
        };
        CHECK(close("").error().code == "facts_missing");
        w.must(close("a cup that leaks"));
        CHECK(w.view(opened.case_id).reopens_until == w.clock.now() + days(2));
        w.clock.advance({days(2).ms + 1});
        say(w, opened.case_id, "too late");
        CHECK(w.view(opened.case_id).c.status == CaseStatus::closed);
        CHECK(w.must(usecase::list_policies(*w.ctx, w.lead, {w.shop})).items.at(0).terms.topic_kinds == terms.topic_kinds);
        CHECK(w.differences().empty());
    });
}

TEST_CASE("two agents reply at once: one reply is sent, the other agent is told") {
    test::on_each_engine([](ShopWorld& w) {
        const CaseId id = w.opened();
        CHECK(usecase::add_note(*w.ctx, w.agent, w.guard(w.agent), {id, NoteKind::to_customer, "unseen"}).error().code == "if_match_required");
        for (int round = 0; round < 10; ++round) {
            const auto version = w.view(id).c.version;
            const auto guard = at_version(w, w.agent, version);
            std::optional<Result<usecase::CaseChanged>> first, second;
            std::thread one([&] { first.emplace(usecase::add_note(*w.ctx, w.agent, guard, {id, NoteKind::to_customer, "one"})); });
            std::thread two([&] { second.emplace(usecase::add_note(*w.ctx, w.lead, guard, {id, NoteKind::to_customer, "two"})); });
            one.join();
            two.join();
            CHECK(first->has_value() != second->has_value());
            const auto& told = first->has_value() ? *second : *first;
            CHECK(told.error().kind == ErrorKind::stale);
            CHECK(said(w, id).size() == static_cast<std::size_t>(round) + 1);
        }
        CHECK(w.differences().empty());
    });
}
