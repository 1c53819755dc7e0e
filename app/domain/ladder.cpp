#include "domain/ladder.hpp"

#include <algorithm>
#include <array>

#include "domain/clocks.hpp"

namespace aftercare::domain {
namespace {

using K = ClockKind;
using D = Department;

constexpr std::array kLadder{
    LadderRule{K::first_decision, D::service, true},   LadderRule{K::inspection_due, D::warehouse, true},
    LadderRule{K::dispute_due, D::service, true},      LadderRule{K::refund_due, D::finance, false},
    LadderRule{K::check_due, D::service, true},        LadderRule{K::bench_due, D::warehouse, true},
    LadderRule{K::repair_due, D::warehouse, true},     LadderRule{K::first_reply, D::service, true},
    LadderRule{K::next_reply, D::service, true},       LadderRule{K::update_due, D::service, true},
    LadderRule{K::task_due, D::service, false},
};
constexpr std::string_view kSoon = "due_soon", kBroken = "promise_broken", kLong = "overdue_long";

Duration stretch(const LadderRule& rule, Instant from, Instant to, const Facts& facts) {
    return rule.working ? facts.calendar.of(rule.team).working_between(from, to) : std::max(to - from, Duration{});
}
Instant later(const LadderRule& rule, Instant from, Duration by, const Facts& facts) {
    return rule.working ? facts.calendar.of(rule.team).add_working(from, by) : from + by;
}

/// A task of the ladder, for one person; empty: for whoever of the department takes it.
void put_task(Moves& moves, const CaseState& state, const Clock& clock, D department, std::string_view code, const StaffId& who, const Facts& facts) {
    const auto before = moves.tasks.size();
    open_task(moves, state, clock.operation_id, department, code, facts);
    if (moves.tasks.size() > before) moves.tasks.back().owner_id = who;
}

/// Whoever owns the case, unless others are on duty and they are not; nobody on duty: the leads, where nobody owns it either.
void warn_owner(Moves& moves, const CaseState& state, const Clock& clock, const LadderRule& rule, const Facts& facts) {
    const StaffId owner = state.c.owner_id;
    const auto people = on_duty(facts.shifts, rule.team, facts.now);
    const bool at_work = people.empty() || std::find(people.begin(), people.end(), owner) != people.end();
    const bool is_theirs = rule.team == D::service && !owner.empty() && at_work;
    const StaffId who = is_theirs ? owner : person_on_duty(facts.shifts, rule.team, facts.now);
    put_task(moves, state, clock, who.empty() ? D::lead : rule.team, kSoon, who, facts);
}

}  // namespace

const LadderRule* ladder_of(ClockKind kind) {
    const auto found = std::find_if(kLadder.begin(), kLadder.end(), [&](const LadderRule& rule) { return rule.kind == kind; });
    return found == kLadder.end() ? nullptr : &*found;
}

void begin_ladder(Clock& clock, const Facts& facts) {
    clock.policy_id = facts.policy.id;
    clock.level = ClockLevel::none;
    const LadderRule* rule = ladder_of(clock.kind);
    if (!rule || clock.due_at.ms == 0) return;
    clock.promised = stretch(*rule, clock.started_at, clock.due_at, facts);
    resume_ladder(clock, facts);
}

void resume_ladder(Clock& clock, const Facts& facts) {
    const LadderRule* rule = ladder_of(clock.kind);
    if (!rule) return;
    clock.remind_at = {};
    if (clock.level != ClockLevel::none || clock.due_at.ms == 0) return;
    const Duration left = stretch(*rule, facts.now, clock.due_at, facts), last{clock.promised.ms / 5};
    if (last.ms == 0 || left <= last) return;
    const Instant at = later(*rule, facts.now, Duration{left.ms - last.ms}, facts);
    if (at < clock.due_at) clock.remind_at = at;
}

void break_promise(Clock& clock, const Facts& facts) {
    const LadderRule* rule = ladder_of(clock.kind);
    clock.state = ClockState::breached;
    clock.ended_at = facts.now;
    clock.remaining = {};
    clock.remind_at = {};
    if (!rule) {
        clock.due_at = {};
        return;
    }
    clock.level = ClockLevel::broken;
    if (clock.promised.ms > 0) clock.remind_at = later(*rule, clock.due_at, {clock.promised.ms / 2}, facts);
}

bool is_owed(const Clock& clock) { return clock.state == ClockState::breached && clock.due_at.ms != 0; }

void make_good(Moves& moves, Clock clock) {
    clock.due_at = clock.remind_at = {};
    moves.clocks.push_back(std::move(clock));
}

void ask_for_overdue(Moves& moves, const CaseState& state, const Clock& clock, Department department, std::string_view task, const Facts& facts) {
    put_task(moves, state, clock, department, task, person_on_duty(facts.shifts, department, facts.now), facts);
    if (department == D::lead || !ladder_of(clock.kind)) return;
    put_task(moves, state, clock, D::lead, kBroken, person_on_duty(facts.shifts, D::lead, facts.now), facts);
}

ClockWarned next_rung(const CaseState& state, const Clock& clock, const Facts& facts) {
    ClockWarned event{clock.operation_id, clock.id, clock.kind, clock.state == ClockState::breached ? ClockLevel::long_broken : ClockLevel::warned, {}};
    Clock after = clock;
    after.remind_at = {};
    after.level = event.level;
    if (event.level == ClockLevel::warned) warn_owner(event.moves, state, clock, *ladder_of(clock.kind), facts);
    else put_task(event.moves, state, clock, D::lead, kLong, person_on_duty(facts.shifts, D::lead, facts.now, state.c.owner_id), facts);
    event.moves.clocks.push_back(std::move(after));
    return event;
}

void finish_ladder(Moves& moves, const CaseState& after, const OperationId& id, const Facts& facts) {
    bool near = false, owed = false;
    for (const Clock& stored : after.clocks) {
        if (stored.operation_id != id) continue;
        const auto moved = std::find_if(moves.clocks.rbegin(), moves.clocks.rend(), [&](const Clock& c) { return c.id == stored.id; });
        const Clock& clock = moved == moves.clocks.rend() ? stored : *moved;
        near = near || (clock.state == ClockState::running && clock.level == ClockLevel::warned);
        owed = owed || is_owed(clock);
    }
    if (!near) finish_task_of(moves, after, id, kSoon, facts);
    if (owed) return;
    finish_task_of(moves, after, id, kBroken, facts);
    finish_task_of(moves, after, id, kLong, facts);
}

}  // namespace aftercare::domain
