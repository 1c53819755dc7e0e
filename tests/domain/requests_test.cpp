#include <catch2/catch.hpp>

#include "story.hpp"

/// after-sales.md section 2, rows 1 to 10, and the guards of section 6.
using namespace story;
using Types = std::vector<std::string>;

TEST_CASE("the whole way: request, approve, ship, arrive, inspect, refund, close") {
    Story s;
    const auto id = s.request({a(2)});
    CHECK(s.op().decision == DecisionState::requested);
    CHECK(s.op().quote.net_minor == 2'000);
    CHECK(s.state.c.status == CaseStatus::open);
    CHECK(s.as(agent, approve, Approve{id}).empty());
    CHECK(s.op().header == Header::awaiting_goods);
    CHECK(s.state.c.status == CaseStatus::waiting_customer);
    CHECK(s.state.order.money[0].promised_minor == 2'000);
    CHECK(std::holds_alternative<AnnounceReturn>(s.effects.back()));
    CHECK(s.as(customer, ship_back, ShipBack{id, "SF", "T1", {}}).empty());
    CHECK(s.op().header == Header::in_transit);
    CHECK(s.units("A", Bucket::in_transit_back) == 2);
    CHECK(s.as(plugin, arrive, Arrive{id, {}, "T1", {}, "R1"}).empty());
    CHECK(s.op().header == Header::arrived);
    CHECK(s.units("A", Bucket::with_us) == 2);
    CHECK(s.inspect_all(id, "A", 1).empty());
    CHECK(s.last == Types{"goods_inspected/1"});
    CHECK(s.inspect_all(id, "A", 1).empty());
    CHECK(s.last == Types{"goods_inspected/1", "batch_settled/1"});
    CHECK(s.op().decision == DecisionState::settling);
    CHECK(s.units("A", Bucket::returned) == 2);
    CHECK(s.money(MoneyState::authorised) == 2'000);
    CHECK(s.as(agent, submit_refund, SubmitRefundNow{id, {}}).empty());
    CHECK(s.state.order.money[0].in_flight_minor == 2'000);
    CHECK(s.state.c.status == CaseStatus::waiting_partner);
    s.answer(RefundResult::ok);
    CHECK(s.last == Types{"refund_answered/1", "operation_settled/1"});
    CHECK(s.state.order.money[0].refunded_minor == 2'000);
    CHECK(s.state.c.status == CaseStatus::resolved);
    CHECK(s.fire(ClockKind::quiet_close).empty());
    CHECK(s.op().decision == DecisionState::closed);
    CHECK(s.state.c.status == CaseStatus::closed);
    CHECK(s.state.c.due_at.ms == 0);
}

TEST_CASE("row 1: guards of a request") {
    Story s;
    SECTION("more than there is") {
        CHECK(s.request({a(4)}).value == "qty_not_available");
        CHECK(s.error.remedies.front() == Remedy{"request_fewer", {{"qty", "3"}}});
    }
    SECTION("what another operation holds is not there") {
        s.request({a(2)});
        CHECK(s.request({a(2)}).value == "qty_not_available");
        CHECK(s.request({a(1)}).value.size() == 6);
    }
    SECTION("unknown and repeated lines are told together") {
        CHECK(s.request({a(1), a(1), {OrderLineId("Z"), 1}}).value == "invalid_fields");
        CHECK(s.error.fields == std::vector<FieldError>{{"/lines/1/order_line_id", "duplicate_line"}, {"/lines/2/order_line_id", "unknown_line"}});
    }
    SECTION("after the window, unless a lead lets it through") {
        s.now = s.now + days(30);
        CHECK(s.request({a(1)}).value == "return_window_passed");
        CHECK(s.error.remedies.front().code == "ask_lead_override");
        CHECK(s.request({a(1)}, Reason::quality).value.size() == 6);  // the warranty window is longer
        auto late = ask_for(OperationKind::return_refund, SubKind::none, Reason::wrong_size, {want("A", 1)});
        late.override_window = true;
        late.override_reason = "regular";
        CHECK(s.as(agent, request_operation, late) == "permission_missing");
        CHECK(s.as(lead, request_operation, late).empty());
        CHECK(s.op(1).window_overridden);
        late.override_reason.clear();
        CHECK(s.as(lead, request_operation, late) == "invalid_fields");
    }
    SECTION("excluded goods") {
        s.policy.terms.goods = {for_sku("SKU-B", [](GoodsRule& r) { r.excluded = Exclusion::sealed; })};
        CHECK(s.request({a(1), b(1)}).value == "line_not_returnable");
    }
    SECTION("a photo, a fault, the cost of sending back") {
        auto command = ask_for(OperationKind::return_refund, SubKind::none, Reason::quality, {want("A", 1)});
        CHECK(s.as(agent, request_operation, command) == "photo_required");
        command.photo_ref = "photo";
        command.return_shipping_minor = 1'501;
        CHECK(s.as(agent, request_operation, command) == "return_shipping_over_cap");
        command.return_shipping_minor = 900;
        command.fault = Fault::customer;
        CHECK(s.as(customer, request_operation, command) == "permission_missing");  // only staff may say whose fault it is
        CHECK(s.as(agent, request_operation, command) == "return_shipping_not_owed");
        command.fault.reset();
        CHECK(s.as(customer, request_operation, command).empty());
        CHECK(s.op().quote == Quote{1'000, 400, 900, 0, 0, 2'300});
    }
    SECTION("an order that nobody paid") {
        for (auto& ledger : s.state.order.money) ledger.captured_minor = 0;
        CHECK(s.request({a(1)}).value == "order_not_paid");
    }
    SECTION("not by everybody") { CHECK(s.request({a(1)}, Reason::other, marketer).value == "permission_missing"); }
}

TEST_CASE("row 2: policy approves small ones at once") {
    Story s;
    s.policy.terms.auto_approve_minor = 1'000;
    s.request({a(1)});
    CHECK(s.op().decision == DecisionState::approved);
    CHECK(s.op().approver_id.empty());
    s.request({a(2)});
    CHECK(s.op(1).decision == DecisionState::requested);
}

TEST_CASE("row 3: above the limit a lead approves, and not the one who asked") {
    Story s;
    s.policy.terms.agent_limit_minor = 1'500;
    const auto id = s.request({a(2)}, Reason::other, lead);
    CHECK(s.as(agent, approve, Approve{id}) == "over_limit");
    CHECK(s.error.remedies.front().code == "ask_lead");
    CHECK(s.as(lead, approve, Approve{id}) == "same_person");
    CHECK(s.as(lead2, approve, Approve{id}).empty());
    CHECK(s.as(lead2, approve, Approve{id}) == "wrong_state");
    CHECK(s.error.params == Params{{"state", "approved"}, {"allowed", "requested"}});
    // the limit counts the whole case
    const auto second = s.request({a(1)});
    CHECK(s.as(agent, approve, Approve{second}) == "over_limit");
}

TEST_CASE("row 3: a slow approval never costs the customer the window") {
    Story s;
    const auto id = s.request({a(1)});
    s.now = s.now + days(60);
    CHECK(s.as(agent, approve, Approve{id}).empty());
}

TEST_CASE("row 3: nothing is promised that was not captured") {
    auto order = an_order();
    order.money[0].captured_minor = 900;
    order.money[1].captured_minor = 0;
    Story s(order);
    const auto id = s.request({a(1)});
    CHECK(s.as(agent, approve, Approve{id}) == "not_enough_captured");
}

TEST_CASE("rows 4 to 6: a question stops our clock and starts the customer's") {
    Story s;
    const auto id = s.request({a(1)});
    const Instant due = s.clock(ClockKind::first_decision)->due_at;
    CHECK(due == Instant{kMonday.ms + 2 * 86'400'000 + 6 * 3'600'000});  // 24 working hours: Mon 8, Tue 9, Wed 7 → Wed 16:00
    s.now = s.now + hours(1);
    CHECK(s.as(agent, ask_info, AskInfo{id, MessageId("NOTE")}).empty());
    CHECK(s.op().decision == DecisionState::need_info);
    CHECK(s.clock(ClockKind::first_decision)->state == ClockState::paused);
    CHECK(s.clock(ClockKind::first_decision)->remaining == hours(23));
    SECTION("answered a day later: due a day later") {
        s.now = s.now + days(1);
        CHECK(s.as(customer, give_info, GiveInfo{id, "photo"}).empty());
        CHECK(s.clock(ClockKind::first_decision)->due_at == due + days(1));
        CHECK(s.clock(ClockKind::info_due)->state == ClockState::met);
    }
    SECTION("never answered: expired, units free") {
        CHECK(s.fire(ClockKind::info_due).empty());
        CHECK(s.op().decision == DecisionState::expired);
        CHECK(available(s.state.order, OrderLineId("A"), Bucket::with_customer) == 3);
        CHECK(s.clock(ClockKind::first_decision)->state == ClockState::cancelled);
    }
}

TEST_CASE("rows 7, 8, 8b: rejected, appealed once, closed") {
    Story s;
    const auto id = s.request({a(1)});
    CHECK(s.as(agent, reject, Reject{id, RejectCode::not_our_fault}).empty());
    CHECK(s.op().reject_code == "not_our_fault");
    CHECK(available(s.state.order, OrderLineId("A"), Bucket::with_customer) == 2);  // held until the appeal window ends
    CHECK(s.as(agent, appeal, Appeal{id}) == "permission_missing");
    CHECK(s.as(customer, appeal, Appeal{id}).empty());
    CHECK(s.op().escalation == 1);
    CHECK(s.as(lead, reject, Reject{id, RejectCode::duplicate}).empty());
    CHECK(s.as(customer, appeal, Appeal{id}) == "no_appeal_left");
    CHECK(s.fire(ClockKind::appeal_due).empty());
    CHECK(s.op().decision == DecisionState::closed);
    CHECK(available(s.state.order, OrderLineId("A"), Bucket::with_customer) == 3);
    CHECK(s.state.c.amount_minor == 0);
}

TEST_CASE("row 10: withdrawn before it ships; after a scan only the rest") {
    Story s;
    const auto id = s.approved({a(3)});
    CHECK(s.as(agent, ship_back, ShipBack{id, "SF", "T1", {a(1)}}).empty());
    CHECK(s.as(customer, withdraw, Withdraw{id, {a(3)}}) == "qty_not_to_ship");
    CHECK(s.as(customer, withdraw, Withdraw{id, {a(1)}}).empty());
    CHECK(s.state.order.money[0].promised_minor == 1'999);  // the unit of 9.99 or of 10.00: what is still held
    CHECK(s.as(customer, withdraw, Withdraw{id, {}}).empty());
    CHECK(s.as(customer, withdraw, Withdraw{id, {}}) == "parcel_scanned");
    CHECK(s.op().decision == DecisionState::approved);
    CHECK(s.clock(ClockKind::ship_back_due)->state == ClockState::met);

    const auto other = s.request({b(1)});
    CHECK(s.as(customer, withdraw, Withdraw{other, {}}).empty());
    CHECK(s.op(1).decision == DecisionState::cancelled);
    CHECK(s.last == Types{"units_released/1", "operation_ended/1"});
}

TEST_CASE("section 9: the customer is reminded three days and one day before the ship-back ends, once each") {
    Story s;
    const auto id = s.approved({a(2)});
    const Instant due = s.clock(ClockKind::ship_back_due)->due_at;
    CHECK(s.clock(ClockKind::ship_back_due)->remind_at == due - days(3));
    s.now = due - days(3);
    CHECK(s.wake(ClockKind::ship_back_due) == std::vector<std::string>{"customer_reminded/1"});
    REQUIRE(std::holds_alternative<SendMessage>(s.effects.back()));
    CHECK(std::get<SendMessage>(s.effects.back()).message == MessageTemplate::ship_back_reminder);
    CHECK(std::get<SendMessage>(s.effects.back()).not_after == due);
    CHECK(s.wake(ClockKind::ship_back_due).empty());
    s.now = due - days(1);
    CHECK(s.wake(ClockKind::ship_back_due) == std::vector<std::string>{"customer_reminded/1"});
    CHECK(s.wake(ClockKind::ship_back_due).empty());
    CHECK(s.clock(ClockKind::ship_back_due)->remind_at.ms == 0);
    CHECK(s.clock(ClockKind::ship_back_due)->due_at == due);
    CHECK(s.clock(ClockKind::ship_back_due)->step == 2);
    SECTION("shipped: nobody is reminded any more") {
        s.as(agent, ship_back, ShipBack{id, "SF", "T1", {}});
        CHECK(s.clock(ClockKind::ship_back_due)->state == ClockState::met);
    }
    SECTION("not shipped: it expires") {
        CHECK(s.fire(ClockKind::ship_back_due).empty());
        CHECK(s.op().decision == DecisionState::expired);
    }
}

TEST_CASE("section 9: who owes details is reminded after a day and after two") {
    Story s;
    const auto id = s.request({a(1)});
    s.as(agent, ask_info, AskInfo{id, MessageId("N")});
    const Instant asked = s.now;
    s.now = asked + hours(24);
    CHECK(s.wake(ClockKind::info_due) == std::vector<std::string>{"customer_reminded/1"});
    CHECK(std::get<SendMessage>(s.effects.back()).message == MessageTemplate::info_reminder);
    SECTION("both moments missed: one reminder") {
        s.now = asked + hours(60);
        CHECK(s.wake(ClockKind::info_due) == std::vector<std::string>{"customer_reminded/1"});
        CHECK(s.wake(ClockKind::info_due).empty());
    }
    SECTION("the end missed too: it expires, nobody is reminded of what is over") {
        const auto sent = s.effects.size();
        s.now = asked + hours(80);
        s.wake(ClockKind::info_due);
        CHECK(s.op().decision == DecisionState::expired);
        CHECK(s.effects.size() == sent);
    }
    SECTION("answered: no more") {
        s.as(customer, give_info, GiveInfo{id, {}});
        CHECK(s.clock(ClockKind::info_due)->remind_at.ms == 0);
        CHECK(s.clock(ClockKind::info_due)->state == ClockState::met);
    }
}

TEST_CASE("a clock shorter than its reminders has only those that fit") {
    Story s;
    s.policy.terms.ship_back_days = 1;
    s.policy.terms.info_hours = 30;
    const auto id = s.request({a(1)});
    s.as(agent, ask_info, AskInfo{id, MessageId("N")});
    CHECK(s.clock(ClockKind::info_due)->remind_at == s.now + hours(24));
    s.now = s.now + hours(24);
    s.wake(ClockKind::info_due);
    CHECK(s.clock(ClockKind::info_due)->remind_at.ms == 0);
    s.as(customer, give_info, GiveInfo{id, {}});
    s.as(lead, approve, Approve{id});
    const auto* clock = s.clock(ClockKind::ship_back_due);
    CHECK(clock->remind_at == clock->due_at - days(1));
}

TEST_CASE("a message that nobody could send is an agent's task until it has no point") {
    Story s;
    const auto id = s.approved({a(1)});
    const SendMessage message{id, MessageTemplate::ship_back_reminder, s.op().ship_by_at};
    CHECK(s.take(message_failed(s.state, message, "no_connector", s.facts(plugin))).empty());
    CHECK(s.has_task("tell_customer"));
    CHECK(s.take(message_failed(s.state, message, "no_connector", s.facts(plugin))).empty());
    CHECK(s.state.tasks.size() == 1);
    CHECK(s.take(message_sent(s.state, message, "M-1", s.facts(plugin))).empty());
    CHECK(s.last == std::vector<std::string>{"message_sent/1"});
    s.as(agent, ship_back, ShipBack{id, "SF", "T1", {}});
    CHECK_FALSE(s.has_task("tell_customer"));
}

TEST_CASE("another request is legal when any kind is: what never left the house is cancelled, compensation needs no goods") {
    Story s;
    const auto legal = [&] {
        const auto acts = s.acts_for(agent);
        return std::any_of(acts.begin(), acts.end(), [](const Act& act) { return act.command == "request" && act.legal; });
    };
    for (auto& run : s.state.order.units) run.bucket = Bucket::unshipped;
    CHECK(legal());
    for (auto& run : s.state.order.units) run.bucket = Bucket::returned;
    CHECK(legal());
    for (auto& ledger : s.state.order.money) ledger.captured_minor = 0;
    CHECK_FALSE(legal());
}

TEST_CASE("a complaint that was reopened once is reopened by a lead only, by a request as by a word") {
    Story s(an_order(), CaseKind::complaint);
    const auto over = [&] {
        REQUIRE(s.take(step_matter(s.state, MatterWord::retract, {kWords}, s.facts(customer))).empty());
        REQUIRE(s.as(agent, close_case, CloseCase{"x", Fault::unknown, "done"}).empty());
    };
    over();
    s.as(customer, add_note, AddNote{kWords, NoteKind::from_customer});
    REQUIRE(s.state.c.closed_at.ms == 0);
    over();
    s.request({a(1)}, Reason::no_longer_wanted, customer);
    CHECK(s.error.code == "reopened_once");
    CHECK(s.state.c.closed_at.ms != 0);
    s.request({a(1)}, Reason::no_longer_wanted, lead);
    CHECK(s.state.c.closed_at.ms == 0);
}
