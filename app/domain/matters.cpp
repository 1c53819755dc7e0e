#include "domain/matters.hpp"

#include <algorithm>

#include "domain/asked.hpp"
#include "domain/clocks.hpp"
#include "domain/closing.hpp"
#include "domain/ladder.hpp"
#include "domain/replies.hpp"

namespace aftercare::domain {
namespace {

using T = MatterStage;
constexpr std::string_view kUpdateTask = "update_overdue", kReplyTask = "first_reply_overdue", kLateTask = "task_overdue";

bool waits_for_reply(const Case& c) {
    return c.matter.replied_at.ms == 0 && (c.matter.stage == T::received || c.matter.stage == T::open) &&
           (c.kind == CaseKind::complaint || c.kind == CaseKind::consultation);
}

bool is_promised(const Case& c) { return c.matter.promised_at.ms != 0 && may_promise(c); }

void start(Moves& moves, const CaseState& after, ClockKind kind, Instant due, const Facts& facts) {
    Clock clock;
    clock.id = ClockId(facts.next_id());
    clock.case_id = after.c.id;
    clock.kind = kind;
    clock.started_at = facts.now;
    clock.due_at = capped(due);
    begin_ladder(clock, facts);
    moves.clocks.push_back(std::move(clock));
}

/// What a broken promise of this kind was about has happened, or nobody waits for it any more.
void settle(Moves& moves, const CaseState& after, ClockKind kind) {
    for (const auto& clock : after.clocks)
        if (clock.kind == kind && is_owed(clock)) make_good(moves, clock);
}

void tend_reply(Moves& moves, const CaseState& after, const Facts& facts) {
    const Clock* live = live_clock(after, {}, ClockKind::first_reply);
    const bool wanted = waits_for_reply(after.c);
    const bool had = std::any_of(after.clocks.begin(), after.clocks.end(), [](const Clock& c) { return c.kind == ClockKind::first_reply; });
    if (live && !wanted) end_clock(moves, *live, ClockState::met, facts.now);
    else if (wanted && !had) start(moves, after, ClockKind::first_reply, first_reply_due(after.c, facts), facts);
    if (!wanted) settle(moves, after, ClockKind::first_reply);
}

void tend_promise(Moves& moves, const CaseState& after, const Facts& facts) {
    const Clock* live = live_clock(after, {}, ClockKind::update_due);
    const Instant promised = is_promised(after.c) ? capped(after.c.matter.promised_at) : Instant{};
    if (promised.ms != 0 || !may_promise(after.c)) settle(moves, after, ClockKind::update_due);
    if (live && live->due_at == promised) return;
    if (live) end_clock(moves, *live, ClockState::met, facts.now);
    if (promised > facts.now) start(moves, after, ClockKind::update_due, promised, facts);
}

/// One clock for all tasks that people asked for: the nearest due time that is still to come. Each that passes wakes it once.
void tend_tasks(Moves& moves, const CaseState& after, const Facts& facts) {
    const Clock* live = live_clock(after, {}, ClockKind::task_due);
    if (live && live->due_at <= facts.now && after.c.closed_at.ms == 0) return;  // it is about to run out
    Instant next;
    bool late = false;
    for (const auto& task : after.tasks) {
        if (task.state != TaskState::open || task.code != kAskedTask || after.c.closed_at.ms != 0) continue;
        if (task.due_at <= facts.now) late = true;
        else if (next.ms == 0 || task.due_at < next) next = task.due_at;
    }
    if (!late) {
        settle(moves, after, ClockKind::task_due);
        finish_task_of(moves, after, {}, kLateTask, facts);
    }
    if (live && live->due_at == next) return;
    if (live) end_clock(moves, *live, ClockState::met, facts.now);
    if (next.ms != 0) start(moves, after, ClockKind::task_due, next, facts);
}

std::string_view late_task(ClockKind kind) {
    switch (kind) {
        case ClockKind::update_due: return kUpdateTask;
        case ClockKind::next_reply: return kNextReplyTask;
        case ClockKind::task_due: return kLateTask;
        default: return kReplyTask;
    }
}

struct MatterTask {
    std::string_view code;
    bool (*asked)(const Case&);
};
const std::array kMatterTasks{
    MatterTask{kUpdateTask, [](const Case& c) { return c.matter.promised_at.ms == 0 && may_promise(c); }},
    MatterTask{kReplyTask, waits_for_reply},
    MatterTask{kEscalatedTask, [](const Case& c) { return c.closed_at.ms == 0; }},
    MatterTask{"quality_alert", [](const Case& c) { return c.closed_at.ms == 0 && c.kind == CaseKind::product_defect; }},
    MatterTask{"incident_alert", [](const Case& c) { return c.closed_at.ms == 0 && c.kind == CaseKind::incident; }},
    MatterTask{"outside_complaint", [](const Case& c) { return c.matter.outside != Outside::none && c.owner_id.empty(); }},
};

/// Where a case is closed from; nothing when it is there already.
std::optional<StageSet> closes_from(const Case& c, const PolicyTerms& terms) {
    const Matter& m = c.matter;
    switch (m.stage) {
        case T::none: case T::withdrawn: case T::reviewed: case T::answered: case T::outcome: case T::done: case T::closed: return {};
        case T::follow_up:
            if (m.severity > terms.prevention_severity && m.satisfied != Satisfied::unasked) return {};
            return set_of(T::reviewed);
        default: break;
    }
    if (c.kind == CaseKind::complaint) return set_of(T::reviewed, T::withdrawn);
    if (c.kind == CaseKind::consultation) return set_of(T::answered);
    return c.kind == CaseKind::review_followup ? set_of(T::outcome) : set_of(T::done);
}

}  // namespace

std::string stage_words(StageSet stages) {
    std::string text;
    for (const auto& [stage, name] : Words<T>::all)
        if (in(stages, stage)) text.append(text.empty() ? "" : ",").append(name);
    return text;
}

Result<void> permitted(const Actor& actor, MatterWord w) {
    const auto& rule = rule_of(w);
    if (actor.has(Role::system) || std::any_of(actor.roles.begin(), actor.roles.end(), [&](Role role) { return in(rule.who, role); })) return {};
    return fail(Error{ErrorKind::forbidden, "permission_missing", {}, {}, {{"permission", std::string(word(rule.permission))}}, {}});
}

Result<void> matter_allows_money(const CaseState& state) {
    if (state.c.kind == CaseKind::review_followup) return refuse("no_money_under_review", {}, {{"open_new_case", {}}});
    return {};
}

Result<void> matter_allows_close(const CaseState& state, const PolicyTerms& terms) {
    for (const auto& task : state.tasks)
        if (task.state == TaskState::open && task.code == kAskedTask)
            return refuse("task_open", {{"task_id", task.id.value}, {"department", std::string(word(task.department))}},
                          {{"finish_task", {{"task_id", task.id.value}}}});
        else if (task.state == TaskState::open && task.code == kApprovalTask)
            return refuse("approval_open", {{"task_id", task.id.value}}, {{"open_approvals", {}}});
    if (const auto missing = missing_facts(state, terms); !missing.empty()) return refuse("facts_missing", {{"facts", missing}}, {{"say_when_closing", {}}});
    if (const auto from = closes_from(state.c, terms))
        return refuse("wrong_stage", {{"stage", std::string(word(state.c.matter.stage))}, {"allowed", stage_words(*from)}});
    return {};
}

Result<void> matter_allows_owner(const CaseState& state, const StaffId& owner, const Facts& facts) {
    if (state.c.matter.outside == Outside::none) return {};
    if (facts.actor.has(Role::lead) && owner == facts.actor.staff_id) return {};
    return refuse("lead_must_own", {{"outside", std::string(word(state.c.matter.outside))}}, {{"ask_a_lead", {}}});
}

bool matter_reopens(const CaseState& state, const Facts& facts) {
    return state.c.matter.stage == T::none || state.c.matter.reopened == 0 || facts.actor.has(Role::lead);
}

MatterStage first_stage(CaseKind kind) {
    switch (kind) {
        case CaseKind::complaint: return T::received;
        case CaseKind::review_followup: return T::detected;
        case CaseKind::consultation: case CaseKind::order_check: case CaseKind::unpaid_reminder: case CaseKind::stock_out:
        case CaseKind::logistics_exception: case CaseKind::incident: case CaseKind::product_defect: return T::open;
        default: return T::none;
    }
}

void raise_alarm(Moves& moves, const CaseState& state, CaseKind kind, const Facts& facts) {
    if (kind != CaseKind::product_defect && kind != CaseKind::incident) return;
    const bool defect = kind == CaseKind::product_defect;
    const Department who = defect ? Department::quality : Department::lead;
    const auto before = moves.tasks.size();
    open_task(moves, state, {}, who, defect ? "quality_alert" : "incident_alert", facts);
    if (moves.tasks.size() > before) moves.tasks.back().owner_id = person_on_duty(facts.shifts, who, facts.now);
}

void matter_heard(Case& c, NoteKind kind, Instant at) {
    Matter& m = c.matter;
    if (m.stage == T::none) return;
    if (kind == NoteKind::to_customer && m.replied_at.ms == 0) m.replied_at = at;
    const bool waited = m.stage == T::waiting_customer || (m.stage == T::answered && c.closed_at.ms == 0);
    if (kind == NoteKind::from_customer && waited) m.stage = T::open;
}

void matter_reopened(Case& c) {
    Matter& m = c.matter;
    if (m.stage != T::closed) return;
    ++m.reopened;
    m.satisfied = {};
    m.outcome = {};
    switch (c.kind) {
        case CaseKind::complaint: m.stage = T::verifying; break;
        case CaseKind::consultation: m.stage = T::open; break;
        case CaseKind::review_followup: m.stage = T::triaged; break;
        default: m.stage = T::working;
    }
}

void matter_closed(Case& c) {
    c.matter.promised_at = {};
    if (c.matter.stage != T::none) c.matter.stage = T::closed;
}

bool may_promise(const Case& c) { return c.closed_at.ms == 0 && c.kind != CaseKind::review_followup && in(table::kOwing, c.matter.stage); }

void tend_matter(Moves& moves, const CaseState& after, const Facts& facts) {
    tend_reply(moves, after, facts);
    tend_promise(moves, after, facts);
    tend_tasks(moves, after, facts);
    for (const auto& [code, asked] : kMatterTasks)
        if (!asked(after.c)) finish_task_of(moves, after, {}, code, facts);
}

std::optional<CaseStatus> turn_of_matter(const CaseState& state) {
    const auto over = [](const Operation& o) { return is_over(o.decision); };
    switch (state.c.matter.stage) {
        case T::none: case T::closed: return {};
        case T::proposed: case T::waiting_customer: return CaseStatus::waiting_customer;
        case T::waiting_internal: return CaseStatus::waiting_partner;
        case T::contact_planned: return CaseStatus::waiting_partner;
        case T::answered: case T::reviewed: case T::withdrawn: case T::outcome: case T::done: return CaseStatus::resolved;
        case T::executing:
            if (!std::all_of(state.operations.begin(), state.operations.end(), over)) return {};
            return CaseStatus::open;
        default: return CaseStatus::open;
    }
}

void clock_of_matter(Moves& moves, bool& escalated, const CaseState& state, ClockKind kind, const Facts& facts) {
    escalated = kind == ClockKind::update_due && state.c.matter.escalation < kMaxEscalation;
    const auto before = moves.tasks.size();
    open_task(moves, state, {}, Department::lead, late_task(kind), facts);
    if (moves.tasks.size() > before) moves.tasks.back().owner_id = person_on_duty(facts.shifts, Department::lead, facts.now);
}

}  // namespace aftercare::domain
