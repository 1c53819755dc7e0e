#include "db/line.hpp"

#include <thread>

#include "db/support.hpp"

namespace aftercare::db {
namespace {

std::vector<std::string> heard(Line& line) {
    std::vector<std::string> all;
    for (int tries = 0; tries < 20 && all.empty(); ++tries)
        line.hear(std::chrono::milliseconds(100), [&](std::string_view message) { all.emplace_back(message); });
    return all;
}

}  // namespace

TEST_CASE("a line hears its own channel, says what fits, and can be roused") {
    const auto schema = PostgresSchema::make();
    if (!schema) return;
    const std::string channel = "line_test_" + std::to_string(getpid()), hostile = "'; DROP TABLE x; --\n\xE9\x80\x80";
    Line one(schema->options().url, channel), two(schema->options().url, channel), other(schema->options().url, channel + "_other");
    for (Line* line : {&one, &two, &other}) line->open();
    one.say(hostile);
    CHECK(heard(two) == std::vector<std::string>{hostile});
    CHECK(heard(one) == std::vector<std::string>{hostile});
    one.say(std::string(Line::kLongest, 'x'));
    CHECK(heard(two).at(0).size() == Line::kLongest);
    CHECK(error_of([&] { one.say(std::string(Line::kLongest + 1, 'x')); }).kind == DbErrorKind::other);
    one.say("still here");
    CHECK(heard(two) == std::vector<std::string>{"still here"});

    const auto start = std::chrono::steady_clock::now();
    other.rouse();
    other.hear(std::chrono::milliseconds(5'000), [](std::string_view) { FAIL("nobody said anything here"); });
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::milliseconds(2'500));
}

TEST_CASE("a line that is closed or cannot be opened says lost") {
    const TempFolder folder;
    Line line("postgresql:///none?host=" + folder.path().string(), "c");
    CHECK(error_of([&] { line.say("x"); }).kind == DbErrorKind::lost);
    CHECK(error_of([&] { heard(line); }).kind == DbErrorKind::lost);
    CHECK(error_of([&] { line.open(); }).kind == DbErrorKind::lost);
}

}  // namespace aftercare::db
