#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <set>

#include "story.hpp"

/// Anybody asks for anything of a case of any kind; what must hold holds after each accepted act, and every stage has a way out.
using namespace story;

namespace {

using W = MatterWord;
using T = MatterStage;
template <class E>
E any() {
    return Words<E>::all[*rc::gen::inRange<std::size_t>(0, Words<E>::all.size())].first;
}
const std::vector<Actor> kPeople{lead, lead2, agent, lead, customer, warehouse, staff("q", {Role::quality}), finance, plugin};
const Actor& anybody() { return kPeople[*rc::gen::inRange<std::size_t>(0, kPeople.size())]; }

struct Told {
    Story& s;
    CaseState born;
    std::vector<Event> events{};

    bool take(const Result<Decision>& decision) {
        if (!decision) RC_ASSERT(!decision.error().code.empty());
        if (!decision) return false;
        events.insert(events.end(), decision->events.begin(), decision->events.end());
        s.take(decision);
        return !decision->events.empty();
    }
};

Result<Decision> ask(const CaseState& c, W w, const Facts& f, const MessageId& note) {
    const Instant at = f.now + hours(*rc::gen::inRange<std::int64_t>(-2, 60));
    switch (w) {
        case W::propose: return propose(c, {*rc::gen::inRange<std::int64_t>(0, 80'000), *rc::gen::arbitrary<bool>() ? at : Instant{}, note}, f);
        case W::update_customer: return update_customer(c, {at, note}, f);
        case W::follow_up: return follow_up(c, {any<Satisfied>(), note}, f);
        case W::review: return review(c, {"cause", Fault::merchant, note}, f);
        case W::plan_contact: return plan_contact(c, {at, note}, f);
        case W::record_contact: return record_contact(c, {any<ContactResult>(), note}, f);
        case W::decide_remedy: return decide_remedy(c, {CaseId(*rc::gen::arbitrary<bool>() ? "OTHER" : ""), note}, f);
        case W::record_outcome: return record_outcome(c, {any<MatterOutcome>(), note}, f);
        case W::finish_work: return finish_work(c, {any<MatterOutcome>(), note}, f);
        case W::classify: return classify(c, {*rc::gen::inRange<std::int64_t>(0, 6), any<Emotion>(), *rc::gen::arbitrary<bool>() ? "topic" : "", note, any<Intent>(), any<Fault>()}, f);
        case W::outside: return tell_outside(c, {any<Outside>(), "ref", note}, f);
        case W::convert: return convert_case(c, {any<CaseKind>(), note}, f);
        case W::escalate: return escalate(c, {*rc::gen::arbitrary<bool>() ? std::optional(any<Department>()) : std::nullopt, *rc::gen::arbitrary<bool>() ? at : Instant{}, note}, f);
        case W::ask_task: return ask_task(c, {any<Department>(), StaffId("hall"), at, note}, f);
        default: return step_matter(c, w, {note}, f);
    }
}

/// Notes, tasks, operations, the end: what happens around the steps.
Result<Decision> around(const CaseState& c, const Facts& f) {
    const OperationId operation = c.operations.empty() ? OperationId("none") : c.operations.back().id;
    const TaskId task = c.tasks.empty() ? TaskId("none") : c.tasks[*rc::gen::inRange<std::size_t>(0, c.tasks.size())].id;
    switch (*rc::gen::inRange(0, 7)) {
        case 0: return add_note(c, {MessageId("N"), any<NoteKind>()}, f);
        case 1: return finish_task(c, {task, any<TaskResult>(), {}}, f);
        case 2: return request_operation(c, ask_for(OperationKind::return_refund, SubKind::none, Reason::no_longer_wanted, {want("A", 1)}), f);
        case 3: return approve(c, {operation}, f);
        case 4: return withdraw(c, {operation, {}}, f);
        case 5: return assign_case(c, {StaffId("agent")}, f);
        default: return close_case(c, {"cause", Fault::unknown, "done"}, f);
    }
}

void fire_due(Told& t) {
    for (int guard = 0; guard < 100; ++guard) {
        const auto due = std::find_if(t.s.state.clocks.begin(), t.s.state.clocks.end(), [&](const Clock& c) {
            return c.state == ClockState::running && c.due_at.ms != 0 && c.due_at <= t.s.now;
        });
        if (due == t.s.state.clocks.end()) return;
        const ClockId id = due->id;
        const auto decision = timer_due(t.s.state, id, t.s.facts(timer));
        RC_ASSERT(decision.has_value());
        RC_ASSERT(!decision->events.empty());
        t.take(decision);
    }
    RC_FAIL("clocks never stop firing");
}

void holds(const CaseState& before, const CaseState& c) {
    const Matter& m = c.c.matter;
    const bool asked = std::any_of(c.tasks.begin(), c.tasks.end(), [](const Task& t) { return t.code == kAskedTask && t.state == TaskState::open; });
    const bool open = std::any_of(c.operations.begin(), c.operations.end(), [](const Operation& o) { return !is_over(o.decision); });
    if (c.c.closed_at.ms != 0) RC_ASSERT(!asked && !open);  // I29
    if (c.c.kind == CaseKind::review_followup) RC_ASSERT(c.money.empty() && c.operations.empty());  // I31
    RC_ASSERT((first_stage(c.c.kind) == T::none) == (m.stage == T::none));
    RC_ASSERT((m.stage == T::closed) == (m.stage != T::none && c.c.closed_at.ms != 0));
    RC_ASSERT(c.c.status == status_of(c));
    RC_ASSERT(m.escalation >= before.c.matter.escalation && m.escalation <= kMaxEscalation);
    RC_ASSERT(m.severity >= 1 && m.severity <= 4);
    if (m.outside != Outside::none) RC_ASSERT(m.severity == 1 && (c.c.owner_id.empty() || c.c.owner_id == lead.staff_id || c.c.owner_id == lead2.staff_id));
    RC_ASSERT(m.contacts <= kMaxContacts);
    if (before.c.matter.contact_refused) RC_ASSERT(m.contact_refused && m.contacts == before.c.matter.contacts);
    if (m.stage == T::reviewed) RC_ASSERT(!m.prevention_id.empty());
    for (const auto& task : c.tasks)
        if (task.code == kAskedTask) RC_ASSERT(!task.owner_id.empty() && task.due_at.ms != 0 && (task.state == TaskState::open || task.result != TaskResult::none));
    // a promise has its clock while it can still be kept
    const Clock* clock = live_clock(c, {}, ClockKind::update_due);
    RC_ASSERT((clock != nullptr) == (m.promised_at.ms != 0 && may_promise(c.c)));
    if (clock) RC_ASSERT(clock->due_at == m.promised_at);
    std::set<ClockKind> live;
    for (const auto& each : c.clocks)
        if (each.operation_id.empty() && each.state == ClockState::running) RC_ASSERT(live.insert(each.kind).second);
}

/// People do what moves it on until it is closed.
void wind_down(Told& t) {
    Story& s = t.s;
    const MessageId note{"N"};
    if (s.state.c.kind == CaseKind::logistics_exception || s.state.c.kind == CaseKind::stock_out || s.state.c.kind == CaseKind::unpaid_reminder)
        t.take(add_note(s.state, {note, NoteKind::to_customer}, s.facts(lead)));
    if (s.state.c.closed_at.ms == 0 && s.state.c.kind == CaseKind::product_defect)
        t.take(ask_task(s.state, {Department::quality, StaffId("q"), s.now + days(1), note}, s.facts(lead)));
    if (s.state.c.closed_at.ms == 0 && s.state.c.topic.empty()) t.take(classify(s.state, {{}, {}, "topic", note}, s.facts(lead)));
    for (int round = 0; s.state.c.closed_at.ms == 0; ++round) {
        if (round >= 30) RC_FAIL("no way out of " + std::string(word(s.state.c.matter.stage)));
        for (const auto& task : std::vector<Task>(s.state.tasks))
            if (task.state == TaskState::open) t.take(finish_task(s.state, {task.id, TaskResult::done, note}, s.facts(lead)));
        for (const auto& o : std::vector<Operation>(s.state.operations))
            if (!is_over(o.decision)) t.take(withdraw(s.state, {o.id, {}}, s.facts(customer)));
        if (t.take(close_case(s.state, {"cause", Fault::unknown, "done"}, s.facts(lead)))) break;
        const auto step = [&](W w) { return t.take(step_matter(s.state, w, {note}, s.facts(lead))); };
        const auto acts = s.acts_for(lead);
        RC_ASSERT(acts.front().legal);
        const auto w = from_word<W>(acts.front().command);
        RC_ASSERT(w.has_value());
        switch (*w) {
            case W::propose: t.take(propose(s.state, {0, {}, note}, s.facts(lead))); break;
            case W::follow_up: t.take(follow_up(s.state, {Satisfied::yes, note}, s.facts(lead))); break;
            case W::verify: if (!t.take(review(s.state, {"c", Fault::unknown, note}, s.facts(lead)))) step(W::verify); break;
            case W::review: t.take(review(s.state, {"c", Fault::unknown, note}, s.facts(lead))); break;
            case W::plan_contact: case W::record_outcome: t.take(record_outcome(s.state, {MatterOutcome::unchanged, note}, s.facts(lead))); break;
            case W::record_contact: t.take(record_contact(s.state, {ContactResult::reached, note}, s.facts(lead))); break;
            case W::decide_remedy: t.take(decide_remedy(s.state, {{}, note}, s.facts(lead))); break;
            case W::finish_work: t.take(finish_work(s.state, {MatterOutcome::solved, note}, s.facts(lead))); break;
            default: step(*w);
        }
    }
}

}  // namespace

TEST_CASE("a matter in any hands: nothing closes over open work, no money under a review, replayed as stored, always a way out") {
    rc::prop("I21, I29, I31", [] {
        const auto kind = any<CaseKind>();
        Story s(an_order(), kind);
        CaseState born = s.state;
        Told t{s, born};
        const auto count = *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, 50));
        for (int i = 0; i < count; ++i) {
            s.now = s.now + minutes(*rc::gen::inRange<std::int64_t>(0, 900));
            fire_due(t);
            const CaseState before = s.state;
            const MessageId note{*rc::gen::inRange(0, 8) == 0 ? "" : "N"};
            const Facts facts = s.facts(anybody());
            if (*rc::gen::inRange(0, 3) == 0) t.take(around(s.state, facts));
            else t.take(ask(s.state, *rc::gen::inRange(0, 6) == 0 ? W::ask_task : any<W>(), facts, note));
            if (s.state.c.version != before.c.version) holds(before, s.state);
        }
        wind_down(t);
        CaseState folded = born;
        for (const auto& event : t.events) apply(folded, event);
        RC_ASSERT(folded == s.state);
    });
}
