#pragma once
#include <aftercare/base/instant.hpp>
#include <aftercare/codec/fields.hpp>
#include <aftercare/model/words.hpp>
#include <array>
#include <memory>
#include <utility>
#include <vector>

namespace aftercare::domain {

/// A zone as data: from `from` on, local = UTC + offset. Sorted; the first entry has from = kEarliest. Made by env/zone.
struct ZoneOffset {
    Instant from;
    Duration offset;
};

/// Part of a working day, in minutes after local midnight: 0 ≤ from < to ≤ 1440, `to` is not in it.
struct Slot {
    static constexpr std::string_view kSchema = "Slot";
    std::int64_t from = 0, to = 0;
    bool operator==(const Slot&) const = default;
};
template <class Io>
void fields(Io& io, Slot& s) {
    io("from", s.from, between(0, 1'440), doc("minutes after local midnight"));
    io("to", s.to, between(0, 1'440));
}
using Slots = std::vector<Slot>;     ///< sorted, none touches another's inside
using Week = std::array<Slots, 7>;  ///< Monday first

/// Monday to Friday 9:00 to 18:00: where nobody said otherwise.
Week usual_week();

/// A day that breaks the week: off although a weekday, or worked although on a weekend. `day` counts local days from 1970-01-01.
struct SpecialDay {
    std::int64_t day = 0;
    bool works = false;
    Slots slots{};  ///< of a worked day; empty: as its weekday, else as the first weekday that is worked
    bool operator==(const SpecialDay&) const = default;
};

/// Working time of a shop or a team: the slots of the week and of make-up days, without days off.
/// Times are pure arithmetic over the offset table. w(a,b) is additive and never negative (I24); every search is bounded (I27).
struct Calendar {
    std::vector<ZoneOffset> zone;
    Week week = usual_week();
    std::vector<SpecialDay> special{};  ///< sorted by day, each day once; finitely many, so that every search still ends
    std::vector<std::pair<Department, std::shared_ptr<const Calendar>>> teams{};  ///< those that keep hours of their own

    /// The calendar of a team; the shop's own where it keeps none.
    [[nodiscard]] const Calendar& of(Department team) const;
    [[nodiscard]] const Slots& slots_of(std::int64_t day) const;
    [[nodiscard]] bool works(std::int64_t day) const { return !slots_of(day).empty(); }
    /// False when no day after `day` is ever worked.
    [[nodiscard]] bool works_after(std::int64_t day) const;
    /// The local day that holds `at`, and the first instant of a local day whose clock reads `time` or later.
    [[nodiscard]] std::int64_t day_of(Instant at) const;
    [[nodiscard]] Instant instant_of(std::int64_t day, Duration time) const;
    /// The n-th working day after `day` (before it when n is negative); n = 0: `day` itself. Where none is left, days of any kind count.
    [[nodiscard]] std::int64_t add_working_days(std::int64_t day, std::int64_t n) const;
    [[nodiscard]] Duration offset_at(Instant at) const;
    /// The last millisecond of the local day that holds `at`.
    [[nodiscard]] Instant end_of_day(Instant at) const;
    [[nodiscard]] bool is_working_day(Instant at) const;
    /// Working time between two instants; 0 when to ≤ from.
    [[nodiscard]] Duration working_between(Instant from, Instant to) const;
    /// The instant at which `amount` of working time has passed since `from`; 0 when it never has.
    [[nodiscard]] Instant add_working(Instant from, Duration amount) const;
    /// end_of_day(anchor + days), moved to the next working day's end when it falls on a non-working day (G-window).
    [[nodiscard]] Instant window_end(Instant anchor, std::int64_t day_count) const;
};

}  // namespace aftercare::domain
