#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/words.hpp>
#include <aftercare/codec/fields.hpp>
#include <memory>
#include <string>
#include <vector>

#include "domain/calendar.hpp"
#include "store/store.hpp"

/// Days off and make-up days by region and year. Functions may throw DbError and need no permission.
namespace aftercare {

AC_WORDS(CalendarState, provisional, official);

namespace store {

struct CalendarYear {
    static constexpr std::string_view kSchema = "CalendarYear";
    std::string region;
    std::int64_t year = 0, version = 0;
    CalendarState state{};
    std::string source;
    Instant loaded_at;
};
template <class Io>
void fields(Io& io, CalendarYear& y) {
    io("region", y.region);
    io("year", y.year);
    io("version", y.version, doc("counts the changes of this year's days"));
    io("state", y.state, doc("provisional: no notice is named as its source"));
    io("source", y.source, maybe, doc("addresses of the notices"));
    io("loaded_at", y.loaded_at);
}
struct DayOff {
    std::int64_t day = 0;
    bool works = false;
    std::string name;
    std::int64_t year = 0;  ///< of the notice
    bool operator==(const DayOff&) const = default;
};
template <class Io>
void fields(Io& io, DayOff& d) {
    io("day", d.day);
    io("works", d.works);
    io("name", d.name);
    io("year", d.year);
}

std::vector<CalendarYear> calendar_years(Tx&, const std::string& region);
/// Sorted, each day once; `from` and `to` included.
std::vector<DayOff> days_off(Tx&, const std::string& region, std::int64_t from, std::int64_t to);
/// Replaces the days of a year by a new version; `stamp_calendar` after the last one. False when they are the same as before.
bool put_calendar_year(Tx&, const CalendarYear&, const std::vector<DayOff>&);
void stamp_calendar(Tx&, const std::string& region);
std::vector<ShopId> shops_of_region(Tx&, const std::string& region);
/// The region whose days off shops of a zone keep when nobody says otherwise; empty: none.
std::string_view region_of_zone(std::string_view zone);

/// A version of a shop's working hours: domain::WorkHours as JSON.
struct ShopHours {
    std::int64_t version = 0;
    RawJson hours;
    Instant made_at;
};
template <class Io>
void fields(Io& io, ShopHours& h) {
    io("version", h.version);
    io("hours", h.hours);
    io("made_at", h.made_at);
}
/// The newest version; version 0 without hours: nobody said otherwise yet.
ShopHours hours_of_shop(Tx&, const ShopId&);
void insert_hours(Tx&, const ShopId&, const ShopHours&, const StaffId& made_by);

/// What a shop's working time rests on: its zone, the days off it keeps and its hours. `special` is shared by all shops of a stamp.
struct ShopCalendar {
    std::string zone, region, stamp;
    std::string hours;  ///< domain::WorkHours as JSON; empty: the usual ones
    std::shared_ptr<const std::vector<domain::SpecialDay>> special;
    std::int64_t hours_version = 0;
};
/// Queued: filled by the next flush but for `special`.
void ask_calendar(Tx&, const ShopId&, ShopCalendar& into);
/// Reads the days of the stamp, once per program.
void load_special(Tx&, ShopCalendar&);
ShopCalendar calendar_of_shop(Tx&, const ShopId&);

}  // namespace store
}  // namespace aftercare
