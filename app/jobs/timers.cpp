#include "jobs/timers.hpp"

#include <algorithm>
#include <exception>
#include <optional>

#include "env/log.hpp"
#include "jobs/backoff.hpp"
#include "usecase/upkeep.hpp"

namespace aftercare::jobs {
namespace {

constexpr Duration kRest = minutes(1), kForgetEvery = hours(1);
constexpr std::int64_t kPage = 100;

Result<usecase::Done> fire(usecase::Context& ctx, const usecase::DueClock& due) {
    try {
        return usecase::fire_clock(ctx, due);
    } catch (const std::exception& e) {  // one case's defect must not stop the clocks of all others
        return fail(Error{ErrorKind::unavailable, "internal", {}, {}, {}, e.what()});
    }
}

}  // namespace

Instant Timers::tick(Instant now) {
    std::erase_if(rest_until_, [&](const auto& each) { return each.second <= now; });
    std::optional<usecase::DueClock> last;
    while (true) {
        const auto page = usecase::due_clocks(ctx_, kPage, last);
        if (!page || page->empty()) break;
        for (const auto& due : *page) {
            if (rest_until_.contains(due.id)) continue;
            if (const auto fired = fire(ctx_, due); !fired) {
                env::log_error("clock_failed", {{"clock_id", due.id.value},
                                                {"case_id", due.case_id.value},
                                                {"code", fired.error().code},
                                                {"detail", fired.error().detail}});
                rest_until_[due.id] = now + kRest;
            }
        }
        last = page->back();
    }
    forget_old(now);
    const auto next = usecase::next_clock(ctx_);
    const Instant latest = now + kLongestSleep;
    return next && *next && **next > now ? std::min(**next, latest) : latest;
}

// A batch at a time: clocks go first while there is much to delete.
void Timers::forget_old(Instant now) {
    if (now < forget_at_) return;
    const auto more = usecase::forget_old(ctx_);
    if (!more) env::log_warn("forgetting_failed", {{"code", more.error().code}, {"detail", more.error().detail}});
    if (!more || !*more) forget_at_ = now + kForgetEvery;
}

}  // namespace aftercare::jobs
