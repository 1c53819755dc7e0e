#pragma once
#include <aftercare/base/result.hpp>
#include <string>

#include "domain/calendar.hpp"

/// Working hours as shops set them: data, edited by leads. What starts later follows a change; running clocks keep their due time.
namespace aftercare::domain {

struct DayHours {
    static constexpr std::string_view kSchema = "DayHours";
    Slots slots;  ///< none: a day off
    bool operator==(const DayHours&) const = default;
};
template <class Io>
void fields(Io& io, DayHours& d) {
    io("slots", d.slots, length(0, 12));
}
/// A team keeps hours of its own; without them those of the shop.
struct TeamHours {
    static constexpr std::string_view kSchema = "TeamHours";
    Department team{};
    std::vector<DayHours> week;
    bool operator==(const TeamHours&) const = default;
};
template <class Io>
void fields(Io& io, TeamHours& t) {
    io("team", t.team);
    io("week", t.week, length(7, 7), doc("Monday first"));
}
/// A day of the shop's own that breaks the week, whatever the region's notice says of it.
struct OwnDay {
    static constexpr std::string_view kSchema = "OwnDay";
    std::string date, name;
    bool works = false;
    Slots slots;
    bool operator==(const OwnDay&) const = default;
};
template <class Io>
void fields(Io& io, OwnDay& d) {
    io("date", d.date, length(10, 10), doc("YYYY-MM-DD"));
    io("name", d.name, maybe, length(0, 100));
    io("works", d.works);
    io("slots", d.slots, maybe, length(0, 12), doc("of a worked day; absent: as its weekday"));
}
struct WorkHours {
    static constexpr std::string_view kSchema = "WorkHours";
    std::vector<DayHours> week;  ///< empty: Monday to Friday 9:00 to 18:00
    std::vector<TeamHours> teams;
    std::vector<OwnDay> days;
    bool operator==(const WorkHours&) const = default;
};
template <class Io>
void fields(Io& io, WorkHours& h) {
    io("week", h.week, length(7, 7), doc("Monday first"));
    io("teams", h.teams, maybe, length(0, 5));
    io("days", h.days, maybe, length(0, 1'000));
}

/// Monday to Friday 9:00 to 18:00, no team and no day of its own.
WorkHours usual_hours();
/// `invalid` with the fields: "bad_slot" (empty, over the next one, or past midnight), "twice", "bad_date". Sorts nothing.
Result<void> check_hours(const WorkHours& hours);
/// The calendar they make with a zone and a region's days off; days of their own come before those. Needs checked hours.
Calendar calendar_of(const WorkHours& hours, std::vector<ZoneOffset> zone, std::vector<SpecialDay> region);

}  // namespace aftercare::domain
