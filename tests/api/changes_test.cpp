#include <catch2/catch.hpp>

#include "api/test_app.hpp"

using namespace aftercare;
using nlohmann::json;
using test::TestApp;

namespace {

/// One shop, an agent, an order of three units and a case with a return of two of them.
struct Desk {
    TestApp app;
    ShopId shop = app.a_shop("north");
    test::Caller root = app.as("root", {Role::admin}, {}), mei = app.as("mei", {Role::agent, Role::lead, Role::warehouse}, {shop});
    json order = app.an_order(root, shop, "A-1");
    std::string photo = TestApp::a_photo(mei, shop);
    test::Reply opened = mei.post("/api/v1/cases", json{{"shop_id", shop.value},
                                                        {"order_id", order["order"]["id"]},
                                                        {"request", {{"lines", {{{"order_line_id", order["lines"][0]["id"]}, {"qty", 2}}}}, {"reason", "quality"}, {"photo_ref", photo}}}}
                                                       .dump());
    std::string the_case = "/api/v1/cases/" + opened.at("/case_id");
    std::string operation = the_case + "/operations/" + opened.at("/operation_id") + "/";
};

}  // namespace

TEST_CASE("opening a case answers 201 with its version as ETag") {
    Desk desk;
    REQUIRE(desk.opened.status == 201);
    CHECK(desk.opened.headers.at("ETag") == '"' + desk.opened.json["version"].dump() + '"');
    const auto view = desk.mei.get(desk.the_case);
    CHECK(view.status == 200);
    CHECK(view.headers.at("ETag") == desk.opened.headers.at("ETag"));
    CHECK(view.json["case"]["order_id"] == desk.order["order"]["id"]);
}

TEST_CASE("what moves goods needs a key, and the same key gives the same answer once") {
    Desk desk;
    CHECK(desk.mei.post(desk.operation + "approve").code() == "idempotency_key_required");
    CHECK(desk.mei.post(desk.operation + "approve").status == 428);
    const auto first = desk.mei.post(desk.operation + "approve", "", {{"Idempotency-Key", "k-1"}});
    REQUIRE(first.status == 200);
    const auto again = desk.mei.post(desk.operation + "approve", "", {{"Idempotency-Key", "k-1"}});
    CHECK(again.status == 200);
    CHECK(again.body == first.body);
    const auto other = desk.mei.post(desk.operation + "withdraw", "", {{"Idempotency-Key", "k-1"}});
    CHECK(other.status == 422);
    CHECK(other.code() == "idempotency_key_reused");
    CHECK(desk.mei.post(desk.operation + "approve", "", {{"Idempotency-Key", "k-2"}}).status == 409);
    for (const std::string& bad : {std::string(201, 'k'), std::string("a b"), std::string("键")})
        CHECK(desk.mei.post(desk.operation + "approve", "", {{"Idempotency-Key", bad}}).code() == "bad_idempotency_key");
}

TEST_CASE("a change that names an old version is refused, and nothing happened") {
    Desk desk;
    const std::string seen = desk.opened.headers.at("ETag");
    const auto note = desk.mei.post(desk.the_case + "/notes", R"({"kind":"internal","body":"call back"})", {{"If-Match", seen}});
    REQUIRE(note.status == 201);
    const auto stale = desk.mei.post(desk.the_case + "/notes", R"({"kind":"internal","body":"again"})", {{"If-Match", seen}});
    CHECK(stale.status == 412);
    CHECK(stale.code() == "stale");
    CHECK(desk.mei.get(desk.the_case).headers.at("ETag") == note.headers.at("ETag"));
    CHECK(desk.mei.post(desk.the_case + "/notes", R"({"kind":"internal","body":"x"})", {{"If-Match", "\"abc\""}}).code() == "bad_if_match");
}

TEST_CASE("a refusal names the way out in the caller's language") {
    Desk desk;
    const std::string units = json{{"lines", {{{"order_line_id", desk.order["lines"][0]["id"]}, {"qty", 2}}}}, {"reason", "quality"}, {"photo_ref", desk.photo}}.dump();
    const auto zh = desk.mei.post(desk.the_case + "/operations", units);
    CHECK(zh.status == 409);
    CHECK(zh.code() == "qty_not_available");
    CHECK(zh.json["detail"] == "要 2 件，客户手里可退的只有 1 件。");
    CHECK(zh.json["remedies"][0]["text"] == "减少件数。");
    const auto en = desk.mei.post(desk.the_case + "/operations", units, {{"Accept-Language", "en"}});
    CHECK(en.json["detail"] == "You asked for 2, but only 1 with the customer can be returned.");
    CHECK(en.json["remedies"][0]["text"] == "Ask for fewer units.");
    CHECK(en.json["params"]["available"] == "1");
}

TEST_CASE("the body may not repeat what the path says, nor say what nobody asked") {
    Desk desk;
    const auto reply = desk.mei.post(desk.the_case + "/notes", R"({"case_id":"C2","kind":"internal","body":"x"})");
    CHECK(reply.json["errors"] == json::parse(R"([{"pointer":"/case_id","code":"unknown_field"}])"));
    CHECK(desk.mei.post(desk.the_case + "/notes", R"({"kind":"shout","body":"","loud":true})").json["errors"].size() == 3);
}

TEST_CASE("an order number that is taken is a conflict") {
    Desk desk;
    const json order{{"shop_id", desk.shop.value}, {"number", "A-1"}, {"lines", {{{"sku", "MUG"}, {"qty", 1}, {"unit_price_minor", 1}}}}, {"placed_at", 1'000}};
    const auto reply = desk.root.post("/api/v1/orders", order.dump());
    CHECK(reply.status == 409);
    CHECK(reply.code() == "order_exists");
}
