#include "connect/restart.hpp"

#include <algorithm>

namespace aftercare::connect {
namespace {
constexpr std::size_t kEndsToQuarantine = 5;
constexpr Duration kLongest = seconds(60);
}  // namespace

std::optional<Duration> RestartPolicy::on_end(Instant now, double chance) {
    while (!ends_.empty() && now - ends_.front() >= window_) ends_.pop_front();
    ends_.push_back(now);
    if (ends_.size() >= kEndsToQuarantine) return std::nullopt;
    const auto wait = std::min(first_.ms << (ends_.size() - 1), kLongest.ms);
    return Duration{static_cast<std::int64_t>(static_cast<double>(wait) * (0.8 + 0.4 * chance))};
}

void RestartPolicy::reset() { ends_.clear(); }

}  // namespace aftercare::connect
