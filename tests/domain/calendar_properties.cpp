#include <algorithm>
#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include "domain/calendar.hpp"

using namespace aftercare;
using namespace aftercare::domain;

namespace {

Duration sum(Duration a, Duration b) { return {a.ms + b.ms}; }

/// One to four slots, from the first minute to midnight, with and without gaps.
Slots any_slots() {
    Slots slots;
    std::int64_t from = *rc::gen::inRange<std::int64_t>(0, 600);
    for (auto left = *rc::gen::inRange(1, 5); left > 0 && from < 1'440; --left) {
        const std::int64_t to = std::min<std::int64_t>(from + *rc::gen::inRange<std::int64_t>(1, 500), 1'440);
        slots.push_back({from, to});
        from = to + *rc::gen::inRange<std::int64_t>(0, 200);
    }
    return slots;
}
/// At least one day is worked.
Week any_week() {
    Week week;
    for (auto& day : week)
        if (*rc::gen::inRange(0, 4) > 0) day = any_slots();
    week[static_cast<std::size_t>(*rc::gen::inRange(0, 7))] = any_slots();
    return week;
}

/// The same calendar with one more day said of.
Calendar with_day(Calendar calendar, std::int64_t day, bool works) {
    std::erase_if(calendar.special, [&](const SpecialDay& s) { return s.day == day; });
    calendar.special.push_back({day, works});
    std::sort(calendar.special.begin(), calendar.special.end(), [](const auto& a, const auto& b) { return a.day < b.day; });
    return calendar;
}

/// Zones that jump forward and back, also in the middle of a working day.
Calendar any_calendar() {
    Calendar calendar;
    Instant from = kEarliest;
    const auto jumps = *rc::gen::inRange(0, 6);
    for (int i = 0; i <= jumps; ++i) {
        calendar.zone.push_back({from, minutes(*rc::gen::inRange<std::int64_t>(-12 * 4, 14 * 4) * 15)});
        from = from + hours(*rc::gen::inRange<std::int64_t>(24 * 30, 24 * 300));
    }
    calendar.week = any_week();
    // Days off and make-up days of any kind, also worked weekdays and free weekends; whole weeks off too.
    std::int64_t day = *rc::gen::inRange<std::int64_t>(0, 30);
    for (auto left = *rc::gen::inRange(0, 60); left > 0; --left) {
        calendar.special.push_back({day, *rc::gen::arbitrary<bool>(), *rc::gen::inRange(0, 4) == 0 ? any_slots() : Slots{}});
        day += *rc::gen::inRange<std::int64_t>(1, 20);
    }
    return calendar;
}
Instant any_instant() { return {*rc::gen::inRange<std::int64_t>(0, std::int64_t(3) * 365 * 86'400'000)}; }

}  // namespace

TEST_CASE("working time is additive and comes back (I24)") {
    rc::prop("w(a,c) = w(a,b) + w(b,c)", [] {
        const auto c = any_calendar();
        std::vector<Instant> t{any_instant(), any_instant(), any_instant()};
        std::sort(t.begin(), t.end());
        RC_ASSERT(c.working_between(t[0], t[2]) == sum(c.working_between(t[0], t[1]), c.working_between(t[1], t[2])));
        RC_ASSERT(c.working_between(t[0], t[1]).ms >= 0);
    });
    rc::prop("w(t, t + n working) = n, and nothing earlier has it", [] {
        const auto c = any_calendar();
        const Instant t = any_instant();
        const Duration n = minutes(*rc::gen::inRange<std::int64_t>(1, 6'000));
        const Instant due = c.add_working(t, n);
        RC_ASSERT(due >= t);
        RC_ASSERT(c.working_between(t, due) == n);
        RC_ASSERT(c.working_between(t, due - Duration{1}) < n);
    });
    rc::prop("later starts and longer times are never due earlier (I25)", [] {
        const auto c = any_calendar();
        const Instant t = any_instant();
        const Duration n = minutes(*rc::gen::inRange<std::int64_t>(0, 3'000)), more = minutes(*rc::gen::inRange<std::int64_t>(0, 300));
        RC_ASSERT(c.add_working(t, n) <= c.add_working(t, sum(n, more)));
        RC_ASSERT(c.add_working(t, n) <= c.add_working(t + more, n));
    });
}

TEST_CASE("edits of a calendar move what is due one way (I25)") {
    rc::prop("a holiday never makes it earlier, a make-up day never later", [] {
        const auto c = any_calendar();
        const Instant t = any_instant();
        const Duration n = minutes(*rc::gen::inRange<std::int64_t>(0, 6'000));
        const std::int64_t day = c.day_of(t) + *rc::gen::inRange<std::int64_t>(-2, 30);
        const Instant due = c.add_working(t, n);
        RC_ASSERT(with_day(c, day, false).add_working(t, n) >= due);
        if (!c.works(day)) RC_ASSERT(with_day(c, day, true).add_working(t, n) <= due);
    });
}

TEST_CASE("pauses add the working time they took (I26)") {
    rc::prop("n pauses move what is due by exactly the working time that passed in them", [] {
        const auto c = any_calendar();
        const Instant start = any_instant();
        const Duration given = minutes(*rc::gen::inRange<std::int64_t>(1, 6'000));
        Instant due = c.add_working(start, given), now = start;
        Duration paused;
        for (auto left = *rc::gen::inRange(0, 5); left > 0; --left) {
            now = now + minutes(*rc::gen::inRange<std::int64_t>(0, 3'000));
            if (now >= due) break;
            const Duration remaining = c.working_between(now, due);
            const Instant resumed = now + minutes(*rc::gen::inRange<std::int64_t>(0, 10'000));
            paused = sum(paused, c.working_between(now, resumed));
            const Instant before = due;
            due = c.add_working(resumed, remaining);
            RC_ASSERT(due >= before);
            now = resumed;
        }
        RC_ASSERT(c.working_between(start, due) == sum(given, paused));
    });
}

TEST_CASE("a calendar whose working time ends has no due time after it, and every search comes back (I27)") {
    rc::prop("only some days are ever worked", [] {
        auto c = any_calendar();
        c.week = {};
        const Instant t = any_instant();
        const Duration n = minutes(*rc::gen::inRange<std::int64_t>(1, 100'000));
        const Instant due = c.add_working(t, n);
        const Duration all = c.working_between(t, kLatest);
        RC_ASSERT((due.ms == 0) == (all < n));
        if (due.ms != 0) RC_ASSERT(c.working_between(t, due) == n);
        RC_ASSERT(c.window_end(t, 3) > t);
        RC_ASSERT(c.add_working_days(10, 5) == 15);
    });
}

TEST_CASE("a day's end is the last millisecond of that day") {
    rc::prop("the next millisecond is another day", [] {
        const auto c = any_calendar();
        const Instant t = any_instant();
        const Instant end = c.end_of_day(t);
        const auto day = [&](Instant at) { return (at.ms + c.offset_at(at).ms + 86'400'000LL * 2) / 86'400'000; };
        RC_ASSERT(day(end + Duration{1}) > day(t));
    });
}

TEST_CASE("working days are counted as they are walked") {
    rc::prop("n days forward pass n working days, and back again", [] {
        const auto c = any_calendar();
        const std::int64_t day = *rc::gen::inRange<std::int64_t>(0, 1'000), n = *rc::gen::inRange<std::int64_t>(1, 40);
        const std::int64_t later = c.add_working_days(day, n);
        std::int64_t passed = 0;
        for (std::int64_t each = day + 1; each <= later; ++each) passed += c.works(each);
        RC_ASSERT(passed == n);
        RC_ASSERT(c.works(later));
        RC_ASSERT(c.add_working_days(later + 1, -1) == later);
        RC_ASSERT(c.working_between(c.instant_of(later, {}), c.instant_of(later + 1, {})).ms >= 0);
        RC_ASSERT(c.day_of(c.instant_of(day, minutes(*rc::gen::inRange<std::int64_t>(0, 1'440)))) >= day);
    });
}
