#include "store/staff.hpp"
#include "world.hpp"

namespace aftercare::test {
namespace {

TEST_CASE("a clock fires once") {
    JobsWorld w;
    const auto r = w.approved("7001");
    w.tick();
    w.clock.advance(days(6));
    w.timers.tick(w.clock.now());
    CHECK(w.state(r).operations.at(0).decision == DecisionState::approved);
    w.clock.advance(days(2));
    w.timers.tick(w.clock.now());
    CHECK(w.state(r).operations.at(0).decision == DecisionState::expired);
    const auto version = w.state(r).c.version;
    w.timers.tick(w.clock.now());
    CHECK(w.state(r).c.version == version);
}

TEST_CASE("many clocks fire in one tick, and the next due time is told") {
    JobsWorld w;
    std::vector<JobsWorld::Return> all;
    for (int i = 0; i < 230; ++i) all.push_back(w.approved("8" + std::to_string(i), 1));
    CHECK(w.timers.tick(w.clock.now()) - w.clock.now() == seconds(1));
    w.clock.advance(days(9));
    w.timers.tick(w.clock.now());
    for (const auto& r : all) CHECK(w.state(r).operations.at(0).decision == DecisionState::expired);
}

TEST_CASE("answers under keys are kept for a day, sessions until they end, failed sign-ins for a quarter of an hour") {
    JobsWorld w;
    const auto count = [&](const db::Query& query) {
        std::int64_t rows = -1;
        REQUIRE(w.store.read([&](store::Tx& tx) -> Result<usecase::Done> {
            tx.run(query, {}, [&](const db::Row& row) { rows = row.integer(0); });
            return usecase::Done{};
        }));
        return rows;
    };
    constexpr auto answers = db::Query::both("answers", "SELECT count(*) FROM idempotency");
    constexpr auto sessions = db::Query::both("sessions", "SELECT count(*) FROM login_session");
    constexpr auto failures = db::Query::both("failures", "SELECT count(*) FROM login_failure");
    REQUIRE(usecase::add_shop(w.ctx, an_admin(), w.guard(an_admin(), "a-key"), {"other", "Other", "CNY", "Asia/Shanghai"}));
    const auto kept = count(answers);
    REQUIRE(kept == 1);
    w.change([&](store::Tx& tx) {
        store::insert_staff(tx, {StaffId("S"), "s", "S", "hash", {Role::agent}, {w.shop}, true, w.clock.now()});
        store::insert_session(tx, {"secret", StaffId("S"), "csrf", w.clock.now(), w.clock.now() + hours(12)});
        for (int i = 0; i < 5; ++i) store::insert_failure(tx, "s", "127.0.0.1", w.clock.now());
    });
    w.timers.tick(w.clock.now());
    CHECK(count(answers) == kept);
    CHECK(count(sessions) == 1);
    CHECK(count(failures) == 5);
    w.clock.advance(hours(2));
    w.timers.tick(w.clock.now());
    CHECK(count(failures) == 0);
    CHECK(count(sessions) == 1);
    w.clock.advance(hours(21));
    w.timers.tick(w.clock.now());
    CHECK(count(answers) == kept);
    CHECK(count(sessions) == 0);
    w.clock.advance(hours(2));
    w.timers.tick(w.clock.now());
    CHECK(count(answers) == 0);
}

TEST_CASE("without a message channel each reminder ends as a task for an agent") {
    JobsWorld w;
    const auto r = w.approved("7200");
    w.live(days(5), hours(1));
    CHECK(w.events(r, "customer_reminded/1") == 1);
    CHECK(w.events(r, "message_failed/1") == 1);
    CHECK(w.last("send_message").state == OutboxState::done);
    CHECK(w.last("send_message").last_error == "no_connector");
    CHECK(w.has_task(r, "tell_customer"));
    w.live(days(4), hours(1));
    CHECK(w.events(r, "customer_reminded/1") == 2);
    CHECK(w.seen_of(kSendOp).empty());
    CHECK(w.state(r).operations.at(0).decision == DecisionState::expired);
    CHECK_FALSE(w.has_task(r, "tell_customer"));
}

TEST_CASE("with a message channel the customer is told, twice in all") {
    JobsWorld w;
    w.connect_to(ConnectorId("CHANNEL"), w.shop, "channel_fake");
    const auto r = w.approved("7201");
    w.live(days(9), hours(1));
    REQUIRE(w.seen_of(kSendOp).size() == 2);
    CHECK(w.seen_of(kSendOp)[0].key != w.seen_of(kSendOp)[1].key);
    CHECK(w.seen_of(kSendOp)[0].request.find("\"message\":\"ship_back_reminder\"") != std::string::npos);
    CHECK(w.events(r, "message_sent/1") == 2);
    CHECK_FALSE(w.has_task(r, "tell_customer"));
}

TEST_CASE("a reminder that was perhaps sent before a crash is not sent again, and one that certainly was not is") {
    JobsWorld w;
    w.connect_to(ConnectorId("CHANNEL"), w.shop, "channel_fake");
    const auto r = w.approved("7202");
    w.tick();
    w.clock.advance(days(5));
    w.timers.tick(w.clock.now());
    SECTION("crashed") {
        REQUIRE(usecase::claim_messages(w.ctx, "gone", 20, JobsWorld::offers)->calls.size() == 1);  // and never heard of again
        w.live(minutes(5));
        CHECK(w.seen_of(kSendOp).empty());
        CHECK(w.last("send_message").last_error == "in_doubt");
        CHECK(w.has_task(r, "tell_customer"));
    }
    SECTION("nobody knows") {
        w.answer = [](const Seen&) { return failed(ErrorClass::unknown, "no_answer"); };
        w.live(hours(3));
        CHECK(w.seen_of(kSendOp).size() == 1);
        CHECK(w.has_task(r, "tell_customer"));
    }
    SECTION("not reached") {
        w.answer = [](const Seen&) { return failed(ErrorClass::unavailable); };
        w.live(minutes(1));
        w.answer = [](const Seen& call) { return JobsWorld::fine(call.op); };
        w.live(hours(1));
        CHECK(w.seen_of(kSendOp).size() >= 2);
        CHECK(w.events(r, "message_sent/1") == 1);
        CHECK_FALSE(w.has_task(r, "tell_customer"));
    }
    CHECK(w.events(r, "customer_reminded/1") == 1);
}

TEST_CASE("a reminder overtaken by the parcel is not sent") {
    JobsWorld w;
    w.connect_to(ConnectorId("CHANNEL"), w.shop, "channel_fake");
    const auto r = w.approved("7203");
    w.clock.advance(days(5));
    w.timers.tick(w.clock.now());
    REQUIRE(usecase::ship_back(w.ctx, w.agent, w.guard(w.agent), {r.case_id, {r.operation_id, "SF", "SF7203", {}}}));
    w.live(minutes(5));
    CHECK(w.seen_of(kSendOp).empty());
    CHECK(w.last("send_message").last_error == "nothing_left");
}

}  // namespace
}  // namespace aftercare::test
