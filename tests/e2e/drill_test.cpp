#include <signal.h>

#include <thread>

#include "e2e/client.hpp"
#include "support/temp_folder.hpp"

/// The failure drill through the real service and its jobs (plugin-sdk.md, section 4.3): whatever a payment plugin does to a refund, the
/// service answers, and the refund is where a person can see it and act.
namespace aftercare::test {
namespace {

std::string plugins_of_tests() {
    const char* folder = std::getenv("AFTERCARE_PLUGINS");
    REQUIRE(folder);
    return (std::filesystem::path(folder).parent_path() / "test_plugins").string();
}

/// A return of one cup, refunded by a plugin that does `does`.
struct Drill {
    explicit Drill(const std::string& does) {
        const Run user = run_program({"user", "add", "--login", "root", "--roles", "admin,agent,lead", "--password-stdin", "--data", folder.path()}, "a good password\n");
        INFO(user.err);
        REQUIRE(user.code == 0);
        service = std::make_unique<Service>(std::vector<std::string>{"serve", "--data", folder.path(), "--plugins", plugins_of_tests()});
        const Entry entry = enter(*service, {"admin", "agent", "lead", "warehouse", "finance"});
        client.token = entry.secret;
        post("connectors", {{"shop_id", entry.shop}, {"plugin", "bad_payment"}, {"title", "bad"}, {"settings", {{"does", does}}}});
        const Json order = post("orders", an_order(entry.shop, "1", 1));
        const Json line = {{"order_line_id", order["lines"][0]["id"]}, {"qty", 1}};
        const Json opened = post("cases", {{"shop_id", entry.shop}, {"order_id", order["order"]["id"]}, {"request", {{"lines", Json::array({line})}, {"reason", "no_longer_wanted"}}}});
        case_id = opened["case_id"];
        act = "cases/" + case_id + "/operations/" + opened["operation_id"].get<std::string>() + "/";
        post(act + "approve", Json::object());
        post(act + "ship_back", {{"carrier", "SF"}, {"tracking", "SF1"}});
        post(act + "arrive", Json::object());
        post(act + "inspect", {{"order_line_id", line["order_line_id"]}, {"qty", 1}, {"grade", "pass"}, {"disposition", "restock"}});
        if (view()["operations"][0]["decision"] != "settling") post(act + "accept", Json::object());
        post(act + "submit_refund", Json::object());
    }
    Json post(const std::string& path, const Json& body) {
        const Reply reply = client.call(*service, "POST", path, body.dump(), "key-" + std::to_string(++keys));
        INFO(path << " " << reply.body);
        REQUIRE(reply.status < 300);
        return Json::parse(reply.body);
    }
    Json view() { return Json::parse(client.call(*service, "GET", "cases/" + case_id).body); }
    std::string leg() { return view()["money"][0]["state"]; }
    bool is_well() { return service->request("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").find(" 200 ") != std::string::npos; }
    /// Waits until the refund has left `submitted`; the service answers all the while.
    std::string outcome() {
        for (int i = 0; i < 300; ++i) {
            REQUIRE(is_well());
            if (const auto state = leg(); state != "submitted") return state;
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        return "submitted";
    }

    TempFolder folder;
    std::unique_ptr<Service> service;
    Client client;
    std::string case_id, act;
    int keys = 0;
};

void ends_unknown(const std::string& does) {
    Drill drill(does);
    CHECK(drill.outcome() == "unknown");
    const Json queue = Json::parse(drill.client.call(*drill.service, "GET", "refunds?state=unknown").body);
    REQUIRE(queue["items"].size() == 1);
    const Json connector = Json::parse(drill.client.call(*drill.service, "GET", "connectors").body)["items"][0];
    CHECK_FALSE(connector.value("last_error", "").empty());
    // Finance has looked it up and says so: nothing is stuck.
    const Json attempt = drill.view()["attempts"][0];
    drill.post(drill.act + "refund_result", {{"attempt_id", attempt["id"]}, {"result", "ok"}});
    CHECK(drill.leg() == "succeeded");
    CHECK(drill.service->stop(SIGTERM) == 0);
}

TEST_CASE("drill: a payment plugin writes to null; the refund is unknown, the service well") { ends_unknown("segfault"); }
TEST_CASE("drill: a payment plugin sleeps for ever; the refund is unknown, the service well") { ends_unknown("hangs"); }
TEST_CASE("drill: a payment plugin lies; the refund is unknown, the service well") {
    Drill drill("lies");
    CHECK(drill.outcome() == "unknown");
}
TEST_CASE("drill: a payment plugin speaks no UTF-8; the refund is unknown, the service well") { ends_unknown("not_utf8"); }
TEST_CASE("drill: a payment plugin answers 20 MiB; the refund is unknown, the service well") { ends_unknown("huge"); }
TEST_CASE("drill: a payment plugin floods log and stdout; its answer counts all the same") {
    Drill drill("floods");
    CHECK(drill.outcome() == "succeeded");
}
TEST_CASE("drill: a payment plugin prints to stdout; its answer counts all the same") {
    Drill drill("prints");
    CHECK(drill.outcome() == "succeeded");
}

}  // namespace
}  // namespace aftercare::test
