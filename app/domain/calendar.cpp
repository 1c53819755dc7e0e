#include "domain/calendar.hpp"

#include <algorithm>

namespace aftercare::domain {
namespace {

constexpr std::int64_t kDay = 86'400'000;

std::int64_t day_of(std::int64_t local_ms) { return local_ms >= 0 ? local_ms / kDay : (local_ms - kDay + 1) / kDay; }
/// 0 Monday … 6 Sunday; 1970-01-01 was a Thursday.
std::int64_t weekday(std::int64_t day) { return ((day + 3) % 7 + 7) % 7; }

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

struct Shift {
    Instant from, to;
};
Shift shift_of(const Calendar& calendar, std::int64_t day) {
    return {to_instant(calendar.zone, day * kDay + calendar.open.ms), to_instant(calendar.zone, day * kDay + calendar.close.ms)};
}
std::int64_t local_day(const Calendar& calendar, Instant at) { return day_of(at.ms + calendar.offset_at(at).ms); }

}  // namespace

Duration Calendar::offset_at(Instant at) const {
    const auto next = std::upper_bound(zone.begin(), zone.end(), at, [](Instant t, const ZoneOffset& z) { return t < z.from; });
    if (next == zone.begin()) return zone.empty() ? Duration{} : zone.front().offset;
    return std::prev(next)->offset;
}

Instant Calendar::end_of_day(Instant at) const {
    return to_instant(zone, (local_day(*this, at) + 1) * kDay) - Duration{1};
}

bool Calendar::is_working_day(Instant at) const { return weekday(local_day(*this, at)) < 5; }

Duration Calendar::working_between(Instant from, Instant to) const {
    Duration sum;
    if (to <= from || close <= open) return sum;
    const std::int64_t last = local_day(*this, to) + 1;
    for (std::int64_t day = local_day(*this, from) - 1; day <= last; ++day) {
        if (weekday(day) >= 5) continue;
        const auto shift = shift_of(*this, day);
        const Instant start = std::max(shift.from, from), end = std::min(shift.to, to);
        if (end > start) sum.ms += (end - start).ms;
    }
    return sum;
}

Instant Calendar::add_working(Instant from, Duration amount) const {
    if (close <= open) return {};
    std::int64_t left = std::max<std::int64_t>(amount.ms, 0);
    for (std::int64_t day = local_day(*this, from) - 1;; ++day) {
        if (weekday(day) >= 5) continue;
        const auto shift = shift_of(*this, day);
        const Instant start = std::max(shift.from, from);
        if (start >= kLatest) return {};
        if (start >= shift.to) continue;
        if (const auto here = (shift.to - start).ms; here < left) left -= here;
        else return start + Duration{left};
    }
}

Instant Calendar::window_end(Instant anchor, std::int64_t day_count) const {
    std::int64_t day = local_day(*this, anchor) + day_count;
    while (weekday(day) >= 5) ++day;
    return to_instant(zone, (day + 1) * kDay) - Duration{1};
}

}  // namespace aftercare::domain
