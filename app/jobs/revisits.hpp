#pragma once
#include <aftercare/base/instant.hpp>
#include <atomic>

#include "usecase/context.hpp"

namespace aftercare::jobs {

/// Makes revisits due, lets them expire, and plans the holidays ahead. One thread; any number of programs at once.
class Revisits {
   public:
    explicit Revisits(usecase::Context& ctx) : ctx_(ctx) {}

    /// Does what there is to do, a slice at a time, and says when to come back.
    Instant tick(Instant now);
    /// A plan or a calendar changed: plan with the next tick.
    void plan_soon() { plan_soon_ = true; }

   private:
    usecase::Context& ctx_;
    Instant plan_at_;
    std::atomic<bool> plan_soon_{false};
};

}  // namespace aftercare::jobs
