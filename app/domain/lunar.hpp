#pragma once
#include <aftercare/base/result.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "domain/date.hpp"

/// The Chinese calendar as the Hong Kong Observatory prints it, from a table (schema/calendar): 1901-01-01 to the last day of
/// the lunar year 2100. No computing of moons, no ICU (it is wrong on 447 of these days).
namespace aftercare::domain {

struct LunarDate {
    int year = 1901, month = 1;
    bool leap = false;
    int day = 1;
    auto operator<=>(const LunarDate&) const = default;
};

/// What stands in for a day that a year does not have. `refuse`: nothing does.
struct LunarPolicy {
    enum class Month { ordinary, refuse } leap_month = Month::ordinary;  ///< leap month 6 in a year without one: month 6
    enum class Day { last, next, refuse } day_30 = Day::last;            ///< day 30 of a short month: its 29th, or the day after
};
inline constexpr LunarPolicy kStrict{LunarPolicy::Month::refuse, LunarPolicy::Day::refuse};

/// `invalid` "lunar_out_of_range" outside the table.
Result<LunarDate> solar_to_lunar(const Date&);
/// `invalid` "lunar_out_of_range" outside the table, "no_such_lunar_day" where the policy refuses or the numbers are none.
Result<Date> lunar_to_solar(const LunarDate&, const LunarPolicy& = {});

/// 廿三; 六月初一 or 闰六月初一 in full.
std::string_view lunar_day_name(int day);
std::string lunar_month_name(int month, bool leap);

/// The 24 solar terms, 0 小寒 (Lesser Cold) … 23 冬至 (Winter Solstice), by China's clock; years 1901 to 2100.
struct SolarTerm {
    std::string_view name_zh, name_en;
};
inline constexpr int kPureBright = 6, kWinterSolstice = 23;
const SolarTerm& solar_term(int index);
/// The day of a term; nothing outside 1901 to 2100.
std::optional<Date> day_of_term(int year, int index);
/// The term that begins on a day.
std::optional<int> term_on(const Date&);

}  // namespace aftercare::domain
