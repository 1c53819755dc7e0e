#include "api/static_files.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "support/temp_folder.hpp"

using namespace aftercare;
using namespace aftercare::api;

namespace {

struct Console {
    Console() {
        std::filesystem::create_directory(folder.path() / "site");
        std::filesystem::create_directory(folder.path() / "site" / "assets");
        folder.write("secret.txt", "not yours");
        folder.write("site/index.html", "<!doctype html>console");
        folder.write("site/favicon.svg", "<svg/>");
        folder.write("site/assets/index-BxYz.js", "let long = 1;");
        folder.write("site/assets/index-BxYz.js.gz", "GZ");
    }
    HttpResponse get(std::string_view path, std::vector<std::pair<std::string_view, std::string_view>> headers = {}) {
        const StaticFiles files((folder.path() / "site").string());
        HttpRequest request;
        request.method = "GET";
        request.path = path;
        request.headers = std::move(headers);
        return files.find(request);
    }
    test::TempFolder folder;
};

}  // namespace

TEST_CASE("pages of the console are its index, and only they") {
    Console console;
    for (const char* path : {"/", "/cases", "/cases/20417", "/index.html"}) {
        const auto page = console.get(path);
        REQUIRE(page.file);
        CHECK(page.content() == "<!doctype html>console");
        CHECK(page.content_type == "text/html; charset=utf-8");
        CHECK(page.header("Cache-Control") == "no-cache");
        CHECK(page.header("Content-Security-Policy") == "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'");
        CHECK(page.header("X-Frame-Options") == "DENY");
    }
    CHECK_FALSE(console.get("/assets/index-old.js").file);
    CHECK_FALSE(console.get("/robots.txt").file);
}

TEST_CASE("hashed names are kept for ever, gzip goes to those who take it") {
    Console console;
    const auto plain = console.get("/assets/index-BxYz.js");
    CHECK(plain.content() == "let long = 1;");
    CHECK(plain.content_type == "text/javascript; charset=utf-8");
    CHECK(plain.header("Cache-Control") == "public, max-age=31536000, immutable");
    CHECK(plain.header("Vary") == "Accept-Encoding");
    const auto packed = console.get("/assets/index-BxYz.js", {{"accept-encoding", "br, gzip"}});
    CHECK(packed.content() == "GZ");
    CHECK(packed.header("Content-Encoding") == "gzip");
    CHECK(packed.header("ETag") != plain.header("ETag"));
    CHECK(console.get("/assets/index-BxYz.js", {{"Accept-Encoding", "gzip;q=0"}}).content() == "let long = 1;");
    CHECK_FALSE(console.get("/assets/index-BxYz.js.gz").file);
}

TEST_CASE("a file the caller has is not sent again") {
    Console console;
    const std::string etag(console.get("/favicon.svg").header("ETag"));
    CHECK(etag.size() == 34);
    const auto again = console.get("/favicon.svg", {{"If-None-Match", etag}});
    CHECK(again.status == 304);
    CHECK(again.content().empty());
    CHECK(console.get("/favicon.svg", {{"If-None-Match", "\"other\""}}).status == 200);
}

TEST_CASE("no path leads out of the folder") {
    Console console;
    for (const char* path : {"/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt", "/..%5csecret.txt", "//secret.txt", "/assets/../../secret.txt"})
        CHECK_FALSE(console.get(path).file);
    CHECK_FALSE(console.get("/%00.txt").file);
}
