#include <aftercare/codec/json.hpp>
#include <catch2/catch.hpp>
#include <chrono>
#include <future>

#include "connect/world.hpp"

using namespace aftercare;
using test::ConnectWorld;

namespace {

struct Case {
    const char* op;
    ErrorClass reading, writing;
    const char* code;
};

std::int64_t ms_of(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

TEST_CASE("a plugin that ends, speaks nonsense or lies is named, killed where needed, and back for the next call") {
    const auto c = GENERATE(Case{"test.segfault/1", ErrorClass::crashed, ErrorClass::unknown, "crashed"},
                            Case{"test.abort/1", ErrorClass::crashed, ErrorClass::unknown, "crashed"},
                            Case{"test.exit/1", ErrorClass::crashed, ErrorClass::unknown, "crashed"},
                            Case{"test.throw/1", ErrorClass::crashed, ErrorClass::unknown, "crashed"},
                            Case{"test.not_utf8/1", ErrorClass::protocol, ErrorClass::unknown, "protocol"},
                            Case{"test.not_json/1", ErrorClass::protocol, ErrorClass::unknown, "protocol"},
                            Case{"test.deep/1", ErrorClass::protocol, ErrorClass::unknown, "protocol"},
                            Case{"test.claims/1", ErrorClass::protocol, ErrorClass::unknown, "protocol"},
                            Case{"test.oversize/1", ErrorClass::protocol, ErrorClass::unknown, "protocol"},
                            Case{"test.garbage/1", ErrorClass::protocol, ErrorClass::unknown, "protocol"},
                            Case{"test.foreign_id/1", ErrorClass::protocol, ErrorClass::unknown, "protocol"},
                            Case{"test.status/1", ErrorClass::internal, ErrorClass::internal, "door_status_99"},
                            Case{"test.silent/1", ErrorClass::internal, ErrorClass::internal, "no_reply"});
    const bool writes = GENERATE(false, true);
    INFO(c.op << (writes ? " writing" : " reading"));
    ConnectWorld world;
    world.supervisor.configure({world.instance("A", "bad", "{}")});
    CHECK(world.call("A", "test.echo/1", "1").ok);
    const auto outcome = world.call("A", c.op, "{}", writes);
    INFO(outcome.message);
    CHECK_FALSE(outcome.ok);
    CHECK(outcome.error_class == (writes ? c.writing : c.reading));
    CHECK(outcome.code == c.code);
    CHECK(world.call_when_back("A", "test.echo/1", "2").reply_json == "2");
}

TEST_CASE("a plugin that hangs is killed at its deadline and the grace after it, not before") {
    const bool writes = GENERATE(false, true);
    ConnectWorld world;
    world.supervisor.configure({world.instance("A", "bad", "{}")});
    CHECK(world.call("A", "test.echo/1").ok);
    connect::Outcome outcome;
    const auto took = ms_of([&] { outcome = world.call("A", "test.hang/1", "{}", writes, Duration{400}); });
    CHECK(outcome.error_class == (writes ? ErrorClass::unknown : ErrorClass::deadline));
    CHECK(outcome.code == "deadline");
    CHECK(took >= 700);
    CHECK(took < 5'000);
    CHECK(world.call_when_back("A", "test.echo/1", "2").reply_json == "2");
    CHECK(world.health("A").restarts == 1);
}

TEST_CASE("a plugin that listens to cancel answers in the grace and lives on") {
    ConnectWorld world;
    world.supervisor.configure({world.instance("A", "echo", R"({"name":"n"})")});
    CHECK(world.call("A", "check/1").ok);
    CHECK(world.call("A", "test.slow/1", "{}", true, Duration{200}).code == "gave_up");
    CHECK(world.health("A").restarts == 0);
}

TEST_CASE("one that hangs takes nobody along: a reading call of another instance is repeated, a writing one becomes unknown") {
    ConnectWorld world;
    world.supervisor.configure({world.instance("A", "bad", "{}"), world.instance("B", "bad", "{}"), world.instance("C", "bad", "{}")});
    for (const char* id : {"A", "B", "C"}) CHECK(world.call(id, "test.echo/1").ok);
    auto hanging = std::async(std::launch::async, [&] { return world.call("A", "test.hang/1", "{}", false, Duration{500}); });
    auto writing = std::async(std::launch::async, [&] { return world.call("B", "test.hang/1", "{}", true); });
    auto behind = std::async(std::launch::async, [&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        return world.call("B", "test.echo/1", "7", true);  // never sent before the kill: simply waits
    });
    CHECK(hanging.get().error_class == ErrorClass::deadline);
    const auto lost = writing.get();
    CHECK(lost.error_class == ErrorClass::unknown);
    CHECK(lost.code == "crashed");
    CHECK(behind.get().reply_json == "7");
    CHECK(world.call_when_back("C", "test.echo/1", "8").reply_json == "8");
}

TEST_CASE("printing harms nobody and is kept as log lines") {
    ConnectWorld world;
    world.supervisor.configure({world.instance("A", "bad", "{}")});
    CHECK(world.call("A", "test.print/1").ok);
    const auto holds = [&](const char* level, const char* text) {
        for (const auto& line : world.health("A").log_tail)
            if (line.level == level && line.message == text) return true;
        return false;
    };
    CHECK(ConnectWorld::eventually([&] { return holds("info", "printed to stdout"); }));
    CHECK(ConnectWorld::eventually([&] { return holds("warn", "printed to stderr"); }));
    CHECK(world.call("A", "test.flood/1").ok);
    CHECK(world.call("A", "test.echo/1").ok);
    CHECK(world.health("A").log_tail.size() <= 50);
}

TEST_CASE("log lines are cut and cleaned") {
    ConnectWorld world;
    world.supervisor.configure({world.instance("A", "echo", R"({"name":"n"})")});
    CHECK(world.call("A", "test.log/1").ok);
    const auto tail = world.health("A").log_tail;
    REQUIRE(tail.size() == 2);
    CHECK(tail[0].level == "warn");
    CHECK(tail[0].message.size() == 8 * 1024);
    CHECK(tail[1].message == "?? broken ? bytes");
}

TEST_CASE("a plugin process starts with nothing of the service's") {
    ConnectWorld world;
    world.supervisor.configure({{ConnectorId("A"), "bad", "{}", ""}});  // no data folder, which would be a fifth descriptor
    CHECK(nlohmann::json::parse(world.call("A", "test.fds/1").reply_json).size() == 4);
}

TEST_CASE("a plugin that cannot be loaded is set aside at once, with the reason") {
    struct Unloadable {
        const char *plugin, *reason;
    };
    const auto c = GENERATE(Unloadable{"wrong_abi", "speaks door 9.4, this program speaks 1.0"},
                            Unloadable{"liar", "manifest_mismatch"}, Unloadable{"no_table", "not_loadable"},
                            Unloadable{"empty_table", "bad_table"});
    ConnectWorld world;
    world.supervisor.configure({world.instance("A", c.plugin, "{}")});
    const auto outcome = world.call("A", "test.echo/1");
    CHECK(outcome.error_class == ErrorClass::unavailable);
    CHECK(ConnectWorld::eventually([&] { return world.health("A").state == HostState::quarantined; }));
    INFO(world.health("A").last_error);
    CHECK(world.health("A").last_error.find(c.reason) != std::string::npos);
    CHECK(world.call("A", "test.echo/1").code == "plugin_quarantined");
}

TEST_CASE("a host program that is missing is an error like any other") {
    auto options = ConnectWorld::options("test_plugins");
    options.host_program = "/nonexistent/aftercare-plugin-host";
    ConnectWorld world("test_plugins", options);
    world.supervisor.configure({world.instance("A", "echo", R"({"name":"n"})")});
    CHECK(ConnectWorld::eventually([&] { return world.health("A").last_error.find("spawn_failed") != std::string::npos; }));
    const auto outcome = world.call("A", "check/1");
    CHECK(outcome.error_class == ErrorClass::unavailable);
}
