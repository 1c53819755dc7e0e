#pragma once
#include <cstdint>

namespace aftercare {

/// A length of time in milliseconds. May be negative only as the difference of two instants.
struct Duration {
    std::int64_t ms = 0;
    auto operator<=>(const Duration&) const = default;
};

/// A point in time: milliseconds since 1970-01-01T00:00:00Z, no leap seconds. The shop's zone is kept beside it, never in it.
struct Instant {
    std::int64_t ms = 0;
    auto operator<=>(const Instant&) const = default;
};

constexpr Instant operator+(Instant at, Duration by) { return {at.ms + by.ms}; }
constexpr Instant operator-(Instant at, Duration by) { return {at.ms - by.ms}; }
constexpr Duration operator-(Instant to, Instant from) { return {to.ms - from.ms}; }

constexpr Duration seconds(std::int64_t n) { return {n * 1'000}; }
constexpr Duration minutes(std::int64_t n) { return {n * 60'000}; }
constexpr Duration hours(std::int64_t n) { return {n * 3'600'000}; }
constexpr Duration days(std::int64_t n) { return {n * 86'400'000}; }

/// The range every stored instant must lie in: 1970-01-01 up to 2200-01-01 (exclusive). Anything else is a typing error.
inline constexpr Instant kEarliest{0};
inline constexpr Instant kLatest{7'258'118'400'000};

}  // namespace aftercare
