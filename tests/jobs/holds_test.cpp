#include <aftercare/connector/courier.hpp>

#include "world.hpp"

namespace aftercare::test {
namespace {

/// Orders that the customer calls off before they have them; the courier and the warehouse are asked first.
struct HoldsWorld : JobsWorld {
    ConnectorId courier{"COURIER"};

    HoldsWorld() { connect_to(courier, shop, "courier_fake"); }

    /// Approved: the warehouse is asked to hold what it has not sent.
    Return called_off(const std::string& number) {
        usecase::PutOrder order;
        order.shop_id = shop;
        order.number = number;
        order.lines = {{"SKU-A", "Cup", 2, 1'000, 0}, {"SKU-B", "Plate", 1, 3'000, 0}};
        order.placed_at = clock.now() - hours(3);
        const auto bought = usecase::put_order(ctx, an_admin(), guard(an_admin()), order).value();
        usecase::OpenCaseIn in;
        in.shop_id = shop;
        in.open.order_id = bought.order.id;
        in.request.emplace();
        in.request->kind = OperationKind::refund_only;
        in.request->sub_kind = SubKind::unshipped_cancel;
        in.request->reason = Reason::no_longer_wanted;
        in.request->lines = {{bought.lines.at(0).id, 2, {}, {}, {}}, {bought.lines.at(1).id, 1, {}, {}, {}}};
        const auto opened = usecase::open_case(ctx, agent, guard(agent), in).value();
        REQUIRE(usecase::approve(ctx, agent, guard(agent), {opened.case_id, {opened.operation_id}}));
        return {opened.case_id, opened.operation_id, {bought.lines.at(0).id, bought.lines.at(1).id}};
    }
    Operation operation(const Return& r) { return state(r).operations.back(); }
};

TEST_CASE("a warehouse that holds the goods settles a cancellation") {
    HoldsWorld w;
    const auto r = w.called_off("7001");
    w.answer = [](const Seen& call) { return call.op == kHoldOrderOp ? accepted(R"({"state":"held"})") : JobsWorld::fine(call.op); };
    w.tick();
    const auto asked = w.seen_of(kHoldOrderOp);
    REQUIRE(asked.size() == 1);
    const auto request = decode<HoldRequest>(asked[0].request).value();
    CHECK(request.order_number == "7001");
    CHECK(request.reason == "no_longer_wanted");
    REQUIRE(request.lines.size() == 2);
    CHECK(request.lines[0].qty == 2);
    CHECK(w.operation(r).decision == DecisionState::settling);
    CHECK(w.state(r).money.at(0).amount_minor == 5'000);
    CHECK_FALSE(w.has_task(r, "hold_order"));
    CHECK(w.last("hold_order").state == OutboxState::done);
}

TEST_CASE("goods that had left already are stopped by the courier, who may only try") {
    HoldsWorld w;
    const auto r = w.called_off("7002");
    std::string stopped = R"({"state":"pending"})";
    w.answer = [&](const Seen& call) {
        if (call.op == kHoldOrderOp) return accepted(R"({"state":"already_shipped"})");
        return call.op == kInterceptOp ? accepted(stopped) : JobsWorld::fine(call.op);
    };
    w.tick();
    w.tick();
    REQUIRE(w.seen_of(kInterceptOp).size() == 1);
    CHECK(decode<InterceptRequest>(w.seen_of(kInterceptOp)[0].request)->order_number == "7002");
    CHECK(w.operation(r).sub_kind == SubKind::intercept);
    CHECK(w.operation(r).decision == DecisionState::verifying);  // nobody knows yet
    CHECK(w.has_task(r, "intercept_parcel"));
    CHECK(w.last("intercept_parcel").state == OutboxState::done);
}

TEST_CASE("an answer that says nothing of use leaves the question to a person") {
    HoldsWorld w;
    const auto r = w.called_off("7003");
    w.answer = [](const Seen&) { return accepted(R"({"state":"perhaps"})"); };
    w.live(days(2), hours(1));
    CHECK(w.last("hold_order").state == OutboxState::dead);
    CHECK(w.operation(r).decision == DecisionState::verifying);
    CHECK(w.has_task(r, "hold_order"));
}

TEST_CASE("a cancellation that is withdrawn lets the warehouse send the goods") {
    HoldsWorld w;
    const auto r = w.called_off("7004");
    const auto held = w.operation(r).id;
    w.answer = [](const Seen& call) { return call.op == kHoldOrderOp ? failed(ErrorClass::unavailable) : JobsWorld::fine(call.op); };
    w.tick();
    REQUIRE(usecase::withdraw(w.ctx, w.agent, w.guard(w.agent), {r.case_id, {held, {{r.lines[0], 1}}}}));
    w.tick();
    const auto part = w.seen_of(kReleaseOrderOp);
    REQUIRE(part.size() == 1);
    const auto request = decode<HoldRequest>(part[0].request).value();
    REQUIRE(request.lines.size() == 1);
    CHECK(request.lines[0].qty == 1);
    REQUIRE(usecase::withdraw(w.ctx, w.agent, w.guard(w.agent), {r.case_id, {held, {}}}));
    w.tick();
    REQUIRE(w.seen_of(kReleaseOrderOp).size() == 2);
    CHECK(decode<HoldRequest>(w.seen_of(kReleaseOrderOp)[1].request)->lines.empty());  // all of it
    CHECK(w.last("release_order").state == OutboxState::done);
    w.live(hours(3));
    CHECK(w.last("hold_order").state == OutboxState::done);  // nothing left to ask
    CHECK(w.open_tasks(r) == 0);
}

}  // namespace
}  // namespace aftercare::test
