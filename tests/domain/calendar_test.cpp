#include <catch2/catch.hpp>

#include "domain/calendar.hpp"
#include "domain/date.hpp"
#include "domain/hours.hpp"
#include "domain/roster.hpp"

using namespace aftercare;
using namespace aftercare::domain;

namespace {

constexpr Instant kMonday{1'759'708'800'000};      // 2025-10-06 00:00 UTC
constexpr Instant kAutumn{1'761'440'400'000};      // 2025-10-26 01:00 UTC: Berlin leaves summer time
constexpr Instant at(std::int64_t day, std::int64_t hour) { return kMonday + days(day) + hours(hour); }

Calendar utc() { return {}; }
Calendar berlin() {
    Calendar calendar;
    calendar.zone = {{kEarliest, hours(1)}, {Instant{1'743'296'400'000}, hours(2)}, {kAutumn, hours(1)}, {Instant{1'774'746'000'000}, hours(2)}};
    return calendar;
}

}  // namespace

TEST_CASE("working time counts Monday to Friday, nine to six") {
    const auto c = utc();
    CHECK(c.working_between(at(0, 8), at(0, 20)) == hours(9));
    CHECK(c.working_between(at(0, 10), at(0, 12)) == hours(2));
    CHECK(c.working_between(at(4, 17), at(7, 10)) == hours(2));  // Friday evening, Monday morning
    CHECK(c.working_between(at(5, 0), at(7, 0)) == Duration{});
    CHECK(c.working_between(at(1, 0), at(0, 0)) == Duration{});
    CHECK(c.is_working_day(at(4, 12)));
    CHECK_FALSE(c.is_working_day(at(5, 12)));
}

TEST_CASE("adding working time skips nights and weekends") {
    const auto c = utc();
    CHECK(c.add_working(at(0, 10), hours(2)) == at(0, 12));
    CHECK(c.add_working(at(0, 17), hours(2)) == at(1, 10));
    CHECK(c.add_working(at(4, 17), hours(2)) == at(7, 10));
    CHECK(c.add_working(at(5, 3), hours(0)) == at(7, 9));
    CHECK(c.add_working(at(0, 9), hours(9)) == at(0, 18));
}

TEST_CASE("a week with a change of summer time has the same working hours, at other instants") {
    const auto c = berlin();
    CHECK(c.offset_at(kAutumn - Duration{1}) == hours(2));
    CHECK(c.offset_at(kAutumn) == hours(1));
    // Friday 2025-10-24 17:00 local is 15:00 UTC; Monday 10:00 local is 09:00 UTC
    CHECK(c.working_between(at(18, 15), at(21, 9)) == hours(2));
    CHECK(c.add_working(at(18, 15), hours(2)) == at(21, 9));
    // the Sunday of the change has 25 hours
    CHECK(c.end_of_day(kAutumn) == at(20, 23) - Duration{1});
    CHECK(c.end_of_day(at(18, 22)) - c.end_of_day(at(18, 21)) == days(1));  // 22:00 UTC is the next day in Berlin
}

TEST_CASE("windows end with the day, or with the next working day") {
    const auto c = utc();
    CHECK(c.window_end(at(0, 12), 3) == at(4, 0) - Duration{1});
    CHECK(c.window_end(at(0, 12), 5) == at(8, 0) - Duration{1});  // Saturday → Monday's end
    CHECK(c.window_end(at(0, 0), 0) == at(1, 0) - Duration{1});
}

TEST_CASE("a calendar without working time has no due time, and no loop") {
    Calendar c;
    c.week = {};
    CHECK(c.working_between(kEarliest, kLatest) == Duration{});
    CHECK(c.add_working(at(0, 0), hours(1)) == Instant{});
    CHECK(utc().add_working(kLatest - hours(1), hours(1'000)) == Instant{});
    CHECK(c.add_working_days(100, 3) == 103);
    CHECK(c.window_end(at(0, 12), 5) == at(6, 0) - Duration{1});
    c.special = {{day_number({2025, 10, 6}) + 2, true, {{600, 660}}}};  // one day of one hour, and never again
    CHECK(c.add_working(at(0, 0), minutes(45)) == at(2, 10) + minutes(45));
    CHECK(c.add_working(at(0, 0), minutes(61)) == Instant{});
    CHECK(c.window_end(at(0, 12), 1) == at(3, 0) - Duration{1});
    CHECK(c.window_end(at(0, 12), 5) == at(6, 0) - Duration{1});
}

TEST_CASE("a day may have several slots, and one may end at midnight") {
    Calendar c = utc();
    c.week = {};
    c.week[0] = {{9 * 60, 12 * 60}, {13 * 60 + 30, 18 * 60}};  // Monday with a lunch break
    c.week[1] = {{0, 60}, {20 * 60, 1'440}};                   // Tuesday night
    CHECK(c.working_between(at(0, 0), at(1, 0)) == minutes(450));
    CHECK(c.working_between(at(0, 11), at(0, 14)) == minutes(90));
    CHECK(c.add_working(at(0, 11), hours(2)) == at(0, 14) + minutes(30));
    CHECK(c.add_working(at(0, 12), hours(1)) == at(0, 14) + minutes(30));
    CHECK(c.add_working(at(1, 23), hours(1)) == at(2, 0));
    CHECK(c.add_working(at(1, 23), hours(2)) == at(7, 10));  // the next Monday
    CHECK(c.working_between(at(1, 0), at(2, 0)) == hours(5));
    CHECK_FALSE(c.works(day_number({2025, 10, 8})));
    // a make-up day has its own slots, or those of its weekday, or those of the first day that is worked
    const auto saturday = day_number({2025, 10, 11});
    c.special = {{saturday, true}};
    CHECK(c.working_between(at(5, 0), at(6, 0)) == minutes(450));
    c.special = {{saturday, true, {{600, 660}}}};
    CHECK(c.working_between(at(5, 0), at(6, 0)) == hours(1));
}

TEST_CASE("hours as shops set them: teams keep their own, own days come before the region's") {
    auto hours_set = usual_hours();
    const auto monday = day_number({2025, 10, 6});
    hours_set.week[5].slots = {{600, 720}};
    hours_set.teams.push_back({Department::warehouse, usual_hours().week});
    hours_set.teams[0].week[0].slots = {{7 * 60, 8 * 60}};
    hours_set.days = {{"2025-10-07", "stocktaking", false, {}}, {"2025-10-12", "sale", true, {{0, 1'440}}}};
    REQUIRE(check_hours(hours_set));
    const auto c = calendar_of(hours_set, {}, {{monday + 1, true}, {monday + 2, false}});
    CHECK(c.working_between(at(0, 0), at(1, 0)) == hours(9));
    CHECK(c.of(Department::warehouse).working_between(at(0, 0), at(1, 0)) == hours(1));
    CHECK(c.of(Department::finance).working_between(at(0, 0), at(1, 0)) == hours(9));
    CHECK_FALSE(c.works(monday + 1));
    CHECK_FALSE(c.of(Department::warehouse).works(monday + 2));
    CHECK(c.working_between(at(5, 0), at(6, 0)) == hours(2));
    CHECK(c.working_between(at(6, 0), at(7, 0)) == hours(24));
    CHECK(calendar_of(usual_hours(), {}, {}).week == usual_week());

    auto bad = usual_hours();
    bad.week[2].slots = {{600, 700}, {690, 800}};
    CHECK(check_hours(bad).error().fields.at(0).pointer == "/week/2/slots/1");
    bad.week[2].slots = {{600, 600}};
    CHECK_FALSE(check_hours(bad));
    bad.week.pop_back();
    CHECK_FALSE(check_hours(bad));
    bad = usual_hours();
    bad.days = {{"2025-13-01", "", false, {}}, {"2025-10-01", "", false, {}}, {"2025-10-01", "", true, {}}};
    CHECK(check_hours(bad).error().fields.size() == 2);
}

TEST_CASE("who is on duty: the last to come first, and a lead where nobody is") {
    const StaffId ann{"ann"}, bob{"bob"}, eve{"eve"};
    const std::vector<Shift> shifts{{bob, Department::service, at(0, 9), at(0, 18)},
                                    {ann, Department::service, at(0, 12), at(0, 20)},
                                    {ann, Department::service, at(0, 12), at(0, 13)},
                                    {eve, Department::warehouse, at(0, 0), at(1, 0)}};
    CHECK(on_duty(shifts, Department::service, at(0, 9)) == std::vector{bob});
    CHECK(on_duty(shifts, Department::service, at(0, 12)) == std::vector{ann, bob});
    CHECK(on_duty(shifts, Department::service, at(0, 20)).empty());
    CHECK(person_on_duty(shifts, Department::service, at(0, 12)) == ann);
    CHECK(person_on_duty(shifts, Department::service, at(0, 12), ann) == bob);
    CHECK(person_on_duty(shifts, Department::service, at(0, 10), bob) == bob);
    CHECK(person_on_duty(shifts, Department::lead, at(0, 10)).empty());
}

TEST_CASE("a day off has no working time, a make-up Saturday has") {
    Calendar c = utc();
    const auto monday = day_number({2025, 10, 6});
    c.special = {{monday, false}, {monday + 5, true}};
    CHECK(c.working_between(at(0, 0), at(1, 0)) == Duration{});
    CHECK(c.working_between(at(5, 0), at(6, 0)) == hours(9));
    CHECK(c.add_working(at(-3, 17), hours(2)) == at(1, 10));  // Friday evening, over the free Monday
    CHECK(c.add_working(at(4, 17), hours(2)) == at(5, 10));
    CHECK(c.window_end(at(-1, 12), 1) == at(2, 0) - Duration{1});  // Monday is off: Tuesday's end
    CHECK(c.add_working_days(monday - 1, 1) == monday + 1);
    CHECK(c.add_working_days(monday + 7, -2) == monday + 4);
    CHECK(c.day_of(at(5, 23)) == monday + 5);
    CHECK(c.instant_of(monday, hours(9)) == at(0, 9));
}
