#include <algorithm>
#include <chrono>
#include <thread>

#include "store/staff.hpp"
#include "usecase/policies.hpp"
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

/// A chat that waits for its first reply, on a Monday at ten in Shanghai, due in so many seconds.
JobsWorld::Return chat(JobsWorld& w, std::int64_t due_in) {
    w.clock.set(Instant{1'772'416'800'000});
    domain::PolicyTerms terms;
    terms.chat_first_reply_seconds = due_in;
    REQUIRE(usecase::put_policy(w.ctx, w.agent, w.guard(w.agent), {w.shop, terms}));
    usecase::OpenCaseIn in;
    in.shop_id = w.shop;
    in.open = {CaseKind::consultation, Channel::chat, {}, {}, "words"};
    return {usecase::open_case(w.ctx, w.agent, w.guard(w.agent), in).value().case_id, {}, {}};
}
const Clock& reply_of(const domain::CaseState& state) {
    return *std::find_if(state.clocks.begin(), state.clocks.end(), [](const Clock& c) { return c.kind == ClockKind::first_reply; });
}

TEST_CASE("a reply due in 30 seconds is noticed within one second, and warned of before") {
    JobsWorld w;
    const auto r = chat(w, 30);
    const Instant due = w.clock.now() + seconds(30);
    REQUIRE(reply_of(w.state(r)).due_at == due);
    while (reply_of(w.state(r)).state == ClockState::running && w.clock.now() < due + seconds(10)) {
        const Instant next = w.timers.tick(w.clock.now());
        CHECK(next <= w.clock.now() + seconds(1));
        if (reply_of(w.state(r)).state == ClockState::running) w.clock.set(next);
    }
    CHECK(reply_of(w.state(r)).state == ClockState::breached);
    CHECK(reply_of(w.state(r)).ended_at - due <= seconds(1));
    CHECK(w.events(r, "clock_warned/1") == 1);
    w.live(seconds(15), seconds(1));
    CHECK(reply_of(w.state(r)).level == ClockLevel::long_broken);
    CHECK(w.events(r, "clock_warned/1") == 2);
    CHECK(w.has_task(r, "overdue_long"));
}

TEST_CASE("and so it is by the clock on the wall, in the loop's own rhythm") {
    JobsWorld w;
    const auto r = chat(w, 2);
    const auto begun = std::chrono::steady_clock::now();
    const Instant start = w.clock.now();
    const auto elapsed = [&] { return Duration{std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun).count()}; };
    while (reply_of(w.state(r)).state == ClockState::running && elapsed() < seconds(20)) {
        w.clock.set(start + elapsed());
        const Instant next = w.timers.tick(w.clock.now());
        std::this_thread::sleep_for(std::chrono::milliseconds(std::max<std::int64_t>((next - (start + elapsed())).ms, 0)));
    }
    CHECK(reply_of(w.state(r)).state == ClockState::breached);
    CHECK(reply_of(w.state(r)).ended_at - (start + seconds(2)) <= seconds(1));
}

}  // namespace
}  // namespace aftercare::test
