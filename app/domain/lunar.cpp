#include "domain/lunar.hpp"

#include <array>
#include <sstream>
#include <vector>

#include "domain/tables.hpp"

namespace aftercare::domain {
namespace {

constexpr int kFirstTermYear = 1901;
const std::int64_t kFirstDay = day_number({1901, 1, 1});

struct LunarYear {
    int year = 0;
    std::int64_t first_day = 0;
    std::vector<int> lengths;
    int leap = 0;
};
struct Tables {
    std::vector<LunarYear> years;                 // from the lunar year 1900
    std::vector<std::array<std::int64_t, 24>> terms;  // from 1901
};

template <class Line>
void each_line(std::string_view text, Line&& line) {
    std::istringstream in{std::string(text)};
    for (std::string each; std::getline(in, each);)
        if (!each.empty() && each[0] != '#') line(each);
}

Tables read_tables() {
    Tables all;
    each_line(kLunarTable, [&](const std::string& line) {  // "2027 0206 110100100110 0"
        std::istringstream words(line);
        LunarYear year;
        int spring = 0;
        std::string lengths;
        words >> year.year >> spring >> lengths >> year.leap;
        year.first_day = day_number({year.year, spring / 100, spring % 100});
        for (const char c : lengths) year.lengths.push_back(c == '1' ? 30 : 29);
        all.years.push_back(std::move(year));
    });
    std::array<int, 24> base{};
    each_line(kTermTable, [&](const std::string& line) {  // "base 4 19 …", then "2027 1111…"
        std::istringstream words(line);
        std::string first, more;
        words >> first;
        if (first == "base") {
            for (int& day : base) words >> day;
            return;
        }
        words >> more;
        auto& days = all.terms.emplace_back();
        for (std::size_t i = 0; i < days.size(); ++i)
            days[i] = day_number({std::stoi(first), static_cast<int>(i / 2) + 1, base[i] + more[i] - '0'});
    });
    return all;
}

const Tables& tables() {
    static const Tables all = read_tables();
    return all;
}

Error out_of_range(std::string given) {
    return {ErrorKind::invalid, "lunar_out_of_range", {}, {}, {{"date", std::move(given)}, {"from", "1901"}, {"to", "2100"}}, {}};
}

/// Where a month stands in its year; a leap month follows the ordinary one of its number.
int month_index(const LunarYear& year, int month, bool leap) { return month - 1 + (year.leap != 0 && (leap || month > year.leap) ? 1 : 0); }

constexpr std::array<std::string_view, 30> kDays{"初一", "初二", "初三", "初四", "初五", "初六", "初七", "初八", "初九", "初十",
                                                 "十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八", "十九", "二十",
                                                 "廿一", "廿二", "廿三", "廿四", "廿五", "廿六", "廿七", "廿八", "廿九", "三十"};
constexpr std::array<std::string_view, 12> kMonths{"正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "冬月", "腊月"};
constexpr std::array<SolarTerm, 24> kTerms{{{"小寒", "Lesser Cold"},     {"大寒", "Greater Cold"},   {"立春", "Start of Spring"}, {"雨水", "Rain Water"},
                                            {"惊蛰", "Insects Awaken"},  {"春分", "Spring Equinox"}, {"清明", "Pure Brightness"}, {"谷雨", "Grain Rain"},
                                            {"立夏", "Start of Summer"}, {"小满", "Grain Buds"},     {"芒种", "Grain in Ear"},    {"夏至", "Summer Solstice"},
                                            {"小暑", "Lesser Heat"},     {"大暑", "Greater Heat"},   {"立秋", "Start of Autumn"}, {"处暑", "End of Heat"},
                                            {"白露", "White Dew"},       {"秋分", "Autumn Equinox"}, {"寒露", "Cold Dew"},        {"霜降", "Frost's Descent"},
                                            {"立冬", "Start of Winter"}, {"小雪", "Lesser Snow"},    {"大雪", "Greater Snow"},    {"冬至", "Winter Solstice"}}};

}  // namespace

Result<LunarDate> solar_to_lunar(const Date& date) {
    const std::int64_t day = day_number(date);
    const auto& years = tables().years;
    if (day < kFirstDay || date.year > years.back().year + 1) return fail(out_of_range(text_of(date)));
    auto index = static_cast<std::size_t>(date.year - years.front().year);
    if (index >= years.size() || day < years[index].first_day) --index;
    const LunarYear& year = years[index];
    std::int64_t left = day - year.first_day;
    for (std::size_t i = 0; i < year.lengths.size(); ++i) {
        if (left < year.lengths[i]) {
            const int place = static_cast<int>(i), month = year.leap != 0 && place >= year.leap ? place : place + 1;
            return LunarDate{year.year, month, year.leap != 0 && place == year.leap, static_cast<int>(left) + 1};
        }
        left -= year.lengths[i];
    }
    return fail(out_of_range(text_of(date)));
}

Result<Date> lunar_to_solar(const LunarDate& lunar, const LunarPolicy& policy) {
    const auto& years = tables().years;
    const std::string given = std::to_string(lunar.year) + "/" + (lunar.leap ? "+" : "") + std::to_string(lunar.month) + "/" + std::to_string(lunar.day);
    const auto none = [&] { return fail(Error{ErrorKind::invalid, "no_such_lunar_day", {}, {}, {{"date", given}}, {}}); };
    if (lunar.month < 1 || lunar.month > 12 || lunar.day < 1 || lunar.day > 30) return none();
    if (lunar.year < years.front().year || lunar.year > years.back().year) return fail(out_of_range(given));
    const LunarYear& year = years[static_cast<std::size_t>(lunar.year - years.front().year)];
    const bool leap = lunar.leap && year.leap == lunar.month;
    if (lunar.leap && !leap && policy.leap_month == LunarPolicy::Month::refuse) return none();
    const auto place = static_cast<std::size_t>(month_index(year, lunar.month, leap));
    std::int64_t day = year.first_day + lunar.day - 1;
    if (lunar.day > year.lengths[place]) {
        if (policy.day_30 == LunarPolicy::Day::refuse) return none();
        if (policy.day_30 == LunarPolicy::Day::last) --day;
    }
    for (std::size_t i = 0; i < place; ++i) day += year.lengths[i];
    if (day < kFirstDay) return fail(out_of_range(given));
    return date_of(day);
}

std::string_view lunar_day_name(int day) { return kDays.at(static_cast<std::size_t>(day - 1)); }
std::string lunar_month_name(int month, bool leap) {
    return (leap ? "闰" : "") + std::string(kMonths.at(static_cast<std::size_t>(month - 1)));
}

const SolarTerm& solar_term(int index) { return kTerms.at(static_cast<std::size_t>(index)); }

std::optional<Date> day_of_term(int year, int index) {
    const auto place = static_cast<std::size_t>(year - kFirstTermYear);
    if (year < kFirstTermYear || place >= tables().terms.size()) return std::nullopt;
    return date_of(tables().terms[place].at(static_cast<std::size_t>(index)));
}

std::optional<int> term_on(const Date& date) {
    for (const int index : {2 * date.month - 2, 2 * date.month - 1})
        if (day_of_term(date.year, index) == date) return index;
    return std::nullopt;
}

}  // namespace aftercare::domain
