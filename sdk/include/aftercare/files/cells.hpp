#pragma once
#include <aftercare/base/instant.hpp>
#include <charconv>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

/// What cells of files hold.
namespace aftercare::files {

inline std::string trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(" \t");
    if (from == text.npos) return {};
    return std::string(text.substr(from, text.find_last_not_of(" \t") - from + 1));
}

/// A cell as people mean it: without what keeps a spreadsheet from rounding or running it.
inline std::string plain(std::string_view cell) {
    std::string text = trimmed(cell);
    if (text.size() >= 3 && text.starts_with("=\"") && text.back() == '"') text = text.substr(2, text.size() - 3);
    if (text.starts_with('\'')) text.erase(0, 1);
    return trimmed(text);
}

inline std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

/// `count` digits at the front, taken off.
inline std::optional<int> take_digits(std::string_view& text, std::size_t count) {
    int value = 0;
    if (text.size() < count) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + count, value);
    if (error != std::errc() || end != text.data() + count || text[0] == '-') return std::nullopt;
    text.remove_prefix(count);
    return value;
}
inline bool take(std::string_view& text, char c) {
    if (text.empty() || text[0] != c) return false;
    text.remove_prefix(1);
    return true;
}

/// "2026-03-02T10:00:00Z", "2026-03-02 10:00", "2026-03-02 10:00:00+08:00".
inline std::optional<Instant> parse_time(std::string_view text, Duration utc_offset) {
    const auto year = take_digits(text, 4);
    if (!year || !take(text, '-')) return std::nullopt;
    const auto month = take_digits(text, 2);
    if (!month || !take(text, '-')) return std::nullopt;
    const auto day = take_digits(text, 2);
    if (!day || !(take(text, 'T') || take(text, ' '))) return std::nullopt;
    const auto hour = take_digits(text, 2);
    if (!hour || !take(text, ':')) return std::nullopt;
    const auto minute = take_digits(text, 2);
    std::optional<int> second = 0;
    if (take(text, ':')) second = take_digits(text, 2);
    const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok() || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
    if (take(text, 'Z')) {
        utc_offset = {};
    } else if (!text.empty()) {
        const bool east = text[0] == '+';
        if (!take(text, '+') && !take(text, '-')) return std::nullopt;
        const auto hours_off = take_digits(text, 2);
        take(text, ':');
        const auto minutes_off = take_digits(text, 2);
        if (!hours_off || !minutes_off || *hours_off > 14 || *minutes_off > 59) return std::nullopt;
        utc_offset = minutes((*hours_off * 60 + *minutes_off) * (east ? 1 : -1));
    }
    const Instant local = Instant{} + days(std::chrono::sys_days(date).time_since_epoch().count()) + hours(*hour) +
                          minutes(*minute) + seconds(*second);
    const Instant at = local - utc_offset;
    if (!text.empty() || at < kEarliest || at >= kLatest) return std::nullopt;
    return at;
}

}  // namespace aftercare::files
