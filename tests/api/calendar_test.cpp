#include <catch2/catch.hpp>

#include "api/test_app.hpp"
#include "usecase/calendar.hpp"

using namespace aftercare;
using nlohmann::json;
using test::TestApp;

namespace {

struct CalendarApp {
    CalendarApp() {
        if (const auto loaded = usecase::load_shipped_calendar(app.ctx); !loaded) throw std::runtime_error(loaded.error().code);
    }
    json day(const std::string& date) { return ann.get("/api/v1/calendar?from=" + date + "&to=" + date).json["items"][0]; }
    std::string field_error(const std::string& query) { return ann.get("/api/v1/calendar?" + query).at("/errors/0/code"); }

    TestApp app;
    ShopId shop = app.a_shop("north");
    test::Caller ann = app.as("ann", {Role::agent}, {shop}), root = app.as("root", {Role::admin}, {});
};

json year_file(int year, json days, json papers = {"https://example.org/notice"}) { return {{"file", {{"$schema", "x"}, {"year", year}, {"papers", papers}, {"days", days}}}}; }

}  // namespace

TEST_CASE("a day says its lunar date, festivals, solar term and whether it is off") {
    CalendarApp c;
    const auto eve = c.day("2027-02-05"), spring = c.day("2027-02-06"), term = c.day("2027-02-04");
    CHECK(spring["lunar_zh"] == "正月初一");
    CHECK(spring["festivals"][0]["name_zh"] == "春节");
    CHECK(spring["festivals"][0]["major"] == true);
    CHECK(eve["festivals"][0]["id"] == "new-years-eve");
    CHECK(eve["lunar_zh"] == "廿九");
    CHECK(term["solar_term_zh"] == "立春");
    CHECK(spring["mark"] == "none");
    CHECK(spring["provisional"] == true);  // the notice for 2027 is not known
    CHECK(spring["works"] == false);       // a Saturday: the week says so
    CHECK(c.day("2025-07-25")["lunar_zh"] == "闰六月初一");
    const auto national = c.day("2026-10-01"), makeup = c.day("2026-10-10"), monday = c.day("2026-10-12");
    CHECK(national["mark"] == "off");
    CHECK(national["mark_name"] == "国庆节");
    CHECK(national["works"] == false);
    CHECK(national["provisional"] == false);
    CHECK(makeup["mark"] == "work");
    CHECK(makeup["works"] == true);
    CHECK(monday["mark"] == "none");
    CHECK(monday["works"] == true);
}

TEST_CASE("a range of days is checked, and all of it is answered") {
    CalendarApp c;
    CHECK(c.ann.get("/api/v1/calendar?from=2026-01-01&to=2027-02-04").json["items"].size() == 400);
    CHECK(c.field_error("from=2026-01-01&to=2027-02-05") == "out_of_range");
    CHECK(c.field_error("from=2026-01-02&to=2026-01-01") == "before_start");
    CHECK(c.field_error("from=2026-02-30&to=2026-03-01") == "bad_date");
    CHECK(c.field_error("from=1900-12-31&to=1901-01-01") == "out_of_range");
    CHECK(c.field_error("from=2100-12-31&to=2101-01-01") == "out_of_range");
    CHECK(c.field_error("to=2026-03-01") == "required");
    CHECK(c.ann.get("/api/v1/calendar?from=1901-01-01&to=1901-01-31").json["items"].size() == 31);
    CHECK(c.ann.get("/api/v1/calendar?from=2100-12-01&to=2100-12-31").json["items"][30]["lunar_month"] == 12);
}

TEST_CASE("a new year is imported, replaced by its next version, and kept when a file names no days") {
    CalendarApp c;
    const auto put = [&](const json& body) { return c.root.post("/api/v1/calendar/import", body.dump()); };
    const json newyear = {{{"name", "元旦"}, {"date", "2027-01-01"}, {"isOffDay", true}}, {{"name", "元旦"}, {"date", "2027-01-09"}, {"isOffDay", false}}};
    CHECK(put(year_file(2027, newyear, json::array())).json["years"][0]["changed"] == true);
    CHECK(c.day("2027-01-01")["mark"] == "off");
    CHECK(c.day("2027-01-01")["provisional"] == true);  // no notice is named
    CHECK(put(year_file(2027, newyear)).json["years"][0]["changed"] == true);
    CHECK(put(year_file(2027, newyear)).json["years"][0]["changed"] == false);
    CHECK(c.day("2027-01-01")["provisional"] == false);
    CHECK(c.day("2027-01-09")["works"] == true);
    CHECK(put(year_file(2027, json::array())).json["years"][0]["changed"] == false);
    CHECK(c.day("2027-01-01")["mark"] == "off");
    const auto years = c.ann.get("/api/v1/calendar/years").json["items"];
    CHECK(years.size() == 21);
    CHECK(years[20]["version"] == 2);
    CHECK(years[20]["state"] == "official");
    CHECK(c.ann.post("/api/v1/calendar/import", year_file(2027, newyear).dump()).code() == "permission_missing");
}

TEST_CASE("a hostile file of days off is refused with its field, and nothing is kept") {
    CalendarApp c;
    const auto refused = [&](const json& body) {
        const auto reply = c.root.post("/api/v1/calendar/import", body.dump());
        CHECK(reply.status == 422);
        return reply.at("/errors/0/pointer") + " " + reply.at("/errors/0/code");
    };
    const auto day = [](json date, json off, json name = "x") { return json{{{"name", name}, {"date", date}, {"isOffDay", off}}}; };
    CHECK(refused(year_file(2027, day("2027-02-30", true))) == "/file/days/0/date bad_date");
    CHECK(refused(year_file(2027, day("2029-01-01", true))) == "/file/days/0/date out_of_range");
    CHECK(refused(year_file(2027, day("2027-01-01", "yes"))) == "/file/days/0/isOffDay not_a_boolean");
    CHECK(refused(year_file(2027, day(20270101, true))) == "/file/days/0/date not_a_text");
    CHECK(refused(year_file(2027, day("2027-01-01", true, ""))) == "/file/days/0/name required");
    CHECK(refused(year_file(99999, json::array())) == "/file/year out_of_range");
    CHECK(refused({{"file", "text"}}).find("not_an_object") != std::string::npos);
    CHECK(refused({{"file", {{"papers", json::array()}}}}) == "/file/year required");
    json twice = day("2027-01-01", true);
    twice.push_back(twice[0]);
    CHECK(refused(year_file(2027, twice)) == "/file/days/1/date twice");
    json many = json::array();
    for (int i = 0; i < 201; ++i) many.push_back(twice[0]);
    CHECK(refused(year_file(2027, many)) == "/file/days too_long");
    CHECK(c.ann.get("/api/v1/calendar/years").json["items"].size() == 20);
}
