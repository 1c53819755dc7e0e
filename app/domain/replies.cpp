#include "domain/replies.hpp"

#include <algorithm>

#include "domain/clocks.hpp"
#include "domain/ladder.hpp"
#include "domain/matters.hpp"

namespace aftercare::domain {
namespace {

constexpr ClockKind kNext = ClockKind::next_reply;

bool is_note(const EventBody& event, NoteKind kind) {
    const auto* note = std::get_if<NoteAdded>(&event);
    return note && note->kind == kind;
}

/// A word to the customer: a reply, an act of a matter that is one, or a question.
bool answers(const EventBody& event) {
    if (const auto* e = std::get_if<MatterMoved>(&event)) return rule_of(e->word).note == NoteKind::to_customer && !e->note_id.empty();
    return is_note(event, NoteKind::to_customer) || std::holds_alternative<InfoAsked>(event);
}

/// We owe the customer a word already.
bool waits(const std::vector<Clock>& clocks) {
    return std::any_of(clocks.begin(), clocks.end(), [](const Clock& c) {
        return (c.kind == kNext || c.kind == ClockKind::first_reply) && (c.state == ClockState::running || is_owed(c));
    });
}

Instant reply_due(const Case& c, const Facts& facts, std::int64_t chat_seconds, std::int64_t other_minutes) {
    const Duration term = c.channel == Channel::chat ? seconds(chat_seconds) : minutes(other_minutes);
    return facts.calendar.of(Department::service).add_working(facts.now, term);
}

void start(Moves& moves, const CaseState& after, const Facts& facts) {
    Clock clock;
    clock.id = ClockId(facts.next_id());
    clock.case_id = after.c.id;
    clock.kind = kNext;
    clock.started_at = facts.now;
    clock.due_at = capped(next_reply_due(after.c, facts));
    begin_ladder(clock, facts);
    moves.clocks.push_back(std::move(clock));
}

void end(Moves& moves, const CaseState& after, ClockState how, const Facts& facts) {
    for (Clock clock : after.clocks) {
        if (clock.kind != kNext) continue;
        if (is_owed(clock)) make_good(moves, std::move(clock));
        else if (clock.state == ClockState::running) end_clock(moves, std::move(clock), how, facts.now);
    }
    finish_task_of(moves, after, {}, kNextReplyTask, facts);
}

}  // namespace

Instant first_reply_due(const Case& c, const Facts& facts) {
    return reply_due(c, facts, facts.policy.terms.chat_first_reply_seconds, facts.policy.terms.first_reply_minutes);
}
Instant next_reply_due(const Case& c, const Facts& facts) {
    return reply_due(c, facts, facts.policy.terms.chat_next_reply_seconds, facts.policy.terms.next_reply_minutes);
}

void tend_next_reply(Moves& moves, const CaseState& after, const EventBody& event, const Facts& facts) {
    if (after.c.closed_at.ms != 0) end(moves, after, ClockState::cancelled, facts);
    else if (answers(event)) end(moves, after, ClockState::met, facts);
    else if (is_note(event, NoteKind::from_customer) && !waits(after.clocks) && !waits(moves.clocks)) start(moves, after, facts);
}

}  // namespace aftercare::domain
