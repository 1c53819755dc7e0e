#include <catch2/catch.hpp>

#include "domain/recalls.hpp"
#include "story.hpp"

/// Goods beside an operation's own units: wrongly sent ones called back, lost ones that turn up (after-sales.md section 3, reissue).
using namespace story;

namespace {

/// A spoon came in place of a mug: the mug is sent after.
OperationId wrong_thing(Story& s, SubKind way = SubKind::unit, Reason reason = Reason::wrong_item) {
    const auto id = s.ask(ask_for(OperationKind::reissue, way, reason, {want("A", 2)}));
    s.as(agent, approve, Approve{id});
    s.as(warehouse, answer_check, AnswerCheck{id, CheckResult::confirmed, {}, {}});
    return id;
}
OpenRecall spoons(const OperationId& id, std::int64_t qty) { return {id, "SPOON", "Spoon", qty, "SF", "SF77", {}}; }
void sent_and_there(Story& s, const OperationId& id) {
    s.as(warehouse, dispatch, Dispatch{id, s.state.outbound.back().id, "SF", "OUT1"});
    s.as(plugin, delivered, Delivered{id, s.state.outbound.back().id});
}
const InboundLeg& find_inbound(const Story& s, const InboundLegId& id) {
    return *std::find_if(s.state.inbound.begin(), s.state.inbound.end(), [&](const InboundLeg& leg) { return leg.id == id; });
}
std::int64_t refunds(const Story& s) {
    return std::count_if(s.state.money.begin(), s.state.money.end(), [](const MoneyLeg& leg) { return leg.kind == MoneyKind::refund; });
}

}  // namespace

TEST_CASE("what was sent by mistake is called back, nothing waits for it, and it is taken in when it comes") {
    Story s;
    const auto id = wrong_thing(s);
    CHECK(s.as(customer, open_recall, spoons(id, 2)) == "permission_missing");
    REQUIRE(s.as(agent, open_recall, spoons(id, 2)).empty());
    const auto leg = s.state.inbound.back();
    CHECK(leg.purpose == InboundPurpose::recall);
    CHECK(leg.state == InboundState::in_transit);
    CHECK(s.op().header == Header::to_dispatch);
    const auto units = s.state.order.units;
    sent_and_there(s, id);
    CHECK(s.op().decision == DecisionState::settled);  // it waits for nothing
    const auto settled = s.op();

    CHECK(s.as(warehouse, recall_arrived, RecallArrived{id, leg.id, 3}) == "more_than_announced");
    REQUIRE(s.as(warehouse, recall_arrived, RecallArrived{id, leg.id, 1}).empty());
    CHECK(s.as(warehouse, inspect_recall, InspectRecall{id, leg.id, 2, Grade::pass, Disposition::restock, {}, {}}) == "qty_over_arrived");
    CHECK(s.as(warehouse, inspect_recall, InspectRecall{id, leg.id, 1, Grade::used, Disposition::restock, {}, {}}) == "photo_required");
    REQUIRE(s.as(warehouse, inspect_recall, InspectRecall{id, leg.id, 1, Grade::pass, Disposition::restock, {}, {}}).empty());
    CHECK(s.state.inbound.back().state == InboundState::arrived);
    REQUIRE(s.as(warehouse, recall_arrived, RecallArrived{id, leg.id, 1}).empty());
    REQUIRE(s.as(technician, inspect_recall, InspectRecall{id, leg.id, 1, Grade::damaged, Disposition::scrap, "photo", {}}).empty());
    CHECK(s.state.inbound.back().state == InboundState::inspected);
    CHECK(s.state.inspections.size() == 2);
    CHECK(s.op() == settled);
    CHECK(refunds(s) == 0);
    CHECK(count_units(s.state.order, OrderLineId("A"), Bucket::exchanged, {}) == 2);
}

TEST_CASE("only a wrong item is called back; what does not come is ended, and counted when it comes after all") {
    Story s;
    const auto part = wrong_thing(s, SubKind::part, Reason::missing_parts);
    CHECK(s.as(agent, open_recall, spoons(part, 1)) == "no_wrong_item");
    Story t;
    const auto id = wrong_thing(t);
    REQUIRE(t.as(agent, open_recall, OpenRecall{id, "SPOON", {}, 1, {}, {}, {}}).empty());
    const auto leg = t.state.inbound.back();
    CHECK(leg.state == InboundState::expected);
    REQUIRE(t.as(agent, end_recall, EndRecall{id, leg.id}).empty());
    CHECK(t.state.inbound.back().state == InboundState::lost);
    REQUIRE(t.as(warehouse, recall_arrived, RecallArrived{id, leg.id, 1}).empty());
    CHECK(t.as(agent, end_recall, EndRecall{id, leg.id}) == "recall_ended");
    CHECK(t.as(agent, carrier_lost, CarrierLost{id, leg.id}) == "inbound_leg_not_found");  // it is no parcel of the return
}

TEST_CASE("what is called back goes with its line when the customer takes money instead, and stays where the line stays") {
    Story s;
    const auto old = s.ask(ask_for(OperationKind::reissue, SubKind::unit, Reason::wrong_item, {want("A", 1), want("B", 1)}));
    REQUIRE(s.as(agent, approve, Approve{old}).empty());  // the warehouse looks into it
    REQUIRE(s.as(agent, open_recall, OpenRecall{old, "SPOON", {}, 1, {}, {}, OrderLineId("A")}).empty());
    const auto of_a = s.state.inbound.back();
    REQUIRE(s.as(agent, open_recall, OpenRecall{old, "FORK", {}, 1, {}, {}, OrderLineId("B")}).empty());
    const auto of_b = s.state.inbound.back();
    REQUIRE(s.as(customer, withdraw, Withdraw{old, {{OrderLineId("B"), 1}}}).empty());
    REQUIRE(s.as(warehouse, recall_arrived, RecallArrived{old, of_b.id, 1}).empty());
    REQUIRE(s.as(warehouse, inspect_recall, InspectRecall{old, of_b.id, 1, Grade::pass, Disposition::restock, {}, {}}).empty());

    REQUIRE(s.as(agent, change_kind, ChangeKind{old, OperationKind::return_refund, SubKind::none, true, {}}).empty());
    const auto by = s.op().superseded_by.empty() ? s.op().id : s.op().superseded_by;
    REQUIRE(by != old);
    CHECK(find_inbound(s, of_a.id).operation_id == by);
    CHECK(find_inbound(s, of_b.id).operation_id == old);
    CHECK(s.state.inspections.front().operation_id == old);
    REQUIRE(s.as(warehouse, recall_arrived, RecallArrived{by, of_a.id, 1}).empty());
    CHECK(s.as(warehouse, inspect_recall, InspectRecall{by, of_a.id, 1, Grade::pass, Disposition::restock, {}, {}}).empty());
}

TEST_CASE("a lost parcel that turns up is recovered: counted once, without a refund") {
    Story s;
    const auto id = wrong_thing(s, SubKind::unit, Reason::not_received);
    sent_and_there(s, id);
    const auto settled = s.op();
    const auto units = s.state.order.units;
    CHECK(s.as(agent, lost_came_back, LostCameBack{id, "SF1", {}, "R1"}) == "permission_missing");
    CHECK(s.as(warehouse, lost_came_back, LostCameBack{id, "SF1", {a(3)}, "R1"}) == "more_than_lost");
    REQUIRE(s.as(warehouse, lost_came_back, LostCameBack{id, "SF1", {a(1)}, "R1"}).empty());
    REQUIRE(s.as(warehouse, lost_came_back, LostCameBack{id, "SF1", {}, "R2"}).empty());  // the rest
    CHECK(s.as(warehouse, lost_came_back, LostCameBack{id, "SF1", {}, "R3"}) == "nothing_lost");
    CHECK(s.state.inbound.size() == 2);
    CHECK(s.state.inbound.back().purpose == InboundPurpose::recovered);
    CHECK(s.state.inbound.back().sku == "SKU-A");
    REQUIRE(s.as(warehouse, inspect_recall, InspectRecall{id, s.state.inbound.back().id, 1, Grade::pass, Disposition::restock, {}, {}}).empty());
    CHECK(s.state.order.units == units);  // I1: no unit moved
    CHECK(s.op() == settled);
    CHECK(refunds(s) == 0);
}

TEST_CASE("a replacement that was lost and sent again may turn up, too") {
    Story s;
    const auto id = wrong_thing(s);
    CHECK(s.as(warehouse, lost_came_back, LostCameBack{id, "SF1", {}, {}}) == "nothing_lost");
    s.as(warehouse, dispatch, Dispatch{id, s.state.outbound.back().id, "SF", "OUT1"});
    REQUIRE(s.as(agent, outbound_lost, OutboundLost{id, s.state.outbound.back().id}).empty());
    sent_and_there(s, id);
    REQUIRE(s.as(warehouse, lost_came_back, LostCameBack{id, "OUT1", {}, {}}).empty());
    CHECK(s.state.inbound.back().qty == 2);
}

TEST_CASE("the warehouse is told to send as soon as a parcel may leave, and not to when it is void") {
    const auto told = [](const Story& s) {
        std::vector<std::string> topics;
        for (const auto& effect : s.effects) {
            if (std::holds_alternative<ShipReplacement>(effect)) topics.emplace_back("ship");
            if (std::holds_alternative<CancelShipment>(effect)) topics.emplace_back("cancel");
        }
        return topics;
    };
    SECTION("a reissue") {
        Story s;
        const auto id = wrong_thing(s);
        CHECK(told(s) == std::vector<std::string>{"ship"});
        s.as(warehouse, reserve, Reserve{id, StockState::out_of_stock, {}});
        REQUIRE(s.as(agent, change_kind, ChangeKind{id, OperationKind::return_refund, SubKind::none, true, {}}).empty());
        CHECK(told(s) == std::vector<std::string>{"ship"});  // it could not leave when it became void
    }
    SECTION("what is paid for first") {
        Story s;
        const auto id = s.ask(ask_for(OperationKind::exchange, SubKind::after_receipt, Reason::wrong_size, {want("A", 1, "MUG-XL", 1'300)}));
        s.as(agent, approve, Approve{id});
        s.as(agent, ship_back, ShipBack{id, "SF", "T1", {}});
        s.as(warehouse, arrive, Arrive{id, {}, "T1", {}, "R1"});
        s.inspect_all(id, "A", 1);
        CHECK(told(s).empty());
        s.as(finance, collected, Collected{id, {}, "card", "P7"});
        CHECK(told(s) == std::vector<std::string>{"ship"});
        REQUIRE(s.take(shipment_ordered(s.state, {id, s.state.outbound.back().id}, "W-1", s.facts(plugin))).empty());
        CHECK(s.state.outbound.back().order_ref == "W-1");
        CHECK(s.take(shipment_ordered(s.state, {id, s.state.outbound.back().id}, "W-1", s.facts(plugin))).empty());
        CHECK(s.last.empty());
        REQUIRE(s.as(agent, change_kind, ChangeKind{id, OperationKind::return_refund, SubKind::none, true, {}}).empty());
        CHECK(told(s) == std::vector<std::string>{"ship", "cancel"});
    }
}
