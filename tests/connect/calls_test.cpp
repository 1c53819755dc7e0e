#include <aftercare/codec/json.hpp>
#include <catch2/catch.hpp>
#include <future>

#include "connect/world.hpp"

using namespace aftercare;
using test::ConnectWorld;

namespace {
const std::string kSettings = R"({"name":"north","folder":""})";
}

TEST_CASE("a call reaches its plugin and comes back as it was said") {
    ConnectWorld world;
    world.supervisor.configure({world.instance("A", "echo", kSettings)});
    const std::string request = R"({"text":"退货 \n \u0000 ok","n":9007199254740993})";
    const auto outcome = world.call("A", "test.echo/1", request);
    INFO(outcome.code << " " << outcome.message);
    CHECK(outcome.ok);
    CHECK(outcome.reply_json == request);
    CHECK(world.call("A", "check/1").reply_json == R"({"message":"here is north"})");

    const auto health = world.health("A");
    CHECK(health.state == HostState::ready);
    CHECK(health.restarts == 0);
    CHECK(health.last_call_at == test::ManualClock::kStart);
    CHECK(health.last_error.empty());
}

TEST_CASE("a large request and reply pass whole") {
    ConnectWorld world;
    world.supervisor.configure({world.instance("A", "echo", kSettings)});
    const auto request = "{\"text\":\"" + std::string(7'000'000, 'x') + "\"}";
    CHECK(world.call("A", "test.echo/1", request, false, seconds(120)).reply_json == request);
    CHECK(world.call("A", "test.echo/1", std::string(9'000'000, ' ')).code == "request_too_long");
}

TEST_CASE("key, attempt, deadline and the service's clock reach the plugin") {
    ConnectWorld world;
    world.supervisor.configure({world.instance("A", "echo", kSettings)});
    connect::CallOptions options;
    options.idempotency_key = "ATTEMPT-7";
    options.attempt = 3;
    options.deadline = seconds(50);
    const auto reply = nlohmann::json::parse(world.supervisor.call(ConnectorId("A"), "test.call/1", "{}", options).reply_json);
    CHECK(reply["key"] == "ATTEMPT-7");
    CHECK(reply["attempt"] == 3);
    CHECK(reply["remaining"].get<int>() > 20'000);
    CHECK(reply["remaining"].get<int>() <= 50'000);

    world.clock.advance(days(1));
    const auto now = nlohmann::json::parse(world.call("A", "test.clock/1").reply_json)["now"].get<std::int64_t>();
    CHECK(now >= (test::ManualClock::kStart + days(1)).ms);
    CHECK(now < (test::ManualClock::kStart + days(1) + minutes(1)).ms);
}

TEST_CASE("a plugin's refusal keeps its class, code, words and waiting time") {
    ConnectWorld world;
    world.supervisor.configure({world.instance("A", "echo", kSettings)});
    const auto outcome =
        world.call("A", "test.refuse/1", R"({"class":"rate_limited","code":"SF-42","message":"慢一点","retry_after_ms":1500})");
    CHECK_FALSE(outcome.ok);
    CHECK(outcome.error_class == ErrorClass::rate_limited);
    CHECK(outcome.code == "SF-42");
    CHECK(outcome.message == "慢一点");
    CHECK(outcome.retry_after_ms == 1500);
}

TEST_CASE("what is thrown inside the C++ face stays inside") {
    ConnectWorld world;
    world.supervisor.configure({world.instance("A", "echo", kSettings)});
    const auto outcome = world.call("A", "test.throw/1");
    CHECK(outcome.error_class == ErrorClass::internal);
    CHECK(outcome.code == "exception");
    CHECK(world.call("A", "test.echo/1", "[]").ok);
    CHECK(world.health("A").restarts == 0);
}

TEST_CASE("instances keep their settings and their stored values apart, and restarts keep them") {
    ConnectWorld world;
    const auto north = world.instance("N", "echo", R"({"name":"north"})");
    const auto south = world.instance("S", "echo", R"({"name":"south"})");
    world.supervisor.configure({north, south});
    CHECK(world.call("N", "check/1").reply_json == R"({"message":"here is north"})");
    CHECK(world.call("S", "check/1").reply_json == R"({"message":"here is south"})");
    CHECK(world.call("N", "test.store/1", "1").reply_json == "[1]");
    CHECK(world.call("S", "test.store/1", "5").reply_json == "[5]");
    CHECK(world.call("N", "test.store/1", "2").reply_json == "[1,2]");

    world.supervisor.configure({});
    world.supervisor.configure({north, south});
    CHECK(world.call("N", "test.store/1", "3").reply_json == "[1,2,3]");
}

TEST_CASE("changed settings open the instance anew, the same list changes nothing") {
    ConnectWorld world;
    world.supervisor.configure({world.instance("A", "echo", R"({"name":"one"})")});
    CHECK(world.call("A", "check/1").reply_json == R"({"message":"here is one"})");
    world.supervisor.configure({world.instance("A", "echo", R"({"name":"two"})")});
    CHECK(world.call("A", "check/1").reply_json == R"({"message":"here is two"})");
    world.supervisor.configure({world.instance("A", "echo", R"({"name":"two"})")});
    CHECK(world.call("A", "check/1").ok);
    CHECK(world.health("A").restarts == 0);
}

TEST_CASE("refused settings stop that instance only, and say why") {
    ConnectWorld world;
    world.supervisor.configure({world.instance("bad", "echo", R"({"name":7})"), world.instance("good", "echo", kSettings),
                                world.instance("lost", "echo", R"({"name":"x","folder":"/no/such/folder"})")});
    const auto outcome = world.call("bad", "test.echo/1");
    CHECK(outcome.error_class == ErrorClass::invalid);
    CHECK(outcome.code == "bad_settings");
    CHECK(outcome.message.find("/name") != std::string::npos);
    CHECK(world.health("bad").state == HostState::stopped);
    CHECK(world.call("lost", "test.echo/1").code == "folder_unusable");
    CHECK(world.call("good", "test.echo/1").ok);
}

TEST_CASE("unknown connectors, undeclared operations and absent plugins are refused at once") {
    ConnectWorld world;
    world.supervisor.configure({world.instance("A", "echo", kSettings), world.instance("B", "not_installed", "{}")});
    CHECK(world.call("X", "check/1").code == "connector_unknown");
    CHECK(world.call("A", "courier.book/1").error_class == ErrorClass::unsupported);
    CHECK(world.call("A", "test.hang/1").error_class == ErrorClass::unsupported);  // declared, but not offered
    CHECK(world.call("B", "check/1").code == "plugin_absent");
    CHECK(world.health("B").state == HostState::absent);
}

TEST_CASE("many callers at once all get their own answer") {
    ConnectWorld world;
    world.supervisor.configure({world.instance("A", "echo", kSettings), world.instance("B", "echo", kSettings)});
    std::vector<std::future<int>> callers;
    for (int t = 0; t < 6; ++t)
        callers.push_back(std::async(std::launch::async, [&world, t] {
            int right = 0;
            for (int i = 0; i < 50; ++i) {
                const auto request = std::to_string(t * 1'000 + i);
                right += world.call(t % 2 ? "A" : "B", "test.echo/1", request).reply_json == request;
            }
            return right;
        }));
    for (auto& each : callers) CHECK(each.get() == 50);
}
