#include "env/zone.hpp"

#include <date/tz.h>

#include <array>
#include <charconv>
#include <stdexcept>

namespace aftercare::env {
namespace {

using Ms = std::chrono::milliseconds;
using SysMs = date::sys_time<Ms>;
using LocalMs = date::local_time<Ms>;

const date::time_zone& real(const void* zone) { return *static_cast<const date::time_zone*>(zone); }

SysMs sys(Instant at) { return SysMs{Ms{at.ms}}; }

LocalMs local_of(const void* zone, Instant at) { return real(zone).to_local(sys(at)); }

/// Takes `width` digits off the front of `text`; -1 when they are not there.
int take_digits(std::string_view& text, std::size_t width) {
    int value = 0;
    const char* end = text.data() + width;
    if (text.size() < width || text[0] < '0') return -1;  // from_chars would take a sign
    if (const auto [at, error] = std::from_chars(text.data(), end, value); error != std::errc{} || at != end) return -1;
    text.remove_prefix(width);
    return value;
}

bool take_mark(std::string_view& text, std::string_view marks) {
    if (text.empty() || marks.find(text[0]) == marks.npos) return false;
    text.remove_prefix(1);
    return true;
}

bool take_pair(std::string_view& text, std::string_view mark, int limit, int& out) {
    return take_mark(text, mark) && (out = take_digits(text, 2)) >= 0 && out < limit;
}

date::year_month_day day_of(const LocalTime& t) {
    return date::year{t.year} / static_cast<unsigned>(t.month) / static_cast<unsigned>(t.day);
}

}  // namespace

Result<LocalTime> parse_local(std::string_view text) {
    LocalTime t;
    bool good = (t.year = take_digits(text, 4)) >= 0 && take_pair(text, "-", 13, t.month) &&
                take_pair(text, "-", 32, t.day) && day_of(t).ok();
    if (good && !text.empty()) good = take_pair(text, " T", 24, t.hour) && take_pair(text, ":", 60, t.minute);
    if (good && !text.empty()) good = take_pair(text, ":", 60, t.second);
    if (!good || !text.empty()) return fail(ErrorKind::invalid, "bad_time");
    return t;
}

Result<Zone> Zone::find(std::string_view name) {
    try {
        return Zone(date::locate_zone(name));
    } catch (const std::runtime_error&) {  // the library's only way to say "no such zone"
        return fail(Error{ErrorKind::invalid, "unknown_zone", {}, {}, {{"zone", std::string(name)}}, {}});
    }
}

LocalTime Zone::to_local(Instant at) const {
    const LocalMs local = local_of(zone_, at);
    const auto day = date::floor<date::days>(local);
    const date::year_month_day ymd{day};
    const date::hh_mm_ss<Ms> clock{local - day};
    return {int(ymd.year()),
            int(unsigned(ymd.month())),
            int(unsigned(ymd.day())),
            int(clock.hours().count()),
            int(clock.minutes().count()),
            int(clock.seconds().count())};
}

namespace {

Instant resolve(const void* zone, LocalMs local) {
    const date::local_info info = real(zone).get_info(date::floor<std::chrono::seconds>(local));
    // Twice: the earlier reading. Never: read with the offset before the gap, which lands as far behind it as it was meant.
    return {(local.time_since_epoch() - Ms{info.first.offset}).count()};
}

}  // namespace

Instant Zone::to_instant(const LocalTime& t) const {
    const auto clock = std::chrono::hours{t.hour} + std::chrono::minutes{t.minute} + std::chrono::seconds{t.second};
    return resolve(zone_, date::local_days{day_of(t)} + clock);
}

Instant Zone::end_of_day(Instant at) const {
    const LocalMs tomorrow = date::floor<date::days>(local_of(zone_, at)) + date::days{1};
    return resolve(zone_, tomorrow) - Duration{1};
}

int Zone::weekday(Instant at) const {
    const date::weekday day{date::floor<date::days>(local_of(zone_, at))};
    return int(day.iso_encoding());
}

std::vector<OffsetFrom> Zone::offsets() const {
    std::vector<OffsetFrom> all;
    for (Instant at = kEarliest; at < kLatest;) {
        const date::sys_info info = real(zone_).get_info(sys(at));
        const Duration offset{Ms{info.offset}.count()};
        if (all.empty() || all.back().offset != offset) all.push_back({at, offset});
        const Instant next{Ms{info.end.time_since_epoch()}.count()};
        if (next <= at) break;
        at = next;
    }
    return all;
}

}  // namespace aftercare::env
