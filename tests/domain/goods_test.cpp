#include <catch2/catch.hpp>

#include "story.hpp"

/// after-sales.md section 2, rows 11 to 19c.
using namespace story;
using Types = std::vector<std::string>;

TEST_CASE("row 11: several parcels, a number once") {
    Story s;
    const auto id = s.approved({a(3)});
    CHECK(s.as(agent, ship_back, ShipBack{id, "SF", "T1", {a(1)}}).empty());
    CHECK(s.as(agent, ship_back, ShipBack{id, "SF", "T1", {a(1)}}) == "tracking_in_use");
    CHECK(s.as(agent, ship_back, ShipBack{id, "SF", "T2", {}}).empty());
    CHECK(s.as(agent, ship_back, ShipBack{id, "SF", "T3", {}}) == "nothing_to_ship");
    CHECK(s.state.inbound.size() == 2);
    CHECK(std::holds_alternative<UpdateReturn>(s.effects.back()));
}

TEST_CASE("row 12: not shipped in time") {
    Story s;
    s.policy.terms.refund_original_shipping = true;
    const auto id = s.approved({a(2)}, Reason::quality);
    CHECK(s.state.order.shipping_refunded);
    CHECK(s.clock(ClockKind::ship_back_due)->due_at == s.op().ship_by_at);
    CHECK(s.fire(ClockKind::ship_back_due).empty());
    CHECK(s.op().decision == DecisionState::expired);
    CHECK(s.money(MoneyState::planned) == 0);
    CHECK_FALSE(s.state.order.shipping_refunded);  // another return may claim it
    CHECK(std::holds_alternative<CancelReturn>(s.effects.back()));
    CHECK(s.as(agent, ship_back, ShipBack{id, "SF", "T1", {}}) == "wrong_state");
}

TEST_CASE("row 13: arrivals are counted once, by receipt") {
    Story s;
    const auto id = s.approved({a(3)});
    s.as(agent, ship_back, ShipBack{id, "SF", "T1", {}});
    const Arrive first{id, {}, "T1", std::vector{a(2)}, "R1"};
    CHECK(s.as(warehouse, arrive, first).empty());
    CHECK(s.state.lines[0].missing == 1);
    CHECK(s.as(warehouse, arrive, first).empty());
    CHECK(s.last.empty());  // the same receipt again
    CHECK(s.as(warehouse, arrive, Arrive{id, {}, "T1", std::vector{a(1)}, "R1"}) == "receipt_changed");
    CHECK(s.error.kind == ErrorKind::conflict);
    CHECK(s.as(warehouse, arrive, Arrive{id, {}, "T1", std::vector{a(2)}, "R2"}) == "more_than_announced");
    CHECK(s.as(warehouse, arrive, Arrive{id, {}, "T1", std::vector{a(1)}, "R2"}).empty());  // it was in the parcel after all
    CHECK(s.state.lines[0].missing == 0);
    CHECK(s.as(warehouse, arrive, first).empty());
    CHECK(s.last.empty());
    CHECK(s.state.lines[0].arrived == 3);
}

TEST_CASE("row 13: a parcel nobody announced is matched to what is to ship") {
    Story s;
    const auto id = s.approved({a(3)});
    CHECK(s.as(warehouse, arrive, Arrive{id, {}, "X9", std::vector{a(2)}, ""}).empty());
    CHECK(s.last == Types{"parcel_shipped/1", "parcel_arrived/1"});
    CHECK(s.as(agent, ship_back, ShipBack{id, "SF", "T1", {}}).empty());
    CHECK(s.as(warehouse, arrive, Arrive{id, {}, "X8", {}, ""}) == "parcel_unknown");
    CHECK(s.as(warehouse, arrive, Arrive{id, {}, "", {}, ""}).empty());  // the only one on its way
    CHECK(s.as(warehouse, arrive, Arrive{id, InboundLegId("none"), "", {}, ""}) == "inbound_leg_not_found");
}

TEST_CASE("row 14: a lost parcel is argued about, unless it turns up") {
    Story s;
    const auto id = s.approved({a(2)});
    s.as(agent, ship_back, ShipBack{id, "SF", "T1", {}});
    CHECK(s.as(warehouse, carrier_lost, CarrierLost{id, s.state.inbound[0].id}) == "permission_missing");
    CHECK(s.as(plugin, carrier_lost, CarrierLost{id, s.state.inbound[0].id}).empty());
    CHECK(s.op().dispute == Dispute::lost);
    SECTION("the courier bears it") {
        CHECK(s.as(lead, rule, Rule{id, 2'000, "courier_pays"}).empty());
        CHECK(s.units("A", Bucket::consumed) == 2);
        CHECK(s.money(MoneyState::authorised) == 2'000);
    }
    SECTION("the customer bears it") {
        CHECK(s.as(lead, rule, Rule{id, 0, "customer_pays"}).empty());
        CHECK(s.op().decision == DecisionState::settled);
        CHECK(s.units("A", Bucket::consumed) == 2);
        CHECK(s.op().settled.net_minor == 0);
    }
    SECTION("it comes after all") {
        CHECK(s.as(warehouse, arrive, Arrive{id, s.state.inbound[0].id, "", {}, ""}).empty());
        CHECK(s.op().decision == DecisionState::approved);
        CHECK(s.clock(ClockKind::dispute_due)->state == ClockState::met);
        CHECK(s.inspect_all(id, "A", 2).empty());
        CHECK(s.op().decision == DecisionState::settling);
    }
}

TEST_CASE("row 15: inspections are counted once, need goods and a photo") {
    Story s;
    const auto id = s.arrived({a(2)});
    CHECK(s.inspect_all(id, "A", 3) == "qty_over_arrived");
    Inspect record{id, OrderLineId("A"), 1, Grade::damaged, Disposition::scrap, "", "Q1", "kim"};
    CHECK(s.as(technician, inspect, record) == "photo_required");
    record.photo_ref = "photo";
    CHECK(s.as(agent, inspect, record) == "permission_missing");
    CHECK(s.as(technician, inspect, record).empty());
    CHECK(s.as(technician, inspect, record).empty());
    CHECK(s.last.empty());
    record.qty = 2;
    CHECK(s.as(technician, inspect, record) == "inspection_changed");
    CHECK(s.state.inspections.size() == 1);
}

TEST_CASE("row 16: opened goods wait for a person, who may deduct") {
    Story s;
    s.policy.terms.restocking_fee_bp = 1'000;
    const auto id = s.arrived({a(2)});
    CHECK(s.as(agent, accept, Accept{id, 0}) == "not_all_inspected");
    CHECK(s.inspect_all(id, "A", 2, Grade::opened).empty());
    CHECK(s.op().header == Header::inspected);
    CHECK(s.as(warehouse, accept, Accept{id, 1'801}) == "deduction_too_large");
    CHECK(s.as(warehouse, accept, Accept{id, 500}).empty());
    CHECK(s.op().settled == Quote{2'000, 0, 0, 200, 500, 1'300});
    CHECK(s.money(MoneyState::authorised) == 1'300);
    CHECK(s.state.order.money[0].promised_minor == 1'300);
}

TEST_CASE("row 17: what is short, damaged, used or wrong is disputed; the rest may be accepted") {
    Story s;
    const auto id = s.arrived({a(3)});
    s.inspect_all(id, "A", 2);
    CHECK(s.inspect_all(id, "A", 1, Grade::damaged).empty());
    CHECK(s.last == Types{"goods_inspected/1", "mismatch_found/1"});
    CHECK(s.op().decision == DecisionState::disputed);
    CHECK(s.as(agent, accept, Accept{id, 1}) == "deduction_without_finding");
    CHECK(s.as(agent, accept, Accept{id, 0}).empty());
    CHECK(s.op().decision == DecisionState::disputed);
    CHECK(s.money(MoneyState::authorised) == 2'000);
    CHECK(s.as(agent, submit_refund, SubmitRefundNow{id, {}}).empty());  // the good ones do not wait
    CHECK(s.as(agent, accept, Accept{id, 0}) == "units_in_dispute");
}

TEST_CASE("row 18: agreed with the customer's consent, never above the promise") {
    Story s;
    const auto id = s.arrived({a(2)});
    s.inspect_all(id, "A", 2, Grade::used);
    CHECK(s.as(agent, agree, Agree{id, 1'500, false}) == "consent_missing");
    CHECK(s.as(agent, agree, Agree{id, 2'001, true}) == "over_ceiling");
    CHECK(s.as(agent, agree, Agree{id, 1'500, true}).empty());
    CHECK(s.op().decision == DecisionState::settling);
    CHECK(s.op().settled == Quote{2'000, 0, 0, 0, 500, 1'500});
    CHECK(s.state.order.money[0].promised_minor == 1'500);
}

TEST_CASE("row 19: goods go back, and the operation settles with nothing") {
    Story s;
    const auto id = s.arrived({a(2)});
    s.inspect_all(id, "A", 2, Grade::used);
    CHECK(s.as(agent, send_back, SendBack{id, false}) == "address_not_confirmed");
    CHECK(s.as(agent, send_back, SendBack{id, true}).empty());
    CHECK(s.op().header == Header::sending_back);
    CHECK(s.has_task("dispatch_goods"));
    CHECK(s.money(MoneyState::planned) == 0);
    const auto leg = s.state.outbound[0].id;
    CHECK(s.as(agent, delivered, Delivered{id, leg}) == "parcel_not_under_way");
    CHECK(s.as(warehouse, dispatch, Dispatch{id, leg, "SF", "B1"}).empty());
    CHECK_FALSE(s.has_task("dispatch_goods"));
    CHECK(s.as(customer, delivered, Delivered{id, leg}).empty());
    CHECK(s.op().decision == DecisionState::settled);
    CHECK(available(s.state.order, OrderLineId("A"), Bucket::with_customer) == 3);
    CHECK(s.as(customer, delivered, Delivered{id, leg}).empty());
    CHECK(s.last.empty());
}

TEST_CASE("row 19b: a ruling may waive the fee but gives no more than was paid") {
    Story s;
    s.policy.terms.restocking_fee_bp = 1'000;
    const auto id = s.arrived({a(2)});
    s.inspect_all(id, "A", 2, Grade::damaged);
    CHECK(s.as(agent, rule, Rule{id, 100, "x"}) == "permission_missing");
    CHECK(s.as(lead, rule, Rule{id, 0, "x"}) == "goods_with_us");
    CHECK(s.as(lead, rule, Rule{id, 2'401, "x"}) == "over_value");
    CHECK(s.as(lead, rule, Rule{id, 2'400, "x"}).empty());  // goods 20.00 without the fee, and the order's shipping 4.00
    CHECK(s.op().settled == Quote{2'000, 400, 0, 0, 0, 2'400});
    CHECK(s.state.order.shipping_refunded);
}

TEST_CASE("row 19c: an old dispute climbs to the lead and stays there") {
    Story s;
    const auto id = s.arrived({a(1)});
    s.inspect_all(id, "A", 1, Grade::damaged);
    for (int i = 0; i < 3; ++i) CHECK(s.fire(ClockKind::dispute_due).empty());
    CHECK(s.op().escalation == 3);
    CHECK(s.has_task("dispute_overdue"));
    CHECK(s.fire(ClockKind::dispute_due) == "no such clock");
    CHECK(s.as(lead, rule, Rule{id, 10, "x"}).empty());
    CHECK_FALSE(s.has_task("dispute_overdue"));
}

namespace {

/// Two mugs came back used and were sent back; the parcel is on its way to the customer.
OperationId sent_back(Story& s) {
    const auto id = s.arrived({a(2)});
    s.inspect_all(id, "A", 2, Grade::used);
    s.as(agent, send_back, SendBack{id, true});
    s.as(warehouse, dispatch, Dispatch{id, s.state.outbound[0].id, "SF", "OUT1"});
    return id;
}

}  // namespace

TEST_CASE("goods lost on their way back to the customer are in dispute until somebody bears it") {
    Story s;
    const auto id = sent_back(s);
    const auto leg = s.state.outbound[0].id;
    CHECK(s.as(warehouse, outbound_lost, OutboundLost{id, leg}) == "permission_missing");
    CHECK(s.as(agent, resend, Resend{id, true}) == "permission_missing");
    CHECK(s.as(agent, outbound_lost, OutboundLost{id, leg}).empty());
    CHECK(s.last == Types{"outbound_parcel_lost/1"});
    CHECK(s.as(plugin, outbound_lost, OutboundLost{id, leg}).empty());
    CHECK(s.last.empty());
    CHECK(s.state.outbound[0].state == OutboundState::lost);
    CHECK(s.units("A", Bucket::lost_out) == 2);
    CHECK(s.op().decision == DecisionState::disputed);
    CHECK(s.op().dispute == Dispute::lost);
    CHECK(s.money(MoneyState::planned) == 0);  // nothing is promised before somebody decides
    CHECK(s.clock(ClockKind::dispute_due)->state == ClockState::running);
    SECTION("the customer gets money: agreed") {
        CHECK(s.as(agent, agree, Agree{id, 2'001, true}) == "over_ceiling");
        CHECK(s.as(agent, agree, Agree{id, 1'500, true}).empty());
        CHECK(s.units("A", Bucket::consumed) == 2);
        CHECK(s.money(MoneyState::authorised) == 1'500);
        CHECK(s.op().decision == DecisionState::settling);
        s.as(agent, submit_refund, SubmitRefundNow{id, {}});
        s.answer(RefundResult::ok);
        CHECK(s.op().decision == DecisionState::settled);
        CHECK(s.as(agent, delivered, Delivered{id, leg}) == "wrong_state");  // found too late: a matter for a new case
    }
    SECTION("a lead rules, also for nothing") {
        CHECK(s.as(lead, rule, Rule{id, 0, "carrier_pays"}).empty());
        CHECK(s.op().decision == DecisionState::settled);
        CHECK(s.units("A", Bucket::consumed) == 2);
    }
    SECTION("the shop sends like goods again") {
        CHECK(s.as(lead, resend, Resend{id, false}) == "address_not_confirmed");
        CHECK(s.as(lead, resend, Resend{id, true}).empty());
        CHECK(s.units("A", Bucket::in_transit_out) == 2);
        CHECK(s.op().header == Header::sending_back);
        CHECK(s.has_task("dispatch_goods"));
        CHECK(s.as(lead, resend, Resend{id, true}) == "wrong_state");
        const auto again = s.state.outbound[1].id;
        CHECK(s.as(agent, delivered, Delivered{id, leg}) == "parcel_not_under_way");  // the second one counts now
        s.as(warehouse, dispatch, Dispatch{id, again, "SF", "OUT2"});
        SECTION("and it comes") {
            CHECK(s.as(customer, delivered, Delivered{id, again}).empty());
            CHECK(s.units("A", Bucket::with_customer) == 3);
            CHECK(s.op().decision == DecisionState::settled);
        }
        SECTION("and it is lost as well") {
            CHECK(s.as(agent, outbound_lost, OutboundLost{id, again}).empty());
            CHECK(s.units("A", Bucket::lost_out) == 2);
            CHECK(s.op().decision == DecisionState::disputed);
        }
    }
    SECTION("the carrier finds it after all") {
        const auto acts = s.acts_for(agent);
        CHECK(std::any_of(acts.begin(), acts.end(), [](const Act& act) { return act.command == "delivered" && act.legal; }));
        CHECK(s.as(plugin, delivered, Delivered{id, leg}).empty());
        CHECK(s.units("A", Bucket::with_customer) == 3);
        CHECK(s.op().decision == DecisionState::settled);
        CHECK(s.state.outbound[0].state == OutboundState::delivered);
    }
    SECTION("time goes by: it escalates to a lead") {
        CHECK(s.fire(ClockKind::dispute_due).empty());
        CHECK(s.has_task("dispute_overdue"));
    }
}

TEST_CASE("a parcel to the customer can be lost only while it is on its way, not before") {
    Story s;
    const auto id = s.arrived({a(2)});
    s.inspect_all(id, "A", 1, Grade::used);
    s.as(agent, outbound_lost, OutboundLost{id, OutboundLegId("none")});
    CHECK(s.error.code == "outbound_leg_not_found");
    s.inspect_all(id, "A", 1, Grade::damaged);
    s.as(agent, send_back, SendBack{id, true});
    CHECK(s.as(agent, outbound_lost, OutboundLost{id, s.state.outbound[0].id}) == "parcel_not_under_way");
}

TEST_CASE("while a parcel to the customer is lost, the next goods wait until it is replaced") {
    Story s;
    const auto id = s.approved({a(2)});
    const auto comes_used = [&](const std::string& number) {
        s.as(agent, ship_back, ShipBack{id, "SF", number, {a(1)}});
        s.as(warehouse, arrive, Arrive{id, {}, number, {}, "R" + number});
        CHECK(s.inspect_all(id, "A", 1, Grade::used).empty());
    };
    const auto dispatched = [&] {
        REQUIRE(s.state.outbound.back().state == OutboundState::planned);
        CHECK(s.as(warehouse, dispatch, Dispatch{id, s.state.outbound.back().id, "SF", "OUT"}).empty());
        return s.state.outbound.back().id;
    };
    comes_used("T1");
    CHECK(s.as(agent, send_back, SendBack{id, true}).empty());
    CHECK(s.as(agent, outbound_lost, OutboundLost{id, dispatched()}).empty());
    comes_used("T2");
    CHECK(s.as(agent, send_back, SendBack{id, true}) == "parcel_lost_open");
    CHECK(s.as(lead, resend, Resend{id, true}).empty());
    CHECK(s.as(agent, delivered, Delivered{id, dispatched()}).empty());
    CHECK(s.as(agent, send_back, SendBack{id, true}).empty());
    CHECK(s.as(agent, delivered, Delivered{id, dispatched()}).empty());
    CHECK(s.units("A", Bucket::with_customer) == 3);
    CHECK(s.op().decision == DecisionState::settled);
}
