#include "jobs/pulls.hpp"

#include <aftercare/codec/codec.hpp>
#include <algorithm>

#include "env/log.hpp"
#include "jobs/backoff.hpp"

namespace aftercare::jobs {
namespace {

constexpr int kPagesAtOnce = 20;  // then outbox messages of this connector get a chance

}  // namespace

Instant Pulls::tick(Instant now) {
    for (const PullTarget& target : targets_()) {
        {
            const std::scoped_lock held(lock_);
            if (turns_[target.connector.id].due > now) continue;
        }
        lanes_.start(target.connector.id, [this, target] { pull(target); });
    }
    return now + kLongestSleep;
}

void Pulls::pull(const PullTarget& target) {
    bool good = true;  // one that fails stands in no other's way
    for (const PullStream stream : target.streams) good = pull(target, stream) && good;
    const std::scoped_lock held(lock_);
    Turn& turn = turns_[target.connector.id];
    turn.failures = good ? 0 : turn.failures + 1;
    const Duration wait = good ? target.every : std::max(target.every, backoff(turn.failures, chance(ctx_.random)));
    turn.due = ctx_.clock.now() + wait;
}

bool Pulls::pull(const PullTarget& target, PullStream stream) {
    const auto failed = [&](std::string_view code) {
        env::log_warn("pull_failed", {{"connector_id", target.connector.id.value}, {"stream", word(stream)}, {"code", code}});
        return false;
    };
    for (int page = 0; page < kPagesAtOnce; ++page) {
        const auto request = usecase::next_pull(ctx_, target.connector, stream);
        if (!request) return failed(request.error().code);
        const auto answer = call_(target.connector.id, usecase::pull_op(stream), encode(*request), {{}, 1, target.limits.deadline, false});
        if (!answer.ok) return failed(answer.code.empty() ? word(answer.error_class) : std::string_view(answer.code));
        const auto taken = usecase::take_page(ctx_, target.connector, stream, answer.reply_json);
        if (!taken) return failed(taken.error().code);
        if (!taken->more) break;
    }
    return true;
}

}  // namespace aftercare::jobs
