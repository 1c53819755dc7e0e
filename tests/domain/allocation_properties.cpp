#include <catch2/catch.hpp>
#include <numeric>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include "domain/allocation.hpp"

using aftercare::domain::allocate;

TEST_CASE("a discount of one cent over three equal lines falls on the first") {
    const std::vector<std::int64_t> weights{100, 100, 100};
    CHECK(allocate(1, weights) == std::vector<std::int64_t>{1, 0, 0});
    CHECK(allocate(2, weights) == std::vector<std::int64_t>{1, 1, 0});
    CHECK(allocate(7, std::vector<std::int64_t>{}).empty());
    CHECK(allocate(7, std::vector<std::int64_t>{0, 0}) == std::vector<std::int64_t>{7, 0});
}

TEST_CASE("what is allocated is the whole, and no part is a unit away from its exact share") {
    rc::prop("largest remainder", [] {
        const auto weights = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, 9'000'000'000'000)));
        const auto total = *rc::gen::inRange<std::int64_t>(0, 9'000'000'000'000'000);
        const auto parts = allocate(total, weights);
        RC_ASSERT(parts.size() == weights.size());
        RC_ASSERT(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == total);
        const auto sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
        if (sum == 0) return;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const auto exact = static_cast<__int128>(total) * weights[i], got = static_cast<__int128>(parts[i]) * sum;
            RC_ASSERT(got > exact - sum);
            RC_ASSERT(got < exact + sum);
        }
    });
}
