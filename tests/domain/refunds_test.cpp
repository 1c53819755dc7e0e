#include <catch2/catch.hpp>

#include "story.hpp"

/// after-sales.md section 2, rows 20 to 22, and what runs beside them.
using namespace story;

TEST_CASE("row 20: above the limit finance submits, and neither who asked nor who approved") {
    Story s;
    s.policy.terms.agent_limit_minor = 1'500;
    const Actor everything = staff("lead", {Role::lead, Role::finance});
    const auto id = s.arrived({a(2)});
    s.inspect_all(id, "A", 2);
    CHECK(s.as(agent, submit_refund, SubmitRefundNow{id, {}}) == "over_limit");
    CHECK(s.as(everything, submit_refund, SubmitRefundNow{id, {}}) == "same_person");
    CHECK(s.as(finance, submit_refund, SubmitRefundNow{id, {}}).empty());
    CHECK(s.as(finance, submit_refund, SubmitRefundNow{id, {}}) == "refund_in_flight");
    CHECK(std::holds_alternative<SubmitRefund>(s.effects.back()));
}

TEST_CASE("row 20: money goes back over the payments in their order") {
    Story s;
    const auto id = s.arrived({a(3), b(1)});
    s.inspect_all(id, "A", 3);
    s.inspect_all(id, "B", 1);
    CHECK(s.state.order.money[0].promised_minor == 3'000);
    CHECK(s.state.order.money[1].promised_minor == 499);
    CHECK(s.as(agent, submit_refund, SubmitRefundNow{id, {}}).empty());
    CHECK(s.state.attempts.size() == 2);
}

TEST_CASE("row 21: failed, tried again; unknown, waited for; answers may come twice and late") {
    Story s;
    const auto id = s.arrived({a(1)});
    s.inspect_all(id, "A", 1);
    s.as(agent, submit_refund, SubmitRefundNow{id, {}});
    const auto first = s.state.attempts[0].id;
    const auto say = [&](const MoneyAttemptId& attempt, RefundResult result) {
        return s.as(plugin, refund_outcome, RefundOutcome{id, attempt, result, "", ""});
    };
    SECTION("failed and again") {
        say(first, RefundResult::fail);
        CHECK(s.op().header == Header::refund_failed);
        CHECK(s.has_task("refund_failed"));
        CHECK(s.state.order.money[0].promised_minor == 1'000);
        CHECK(s.as(agent, submit_refund, SubmitRefundNow{id, {}}).empty());
        CHECK_FALSE(s.has_task("refund_failed"));
        const auto second = s.state.attempts[1].id;
        SECTION("then the first one succeeds late, and the second too") {
            say(first, RefundResult::ok);
            CHECK(s.money(MoneyState::succeeded) == 1'000);
            CHECK(s.op().decision == DecisionState::settled);
            say(second, RefundResult::ok);
            CHECK(s.money(MoneyState::succeeded) == 1'000);  // counted once; somebody must get the other back
            CHECK(s.has_task("refund_doubled"));
            say(second, RefundResult::ok);
            CHECK(s.last.empty());
        }
        SECTION("an old failure again changes nothing") {
            say(first, RefundResult::fail);
            CHECK(s.last.empty());
            CHECK(s.money(MoneyState::submitted) == 1'000);
        }
    }
    SECTION("unknown") {
        say(first, RefundResult::unknown);
        CHECK(s.as(agent, submit_refund, SubmitRefundNow{id, {}}) == "refund_unknown");
        CHECK(s.op().header == Header::refund_unknown);
        const Instant at = s.now;
        for (const Duration delay : kReconcileSteps) {
            CHECK(s.clock(ClockKind::reconcile)->state == ClockState::running);
            const auto before = s.now;
            CHECK(s.fire(ClockKind::reconcile).empty());
            CHECK(s.now - before == delay);
            CHECK(std::holds_alternative<ReconcileRefund>(s.effects.back()));
        }
        CHECK(s.now - at == minutes(5 + 30 + 120 + 1440));
        CHECK(s.has_task("refund_unknown"));
        CHECK(s.state.attempts.size() == 1);
        say(first, RefundResult::ok);
        CHECK(s.op().decision == DecisionState::settled);
        CHECK_FALSE(s.has_task("refund_unknown"));
        say(first, RefundResult::fail);
        CHECK(s.last.empty());
    }
    SECTION("an attempt of nobody") { CHECK(say(MoneyAttemptId("none"), RefundResult::ok) == "attempt_not_found"); }
}

TEST_CASE("row 22: a case closes when all of it is over") {
    Story s;
    const auto id = s.request({a(1)});
    const CloseCase close{"size", Fault::customer, "too small"};
    CHECK(s.as(agent, close_case, close) == "operation_open");
    s.as(agent, withdraw, Withdraw{id, {}});
    CHECK(s.as(agent, close_case, close).empty());
    CHECK(s.state.c.status == CaseStatus::closed);
    CHECK(s.state.c.responsibility == "customer");
    CHECK(s.as(agent, close_case, close) == "case_already_closed");
    SECTION("the customer comes back inside the window") {
        CHECK(s.as(agent, add_note, AddNote{MessageId("N"), NoteKind::from_customer}).empty());
        CHECK(s.state.c.status == CaseStatus::resolved);
        CHECK(s.fire(ClockKind::quiet_close).empty());
        CHECK(s.state.c.status == CaseStatus::closed);
    }
    SECTION("or with another return") {
        CHECK(s.request({a(1)}).value.size() == 6);
        CHECK(s.state.c.status == CaseStatus::open);
    }
    SECTION("or too late") {
        s.now = s.now + days(16);
        CHECK(s.request({a(1)}, Reason::quality).value == "reopen_window_passed");
    }
}

TEST_CASE("part came back: two are refunded, the third may still ship, expire or be withdrawn") {
    Story s;
    const auto id = s.approved({a(3)});
    s.as(agent, ship_back, ShipBack{id, "SF", "T1", {a(2)}});
    s.as(warehouse, arrive, Arrive{id, {}, "T1", {}, ""});
    s.inspect_all(id, "A", 2);
    CHECK(s.op().header == Header::part_returned);
    CHECK(s.money(MoneyState::authorised) == 2'000);
    CHECK(s.money(MoneyState::planned) == 999);
    CHECK(s.as(agent, submit_refund, SubmitRefundNow{id, {}}).empty());
    s.answer(RefundResult::ok);
    CHECK(s.op().decision == DecisionState::settling);
    SECTION("ships") {
        s.as(agent, ship_back, ShipBack{id, "SF", "T2", {}});
        s.as(warehouse, arrive, Arrive{id, {}, "T2", {}, ""});
        s.inspect_all(id, "A", 1);
        s.as(agent, submit_refund, SubmitRefundNow{id, {}});
        s.answer(RefundResult::ok);
        CHECK(s.op().settled.net_minor == 2'999);  // one by one: the very allocated net
    }
    SECTION("expires") { CHECK(s.fire(ClockKind::ship_back_due).empty()); }
    SECTION("is withdrawn") { CHECK(s.as(customer, withdraw, Withdraw{id, {}}).empty()); }
    CHECK(s.op().decision == DecisionState::settled);
    CHECK(s.money(MoneyState::planned) == 0);
}

TEST_CASE("instant refund: paid at the scan, watched until inspection, collected when it disappoints") {
    Story s;
    s.policy.terms.instant_refund = true;
    const auto id = s.approved({a(2)});
    CHECK(s.as(agent, submit_refund, SubmitRefundNow{id, {}}) == "goods_not_accepted");
    s.as(agent, ship_back, ShipBack{id, "SF", "T1", {}});
    CHECK(s.money(MoneyState::authorised) == 2'000);
    CHECK(s.has_task("recover_advance"));
    SECTION("good goods") {
        CHECK(s.as(agent, submit_refund, SubmitRefundNow{id, {}}).empty());
        s.answer(RefundResult::ok);
        CHECK(s.op().decision == DecisionState::approved);
        s.as(warehouse, arrive, Arrive{id, {}, "T1", {}, ""});
        s.inspect_all(id, "A", 2);
        CHECK(s.op().decision == DecisionState::settled);
        CHECK(s.money(MoneyState::succeeded) == 2'000);
        CHECK_FALSE(s.has_task("recover_advance"));
        CHECK_FALSE(s.has_task("collect_overpaid"));
    }
    SECTION("bad goods after the money went") {
        s.as(agent, submit_refund, SubmitRefundNow{id, {}});
        s.answer(RefundResult::ok);
        s.as(warehouse, arrive, Arrive{id, {}, "T1", {}, ""});
        s.inspect_all(id, "A", 2, Grade::used);
        CHECK(s.as(agent, agree, Agree{id, 500, true}).empty());
        CHECK(s.op().decision == DecisionState::settled);
        CHECK(s.op().advanced_minor == 1'500);
        CHECK(s.has_task("collect_overpaid"));
    }
    SECTION("bad goods before the money went") {
        s.as(warehouse, arrive, Arrive{id, {}, "T1", {}, ""});
        s.inspect_all(id, "A", 2, Grade::used);
        CHECK(s.as(agent, agree, Agree{id, 500, true}).empty());
        CHECK(s.money(MoneyState::authorised) == 500);
        CHECK(s.op().advanced_minor == 0);
    }
}

TEST_CASE("overdue: decisions, parcels, inspections and refunds get a task, and lose it when done") {
    Story s;
    const auto id = s.request({a(1)});
    CHECK(s.fire(ClockKind::first_decision).empty());
    CHECK(s.has_task("decision_overdue"));
    s.as(agent, approve, Approve{id});
    CHECK_FALSE(s.has_task("decision_overdue"));
    CHECK(s.clock(ClockKind::first_decision)->state == ClockState::breached);  // for ever
    s.as(agent, ship_back, ShipBack{id, "SF", "T1", {}});
    CHECK(s.fire(ClockKind::transit_due).empty());
    CHECK(s.state.inbound[0].state == InboundState::overdue);
    CHECK(s.has_task("goods_overdue"));
    s.as(warehouse, arrive, Arrive{id, {}, "", {}, ""});
    CHECK_FALSE(s.has_task("goods_overdue"));
    CHECK(s.fire(ClockKind::inspection_due).empty());
    CHECK(s.has_task("inspection_overdue"));
    s.inspect_all(id, "A", 1);
    CHECK(s.fire(ClockKind::refund_due).empty());
    CHECK(s.has_task("refund_overdue"));
    CHECK(s.clock(ClockKind::refund_due)->state == ClockState::breached);
}

TEST_CASE("a clock that is not due, or over, does nothing") {
    Story s;
    const auto id = s.request({a(1)});
    const auto clock = s.clock(ClockKind::first_decision)->id;
    CHECK(s.take(timer_due(s.state, clock, s.facts(timer))).empty());
    CHECK(s.last.empty());
    s.as(agent, withdraw, Withdraw{id, {}});
    s.now = s.now + days(30);
    CHECK(s.take(timer_due(s.state, clock, s.facts(timer))).empty());
    CHECK(s.last.empty());
    CHECK(s.take(timer_due(s.state, ClockId("none"), s.facts(timer))) == "clock_not_found");
}

TEST_CASE("the warehouse's answer to an announcement") {
    Story s;
    const auto id = s.approved({a(1)});
    CHECK(s.take(return_announced(s.state, id, "WH-1", s.facts(plugin))).empty());
    CHECK(s.op().return_ref == "WH-1");
    CHECK(s.take(return_announced(s.state, id, "WH-1", s.facts(plugin))).empty());
    CHECK(s.last.empty());
    CHECK(s.take(announce_failed(s.state, id, "unknown_sku", s.facts(plugin))).empty());
    CHECK(s.has_task("announce_failed"));
    CHECK(s.as(warehouse, finish_task, FinishTask{s.state.tasks[0].id}).empty());
    CHECK_FALSE(s.has_task("announce_failed"));
}

TEST_CASE("history: a settled return comes in as its end state") {
    CaseState state;
    state.c.id = CaseId("OLD");
    state.c.shop_id = ShopId("SHOP");
    state.c.number = "1";
    state.order = an_order();
    const Actor admin = staff("admin", {Role::admin});
    const Policy policy;
    const Calendar calendar;
    int n = 0;
    const std::function<std::string()> ids = [&] { return "ID" + std::to_string(100 + n++); };
    const Facts facts{kMonday, admin, policy, calendar, ids};
    ImportedReturn in{{CaseKind::return_refund, Channel::file, OrderId("ORDER"), {}, ""}, {a(2)}, 1'900, Reason::other, kMonday - days(100)};
    const auto decision = imported(state, in, facts);
    REQUIRE(decision);
    const CaseState done = after(state, *decision);
    CHECK(done.c.status == CaseStatus::closed);
    CHECK(done.operations[0].settled == Quote{2'000, 0, 0, 0, 100, 1'900});
    CHECK(done.order.money[0].refunded_minor == 1'900);
    CHECK(done.order.seq == 1);
    CHECK(count_units(done.order, OrderLineId("A"), Bucket::returned, {}) == 2);
    in.lines = {a(4)};
    CHECK(imported(state, in, facts).error().code == "qty_not_available");
    in.lines = {a(1)};
    CHECK(imported(state, in, facts).error().code == "amount_over_value");
}

TEST_CASE("next acts are those that would be accepted, with reasons for the others") {
    Story s;
    const auto id = s.arrived({a(1)});
    const auto acts = s.acts_for(warehouse);
    REQUIRE_FALSE(acts.empty());
    CHECK(acts.front().command == "inspect");
    const auto find = [&](const std::string& command) {
        return *std::find_if(acts.begin(), acts.end(), [&](const Act& act) { return act.command == command && act.operation_id == id; });
    };
    CHECK(find("submit_refund").code == "permission_missing");
    CHECK(find("accept").code == "not_all_inspected");
    CHECK(find("approve").code == "permission_missing");
    const auto for_lead = s.acts_for(lead);
    CHECK(std::find_if(for_lead.begin(), for_lead.end(), [](const Act& act) { return act.command == "approve"; })->code == "wrong_state");
}
