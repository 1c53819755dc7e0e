#include <signal.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <future>
#include <set>

#include "connect/world.hpp"

using namespace aftercare;
using test::ConnectWorld;

namespace {

/// Plugin host processes that are children of this one.
std::set<std::string> children() {
    std::set<std::string> found;
    for (const auto& each : std::filesystem::directory_iterator("/proc")) {
        std::ifstream stat(each.path() / "stat");
        std::string pid, name, state, parent;
        if (stat >> pid >> name >> state >> parent; parent == std::to_string(getpid()) && name.rfind("(aftercare-plug", 0) == 0 && state != "Z")
            found.insert(pid);
    }
    return found;
}

/// The plugin of connector A, set aside after too many ends.
void end_for_good(ConnectWorld& world) {
    world.supervisor.configure({world.instance("A", "bad", "{}")});
    for (int i = 0; i < 5; ++i) {
        const auto before = world.health("A").restarts;
        CHECK(ConnectWorld::eventually([&] { return world.call("A", "test.abort/1", "{}", true).code == "crashed"; }));
        CHECK(ConnectWorld::eventually([&] {
            return world.health("A").restarts > before || world.health("A").state == HostState::quarantined;
        }));
    }
    CHECK(world.health("A").state == HostState::quarantined);
}

const std::string kNamed = R"({"name":"n"})";

}  // namespace

TEST_CASE("five ends set a plugin aside until nobody wants it any more") {
    ConnectWorld world;
    end_for_good(world);
    const auto outcome = world.call("A", "test.echo/1");
    CHECK(outcome.error_class == ErrorClass::unavailable);
    CHECK(outcome.code == "plugin_quarantined");
    CHECK_FALSE(outcome.asked);
    CHECK(outcome.message.find("test.abort/1") != std::string::npos);

    world.supervisor.configure({});
    world.supervisor.configure({world.instance("A", "bad", "{}")});
    CHECK(world.call("A", "test.echo/1", "3").reply_json == "3");
}

TEST_CASE("a plugin set aside starts again when its connector is saved anew, not when it is merely wanted") {
    ConnectWorld world;
    end_for_good(world);
    world.supervisor.configure({world.instance("A", "bad", "{}")});
    CHECK(world.call("A", "test.echo/1").code == "plugin_quarantined");
    auto saved = world.instance("A", "bad", "{}");
    saved.version = 2;
    world.supervisor.configure({saved});
    CHECK(world.call("A", "test.echo/1", "3").reply_json == "3");
}

TEST_CASE("a plugin set aside starts again when its file is another") {
    namespace fs = std::filesystem;
    test::TempFolder folder;
    fs::copy(ConnectWorld::bin() + "/../test_plugins/bad", folder.path() / "bad", fs::copy_options::recursive);
    auto options = ConnectWorld::options("test_plugins");
    ConnectWorld world(fs::relative(folder.path(), ConnectWorld::bin() + "/..").string(), options);
    end_for_good(world);
    fs::last_write_time(folder.path() / "bad" / "bad.so", fs::file_time_type::clock::now() - std::chrono::hours(1));
    world.supervisor.configure({world.instance("A", "bad", "{}")});
    CHECK(ConnectWorld::eventually([&] { return world.call("A", "test.echo/1", "3").reply_json == "3"; }));  // its circuit was open
}

TEST_CASE("while a plugin waits for its restart, calls are refused with the time to come back") {
    auto options = ConnectWorld::options("test_plugins");
    options.first_restart = seconds(30);
    ConnectWorld world("test_plugins", options);
    world.supervisor.configure({world.instance("A", "bad", "{}")});
    CHECK(world.call("A", "test.abort/1", "{}", true).error_class == ErrorClass::unknown);
    const auto outcome = world.call("A", "test.echo/1");
    CHECK(outcome.error_class == ErrorClass::unavailable);
    CHECK(outcome.code == "plugin_restarting");
    CHECK_FALSE(outcome.asked);
    CHECK(outcome.retry_after_ms > 20'000);
    CHECK(outcome.retry_after_ms <= 36'000);
}

TEST_CASE("a host killed from outside is replaced") {
    ConnectWorld world;
    world.supervisor.configure({world.instance("A", "echo", kNamed)});
    CHECK(world.call("A", "check/1").ok);
    const auto hosts = children();
    REQUIRE(hosts.size() == 1);
    ::kill(std::stoi(*hosts.begin()), SIGKILL);
    bool said_why = false;  // while it is away; once it is back that is over
    CHECK(ConnectWorld::eventually([&] {
        const auto health = world.health("A");
        said_why = said_why || health.last_error.find("signal 9") != std::string::npos;
        return health.restarts == 1;
    }));
    CHECK(said_why);
    CHECK(world.call_when_back("A", "check/1").ok);
}

TEST_CASE("a dead end of one connector opens its circuit, not its neighbour's, and a good check closes it") {
    ConnectWorld world;
    world.supervisor.configure({world.instance("A", "echo", kNamed), world.instance("D", "echo", R"({"name":"dead"})")});
    const auto down = R"({"class":"unavailable","code":"down"})";
    for (int i = 0; i < 5; ++i) {
        CHECK(world.call("A", "test.refuse/1", down).code == "down");
        CHECK(world.call("D", "test.refuse/1", down).code == "down");
    }
    CHECK(world.call("A", "test.echo/1").error_class == ErrorClass::circuit_open);
    CHECK(world.health("A").circuit_open);
    std::this_thread::sleep_for(std::chrono::milliseconds(250));
    CHECK(world.call("A", "test.echo/1").ok);  // check/1 went first and was good
    CHECK(world.call("D", "test.echo/1").error_class == ErrorClass::circuit_open);
    CHECK_FALSE(world.health("A").circuit_open);
    CHECK(world.health("D").circuit_open);
}

TEST_CASE("stopping ends every host and every waiting call") {
    std::future<connect::Outcome> waiting;
    ConnectWorld world;
    world.supervisor.configure({world.instance("A", "bad", "{}"), world.instance("B", "echo", kNamed)});
    CHECK(world.call("A", "test.echo/1").ok);
    CHECK(world.call("B", "check/1").ok);
    CHECK(children().size() == 2);
    waiting = std::async(std::launch::async, [&] { return world.call("A", "test.hang/1", "{}", true, minutes(5)); });
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    world.thread.request_stop();
    const auto outcome = waiting.get();
    CHECK(outcome.error_class == ErrorClass::unknown);
    CHECK(outcome.code == "supervisor_stopped");
    world.thread.join();
    CHECK(children().empty());
    CHECK(world.call("A", "test.echo/1").code == "supervisor_stopped");
}

TEST_CASE("a removed connector's host goes") {
    ConnectWorld world;
    world.supervisor.configure({world.instance("A", "echo", kNamed)});
    CHECK(world.call("A", "check/1").ok);
    world.supervisor.configure({});
    CHECK(world.call("A", "check/1").code == "connector_unknown");
    CHECK(ConnectWorld::eventually([] { return children().empty(); }));
}
