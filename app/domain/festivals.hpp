#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "domain/date.hpp"

/// Festivals as rules: days of the lunar calendar, solar terms, fixed dates, weekdays, Easter. Days off are something else (calendar).
namespace aftercare::domain {

struct Festival {
    std::string_view id, name_zh, name_en;
    bool major = false;  ///< shown in red
};
struct FestivalDay {
    Date date;
    const Festival* festival = nullptr;  ///< lives as long as the program
};

inline constexpr int kFirstFestivalYear = 1901, kLastFestivalYear = 2100;

const std::vector<Festival>& festivals();
/// Null when there is none of this id.
const Festival* find_festival(std::string_view id);
/// All of [from, to], both included, sorted by date, those of one day in the order of `festivals`. Years outside 1901 to 2100 have none.
std::vector<FestivalDay> festivals_between(const Date& from, const Date& to);
/// The day of a festival that belongs to `year`: a lunar one to the lunar year (laba of 2027 falls on 2028-01-04; the eve is
/// that before the Spring Festival of `year`). Nothing outside the tables.
std::optional<Date> festival_in(const Festival&, int year);

}  // namespace aftercare::domain
