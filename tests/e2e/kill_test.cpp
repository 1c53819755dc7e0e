#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <random>
#include <thread>

#include "db/database.hpp"
#include "e2e/client.hpp"
#include "support/temp_folder.hpp"

/// Nothing that a client was told is lost by kill -9: the server dies under load again and again, and each time what clients
/// heard is compared with what is there. AFTERCARE_KILLS says how often (30).
namespace aftercare::test {
namespace {

constexpr int kClients = 4;

/// A request with its key, and what the client heard.
struct Act {
    std::string path, body, key;
    Reply heard;
};

/// A client's walk: an order, a case with a return of it, approval, shipment; and a return of an order that all clients share.
class Walker {
   public:
    Walker(Client client, std::string shop, Json shared, int number) : client_(std::move(client)), shop_(std::move(shop)), shared_(std::move(shared)), number_(number) {}

    std::vector<Act> acts;

    void run(const Service& service, int cycle, const std::atomic<bool>& stop) {
        for (int n = 0; !stop; ++n) {
            const std::string name = std::to_string(cycle) + "-" + std::to_string(number_) + "-" + std::to_string(n);
            const auto order = act(service, "orders", an_order(shop_, name, 2), name + "-order");
            if (!order) return;
            if (!a_return(service, *order, name)) return;
            if (n % 3 == 0 && !a_return(service, shared_, name + "-shared")) return;
        }
    }

   private:
    bool a_return(const Service& service, const Json& order, const std::string& name) {
        const Json line = {{"order_line_id", order["lines"][0]["id"]}, {"qty", 1}};
        const Json request = {{"lines", Json::array({line})}, {"reason", "no_longer_wanted"}};
        const Json opening = {{"shop_id", shop_}, {"order_id", order["order"]["id"]}, {"request", request}, {"note", name}};
        const auto opened = act(service, "cases", opening, name + "-case");
        if (!opened) return false;
        const std::string base = "cases/" + opened->at("case_id").get<std::string>() + "/operations/" + opened->at("operation_id").get<std::string>();
        return act(service, base + "/approve", Json::object(), name + "-approve") &&
               act(service, base + "/ship_back", {{"carrier", "SF"}, {"tracking", name}}, name + "-ship");
    }
    std::optional<Json> act(const Service& service, const std::string& path, const Json& body, const std::string& key) {
        acts.push_back({path, body.dump(), key, {}});
        acts.back().heard = client_.call(service, "POST", path, acts.back().body, key);
        const Reply& heard = acts.back().heard;
        if (heard.status < 200 || heard.status > 299) return std::nullopt;
        return Json::parse(heard.body);
    }

    Client client_;
    std::string shop_;
    Json shared_;
    int number_;
};

/// A schema of its own on the test server, dropped at the end.
class Schema {
   public:
    explicit Schema(std::string url) : url_(std::move(url)), name_("kill_" + std::to_string(getpid())) { script("CREATE SCHEMA " + name_); }
    ~Schema() { script("DROP SCHEMA " + name_ + " CASCADE"); }
    Schema(const Schema&) = delete;
    Schema& operator=(const Schema&) = delete;
    [[nodiscard]] std::string url() const { return url_ + (url_.find('?') == std::string::npos ? "?" : "&") + "options=-csearch_path%3D" + name_; }

   private:
    void script(const std::string& text) {
        db::Options options;
        options.url = url_;
        db::Database::open(options)->change(db::Lane::people, [&](db::Connection& connection) {
            connection.execute_script(text);
            return true;
        });
    }
    std::string url_, name_;
};

int kills() {
    const char* wanted = std::getenv("AFTERCARE_KILLS");
    return wanted ? std::max(1, std::atoi(wanted)) : 30;
}

/// What each client heard is what the server still answers; what it did not hear can be said again, once.
void compare(const Service& service, const Client& client, std::vector<Act>& acts, std::map<std::string, std::int64_t>& versions) {
    for (Act& act : acts) {
        const Reply again = client.call(service, "POST", act.path, act.body, act.key);
        INFO(act.path << " " << act.body << " key " << act.key << " heard " << act.heard.status << " " << act.heard.body << " now "
                      << again.status << " " << again.body);
        REQUIRE(again.status >= 200);
        REQUIRE(again.status < 300);
        if (act.heard.status != 0) {
            REQUIRE(again.status == act.heard.status);
            REQUIRE(again.body == act.heard.body);
        }
        const Json answer = Json::parse(again.body);
        if (answer.contains("case_id")) {
            auto& version = versions[answer["case_id"].get<std::string>()];
            version = std::max(version, answer["version"].get<std::int64_t>());
        }
    }
}

void kill_again_and_again(const std::vector<std::string>& database) {
    if (const char* release = std::getenv("AFTERCARE_RELEASE_BIN")) ::setenv("AFTERCARE_BIN", release, 1);
    const TempFolder folder;
    const auto with_data = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"--data", folder.path()});
        arguments.insert(arguments.end(), database.begin(), database.end());
        return arguments;
    };
    const Run user = run_program(with_data({"user", "add", "--login", "root", "--roles", "admin,agent,lead", "--password-stdin"}), "a good password\n");
    INFO(user.err);
    REQUIRE(user.code == 0);

    auto service = std::make_unique<Service>(with_data({"serve"}));
    const Entry entry = enter(*service);
    const Client client{entry.secret};
    const std::string& shop = entry.shop;
    const auto shared_made = client.call(*service, "POST", "orders", an_order(shop, "SHARED", 900'000).dump(), "shared");
    INFO(shared_made.body);
    REQUIRE(shared_made.status < 300);
    const Json shared = Json::parse(shared_made.body);

    std::mt19937 chance(20260302);  // the same kills every time; what they hit differs
    std::map<std::string, std::int64_t> versions;
    std::size_t told = 0, untold = 0;
    const int rounds = kills();
    for (int cycle = 0; cycle < rounds; ++cycle) {
        std::vector<Walker> walkers;
        for (int i = 0; i < kClients; ++i) walkers.emplace_back(client, shop, shared, i);
        std::atomic<bool> stop{false};
        std::vector<std::thread> threads;
        for (Walker& walker : walkers) threads.emplace_back([&] { walker.run(*service, cycle, stop); });
        std::this_thread::sleep_for(std::chrono::milliseconds(100 + chance() % 300));
        CHECK(service->stop(SIGKILL) == -SIGKILL);
        stop = true;
        for (auto& thread : threads) thread.join();

        service = std::make_unique<Service>(with_data({"serve"}));
        for (Walker& walker : walkers) {
            for (const Act& act : walker.acts) {
                INFO(act.path << " " << act.body << " " << act.heard.status << " " << act.heard.body);
                REQUIRE((act.heard.status == 0 || act.heard.status < 300));
                ++(act.heard.status == 0 ? untold : told);
            }
            compare(*service, client, walker.acts, versions);
        }
    }
    for (const auto& [id, version] : versions) {
        const auto found = client.call(*service, "GET", "cases/" + id);
        REQUIRE(found.status == 200);
        CHECK(Json::parse(found.body)["case"]["version"].get<std::int64_t>() >= version);
    }
    service->stop(SIGTERM);
    const Run check = run_program(with_data({"check", "--json"}));
    INFO(check.out << check.err);
    CHECK(check.code == 0);
    CHECK(Json::parse(check.out)["cases"].get<std::size_t>() == versions.size());
    WARN(rounds << " kills, " << told << " acts told, " << untold << " cut off, " << versions.size() << " cases, nothing lost");
    CHECK(told > static_cast<std::size_t>(rounds));
}

TEST_CASE("kill -9 under load loses nothing that was told, SQLite", "[sqlite]") { kill_again_and_again({}); }

TEST_CASE("kill -9 under load loses nothing that was told, PostgreSQL", "[postgres]") {
    const char* url = std::getenv("AFTERCARE_TEST_POSTGRES");
    if (!url) {
        WARN("AFTERCARE_TEST_POSTGRES is not set: not run");
        return;
    }
    const Schema schema(url);
    kill_again_and_again({"--database", schema.url()});
}

}  // namespace
}  // namespace aftercare::test
