#include <catch2/catch.hpp>

#include "connect/world.hpp"

/// The rows of the failure drill (plugin-sdk.md, section 4.3) that need no sandbox, one test each. What the service makes of them in
/// detail is in bad_plugins_test.cpp.
using namespace aftercare;
using test::ConnectWorld;

namespace {

/// A writing call fails as `code` and is unknown; the next call finds the plugin at work.
void breaks(const char* op, const char* code, Duration deadline = seconds(20), int restarts = 1) {
    ConnectWorld world;
    world.supervisor.configure({world.instance("A", "bad", "{}")});
    REQUIRE(world.call("A", "test.echo/1", "1").ok);
    const auto outcome = world.call("A", op, "{}", true, deadline);
    INFO(outcome.message);
    CHECK(outcome.error_class == ErrorClass::unknown);
    CHECK(outcome.code == code);
    CHECK(world.call_when_back("A", "test.echo/1", "2").reply_json == "2");
    CHECK(world.health("A").restarts == restarts);
}

}  // namespace

TEST_CASE("drill: null write") { breaks("test.segfault/1", "crashed"); }
TEST_CASE("drill: std::terminate") { breaks("test.throw/1", "crashed"); }
TEST_CASE("drill: abort") { breaks("test.abort/1", "crashed"); }
TEST_CASE("drill: exit(0) in a call") { breaks("test.exit/1", "crashed"); }
TEST_CASE("drill: sleeps for ever") { breaks("test.hang/1", "deadline", Duration{300}); }
TEST_CASE("drill: endless loop") { breaks("test.spin/1", "deadline", Duration{300}); }
TEST_CASE("drill: a reply that is no JSON") { breaks("test.not_json/1", "protocol"); }
TEST_CASE("drill: a reply that is not UTF-8") { breaks("test.not_utf8/1", "protocol"); }
TEST_CASE("drill: a reply over 8 MiB") { breaks("test.oversize/1", "protocol", seconds(20), 0); }  // its own host stops the writer
TEST_CASE("drill: a reply for a foreign id") { breaks("test.foreign_id/1", "protocol"); }
TEST_CASE("drill: bytes that are no frame") { breaks("test.garbage/1", "protocol"); }

TEST_CASE("drill: an error class that only the service makes") { breaks("test.claims/1", "protocol"); }

TEST_CASE("drill: answers after its deadline") {
    breaks("test.late/1", "deadline", Duration{50});  // after the grace as well
    ConnectWorld world;
    world.supervisor.configure({world.instance("A", "bad", "{}")});
    REQUIRE(world.call("A", "test.echo/1", "1").ok);
    CHECK(world.call("A", "test.late/1", "{}", true, Duration{300}).ok);  // in the grace
    CHECK(world.health("A").restarts == 0);
}

TEST_CASE("drill: answers twice") {
    ConnectWorld world;
    world.supervisor.configure({world.instance("A", "bad", "{}")});
    REQUIRE(world.call("A", "test.echo/1", "1").ok);
    world.call("A", "test.twice/1", "{}");  // one of the two is for nobody: the process goes
    CHECK(world.call_when_back("A", "test.echo/1", "2").reply_json == "2");
}

TEST_CASE("drill: floods the log and prints to stdout") {
    ConnectWorld world;
    world.supervisor.configure({world.instance("A", "bad", "{}")});
    for (const char* op : {"test.flood/1", "test.print/1"}) CHECK(world.call("A", op, "{}", true).ok);
    CHECK(world.health("A").restarts == 0);
    CHECK(world.health("A").log_tail.size() <= 50);
}

TEST_CASE("drill: segfault in close") {
    ConnectWorld world;
    world.supervisor.configure({world.instance("A", "bad", "{}"), world.instance("B", "bad", "{}")});
    REQUIRE(world.call("A", "test.close_badly/1", "{}").ok);
    world.supervisor.configure({world.instance("B", "bad", "{}")});
    CHECK(world.call_when_back("B", "test.echo/1", "3").reply_json == "3");
}
