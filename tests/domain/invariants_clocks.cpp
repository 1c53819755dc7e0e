#include <algorithm>

#include "domain/ladder.hpp"
#include "world.hpp"

namespace world {
namespace {

void expect(bool holds, const Clock& clock, const std::string& what) {
    if (!holds) throw what + ": " + std::string(word(clock.kind));
}

/// When a clock that begins now is due, told again and apart from the product's table. Nothing: its due time is somebody's promise.
std::optional<Instant> due_of(const Clock& clock, const PolicyTerms& t, const Calendar& calendar) {
    const auto working = [&](std::int64_t n) { return calendar.add_working(clock.started_at, hours(n)); };
    const auto plain = [&](Duration d) { return clock.started_at + d; };
    switch (clock.kind) {
        case ClockKind::first_decision: return working(t.decision_working_hours);
        case ClockKind::inspection_due:
        case ClockKind::bench_due: return working(t.inspection_working_hours);
        case ClockKind::dispute_due: return working(t.dispute_working_hours);
        case ClockKind::check_due: return working(t.check_working_hours);
        case ClockKind::info_due: return plain(hours(t.info_hours));
        case ClockKind::refund_due: return plain(hours(t.refund_hours));
        case ClockKind::quiet_close: return plain(hours(t.quiet_hours));
        case ClockKind::transit_due: return plain(days(t.ship_back_days));
        case ClockKind::collect_due: return plain(days(t.collect_days));
        case ClockKind::reconcile: return plain(minutes(5));
        case ClockKind::ship_back_due: return calendar.end_of_day(plain(days(t.ship_back_days)));
        case ClockKind::appeal_due: return calendar.end_of_day(plain(days(t.appeal_days)));
        default: return {};
    }
}

void check_born(const CaseState& after, const Clock& clock, const Policy& policy, const Calendar& calendar) {
    if (clock.state != ClockState::running) return;  // born and over in one act
    expect(clock.due_at > clock.started_at, clock, "a clock that is due when it begins");
    if (clock.kind == ClockKind::platform_due) return expect(clock.due_at == after.c.platform.deadline_at, clock, "I23: the platform's deadline was changed");
    if (const auto due = due_of(clock, policy.terms, calendar)) expect(clock.due_at == *due, clock, "I25: due at another time than the terms say");
}

/// I26: a pause takes no working time, and gives none.
void check_pause(const Clock& old, const Clock& now, Instant at, const Calendar& calendar) {
    if (old.state == ClockState::running && now.state == ClockState::paused)
        expect(now.remaining == calendar.working_between(at, old.due_at), now, "I26: a pause keeps another time than was left");
    if (old.state == ClockState::paused && now.state == ClockState::running)
        expect(calendar.working_between(at, now.due_at) == old.remaining, now, "I26: a pause gives another time back than it kept");
    if (now.state != ClockState::paused) expect(now.remaining.ms == 0, now, "I26: time kept without a pause");
    expect(now.state != ClockState::paused || now.due_at.ms == 0, now, "I26: a paused clock is due");
}

ClockKind reminder_kind(const Effect& effect) {
    return std::get<SendMessage>(effect).message == MessageTemplate::info_reminder ? ClockKind::info_due : ClockKind::ship_back_due;
}

/// Each reminder has its message, and each message its reminder.
void check_reminder(const Clock& old, const Clock& now, const Decision& decision) {
    const bool reminded = now.remind_at != old.remind_at && now.state == ClockState::running;
    expect(!reminded || now.remind_at.ms == 0 || now.remind_at > old.remind_at, now, "a reminder twice");
    const auto sent = std::count_if(decision.effects.begin(), decision.effects.end(), [&](const Effect& e) {
        return std::holds_alternative<SendMessage>(e) && std::get<SendMessage>(e).operation_id == old.operation_id && reminder_kind(e) == old.kind;
    });
    const bool tells = reminded && old.kind != ClockKind::platform_due && !ladder_of(old.kind);  // those tell us, by a task
    expect(old.state != ClockState::running || sent == (tells ? 1 : 0), now, "a reminder without its message, or a message without its reminder");
}

/// I28: of a broken promise only two things may still come: it is told of again, and it is made good.
void check_ended(const Clock& old, const Clock& now) {
    Clock same = now;
    same.due_at = old.due_at, same.remind_at = old.remind_at, same.level = old.level;
    expect(same == old && now.level >= old.level, now, "I28: a clock that ended changed");
    expect(now == old || (old.state == ClockState::breached && old.due_at.ms != 0), now, "I28: an ended clock that nobody waits for changed");
    expect(now.due_at == old.due_at || now.due_at.ms == 0, now, "I28: a broken promise got another due time");
}

}  // namespace

void check_clocks(const CaseState& before, const CaseState& after, const Decision& decision, const Policy& policy, const Calendar& calendar) {
    if (decision.events.empty()) return;
    const Instant at = decision.events.back().at;
    for (const auto& old : before.clocks) {
        const auto now = std::find_if(after.clocks.begin(), after.clocks.end(), [&](const Clock& c) { return c.id == old.id; });
        if (now == after.clocks.end()) expect(false, old, "a clock vanished");
        if (old.state != ClockState::running && old.state != ClockState::paused) check_ended(old, *now);
        expect((now->state == ClockState::breached) == (now->level >= ClockLevel::broken) || !ladder_of(now->kind), *now, "I28: met and breached at once");
        check_pause(old, *now, at, calendar);
        check_reminder(old, *now, decision);
    }
    for (const auto& clock : after.clocks) {
        const bool born = std::none_of(before.clocks.begin(), before.clocks.end(), [&](const Clock& c) { return c.id == clock.id; });
        if (born) check_born(after, clock, policy, calendar);
    }
    for (const auto& event : decision.events)
        if (const auto* e = std::get_if<OperationRequested>(&event.body); e && e->window_ends_at.ms != 0 && !calendar.is_working_day(e->window_ends_at))
            throw std::string("G-window: it ends on a day off");
}

}  // namespace world
