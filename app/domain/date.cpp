#include "domain/date.hpp"

#include <array>

namespace aftercare::domain {
namespace {

/// Days before each month in a year that begins on 1 March; month 0 is March.
constexpr std::int64_t days_before(std::int64_t month) { return (153 * month + 2) / 5; }

}  // namespace

// A year begins on 1 March here, so that the leap day is its last one.
std::int64_t day_number(const Date& date) {
    const std::int64_t year = date.year - (date.month <= 2 ? 1 : 0), era = (year + 400) / 400 - 1, of_era = year - era * 400;
    const std::int64_t of_year = days_before((date.month + 9) % 12) + date.day - 1;
    return era * 146'097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719'468;
}

Date date_of(std::int64_t day) {
    const std::int64_t from_march = day + 719'468, era = (from_march + 146'097) / 146'097 - 1, of_era = from_march - era * 146'097;
    const std::int64_t year = (of_era - of_era / 1'460 + of_era / 36'524 - of_era / 146'096) / 365;
    const std::int64_t of_year = of_era - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;
    const int calendar_month = static_cast<int>(month < 10 ? month + 3 : month - 9);
    return {static_cast<int>(year + era * 400) + (calendar_month <= 2 ? 1 : 0), calendar_month,
            static_cast<int>(of_year - days_before(month) + 1)};
}

int weekday(std::int64_t day) { return static_cast<int>(((day + 3) % 7 + 7) % 7); }

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    std::array<int, 10> digit{};
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i == 4 || i == 7) continue;
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        digit[i] = text[i] - '0';
    }
    const Date date{digit[0] * 1'000 + digit[1] * 100 + digit[2] * 10 + digit[3], digit[5] * 10 + digit[6], digit[8] * 10 + digit[9]};
    if (date.month < 1 || date.month > 12 || date.day < 1 || date_of(day_number(date)) != date) return std::nullopt;
    return date;
}

std::string text_of(const Date& date) {
    const auto padded = [](int value, std::size_t width) {
        const std::string digits = std::to_string(value);
        return std::string(width - std::min(width, digits.size()), '0') + digits;
    };
    return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2);
}

}  // namespace aftercare::domain
