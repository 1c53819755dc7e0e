#include "store/calendar.hpp"
#include "domain/date.hpp"
#include "usecase/calendar.hpp"
#include "usecase/facts.hpp"
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

}  // namespace
}  // namespace aftercare::test
