#include <catch2/catch.hpp>

#include "api/test_app.hpp"

using namespace aftercare;
using test::TestApp;

TEST_CASE("health needs nobody, and says when the service is not ready") {
    bool well = true;
    api::ApiOptions options;
    options.ready = [&]() -> Result<void> {
        if (well) return {};
        return fail(ErrorKind::unavailable, "database_unavailable");
    };
    TestApp app(std::move(options));
    auto nobody = app.nobody();
    CHECK(nobody.get("/healthz").body == R"({"status":"ok"})");
    CHECK(nobody.get("/readyz").status == 200);
    well = false;
    const auto reply = nobody.get("/readyz");
    CHECK(reply.status == 503);
    CHECK(reply.headers.at("Retry-After") == "1");
    CHECK(nobody.get("/healthz").status == 200);
}

TEST_CASE("a refusal is a problem document in the caller's language") {
    TestApp app;
    auto nobody = app.nobody();
    const auto zh = nobody.get("/api/v1/nothing", {{"X-Request-Id", "trace-0001"}});
    CHECK(zh.status == 404);
    CHECK(zh.type == "application/problem+json");
    CHECK(zh.json["type"] == "urn:aftercare:problem:unknown_route");
    CHECK(zh.json["title"] == "没有找到");
    CHECK(zh.json["detail"] == "没有这个地址。检查地址，或看 /api/v1/docs。");
    CHECK(zh.json["request_id"] == "trace-0001");
    CHECK(zh.json["errors"] == nlohmann::json::array());
    CHECK(nobody.get("/api/v1/nothing", {{"Accept-Language", "en-US,en;q=0.9"}}).json["title"] == "Not found");
}

TEST_CASE("every answer carries a request id, nosniff and its cache rule") {
    TestApp app;
    auto nobody = app.nobody();
    for (const char* path : {"/healthz", "/api/v1/nothing", "/api/v1/cases", "/"}) {
        const auto reply = nobody.get(path, {{"X-Request-Id", "bad id\r\nSet-Cookie: x"}});
        CHECK(reply.headers.at("X-Request-Id").substr(0, 3) == "ID-");
        CHECK(reply.headers.at("Cache-Control") == "no-store");
        CHECK(reply.headers.at("X-Content-Type-Options") == "nosniff");
    }
    CHECK(nobody.get("/healthz", {{"x-request-id", "caller.7-abc"}}).headers.at("X-Request-Id") == "caller.7-abc");
}

TEST_CASE("methods, formats and addresses that do not fit are said one by one") {
    TestApp app;
    auto nobody = app.nobody();
    const auto method = nobody.send("PATCH", "/api/v1/cases", "", {});
    CHECK(method.status == 405);
    CHECK(method.headers.at("Allow") == "GET, POST");
    CHECK(nobody.send("POST", "/", "", {}).status == 405);
    CHECK(nobody.get("/api/v1/cases", {{"Accept", "text/csv"}}).status == 406);
    CHECK(nobody.get("/api/v1/cases", {{"Accept", "text/html, */*;q=0.8"}}).status == 401);
    CHECK(nobody.get("/api/v1/cases?q=" + std::string(9'000, 'a')).status == 414);
    CHECK(nobody.get("/api/v1/cases/%00").code() == "bad_path");
    CHECK(nobody.get("/").code() == "console_not_built");
    CHECK(nobody.get("no-slash").status == 400);
}

TEST_CASE("a body that cannot be read is refused before anything happens") {
    api::ApiOptions options;
    options.max_body = 10'000;
    TestApp app(std::move(options));
    auto nobody = app.nobody();
    const auto sign_in = [&](const std::string& body) { return nobody.post("/api/v1/session", body); };
    CHECK(sign_in("{\"login\":\"a\",").code() == "not_json");
    CHECK(sign_in("{\"login\":\"\xC0\xAF\",\"password\":\"x\"}").code() == "not_json");
    CHECK(sign_in("[1]").code() == "body_not_an_object");
    CHECK(sign_in(std::string(200, '[') + std::string(200, ']')).code() == "json_too_deep");
    CHECK(sign_in("{}").json["errors"] == nlohmann::json::parse(R"([{"pointer":"/login","code":"required"},{"pointer":"/password","code":"required"}])"));
    CHECK(sign_in(R"({"login":"a\u0000b","password":"x","colour":"red"})").json["errors"] ==
          nlohmann::json::parse(R"([{"pointer":"/login","code":"contains_nul"},{"pointer":"/colour","code":"unknown_field"}])"));
    const auto large = sign_in("{\"login\":\"" + std::string(10'000, 'a') + "\"}");
    CHECK(large.status == 413);
    CHECK(large.json["params"]["limit_bytes"] == "10000");
    const auto form = nobody.send("POST", "/api/v1/session", "", {{"Content-Type", "text/plain"}});
    CHECK(form.status == 422);  // an empty body has no format
    for (const auto& [body, status] : {std::pair{"not_json", 400}, {"[1]", 400}, {"{}", 422}}) CHECK(sign_in(body).status == status);
}

TEST_CASE("a body in another format is refused") {
    TestApp app;
    api::HttpRequest request;
    request.method = "POST";
    request.path = "/api/v1/session";
    request.body = "login=a&password=b";
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    CHECK(app.api.handle(request).status == 415);
}
