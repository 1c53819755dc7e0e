#include "store/calendar.hpp"
#include "domain/date.hpp"
#include "store/rosters.hpp"
#include "usecase/calendar.hpp"
#include "usecase/facts.hpp"
#include "usecase/hours.hpp"
#include "usecase/schedules.hpp"
#include "world.hpp"

namespace aftercare::test {
namespace {

constexpr std::string_view kShanghai = "Asia/Shanghai";

store::ShopCalendar calendar_of(ShopWorld& w, const ShopId& shop) {
    return ShopWorld::must(w.store->read([&](store::Tx& tx) -> Result<store::ShopCalendar> { return store::calendar_of_shop(tx, shop); }));
}
usecase::CalendarTaken import(ShopWorld& w, const std::string& json) {
    return ShopWorld::must(usecase::import_calendar(*w.ctx, w.admin, w.guard(w.admin), {"CN", {json}}));
}

TEST_CASE("a Chinese shop's working time pauses on a day off and runs on a make-up Saturday") {
    on_each_engine([](ShopWorld& w) {
        w.must(usecase::load_shipped_calendar(*w.ctx));
        w.must(usecase::load_shipped_calendar(*w.ctx));  // again: nothing new
        const auto shop = calendar_of(w, w.shop);
        CHECK(shop.zone == kShanghai);
        CHECK(shop.region == "CN");
        const auto& calendar = usecase::calendar_of(shop);
        const auto at = [&](int month, int day, std::int64_t hour) { return calendar.instant_of(domain::day_number({2026, month, day}), hours(hour)); };
        CHECK(calendar.working_between(at(10, 1, 0), at(10, 8, 0)) == Duration{});
        CHECK(calendar.working_between(at(10, 10, 0), at(10, 11, 0)) == hours(9));
        CHECK(calendar.add_working(at(9, 30, 17), hours(2)) == at(10, 8, 10));
        CHECK_FALSE(calendar.is_working_day(at(10, 1, 12)));
        // 2027 is not known: the week alone
        CHECK(calendar.works(domain::day_number({2027, 10, 1})));

        const auto london = w.must(usecase::add_shop(*w.ctx, w.admin, w.guard(w.admin), {"uk", "UK", "GBP", "Europe/London"})).id;
        CHECK(calendar_of(w, london).region.empty());
        CHECK(usecase::calendar_of(calendar_of(w, london)).is_working_day(at(10, 1, 12)));
    });
}

TEST_CASE("clocks of a case follow days off: a decision asked for before the holiday is due after it") {
    on_each_engine([](ShopWorld& w) {
        w.must(usecase::load_shipped_calendar(*w.ctx));
        w.clock.set(usecase::calendar_of(calendar_of(w, w.shop)).instant_of(domain::day_number({2026, 9, 30}), hours(17)));
        const auto order = w.sold("H-1");
        const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(order, 1)));
        const auto view = w.view(opened.case_id);
        REQUIRE_FALSE(view.clocks.empty());
        CHECK(view.clocks[0].kind == ClockKind::first_decision);
        // 24 working hours: 1 on 09-30, none until 10-08, 9 + 9 on the 8th and 9th, 5 on the make-up Saturday
        CHECK(view.clocks[0].due_at == usecase::calendar_of(calendar_of(w, w.shop)).instant_of(domain::day_number({2026, 10, 10}), hours(14)));
    });
}

TEST_CASE("a later notice wins a day that two name, and a new version has another stamp") {
    on_each_engine([](ShopWorld& w) {
        const std::string day = R"({"name":"x","date":"2018-12-31","isOffDay":)";
        import(w, R"({"year":2018,"papers":["p"],"days":[)" + day + "true}]}");
        const auto first = calendar_of(w, w.shop);
        CHECK_FALSE(usecase::calendar_of(first).works(domain::day_number({2018, 12, 31})));
        import(w, R"({"year":2019,"papers":["p"],"days":[)" + day + "false}]}");
        const auto second = calendar_of(w, w.shop);
        CHECK(second.stamp != first.stamp);
        CHECK(usecase::calendar_of(second).works(domain::day_number({2018, 12, 31})));
        CHECK_FALSE(usecase::calendar_of(first).works(domain::day_number({2018, 12, 31})));
        CHECK_FALSE(import(w, R"({"year":2019,"papers":["p"],"days":[)" + day + "false}]}").years[0].changed);
        CHECK(calendar_of(w, w.shop).stamp == second.stamp);
        CHECK_FALSE(import(w, R"({"year":2018,"papers":["p"],"days":[)" + day + "true}]}").years[0].changed);  // its own rows, though 2019 counts
    });
}

TEST_CASE("hours that a lead sets are kept as versions, and working time follows them from then on") {
    on_each_engine([](ShopWorld& w) {
        auto hours_set = domain::usual_hours();
        hours_set.week[0].slots = {{540, 720}, {810, 1'080}};
        hours_set.teams.push_back({Department::warehouse, hours_set.week});
        hours_set.teams[0].week[5].slots = {{600, 660}};
        hours_set.days = {{"2026-10-06", "stocktaking", false, {}}};
        const auto before = w.must(usecase::get_hours(*w.ctx, w.agent, {w.shop}));
        CHECK(before.version == 0);
        CHECK(before.hours == domain::usual_hours());
        CHECK(usecase::put_hours(*w.ctx, w.agent, w.guard(w.agent), {w.shop, hours_set}).error().code == "permission_missing");
        const auto order = w.sold("H-9");
        const auto old = w.view(w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(order, 1))).case_id).clocks.at(0).due_at;
        CHECK(w.must(usecase::put_hours(*w.ctx, w.lead, w.guard(w.lead), {w.shop, hours_set})).version == 1);
        CHECK(w.must(usecase::get_hours(*w.ctx, w.agent, {w.shop})).hours == hours_set);
        auto late = w.guard(w.lead);
        late.expected_version = 0;
        CHECK(usecase::put_hours(*w.ctx, w.lead, late, {w.shop, hours_set}).error().code == "stale");
        auto bad = hours_set;
        bad.week[1].slots = {{600, 500}};
        CHECK(usecase::put_hours(*w.ctx, w.lead, w.guard(w.lead), {w.shop, bad}).error().fields.at(0).pointer == "/hours/week/1/slots/0");

        const auto& calendar = usecase::calendar_of(calendar_of(w, w.shop));
        const auto monday = domain::day_number({2026, 10, 5});
        CHECK(calendar.working_between(calendar.instant_of(monday, {}), calendar.instant_of(monday + 1, {})) == minutes(450));
        CHECK_FALSE(calendar.works(monday + 1));
        CHECK_FALSE(calendar.works(monday + 5));
        CHECK(calendar.of(Department::warehouse).works(monday + 5));
        CHECK(w.view(w.must(usecase::list_cases(*w.ctx, w.lead, {})).items.at(0).c.id).clocks.at(0).due_at == old);  // it runs on as it was
        CHECK(w.differences().empty());
    });
}

TEST_CASE("a roster is put a week at a time, and says who is on duty") {
    on_each_engine([](ShopWorld& w) {
        const auto person = [&](const char* login, std::vector<ShopId> shops) {
            return w.must(usecase::add_staff(*w.ctx, w.admin, w.guard(w.admin), {login, login, "a good password", {Role::agent}, std::move(shops)})).id;
        };
        const auto ann = person("ann", {w.shop}), bob = person("bob", {w.shop});
        const Instant from = w.clock.now(), to = from + days(7);
        const auto put = [&](std::vector<usecase::ShiftIn> shifts) { return usecase::put_roster(*w.ctx, w.lead, w.guard(w.lead), {w.shop, from, to, std::move(shifts)}); };
        w.must(put({{ann, Department::service, from, from + hours(8)}, {bob, Department::lead, from + hours(4), from + hours(30)}}));
        const auto read = [&](Instant a, Instant b) { return w.must(usecase::list_roster(*w.ctx, w.agent, {w.shop, a, b})).items; };
        REQUIRE(read(from, to).size() == 2);
        CHECK(read(from, to)[0].staff_name == "ann");
        CHECK(read(from + hours(8), to).size() == 1);  // ann has gone
        CHECK(read(from + hours(30), to).empty());
        const auto duty = w.must(w.store->read([&](store::Tx& tx) -> Result<std::vector<domain::Shift>> { return store::shifts_at(tx, w.shop, from + hours(5)); }));
        CHECK(domain::person_on_duty(duty, Department::lead, from + hours(5)) == bob);
        w.must(put({{bob, Department::service, from, from + hours(8)}}));  // in place of both
        CHECK(read(from, to).size() == 1);
        const auto code = [](const auto& refused) { return refused.error().fields.at(0).pointer + " " + refused.error().fields.at(0).code; };
        CHECK(code(put({{StaffId("nobody"), Department::service, from, from + hours(1)}})) == "/shifts/0/staff_id unknown_person");
        CHECK(code(put({{ann, Department::service, from, from}})) == "/shifts/0/to_at before_start");
        CHECK(code(put({{ann, Department::service, from, from + days(3)}})) == "/shifts/0/to_at out_of_range");
        CHECK(code(put({{ann, Department::service, to, to + hours(1)}})) == "/shifts/0/from_at out_of_range");
        CHECK(code(put({{ann, Department::service, from, from + hours(2)}, {ann, Department::service, from + hours(1), from + hours(3)}})) == "/shifts/1 twice");
        CHECK(usecase::put_roster(*w.ctx, w.agent, w.guard(w.agent), {w.shop, from, to, {}}).error().code == "permission_missing");
    });
}

TEST_CASE("overdue cases come first in the queue, and the history of a clock is read from the events") {
    on_each_engine([](ShopWorld& w) {
        const auto late = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(w.sold("O-1"), 1))).case_id;
        const auto clock = w.view(late).clocks.at(0);
        w.clock.set(clock.due_at - minutes(1));
        const auto fresh = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(w.sold("O-2"), 1))).case_id;
        w.clock.set(clock.due_at);
        w.must(usecase::fire_clock(*w.ctx, {clock.id, late, clock.operation_id, clock.due_at}));
        const auto queue = w.must(usecase::list_cases(*w.ctx, w.lead, {})).items;
        REQUIRE(queue.size() == 2);
        CHECK(queue[0].c.id == late);
        CHECK(queue[0].c.due_at == clock.due_at);
        CHECK(queue[1].c.id == fresh);
        std::vector<ClockTurn> turns;
        for (const auto& step : w.must(usecase::clock_history(*w.ctx, w.agent, {late})).items)
            if (step.clock_id == clock.id) turns.push_back(step.turn);
        CHECK(turns == std::vector{ClockTurn::activated, ClockTurn::breached});
        CHECK(w.differences().empty());
    });
}

}  // namespace
}  // namespace aftercare::test
