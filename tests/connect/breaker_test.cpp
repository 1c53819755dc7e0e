#include <catch2/catch.hpp>

#include "connect/breaker.hpp"

using namespace aftercare;
using connect::Breaker;
using Gate = Breaker::Gate;

TEST_CASE("five failures in a row open the circuit; one probe at a time after the pause; success closes it") {
    Breaker breaker(seconds(30));
    for (int i = 0; i < 4; ++i) breaker.failed(ErrorClass::unavailable, Instant{0});
    CHECK(breaker.ask(Instant{0}) == Gate::open_road);
    breaker.failed(ErrorClass::unknown, Instant{0});
    CHECK(breaker.ask(Instant{29'999}) == Gate::closed_road);
    CHECK(breaker.wait(Instant{10'000}) == seconds(20));
    CHECK(breaker.ask(Instant{30'000}) == Gate::probe_first);
    CHECK(breaker.ask(Instant{30'000}) == Gate::closed_road);
    breaker.failed(ErrorClass::deadline, Instant{31'000});
    CHECK(breaker.ask(Instant{60'000}) == Gate::closed_road);
    CHECK(breaker.ask(Instant{61'000}) == Gate::probe_first);
    breaker.succeeded();
    CHECK(breaker.ask(Instant{61'000}) == Gate::open_road);
}

TEST_CASE("half of the last twenty opens it too") {
    Breaker breaker(seconds(30));
    for (int i = 0; i < 9; ++i) {
        breaker.failed(ErrorClass::unavailable, Instant{0});
        breaker.succeeded();
    }
    breaker.succeeded();
    CHECK_FALSE(breaker.is_open());
    breaker.failed(ErrorClass::unavailable, Instant{0});
    CHECK(breaker.is_open());
}

TEST_CASE("refusals, limits and bad credentials are answers, not a dead end") {
    Breaker breaker(seconds(30));
    for (int i = 0; i < 50; ++i)
        for (const auto c : {ErrorClass::rate_limited, ErrorClass::auth, ErrorClass::invalid, ErrorClass::rejected, ErrorClass::not_found})
            breaker.failed(c, Instant{0});
    CHECK_FALSE(breaker.is_open());
}

TEST_CASE("a probe that could not be sent lets the next one try") {
    Breaker breaker(seconds(1));
    for (int i = 0; i < 5; ++i) breaker.failed(ErrorClass::unavailable, Instant{0});
    CHECK(breaker.ask(Instant{1'000}) == Gate::probe_first);
    breaker.failed(ErrorClass::cancelled, Instant{1'000});
    CHECK(breaker.ask(Instant{1'000}) == Gate::probe_first);
}
