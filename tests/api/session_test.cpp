#include <catch2/catch.hpp>

#include "api/callers.hpp"
#include "api/test_app.hpp"
#include "store/staff.hpp"

using namespace aftercare;
using nlohmann::json;
using test::TestApp;

TEST_CASE("signing in sets a cookie that scripts and other sites cannot use") {
    TestApp app;
    const auto shop = app.a_shop("north");
    app.as("mei", {Role::agent}, {shop});
    auto mei = app.nobody();
    const auto wrong = mei.sign_in("mei", "wrong horse");
    CHECK(wrong.status == 401);
    CHECK(wrong.code() == "wrong_login");
    CHECK(wrong.headers.at("WWW-Authenticate") == "Bearer");
    CHECK(wrong.headers.count("Set-Cookie") == 0);
    CHECK(mei.sign_in("nobody", "wrong horse").body.find("wrong_login") != std::string::npos);

    const auto in = mei.sign_in("mei", test::kPassword);
    REQUIRE(in.status == 200);
    CHECK(in.headers.at("Set-Cookie") == "ac_session=" + mei.cookie + "; Path=/; HttpOnly; SameSite=Strict");
    CHECK(in.body.find(mei.cookie) == std::string::npos);
    CHECK(in.at("/staff/login") == "mei");
    CHECK(in.json["all_shops"] == false);
    CHECK(app.as("root", {Role::admin}, {}).get("/api/v1/session").json["all_shops"] == true);
    CHECK(mei.get("/api/v1/session").json["csrf_token"] == mei.csrf);
}

TEST_CASE("the cookie says Secure behind https") {
    api::ApiOptions options;
    options.secure_cookie = true;
    TestApp app(std::move(options));
    app.as("mei", {Role::agent}, {app.a_shop("north")});
    CHECK(app.nobody().sign_in("mei", test::kPassword).headers.at("Set-Cookie").find("; Secure") != std::string::npos);
}

TEST_CASE("without a session there is nothing but health, the OpenAPI file and signing in") {
    TestApp app;
    auto nobody = app.nobody();
    for (const char* path : {"/api/v1/session", "/api/v1/cases", "/api/v1/cases/C1", "/api/v1/live", "/api/v1/staff"})
        CHECK(nobody.get(path).code() == "no_session");
    nobody.cookie = "made-up";
    CHECK(nobody.get("/api/v1/cases").status == 401);
    nobody.cookie = std::string(10'000, 'x');
    CHECK(nobody.get("/api/v1/cases").status == 401);
    CHECK(nobody.get("/api/v1/cases", {{"Authorization", "Basic bWVpOng="}}).status == 401);
    CHECK(nobody.get("/api/v1/cases", {{"Authorization", "Bearer "}}).status == 401);
    CHECK(nobody.get("/healthz").status == 200);
    CHECK(nobody.get("/api/v1/openapi.json").status == 200);
}

TEST_CASE("a change under the cookie needs its CSRF token, a token of a program does not") {
    TestApp app;
    const auto shop = app.a_shop("north");
    auto root = app.as("root", {Role::admin}, {});
    const std::string csrf = std::exchange(root.csrf, "");
    const std::string body = json{{"name", "importer"}, {"roles", {"agent"}}, {"shops", {shop.value}}}.dump();
    CHECK(root.post("/api/v1/tokens", body).code() == "csrf_missing");
    root.csrf = csrf + "x";
    CHECK(root.post("/api/v1/tokens", body).status == 403);
    CHECK(root.get("/api/v1/tokens").status == 200);
    root.csrf = csrf;
    const auto made = root.post("/api/v1/tokens", body);
    REQUIRE(made.status == 201);

    auto program = app.nobody();
    program.bearer = made.json["secret"];
    CHECK(program.post("/api/v1/cases", json{{"shop_id", shop.value}, {"kind", "consultation"}}.dump()).status == 201);
    CHECK(program.get("/api/v1/cases").json["items"].size() == 1);
    CHECK(root.remove("/api/v1/tokens/" + made.at("/id")).status == 200);
    CHECK(program.get("/api/v1/cases").status == 401);
}

TEST_CASE("who is known from a moment ago is not looked up again, but a change of people here is seen at once") {
    TestApp app;
    const auto shop = app.a_shop("north");
    auto root = app.as("root", {Role::admin}, {});
    auto mei = app.as("mei", {Role::agent}, {shop});
    const auto me = mei.get("/api/v1/session");
    const StaffId id(me.at("/staff/id"));
    REQUIRE(mei.get("/api/v1/cases").status == 200);

    SECTION("another program ends her sessions: seen after a second") {
        app.database->change(db::Lane::people, [&](db::Connection& tx) { return store::end_sessions_of(tx, id), true; });
        CHECK(mei.get("/api/v1/cases").status == 200);
        app.clock.advance(api::Callers::kKept);
        CHECK(mei.get("/api/v1/cases").status == 401);
    }
    SECTION("she may not come in any more") {
        const json off{{"name", "Mei"}, {"roles", {"agent"}}, {"shops", {shop.value}}, {"active", false}};
        const auto answer = root.post("/api/v1/staff/" + id.value, off.dump(), {{"If-Match", "\"" + me.json["staff"]["version"].dump() + "\""}});
        REQUIRE(answer.status == 200);
        CHECK(mei.get("/api/v1/cases").status == 401);
    }
    SECTION("a token is no cookie, nor the other way round") {
        auto other = app.nobody();
        other.bearer = mei.cookie;
        CHECK(other.get("/api/v1/cases").status == 401);
    }
}

TEST_CASE("what was read before a change of people is not kept after it") {
    api::Callers callers;
    const usecase::Session session{{}, "csrf"};
    const auto turn = callers.turn();
    callers.forget();  // while the database was asked
    callers.keep("key", session, Instant{1'000}, turn);
    CHECK_FALSE(callers.find("key", Instant{1'000}));
    callers.keep("key", session, Instant{1'000}, callers.turn());
    CHECK(callers.find("key", Instant{1'999}));
    CHECK_FALSE(callers.find("key", Instant{2'000}));
    CHECK_FALSE(callers.find("key", Instant{999}));  // a clock that was put back
}

TEST_CASE("signing out ends the session and takes the cookie away") {
    TestApp app;
    auto mei = app.as("mei", {Role::agent}, {app.a_shop("north")});
    const auto out = mei.remove("/api/v1/session");
    CHECK(out.status == 200);
    CHECK(out.headers.at("Set-Cookie") == "ac_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    CHECK(mei.get("/api/v1/session").status == 401);
}

TEST_CASE("guessing passwords is slowed down, with the time to wait") {
    TestApp app;
    app.as("mei", {Role::agent}, {app.a_shop("north")});
    auto guesser = app.nobody();
    test::Reply last;
    for (int i = 0; i < 11; ++i) last = guesser.sign_in("mei", "wrong horse " + std::to_string(i));
    CHECK(last.status == 429);
    CHECK(last.code() == "too_many_attempts");
    CHECK(std::stoi(last.headers.at("Retry-After")) > 0);
}
