#pragma once
#include <optional>

#include "usecase/outbox.hpp"

/// How often and how soon a call is tried again: the one place to change retries.
namespace aftercare::jobs {

inline constexpr std::int64_t kMaxAttempts = 30;         ///< of a message that was provably never done: about a day
inline constexpr std::int64_t kMaxDoubtfulAttempts = 8;  ///< of one that may have been done, where its key makes repeating safe
inline constexpr std::int64_t kMaxBugAttempts = 3;       ///< of one that makes the plugin fail by its own fault
inline constexpr Duration kLongestSleep = seconds(1);  ///< of a loop before it looks again what is due
inline constexpr Duration kFirstWait = seconds(30), kLongestWait = hours(1);
inline constexpr Duration kAuthWait = minutes(5), kQuotaWait = minutes(1), kCircuitWait = seconds(30);

/// `kFirstWait`, doubled with each attempt up to `kLongestWait`, and up to a fifth less or more by `chance` (0 to 2^32-1).
Duration backoff(std::int64_t attempts, std::uint32_t chance);

/// What an error class means for the message (plugin-sdk.md, section 2.6). `asked_wait`: what the provider told us to wait.
usecase::Retry retry_after(ErrorClass, std::int64_t attempts, Duration asked_wait, std::uint32_t chance);

/// When a delivery that was not taken is tried again: seconds at first, then hours, for about three days in all; never before the
/// receiver wants it. Nothing: no more.
std::optional<Duration> delivery_wait(std::int64_t attempts, Duration asked_wait, std::uint32_t chance);

/// True when the class concerns the connector as a whole: its other messages wait as well.
bool pauses_connector(ErrorClass);

std::uint32_t chance(env::Random& random);

}  // namespace aftercare::jobs
