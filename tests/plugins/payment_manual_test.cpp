#include "plugins/world.hpp"

using namespace aftercare;
using test::PluginWorld;

namespace {
RefundRequest a_refund() { return {"ATT1", "489434", "PAY-1", Money{1'290, "CNY"}, "quality"}; }
}  // namespace

TEST_CASE("a refund waits for finance, and is one refund however often it is asked") {
    PluginWorld world;
    for (int i = 0; i < 2; ++i) {
        const auto reply = world.answer<RefundReply>(world.ask("P", kRefundOp, a_refund()));
        CHECK(reply.state == RefundState::pending);
        CHECK(reply.external_id == "ATT1");
    }
    auto other = a_refund();
    other.amount.minor = 1'291;
    const auto outcome = world.ask("P", kRefundOp, other);
    CHECK(outcome.error_class == ErrorClass::conflict);
    CHECK(outcome.code == "key_reused");
}

TEST_CASE("asking by key finds what was asked before, also after a restart; an unknown key is not found") {
    PluginWorld world;
    CHECK(world.ask("P", kGetRefundOp, GetRefundRequest{"ATT1"}, false).error_class == ErrorClass::not_found);
    CHECK(world.ask("P", kRefundOp, a_refund()).ok);
    world.supervisor.configure({});
    world.supervisor.configure({world.instance("P", "payment_manual", "{}")});
    CHECK(world.answer<RefundReply>(world.ask("P", kGetRefundOp, GetRefundRequest{"ATT1"}, false)).state == RefundState::pending);
    CHECK(world.ask("P", kGetRefundOp, GetRefundRequest{"ATT2"}, false).error_class == ErrorClass::not_found);
    CHECK(world.ask("P", kGetRefundOp, GetRefundRequest{"../ATT1"}, false).error_class == ErrorClass::not_found);
}

TEST_CASE("an amount that is none is refused by field") {
    PluginWorld world;
    auto refund = a_refund();
    refund.amount.minor = 0;
    CHECK(world.ask("P", kRefundOp, refund).error_class == ErrorClass::invalid);
    refund.amount = {100, "yuan"};
    CHECK(world.ask("P", kRefundOp, refund).error_class == ErrorClass::invalid);
    CHECK(world.call("P", kRefundOp, R"({"key":"K","amount":{"minor":12.5,"currency":"CNY"}})", true).code == "invalid_fields");
    CHECK(world.call("P", "check/1").ok);
}
