#pragma once
#include <aftercare/codec/codec.hpp>
#include <aftercare/codec/fields.hpp>
#include <optional>
#include <string>
#include <vector>

/// Days off of a year as NateScarlet/holiday-cn writes them.
namespace aftercare::usecase {

struct HolidayDay {
    std::string name, date;
    bool off = true;
};
template <class Io>
void fields(Io& io, HolidayDay& d) {
    io("name", d.name, length(1, 100));
    io("date", d.date, length(10, 10));
    io("isOffDay", d.off);
}
struct HolidayYear {
    std::int64_t year = 0;
    std::vector<std::string> papers;
    std::vector<HolidayDay> days;
};
template <class Io>
void fields(Io& io, HolidayYear& y) {
    io("year", y.year, between(1949, 2100));
    io("papers", y.papers, maybe, length(0, 20));
    io("days", y.days, length(0, 200));
}
/// One year, or several under `years`.
struct HolidayFile {
    std::optional<std::int64_t> year;
    std::vector<std::string> papers;
    std::vector<HolidayDay> days;
    std::vector<HolidayYear> years;
};
template <class Io>
void fields(Io& io, HolidayFile& f) {
    io("year", f.year, between(1949, 2100));
    io("papers", f.papers, maybe, length(0, 20));
    io("days", f.days, maybe, length(0, 200));
    io("years", f.years, maybe, length(0, 200));
}

}  // namespace aftercare::usecase
