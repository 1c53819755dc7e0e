#include <catch2/catch.hpp>

#include "story.hpp"

/// Exchange (after-sales.md section 3): other goods for the customer, with the difference either way.
using namespace story;

namespace {

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
TEST_CASE("goods that cannot be had, while a parcel is missing: what is left when it comes is that they cannot be had") {
    Story s;
    const auto id = s.ask(exchange({want("A", 1, "MUG-M")}));
    s.as(agent, approve, Approve{id});
    s.as(agent, ship_back, ShipBack{id, "SF", "T1", {}});
    s.as(agent, carrier_lost, CarrierLost{id, s.state.inbound.back().id});
    REQUIRE(s.as(warehouse, reserve, Reserve{id, StockState::out_of_stock, {}}).empty());
    s.as(warehouse, arrive, Arrive{id, {}, "T1", {}, "R1"});
    REQUIRE(s.inspect_all(id, "A", 1).empty());
    CHECK(s.op().dispute == Dispute::out_of_stock);
    CHECK(s.as(agent, agree, Agree{id, 0, true}) == "goods_out_of_stock");
    for (int i = 0; i < 3 && s.money(MoneyState::authorised) == 0; ++i) REQUIRE(s.fire(ClockKind::dispute_due).empty());
    CHECK(s.money(MoneyState::authorised) == 1'000);
}

TEST_CASE("after the money for one piece, the goods for the next are asked for again") {
    Story s;
    const auto id = s.ask(exchange({want("A", 2, "MUG-M")}));
    s.as(agent, approve, Approve{id});
    const auto comes = [&](const char* tracking) {
        s.as(agent, ship_back, ShipBack{id, "SF", tracking, {a(1)}});
        s.as(warehouse, arrive, Arrive{id, {}, tracking, {}, tracking});
        REQUIRE(s.inspect_all(id, "A", 1).empty());
    };
    comes("T1");
    REQUIRE(s.as(warehouse, reserve, Reserve{id, StockState::out_of_stock, {}}).empty());
    REQUIRE(s.as(agent, change_kind, ChangeKind{id, OperationKind::return_refund, SubKind::none, true, {}}).empty());
    comes("T2");
    CHECK(s.op().stock == StockState::asked);
    CHECK(s.has_task("reserve_goods"));
    CHECK(s.as(warehouse, reserve, Reserve{id, StockState::out_of_stock, {}}).empty());
    CHECK(sent(s, id) == "goods_not_reserved");
}

TEST_CASE("a shipment that the warehouse did not take is no longer somebody's task once the parcel has left") {
    Story s;
    const auto id = accepted(s, {want("A", 1, "MUG-M")});
    REQUIRE(s.take(announce_failed(s.state, id, "unknown_sku", s.facts(timer), "ship_failed")).empty());
    REQUIRE(s.has_task("ship_failed"));
    REQUIRE(sent(s, id).empty());
    CHECK_FALSE(s.has_task("ship_failed"));
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
