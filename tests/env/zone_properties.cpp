#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include "env/zone.hpp"

using namespace aftercare;

namespace {
env::Zone any_zone() {
    const std::string name = *rc::gen::element<std::string>("Asia/Shanghai", "Europe/London", "America/New_York", "Asia/Kathmandu",
                                                            "Australia/Lord_Howe", "Pacific/Apia", "Etc/UTC");
    return env::Zone::find(name).value();
}
Instant any_second() { return {*rc::gen::inRange<std::int64_t>(0, kLatest.ms / 1'000) * 1'000}; }
}  // namespace

TEST_CASE("the local reading of an instant names it again, or its twin an hour before") {
    rc::prop("round trip", [] {
        const env::Zone zone = any_zone();
        const Instant at = any_second();
        const Instant again = zone.to_instant(zone.to_local(at));
        RC_ASSERT(again <= at);
        RC_ASSERT(at - again <= hours(2));
        RC_ASSERT(zone.to_local(again) == zone.to_local(at));
    });
}

TEST_CASE("the offset table agrees with the zone") {
    rc::prop("offsets", [] {
        const env::Zone zone = any_zone();
        const Instant at = any_second();
        Duration offset;
        for (const auto& entry : zone.offsets())
            if (entry.from <= at) offset = entry.offset;
        const env::Zone utc = env::Zone::find("Etc/UTC").value();
        RC_ASSERT(zone.to_local(at) == utc.to_local(at + offset));
    });
}

TEST_CASE("a day ends not before its instant and after it comes another day") {
    rc::prop("end of day", [] {
        const env::Zone zone = any_zone();
        const Instant at = any_second();
        const Instant end = zone.end_of_day(at);
        RC_ASSERT(end >= at);
        RC_ASSERT(end - at < hours(26));
        RC_ASSERT(zone.to_local(end).day == zone.to_local(at).day);
        RC_ASSERT(zone.to_local(end + Duration{1}).day != zone.to_local(at).day);
    });
}
