#include "jobs/backoff.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

namespace aftercare::jobs {

Duration backoff(std::int64_t attempts, std::uint32_t chance) {
    Duration wait = kFirstWait;
    for (std::int64_t i = 1; i < attempts && wait < kLongestWait; ++i) wait.ms *= 2;
    wait = std::min(wait, kLongestWait);
    const std::int64_t spread = wait.ms * 2 / 5;
    return {wait.ms - spread / 2 + static_cast<std::int64_t>(chance) * spread / 0xffff'ffff};
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
