#include <catch2/catch.hpp>

#include "story.hpp"

/// Reissue (after-sales.md section 3): the same again, for what was missing, wrong or broken.
using namespace story;

TEST_CASE("a part is sent again: no unit moves, at most one for each that was sent, and its cost has a limit") {
    Story s;
    auto request = ask_for(OperationKind::reissue, SubKind::part, Reason::missing_parts, {want("A", 2)});
    request.cost_minor = 900;
    s.policy.terms.reissue_cost_limit_minor = 1'000;
    const auto id = s.ask(request);
    REQUIRE(s.as(agent, approve, Approve{id}).empty());
    CHECK(s.has_task("verify_packing"));
    REQUIRE(s.as(warehouse, answer_check, AnswerCheck{id, CheckResult::confirmed, {}, {}}).empty());
    CHECK(s.op().header == Header::to_dispatch);
    CHECK(s.ask(request).value == "reissue_over_shipped");
    sent(s, id);
    received(s, id);
    CHECK(s.op().decision == DecisionState::settled);
    CHECK(s.state.order.lines.size() == 2);
    CHECK(available(s.state.order, OrderLineId("A"), Bucket::with_customer) == 3);
    request.lines = {want("A", 1)};
    const auto more = s.ask(request);
    CHECK(s.as(agent, approve, Approve{more}) == "over_limit");  // I32
    CHECK(s.as(lead, approve, Approve{more}).empty());
}

TEST_CASE("what another case of the order sends again counts here too: as many as were sent, and one limit of cost") {
    Story s;
    auto request = ask_for(OperationKind::reissue, SubKind::part, Reason::missing_parts, {want("A", 1)});
    request.cost_minor = 600;
    s.policy.terms.reissue_cost_limit_minor = 1'000;
    s.known.again = {{OrderLineId("A"), 3}};
    CHECK(s.ask(request).value == "reissue_over_shipped");
    s.known.again = {{OrderLineId("A"), 2}, {OrderLineId("B"), 1}};
    const auto id = s.ask(request);
    s.known.again_cost_minor = 500;
    CHECK(s.as(agent, approve, Approve{id}) == "over_limit");
    CHECK(s.as(lead, approve, Approve{id}).empty());
}

TEST_CASE("a part whose request was rejected is not asked for twice while it may be appealed") {
    Story s;
    const auto request = ask_for(OperationKind::reissue, SubKind::part, Reason::missing_parts, {want("B", 1)});
    const auto id = s.ask(request);
    REQUIRE(s.as(lead, reject, Reject{id, RejectCode::not_our_fault}).empty());
    CHECK(s.ask(request).value == "reissue_over_shipped");
    REQUIRE(s.fire(ClockKind::appeal_due).empty());
    CHECK(s.op().decision == DecisionState::closed);
    s.ask(request);
    CHECK(s.op(1).decision == DecisionState::requested);
}

TEST_CASE("a whole unit is sent again: the old one is given up and the new one carries its value") {
    Story s;
    const auto id = s.ask(ask_for(OperationKind::reissue, SubKind::unit, Reason::not_received, {want("A", 1)}));
    s.as(agent, approve, Approve{id});
    s.as(warehouse, answer_check, AnswerCheck{id, CheckResult::confirmed, {}, {}});
    CHECK(s.units("A", Bucket::exchanged) == 1);
    SECTION("sent") {
        sent(s, id);
        received(s, id);
        CHECK(child(s).allocated_minor == 1'000);
        CHECK(child(s).sku == "SKU-A");
    }
    SECTION("not to be had: money") {
        s.as(warehouse, reserve, Reserve{id, StockState::out_of_stock, {}});
        CHECK(s.op().dispute == Dispute::out_of_stock);
        REQUIRE(s.as(agent, change_kind, ChangeKind{id, OperationKind::return_refund, SubKind::none, true, {}}).empty());
        CHECK(s.money(MoneyState::authorised) == 1'000);
    }
}
