#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <map>

#include "usecase/schedules.hpp"

namespace aftercare::jobs {

/// Fires the clocks of cases, and each hour forgets what is kept for a while only. One thread.
class Timers {
   public:
    explicit Timers(usecase::Context& ctx) : ctx_(ctx) {}

    /// Fires all that is due. Returns when to come back: at the next due time, at most a second later. A clock that fails is
    /// left alone for a minute and stands in nobody's way.
    Instant tick(Instant now);

   private:
    void forget_old(Instant now);

    usecase::Context& ctx_;
    Instant forget_at_;
    std::map<ClockId, Instant> rest_until_;
};

}  // namespace aftercare::jobs
