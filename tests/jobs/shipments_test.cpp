#include <aftercare/connector/warehouse.hpp>

#include "world.hpp"

namespace aftercare::test {
namespace {

/// Goods for the customer that the warehouse is told to send: parts sent again, which need no goods back.
struct ShipmentsWorld : JobsWorld {
    Return sent_again(const std::string& number) {
        const auto bought = sold(number);
        usecase::OpenCaseIn in;
        in.shop_id = shop;
        in.open.order_id = bought.order.id;
        in.request.emplace();
        in.request->kind = OperationKind::reissue;
        in.request->sub_kind = SubKind::part;
        in.request->reason = Reason::missing_parts;
        in.request->photo_ref = "PHOTO";
        in.request->lines = {{bought.lines.at(0).id, 2, {}, {}, {}}};
        const auto opened = usecase::open_case(ctx, agent, guard(agent), in).value();
        REQUIRE(usecase::approve(ctx, agent, guard(agent), {opened.case_id, {opened.operation_id}}));
        REQUIRE(usecase::answer_check(ctx, agent, guard(agent), {opened.case_id, {opened.operation_id, CheckResult::confirmed, {}, {}}}));
        return {opened.case_id, opened.operation_id, {bought.lines.at(0).id, bought.lines.at(1).id}};
    }
    OutboundLeg parcel(const Return& r) { return state(r).outbound.back(); }
    usecase::Taken tell(const std::string& item) {
        return usecase::take_page(ctx, {warehouse, shop}, PullStream::shipments, R"({"items":[)" + item + R"(],"cursor":"c"})").value();
    }
};

TEST_CASE("a replacement is ordered from the warehouse once, and what it sent is dispatched") {
    ShipmentsWorld w;
    const auto r = w.sent_again("8001");
    w.tick();
    const auto asked = w.seen_of(kShipReplacementOp);
    REQUIRE(asked.size() == 1);
    CHECK(asked[0].key == w.parcel(r).id.value);
    const auto request = decode<ShipRequest>(asked[0].request).value();
    CHECK(request.key == w.parcel(r).id.value);
    CHECK(request.kind == "reissue");
    CHECK(request.order_number == "8001");
    REQUIRE(request.lines.size() == 1);
    CHECK(request.lines[0].sku == "SKU-A");
    CHECK(request.lines[0].qty == 2);
    CHECK(w.parcel(r).order_ref == "W-1");
    CHECK(w.last("ship_replacement").state == OutboxState::done);
    CHECK(w.has_task(r, "dispatch_goods"));

    const std::string sent = R"({"id":"S1","key":")" + w.parcel(r).id.value + R"(","carrier":"SF","tracking":"SF900"})";
    CHECK(w.tell(sent).problems == 0);
    CHECK(w.parcel(r).state == OutboundState::dispatched);
    CHECK(w.parcel(r).tracking == "SF900");
    CHECK_FALSE(w.has_task(r, "dispatch_goods"));
    const auto version = w.state(r).c.version;
    CHECK(w.tell(sent).problems == 0);  // told again
    CHECK(w.state(r).c.version == version);
    CHECK(w.tell(R"({"id":"S2","key":"NOBODY","carrier":"SF","tracking":"SF901"})").problems == 1);
    w.live(hours(2), minutes(30));
    CHECK(w.seen_of(kShipReplacementOp).size() == 1);
}

TEST_CASE("a warehouse that is not there now is asked until it is, with the same key; one that refuses leaves it to people") {
    ShipmentsWorld w;
    const auto r = w.sent_again("8002");
    SECTION("later") {
        int left = 2;
        w.answer = [&](const Seen& call) { return call.op == kShipReplacementOp && left-- > 0 ? failed(ErrorClass::unavailable) : JobsWorld::fine(call.op); };
        w.live(hours(3));
        const auto asked = w.seen_of(kShipReplacementOp);
        REQUIRE(asked.size() == 3);
        CHECK(asked[0].key == asked[2].key);
        CHECK(w.parcel(r).order_ref == "W-1");
        CHECK_FALSE(w.has_task(r, "ship_failed"));
    }
    SECTION("never") {
        w.answer = [&](const Seen& call) { return call.op == kShipReplacementOp ? failed(ErrorClass::invalid, "unknown_sku") : JobsWorld::fine(call.op); };
        w.tick();
        CHECK(w.last("ship_replacement").state == OutboxState::dead);
        CHECK(w.has_task(r, "ship_failed"));
        CHECK(w.has_task(r, "dispatch_goods"));
    }
}

TEST_CASE("without a plugin people send it, as before") {
    ShipmentsWorld w;
    w.switch_off(w.warehouse);
    const auto r = w.sent_again("8003");
    w.tick();
    CHECK(w.seen_of(kShipReplacementOp).empty());
    CHECK(w.last("ship_replacement").last_error == "no_connector");
    CHECK(w.open_tasks(r) > 0);
}

}  // namespace
}  // namespace aftercare::test
