#include "jobs/backoff.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

namespace aftercare::jobs {
namespace {

constexpr std::array kDeliveryWaits{seconds(5), minutes(5), minutes(30), hours(2), hours(5), hours(10), hours(14), hours(20), hours(24)};

/// Up to a fifth less or more.
Duration spread(Duration wait, std::uint32_t chance) {
    const std::int64_t width = wait.ms * 2 / 5;
    return {wait.ms - width / 2 + static_cast<std::int64_t>(chance) * width / 0xffff'ffff};
}

}  // namespace

Duration backoff(std::int64_t attempts, std::uint32_t chance) {
    Duration wait = kFirstWait;
    for (std::int64_t i = 1; i < attempts && wait < kLongestWait; ++i) wait.ms *= 2;
    return spread(std::min(wait, kLongestWait), chance);
}

std::optional<Duration> delivery_wait(std::int64_t attempts, Duration asked_wait, std::uint32_t chance) {
    const auto at = static_cast<std::size_t>(std::max<std::int64_t>(attempts, 1) - 1);
    if (at >= kDeliveryWaits.size()) return std::nullopt;
    return std::max(spread(kDeliveryWaits[at], chance), asked_wait);
}

usecase::Retry retry_after(ErrorClass error, std::int64_t attempts, Duration asked_wait, std::uint32_t chance) {
    const auto up_to = [&](std::int64_t limit) -> usecase::Retry {
        if (attempts >= limit) return {};
        return {std::max(backoff(attempts, chance), asked_wait), true};
    };
    const auto waits = [&](Duration usual) -> usecase::Retry {
        return {asked_wait.ms > 0 ? std::min(asked_wait, hours(24)) : usual, false};
    };
    switch (error) {
        case ErrorClass::invalid:
        case ErrorClass::rejected:
        case ErrorClass::not_found:
        case ErrorClass::unsupported:
        case ErrorClass::forbidden:
        case ErrorClass::needs_input: return {};
        case ErrorClass::conflict: return up_to(2);  // read again, decide again, once
        case ErrorClass::auth: return waits(kAuthWait);
        case ErrorClass::rate_limited: return waits(kQuotaWait);
        case ErrorClass::circuit_open: return waits(kCircuitWait);
        case ErrorClass::unavailable: return up_to(kMaxAttempts);
        case ErrorClass::internal: return up_to(kMaxBugAttempts);
        case ErrorClass::unknown:
        case ErrorClass::crashed:
        case ErrorClass::deadline:
        case ErrorClass::cancelled:
        case ErrorClass::protocol: return up_to(kMaxDoubtfulAttempts);
    }
    return {};
}

bool pauses_connector(ErrorClass error) {
    return error == ErrorClass::auth || error == ErrorClass::rate_limited || error == ErrorClass::circuit_open;
}

std::uint32_t chance(env::Random& random) {
    std::array<std::byte, sizeof(std::uint32_t)> bytes{};
    random.fill(bytes);
    std::uint32_t number = 0;
    std::memcpy(&number, bytes.data(), sizeof number);
    return number;
}

}  // namespace aftercare::jobs
