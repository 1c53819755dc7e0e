#include <catch2/catch.hpp>

#include "story.hpp"

/// Refunds without a return (after-sales.md section 3), each from request to close with a refusal on the way.
using namespace story;

namespace {

constexpr auto kOnly = OperationKind::refund_only;

/// Line A: one unit not sent, one under way, one delivered.
OrderState half_sent() {
    auto o = an_order();
    o.lines[0].shipped_qty = 2;
    o.lines[0].delivered_qty = 1;
    o.order.delivered_at = {};
    return opening(o.order, o.lines, o.payments);
}

std::string paid(Story& s, const OperationId& id) {
    auto code = s.as(agent, submit_refund, SubmitRefundNow{id, {}});
    s.answer(RefundResult::ok);
    return code;
}

}  // namespace

TEST_CASE("what was not sent is cancelled once the warehouse holds it") {
    Story s(half_sent());
    CHECK(s.ask(ask_for(kOnly, SubKind::unshipped_cancel, Reason::no_longer_wanted, {want("A", 2)})).value == "qty_not_available");
    CHECK(s.error.remedies[1].code == "intercept_parcel");
    const auto id = s.ask(ask_for(kOnly, SubKind::unshipped_cancel, Reason::no_longer_wanted, {want("A", 1)}));
    REQUIRE(s.as(agent, approve, Approve{id}).empty());
    CHECK(s.op().header == Header::verifying);
    CHECK(s.state.c.status == CaseStatus::waiting_partner);
    CHECK(s.has_task("hold_order"));
    CHECK(std::holds_alternative<HoldOrder>(s.effects.back()));
    CHECK(s.money(MoneyState::planned) == 999);
    CHECK(s.as(finance, answer_check, AnswerCheck{id, CheckResult::confirmed, {}, {}}) == "permission_missing");

    SECTION("held: the money goes back and the unit is cancelled") {
        REQUIRE(s.as(warehouse, answer_check, AnswerCheck{id, CheckResult::confirmed, {}, {}}).empty());
        CHECK(s.units("A", Bucket::cancelled) == 1);
        CHECK_FALSE(s.has_task("hold_order"));
        CHECK(s.as(warehouse, answer_check, AnswerCheck{id, CheckResult::confirmed, {}, {}}).empty());
        CHECK(s.last.empty());  // told twice
        CHECK(paid(s, id).empty());
        CHECK(s.op().decision == DecisionState::settled);
        CHECK(s.op().settled.net_minor == 999);
    }
    SECTION("refuted: it waits for a decision again and nothing is promised") {
        REQUIRE(s.as(agent, answer_check, AnswerCheck{id, CheckResult::refuted, {}, {}}).empty());
        CHECK(s.op().decision == DecisionState::requested);
        CHECK(s.money(MoneyState::planned) == 0);
        CHECK(s.clock(ClockKind::first_decision)->state == ClockState::running);
        CHECK(s.as(agent, reject, Reject{id, RejectCode::other}).empty());
    }
    SECTION("withdrawn: the warehouse may send it after all") {
        REQUIRE(s.as(agent, withdraw, Withdraw{id, {}}).empty());
        CHECK(s.op().decision == DecisionState::cancelled);
        CHECK(std::holds_alternative<ReleaseOrder>(s.effects.back()));
    }
    SECTION("already on its way: the same units are intercepted, and come back as a return") {
        REQUIRE(s.as(plugin, answer_check, AnswerCheck{id, CheckResult::already_shipped, {}, {}}).empty());
        REQUIRE(s.state.operations.size() == 2);
        CHECK(s.op().decision == DecisionState::superseded);
        const auto by = s.op(1).id;
        CHECK(s.op().superseded_by == by);
        CHECK(s.op(1).sub_kind == SubKind::intercept);
        CHECK(s.op(1).decision == DecisionState::verifying);
        CHECK(s.units("A", Bucket::unshipped) == 0);
        CHECK(s.money(MoneyState::planned) == 999);
        CHECK(std::holds_alternative<InterceptParcel>(s.effects.back()));
        REQUIRE(s.as(plugin, answer_check, AnswerCheck{by, CheckResult::confirmed, "SF", "T9"}).empty());
        CHECK(s.op(1).header == Header::in_transit);
        CHECK(s.units("A", Bucket::in_transit_back) == 1);
        CHECK(s.as(warehouse, arrive, Arrive{by, {}, "T9", {}, "R1"}).empty());
        CHECK(s.inspect_all(by, "A", 1).empty());
        CHECK(paid(s, by).empty());
        CHECK(s.op(1).decision == DecisionState::settled);
        CHECK(s.units("A", Bucket::returned) == 1);
    }
    SECTION("withdrawn while the warehouse is asked: all is free again") {
        CHECK(s.as(customer, withdraw, Withdraw{id, {}}).empty());
        CHECK(available(s.state.order, OrderLineId("A"), Bucket::unshipped) == 1);
        CHECK(s.op().decision == DecisionState::cancelled);
        CHECK(free_money(s.state.order) == 3'899);
    }
}

TEST_CASE("cancelling the whole of an order gives its shipping back") {
    auto o = an_order();
    for (auto& line : o.lines) line.shipped_qty = line.delivered_qty = 0;
    Story s(opening(o.order, o.lines, o.payments));
    const auto id = s.ask(ask_for(kOnly, SubKind::unshipped_cancel, Reason::no_longer_wanted, {want("A", 3), want("B", 1)}));
    CHECK(s.op().quote.net_minor == 3'899);
    CHECK(s.as(customer, withdraw, Withdraw{id, {b(1)}}).empty());
    CHECK(s.op().quote.net_minor == 2'999);  // not all of it any more
}

TEST_CASE("a parcel that is not stopped may be returned once it is there") {
    Story s(half_sent());
    const auto id = s.ask(ask_for(kOnly, SubKind::intercept, Reason::refused_delivery, {want("A", 1)}));
    s.as(agent, approve, Approve{id});
    CHECK(s.as(agent, change_kind, ChangeKind{id, OperationKind::exchange, SubKind::none, false, {}}) == "consent_missing");
    REQUIRE(s.as(agent, answer_check, AnswerCheck{id, CheckResult::refuted, {}, {}}).empty());
    REQUIRE(s.as(agent, change_kind, ChangeKind{id, OperationKind::return_refund, SubKind::none, true, {}}).empty());
    CHECK(s.op(1).decision == DecisionState::requested);
    CHECK(s.units("A", Bucket::with_customer) == 2);
    CHECK(available(s.state.order, OrderLineId("A"), Bucket::with_customer) == 1);
    CHECK(s.op(1).reason == Reason::other);  // refused delivery is no reason for a return
}

TEST_CASE("not received: first the parcel has its time, then the carrier is asked") {
    Story s(half_sent());
    const auto request = ask_for(kOnly, SubKind::not_received, Reason::not_received, {want("A", 1)});
    CHECK(s.ask(request).value == "parcel_still_under_way");
    s.now = s.now + days(8);
    const auto id = s.ask(request);
    REQUIRE(s.as(agent, approve, Approve{id}).empty());
    CHECK(s.has_task("trace_parcel"));
    CHECK(s.fire(ClockKind::check_due).empty());
    CHECK(s.has_task("check_overdue"));
    REQUIRE(s.as(agent, answer_check, AnswerCheck{id, CheckResult::confirmed, {}, {}}).empty());
    CHECK(s.units("A", Bucket::consumed) == 1);
    CHECK(s.op().settled.net_minor == 1'400);  // goods, and the order's shipping: the carrier's fault
    CHECK(paid(s, id).empty());
    CHECK(s.units("A", Bucket::in_transit_out) == 0);
}

TEST_CASE("the customer keeps the goods and gets some or all of the money") {
    Story s;
    auto request = ask_for(kOnly, SubKind::keep_goods, Reason::quality, {want("A", 1)});
    request.amount_minor = 1'001;
    CHECK(s.ask(request).value == "amount_over_value");
    request.amount_minor = 600;
    s.policy.terms.keep_goods_limit_minor = 500;
    const auto id = s.ask(request);
    CHECK(s.as(agent, approve, Approve{id}) == "over_limit");
    REQUIRE(s.as(lead, approve, Approve{id}).empty());
    CHECK(s.units("A", Bucket::consumed) == 1);
    CHECK(s.op().settled == Quote{1'000, 0, 0, 0, 400, 600});
    CHECK(paid(s, id).empty());
    CHECK(s.state.c.header == Header::settled);
    RequestOperation without_photo = request;
    without_photo.photo_ref.clear();
    CHECK(s.as(agent, request_operation, without_photo) == "photo_required");
}

TEST_CASE("a price adjustment lowers what the units are worth, to the cent, and they stay the customer's") {
    Story s;
    auto request = ask_for(kOnly, SubKind::price_adjust, Reason::price_drop, {want("A", 3)});
    CHECK(s.ask(request).value == "invalid_fields");  // how much?
    request.amount_minor = 100;
    const auto id = s.ask(request);
    CHECK(s.request({a(1)}).value == "qty_not_available");  // held meanwhile
    REQUIRE(s.as(agent, approve, Approve{id}).empty());
    CHECK(paid(s, id).empty());
    CHECK(s.op().decision == DecisionState::settled);
    CHECK(available(s.state.order, OrderLineId("A"), Bucket::with_customer) == 3);
    CHECK(net_of(s.state.order, s.state.order.units) == 3'499 - 100);
    std::int64_t back = 0;
    for (int i = 0; i < 3; ++i) {
        const auto one = s.arrived({a(1)});
        s.state.inbound.back().tracking += std::to_string(i);
        s.inspect_all(one, "A", 1);
        back += s.state.operations.back().settled.net_minor;
    }
    CHECK(back == 2'899);
    s.now = s.now + days(40);
    CHECK(s.ask(request).value == "return_window_passed");
}

TEST_CASE("shipping charged too much comes back once") {
    Story s;
    auto request = ask_for(kOnly, SubKind::price_adjust, Reason::shipping_overcharged, {});
    request.amount_minor = 401;
    CHECK(s.ask(request).value == "amount_over_value");
    request.amount_minor = 150;
    const auto id = s.ask(request);
    REQUIRE(s.as(agent, approve, Approve{id}).empty());
    CHECK(s.op().settled.shipping_minor == 150);
    CHECK(s.state.order.shipping_refunded);
    CHECK(s.ask(request).value == "amount_over_value");
}

TEST_CASE("goodwill has a budget of its own and is not taken out of the order's money") {
    Story s;
    auto request = ask_for(kOnly, SubKind::goodwill, Reason::goodwill, {});
    request.amount_minor = 1'500;
    const auto first = s.ask(request);
    const auto acts = s.acts_for(agent);
    const auto granting = std::find_if(acts.begin(), acts.end(), [](const Act& act) { return act.command == "approve"; });
    REQUIRE(granting != acts.end());
    CHECK(granting->amount_minor == 1'500);
    REQUIRE(s.as(agent, approve, Approve{first}).empty());
    CHECK(free_money(s.state.order) == 3'899);
    const auto second = s.ask(request);
    CHECK(s.as(agent, approve, Approve{second}) == "over_limit");  // 30.00 of one case
    CHECK(s.as(customer, withdraw, Withdraw{second, {}}).empty());
    CHECK(s.op(1).decision == DecisionState::cancelled);
    REQUIRE(s.as(agent, submit_refund, SubmitRefundNow{first, {}}).empty());
    CHECK(s.has_task("pay_compensation"));
    CHECK(s.effects.empty());  // no provider is asked to pay out more than it took
    s.answer(RefundResult::ok);
    CHECK(s.op().decision == DecisionState::settled);
    CHECK_FALSE(s.has_task("pay_compensation"));
    request.lines = {want("A", 1)};
    CHECK(s.ask(request).value == "invalid_fields");
}

TEST_CASE("one of two pieces that were missing came after all: the shipping is still refunded, or free for another") {
    auto o = an_order();
    o.lines[0].delivered_qty = 1;
    o.order.delivered_at = {};
    Story s(opening(o.order, o.lines, o.payments));
    s.now = s.now + days(8);
    const auto id = s.ask(ask_for(kOnly, SubKind::not_received, Reason::not_received, {want("A", 2)}));
    REQUIRE(s.as(agent, approve, Approve{id}).empty());
    CHECK(s.op().quote.shipping_minor == 400);
    REQUIRE(s.as(customer, withdraw, Withdraw{id, {a(1)}}).empty());
    CHECK(s.op().quote.shipping_minor == 400);
    REQUIRE(s.as(agent, answer_check, AnswerCheck{id, CheckResult::confirmed, {}, {}}).empty());
    CHECK(s.op().settled.shipping_minor == 400);
    CHECK(s.state.order.shipping_refunded);
}
