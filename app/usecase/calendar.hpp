#pragma once
#include <aftercare/codec/fields.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/festivals.hpp"
#include "store/calendar.hpp"
#include "usecase/context.hpp"
#include "usecase/staff.hpp"

namespace aftercare {
AC_WORDS(DayMark, none, off, work);
}  // namespace aftercare

/// The calendar of a shop: lunar days, festivals and days off.
namespace aftercare::usecase {

struct FestivalView {
    static constexpr std::string_view kSchema = "Festival";
    std::string date, id, name_zh, name_en;
    bool major = false;
};
template <class Io>
void fields(Io& io, FestivalView& f) {
    io("date", f.date, doc("YYYY-MM-DD"));
    io("id", f.id);
    io("name_zh", f.name_zh);
    io("name_en", f.name_en);
    io("major", f.major, maybe);
}
/// Sorted by date. Needs no database. `major` is left out.
std::vector<FestivalView> festivals_of(const domain::Date& from, const domain::Date& to);

struct DayView {
    static constexpr std::string_view kSchema = "CalendarDay";
    std::string date;
    std::int64_t lunar_year = 0, lunar_month = 0, lunar_day = 0;
    bool lunar_leap = false;
    std::string lunar_zh, solar_term_zh, solar_term_en;
    std::vector<FestivalView> festivals;
    DayMark mark{};
    std::string mark_name;
    bool works = true, provisional = false;
};
template <class Io>
void fields(Io& io, DayView& d) {
    io("date", d.date);
    io("lunar_year", d.lunar_year);
    io("lunar_month", d.lunar_month);
    io("lunar_day", d.lunar_day);
    io("lunar_leap", d.lunar_leap);
    io("lunar_zh", d.lunar_zh, doc("廿三; the first of a month with the month's name"));
    io("solar_term_zh", d.solar_term_zh, maybe);
    io("solar_term_en", d.solar_term_en, maybe);
    io("festivals", d.festivals);
    io("mark", d.mark, doc("off: a day off by notice; work: a make-up day; none: as the week says"));
    io("mark_name", d.mark_name, maybe);
    io("works", d.works);
    io("provisional", d.provisional, doc("the notice for this day is not known yet"));
}
struct CalendarQuery {
    std::string from, to;
    std::optional<ShopId> shop_id;
};
template <class Io>
void fields(Io& io, CalendarQuery& q) {
    io("from", q.from, length(10, 10), doc("first day, YYYY-MM-DD, 1901 to 2100"));
    io("to", q.to, length(10, 10), doc("last day; at most 400 days"));
    io("shop_id", q.shop_id, doc("whose days off; without it the first of your shops"));
}
struct CalendarDays {
    static constexpr std::string_view kSchema = "CalendarDays";
    std::string region;
    std::vector<DayView> items;
};
template <class Io>
void fields(Io& io, CalendarDays& d) {
    io("region", d.region, maybe, doc("whose days off are marked; absent: none"));
    io("items", d.items);
}
Result<CalendarDays> calendar_days(Context&, const Actor&, const CalendarQuery&);

struct InRegion {
    std::string region = "CN";
};
template <class Io>
void fields(Io& io, InRegion& in) {
    io("region", in.region, maybe, length(2, 20));
}
struct CalendarYears {
    static constexpr std::string_view kSchema = "CalendarYears";
    std::vector<store::CalendarYear> items;
};
template <class Io>
void fields(Io& io, CalendarYears& y) {
    io("items", y.items);
}
Result<CalendarYears> calendar_years(Context&, const Actor&, const InRegion&);

/// One or more years as NateScarlet/holiday-cn writes them: `{year, papers, days: [{name, date, isOffDay}]}`, or `{years: […]}`.
struct ImportCalendar {
    std::string region = "CN";
    RawJson file;
};
template <class Io>
void fields(Io& io, ImportCalendar& in) {
    io("region", in.region, maybe, length(2, 20));
    io("file", in.file);
}
struct YearTaken {
    static constexpr std::string_view kSchema = "YearTaken";
    std::int64_t year = 0, days = 0;
    bool changed = false;
};
template <class Io>
void fields(Io& io, YearTaken& y) {
    io("year", y.year);
    io("days", y.days, doc("0: the file names none yet; what is known of the year stays"));
    io("changed", y.changed);
}
struct CalendarTaken {
    static constexpr std::string_view kSchema = "CalendarTaken";
    std::vector<YearTaken> years;
};
template <class Io>
void fields(Io& io, CalendarTaken& t) {
    io("years", t.years);
}
/// A year's days replace those known before as its next version. `invalid` with the field for anything that is no such file.
Result<CalendarTaken> import_calendar(Context&, const Actor&, const Guard&, const ImportCalendar&);
/// The years that ship with the program, where nothing is known of them.
Result<Done> load_shipped_calendar(Context&);

}  // namespace aftercare::usecase
