#include "jobs/revisits.hpp"

#include "env/log.hpp"
#include "usecase/revisits.hpp"

namespace aftercare::jobs {
namespace {

constexpr Duration kWakeEvery = seconds(5), kPlanEvery = minutes(5);
constexpr std::int64_t kSlicesAtOnce = 20;  // then due tasks have their turn

}  // namespace

Instant Revisits::tick(Instant now) {
    const bool plans = plan_soon_.exchange(false) || now >= plan_at_;
    const auto woken = usecase::wake_revisits(ctx_, plans);
    if (!woken) env::log_warn("revisits_not_woken", {{"code", woken.error().code}, {"detail", woken.error().detail}});
    bool more = woken && *woken;
    if (plans) {
        const auto planned = usecase::plan_ahead(ctx_, kSlicesAtOnce);
        if (!planned) env::log_warn("planning_failed", {{"code", planned.error().code}, {"detail", planned.error().detail}});
        const bool left = planned && *planned;
        plan_at_ = left ? now : now + kPlanEvery;
        more = more || left;
    }
    return more ? now : now + kWakeEvery;
}

}  // namespace aftercare::jobs
