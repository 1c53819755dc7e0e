#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace aftercare::domain {

/// A day of the Gregorian calendar, without a zone. Fields are in their usual ranges.
struct Date {
    int year = 1970, month = 1, day = 1;
    auto operator<=>(const Date&) const = default;
};

/// Days since 1970-01-01, and back. Any year from 0 to 9999.
std::int64_t day_number(const Date&);
Date date_of(std::int64_t day);
/// 0 Monday … 6 Sunday.
int weekday(std::int64_t day);
/// "2027-02-06"; nothing for anything else or a day that does not exist.
std::optional<Date> parse_date(std::string_view text);
std::string text_of(const Date&);

}  // namespace aftercare::domain
