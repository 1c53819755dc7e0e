#include "domain/clock_history.hpp"

#include <map>
#include <optional>

#include "domain/apply_parts.hpp"

namespace aftercare::domain {
namespace {

/// Nothing: a reminder or a retry, which is no turn of the promise.
std::optional<ClockTurn> turn_of(const Clock* was, const Clock& is) {
    if (!was) return ClockTurn::activated;
    if (was->state != is.state) {
        switch (is.state) {
            case ClockState::running: return ClockTurn::resumed;
            case ClockState::paused: return ClockTurn::paused;
            case ClockState::met: return ClockTurn::met;
            case ClockState::breached: return ClockTurn::breached;
            case ClockState::cancelled: return ClockTurn::cancelled;
        }
    }
    if (was->level != is.level) return is.level == ClockLevel::long_broken ? ClockTurn::escalated : ClockTurn::warned;
    if (was->due_at == is.due_at) return {};
    return is.state == ClockState::breached ? ClockTurn::made_good : ClockTurn::moved;
}

}  // namespace

std::vector<ClockStep> clock_history(const std::vector<Event>& events) {
    std::vector<ClockStep> steps;
    std::map<ClockId, Clock> known;
    for (const Event& event : events) {
        const Moves* moves = moves_of(event.body);
        if (!moves) continue;
        for (const Clock& clock : moves->clocks) {
            const auto before = known.find(clock.id);
            if (const auto turn = turn_of(before == known.end() ? nullptr : &before->second, clock))
                steps.push_back({clock.id, clock.kind, *turn, event.at, clock.due_at, clock.remaining, event.actor_id});
            known[clock.id] = clock;
        }
    }
    return steps;
}

}  // namespace aftercare::domain
