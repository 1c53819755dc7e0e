#include <catch2/catch.hpp>

#include "story.hpp"

/// Exchanges that send the new goods first (after-sales.md section 3): in advance, or against the old ones at the door.
using namespace story;

TEST_CASE("old goods that are owed are waited for again when another dispute of the exchange ends") {
    Story s;
    const auto id = s.ask(exchange({want("A", 2, "MUG-M")}, SubKind::advance));
    s.as(lead, approve, Approve{id});
    s.as(warehouse, reserve, Reserve{id, StockState::reserved, {}});
    sent(s, id);
    received(s, id);
    SECTION("the time ran out while a parcel of the first was lost") {
        s.as(customer, ship_back, ShipBack{id, "SF", "T1", {a(1)}});
        REQUIRE(s.as(agent, carrier_lost, CarrierLost{id, s.state.inbound.front().id}).empty());
        s.fire(ClockKind::ship_back_due);
    }
    SECTION("the time ran out, and then the first came damaged") {
        s.fire(ClockKind::ship_back_due);
        s.as(customer, ship_back, ShipBack{id, "SF", "T1", {a(1)}});
        s.as(warehouse, arrive, Arrive{id, {}, "T1", {}, "R1"});
        REQUIRE(s.inspect_all(id, "A", 1, Grade::damaged).empty());
    }
    REQUIRE(s.as(agent, agree, Agree{id, 0, true, true, 0}).empty());
    CHECK(s.op().decision == DecisionState::settling);
    REQUIRE(s.clock(ClockKind::ship_back_due));
    CHECK(s.clock(ClockKind::ship_back_due)->state == ClockState::running);
}

TEST_CASE("goods that were to be sent first cannot be had: the customer takes money, other goods, or leaves it") {
    Story s;
    const auto id = s.ask(exchange({want("A", 1, "MUG-XL", 1'300)}, SubKind::advance));
    s.as(lead, approve, Approve{id});
    SECTION("before anything was paid, it becomes a return") {
        REQUIRE(s.as(warehouse, reserve, Reserve{id, StockState::out_of_stock, {}}).empty());
        REQUIRE(s.as(agent, change_kind, ChangeKind{id, OperationKind::return_refund, SubKind::none, true, {}}).empty());
        CHECK(parcel(s).state == OutboundState::voided);
        CHECK(s.op(1).decision == DecisionState::approved);
        CHECK(unpaid_difference(s.state, id) == nullptr);
    }
    SECTION("by itself, when nobody decides") {
        REQUIRE(s.as(warehouse, reserve, Reserve{id, StockState::out_of_stock, {}}).empty());
        for (int i = 0; i < 3 && s.op().decision == DecisionState::disputed; ++i) s.fire(ClockKind::dispute_due);
        CHECK(s.op().decision == DecisionState::superseded);
        CHECK(s.op(1).kind == OperationKind::return_refund);
    }
    SECTION("after it was paid, the difference is paid back, and the exchange ends with it") {
        REQUIRE(s.as(finance, collected, Collected{id, {}, "card", "P7"}).empty());
        REQUIRE(s.as(warehouse, reserve, Reserve{id, StockState::out_of_stock, {}}).empty());
        CHECK(s.as(agent, change_kind, ChangeKind{id, OperationKind::return_refund, SubKind::none, true, {}}) == "difference_paid");
        REQUIRE(s.as(agent, withdraw, Withdraw{id, {}}).empty());
        CHECK(s.money(MoneyState::authorised) == 300);
        CHECK(s.clock(ClockKind::refund_due)->state == ClockState::running);
        REQUIRE(s.as(agent, submit_refund, SubmitRefundNow{id, {}}).empty());
        s.answer(RefundResult::ok);
        CHECK(s.op().decision == DecisionState::settled);
        CHECK(available(s.state.order, OrderLineId("A"), Bucket::with_customer) == 3);
        CHECK(paid_out(s.op()) == 0);
    }
}

TEST_CASE("sending first is called off, the goods come in two parcels, and the customer takes money for both") {
    Story s;
    const auto id = s.ask(exchange({want("A", 3, "MUG-M")}, SubKind::advance));
    REQUIRE(s.as(lead, approve, Approve{id}).empty());
    for (const char* parcel : {"T1", "T2"}) REQUIRE(s.as(customer, ship_back, ShipBack{id, "SF", parcel, {a(1)}}).empty());
    REQUIRE(s.as(customer, withdraw, Withdraw{id, {}}).empty());
    for (const char* parcel : {"T1", "T2"}) {
        REQUIRE(s.as(warehouse, arrive, Arrive{id, {}, parcel, {}, parcel}).empty());
        REQUIRE(s.inspect_all(id, "A", 1).empty());
    }
    REQUIRE(s.as(agent, change_kind, ChangeKind{id, OperationKind::return_refund, SubKind::none, true, {}}).empty());
    CHECK(s.money(MoneyState::authorised) == 2'000);
    CHECK(counts(s.state, id).awaiting == 0);
}

TEST_CASE("goods sent first need a lead, and somebody who gets the old ones back") {
    Story s;
    const auto id = s.ask(exchange({want("A", 1, "MUG-M")}, SubKind::advance));
    CHECK(s.as(agent, approve, Approve{id}) == "advance_needs_lead");
    REQUIRE(s.as(lead, approve, Approve{id}).empty());
    CHECK(s.op().header == Header::to_dispatch);
    SECTION("the old goods come") {
        sent(s, id);
        CHECK(s.as(agent, recover, Recover{id}) == "nothing_to_recover");
        received(s, id);
        CHECK(s.op().header == Header::awaiting_goods);
        CHECK(child(s).allocated_minor == 1'000);
        CHECK(s.as(agent, withdraw, Withdraw{id, {}}) == "goods_replaced");
        s.as(agent, ship_back, ShipBack{id, "SF", "T1", {}});
        s.as(warehouse, arrive, Arrive{id, {}, "T1", {}, "R1"});
        s.inspect_all(id, "A", 1);
        CHECK(s.op().decision == DecisionState::settled);
        CHECK(s.units("A", Bucket::exchanged) == 1);
        CHECK(s.state.outbound.size() == 1);
    }
    SECTION("they do not: a lead lets them go, for a price") {
        sent(s, id);
        received(s, id);
        REQUIRE(s.fire(ClockKind::ship_back_due).empty());
        CHECK(s.op().dispute == Dispute::not_returned);
        for (const StockState said : {StockState::out_of_stock, StockState::reserved})  // they are with the customer: nobody may say so any more
            CHECK(s.as(warehouse, reserve, Reserve{id, said, {}}) == "parcel_already_sent");
        CHECK(s.op().dispute == Dispute::not_returned);
        CHECK(s.as(agent, write_off, WriteOff{id, 400}) == "permission_missing");
        CHECK(s.as(lead, write_off, WriteOff{id, 1'001}) == "amount_over_value");
        REQUIRE(s.as(lead, write_off, WriteOff{id, 400}).empty());
        CHECK(s.units("A", Bucket::consumed) == 1);
        CHECK(s.op().header == Header::waiting_payment);
        s.as(finance, collected, Collected{id, {}, "card", ""});
        CHECK(s.op().decision == DecisionState::settled);
    }
    SECTION("called off before it left") {
        REQUIRE(s.as(customer, withdraw, Withdraw{id, {}}).empty());
        CHECK(s.op().decision == DecisionState::cancelled);
        CHECK(parcel(s).state == OutboundState::voided);
        CHECK(available(s.state.order, OrderLineId("A"), Bucket::with_customer) == 3);
    }
}

TEST_CASE("sending first is called off with goods on their way back: each piece that comes and is taken is sent for, once") {
    Story s;
    const auto id = s.ask(exchange({want("A", 3, "MUG-M")}, SubKind::advance));
    REQUIRE(s.as(lead, approve, Approve{id}).empty());
    for (const char* parcel : {"T1", "T2"}) REQUIRE(s.as(customer, ship_back, ShipBack{id, "SF", parcel, {a(1)}}).empty());
    REQUIRE(s.as(customer, withdraw, Withdraw{id, {}}).empty());  // the third stays with them
    REQUIRE(parcel(s).state == OutboundState::voided);
    for (const char* parcel : {"T1", "T2"}) {
        REQUIRE(s.as(warehouse, arrive, Arrive{id, {}, parcel, {}, parcel}).empty());
        REQUIRE(s.inspect_all(id, "A", 1).empty());
    }
    std::int64_t to_send = 0;
    for (const auto& line : s.state.outbound_lines) {
        const auto leg = std::find_if(s.state.outbound.begin(), s.state.outbound.end(), [&](const OutboundLeg& l) { return l.id == line.outbound_leg_id; });
        if (leg->state == OutboundState::planned) to_send += line.qty;
    }
    CHECK(to_send == 2);
}

TEST_CASE("an agent's limit holds for the goods that are sent first and the money that is paid back, together") {
    Story s;
    s.policy.terms.advance_exchange = true;
    s.policy.terms.agent_limit_minor = 999;
    const auto id = s.ask(exchange({want("A", 1, "MUG-S", 300)}, SubKind::cross));
    CHECK(s.op().quote.net_minor == 700);
    REQUIRE(s.as(agent, approve, Approve{id}) == "over_limit");
    CHECK(s.error.params.front().second == "1000");
    s.policy.terms.agent_limit_minor = 1'000;
    CHECK(s.as(agent, approve, Approve{id}).empty());
}

TEST_CASE("a difference that was paid for goods which the customer has by now binds nothing that is settled after it") {
    Story s;
    const auto id = s.ask(exchange({want("A", 3, "MUG-XL", 1'300)}, SubKind::cross));
    REQUIRE(s.as(lead, approve, Approve{id}).empty());
    for (const char* parcel : {"T1", "T2"}) REQUIRE(s.as(customer, ship_back, ShipBack{id, "SF", parcel, {a(1)}}).empty());
    REQUIRE(s.as(customer, withdraw, Withdraw{id, {}}).empty());  // nothing is sent in advance any more
    REQUIRE(s.as(warehouse, arrive, Arrive{id, {}, "T1", {}, "T1"}).empty());
    REQUIRE(s.inspect_all(id, "A", 1).empty());
    REQUIRE(s.as(finance, collected, Collected{id, {}, "card", "P7"}).empty());
    REQUIRE(sent(s, id).empty());
    REQUIRE(received(s, id).empty());
    REQUIRE(s.as(warehouse, arrive, Arrive{id, {}, "T2", {}, "T2"}).empty());
    REQUIRE(s.inspect_all(id, "A", 1, Grade::used).empty());
    CHECK(s.as(agent, agree, Agree{id, 500, true}).empty());
    CHECK(s.op().settled.net_minor == 500);
}

TEST_CASE("sending first is called off with goods still to come: the customer has as long for them as in any exchange") {
    Story s;
    const auto id = s.ask(exchange({want("A", 2, "MUG-M")}, SubKind::cross));
    REQUIRE(s.as(lead, approve, Approve{id}).empty());
    CHECK_FALSE(s.clock(ClockKind::ship_back_due));
    if (GENERATE(false, true)) {  // what was sent got lost, and was to be sent again
        REQUIRE(sent(s, id).empty());
        REQUIRE(s.as(plugin, outbound_lost, OutboundLost{id, parcel(s).id}).empty());
        CHECK_FALSE(s.clock(ClockKind::ship_back_due));
    }
    REQUIRE(s.as(customer, ship_back, ShipBack{id, "SF", "T1", {a(1)}}).empty());
    REQUIRE(s.as(warehouse, arrive, Arrive{id, {}, "T1", {}, "R1"}).empty());
    REQUIRE(s.inspect_all(id, "A", 1, Grade::used).empty());
    REQUIRE(s.as(agent, agree, Agree{id, 600, true, false, 0}).empty());  // money for the first: nothing is sent in advance any more
    REQUIRE(parcel(s).state == OutboundState::voided);
    REQUIRE(s.clock(ClockKind::ship_back_due));
    CHECK(s.clock(ClockKind::ship_back_due)->state == ClockState::running);
    SECTION("they do not come: they stay with the customer") {
        REQUIRE(s.fire(ClockKind::ship_back_due).empty());
        CHECK(s.op().dispute == Dispute::none);
        CHECK(available(s.state.order, OrderLineId("A"), Bucket::with_customer) == 2);
        REQUIRE(s.as(agent, submit_refund, SubmitRefundNow{id, {}}).empty());
        s.answer(RefundResult::ok);
        CHECK(s.op().decision == DecisionState::settled);
    }
    SECTION("they come, and are sent for") {
        REQUIRE(s.as(customer, ship_back, ShipBack{id, "SF", "T2", {a(1)}}).empty());
        CHECK(s.clock(ClockKind::ship_back_due)->state == ClockState::met);
        REQUIRE(s.as(warehouse, arrive, Arrive{id, {}, "T2", {}, "R2"}).empty());
        REQUIRE(s.inspect_all(id, "A", 1).empty());
        CHECK(parcel(s).state == OutboundState::planned);
        CHECK(s.units("A", Bucket::exchanged) == 1);
    }
}

TEST_CASE("swapped at the door: the courier brings the old goods") {
    Story s;
    const auto id = s.ask(exchange({want("A", 1, "MUG-M")}, SubKind::cross));
    s.as(lead, approve, Approve{id});
    sent(s, id);
    received(s, id);
    CHECK(s.op().header == Header::in_transit);
    CHECK(s.as(warehouse, arrive, Arrive{id, {}, "", {}, "R1"}).empty());
    s.inspect_all(id, "A", 1);
    CHECK(s.op().decision == DecisionState::settled);
}
