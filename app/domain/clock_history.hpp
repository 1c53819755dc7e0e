#pragma once
#include <aftercare/base/words.hpp>
#include <vector>

#include "domain/events.hpp"

namespace aftercare {
/// moved: another due time; escalated: told again, long after it broke; made_good: what it promised came too late, or is void.
AC_WORDS(ClockTurn, activated, paused, resumed, moved, warned, breached, escalated, made_good, met, cancelled);
}  // namespace aftercare

/// The life of a case's clocks, read from its events: they hold each clock as it is after them, so nothing is stored twice.
namespace aftercare::domain {

struct ClockStep {
    static constexpr std::string_view kSchema = "ClockStep";
    ClockId clock_id;
    ClockKind kind{};
    ClockTurn turn{};
    Instant at, due_at;  ///< due_at: from then on; 0: none
    Duration remaining;  ///< of a paused one
    StaffId actor_id;    ///< empty: by rule or by time
    bool operator==(const ClockStep&) const = default;
};
template <class Io>
void fields(Io& io, ClockStep& s) {
    io("clock_id", s.clock_id);
    io("kind", s.kind);
    io("turn", s.turn);
    io("at", s.at);
    io("due_at", s.due_at, maybe);
    io("remaining_ms", s.remaining, maybe);
    io("actor_id", s.actor_id, maybe);
}

/// Every turn of every clock, in the order of the events. Pure.
std::vector<ClockStep> clock_history(const std::vector<Event>& events);

}  // namespace aftercare::domain
