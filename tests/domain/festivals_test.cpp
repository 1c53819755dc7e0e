#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "domain/festivals.hpp"

using namespace aftercare::domain;

namespace {

std::string day_of(std::string_view id, int year) { return text_of(festival_in(*find_festival(id), year).value()); }

}  // namespace

TEST_CASE("festivals with fixed days, weekdays, and Easter") {
    CHECK(day_of("new-year", 2027) == "2027-01-01");
    CHECK(day_of("double-11", 2026) == "2026-11-11");
    CHECK(day_of("mothers-day", 2026) == "2026-05-10");
    CHECK(day_of("fathers-day", 2026) == "2026-06-21");
    CHECK(day_of("thanksgiving", 2026) == "2026-11-26");
    CHECK(day_of("black-friday", 2026) == "2026-11-27");
    CHECK(day_of("black-friday", 2024) == "2024-11-29");
    const std::map<int, std::string> easters{{1954, "1954-04-18"}, {1981, "1981-04-19"}, {2008, "2008-03-23"}, {2011, "2011-04-24"}, {2024, "2024-03-31"},
                                             {2025, "2025-04-20"}, {2026, "2026-04-05"}, {2027, "2027-03-28"}, {2038, "2038-04-25"}, {2049, "2049-04-18"}};
    for (const auto& [year, day] : easters) CHECK(day_of("easter", year) == day);
    CHECK(find_festival("nothing") == nullptr);
}

TEST_CASE("every festival comes once a lunar year, within its range, never in a leap month (19)") {
    const std::map<std::string_view, std::pair<std::string, std::string>> ranges{
        {"new-years-eve", {"01-20", "02-20"}}, {"spring-festival", {"01-21", "02-20"}}, {"lantern", {"02-04", "03-06"}}, {"qingming", {"04-04", "04-06"}},
        {"dragon-boat", {"05-27", "06-27"}}, {"qixi", {"07-30", "08-30"}}, {"mid-autumn", {"09-07", "10-08"}}, {"double-ninth", {"10-01", "11-02"}},
        {"winter-solstice", {"12-20", "12-23"}}, {"easter", {"03-22", "04-25"}}, {"mothers-day", {"05-08", "05-14"}}, {"fathers-day", {"06-15", "06-21"}},
        {"thanksgiving", {"11-22", "11-28"}}, {"black-friday", {"11-23", "11-29"}}};
    for (const Festival& festival : festivals()) {
        std::set<std::string> days;
        for (int year = 1901; year <= 2100; ++year) {
            const auto day = festival_in(festival, year);
            REQUIRE(day);
            days.insert(text_of(*day));
            const auto range = ranges.find(festival.id);
            if (range == ranges.end()) continue;
            INFO(festival.id << " " << text_of(*day));
            CHECK(text_of(*day).substr(5) >= range->second.first);
            CHECK(text_of(*day).substr(5) <= range->second.second);
        }
        CHECK(days.size() == 200);
    }
}

TEST_CASE("a range of days has every festival once, also at its edges") {
    const auto all = festivals_between({1901, 1, 1}, {2100, 12, 31});
    std::map<std::string_view, int> count;
    for (const auto& each : all) ++count[each.festival->id];
    for (const Festival& festival : festivals()) {
        INFO(festival.id);
        // Laba of 1900 falls on 1901-01-27, that of 2100 into 2101; the two little new years likewise.
        CHECK(count[festival.id] == 200);
    }
    CHECK(std::is_sorted(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.date < b.date; }));
    // Years add up to the whole.
    std::size_t sum = 0;
    for (int year = 1901; year <= 2100; ++year) sum += festivals_between({year, 1, 1}, {year, 12, 31}).size();
    CHECK(sum == all.size());
    CHECK(festivals_between({2027, 2, 6}, {2027, 2, 6}).front().festival->id == "spring-festival");
    CHECK(festivals_between({2027, 2, 7}, {2027, 2, 6}).empty());
    CHECK(festivals_between({1800, 1, 1}, {1900, 12, 31}).empty());
    CHECK(festivals_between({2101, 1, 1}, {2300, 12, 31}).empty());
    // Two laba in one Gregorian year, none in another, are both right.
    const auto labas = [](int year) {
        int n = 0;
        for (const auto& each : festivals_between({year, 1, 1}, {year, 12, 31})) n += each.festival->id == "laba";
        return n;
    };
    int several = 0;
    for (int year = 1901; year <= 2100; ++year) several += labas(year);
    CHECK(several == 200);
}
