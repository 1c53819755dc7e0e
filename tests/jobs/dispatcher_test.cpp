#include "world.hpp"

namespace aftercare::test {
namespace {

TEST_CASE("an approved return is announced to the warehouse") {
    JobsWorld w;
    const auto r = w.approved("1001");
    w.tick();
    REQUIRE(w.seen.size() == 1);
    const auto notice = decode<ReturnNotice>(w.seen[0].request).value();
    CHECK(w.seen[0].op == kAnnounceReturnOp);
    CHECK(w.seen[0].connector == w.warehouse);
    CHECK(notice.key == r.operation_id.value);
    CHECK(notice.order_number == "1001");
    CHECK(notice.shop == "main");
    REQUIRE(notice.lines.size() == 1);
    CHECK(notice.lines[0].sku == "SKU-A");
    CHECK(notice.lines[0].qty == 2);
    CHECK(w.state(r).operations.at(0).return_ref == "W-1");
    CHECK(w.last("announce_return").state == OutboxState::done);
    w.tick();
    CHECK(w.seen.size() == 1);
}

TEST_CASE("a shipped parcel and a withdrawn return are told to whoever knows the return") {
    JobsWorld w;
    const auto r = w.shipped("1002");
    w.tick();
    const auto updates = w.seen_of(kUpdateReturnOp);
    REQUIRE(updates.size() == 1);
    const auto notice = decode<ReturnNotice>(updates[0].request).value();
    CHECK(notice.tracking == "SF1002");
    CHECK(notice.lines.at(0).qty == 2);

    const auto gone = w.approved("1003");
    w.tick();
    REQUIRE(usecase::withdraw(w.ctx, w.agent, w.guard(w.agent), {gone.case_id, {gone.operation_id, {}}}));
    w.answer = [](const Seen&) { return failed(ErrorClass::not_found); };
    w.tick();
    CHECK(w.seen_of(kCancelReturnOp).size() == 1);
    CHECK(w.last("cancel_return").state == OutboxState::done);  // nothing there: nothing to cancel
}

TEST_CASE("what was provably not done is tried again with the same key, later and later") {
    JobsWorld w;
    const auto r = w.approved("1004");
    w.answer = [](const Seen&) { return failed(ErrorClass::unavailable, "connection_refused"); };
    w.tick();
    const auto first = w.last("announce_return");
    CHECK(first.state == OutboxState::pending);
    CHECK(first.last_error == "connection_refused");
    CHECK(first.due_at > w.clock.now());
    w.tick();
    CHECK(w.seen.size() == 1);  // not before it is due

    w.clock.set(first.due_at);
    w.tick();
    CHECK(w.last("announce_return").due_at - w.clock.now() > first.due_at - ManualClock::kStart);
    w.answer = [](const Seen& call) { return JobsWorld::fine(call.op); };
    w.clock.set(w.last("announce_return").due_at);
    w.tick();
    REQUIRE(w.seen.size() == 3);
    CHECK(w.seen[0].key == w.seen[2].key);
    CHECK(w.seen[2].attempt == 3);
    CHECK(w.state(r).operations.at(0).return_ref == "W-1");
    CHECK(w.open_tasks(r) == 0);
}

TEST_CASE("a refused announcement is dead at once and becomes a task") {
    JobsWorld w;
    const auto r = w.approved("1005");
    w.answer = [](const Seen&) { return failed(ErrorClass::rejected, "sku_unknown"); };
    w.tick();
    CHECK(w.last("announce_return").state == OutboxState::dead);
    CHECK(w.last("announce_return").last_error == "sku_unknown");
    CHECK(w.open_tasks(r) == 1);
    w.live(hours(2));
    CHECK(w.seen.size() == 1);
}

TEST_CASE("after the last attempt a message is dead and a task says so") {
    JobsWorld w;
    const auto r = w.approved("1006");
    w.answer = [](const Seen&) { return failed(ErrorClass::unavailable, "down"); };
    w.live(hours(40), minutes(10));
    CHECK(w.last("announce_return").state == OutboxState::dead);
    CHECK(static_cast<std::int64_t>(w.seen_of(kAnnounceReturnOp).size()) == jobs::kMaxAttempts);
    CHECK(w.open_tasks(r) >= 1);
}

TEST_CASE("an unreadable reply and a lost one are tried again with the same key") {
    JobsWorld w;
    const auto r = w.approved("1007");
    int calls = 0;
    w.answer = [&](const Seen& call) {
        ++calls;
        return calls == 1 ? accepted(R"({"external_id":7})") : calls == 2 ? failed(ErrorClass::unknown, "deadline") : JobsWorld::fine(call.op);
    };
    w.live(minutes(5), seconds(30));
    CHECK(calls == 3);
    CHECK(w.seen[0].key == w.seen[2].key);
    CHECK(w.state(r).operations.at(0).return_ref == "W-1");
}

TEST_CASE("a quota or a bad login uses up no attempt and holds the connector's other messages") {
    JobsWorld w;
    w.approved("1008");
    w.approved("1009");
    const auto error = GENERATE(ErrorClass::rate_limited, ErrorClass::auth, ErrorClass::circuit_open);
    w.answer = [&](const Seen&) { return failed(error); };
    for (int i = 0; i < 50; ++i) {
        w.tick();
        w.clock.advance(minutes(6));
    }
    CHECK(w.seen.size() == 50);  // one message asks each time, the other waits with it
    for (const auto& message : w.outbox()) {
        CHECK(message.state == OutboxState::pending);
        CHECK(message.attempts <= 1);
    }
    w.answer = [](const Seen& call) { return JobsWorld::fine(call.op); };
    w.dispatcher.resume();
    w.live(minutes(20));
    for (const auto& message : w.outbox()) CHECK(message.state == OutboxState::done);
}

TEST_CASE("without a connector nothing is asked and nobody waits") {
    JobsWorld w;
    w.switch_off(w.warehouse);
    const auto r = w.approved("1010");
    const auto version = w.state(r).c.version;
    w.tick();
    CHECK(w.seen.empty());
    CHECK(w.last("announce_return").state == OutboxState::done);
    CHECK(w.last("announce_return").last_error == "no_connector");
    CHECK(w.state(r).c.version == version);
}

TEST_CASE("a message whose plugin is not here waits for it and uses no attempt") {
    JobsWorld w;
    w.replace_plugin(w.warehouse, "away");
    const auto r = w.approved("1020");
    w.live(days(1), minutes(20));
    CHECK(w.seen.empty());
    CHECK(w.last("announce_return").state == OutboxState::pending);
    CHECK(w.last("announce_return").attempts == 0);
    CHECK(w.last("announce_return").due_at > w.clock.now());
    w.replace_plugin(w.warehouse, "warehouse_fake");
    w.live(minutes(1));
    CHECK(w.seen.size() == 1);
    CHECK(w.state(r).operations.at(0).return_ref == "W-1");
    w.replace_plugin(w.warehouse, "away");  // who knows the return is waited for, though another could be told
    w.connect_to(ConnectorId("SECOND"), w.shop, "warehouse_fake");
    REQUIRE(usecase::withdraw(w.ctx, w.agent, w.guard(w.agent), {r.case_id, {r.operation_id, {}}}));
    w.tick();
    CHECK(w.last("cancel_return").state == OutboxState::pending);
    w.switch_off(w.warehouse);
    w.live(minutes(1));
    CHECK(w.last("cancel_return").last_error == "no_connector");
    CHECK(w.seen.size() == 1);
}

TEST_CASE("after four hours without its plugin a return has a task, once, and its message still waits") {
    JobsWorld w;
    const auto r = w.approved("1021");
    const bool absent = GENERATE(true, false);
    if (absent) w.replace_plugin(w.warehouse, "away");
    w.answer = [](const Seen&) {
        auto outcome = failed(ErrorClass::unavailable, "plugin_quarantined");
        outcome.asked = false;
        return outcome;
    };
    w.live(hours(3), minutes(5));
    CHECK(w.open_tasks(r) == 0);
    w.live(hours(5), minutes(5));
    CHECK(w.has_task(r, "announce_failed"));
    CHECK(w.events(r, "announce_failed/1") == 1);
    CHECK(w.last("announce_return").state == OutboxState::pending);
    CHECK(w.last("announce_return").attempts == 0);
    w.replace_plugin(w.warehouse, "warehouse_fake");
    w.answer = [](const Seen& call) { return JobsWorld::fine(call.op); };
    w.live(minutes(2));
    CHECK(w.open_tasks(r) == 0);
}

TEST_CASE("a backlog for a connector at work is not written to and fro") {
    JobsWorld w;
    for (int i = 0; i < 105; ++i) w.approved("2" + std::to_string(i));
    w.clock.advance(seconds(2));
    std::int64_t given_back = 0;
    w.lanes.start(w.warehouse, [&] {  // inline: the lane is at work while the dispatcher ticks
        w.tick();
        for (const auto& message : w.outbox()) given_back += message.due_at > w.clock.now();
    });
    CHECK(w.seen.empty());
    CHECK(given_back == 100);
    w.clock.advance(seconds(2));
    w.tick();
    CHECK(w.seen.size() == 105);
}

TEST_CASE("where one plugin is not here, another that can takes the message") {
    JobsWorld w;
    w.replace_plugin(w.warehouse, "away");
    w.connect_to(ConnectorId("SECOND"), w.shop, "warehouse_fake");
    w.approved("1021");
    w.tick();
    REQUIRE(w.seen.size() == 1);
    CHECK(w.seen[0].connector == ConnectorId("SECOND"));
}

TEST_CASE("a refund waits for its plugin, in doubt or not") {
    JobsWorld w;
    w.replace_plugin(w.payment, "away");
    const auto r = w.refunding("1022");
    w.live(hours(1), minutes(10));
    CHECK(w.last("submit_refund").state == OutboxState::pending);
    w.replace_plugin(w.payment, "payment_fake");
    w.answer = [](const Seen&) -> connect::Outcome { throw std::runtime_error("the power went"); };
    w.live(minutes(1));
    w.replace_plugin(w.payment, "away");
    w.live(minutes(5));
    CHECK(w.last("submit_refund").state == OutboxState::pending);
    CHECK(w.last("submit_refund").in_doubt() == false);
    CHECK(w.last("submit_refund").attempts == 1);
    w.seen.clear();
    w.answer = [](const Seen& call) { return JobsWorld::fine(call.op); };
    w.replace_plugin(w.payment, "payment_fake");
    w.live(minutes(1));
    REQUIRE(w.seen.size() == 1);
    CHECK(w.seen[0].op == kGetRefundOp);
    CHECK(w.leg(r) == MoneyState::succeeded);
}

TEST_CASE("a plugin that does not run now uses no attempt, and its other messages wait with it") {
    JobsWorld w;
    w.approved("1023");
    w.approved("1024");
    w.answer = [](const Seen&) {
        auto outcome = failed(ErrorClass::unavailable, "plugin_quarantined");
        outcome.asked = false;
        return outcome;
    };
    for (int i = 0; i < 50; ++i) {
        w.tick();
        w.clock.advance(minutes(1));
    }
    CHECK(w.seen.size() == 50);
    for (const auto& message : w.outbox()) {
        CHECK(message.state == OutboxState::pending);
        CHECK(message.attempts == 0);
    }
}

TEST_CASE("another shop's connector is not asked") {
    JobsWorld w;
    w.switch_off(w.warehouse);
    const auto other = usecase::add_shop(w.ctx, an_admin(), w.guard(an_admin()), {"other", "Other", "CNY", "Asia/Shanghai"}).value();
    w.connect_to(ConnectorId("OTHER"), other.id, "warehouse_fake");
    w.approved("1011");
    w.tick();
    CHECK(w.seen.empty());
}

TEST_CASE("what a warehouse hears of a case comes in order") {
    JobsWorld w;
    const auto r = w.shipped("1012");
    w.answer = [](const Seen&) { return failed(ErrorClass::unavailable); };
    w.tick();
    CHECK(w.seen.size() == 1);  // the update waits for the announcement
    CHECK(w.last("update_return").attempts == 0);
    w.answer = [](const Seen& call) { return JobsWorld::fine(call.op); };
    w.live(minutes(2));
    REQUIRE(w.seen.size() == 3);
    CHECK(w.seen[1].op == kAnnounceReturnOp);
    CHECK(w.seen[2].op == kUpdateReturnOp);
    CHECK(w.open_tasks(r) == 0);
}

TEST_CASE("two claimers never have the same message") {
    JobsWorld w;
    for (int i = 0; i < 30; ++i) w.approved("20" + std::to_string(i));
    const auto one = usecase::claim_messages(w.ctx, "one", 20, JobsWorld::offers).value();
    const auto two = usecase::claim_messages(w.ctx, "two", 20, JobsWorld::offers).value();
    CHECK(one.calls.size() == 20);
    CHECK(two.calls.size() == 10);
    std::set<std::string> ids;
    for (const auto* claimed : {&one, &two})
        for (const auto& call : claimed->calls) {
            ids.insert(call.claim.id.value);
            CHECK(call.lease_until - w.clock.now() == seconds(47));
        }
    CHECK(ids.size() == 30);
}

TEST_CASE("a crash between call and record is repaired when the lease runs out") {
    JobsWorld w;
    const auto r = w.approved("1013");
    w.answer = [](const Seen&) -> connect::Outcome { throw std::runtime_error("the power went"); };
    w.tick();
    w.answer = [](const Seen& call) { return JobsWorld::fine(call.op); };
    w.clock.advance(seconds(47));
    w.tick();
    CHECK(w.seen.size() == 1);  // still leased
    w.clock.advance(seconds(1));
    w.tick();
    REQUIRE(w.seen.size() == 2);
    CHECK(w.seen[0].key == w.seen[1].key);
    CHECK(w.state(r).operations.at(0).return_ref == "W-1");
}

TEST_CASE("a late answer about goods is left alone") {
    JobsWorld w;
    const auto r = w.approved("1014");
    const auto late = usecase::claim_messages(w.ctx, "slow", 20, JobsWorld::offers).value();
    w.clock.advance(minutes(1));
    w.tick();
    const auto version = w.state(r).c.version;
    const usecase::CallOutcome outcome{true, R"({"external_id":"LATE"})", {}, {}, {}};
    REQUIRE(usecase::record_outcome(w.ctx, late.calls.at(0), outcome, [](auto...) { return usecase::Retry{}; }));
    CHECK(w.state(r).c.version == version);
    CHECK(w.state(r).operations.at(0).return_ref == "W-1");
}

TEST_CASE("a message that cannot start before its lease nears the end is given back") {
    JobsWorld w;
    for (int i = 0; i < 4; ++i) w.approved("30" + std::to_string(i));
    w.answer = [&](const Seen& call) {
        w.clock.advance(seconds(15));
        return JobsWorld::fine(call.op);
    };
    const Instant start = w.clock.now();
    w.tick();
    w.live(seconds(3), seconds(1));
    CHECK(w.seen.size() == 4);
    for (const auto& message : w.outbox()) {
        CHECK(message.state == OutboxState::done);
        CHECK(message.attempts == 1);
    }
    CHECK(w.clock.now() - start < minutes(2));
}

}  // namespace
}  // namespace aftercare::test
