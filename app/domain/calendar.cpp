#include "domain/calendar.hpp"

#include <algorithm>

#include "domain/date.hpp"

namespace aftercare::domain {
namespace {

constexpr std::int64_t kDay = 86'400'000;

std::int64_t floor_day(std::int64_t local_ms) { return local_ms >= 0 ? local_ms / kDay : (local_ms - kDay + 1) / kDay; }

/// The first instant whose local reading is `local_ms` or later: monotone, so the days' intervals never overlap.
Instant to_instant(const std::vector<ZoneOffset>& zone, std::int64_t local_ms) {
    if (zone.empty()) return {local_ms};
    std::size_t i = 0;
    const auto local_end = [&](std::size_t k) { return zone[k + 1].from.ms + zone[k].offset.ms; };
    std::size_t low = 0, high = zone.size() - 1;  // the first segment whose local end lies after local_ms
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (local_end(middle) > local_ms) high = middle;
        else low = middle + 1;
    }
    i = low;
    const std::int64_t at = local_ms - zone[i].offset.ms;
    return {i == 0 ? at : std::max(zone[i].from.ms, at)};
}

const Slots kNone;

bool any_slot(const Week& week) {
    return std::any_of(week.begin(), week.end(), [](const Slots& slots) { return !slots.empty(); });
}

/// A make-up day without hours of its own.
const Slots& make_up_slots(const Week& week, std::int64_t day) {
    const Slots& own = week[static_cast<std::size_t>(weekday(day))];
    if (!own.empty()) return own;
    const auto first = std::find_if(week.begin(), week.end(), [](const Slots& slots) { return !slots.empty(); });
    return first == week.end() ? kNone : *first;
}

struct Span {
    Instant from, to;
};
Span span_of(const Calendar& calendar, std::int64_t day, const Slot& slot) {
    return {calendar.instant_of(day, minutes(slot.from)), calendar.instant_of(day, minutes(slot.to))};
}

}  // namespace

Week usual_week() {
    const Slots day{{9 * 60, 18 * 60}};
    return {day, day, day, day, day, {}, {}};
}

const Calendar& Calendar::of(Department team) const {
    for (const auto& [whose, calendar] : teams)
        if (whose == team) return *calendar;
    return *this;
}

const Slots& Calendar::slots_of(std::int64_t day) const {
    const auto found = std::lower_bound(special.begin(), special.end(), day, [](const SpecialDay& s, std::int64_t d) { return s.day < d; });
    if (found == special.end() || found->day != day) return week[static_cast<std::size_t>(weekday(day))];
    if (!found->works) return kNone;
    return found->slots.empty() ? make_up_slots(week, day) : found->slots;
}

bool Calendar::works_after(std::int64_t day) const {
    if (any_slot(week)) return true;
    return std::any_of(special.rbegin(), special.rend(), [&](const SpecialDay& s) { return s.day > day && s.works && !s.slots.empty(); });
}
std::int64_t Calendar::day_of(Instant at) const { return floor_day(at.ms + offset_at(at).ms); }
Instant Calendar::instant_of(std::int64_t day, Duration time) const { return to_instant(zone, day * kDay + time.ms); }

std::int64_t Calendar::add_working_days(std::int64_t day, std::int64_t n) const {
    if (!any_slot(week)) return day + n;
    for (const std::int64_t step = n < 0 ? -1 : 1; n != 0;)
        if (works(day += step)) n -= step;
    return day;
}

Duration Calendar::offset_at(Instant at) const {
    const auto next = std::upper_bound(zone.begin(), zone.end(), at, [](Instant t, const ZoneOffset& z) { return t < z.from; });
    if (next == zone.begin()) return zone.empty() ? Duration{} : zone.front().offset;
    return std::prev(next)->offset;
}

Instant Calendar::end_of_day(Instant at) const {
    return instant_of(day_of(at) + 1, {}) - Duration{1};
}

bool Calendar::is_working_day(Instant at) const { return works(day_of(at)); }

Duration Calendar::working_between(Instant from, Instant to) const {
    Duration sum;
    if (to <= from) return sum;
    const std::int64_t last = day_of(to) + 1;
    for (std::int64_t day = day_of(from) - 1; day <= last; ++day) {
        for (const Slot& slot : slots_of(day)) {
            const auto span = span_of(*this, day, slot);
            const Instant start = std::max(span.from, from), end = std::min(span.to, to);
            if (end > start) sum.ms += (end - start).ms;
        }
    }
    return sum;
}

Instant Calendar::add_working(Instant from, Duration amount) const {
    std::int64_t left = std::max<std::int64_t>(amount.ms, 0);
    const std::int64_t last = day_of(kLatest);
    for (std::int64_t day = day_of(from) - 1; day <= last && works_after(day - 1); ++day) {
        for (const Slot& slot : slots_of(day)) {
            const auto span = span_of(*this, day, slot);
            const Instant start = std::max(span.from, from);
            if (start >= kLatest) return {};
            if (start >= span.to) continue;
            if (const auto here = (span.to - start).ms; here < left) left -= here;
            else return start + Duration{left};
        }
    }
    return {};
}

Instant Calendar::window_end(Instant anchor, std::int64_t day_count) const {
    const std::int64_t wanted = day_of(anchor) + day_count;
    std::int64_t day = wanted;
    while (!works(day) && works_after(day)) ++day;
    return instant_of((works(day) ? day : wanted) + 1, {}) - Duration{1};
}

}  // namespace aftercare::domain
