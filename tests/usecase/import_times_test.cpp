#include <catch2/catch.hpp>

#include "usecase/imports/times.hpp"

using namespace aftercare;
using usecase::imports::parse_time;

namespace {

const env::Zone kLondon = env::Zone::find("Europe/London").value(), kShanghai = env::Zone::find("Asia/Shanghai").value();
constexpr std::int64_t kSeven = 1'259'653'500'000;  // 2009-12-01 07:45:00 in London

}  // namespace

TEST_CASE("one time in the ways people and programs write it") {
    for (const char* text : {"2009-12-01 07:45:00", "2009-12-01T07:45", "2009/12/1 7:45", "2009.12.01 07:45", "2009年12月1日 7:45", "20091201074500",
                             "1/12/2009 7:45", "01.12.2009 07:45:00", "1/12/2009 7:45 AM", "2009-12-01T07:45:00Z", "2009-12-01T07:45:00.000Z",
                             "2009-12-01T15:45:00+08:00", "2009-12-01 15:45:00 +0800", "40148.322916666664"}) {
        INFO(text);
        const auto at = parse_time(text, DateOrder::automatic, kLondon);
        REQUIRE(at);
        CHECK(at->ms == kSeven);
    }
    CHECK(parse_time("12/1/2009 7:45", DateOrder::mdy, kLondon)->ms == kSeven);
    CHECK(parse_time("12/1/2009 7:45 PM", DateOrder::mdy, kLondon)->ms == kSeven + 12 * 3'600'000);
    CHECK(parse_time("2009-12-01 15:45:00", DateOrder::ymd, kShanghai)->ms == kSeven);
    CHECK(parse_time("20091201", DateOrder::automatic, kLondon)->ms == kSeven - (7 * 60 + 45) * 60'000);
}

TEST_CASE("what is no time is refused") {
    for (const char* text : {"", "soon", "2009-13-01", "2009-02-29", "2009-12-01 24:00", "2009-12-01 07:60", "1/2/09", "2009-12-01 07", "2009-12", "17850",
                             "2009-12-01 07:45:00 XX", "2009-12-01T07:45:00+25:00", "99999999999999999999", "-1", "1e9999"}) {
        INFO(text);
        CHECK_FALSE(parse_time(text, DateOrder::automatic, kLondon));
    }
}

TEST_CASE("a file gives away what its dates mean") {
    usecase::imports::DateLearner learner;
    learner.see("3/4/2010");
    CHECK(learner.order() == DateOrder::automatic);
    learner.see("4/13/2010 10:00");
    CHECK(learner.order() == DateOrder::mdy);
    learner.see("25/4/2010");
    CHECK(learner.order() == DateOrder::automatic);
}
