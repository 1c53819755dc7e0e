#include <aftercare/connector/frames.hpp>
#include <catch2/catch.hpp>

using namespace aftercare;

TEST_CASE("UTF-8 is what the standard says") {
    for (const char* good : {"", "plain", "退货", "\xF0\x9F\x93\xA6", "\x7F", "\xF4\x8F\xBF\xBF"}) CHECK(is_utf8(good));
    for (const char* bad : {"\x80", "\xC0\x80", "\xC3", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE9\x80"})
        CHECK_FALSE(is_utf8(bad));
    CHECK_FALSE(is_utf8(std::string_view("\xE4\xBB\xA3", 2)));
}

TEST_CASE("a log line holds no control characters and no broken bytes") {
    CHECK(frames::clean_line("a\x1b[31mb\xff\t退") == "a?[31mb?\t退");
    CHECK(frames::clean_line(std::string(10'000, 'x')).size() == frames::kMaxLine);
}
