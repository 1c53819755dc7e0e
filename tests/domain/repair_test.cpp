#include <catch2/catch.hpp>

#include "story.hpp"

/// Repair (after-sales.md section 3): the units stay the customer's; nothing is closed while one is with us.
using namespace story;

namespace {

OperationId on_bench(Story& s, Grade grade = Grade::damaged) {
    const auto id = s.ask(ask_for(OperationKind::repair, SubKind::none, Reason::quality, {want("A", 1)}));
    s.as(agent, approve, Approve{id});
    s.as(agent, ship_back, ShipBack{id, "SF", "T1", {}});
    s.as(warehouse, arrive, Arrive{id, {}, "T1", {}, "R1"});
    s.inspect_all(id, "A", 1, grade);
    return id;
}

std::string step(Story& s, const OperationId& id, RepairStep what) { return s.as(technician, repair_step, StepRepair{id, what}); }

std::string back(Story& s, const OperationId& id) {
    auto code = s.as(warehouse, dispatch, Dispatch{id, s.state.outbound.back().id, "SF", "OUT1"});
    if (code.empty()) code = s.as(plugin, delivered, Delivered{id, s.state.outbound.back().id});
    return code;
}

/// Two of one line, each in a parcel of its own.
OperationId two_devices(Story& s) {
    const auto id = s.ask(ask_for(OperationKind::repair, SubKind::none, Reason::quality, {want("A", 2)}));
    s.as(agent, approve, Approve{id});
    return id;
}
void comes(Story& s, const OperationId& id, const char* tracking, Grade grade = Grade::damaged) {
    s.as(agent, ship_back, ShipBack{id, "SF", tracking, {a(1)}});
    s.as(warehouse, arrive, Arrive{id, {}, tracking, {}, tracking});
    REQUIRE(s.inspect_all(id, "A", 1, grade).empty());
}
void mended(Story& s, const OperationId& id) {
    s.as(technician, diagnose, Diagnose{id, true, true, 0, 0});
    step(s, id, RepairStep::repaired);
    REQUIRE(step(s, id, RepairStep::test_passed).empty());
}

}  // namespace

TEST_CASE("what is wrong with the goods is kept, and the technician is told how long the policy guarantees them") {
    Story s;
    auto wish = ask_for(OperationKind::repair, SubKind::none, Reason::quality, {want("A", 1)});
    wish.malfunction = Malfunction::function;
    wish.frequency = Frequency::sometimes;
    const auto id = s.ask(wish);
    s.as(agent, approve, Approve{id});
    s.as(agent, ship_back, ShipBack{id, "SF", "T1", {}});
    s.as(warehouse, arrive, Arrive{id, {}, "T1", {}, "R1"});
    s.inspect_all(id, "A", 1, Grade::damaged);
    CHECK(s.op().malfunction == Malfunction::function);
    CHECK(s.op().frequency == Frequency::sometimes);
    const auto acts = s.acts_for(technician);
    const auto act = std::find_if(acts.begin(), acts.end(), [](const Act& one) { return one.command == "diagnose"; });
    REQUIRE(act != acts.end());
    REQUIRE(act->legal);
    const Instant until = s.calendar.window_end(s.state.order.order.delivered_at, s.policy.terms.warranty_days);
    CHECK(act->params == std::vector<std::pair<std::string, std::string>>{{"warranty_until", std::to_string(until.ms)}});
}

TEST_CASE("in warranty: free, with a wait for parts and a test that fails once") {
    Story s;
    const auto id = on_bench(s);
    CHECK(s.op().header == Header::diagnosing);
    CHECK(s.as(agent, diagnose, Diagnose{id, true, true, 0, 0}) == "permission_missing");
    REQUIRE(s.as(technician, diagnose, Diagnose{id, true, true, 300, 200}).empty());
    CHECK(s.op().header == Header::repairing);
    CHECK(s.as(agent, quote_repair, QuoteRepair{id, 100, {}}) == "wrong_repair_stage");
    CHECK(step(s, id, RepairStep::parts_wanted).empty());
    CHECK(s.state.c.status == CaseStatus::waiting_partner);
    CHECK(step(s, id, RepairStep::test_passed) == "wrong_repair_stage");
    CHECK(s.error.params == decltype(s.error.params){{"repair", "waiting_parts"}, {"allowed", "testing"}});
    CHECK(step(s, id, RepairStep::parts_came).empty());
    CHECK(step(s, id, RepairStep::repaired).empty());
    CHECK(step(s, id, RepairStep::test_failed).empty());
    CHECK(step(s, id, RepairStep::repaired).empty());
    CHECK(s.as(agent, close_case, CloseCase{"quality", Fault::merchant, "repaired"}) == "operation_open");  // I29
    CHECK(step(s, id, RepairStep::test_passed).empty());
    CHECK(s.op().header == Header::to_dispatch);
    CHECK(s.units("A", Bucket::with_us) == 1);
    REQUIRE(back(s, id).empty());
    CHECK(s.op().decision == DecisionState::settled);
    CHECK(available(s.state.order, OrderLineId("A"), Bucket::with_customer) == 3);
    CHECK(s.op().parts_minor == 300);
    CHECK(s.state.order.money.front().refunded_minor == 0);
}

TEST_CASE("out of warranty the customer is asked first, and pays before it goes back") {
    Story s;
    const auto id = on_bench(s);
    s.as(technician, diagnose, Diagnose{id, true, false, 300, 200});
    CHECK(s.op().header == Header::quoted);
    CHECK(s.has_task("quote_repair"));
    CHECK(s.as(customer, answer_quote, AnswerQuote{id, true}) == "quote_missing");
    REQUIRE(s.as(agent, quote_repair, QuoteRepair{id, 800, s.now + days(3)}).empty());
    CHECK(s.state.c.status == CaseStatus::waiting_customer);
    SECTION("accepted") {
        REQUIRE(s.as(customer, answer_quote, AnswerQuote{id, true}).empty());
        CHECK(s.clock(ClockKind::repair_due)->due_at == s.now + days(3));
        step(s, id, RepairStep::repaired);
        step(s, id, RepairStep::test_passed);
        CHECK(s.op().header == Header::waiting_payment);
        CHECK(back(s, id) == "difference_not_paid");
        s.as(finance, collected, Collected{id, {}, "card", ""});
        CHECK(back(s, id).empty());
        CHECK(s.op().decision == DecisionState::settled);
        CHECK(s.op().settled.collect_minor == 800);
    }
    SECTION("declined: it goes back as it came") {
        REQUIRE(s.as(customer, answer_quote, AnswerQuote{id, false}).empty());
        CHECK(s.op().repair == RepairStage::unrepaired);
        CHECK(back(s, id).empty());
        CHECK(s.op().settled.collect_minor == 0);
    }
    SECTION("accepted, paid, and then it cannot be done: the money goes back") {
        s.as(customer, answer_quote, AnswerQuote{id, true});
        s.as(finance, collected, Collected{id, {}, "card", ""});
        REQUIRE(step(s, id, RepairStep::gave_up).empty());
        CHECK(s.money(MoneyState::authorised) == 800);
        CHECK(s.has_task("offer_other_kind"));
    }
}

TEST_CASE("what cannot be repaired is exchanged or paid back while it is with us") {
    Story s;
    const auto id = on_bench(s);
    s.as(technician, diagnose, Diagnose{id, true, true, 0, 0});
    REQUIRE(s.as(lead, change_kind, ChangeKind{id, OperationKind::exchange, SubKind::none, true, {}}).empty());
    CHECK(s.op().decision == DecisionState::superseded);
    CHECK(s.op(1).id == s.state.inspections.front().operation_id);
    CHECK(s.op(1).header == Header::to_dispatch);  // that it is damaged is what it came for
}

TEST_CASE("somebody else's thing is no repair") {
    Story s;
    const auto id = on_bench(s, Grade::wrong_item);
    CHECK(s.op().dispute == Dispute::mismatch);
    CHECK(s.as(agent, send_back, SendBack{id, true}).empty());
    CHECK(back(s, id).empty());
    CHECK(s.op().decision == DecisionState::settled);
}

TEST_CASE("the same thing is repaired only so often") {
    Story s;
    s.policy.terms.max_repairs = 1;
    const auto id = on_bench(s);
    s.as(technician, diagnose, Diagnose{id, true, true, 0, 0});
    step(s, id, RepairStep::repaired);
    step(s, id, RepairStep::test_passed);
    back(s, id);
    CHECK(s.ask(ask_for(OperationKind::repair, SubKind::none, Reason::quality, {want("A", 1)})).value == "repair_limit_reached");
    CHECK(s.error.remedies.front().code == "request_exchange");
}

TEST_CASE("a thing given up takes back its own price, not the other's") {
    Story s;
    const auto id = s.ask(ask_for(OperationKind::repair, SubKind::none, Reason::quality, {want("A", 2)}));
    s.as(agent, approve, Approve{id});
    for (const char* parcel : {"T1", "T2"}) {
        s.as(agent, ship_back, ShipBack{id, "SF", parcel, {a(1)}});
        s.as(warehouse, arrive, Arrive{id, {}, parcel, {}, parcel});
        REQUIRE(s.inspect_all(id, "A", 1, Grade::damaged).empty());
        REQUIRE(s.as(technician, diagnose, Diagnose{id, true, false, 0, 0}).empty());
        REQUIRE(s.as(agent, quote_repair, QuoteRepair{id, parcel[1] == '1' ? 100 : 50, {}}).empty());
        REQUIRE(s.as(agent, answer_quote, AnswerQuote{id, true}).empty());
        if (parcel[1] == '2') break;
        step(s, id, RepairStep::repaired);
        REQUIRE(step(s, id, RepairStep::test_passed).empty());
    }
    REQUIRE(step(s, id, RepairStep::gave_up).empty());
    CHECK(s.op().settled.collect_minor == 100);
    CHECK(unpaid_difference(s.state, id)->amount_minor == 100);
}

TEST_CASE("a price that was accepted and never paid is not settled when the repair becomes a return") {
    Story s;
    const auto id = on_bench(s);
    s.as(technician, diagnose, Diagnose{id, true, false, 0, 0});
    s.as(agent, quote_repair, QuoteRepair{id, 500, {}});
    s.as(agent, answer_quote, AnswerQuote{id, true});
    REQUIRE(s.as(lead, change_kind, ChangeKind{id, OperationKind::return_refund, SubKind::none, true, {}}).empty());
    CHECK(s.op().settled.collect_minor == 0);
    CHECK(s.op().settled.replacement_minor == 0);
}

TEST_CASE("the lost parcel of one device turns up: the other stays on the bench") {
    Story s;
    const auto id = two_devices(s);
    comes(s, id, "T1");
    mended(s, id);
    sent(s, id);
    REQUIRE(s.as(plugin, outbound_lost, OutboundLost{id, parcel(s).id}).empty());
    comes(s, id, "T2");
    REQUIRE(received(s, id).empty());
    CHECK(s.op().decision == DecisionState::settling);
    CHECK(s.units("A", Bucket::with_us) == 1);
    mended(s, id);
    CHECK(back(s, id).empty());
    CHECK(s.op().decision == DecisionState::settled);
    CHECK(s.units("A", Bucket::with_customer) == 3);
}

TEST_CASE("a repaired device waits until what is sent back beside it has left and arrived, and while another parcel is lost") {
    Story s;
    const auto id = two_devices(s);
    SECTION("a parcel that is sent back") {
        comes(s, id, "T1");
        comes(s, id, "T2", Grade::wrong_item);
        REQUIRE(s.as(agent, send_back, SendBack{id, true}).empty());
        const OutboundLegId other = parcel(s).id;
        mended(s, id);
        CHECK(sent(s, id) == "parcel_still_out");
        REQUIRE(s.as(warehouse, dispatch, Dispatch{id, other, "SF", "OUT0"}).empty());
        CHECK(sent(s, id) == "parcel_still_out");
        REQUIRE(s.as(plugin, delivered, Delivered{id, other}).empty());
        CHECK(back(s, id).empty());
    }
    SECTION("a parcel that is lost") {
        comes(s, id, "T1");
        mended(s, id);
        sent(s, id);
        const OutboundLegId lost = parcel(s).id;
        REQUIRE(s.as(plugin, outbound_lost, OutboundLost{id, lost}).empty());
        comes(s, id, "T2");
        mended(s, id);
        CHECK(sent(s, id) == "parcel_lost_open");
        REQUIRE(s.as(agent, agree, Agree{id, 1'000, true}).empty());
        CHECK(back(s, id).empty());
    }
    CHECK(s.state.lines.front().awaiting == 0);
    CHECK(s.state.lines.front().accepted >= 0);
}

TEST_CASE("what cannot be repaired, or is not paid for, becomes a return while it is still here") {
    Story s;
    const auto id = on_bench(s);
    SECTION("it cannot be repaired") {
        REQUIRE(s.as(technician, diagnose, Diagnose{id, false, true, 0, 0}).empty());
        CHECK(s.has_task("offer_other_kind"));
    }
    SECTION("it is mended, and nobody pays") {
        s.as(technician, diagnose, Diagnose{id, true, false, 0, 0});
        s.as(agent, quote_repair, QuoteRepair{id, 800, {}});
        s.as(customer, answer_quote, AnswerQuote{id, true});
        for (const RepairStep what : {RepairStep::repaired, RepairStep::test_passed}) REQUIRE(step(s, id, what).empty());
        CHECK(sent(s, id) == "difference_not_paid");
    }
    REQUIRE(s.as(lead, change_kind, ChangeKind{id, OperationKind::return_refund, SubKind::none, true, {}}).empty());
    CHECK(parcel(s).state == OutboundState::voided);
    CHECK(unpaid_difference(s.state, id) == nullptr);
    CHECK(s.op(1).kind == OperationKind::return_refund);
    CHECK_FALSE(s.has_task("dispatch_goods"));
}

TEST_CASE("a thing that was repaired often enough is not repaired by a change of kind either") {
    Story s;
    s.policy.terms.max_repairs = 0;
    CHECK(s.ask(ask_for(OperationKind::repair, SubKind::none, Reason::quality, {want("A", 1)})).value == "repair_limit_reached");
    const auto id = s.ask(ask_for(OperationKind::exchange, SubKind::after_receipt, Reason::quality, {want("A", 1)}));
    CHECK(s.as(agent, change_kind, ChangeKind{id, OperationKind::repair, SubKind::none, true, {}}) == "repair_limit_reached");
}
