#include "env/log.hpp"

#include <catch2/catch.hpp>
#include <vector>

using namespace aftercare;
using env::LogField;
using env::LogLevel;

namespace {
constexpr Instant kNow{1'772'416'800'123};
std::string json(std::vector<LogField> fields) { return env::log_json(kNow, LogLevel::info, "import_done", fields); }
constexpr std::string_view kHead = R"({"ts":"2026-03-02T02:00:00.123Z","level":"info","event":"import_done")";
}  // namespace

TEST_CASE("a log line is one JSON object") {
    CHECK(json({}) == std::string(kHead) + "}");
    CHECK(json({{"rows", 12}, {"again", false}, {"file", "a.csv"}}) ==
          std::string(kHead) + R"(,"rows":12,"again":false,"file":"a.csv"})");
}

TEST_CASE("private values are masked whatever their type") {
    CHECK(json({{"customer_phone", "13800138000"}, {"csrf_token", "abc"}, {"Password", "x"}, {"secret", 7}, {"email", "a@b"}}) ==
          std::string(kHead) + R"(,"customer_phone":"***","csrf_token":"***","Password":"***","secret":"***","email":"***"})");
}

TEST_CASE("hostile text cannot break a line") {
    CHECK(json({{"a", "x\"\\\n\x1b"}}) == std::string(kHead) + R"(,"a":"x\"\\\u000a\u001b"})");
    CHECK(json({{"a", "\xe4\xb8\xad\xff\xc0\x80\xed\xa0\x80"}}) ==
          std::string(kHead) + ",\"a\":\"\xe4\xb8\xad\\ufffd\\ufffd\\ufffd\\ufffd\\ufffd\\ufffd\"}");
    CHECK(json({{"a", std::string_view("\0", 1)}}) == std::string(kHead) + R"(,"a":"\u0000"})");
}

TEST_CASE("on a terminal a line is text") {
    const std::vector<LogField> fields{{"port", 8086}, {"host", "127.0.0.1"}, {"token", "x"}};
    CHECK(env::log_text(kNow, LogLevel::warn, "listening", fields) ==
          R"(02:00:00 warn  listening port=8086 host="127.0.0.1" token="***")");
}
