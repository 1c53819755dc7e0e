#pragma once
#include <chrono>
#include <cstdlib>
#include <functional>
#include <map>
#include <thread>

#include "connect/supervisor.hpp"
#include "support/clock.hpp"
#include "support/random.hpp"
#include "support/temp_folder.hpp"

namespace aftercare::test {

/// A running supervisor over the plugins in `folder` beside the built programs. Short waits, so that tests are.
struct ConnectWorld {
    TempFolder temp;
    ManualClock clock;
    SeededRandom random;
    connect::Supervisor supervisor;
    std::jthread thread;

    static std::string bin() {
        const char* set = std::getenv("AFTERCARE_BIN");
        return set ? set : "build/quick/bin";
    }
    static connect::SupervisorOptions options(const std::string& folder) {
        connect::SupervisorOptions o;
        o.host_program = bin() + "/aftercare-plugin-host";
        o.plugins_folder = bin() + "/../" + folder;
        o.grace = Duration{300};
        o.first_restart = Duration{30};
        o.probe_after = Duration{200};
        o.start_limit = seconds(20);  // a busy machine under a sanitizer
        return o;
    }
    explicit ConnectWorld(const std::string& folder = "test_plugins", connect::SupervisorOptions o = options("test_plugins"))
        : supervisor([&] {
              o.plugins_folder = bin() + "/../" + folder;
              return o;
          }(), clock, random),
          thread([this](std::stop_token stop) { supervisor.run(stop); }) {}

    connect::Instance instance(const std::string& id, const std::string& plugin, const std::string& settings) {
        return {ConnectorId(id), plugin, settings, (temp.path() / "data" / id).string()};
    }
    connect::Outcome call(const std::string& id, std::string_view op, std::string_view request = "{}", bool writes = false,
                          Duration deadline = seconds(20)) {
        connect::CallOptions o;
        o.writes = writes;
        o.deadline = deadline;
        o.idempotency_key = "key-1";
        return supervisor.call(ConnectorId(id), op, request, o);
    }
    /// Again and again while the plugin is being restarted.
    connect::Outcome call_when_back(const std::string& id, std::string_view op, std::string_view request = "{}") {
        for (int i = 0; i < 500; ++i) {
            auto outcome = call(id, op, request);
            if (outcome.code != "plugin_restarting") return outcome;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        return {};
    }
    connect::Health health(const std::string& id) {
        for (auto& each : supervisor.health())
            if (each.id.value == id) return each;
        return {};
    }
    static bool eventually(const std::function<bool()>& condition) {
        for (int i = 0; i < 1'000; ++i) {
            if (condition()) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        return false;
    }
};

}  // namespace aftercare::test
