#include "jobs/backoff.hpp"

#include <catch2/catch.hpp>

#include "support/random.hpp"

namespace aftercare::jobs {

TEST_CASE("waiting doubles, stays near its time and has an end") {
    for (std::int64_t attempts = 1; attempts <= 100; ++attempts)
        for (const std::uint32_t chance : {0u, 1u, 0x8000'0000u, 0xffff'ffffu}) {
            const std::int64_t middle = std::min(kLongestWait.ms, kFirstWait.ms << std::min<std::int64_t>(attempts - 1, 20));
            const std::int64_t wait = backoff(attempts, chance).ms;
            CHECK(wait >= middle * 4 / 5);
            CHECK(wait <= middle * 6 / 5);
        }
    CHECK(backoff(1, 0) < backoff(1, 0xffff'ffff));
}

TEST_CASE("each error class has its rule") {
    for (const ErrorClass stop : {ErrorClass::invalid, ErrorClass::rejected, ErrorClass::not_found, ErrorClass::unsupported,
                                  ErrorClass::forbidden, ErrorClass::needs_input})
        CHECK_FALSE(retry_after(stop, 1, {}, 7).in);
    for (const ErrorClass wait : {ErrorClass::auth, ErrorClass::rate_limited, ErrorClass::circuit_open}) {
        const auto retry = retry_after(wait, 1'000, {}, 7);
        CHECK(retry.in);
        CHECK_FALSE(retry.uses_attempt);
        CHECK(pauses_connector(wait));
    }
    CHECK(retry_after(ErrorClass::rate_limited, 1, seconds(7), 7).in == seconds(7));
    CHECK(retry_after(ErrorClass::unavailable, 1, minutes(10), 7).in == minutes(10));
    CHECK(retry_after(ErrorClass::unavailable, kMaxAttempts - 1, {}, 7).in);
    CHECK_FALSE(retry_after(ErrorClass::unavailable, kMaxAttempts, {}, 7).in);
    CHECK(retry_after(ErrorClass::internal, 2, {}, 7).in);
    CHECK_FALSE(retry_after(ErrorClass::internal, 3, {}, 7).in);
    CHECK_FALSE(retry_after(ErrorClass::unknown, kMaxDoubtfulAttempts, {}, 7).in);
}

}  // namespace aftercare::jobs
