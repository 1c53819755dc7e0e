#include "world.hpp"

namespace aftercare::test {
namespace {

connect::Outcome refund(std::string_view state) {
    return accepted(R"({"state":")" + std::string(state) + R"(","external_id":"P-9","code":"why"})");
}

TEST_CASE("a refund goes out under its attempt's key and settles the return") {
    JobsWorld w;
    const auto r = w.refunding("5001");
    w.tick();
    REQUIRE(w.seen.size() == 1);
    const auto request = decode<RefundRequest>(w.seen[0].request).value();
    const auto attempt = w.state(r).attempts.at(0);
    CHECK(w.seen[0].op == kRefundOp);
    CHECK(request.key == attempt.id.value);
    CHECK(w.seen[0].key == attempt.id.value);
    CHECK(request.amount == Money{2'000, "CNY"});
    CHECK(request.order_number == "5001");
    CHECK(attempt.provider_ref == "P-1");
    CHECK(w.leg(r) == MoneyState::succeeded);
    CHECK(w.state(r).operations.at(0).decision == DecisionState::settled);
}

TEST_CASE("a failed refund is finance's, and the next attempt has a new key") {
    JobsWorld w;
    const auto r = w.refunding("5002");
    w.answer = [](const Seen&) { return refund("failed"); };
    w.tick();
    CHECK(w.leg(r) == MoneyState::failed);
    CHECK(w.open_tasks(r) == 1);
    w.answer = [](const Seen&) { return failed(ErrorClass::rejected, "account_closed"); };
    w.submit(r);
    w.tick();
    CHECK(w.leg(r) == MoneyState::failed);
    CHECK(w.state(r).attempts.back().code == "account_closed");
    REQUIRE(w.seen.size() == 2);
    CHECK(w.seen[0].key != w.seen[1].key);
}

TEST_CASE("an unknown refund is only asked about, at the domain's times, until it is known") {
    JobsWorld w;
    const auto r = w.refunding("5003");
    const auto error = GENERATE(ErrorClass::unknown, ErrorClass::crashed, ErrorClass::deadline, ErrorClass::protocol, ErrorClass::internal,
                                ErrorClass::conflict);
    w.answer = [&](const Seen& call) { return call.op == kRefundOp ? failed(error) : refund("pending"); };
    w.tick();
    CHECK(w.leg(r) == MoneyState::unknown);
    w.live(minutes(4));
    CHECK(w.seen.size() == 1);
    w.live(minutes(2));
    CHECK(w.seen_of(kGetRefundOp).size() == 1);
    CHECK(w.leg(r) == MoneyState::unknown);
    w.answer = [](const Seen&) { return refund("succeeded"); };
    w.live(hours(1));
    CHECK(w.leg(r) == MoneyState::succeeded);
    CHECK(w.seen_of(kGetRefundOp).size() == 2);
    CHECK(w.seen_of(kRefundOp).size() == 1);
    CHECK(w.seen.back().key == w.seen.front().key);
}

TEST_CASE("an unknown refund that failed may be submitted anew") {
    JobsWorld w;
    const auto r = w.refunding("5004");
    w.answer = [](const Seen& call) { return call.op == kRefundOp ? failed(ErrorClass::unknown) : refund("failed"); };
    w.tick();
    CHECK(usecase::submit_refund(w.ctx, w.finance, w.guard(w.finance), {r.case_id, {r.operation_id, {}}}).error().code == "refund_unknown");
    w.live(minutes(10));
    CHECK(w.leg(r) == MoneyState::failed);
    w.answer = [](const Seen&) { return refund("succeeded"); };
    w.submit(r);
    w.tick();
    CHECK(w.leg(r) == MoneyState::succeeded);
}

TEST_CASE("asking that fails is repeated a little, and stays unknown for finance in the end") {
    JobsWorld w;
    const auto r = w.refunding("5005");
    w.answer = [](const Seen& call) { return failed(call.op == kRefundOp ? ErrorClass::unknown : ErrorClass::unavailable); };
    w.live(hours(40), minutes(5));
    CHECK(w.leg(r) == MoneyState::unknown);
    CHECK(w.seen_of(kRefundOp).size() == 1);
    CHECK(w.seen_of(kGetRefundOp).size() >= 4);
    CHECK(w.seen_of(kGetRefundOp).size() <= 12);
    CHECK(w.open_tasks(r) >= 1);
    for (const auto& message : w.outbox()) CHECK(message.state != OutboxState::pending);
    const auto attempt = w.state(r).attempts.back().id;
    REQUIRE(usecase::refund_result(w.ctx, w.finance, w.guard(w.finance),
                                   {r.case_id, {r.operation_id, attempt, RefundResult::ok, "bank", {}}}));
    CHECK(w.leg(r) == MoneyState::succeeded);
}

TEST_CASE("a refund that a person pays stays submitted until finance says so") {
    JobsWorld w;
    const auto r = w.refunding("5006");
    w.answer = [](const Seen&) { return refund("pending"); };
    const auto version = w.state(r).c.version;
    w.tick();
    CHECK(w.leg(r) == MoneyState::submitted);
    CHECK(w.state(r).c.version == version);
    CHECK(w.last("submit_refund").state == OutboxState::done);
}

TEST_CASE("a provider that wants a person gets a task, not another call") {
    JobsWorld w;
    const auto r = w.refunding("5007");
    w.answer = [](const Seen&) { return failed(ErrorClass::needs_input, "sms_code"); };
    w.live(hours(3));
    CHECK(w.seen.size() == 1);
    CHECK(w.leg(r) == MoneyState::submitted);
    CHECK(w.open_tasks(r) >= 1);
}

TEST_CASE("without a payment connector the finance queue decides") {
    JobsWorld w;
    w.switch_off(w.payment);
    const auto r = w.refunding("5008");
    w.tick();
    CHECK(w.seen.empty());
    CHECK(w.leg(r) == MoneyState::submitted);
    CHECK(w.last("submit_refund").last_error == "no_connector");
}

TEST_CASE("after a crash the provider is asked before the key is sent again") {
    JobsWorld w;
    const auto r = w.refunding("5009");
    w.answer = [](const Seen&) -> connect::Outcome { throw std::runtime_error("the power went"); };
    w.tick();
    const bool arrived = GENERATE(true, false);
    w.answer = [&](const Seen& call) {
        if (call.op == kGetRefundOp) return arrived ? refund("succeeded") : failed(ErrorClass::not_found);
        return refund("succeeded");
    };
    w.clock.advance(minutes(1));
    w.tick();
    CHECK(w.leg(r) == MoneyState::succeeded);
    CHECK(w.seen_of(kGetRefundOp).size() == 1);
    CHECK(w.seen_of(kRefundOp).size() == (arrived ? 1 : 2));
    for (const auto& call : w.seen) CHECK(call.key == w.seen[0].key);
}

TEST_CASE("after a crash a provider that cannot be asked is not called again") {
    JobsWorld w;
    w.switch_off(w.payment);
    w.connect_to(ConnectorId("BLIND"), w.shop, "payment_blind");
    const auto r = w.refunding("5010");
    w.answer = [](const Seen&) -> connect::Outcome { throw std::runtime_error("the power went"); };
    w.tick();
    w.live(hours(1));
    CHECK(w.seen.size() == 1);
    CHECK(w.leg(r) == MoneyState::submitted);
    CHECK(w.last("submit_refund").last_error == "in_doubt");
}

TEST_CASE("a refund in doubt is not asked of another connector") {
    JobsWorld w;
    const auto r = w.refunding("5011");
    w.answer = [](const Seen&) -> connect::Outcome { throw std::runtime_error("the power went"); };
    w.tick();
    w.switch_off(w.payment);
    w.connect_to(ConnectorId("SECOND"), w.shop, "payment_fake");
    w.answer = [](const Seen&) { return refund("succeeded"); };
    w.live(hours(1));
    CHECK(w.seen.size() == 1);
    CHECK(w.leg(r) == MoneyState::submitted);
}

TEST_CASE("a late success counts once, whoever has the message now") {
    JobsWorld w;
    const auto r = w.refunding("5012");
    const auto late = usecase::claim_messages(w.ctx, "slow", 20, JobsWorld::offers).value();
    REQUIRE(late.calls.size() == 1);
    w.clock.advance(minutes(1));
    const auto taken = usecase::claim_messages(w.ctx, "other", 20, JobsWorld::offers).value();
    REQUIRE(taken.calls.size() == 1);
    CHECK(taken.calls[0].asks_first);

    const auto rule = [](ErrorClass c, std::int64_t n, Duration wait) { return jobs::retry_after(c, n, wait, 0); };
    const usecase::CallOutcome paid{true, R"({"state":"succeeded","external_id":"P-2"})", {}, {}, {}};
    REQUIRE(usecase::record_outcome(w.ctx, late.calls[0], paid, rule));
    CHECK(w.leg(r) == MoneyState::succeeded);
    CHECK(w.last("submit_refund").lease_owner == "other");
    REQUIRE(usecase::record_outcome(w.ctx, taken.calls[0], paid, rule));
    REQUIRE(usecase::record_outcome(w.ctx, late.calls[0], paid, rule));
    CHECK(w.state(r).order.money.at(0).refunded_minor == 2'000);
    CHECK(w.last("submit_refund").state == OutboxState::done);
}

TEST_CASE("a refund that finance settled meanwhile is not sent") {
    JobsWorld w;
    const auto r = w.refunding("5013");
    const auto attempt = w.state(r).attempts.back().id;
    REQUIRE(usecase::refund_result(w.ctx, w.finance, w.guard(w.finance),
                                   {r.case_id, {r.operation_id, attempt, RefundResult::ok, "bank", {}}}));
    w.tick();
    CHECK(w.seen.empty());
    CHECK(w.last("submit_refund").last_error == "already_answered");
}

}  // namespace
}  // namespace aftercare::test
