#include "api/router.hpp"

#include <catch2/catch.hpp>
#include <set>

using namespace aftercare::api;

namespace {

const Routes& table() {
    static const Routes routes = all_routes();
    return routes;
}

std::string found(std::string_view method, std::string_view path, Params& params) {
    static const Router router(table());
    const auto route = router.find(method, path, params);
    return route ? (*route)->operation_id : route.error().code;
}

std::string found(std::string_view method, std::string_view path) {
    Params params;
    return found(method, path, params);
}

}  // namespace

TEST_CASE("a path leads to its route and its names are decoded") {
    Params params;
    CHECK(found("POST", "/api/v1/cases/C%201/operations/%E9%80%80/approve", params) == "approveOperation");
    CHECK(params == Params{{"case_id", "C 1"}, {"operation_id", "退"}});
    CHECK(found("GET", "/api/v1/cases") == "listCases");
    CHECK(found("GET", "/api/v1/cases/counts") == "countCases");
    CHECK(found("GET", "/api/v1/cases/count") == "getCase");
}

TEST_CASE("what is no route says why") {
    for (const char* path : {"/", "/api", "/api/v1/", "/api/v1/cases/", "/api/v1/cases//events", "/api/v1/cases/C1/", "/api/v1/cases/C1/events/9", "/api/v2/cases"})
        CHECK(found("GET", path) == "unknown_route");
    CHECK(found("GET", "/api/v1/cases/%00") == "bad_path");
    CHECK(found("GET", "/api/v1/cases/%ff") == "bad_path");
    CHECK(found("PATCH", "/api/v1/cases/C1") == "method_not_allowed");
}

TEST_CASE("operation ids and addresses are unique, and every summary says something") {
    std::set<std::string> ids, addresses;
    for (const Route& route : table().all()) {
        CHECK(addresses.insert(route.method + " " + route.path).second);
        if (!route.listed) continue;
        CHECK(ids.insert(route.operation_id).second);
        CHECK(route.summary.size() > 5);
    }
    CHECK(ids.size() >= 50);
}

TEST_CASE("what moves goods or money needs a key") {
    std::set<std::string> needing;
    for (const Route& route : table().all())
        if (route.key_required) needing.insert(route.path.substr(route.path.rfind('/') + 1));
    CHECK(needing == std::set<std::string>{"approve", "ship_back", "arrive", "carrier_lost", "inspect", "accept", "agree", "send_back", "dispatch",
                                           "delivered", "outbound_lost", "resend", "rule", "submit_refund", "refund_result", "send_again", "replay", "book_return", "match", "dispose", "answer_check", "reserve", "swap", "collected", "diagnose",
                                           "quote_repair", "answer_quote", "repair_step", "recover", "write_off", "open_recall", "recall_arrived", "inspect_recall", "end_recall", "ask_approval", "answer", "unified_replies", "send", "follow_up"});
}
