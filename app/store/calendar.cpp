#include "store/calendar.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>

#include "db/row.hpp"
#include "sql/calendar.hpp"
#include "store/hash_chain.hpp"

namespace aftercare::store {
namespace {

constexpr std::int64_t kFirstDay = -1'000'000, kLastDay = 1'000'000;

std::string stamp_of(const std::string& region, const std::vector<DayOff>& days) {
    std::string text = region;
    for (const DayOff& each : days) text += " " + std::to_string(each.day) + (each.works ? "+" : "-");
    return sha256_hex(text);
}

}  // namespace

std::vector<CalendarYear> calendar_years(Tx& tx, const std::string& region) {
    std::vector<CalendarYear> years;
    tx.run(sql::calendar::years, {{"region", region}}, [&](const db::Row& row) { years.push_back(db::read_row<CalendarYear>(row)); });
    return years;
}

std::vector<DayOff> days_off(Tx& tx, const std::string& region, std::int64_t from, std::int64_t to) {
    std::vector<DayOff> days;
    tx.run(sql::calendar::special_days, {{"region", region}, {"from", from}, {"to", to}}, [&](const db::Row& row) {
        auto day = db::read_row<DayOff>(row);
        if (!days.empty() && days.back().day == day.day) days.back() = std::move(day);
        else days.push_back(std::move(day));
    });
    return days;
}

bool put_calendar_year(Tx& tx, const CalendarYear& year, const std::vector<DayOff>& days) {
    tx.run(sql::calendar::hold_region, {{"region", year.region}});
    CalendarYear made = year;
    made.version = 1;
    for (const CalendarYear& known : calendar_years(tx, year.region)) {
        if (known.year != year.year) continue;
        made.version = known.version + 1;
        std::vector<DayOff> before;
        tx.run(sql::calendar::days_of_year, {{"region", year.region}, {"year", year.year}},
               [&](const db::Row& row) { before.push_back(db::read_row<DayOff>(row)); });
        if (before == days && known.state == year.state && known.source == year.source) return false;
    }
    tx.write(sql::calendar::put_region, {{"region", year.region}, {"stamp", ""}});
    tx.write(sql::calendar::put_year, db::bind_row(made), 1);
    tx.write(sql::calendar::drop_days, {{"region", year.region}, {"year", year.year}});
    for (const DayOff& each : days) tx.write(sql::calendar::insert_day, db::bind_row(each).with("region", std::string_view(year.region)), 1);
    return true;
}

void stamp_calendar(Tx& tx, const std::string& region) {
    const std::string stamp = stamp_of(region, days_off(tx, region, kFirstDay, kLastDay));
    tx.write(sql::calendar::put_region, {{"region", region}, {"stamp", stamp}});
}

std::vector<ShopId> shops_of_region(Tx& tx, const std::string& region) {
    std::vector<ShopId> shops;
    tx.run(sql::calendar::shops_of_region, {{"region", region}}, [&](const db::Row& row) { shops.emplace_back(std::string(row.text(0))); });
    return shops;
}

std::string_view region_of_zone(std::string_view zone) {
    static constexpr std::array<std::string_view, 5> kChina{"Asia/Shanghai", "Asia/Chongqing", "Asia/Harbin", "Asia/Urumqi", "PRC"};
    return std::find(kChina.begin(), kChina.end(), zone) == kChina.end() ? "" : "CN";
}

void ask_calendar(Tx& tx, const ShopId& shop, ShopCalendar& into) {
    tx.later(sql::calendar::calendar_of_shop, {{"id", shop.value}}, [&into](const db::Row& row) {
        into.zone = row.text(0);
        into.region = row.text(1);
        into.stamp = row.text(2);
        into.hours = row.text(3);
        into.hours_version = row.integer(4);
    });
}

ShopHours hours_of_shop(Tx& tx, const ShopId& shop) {
    ShopHours hours;
    tx.run(sql::calendar::hours_of_shop, {{"shop_id", shop.value}}, [&](const db::Row& row) { hours = db::read_row<ShopHours>(row); });
    return hours;
}

void insert_hours(Tx& tx, const ShopId& shop, const ShopHours& hours, const StaffId& made_by) {
    tx.write(sql::calendar::insert_hours,
             {{"shop_id", shop.value}, {"version", hours.version}, {"hours", hours.hours.text},
              {"made_by", made_by.empty() ? db::Value(nullptr) : db::Value(made_by.value)}, {"made_at", hours.made_at.ms}}, 1);
}

void load_special(Tx& tx, ShopCalendar& calendar) {
    static std::mutex lock;
    static std::map<std::string, std::shared_ptr<const std::vector<domain::SpecialDay>>> known;  // a stamp says what its days are
    if (calendar.special || calendar.stamp.empty()) return;
    {
        const std::scoped_lock held(lock);
        if (const auto at = known.find(calendar.stamp); at != known.end()) calendar.special = at->second;
    }
    if (calendar.special) return;
    const auto rows = days_off(tx, calendar.region, kFirstDay, kLastDay);
    std::vector<domain::SpecialDay> days;
    for (const DayOff& each : rows) days.push_back({each.day, each.works});
    calendar.stamp = stamp_of(calendar.region, rows);  // PostgreSQL: newer days than the stamp that was read
    calendar.special = std::make_shared<const std::vector<domain::SpecialDay>>(std::move(days));
    const std::scoped_lock held(lock);
    known.emplace(calendar.stamp, calendar.special);
}

ShopCalendar calendar_of_shop(Tx& tx, const ShopId& shop) {
    ShopCalendar calendar;
    ask_calendar(tx, shop, calendar);
    tx.flush();
    load_special(tx, calendar);
    return calendar;
}

}  // namespace aftercare::store
