#include <catch2/catch.hpp>

#include "connect/restart.hpp"

using namespace aftercare;
using connect::RestartPolicy;

TEST_CASE("waits double, spread by a fifth, and five ends in the window are too many") {
    RestartPolicy policy(Duration{500}, minutes(10));
    CHECK(policy.on_end(Instant{0}, 0.5)->ms == 500);
    CHECK(policy.on_end(Instant{1'000}, 0.0)->ms == 800);
    CHECK(policy.on_end(Instant{2'000}, 1.0)->ms == 2'400);
    CHECK(policy.on_end(Instant{3'000}, 0.5)->ms == 4'000);
    CHECK_FALSE(policy.on_end(Instant{4'000}, 0.5));
}

TEST_CASE("a quiet window forgets") {
    RestartPolicy policy(Duration{500}, minutes(10));
    for (int i = 0; i < 4; ++i) CHECK(policy.on_end(Instant{i * 1'000}, 0.5));
    CHECK(policy.on_end(Instant{minutes(10).ms + 3'000}, 0.5)->ms == 500);
    policy.reset();
    CHECK(policy.on_end(Instant{minutes(10).ms + 4'000}, 0.5)->ms == 500);
}

TEST_CASE("no wait is longer than a minute") {
    RestartPolicy policy(seconds(20), minutes(10));
    policy.on_end(Instant{0}, 0.5);
    policy.on_end(Instant{1}, 0.5);
    CHECK(policy.on_end(Instant{2}, 0.5)->ms == 60'000);
}
