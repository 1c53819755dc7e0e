#include "usecase/calendar.hpp"

#include <algorithm>
#include <set>

#include "domain/lunar.hpp"
#include "domain/tables.hpp"
#include "usecase/facts.hpp"
#include "usecase/holiday_file.hpp"

namespace aftercare::usecase {
namespace {

constexpr std::int64_t kMaxDays = 400;
constexpr std::size_t kMaxYears = 200;

FestivalView view_of(const domain::FestivalDay& day, bool major) {
    const auto& f = *day.festival;
    return {domain::text_of(day.date), std::string(f.id), std::string(f.name_zh), std::string(f.name_en), major && f.major};
}

Result<std::int64_t> day_in_tables(const std::string& text, const char* pointer) {
    const auto date = domain::parse_date(text);
    if (!date) return fail_field(pointer, "bad_date");
    if (date->year < domain::kFirstFestivalYear || date->year > domain::kLastFestivalYear) return fail_field(pointer, "out_of_range");
    return domain::day_number(*date);
}

DayView day_view(std::int64_t day, const domain::Calendar& calendar) {
    const auto date = domain::date_of(day);
    DayView view;
    view.date = domain::text_of(date);
    if (const auto lunar = domain::solar_to_lunar(date)) {
        view.lunar_year = lunar->year;
        view.lunar_month = lunar->month;
        view.lunar_day = lunar->day;
        view.lunar_leap = lunar->leap;
        view.lunar_zh = (lunar->day == 1 ? domain::lunar_month_name(lunar->month, lunar->leap) : "") + std::string(domain::lunar_day_name(lunar->day));
    }
    if (const auto term = domain::term_on(date)) {
        view.solar_term_zh = domain::solar_term(*term).name_zh;
        view.solar_term_en = domain::solar_term(*term).name_en;
    }
    view.works = calendar.works(day);
    return view;
}

/// The years of a region whose notice is known.
std::set<std::int64_t> official_years(store::Tx& tx, const std::string& region) {
    std::set<std::int64_t> known;
    for (const auto& year : store::calendar_years(tx, region))
        if (year.state == CalendarState::official) known.insert(year.year);
    return known;
}

void mark(std::vector<DayView>& days, std::int64_t first, const std::vector<store::DayOff>& off, const std::set<std::int64_t>& official) {
    for (std::size_t i = 0; i < days.size(); ++i)
        days[i].provisional = official.count(domain::date_of(first + static_cast<std::int64_t>(i)).year) == 0;
    for (const auto& each : off) {
        DayView& day = days[static_cast<std::size_t>(each.day - first)];
        day.mark = each.works ? DayMark::work : DayMark::off;
        day.mark_name = each.name;
        day.provisional = official.count(each.year) == 0;
    }
}

/// The checks that need no database; the days of one year, sorted.
Result<std::vector<store::DayOff>> days_of(const HolidayYear& year, const std::string& path) {
    std::vector<FieldError> errors;
    std::vector<store::DayOff> days;
    std::set<std::int64_t> seen;
    for (std::size_t i = 0; i < year.days.size(); ++i) {
        const auto& each = year.days[i];
        const std::string at = path + "/days/" + std::to_string(i) + "/date";
        const auto date = domain::parse_date(each.date);
        if (!date) errors.push_back({at, "bad_date"});
        else if (date->year < year.year - 1 || date->year > year.year + 1) errors.push_back({at, "out_of_range"});
        else if (!seen.insert(domain::day_number(*date)).second) errors.push_back({at, "twice"});
        else days.push_back({domain::day_number(*date), !each.off, each.name, year.year});
    }
    if (!errors.empty()) return fail(Error{ErrorKind::invalid, "invalid_fields", std::move(errors), {}, {}, {}});
    std::sort(days.begin(), days.end(), [](const auto& a, const auto& b) { return a.day < b.day; });
    return days;
}

struct ReadYear {
    store::CalendarYear year;
    std::vector<store::DayOff> days;
};

/// Every year of a file; `prefix` goes before the pointers of its errors.
Result<std::vector<ReadYear>> read_years(const std::string& region, std::string_view json, const std::string& prefix, Instant now) {
    auto file = decode<HolidayFile>(json);
    if (!file) {
        for (auto& field : file.error().fields) field.pointer = prefix + field.pointer;
        return fail(std::move(file.error()));
    }
    const bool many = !file->years.empty();
    if (!many && !file->year) return fail_field(prefix + "/year", "required");
    if (!many) file->years.push_back({*file->year, std::move(file->papers), std::move(file->days)});
    if (file->years.size() > kMaxYears) return fail_field(prefix + "/years", "too_long");
    std::vector<ReadYear> years;
    for (std::size_t i = 0; i < file->years.size(); ++i) {
        const HolidayYear& each = file->years[i];
        AC_TRY(auto days, days_of(each, prefix + (many ? "/years/" + std::to_string(i) : "")));
        std::string source;
        for (const auto& paper : each.papers) source += (source.empty() ? "" : " ") + paper;
        const auto state = each.papers.empty() ? CalendarState::provisional : CalendarState::official;
        years.push_back({{region, each.year, 0, state, std::move(source), now}, std::move(days)});
    }
    return years;
}

CalendarTaken take(store::Tx& tx, const std::string& region, const std::vector<ReadYear>& years) {
    CalendarTaken taken;
    bool any = false;
    for (const auto& [year, days] : years) {
        const bool changed = !days.empty() && store::put_calendar_year(tx, year, days);
        taken.years.push_back({year.year, static_cast<std::int64_t>(days.size()), changed});
        any = any || changed;
    }
    if (any) store::stamp_calendar(tx, region);
    return taken;
}

}  // namespace

std::vector<FestivalView> festivals_of(const domain::Date& from, const domain::Date& to) {
    std::vector<FestivalView> views;
    for (const auto& day : domain::festivals_between(from, to)) views.push_back(view_of(day, false));
    return views;
}

Result<CalendarDays> calendar_days(Context& ctx, const Actor& actor, const CalendarQuery& in) {
    AC_TRY(const std::int64_t first, day_in_tables(in.from, "/from"));
    AC_TRY(const std::int64_t last, day_in_tables(in.to, "/to"));
    if (last < first) return fail_field("/to", "before_start");
    if (last - first >= kMaxDays) return fail_field("/to", "out_of_range");
    return ctx.store.read([&](store::Tx& tx) -> Result<CalendarDays> {
        const auto shops = shops_for(tx, actor, in.shop_id);
        if (in.shop_id && shops.empty()) return fail(ErrorKind::not_found, "shop_not_found");
        const auto shop = shops.empty() ? store::ShopCalendar{} : store::calendar_of_shop(tx, ShopId(shops.front()));
        const auto& calendar = calendar_of(shop);
        CalendarDays days{shop.region, {}};
        for (std::int64_t day = first; day <= last; ++day) days.items.push_back(day_view(day, calendar));
        for (const auto& each : domain::festivals_between(domain::date_of(first), domain::date_of(last)))
            days.items[static_cast<std::size_t>(domain::day_number(each.date) - first)].festivals.push_back(view_of(each, true));
        if (!shop.region.empty()) mark(days.items, first, store::days_off(tx, shop.region, first, last), official_years(tx, shop.region));
        return days;
    });
}

Result<CalendarYears> calendar_years(Context& ctx, const Actor& actor, const InRegion& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](store::Tx& tx) -> Result<CalendarYears> { return CalendarYears{store::calendar_years(tx, in.region)}; });
}

Result<CalendarTaken> import_calendar(Context& ctx, const Actor& actor, const Guard& guard, const ImportCalendar& in) {
    AC_CHECK(require(actor, Permission::import_data));
    AC_TRY(const auto years, read_years(in.region, in.file.text, "/file", guard.now));
    std::vector<ShopId> shops;
    auto taken = ctx.store.change(guard, [&](store::Tx& tx) -> Result<CalendarTaken> {
        shops = store::shops_of_region(tx, in.region);
        for (const ShopId& shop : shops)  // it dates the work of all of them
            if (!actor.may_see(shop)) return fail(ErrorKind::forbidden, "all_shops_needed");
        return take(tx, in.region, years);
    });
    if (taken)
        for (const ShopId& shop : shops) ctx.store.hint({"calendar", in.region, shop, 0});
    return taken;
}

Result<Done> load_shipped_calendar(Context& ctx) {
    const Instant now = ctx.clock.now();
    AC_TRY(auto years, read_years("CN", domain::kHolidaysCn, "", now));
    AC_TRY(const auto known, ctx.store.read([](store::Tx& tx) -> Result<CalendarYears> { return CalendarYears{store::calendar_years(tx, "CN")}; }));
    std::erase_if(years, [&](const ReadYear& year) {
        return std::any_of(known.items.begin(), known.items.end(), [&](const auto& each) { return each.year == year.year.year; });
    });
    if (years.empty()) return Done{};
    return ctx.store.change(Guard{{}, {}, {}, {}, now}, [&](store::Tx& tx) -> Result<Done> {
        take(tx, "CN", years);
        return Done{};
    });
}

}  // namespace aftercare::usecase
