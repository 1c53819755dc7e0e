#include <catch2/catch.hpp>
#include <fstream>

#include "api/test_app.hpp"
#include "support/photo.hpp"

using namespace aftercare;
using nlohmann::json;
using test::TestApp;

namespace {

struct PhotoDesk {
    TestApp app;
    ShopId shop = app.a_shop("north"), other = app.a_shop("south");
    test::Caller root = app.as("root", {Role::admin, Role::agent}, {}), mei = app.as("mei", {Role::agent, Role::warehouse}, {shop});

    test::Reply put(const std::string& bytes, const std::string& type = "image/jpeg", const std::string& key = "") {
        return mei.send("POST", "/api/v1/photos?shop_id=" + shop.value, bytes, {{"Content-Type", type}, {"Idempotency-Key", key}});
    }
    std::string requested(const json& order, const std::string& ref) {
        const json body{{"shop_id", shop.value}, {"order_id", order["order"]["id"]},
                        {"request", {{"lines", {{{"order_line_id", order["lines"][0]["id"]}, {"qty", 1}}}}, {"reason", "quality"}, {"photo_ref", ref}}}};
        const auto opened = mei.post("/api/v1/cases", body.dump());
        return opened.status == 201 ? "" : opened.at("/errors/0/pointer") + " " + opened.at("/errors/0/code");
    }
};

}  // namespace

TEST_CASE("a photo is kept clean and comes back as a JPEG that may be kept for ever, by its owner alone") {
    PhotoDesk desk;
    const auto made = desk.put(test::with_exif(test::a_picture("jpeg", 640, 480), 6), "text/plain");  // what the client says counts for nothing
    REQUIRE(made.status == 201);
    CHECK(made.json["width"] == 480);
    CHECK(made.at("/type") == "image/jpeg");
    const std::string one = "/api/v1/photos/" + made.at("/id");
    const auto whole = desk.mei.get(one), small = desk.mei.get(one + "/thumbnail");
    CHECK(whole.type == "image/jpeg");
    CHECK(whole.headers.at("Cache-Control") == "private, max-age=31536000, immutable");
    CHECK(whole.headers.at("X-Content-Type-Options") == "nosniff");
    CHECK(static_cast<std::int64_t>(whole.body.size()) == made.json["bytes"]);
    CHECK(whole.body.find("HOME ADDRESS") == std::string::npos);
    CHECK(test::shown(whole.body).quarters == "GRKB");
    CHECK(test::shown(small.body).height == 320);
    CHECK(desk.app.as("away", {Role::agent}, {desk.other}).get(one).code() == "photo_not_found");
    CHECK(desk.app.nobody().get(one).status == 401);
    CHECK(desk.app.as("money", {Role::finance}, {desk.shop}).send("POST", "/api/v1/photos?shop_id=" + desk.shop.value, "x", {}).status == 403);
}

TEST_CASE("what is no photo is refused with its reason, and nothing of it is kept") {
    PhotoDesk desk;
    CHECK(desk.put("<html>", "image/png").code() == "not_a_photo");
    CHECK(desk.put("", "image/png").code() == "not_a_photo");
    CHECK(desk.put(test::a_picture("png") + std::string(8 << 20, ' ')).status == 413);
    CHECK(desk.mei.send("POST", "/api/v1/photos", test::a_picture("png"), {}).at("/errors/0/pointer") == "/shop_id");
    CHECK(std::filesystem::is_empty(desk.app.photos.path()));
    const auto order = desk.app.an_order(desk.root, desk.shop, "A-1");
    const auto json_route = desk.mei.send("POST", "/api/v1/cases", test::a_picture("png"), {{"Content-Type", "image/png"}});
    CHECK(json_route.status == 415);
}

TEST_CASE("the same photo under the same key is one; the same picture twice is two rows and one file") {
    PhotoDesk desk;
    const auto first = desk.put(test::a_picture("png"), "image/png", "k");
    CHECK(desk.put(test::a_picture("png"), "image/png", "k").at("/id") == first.at("/id"));
    CHECK(desk.put(test::a_picture("png")).at("/id") != first.at("/id"));
    std::size_t files = 0;
    for (const auto& each : std::filesystem::recursive_directory_iterator(desk.app.photos.path())) files += each.is_regular_file() ? 1 : 0;
    CHECK(files == 2);  // with its thumbnail
    std::filesystem::remove_all(desk.app.photos.path());
    CHECK(desk.mei.get("/api/v1/photos/" + first.at("/id")).code() == "photo_not_here");
}

TEST_CASE("people name photos of the case's shop; a program names what it likes") {
    PhotoDesk desk;
    const std::string a = TestApp::a_photo(desk.mei, desk.shop), b = TestApp::a_photo(desk.mei, desk.shop), away = TestApp::a_photo(desk.root, desk.other);
    const auto order = desk.app.an_order(desk.root, desk.shop, "A-1", 9);
    CHECK(desk.requested(order, "a word") == "/request/photo_ref unknown_photo");
    CHECK(desk.requested(order, a + " " + away) == "/request/photo_ref unknown_photo");
    CHECK(desk.requested(order, a + " " + b + " " + a).empty());
    const auto token = desk.root.post("/api/v1/tokens", json{{"name", "wms"}, {"roles", {"agent"}}, {"shops", {desk.shop.value}}}.dump());
    desk.mei = desk.app.nobody();
    desk.mei.bearer = token.at("/secret");
    CHECK(desk.requested(order, "https://photos.example/1.jpg").empty());
}
