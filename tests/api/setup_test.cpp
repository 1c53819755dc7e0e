#include <catch2/catch.hpp>

#include "api/test_app.hpp"
#include "usecase/setup.hpp"

using namespace aftercare;
using nlohmann::json;
using test::TestApp;

namespace {

json a_house(const std::string& code) {
    return {{"code", code}, {"login", "Li"}, {"name", "李维"}, {"password", "a good password"},
            {"shop", {{"code", "first"}, {"name", "一店"}, {"currency", "CNY"}, {"zone", "Asia/Shanghai"}}}};
}

}  // namespace

TEST_CASE("a house without people is set up by whoever has the code, once") {
    TestApp app;
    app.ctx.setup_code = usecase::make_setup_code(app.random);
    auto browser = app.nobody();
    CHECK(browser.get("/api/v1/setup").json["needed"] == true);

    const auto guessed = browser.post("/api/v1/setup", a_house("abcd-abcd-abcd").dump());
    CHECK(guessed.status == 422);
    CHECK(guessed.at("/errors/0/pointer") == "/code");
    CHECK(guessed.at("/errors/0/code") == "wrong_code");
    json bad = a_house(app.ctx.setup_code);
    bad["login"] = "li wei", bad["shop"]["zone"] = "Moon/Sea", bad["shop"]["currency"] = "yen";
    const auto refused = browser.post("/api/v1/setup", bad.dump());
    CHECK(refused.json["errors"].size() == 3);
    CHECK(refused.body.find("/shop/zone") != std::string::npos);
    CHECK(browser.get("/api/v1/setup").json["needed"] == true);

    std::string typed = app.ctx.setup_code;  // capitals and blanks do not matter
    std::replace(typed.begin(), typed.end(), '-', ' ');
    for (char& c : typed) c = static_cast<char>(std::toupper(c));
    const auto done = browser.post("/api/v1/setup", a_house(typed).dump());
    REQUIRE(done.status == 201);
    CHECK(done.json["all_shops"] == true);
    CHECK(done.json["shops"].size() == 1);
    CHECK(done.at("/staff/login") == "li");
    CHECK(done.headers.at("Set-Cookie").find("HttpOnly") != std::string::npos);
    CHECK(browser.get("/api/v1/setup").json["needed"] == false);
    CHECK(app.nobody().post("/api/v1/setup", a_house(typed).dump()).code() == "setup_done");
    CHECK(app.nobody().sign_in("li", "a good password").status == 200);
}

TEST_CASE("without a code nothing opens the house, and somebody in it closes the door") {
    TestApp app;
    CHECK(app.nobody().post("/api/v1/setup", a_house("x").dump()).status == 422);
    app.ctx.setup_code = "abcd";
    app.as("mei", {Role::agent}, {app.a_shop("north")});
    CHECK(app.nobody().post("/api/v1/setup", a_house("abcd").dump()).code() == "setup_done");
    CHECK(app.nobody().get("/api/v1/setup").json["needed"] == false);
}

TEST_CASE("setup codes have letters that cannot be mistaken, and differ") {
    test::SeededRandom random;
    const std::string one = usecase::make_setup_code(random);
    CHECK(one.size() == 14);
    CHECK(one[4] == '-');
    CHECK(one[9] == '-');
    CHECK(one.find_first_of("01ilo") == std::string::npos);
    CHECK(usecase::make_setup_code(random) != one);
}

TEST_CASE("one's own password changes with the old one, and other sessions end") {
    TestApp app;
    auto mei = app.as("mei", {Role::agent}, {app.a_shop("north")});
    auto elsewhere = app.nobody();
    elsewhere.sign_in("mei", test::kPassword);
    const auto body = [](const char* before, const char* after) { return json{{"old_password", before}, {"new_password", after}}.dump(); };
    CHECK(mei.post("/api/v1/session/password", body("wrong horse", "another password")).at("/errors/0/code") == "wrong_password");
    CHECK(mei.post("/api/v1/session/password", body(test::kPassword, "short")).at("/errors/0/pointer") == "/new_password");
    CHECK(mei.post("/api/v1/session/password", body(test::kPassword, "another password")).status == 200);
    CHECK(mei.get("/api/v1/session").status == 200);
    CHECK(elsewhere.get("/api/v1/session").status == 401);
    CHECK(app.nobody().sign_in("mei", "another password").status == 200);
    for (int i = 0; i < 10; ++i) mei.post("/api/v1/session/password", body("wrong horse", "another password"));
    CHECK(mei.post("/api/v1/session/password", body("another password", "one more password")).code() == "too_many_attempts");
}

TEST_CASE("people and shops are changed at the version that was read") {
    TestApp app;
    const auto shop = app.a_shop("north");
    auto root = app.as("root", {Role::admin}, {});
    app.as("mei", {Role::agent}, {shop});
    const json mei = root.get("/api/v1/staff").json["items"][1];
    const std::string path = "/api/v1/staff/" + mei["id"].get<std::string>();
    const auto change = [&](const char* version, const json& more) {
        json body{{"name", "Mei"}, {"roles", {"agent"}}, {"shops", {shop.value}}, {"active", true}};
        body.update(more);
        return root.post(path, body.dump(), {{"If-Match", version}});
    };
    CHECK(change("", json::object()).status == 428);
    const auto changed = change("\"1\"", {{"roles", {"agent", "lead"}}});
    REQUIRE(changed.status == 200);
    CHECK(changed.headers.at("ETag") == "\"2\"");
    CHECK(changed.json["roles"].size() == 2);
    CHECK(change("\"1\"", json::object()).status == 412);
    CHECK(change("\"2\"", {{"shops", json::array()}}).at("/errors/0/pointer") == "/shops");
    auto session = app.nobody();
    session.sign_in("mei", test::kPassword);
    CHECK(change("\"2\"", {{"active", false}}).status == 200);
    CHECK(session.get("/api/v1/session").status == 401);
    CHECK(app.nobody().sign_in("mei", test::kPassword).status == 401);
    CHECK(root.post(path + "/password", json{{"password", "another password"}}.dump()).status == 200);
    CHECK(change("\"3\"", json::object()).status == 200);
    CHECK(app.nobody().sign_in("mei", "another password").status == 200);

    const json self = root.get("/api/v1/staff").json["items"][0];
    const auto last = root.post("/api/v1/staff/" + self["id"].get<std::string>(),
                                json{{"name", "Root"}, {"roles", {"admin"}}, {"shops", {shop.value}}, {"active", true}}.dump(), {{"If-Match", "\"1\""}});
    CHECK(last.code() == "last_admin");

    const std::string at = "/api/v1/shops/" + shop.value;
    const auto put = [&](const char* version, const char* name, const char* currency, const char* zone) {
        return root.post(at, json{{"name", name}, {"currency", currency}, {"zone", zone}}.dump(), {{"If-Match", version}});
    };
    CHECK(put("\"1\"", "北店", "EUR", "Europe/Berlin").json["currency"] == "EUR");
    CHECK(put("\"1\"", "北店", "EUR", "Europe/Berlin").status == 412);
    CHECK(put("\"2\"", "", "EUR", "Moon/Sea").json["errors"].size() == 1);
    app.an_order(root, shop, "N-1");
    CHECK(put("\"2\"", "北店", "CNY", "Europe/Berlin").code() == "currency_fixed");
    CHECK(put("\"2\"", "北京店", "EUR", "Asia/Shanghai").json["name"] == "北京店");
}
