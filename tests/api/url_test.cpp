#include "api/url.hpp"

#include <catch2/catch.hpp>

using namespace aftercare::api;

TEST_CASE("only whole UTF-8 without NUL is clean") {
    CHECK(clean_text("退货 A\xF0\x9F\x93\xA6"));
    for (const char* bad : {"\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF", "\xE9\x80", "\x80"}) CHECK_FALSE(clean_text(bad));
    CHECK_FALSE(clean_text(std::string_view("a\0b", 3)));
}

TEST_CASE("a query is decoded, or refused as a whole") {
    const auto good = parse_query("q=%E6%9D%AF+x&&after=a%3Db&flag");
    REQUIRE(good);
    CHECK(*good == Params{{"q", "杯 x"}, {"after", "a=b"}, {"flag", ""}});
    for (const char* bad : {"a=%", "a=%4", "a=%GG", "a=%00", "%FF=1", "a=%C0%AF"}) {
        CAPTURE(bad);
        REQUIRE_FALSE(parse_query(bad));
        CHECK(parse_query(bad).error().code == "bad_query");
    }
}
