#include <catch2/catch.hpp>

#include "story.hpp"

/// What a marketplace says: overlays of after-sales.md section 1, their effect on legality of section 8, its deadline of section 7.
using namespace story;

namespace {

HearPlatform said(std::int64_t version, Intervention intervention, std::int64_t ruled = 0, Instant deadline = {}) {
    return {"AS-1", version, intervention, ruled, deadline, false};
}
std::string hear(Story& s, const HearPlatform& command, const Actor& who = plugin) { return s.as(who, hear_platform, command); }

/// One mug inspected as used: in dispute, worth 10.00 and with us.
OperationId in_dispute(Story& s) {
    const auto id = s.arrived({a(1)});
    s.inspect_all(id, "A", 1, Grade::used);
    return id;
}

/// An even exchange whose mug is here, uninspected, when the platform rules 7.00 for the buyer.
OperationId exchange_then_ruling(Story& s) {
    const auto id = s.ask(ask_for(OperationKind::exchange, SubKind::after_receipt, Reason::quality, {want("A", 1)}));
    s.as(agent, approve, Approve{id});
    s.as(agent, ship_back, ShipBack{id, "SF", "T1", {}});
    s.as(warehouse, arrive, Arrive{id, {}, "T1", {}, "R1"});
    hear(s, said(1, Intervention::ruled_for_buyer, 700));
    return id;
}

}  // namespace

TEST_CASE("the newest version wins; an older or equal one changes nothing") {
    Story s;
    CHECK(hear(s, said(5, Intervention::requested)).empty());
    CHECK(s.last == std::vector<std::string>{"platform_heard/1"});
    CHECK(hear(s, said(4, Intervention::ruled_for_seller)).empty());
    CHECK(s.last.empty());
    CHECK(hear(s, said(5, Intervention::none)).empty());
    CHECK(s.last.empty());
    CHECK(s.state.c.platform == Platform{"AS-1", 5, Intervention::requested, 0, {}, false});
    CHECK(s.has_task("platform_intervenes"));
    CHECK(hear(s, said(9, Intervention::none)).empty());
    CHECK_FALSE(s.has_task("platform_intervenes"));
}

TEST_CASE("a lead may write down what the platform's page says; others may not, and not about another after-sale") {
    Story s;
    CHECK(hear(s, {"AS-1", {}, Intervention::requested, 0, {}, false}, agent) == "permission_missing");
    CHECK(hear(s, {"AS-1", {}, Intervention::requested, 0, {}, false}, lead).empty());
    CHECK(s.state.c.platform.version == 0);
    CHECK(hear(s, {"AS-1", {}, Intervention::requested, 0, {}, false}, lead).empty());
    CHECK(s.last.empty());  // nothing new
    CHECK(hear(s, {"AS-2", {}, Intervention::in_progress, 0, {}, false}, lead).empty());  // the number was mistyped
    CHECK(hear(s, {"AS-1", 9, Intervention::none, 0, {}, false}) == "other_after_sale");
    CHECK(s.error.params == Params{{"external_ref", "AS-2"}});
    CHECK(hear(s, {"AS-2", 1, Intervention::requested, 0, {}, false}).empty());  // its own word takes the place of a person's
    CHECK(s.state.c.platform.version == 1);
    CHECK(hear(s, {"AS-2", {}, Intervention::in_progress, 0, {}, false}, lead).empty());
    CHECK(s.state.c.platform.version == 1);  // so that its next word is newer
    hear(s, {"AS-1", {}, Intervention::in_progress, 0, {}, false}, lead);
    CHECK(hear(s, {"AS-1", {}, Intervention::none, 0, {}, false}) == "invalid_fields");
    CHECK(s.error.fields == std::vector<FieldError>{{"/version", "required"}});
    CHECK(hear(s, said(9, Intervention::ruled_for_buyer)) == "invalid_fields");
    CHECK(s.error.fields == std::vector<FieldError>{{"/ruled_minor", "required"}});
    CHECK(hear(s, said(9, Intervention::none, 5)) == "invalid_fields");
}

TEST_CASE("while the platform has it in hand the shop neither rejects nor closes nor withdraws; the customer may withdraw") {
    Story s;
    const auto id = s.request({a(1)});
    hear(s, said(1, Intervention::in_progress));
    CHECK(s.state.c.status == CaseStatus::open);
    CHECK(s.as(agent, reject, Reject{id, RejectCode::other}) == "platform_intervenes");
    CHECK(s.error.remedies == std::vector<Remedy>{{"wait_for_platform", {}}});
    CHECK(s.as(agent, withdraw, Withdraw{id, {}}) == "platform_intervenes");
    CHECK(s.as(lead, close_case, CloseCase{"cause", Fault::unknown, "done"}) == "platform_intervenes");
    CHECK(s.as(customer, withdraw, Withdraw{id, {}}).empty());
    CHECK(s.state.c.status == CaseStatus::open);  // the platform still waits for us
    CHECK(s.fire(ClockKind::quiet_close).empty());
    CHECK(s.state.c.closed_at.ms == 0);
    hear(s, said(2, Intervention::ruled_for_seller));
    CHECK(s.fire(ClockKind::quiet_close).empty());
    CHECK(s.state.c.status == CaseStatus::closed);
}

TEST_CASE("cannot refuse takes reject away and leaves the rest") {
    Story s;
    const auto id = s.request({a(1)});
    hear(s, {"AS-1", 1, Intervention::none, 0, {}, true});
    CHECK(s.as(agent, reject, Reject{id, RejectCode::other}) == "platform_forbids_reject");
    CHECK(s.as(agent, approve, Approve{id}).empty());
}

TEST_CASE("ruled for the buyer: the dispute settles with that amount and no other") {
    Story s;
    const auto id = in_dispute(s);
    hear(s, said(1, Intervention::ruled_for_buyer, 700));
    CHECK(s.has_task("platform_ruled"));
    CHECK(s.as(agent, agree, Agree{id, 500, true}) == "platform_ruled");
    CHECK(s.as(agent, send_back, SendBack{id, true}) == "platform_ruled");
    CHECK(s.as(lead, rule, Rule{id, 699, "lead"}) == "platform_ruled");
    CHECK(s.error.params == Params{{"amount", "700"}});
    CHECK(s.as(plugin, rule, Rule{id, 700, "platform"}).empty());
    CHECK(s.op().settled.net_minor == 700);
    CHECK(s.money(MoneyState::authorised) == 700);
    s.as(finance, submit_refund, SubmitRefundNow{id, {}});
    s.answer(RefundResult::ok);
    CHECK(s.op().decision == DecisionState::settled);
    CHECK_FALSE(s.has_task("platform_ruled"));
}

TEST_CASE("a ruling that no money of the order is left for does not keep an exchange from ending") {
    Story s;
    const auto id = exchange_then_ruling(s);
    for (auto& ledger : s.state.order.money) ledger.refunded_minor = ledger.captured_minor;  // other cases paid it all back
    CHECK(s.inspect_all(id, "A", 1).empty());
    CHECK(s.as(lead, rule, Rule{id, 0, "nothing is left"}) == "goods_with_us");
    REQUIRE(s.as(agent, accept, Accept{id, 0}).empty());
    CHECK(s.op().header == Header::to_dispatch);
}

TEST_CASE("a ruling for money is not met by new goods, however even the exchange") {
    Story s;
    const auto id = exchange_then_ruling(s);
    CHECK(s.inspect_all(id, "A", 1).empty());
    CHECK(s.op().settled.net_minor == 0);
    CHECK(s.as(agent, accept, Accept{id, 0}) == "platform_ruled");
    CHECK(s.error.params == Params{{"amount", "700"}});
    REQUIRE(s.as(lead, rule, Rule{id, 700, "platform"}).empty());
    CHECK(s.op().settled.net_minor == 700);
    CHECK(s.money(MoneyState::authorised) == 700);
}

TEST_CASE("a ruling binds goods that nobody disputes as well, and only as far as it is still owed") {
    Story s;
    const auto id = s.approved({a(2)});
    hear(s, said(1, Intervention::ruled_for_buyer, 700));
    s.as(agent, ship_back, ShipBack{id, "SF", "T1", {}});
    s.as(warehouse, arrive, Arrive{id, {}, "T1", {}, "R1"});
    CHECK(s.inspect_all(id, "A", 2).empty());
    CHECK(s.op().settled.net_minor == 0);  // not by itself
    CHECK(s.as(agent, accept, Accept{id, 0}) == "platform_ruled");
    CHECK(s.as(lead, rule, Rule{id, 2'000, "lead"}) == "platform_ruled");
    CHECK(s.as(lead, rule, Rule{id, 700, "platform"}).empty());
    CHECK(s.op().settled.net_minor == 700);
    CHECK_FALSE(s.has_task("platform_ruled"));
    // what was owed is settled: another matter of the case is free
    const auto other = s.request({b(1)});
    CHECK(s.as(agent, reject, Reject{other, RejectCode::other}).empty());
}

TEST_CASE("while the platform decides, and while a ruling is owed, no clock lets the units go") {
    Story s;
    SECTION("an answer that does not come") {
        const auto id = s.request({a(1)});
        s.as(agent, ask_info, AskInfo{id, {}});
        hear(s, said(1, Intervention::in_progress));
        CHECK(s.fire(ClockKind::info_due).empty());
        CHECK(s.op().decision == DecisionState::need_info);
        hear(s, said(2, Intervention::ruled_for_seller));
        CHECK(s.fire(ClockKind::info_due).empty());
        CHECK(s.op().decision == DecisionState::expired);
    }
    SECTION("goods that do not come") {
        s.approved({a(1)});
        hear(s, said(1, Intervention::ruled_for_buyer, 500));
        CHECK(s.fire(ClockKind::ship_back_due).empty());
        CHECK(s.op().decision == DecisionState::approved);
    }
    SECTION("once something of the ruling is settled, what never ships is let go") {
        const auto id = s.approved({a(2)});
        s.as(agent, ship_back, ShipBack{id, "SF", "T1", {a(1)}});
        s.as(warehouse, arrive, Arrive{id, {}, "T1", {}, "R1"});
        hear(s, said(1, Intervention::ruled_for_buyer, 999'999));
        s.inspect_all(id, "A", 1);
        const auto acts = s.acts_for(lead);
        const auto ruling = std::find_if(acts.begin(), acts.end(), [](const Act& act) { return act.command == "rule"; });
        REQUIRE(s.as(lead, rule, Rule{id, ruling->amount_minor, "platform"}).empty());
        CHECK(s.fire(ClockKind::ship_back_due).empty());
        CHECK(counts(s.state, id).to_ship == 0);
        CHECK(s.units("A", Bucket::with_customer) == 2);
    }
}

TEST_CASE("a ruling that comes when all is over asks a lead; done is done until its deadline moves") {
    Story s;
    const auto id = s.request({a(1)});
    s.as(customer, withdraw, Withdraw{id, {}});
    hear(s, said(1, Intervention::ruled_for_buyer, 500));
    REQUIRE(s.has_task("platform_ruled"));
    CHECK(s.as(lead, finish_task, FinishTask{s.state.tasks.back().id}).empty());
    CHECK_FALSE(s.has_task("platform_ruled"));
    hear(s, said(2, Intervention::ruled_for_buyer, 500));
    CHECK_FALSE(s.has_task("platform_ruled"));
    hear(s, said(3, Intervention::ruled_for_buyer, 500, s.now + days(1)));
    CHECK(s.has_task("platform_ruled"));
}

TEST_CASE("a part-paid order settles a ruling with the money that there is") {
    auto order = an_order();
    order.payments = {Payment{PaymentId("CARD"), order.order.id, 0, "card", "", 900, "EUR", order.order.paid_at}};
    order = opening(order.order, order.lines, order.payments);
    Story s(std::move(order));
    s.policy.terms.restocking_fee_bp = 1'500;
    const auto id = in_dispute(s);
    REQUIRE(s.op().decision == DecisionState::disputed);
    hear(s, said(1, Intervention::ruled_for_buyer, 1'000));
    CHECK(s.as(lead, rule, Rule{id, 900, "platform"}).empty());
    CHECK(s.op().settled.net_minor == 900);
}

TEST_CASE("a ruling above what the goods and their way are worth is settled with all of that") {
    Story s;
    const auto id = in_dispute(s);
    hear(s, said(1, Intervention::ruled_for_buyer, 999'999));
    const auto acts = s.acts_for(lead);
    const auto found = std::find_if(acts.begin(), acts.end(), [](const Act& act) { return act.command == "rule"; });
    REQUIRE(found != acts.end());
    CHECK(found->legal);
    CHECK(s.as(lead, rule, Rule{id, found->amount_minor, "platform"}).empty());
    CHECK(s.op().settled.net_minor == found->amount_minor);
    CHECK(found->amount_minor >= 1'000);
}

TEST_CASE("a ruling for the buyer opens a rejected request again, after the window and beyond the last appeal") {
    Story s;
    s.policy.terms.max_appeals = 0;
    const auto id = s.request({a(1)});
    s.as(agent, reject, Reject{id, RejectCode::other});
    hear(s, said(1, Intervention::in_progress));
    CHECK(s.fire(ClockKind::appeal_due).empty());
    CHECK(s.op().decision == DecisionState::rejected);  // the platform has not decided: nothing is let go
    CHECK(s.as(lead, appeal, Appeal{id}) == "no_appeal_left");
    hear(s, said(2, Intervention::ruled_for_buyer, 1'000));
    CHECK(s.fire(ClockKind::appeal_due).empty());
    CHECK(s.op().decision == DecisionState::rejected);
    CHECK(s.as(lead, appeal, Appeal{id}).empty());
    CHECK(s.as(agent, reject, Reject{id, RejectCode::other}) == "platform_forbids_reject");
    CHECK(s.as(lead2, approve, Approve{id}).empty());
}

TEST_CASE("its deadline is kept as told, a lead hears of it four hours before and when it passes, once each (I23)") {
    Story s;
    s.request({a(1)});
    const Instant night{kMonday.ms + days(5).ms + 12'345};  // a Saturday: no calendar of ours moves it
    hear(s, said(1, Intervention::none, 0, night));
    CHECK(s.state.c.platform.deadline_at == night);
    CHECK(s.clock(ClockKind::platform_due)->due_at == night);
    s.now = night - hours(4);
    CHECK(s.wake(ClockKind::platform_due) == std::vector<std::string>{"clock_fired/1"});
    CHECK(s.has_task("platform_deadline"));
    CHECK(s.effects.empty());  // nobody writes to the customer about it
    CHECK(s.wake(ClockKind::platform_due).empty());
    SECTION("it passes") {
        CHECK(s.fire(ClockKind::platform_due).empty());
        CHECK(s.clock(ClockKind::platform_due)->state == ClockState::breached);
        CHECK(std::count_if(s.state.tasks.begin(), s.state.tasks.end(), [](const Task& t) { return t.code == "platform_deadline"; }) == 1);
    }
    SECTION("a later one takes its place, and the task with it") {
        hear(s, said(2, Intervention::none, 0, night + days(3)));
        CHECK(s.clock(ClockKind::platform_due)->due_at == night + days(3));
        CHECK_FALSE(s.has_task("platform_deadline"));
    }
    SECTION("heard of late, it is told at once") {
        Story late;
        late.request({a(1)});
        late.now = night + minutes(1);
        hear(late, said(1, Intervention::none, 0, night));
        CHECK(late.has_task("platform_deadline"));
        CHECK(late.clock(ClockKind::platform_due) == nullptr);
    }
    SECTION("none at all ends the clock") {
        hear(s, said(2, Intervention::none));
        CHECK(s.clock(ClockKind::platform_due)->state == ClockState::cancelled);
        CHECK(s.state.c.due_at == s.clock(ClockKind::first_decision)->due_at);
    }
}
