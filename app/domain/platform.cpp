#include "domain/platform.hpp"

#include <algorithm>
#include <array>

#include "domain/batches.hpp"
#include "domain/clocks.hpp"
#include "domain/draft.hpp"
#include "domain/ledgers.hpp"
#include "domain/ties.hpp"

namespace aftercare::domain {
namespace {

/// Its deadline counts until the case is closed, and beyond while it decides.
bool has_deadline(const Platform& platform, const CaseState& state) {
    return platform.deadline_at.ms != 0 && (state.c.closed_at.ms == 0 || platform.undecided());
}

std::int64_t owed(const Platform& platform, const CaseState& state) {
    if (platform.intervention != Intervention::ruled_for_buyer) return 0;
    std::int64_t rest = platform.ruled_minor;
    for (const auto& operation : state.operations) rest -= paid_out(operation);
    return std::max<std::int64_t>(rest, 0);
}

struct PlatformTask {
    std::string_view code;
    bool (*asked)(const Platform&, const CaseState&, Instant now);
};
constexpr std::string_view kDeadlineTask = "platform_deadline";
const std::array kPlatformTasks{
    PlatformTask{"platform_intervenes", [](const Platform& p, const CaseState&, Instant) { return p.undecided(); }},
    PlatformTask{"platform_ruled", [](const Platform& p, const CaseState& state, Instant) { return owed(p, state) > 0; }},
    PlatformTask{kDeadlineTask,
                 [](const Platform& p, const CaseState& state, Instant now) { return has_deadline(p, state) && now >= p.deadline_at - kPlatformNotice; }},
};

/// Those that the new word begins to ask for; one that a person has finished comes again only with another deadline.
void open_tasks(Moves& moves, const CaseState& state, const Platform& heard, const Facts& facts) {
    const bool other_deadline = heard.deadline_at != state.c.platform.deadline_at;
    for (const auto& [code, asked] : kPlatformTasks)
        if (asked(heard, state, facts.now) && (other_deadline || !asked(state.c.platform, state, facts.now)))
            open_task(moves, state, {}, Department::lead, code, facts);
}

void finish_tasks(Moves& moves, const CaseState& after, const Facts& facts) {
    for (const auto& task : after.tasks) {
        if (!task.operation_id.empty() || task.state != TaskState::open) continue;
        const auto known = std::find_if(kPlatformTasks.begin(), kPlatformTasks.end(), [&](const PlatformTask& t) { return t.code == task.code; });
        if (known == kPlatformTasks.end() || known->asked(after.c.platform, after, facts.now)) continue;
        Task done = task;
        done.state = TaskState::done;
        done.done_at = facts.now;
        moves.tasks.push_back(std::move(done));
    }
}

void tend_clock(Moves& moves, const CaseState& after, const Facts& facts) {
    const Platform& platform = after.c.platform;
    const Clock* live = live_clock(after, {}, ClockKind::platform_due);
    const bool wanted = has_deadline(platform, after);
    if (live && wanted && live->due_at == platform.deadline_at) return;
    if (live) {
        Clock ended = *live;
        ended.state = ClockState::cancelled;
        ended.due_at = ended.remind_at = {};
        ended.ended_at = facts.now;
        moves.clocks.push_back(std::move(ended));
    }
    if (!wanted || platform.deadline_at <= facts.now) return;  // nothing to wait for: its task is open already
    Clock clock;
    clock.id = ClockId(facts.next_id());
    clock.case_id = after.c.id;
    clock.kind = ClockKind::platform_due;
    clock.started_at = facts.now;
    clock.due_at = platform.deadline_at;
    if (const Instant notice = platform.deadline_at - kPlatformNotice; notice > facts.now) clock.remind_at = notice;
    moves.clocks.push_back(std::move(clock));
}

}  // namespace

Result<Decision> hear_platform(const CaseState& state, const HearPlatform& command, const Facts& facts) {
    AC_CHECK(permitted(facts.actor, CommandWord::hear_platform));
    AC_CHECK(not_merged(state));
    const Platform& known = state.c.platform;
    if (command.version && !known.empty() && known.external_ref != command.external_ref)
        return refuse("other_after_sale", {{"external_ref", known.external_ref}}, {{"open_new_case", {}}});
    if (!command.version && acting_role(facts.actor, CommandWord::hear_platform) == Role::plugin) return fail_field("/version", "required");
    const bool for_buyer = command.intervention == Intervention::ruled_for_buyer;
    if (for_buyer != (command.ruled_minor > 0)) return fail_field("/ruled_minor", for_buyer ? "required" : "out_of_range");
    const Platform heard{command.external_ref, command.version.value_or(known.version), command.intervention,
                         command.ruled_minor, command.deadline_at, command.cannot_refuse, command.state.value_or(known.state)};
    if (command.version ? heard.version <= known.version : heard == known) return Decision{};
    Draft draft(state, CommandWord::hear_platform, facts);
    PlatformHeard event{heard, {}};
    open_tasks(event.moves, state, heard, facts);
    draft.add(std::move(event));
    return draft.take();
}

void tell_platform(Draft& draft, const OperationId& id, PlatformVerdict verdict) {
    const Platform& platform = draft.state().c.platform;
    const bool waits = platform.state == AfterSaleState::requested || platform.state == AfterSaleState::unknown;
    if (platform.version > 0 && waits) draft.effect(TellPlatform{id, verdict});
}

void tend_platform(Moves& moves, const CaseState& after, const Facts& facts) {
    if (after.c.platform.empty()) return;
    finish_tasks(moves, after, facts);
    tend_clock(moves, after, facts);
}

Result<void> platform_allows(const CaseState& state, CommandWord command, const Facts& facts) {
    const Platform& platform = state.c.platform;
    const bool by_customer = command == CommandWord::withdraw && facts.actor.has(Role::customer);
    if (platform.intervention == Intervention::in_progress && !by_customer)
        return refuse("platform_intervenes", {{"external_ref", platform.external_ref}}, {{"wait_for_platform", {}}});
    if (command == CommandWord::reject && (platform.cannot_refuse || ruled_owed(state) > 0))
        return refuse("platform_forbids_reject", {{"external_ref", platform.external_ref}}, {{"approve", {}}, {"ask_info", {}}});
    return {};
}

std::int64_t ruled_owed(const CaseState& state) { return owed(state.c.platform, state); }

std::optional<std::int64_t> ruled_rest(const CaseState& state, const Operation& operation, const PolicyTerms& terms) {
    const std::int64_t rest = ruled_owed(state);
    if (rest == 0) return {};
    const Batch batch = everything(state, operation, terms);
    if (operation.kind == OperationKind::repair && batch.full.goods_minor == 0) return {};
    for (const OperationLine* line : lines_of(state, operation.id))
        if (owed_back(*line) > 0) return {};  // the customer has the new goods: no money is due for the old ones
    std::int64_t money = free_money(state.order) + operation.advanced_minor;
    for (const auto& leg : state.money)
        if (leg.operation_id == operation.id && leg.state == MoneyState::planned) money += leg.amount_minor;
    const std::int64_t due = std::min({rest, most_ruled(state, operation, batch), money});
    return due > 0 ? std::optional(due) : std::nullopt;  // what cannot be paid from here binds nothing here
}

}  // namespace aftercare::domain
