#include <catch2/catch.hpp>

#include "story.hpp"

/// Exchange (after-sales.md section 3): other goods for the customer, with the difference either way.
using namespace story;

namespace {

RequestOperation exchange(std::vector<RequestLine> lines, SubKind mode = SubKind::after_receipt) {
    return ask_for(OperationKind::exchange, mode, Reason::wrong_size, std::move(lines));
}

OperationId accepted(Story& s, std::vector<RequestLine> lines) {
    const auto qty = lines.front().qty;
    const auto id = s.ask(exchange(std::move(lines)));
    s.as(agent, approve, Approve{id});
    s.as(agent, ship_back, ShipBack{id, "SF", "T1", {}});
    s.as(warehouse, arrive, Arrive{id, {}, "T1", {}, "R1"});
    s.inspect_all(id, "A", qty);
    return id;
}

}  // namespace

TEST_CASE("a dearer thing is paid for before it leaves, and carries what was paid for it") {
    Story s;
    CHECK(s.ask(exchange({want("A", 1)})).value == "invalid_fields");  // the same again is no exchange for who changed their mind
    const auto id = accepted(s, {want("A", 2, "MUG-XL", 1'300)});
    CHECK(s.op().header == Header::waiting_payment);
    CHECK(s.state.c.status == CaseStatus::waiting_customer);
    CHECK(s.units("A", Bucket::exchanged) == 2);
    CHECK(sent(s, id) == "difference_not_paid");
    CHECK(s.error.params.front().second == "600");
    CHECK(s.as(agent, collected, Collected{id, {}, "card", "P7"}) == "permission_missing");
    REQUIRE(s.as(finance, collected, Collected{id, {}, "card", "P7"}).empty());
    CHECK(s.state.order.payments.size() == 3);
    CHECK(free_money(s.state.order) == 3'899 + 600);
    CHECK(s.op().header == Header::to_dispatch);
    CHECK(s.has_task("dispatch_goods"));
    REQUIRE(sent(s, id).empty());
    CHECK(s.op().header == Header::dispatched);
    REQUIRE(received(s, id).empty());
    CHECK(s.op().decision == DecisionState::settled);
    CHECK(child(s).sku == "MUG-XL");
    CHECK(child(s).allocated_minor == 2'600);
    CHECK(child(s).origin_line_id == OrderLineId("A"));
    CHECK(s.state.order.units.size() >= 3);

    // I14: a later return of the new goods gives back what was paid for them and no more
    RequestOperation again = ask_for(OperationKind::return_refund, SubKind::none, Reason::no_longer_wanted, {{child(s).id, 2, {}, {}, {}}});
    const auto back = s.ask(again);
    REQUIRE(s.as(lead, approve, Approve{back}).empty());
    CHECK(s.op(1).quote.net_minor == 2'600);
    CHECK(s.request({a(2)}).value == "qty_not_available");
}

TEST_CASE("a cheaper one gives the difference back") {
    Story s;
    const auto id = accepted(s, {want("A", 1, "MUG-S", 700)});
    CHECK(s.op().settled.net_minor == 300);
    CHECK(s.money(MoneyState::authorised) == 300);
    s.as(agent, submit_refund, SubmitRefundNow{id, {}});
    s.answer(RefundResult::ok);
    CHECK(s.op().decision == DecisionState::settling);  // the goods are still to come
    sent(s, id);
    received(s, id);
    CHECK(s.op().decision == DecisionState::settled);
    CHECK(child(s).allocated_minor == 700);
}

TEST_CASE("goods that leave late are waited for, and asked after again when somebody ends the task and they are still on their way") {
    Story s;
    const auto id = accepted(s, {want("A", 1, "MUG-S", 700)});
    s.fire(ClockKind::transit_due);
    CHECK(s.has_task("goods_overdue"));
    s.as(agent, finish_task, FinishTask{s.state.tasks.back().id});
    REQUIRE(sent(s, id).empty());
    const auto late = s.now + days(s.policy.terms.ship_back_days);
    CHECK(s.clock(ClockKind::transit_due)->due_at == late);
    s.fire(ClockKind::transit_due);
    REQUIRE(s.has_task("goods_overdue"));
    CHECK(s.as(agent, finish_task, FinishTask{s.state.tasks.back().id}).empty());
    CHECK(s.clock(ClockKind::transit_due)->state == ClockState::running);
    received(s, id);
    CHECK(s.clock(ClockKind::transit_due)->state == ClockState::met);
}

TEST_CASE("a difference that was asked for and not paid is asked for again") {
    Story s;
    const auto id = accepted(s, {want("A", 2, "MUG-XL", 1'300)});
    s.fire(ClockKind::collect_due);
    REQUIRE(s.has_task("collect_overdue"));
    const auto task = std::find_if(s.state.tasks.begin(), s.state.tasks.end(), [](const Task& t) { return t.code == "collect_overdue"; });
    CHECK(s.as(agent, finish_task, FinishTask{task->id}).empty());
    CHECK(s.clock(ClockKind::collect_due)->state == ClockState::running);
    s.as(finance, collected, Collected{id, {}, "card", "P7"});
    CHECK(s.clock(ClockKind::collect_due)->state == ClockState::met);
}

TEST_CASE("lines that are not of the operation, or named twice, are refused when it changes its kind") {
    Story s;
    const auto id = s.approved({a(1)});
    CHECK(s.as(agent, change_kind, ChangeKind{id, OperationKind::exchange, SubKind::none, true, {want("NOPE", 1, "MUG-M")}}) == "invalid_fields");
    CHECK(s.error.fields == std::vector<FieldError>{{"/lines/0/order_line_id", "unknown_line"}});
    CHECK(s.as(agent, change_kind, ChangeKind{id, OperationKind::exchange, SubKind::none, true, {want("A", 1, "MUG-M"), want("A", 1, "MUG-L")}}) == "invalid_fields");
    CHECK(s.error.fields == std::vector<FieldError>{{"/lines/1/order_line_id", "duplicate_line"}});
}

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

TEST_CASE("no difference is asked for any more when the goods of two parcels are not sent") {
    Story s;
    const auto id = s.ask(exchange({want("A", 2, "MUG-XL", 1'300)}));
    s.as(agent, approve, Approve{id});
    for (const char* parcel : {"T1", "T2"}) {
        s.as(customer, ship_back, ShipBack{id, "SF", parcel, {a(1)}});
        s.as(warehouse, arrive, Arrive{id, {}, parcel, {}, parcel});
        REQUIRE(s.inspect_all(id, "A", 1).empty());
    }
    REQUIRE(s.as(agent, change_kind, ChangeKind{id, OperationKind::return_refund, SubKind::none, true, {}}).empty());
    CHECK(s.op().settled.net_minor == 2'000);
    CHECK(std::none_of(s.state.money.begin(), s.state.money.end(), [](const MoneyLeg& l) { return l.kind == MoneyKind::collect && l.state == MoneyState::authorised; }));
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

TEST_CASE("whoever promises more than was approved needs who may approve that much") {
    Story s;
    s.policy.terms.agent_limit_minor = 900;
    SECTION("cheaper goods than were approved") {
        const auto id = s.ask(exchange({want("A", 1, "MUG-M")}));
        REQUIRE(s.as(agent, approve, Approve{id}).empty());
        CHECK(s.as(agent, domain::swap, Swap{id, {want("A", 1, "PIN", 50)}, true}) == "over_limit");
        CHECK(s.as(agent, domain::swap, Swap{id, {want("A", 1, "MUG-S", 700)}, true}).empty());
    }
    SECTION("money for goods that do not come") {
        const auto id = accepted(s, {want("A", 1, "MUG-M")});
        CHECK(s.as(agent, change_kind, ChangeKind{id, OperationKind::return_refund, SubKind::none, true, {}}) == "over_limit");
        CHECK(s.as(lead, change_kind, ChangeKind{id, OperationKind::return_refund, SubKind::none, true, {}}).empty());
    }
    SECTION("money agreed on instead of goods") {
        const auto id = s.ask(exchange({want("A", 1, "MUG-M")}));
        s.as(agent, approve, Approve{id});
        s.as(agent, ship_back, ShipBack{id, "SF", "T1", {}});
        s.as(warehouse, arrive, Arrive{id, {}, "T1", {}, "R1"});
        s.inspect_all(id, "A", 1, Grade::damaged);
        CHECK(s.as(agent, agree, Agree{id, 950, true}) == "over_limit");
        CHECK(s.as(agent, agree, Agree{id, 800, true}).empty());
    }
    SECTION("goods sent first, in two operations") {
        s.policy.terms.advance_exchange = true;
        s.policy.terms.agent_limit_minor = 1'900;
        const auto one = s.ask(exchange({want("A", 1, "MUG-M")}, SubKind::advance)), two = s.ask(exchange({want("A", 1, "MUG-L")}, SubKind::advance));
        CHECK(s.as(agent, approve, Approve{one}).empty());
        CHECK(s.as(agent, approve, Approve{two}) == "over_limit");
    }
}

TEST_CASE("what cannot be had: wait, other goods, or money") {
    Story s;
    SECTION("before the goods are back") {
        const auto id = s.ask(exchange({want("A", 1, "MUG-M")}));
        s.as(agent, approve, Approve{id});
        CHECK(s.has_task("reserve_goods"));
        CHECK(s.as(agent, agree, Agree{id, 0, true}) == "wrong_state");
        REQUIRE(s.as(warehouse, reserve, Reserve{id, StockState::out_of_stock, {}}).empty());
        CHECK(s.op().decision == DecisionState::disputed);
        CHECK(s.as(agent, agree, Agree{id, 0, true}) == "goods_out_of_stock");
        SECTION("wait") {
            CHECK(s.as(warehouse, reserve, Reserve{id, StockState::backordered, {}}) == "invalid_fields");
            REQUIRE(s.as(warehouse, reserve, Reserve{id, StockState::backordered, s.now + days(5)}).empty());
            CHECK(s.op().decision == DecisionState::approved);
        }
        SECTION("other goods") {
            REQUIRE(s.as(agent, domain::swap, Swap{id, {want("A", 1, "MUG-L", 900)}, true}).empty());
            CHECK(s.op().decision == DecisionState::approved);
            CHECK(s.op().quote.net_minor == 100);
            CHECK(s.money(MoneyState::planned) == 100);
        }
        SECTION("money, once nobody has chosen for too long") {
            for (int i = 0; i < 4 && s.state.operations.size() == 1; ++i) s.fire(ClockKind::dispute_due);
            REQUIRE(s.state.operations.size() == 2);
            CHECK(s.op(1).kind == OperationKind::return_refund);
            CHECK(s.op(1).decision == DecisionState::approved);
            CHECK(s.money(MoneyState::planned) == 1'000);
        }
    }
    SECTION("after the goods were taken in: what they were worth is paid back") {
        const auto id = accepted(s, {want("A", 1, "MUG-M")});
        s.as(warehouse, reserve, Reserve{id, StockState::out_of_stock, {}});
        CHECK(sent(s, id) == "goods_not_reserved");
        REQUIRE(s.as(agent, change_kind, ChangeKind{id, OperationKind::return_refund, SubKind::none, true, {}}).empty());
        CHECK(s.money(MoneyState::authorised) == 1'000);
        s.as(agent, submit_refund, SubmitRefundNow{id, {}});
        s.answer(RefundResult::ok);
        CHECK(s.op().decision == DecisionState::settled);
        CHECK(s.state.order.lines.size() == 2);
    }
    SECTION("after a difference was paid too") {
        const auto id = accepted(s, {want("A", 1, "MUG-XL", 1'300)});
        s.as(finance, collected, Collected{id, {}, "card", "P7"});
        REQUIRE(s.as(agent, change_kind, ChangeKind{id, OperationKind::return_refund, SubKind::none, true, {}}).empty());
        CHECK(s.money(MoneyState::authorised) == 1'300);
    }
}

TEST_CASE("a reservation holds for so long, then the warehouse is asked again") {
    Story s;
    const auto id = s.ask(exchange({want("A", 2, "MUG-M")}));
    s.as(agent, approve, Approve{id});
    REQUIRE(s.as(warehouse, reserve, Reserve{id, StockState::reserved, {}}).empty());
    CHECK_FALSE(s.has_task("reserve_goods"));
    const auto until = s.now + days(s.policy.terms.reserve_days);
    REQUIRE(s.clock(ClockKind::reserve_due));
    CHECK(s.clock(ClockKind::reserve_due)->due_at == until);
    s.as(agent, ship_back, ShipBack{id, "SF", "T1", {a(1)}});
    s.as(agent, ship_back, ShipBack{id, "SF", "T2", {a(1)}});
    const auto comes = [&](const char* tracking, const char* receipt) {
        s.as(warehouse, arrive, Arrive{id, {}, tracking, {}, receipt});
        s.inspect_all(id, "A", 1);
    };
    SECTION("before the old goods are here") {
        REQUIRE(s.fire(ClockKind::reserve_due).empty());
        comes("T1", "R1");
        CHECK(sent(s, id) == "goods_not_reserved");
    }
    SECTION("with the parcel that was to leave") {
        comes("T1", "R1");
        comes("T2", "R2");
        CHECK(s.clock(ClockKind::reserve_due)->state == ClockState::running);
        CHECK(s.clock(ClockKind::reserve_due)->due_at == until);
        s.as(warehouse, reserve, Reserve{id, StockState::reserved, s.now + days(2)});
        CHECK(s.clock(ClockKind::reserve_due)->due_at == s.now + days(2));
        REQUIRE(s.fire(ClockKind::reserve_due).empty());
        CHECK(sent(s, id) == "goods_not_reserved");
    }
    SECTION("what has left needs none, and what follows does until it has left") {
        comes("T1", "R1");
        CHECK(sent(s, id).empty());
        CHECK(s.clock(ClockKind::reserve_due)->state == ClockState::running);
        received(s, id);
        comes("T2", "R2");
        CHECK(sent(s, id).empty());
        CHECK(s.clock(ClockKind::reserve_due)->state == ClockState::met);
        return;
    }
    CHECK(s.op().stock == StockState::lapsed);
    CHECK(s.has_task("reserve_again"));
    CHECK(s.as(warehouse, reserve, Reserve{id, StockState::reserved, {}}).empty());
    CHECK_FALSE(s.has_task("reserve_again"));
    CHECK(sent(s, id).empty());
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

TEST_CASE("used goods: the customer pays for the damage and gets the new ones all the same, or money") {
    Story s;
    const auto id = s.ask(exchange({want("A", 1, "MUG-M")}));
    s.as(agent, approve, Approve{id});
    s.as(agent, ship_back, ShipBack{id, "SF", "T1", {}});
    s.as(warehouse, arrive, Arrive{id, {}, "T1", {}, "R1"});
    s.inspect_all(id, "A", 1, Grade::used);
    CHECK(s.op().dispute == Dispute::mismatch);
    SECTION("replaced") {
        CHECK(s.as(agent, agree, Agree{id, 0, true, true, 1'001}) == "invalid_fields");
        REQUIRE(s.as(agent, agree, Agree{id, 0, true, true, 250}).empty());
        CHECK(s.op().settled.deduction_minor == 250);
        CHECK(s.op().header == Header::waiting_payment);
        s.as(finance, collected, Collected{id, {}, "card", ""});
        sent(s, id);
        received(s, id);
        CHECK(child(s).allocated_minor == 1'000);
    }
    SECTION("as money") {
        REQUIRE(s.as(agent, agree, Agree{id, 600, true, false, 0}).empty());
        CHECK(s.units("A", Bucket::returned) == 1);
        CHECK(s.money(MoneyState::authorised) == 600);
    }
}

TEST_CASE("a replacement that is lost goes out again") {
    Story s;
    const auto id = accepted(s, {want("A", 1, "MUG-M")});
    sent(s, id);
    REQUIRE(s.as(plugin, outbound_lost, OutboundLost{id, parcel(s).id}).empty());
    CHECK(s.state.outbound.size() == 2);
    CHECK(parcel(s).state == OutboundState::planned);
    CHECK(s.has_task("reserve_goods"));
    sent(s, id);
    received(s, id);
    CHECK(s.op().decision == DecisionState::settled);
}

TEST_CASE("a return becomes an exchange while its parcel is on the way, and back") {
    Story s;
    const auto id = s.approved({a(1)});
    s.as(agent, ship_back, ShipBack{id, "SF", "T1", {}});
    REQUIRE(s.as(agent, change_kind, ChangeKind{id, OperationKind::exchange, SubKind::none, true, {want("A", 1, "MUG-M")}}).empty());
    const auto by = s.op(1).id;
    CHECK(s.op().decision == DecisionState::superseded);
    CHECK(s.op(1).decision == DecisionState::approved);
    CHECK(s.op(1).header == Header::in_transit);
    CHECK(s.money(MoneyState::planned) == 0);
    CHECK(s.state.inbound.front().operation_id == by);
    s.policy.terms.agent_limit_minor = 10;
    CHECK(s.as(agent, change_kind, ChangeKind{by, OperationKind::return_refund, SubKind::none, true, {}}) == "over_limit");  // I13
    REQUIRE(s.as(lead, change_kind, ChangeKind{by, OperationKind::return_refund, SubKind::none, true, {}}).empty());
    s.as(warehouse, arrive, Arrive{s.op(2).id, {}, "T1", {}, "R1"});
    s.inspect_all(s.op(2).id, "A", 1);
    CHECK(s.op(2).settled.net_minor == 1'000);
}
