#include <catch2/catch.hpp>
#include <iterator>
#include <sstream>

#include "env/utf8_stream.hpp"

using namespace aftercare;

namespace {

std::pair<std::string, env::Charset> read(const std::string& bytes) {
    std::istringstream file(bytes);
    env::Utf8Stream text(file);
    std::istream in(&text);
    std::string all(std::istreambuf_iterator<char>(in), {});
    return {std::move(all), text.charset()};
}

}  // namespace

TEST_CASE("UTF-8 passes as it is, also over the ends of chunks") {
    std::string text(65'535, 'a');
    text += "订单£";
    CHECK(read(text) == std::pair(text, env::Charset::utf8));
    CHECK(read("\xEF\xBB\xBF订单").first == "\xEF\xBB\xBF订单");
}

TEST_CASE("GB18030 is found, also when the file begins with a long stretch of ASCII") {
    CHECK(read("\xB6\xA9\xB5\xA5,\xC7\xE1\xB7\xC5") == std::pair(std::string("订单,轻放"), env::Charset::gb18030));
    const std::string ascii(200'001, 'x');
    CHECK(read(ascii + "\xB6\xA9\xB5\xA5").first == ascii + "订单");
    CHECK(read("\x95\x32\x82\x36\xB6\xA9").first == "𠀀订");  // four bytes
}

TEST_CASE("UTF-16 is known by its mark") {
    CHECK(read(std::string("\xFF\xFE\xA2\x8Bx\0", 6)) == std::pair(std::string("\xEF\xBB\xBF订x"), env::Charset::utf16le));
}

TEST_CASE("bytes that are no character become U+FFFD, and nothing else is lost") {
    CHECK(read("订单订单订单订单订单订单订单订单订单订单\xFF结束").first == "订单订单订单订单订单订单订单订单订单订单\xEF\xBF\xBD结束");
    CHECK(read("abc\xE8\xAE").first.starts_with("abc"));
}
