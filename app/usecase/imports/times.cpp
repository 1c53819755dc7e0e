#include "usecase/imports/times.hpp"

#include <array>
#include <charconv>
#include <optional>

namespace aftercare::usecase::imports {
namespace {

/// The runs of digits of a text and what stands between them.
struct Pieces {
    static constexpr std::size_t kMost = 8;
    std::array<std::int64_t, kMost> number{};
    std::array<std::size_t, kMost> digits{};
    std::array<std::string_view, kMost> before{};  // the text in front of each number
    std::string_view rest;                         // behind the last
    std::size_t count = 0;
};

std::optional<Pieces> pieces_of(std::string_view text) {
    Pieces p;
    std::size_t at = 0;
    while (at < text.size()) {
        std::size_t from = at;
        while (at < text.size() && (text[at] < '0' || text[at] > '9')) ++at;
        if (at == text.size()) {
            p.rest = text.substr(from);
            break;
        }
        if (p.count == Pieces::kMost) return std::nullopt;
        p.before[p.count] = text.substr(from, at - from);
        from = at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
        if (at - from > 17) return std::nullopt;
        std::from_chars(text.data() + from, text.data() + at, p.number[p.count]);
        p.digits[p.count++] = at - from;
    }
    return p;
}

bool is_date_mark(std::string_view mark) { return mark == "-" || mark == "/" || mark == "." || mark == "年" || mark == "月"; }

int days_in(int year, int month) {
    static constexpr std::array kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

bool is_real(const env::LocalTime& t) {
    return t.year >= 1900 && t.year <= 2199 && t.month >= 1 && t.month <= 12 && t.day >= 1 && t.day <= days_in(t.year, t.month) &&
           t.hour >= 0 && t.hour <= 23 && t.minute >= 0 && t.minute <= 59 && t.second >= 0 && t.second <= 59;
}

// 20091201 or 20091201074500
std::optional<env::LocalTime> packed(std::int64_t number, std::size_t digits) {
    env::LocalTime t;
    if (digits == 14) {
        t.second = static_cast<int>(number % 100), t.minute = static_cast<int>(number / 100 % 100);
        t.hour = static_cast<int>(number / 10'000 % 100);
        number /= 1'000'000;
    } else if (digits != 8) {
        return std::nullopt;
    }
    t.year = static_cast<int>(number / 10'000), t.month = static_cast<int>(number / 100 % 100), t.day = static_cast<int>(number % 100);
    return t;
}

// Days since 1899-12-30, as spreadsheets count.
std::optional<env::LocalTime> serial(std::string_view text) {
    double days = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), days);
    if (failed != std::errc{} || end != text.data() + text.size() || !(days >= 25'569 && days < 80'000)) return std::nullopt;  // before 1970
    const auto total = static_cast<std::int64_t>(days * 86'400.0 + 0.5);
    env::LocalTime t{1970, 1, 1, static_cast<int>(total / 3'600 % 24), static_cast<int>(total / 60 % 60), static_cast<int>(total % 60)};
    for (std::int64_t left = total / 86'400 - 25'569; left > 0;) {
        const std::int64_t month = days_in(t.year, t.month);
        if (left < month) {
            t.day += static_cast<int>(left);
            break;
        }
        left -= month;
        if (++t.month > 12) t.month = 1, ++t.year;
    }
    return t;
}

struct Read {
    env::LocalTime local;
    std::size_t used = 0;  // pieces
};

std::optional<Read> date_of(const Pieces& p, DateOrder order) {
    Read r;
    if (p.count == 0 || !p.before[0].empty()) return std::nullopt;
    if (const auto t = packed(p.number[0], p.digits[0])) return Read{*t, 1};
    if (p.count < 3 || !is_date_mark(p.before[1]) || !is_date_mark(p.before[2])) return std::nullopt;
    const auto n = [&](std::size_t i) { return static_cast<int>(p.number[i]); };
    for (std::size_t i = 0; i < 3; ++i)
        if (p.digits[i] > 4) return std::nullopt;
    if (p.digits[0] == 4) r.local.year = n(0), r.local.month = n(1), r.local.day = n(2);
    else if (p.digits[2] != 4) return std::nullopt;  // a year of two digits could be anything
    else if (order == DateOrder::mdy) r.local.year = n(2), r.local.month = n(0), r.local.day = n(1);
    else r.local.year = n(2), r.local.month = n(1), r.local.day = n(0);
    r.used = 3;
    return r;
}

// The clock behind the date; false when it is none.
bool clock_of(const Pieces& p, Read& r) {
    const auto at = r.used;
    if (at == p.count) return true;
    std::string_view gap = p.before[at];
    if (gap.starts_with("日")) gap.remove_prefix(3);
    if (!(gap == " " || gap == "T" || gap == "  " || gap.empty()) || at + 1 >= p.count || p.before[at + 1] != ":") return false;
    for (std::size_t i = at; i < std::min(at + 2, p.count); ++i)
        if (p.digits[i] > 2) return false;
    r.local.hour = static_cast<int>(p.number[at]), r.local.minute = static_cast<int>(p.number[at + 1]);
    r.used = at + 2;
    if (r.used < p.count && p.before[r.used] == ":" && p.digits[r.used] <= 2) r.local.second = static_cast<int>(p.number[r.used++]);
    if (r.used < p.count && p.before[r.used] == ".") ++r.used;  // fractions of a second
    return true;
}

}  // namespace

void DateLearner::see(std::string_view text) {
    const auto p = pieces_of(text);
    if (!p || p->count < 3 || p->digits[2] != 4 || p->digits[0] > 2 || !is_date_mark(p->before[1])) return;
    doubtful_ = true;
    if (p->number[0] > 12) day_first_ = true;
    if (p->number[1] > 12) month_first_ = true;
}

DateOrder DateLearner::order() const {
    if (day_first_ == month_first_) return DateOrder::automatic;
    return day_first_ ? DateOrder::dmy : DateOrder::mdy;
}

Result<std::string> parse_birthday(std::string_view text, DateOrder order) {
    const auto p = pieces_of(text);
    auto read = p ? date_of(*p, order) : std::nullopt;
    if (p && !read) {
        if (const auto day = serial(text)) read = Read{*day, p->count};
    }
    if (!read || !is_real(read->local)) return fail(ErrorKind::invalid, "bad_time");
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(read->local.month) + "-" + two(read->local.day);
}

Result<Instant> parse_time(std::string_view text, DateOrder order, const env::Zone& zone) {
    const auto bad = [] { return fail(ErrorKind::invalid, "bad_time"); };
    const auto inside = [](Instant at) -> Result<Instant> {
        if (at < kEarliest || at >= kLatest) return fail(ErrorKind::invalid, "out_of_range");
        return at;
    };
    const auto p = pieces_of(text);
    if (!p) return bad();
    auto read = date_of(*p, order);
    if (!read) {
        const auto day = serial(text);
        return day && is_real(*day) ? inside(zone.to_instant(*day)) : Result<Instant>(bad());
    }
    if (!clock_of(*p, *read)) return bad();
    std::string_view rest = read->used == p->count ? p->rest : p->before[read->used];
    if (rest == " +" || rest == " -") rest.remove_prefix(1);
    if (rest == "日" || rest == "秒" || rest == " ") rest = {};
    if (rest == " PM" || rest == " pm" || rest == "PM") read->local.hour = read->local.hour % 12 + 12, rest = {};
    else if (rest == " AM" || rest == " am" || rest == "AM") read->local.hour %= 12, rest = {};
    if (!is_real(read->local)) return bad();
    if (rest.empty() && read->used == p->count) return inside(zone.to_instant(read->local));

    static const env::Zone utc = env::Zone::find("Etc/UTC").value();
    if (rest == "Z" && read->used == p->count) return inside(utc.to_instant(read->local));
    if ((rest == "+" || rest == "-") && p->rest.empty()) {  // +08:00, +0800
        const auto at = read->used;
        const bool two = p->count == at + 2 && p->before[at + 1] == ":" && p->digits[at] == 2 && p->digits[at + 1] == 2;
        if (!two && !(p->count == at + 1 && p->digits[at] == 4)) return bad();
        const std::int64_t minutes = two ? p->number[at] * 60 + p->number[at + 1] : p->number[at] / 100 * 60 + p->number[at] % 100;
        if (minutes > 14 * 60) return bad();
        return inside(utc.to_instant(read->local) + Duration{(rest == "+" ? -minutes : minutes) * 60'000});
    }
    return bad();
}

}  // namespace aftercare::usecase::imports
