#include <catch2/catch.hpp>
#include <fstream>

#include "api/openapi.hpp"
#include "api/test_app.hpp"

using namespace aftercare;
using nlohmann::json;

namespace {

void refers_to_what_is_there(const json& node, const json& whole) {
    if (node.is_object() && node.contains("$ref")) {
        CAPTURE(node["$ref"]);
        CHECK(whole.contains(json::json_pointer(node["$ref"].get<std::string>().substr(1))));
    }
    if (node.is_structured())
        for (const auto& each : node) refers_to_what_is_there(each, whole);
}

}  // namespace

TEST_CASE("the committed OpenAPI file is what the program prints (print it again: aftercare openapi > schema/api/openapi.json)") {
    std::ifstream in("schema/api/openapi.json", std::ios::binary);
    const std::string committed{std::istreambuf_iterator<char>(in), {}};
    CHECK(committed == api::openapi_json());
}

TEST_CASE("the OpenAPI file is whole") {
    const json spec = json::parse(api::openapi_json());
    CHECK(spec["openapi"] == "3.1.0");
    refers_to_what_is_there(spec, spec);
    const json& approve = spec["paths"]["/api/v1/cases/{case_id}/operations/{operation_id}/approve"]["post"];
    CHECK(approve["parameters"][3] == json{{"name", "Idempotency-Key"},
                                           {"in", "header"},
                                           {"required", true},
                                           {"description", "the same key and body again: the first answer again, for 24 hours"},
                                           {"schema", {{"type", "string"}}}});
    CHECK_FALSE(approve.contains("requestBody"));
}

TEST_CASE("the service serves the same bytes, and a page without foreign assets") {
    test::TestApp app;
    auto nobody = app.nobody();
    CHECK(nobody.get("/api/v1/openapi.json").body == api::openapi_json());
    const auto page = nobody.get("/api/v1/docs", {{"Accept", "text/html"}});
    CHECK(page.status == 200);
    CHECK(page.type == "text/html; charset=utf-8");
    CHECK(page.headers.at("Content-Security-Policy").find("default-src 'self'") == 0);
    for (const char* never : {"<script", "style=", "http://", "https://"}) CHECK(page.body.find(never) == std::string::npos);
    const auto routes = api::all_routes();
    for (const api::Route& route : routes.all()) {
        CAPTURE(route.operation_id);
        CHECK((!route.listed || page.body.find("id=\"" + route.operation_id + "\"") != std::string::npos));
    }
    CHECK(nobody.get("/api/v1/docs.css").body.find("--line") != std::string::npos);
}
