#include "domain/platform.hpp"

#include <algorithm>
#include <array>

#include "domain/clocks.hpp"
#include "domain/draft.hpp"

namespace aftercare::domain {
namespace {

bool any_open(const CaseState& state) {
    return std::any_of(state.operations.begin(), state.operations.end(), [](const Operation& o) { return !is_over(o.decision); });
}

struct PlatformTask {
    std::string_view code;
    bool (*asked)(const Platform& platform, const CaseState& state);
};
const std::array kPlatformTasks{
    PlatformTask{"platform_intervenes", [](const Platform& p, const CaseState&) { return p.undecided(); }},
    PlatformTask{"platform_ruled",
                 [](const Platform& p, const CaseState& state) { return p.intervention == Intervention::ruled_for_buyer && any_open(state); }},
};

void finish(Moves& moves, Task task, Instant now) {
    task.state = TaskState::done;
    task.done_at = now;
    moves.tasks.push_back(std::move(task));
}

void tend_tasks(Moves& moves, const CaseState& after, const Facts& facts) {
    for (const auto& [code, asked] : kPlatformTasks)
        if (asked(after.c.platform, after)) open_task(moves, after, {}, Department::lead, code, facts);
    const Instant deadline = after.c.platform.deadline_at;
    for (const auto& task : after.tasks) {
        if (!task.operation_id.empty() || task.state != TaskState::open) continue;
        const auto known = std::find_if(kPlatformTasks.begin(), kPlatformTasks.end(), [&](const PlatformTask& t) { return t.code == task.code; });
        const bool idle = known != kPlatformTasks.end() && !known->asked(after.c.platform, after);
        const bool moved = task.code == "platform_deadline" && (deadline.ms == 0 || task.opened_at < deadline - kPlatformNotice);
        if (idle || moved) finish(moves, task, facts.now);
    }
}

void tend_clock(Moves& moves, const CaseState& after, const Facts& facts) {
    const Platform& platform = after.c.platform;
    const Clock* live = live_clock(after, {}, ClockKind::platform_due);
    const bool wanted = platform.deadline_at.ms != 0 && (after.c.closed_at.ms == 0 || platform.undecided());
    if (live && wanted && live->due_at == platform.deadline_at) return;
    if (live) {
        Clock ended = *live;
        ended.state = ClockState::cancelled;
        ended.due_at = ended.remind_at = {};
        ended.ended_at = facts.now;
        moves.clocks.push_back(std::move(ended));
    }
    if (!wanted || platform.deadline_at <= facts.now) return;  // what is past is shown, not waited for
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
    const Platform& known = state.c.platform;
    if (!known.empty() && known.external_ref != command.external_ref)
        return refuse("other_after_sale", {{"external_ref", known.external_ref}}, {{"open_new_case", {}}});
    const bool for_buyer = command.intervention == Intervention::ruled_for_buyer;
    if (for_buyer != (command.ruled_minor > 0)) return fail_field("/ruled_minor", for_buyer ? "required" : "out_of_range");
    const Platform heard{command.external_ref, command.version.value_or(known.version + 1), command.intervention,
                         command.ruled_minor, command.deadline_at, command.cannot_refuse};
    if (heard.version <= known.version) return Decision{};
    Draft draft(state, CommandWord::hear_platform, facts);
    draft.add(PlatformHeard{heard, {}});
    return draft.take();
}

void tend_platform(Moves& moves, const CaseState& after, const Facts& facts) {
    if (after.c.platform.empty()) return;
    tend_tasks(moves, after, facts);
    tend_clock(moves, after, facts);
}

Result<void> platform_allows(const CaseState& state, CommandWord command, const Facts& facts) {
    const Platform& platform = state.c.platform;
    const bool by_customer = command == CommandWord::withdraw && facts.actor.has(Role::customer);
    if (platform.intervention == Intervention::in_progress && !by_customer)
        return refuse("platform_intervenes", {{"external_ref", platform.external_ref}}, {{"wait_for_platform", {}}});
    if (command == CommandWord::reject && (platform.cannot_refuse || platform.intervention == Intervention::ruled_for_buyer))
        return refuse("platform_forbids_reject", {{"external_ref", platform.external_ref}}, {{"approve", {}}, {"ask_info", {}}});
    return {};
}

std::optional<std::int64_t> ruled_rest(const CaseState& state, std::int64_t most) {
    if (state.c.platform.intervention != Intervention::ruled_for_buyer) return {};
    std::int64_t rest = state.c.platform.ruled_minor;
    for (const auto& operation : state.operations) rest -= operation.settled.net_minor;
    return std::clamp<std::int64_t>(rest, 0, most);
}

}  // namespace aftercare::domain
