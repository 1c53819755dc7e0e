#include "env/barcode.hpp"

#include <catch2/catch.hpp>

using namespace aftercare;

TEST_CASE("a number becomes bars, with room on both sides") {
    const auto svg = env::code128_svg("20417");
    REQUIRE(svg);
    CHECK(svg->starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 99 60\""));
    CHECK(svg->find("<rect x=\"10\" y=\"0\" width=\"2\" height=\"60\"/>") != std::string::npos);  // the start of Code 128
    CHECK(svg->ends_with("</svg>"));
    CHECK(svg->find("20417") == std::string::npos);
}

TEST_CASE("what no scanner reads makes no bars") {
    for (const std::string& text : {std::string(), std::string("顺丰"), std::string("a\tb"), std::string(61, 'x')})
        CHECK(env::code128_svg(text).error().code == "no_barcode");
    CHECK(env::code128_svg(std::string(60, 'x')));
    CHECK(env::code128_svg("<svg onload=\"x\">"));
}
