#pragma once
#include <aftercare/base/instant.hpp>
#include <deque>
#include <optional>

namespace aftercare::connect {

/// When an ended plugin process comes back. Pure: times are arguments, of any one steady clock.
class RestartPolicy {
   public:
    explicit RestartPolicy(Duration first, Duration window) : first_(first), window_(window) {}

    /// After an unexpected end at `now`: how long to wait, or nothing: it ended five times within the window, quarantine.
    /// Each end within the window of the one before doubles the wait, up to 60 s. `chance` in [0, 1] spreads it by ±20 %.
    std::optional<Duration> on_end(Instant now, double chance);
    void reset();

   private:
    Duration first_, window_;
    std::deque<Instant> ends_;
};

}  // namespace aftercare::connect
