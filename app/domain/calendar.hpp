#pragma once
#include <aftercare/base/instant.hpp>
#include <vector>

namespace aftercare::domain {

/// A zone as data: from `from` on, local = UTC + offset. Sorted; the first entry has from = kEarliest. Made by env/zone.
struct ZoneOffset {
    Instant from;
    Duration offset;
};

/// A day that breaks the week: off although a weekday, or worked although on a weekend. `day` counts local days from 1970-01-01.
struct SpecialDay {
    std::int64_t day = 0;
    bool works = false;
    bool operator==(const SpecialDay&) const = default;
};

/// Working time of a shop: Monday to Friday and make-up days, without days off, `open` to `close` local (milliseconds after
/// local midnight).
/// Times are pure arithmetic over the offset table. w(a,b) is additive and never negative (I24); every search is bounded (I27).
struct Calendar {
    std::vector<ZoneOffset> zone;
    Duration open = hours(9), close = hours(18);
    std::vector<SpecialDay> special{};  ///< sorted by day, each day once; finitely many, so that every search still ends

    [[nodiscard]] bool works(std::int64_t day) const;
    /// The local day that holds `at`, and the first instant of a local day whose clock reads `time` or later.
    [[nodiscard]] std::int64_t day_of(Instant at) const;
    [[nodiscard]] Instant instant_of(std::int64_t day, Duration time) const;
    /// The n-th working day after `day` (before it when n is negative); n = 0: `day` itself.
    [[nodiscard]] std::int64_t add_working_days(std::int64_t day, std::int64_t n) const;
    [[nodiscard]] Duration offset_at(Instant at) const;
    /// The last millisecond of the local day that holds `at`.
    [[nodiscard]] Instant end_of_day(Instant at) const;
    [[nodiscard]] bool is_working_day(Instant at) const;
    /// Working time between two instants; 0 when to ≤ from.
    [[nodiscard]] Duration working_between(Instant from, Instant to) const;
    /// The instant at which `amount` of working time has passed since `from`.
    [[nodiscard]] Instant add_working(Instant from, Duration amount) const;
    /// end_of_day(anchor + days), moved to the next working day's end when it falls on a non-working day (G-window).
    [[nodiscard]] Instant window_end(Instant anchor, std::int64_t day_count) const;
};

}  // namespace aftercare::domain
