#include "env/zone.hpp"

#include <catch2/catch.hpp>

using namespace aftercare;
using env::LocalTime;
using env::Zone;

namespace {
Zone zone(std::string_view name) { return Zone::find(name).value(); }
constexpr Instant utc(std::int64_t seconds) { return {seconds * 1'000}; }
}  // namespace

TEST_CASE("local time and instants of a zone") {
    const Zone shanghai = zone("Asia/Shanghai");
    CHECK(shanghai.to_instant({2026, 3, 2, 10, 0, 0}) == utc(1'772'416'800));
    CHECK(shanghai.to_local(utc(1'772'416'800)) == LocalTime{2026, 3, 2, 10, 0, 0});
    CHECK(shanghai.weekday(utc(1'772'416'800)) == 1);
    CHECK(zone("America/New_York").weekday(utc(1'772'416'800)) == 7);
    CHECK(shanghai.end_of_day(utc(1'772'416'800)) == Instant{1'772'467'199'999});
    CHECK(shanghai.end_of_day(Instant{1'772'467'199'999}) == Instant{1'772'467'199'999});
}

TEST_CASE("a local time that happens twice is the first, one that never happens moves forward") {
    const Zone london = zone("Europe/London");
    CHECK(london.to_instant({2025, 10, 26, 1, 30, 0}) == utc(1'761'438'600));  // 00:30Z, still summer time
    CHECK(london.to_instant({2025, 3, 30, 1, 30, 0}) == utc(1'743'298'200));   // 01:30Z = 02:30 summer time
    CHECK(london.to_local(utc(1'743'298'200)) == LocalTime{2025, 3, 30, 2, 30, 0});
}

TEST_CASE("a day of 23 hours ends where the next begins") {
    const Zone london = zone("Europe/London");
    const Instant noon = london.to_instant({2025, 3, 30, 12, 0, 0});
    CHECK(london.end_of_day(noon) + Duration{1} == london.to_instant({2025, 3, 31, 0, 0, 0}));
}

TEST_CASE("unknown zones are refused") {
    for (const auto* name : {"", "Asia/Atlantis", "../../etc/passwd", "asia/shanghai\n"}) {
        const auto found = Zone::find(name);
        REQUIRE_FALSE(found);
        CHECK(found.error().code == "unknown_zone");
    }
}

TEST_CASE("a zone as a table of offsets") {
    const auto fixed = zone("Etc/UTC").offsets();
    REQUIRE(fixed.size() == 1);
    CHECK(fixed[0].from == kEarliest);
    CHECK(fixed[0].offset == Duration{0});
    const auto shanghai = zone("Asia/Shanghai").offsets();
    CHECK(shanghai.front().from == kEarliest);
    CHECK(shanghai.back().offset == hours(8));
    CHECK(shanghai.size() == 13);  // summer time of 1986 to 1991
    CHECK(zone("Europe/London").offsets().size() > 100);
}

TEST_CASE("local times as text") {
    CHECK(env::parse_local("2009-12-01 07:45:00") == LocalTime{2009, 12, 1, 7, 45, 0});
    CHECK(env::parse_local("2009-12-01T07:45") == LocalTime{2009, 12, 1, 7, 45, 0});
    CHECK(env::parse_local("2024-02-29") == LocalTime{2024, 2, 29, 0, 0, 0});
    for (const auto* text : {"", "2009", "2009-13-01", "2009-02-29", "2009-00-10", "2009-12-00", "2009-12-01 24:00:00",
                             "2009-12-01 07:60", "2009-12-01 07:45:00Z", "2009-12-01 07:45:0", "-009-12-01", "2009-+1-01", "01/12/2009"})
        CHECK(env::parse_local(text).error().code == "bad_time");
}
