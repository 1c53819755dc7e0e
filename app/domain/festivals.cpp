#include "domain/festivals.hpp"

#include <algorithm>
#include <variant>

#include "domain/lunar.hpp"

namespace aftercare::domain {
namespace {

struct Lunar {
    int month, day;
};
struct EveOf {  ///< the day before a lunar day: month 12 has 29 or 30 days
    int month, day;
};
struct Term {
    int index;
};
struct Fixed {
    int month, day;
};
struct NthWeekday {  ///< the n-th of a month, and so many days later
    int month, nth, weekday, plus;
};
struct Easter {};
using FestivalRule = std::variant<Lunar, EveOf, Term, Fixed, NthWeekday, Easter>;

struct Entry {
    Festival festival;
    FestivalRule rule;
};
constexpr int kThursday = 3, kSunday = 6;
const std::vector<Entry>& entries() {
    static const std::vector<Entry> all{
        {{"new-year", "元旦", "New Year's Day", true}, Fixed{1, 1}},
        {{"laba", "腊八节", "Laba Festival"}, Lunar{12, 8}},
        {{"little-new-year-north", "北小年", "Little New Year (north)"}, Lunar{12, 23}},
        {{"little-new-year-south", "南小年", "Little New Year (south)"}, Lunar{12, 24}},
        {{"new-years-eve", "除夕", "Lunar New Year's Eve", true}, EveOf{1, 1}},
        {{"spring-festival", "春节", "Spring Festival", true}, Lunar{1, 1}},
        {{"lantern", "元宵节", "Lantern Festival", true}, Lunar{1, 15}},
        {{"valentine", "情人节", "Valentine's Day"}, Fixed{2, 14}},
        {{"women", "妇女节", "Women's Day"}, Fixed{3, 8}},
        {{"easter", "复活节", "Easter"}, Easter{}},
        {{"qingming", "清明节", "Qingming Festival", true}, Term{kPureBright}},
        {{"labour", "劳动节", "Labour Day", true}, Fixed{5, 1}},
        {{"mothers-day", "母亲节", "Mother's Day"}, NthWeekday{5, 2, kSunday, 0}},
        {{"may-20", "520", "520 Day"}, Fixed{5, 20}},
        {{"children", "儿童节", "Children's Day"}, Fixed{6, 1}},
        {{"june-18", "618", "618 Shopping Festival"}, Fixed{6, 18}},
        {{"dragon-boat", "端午节", "Dragon Boat Festival", true}, Lunar{5, 5}},
        {{"fathers-day", "父亲节", "Father's Day"}, NthWeekday{6, 3, kSunday, 0}},
        {{"qixi", "七夕", "Qixi Festival"}, Lunar{7, 7}},
        {{"teachers", "教师节", "Teachers' Day"}, Fixed{9, 10}},
        {{"mid-autumn", "中秋节", "Mid-Autumn Festival", true}, Lunar{8, 15}},
        {{"national", "国庆节", "National Day", true}, Fixed{10, 1}},
        {{"double-ninth", "重阳节", "Double Ninth Festival"}, Lunar{9, 9}},
        {{"halloween", "万圣夜", "Halloween"}, Fixed{10, 31}},
        {{"double-11", "双 11", "Double 11"}, Fixed{11, 11}},
        {{"thanksgiving", "感恩节", "Thanksgiving"}, NthWeekday{11, 4, kThursday, 0}},
        {{"black-friday", "黑色星期五", "Black Friday"}, NthWeekday{11, 4, kThursday, 1}},
        {{"double-12", "双 12", "Double 12"}, Fixed{12, 12}},
        {{"winter-solstice", "冬至", "Winter Solstice"}, Term{kWinterSolstice}},
        {{"christmas", "圣诞节", "Christmas Day"}, Fixed{12, 25}},
    };
    return all;
}

/// Butcher's computus.
Date easter(int year) {
    const int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, g = (8 * b + 13) / 25;
    const int h = (19 * a + b - d - g + 15) % 30, l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7, m = (a + 11 * h + 22 * l) / 451;
    return {year, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1};
}

struct InYear {
    int year;
    std::optional<Date> operator()(const Lunar& r) const {
        const auto date = lunar_to_solar({year, r.month, false, r.day});
        return date ? std::optional(*date) : std::nullopt;
    }
    std::optional<Date> operator()(const EveOf& r) const {
        const auto day = (*this)(Lunar{r.month, r.day});
        return day ? std::optional(date_of(day_number(*day) - 1)) : std::nullopt;
    }
    std::optional<Date> operator()(const Term& r) const { return day_of_term(year, r.index); }
    std::optional<Date> operator()(const Fixed& r) const { return Date{year, r.month, r.day}; }
    std::optional<Date> operator()(const NthWeekday& r) const {
        const std::int64_t first = day_number({year, r.month, 1});
        return date_of(first + (r.weekday - weekday(first) + 7) % 7 + 7 * (r.nth - 1) + r.plus);
    }
    std::optional<Date> operator()(const Easter&) const { return easter(year); }
};

}  // namespace

const std::vector<Festival>& festivals() {
    static const std::vector<Festival> all = [] {
        std::vector<Festival> list;
        for (const Entry& entry : entries()) list.push_back(entry.festival);
        return list;
    }();
    return all;
}

const Festival* find_festival(std::string_view id) {
    const auto found = std::find_if(festivals().begin(), festivals().end(), [&](const Festival& f) { return f.id == id; });
    return found == festivals().end() ? nullptr : &*found;
}

std::optional<Date> festival_in(const Festival& festival, int year) {
    const auto found = std::find_if(entries().begin(), entries().end(), [&](const Entry& e) { return e.festival.id == festival.id; });
    return found == entries().end() ? std::nullopt : std::visit(InYear{year}, found->rule);
}

std::vector<FestivalDay> festivals_between(const Date& from, const Date& to) {
    const Date first = std::max(from, Date{kFirstFestivalYear, 1, 1}), last = std::min(to, Date{kLastFestivalYear, 12, 31});
    std::vector<FestivalDay> days;
    for (int year = first.year - 1; year <= last.year; ++year)  // a lunar year ends in the next Gregorian one
        for (std::size_t i = 0; i < festivals().size(); ++i)
            if (const auto date = std::visit(InYear{year}, entries()[i].rule); date && first <= *date && *date <= last)
                days.push_back({*date, &festivals()[i]});
    std::stable_sort(days.begin(), days.end(), [](const FestivalDay& a, const FestivalDay& b) {
        return a.date != b.date ? a.date < b.date : a.festival < b.festival;
    });
    return days;
}

}  // namespace aftercare::domain
