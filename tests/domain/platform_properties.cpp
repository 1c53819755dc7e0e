#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <set>

#include "story.hpp"

using namespace story;

namespace rc {
template <>
struct Arbitrary<Intervention> {
    static Gen<Intervention> arbitrary() { return gen::elementOf(std::vector<Intervention>{Intervention::none, Intervention::requested, Intervention::in_progress, Intervention::ruled_for_buyer, Intervention::ruled_for_seller}); }
};
}  // namespace rc

namespace {

HearPlatform a_word(std::int64_t version) {
    HearPlatform command{"AS-1", version, *rc::gen::arbitrary<Intervention>(), 0, {}, *rc::gen::arbitrary<bool>()};
    if (command.intervention == Intervention::ruled_for_buyer) command.ruled_minor = *rc::gen::inRange<std::int64_t>(1, 5'000);
    if (*rc::gen::arbitrary<bool>()) command.deadline_at = kMonday + hours(*rc::gen::inRange(-6, 200));
    return command;
}

/// A case somewhere on its way.
void walk(Story& s, int far) {
    const auto id = s.request({a(2)});
    if (far > 0 && far != 2) s.as(lead, approve, Approve{id});
    if (far == 2) s.as(agent, reject, Reject{id, RejectCode::other});
    if (far > 2) s.as(agent, ship_back, ShipBack{id, "SF", "T1", {}});
    if (far > 3) s.as(warehouse, arrive, Arrive{id, {}, "T1", {}, "R1"});
    if (far > 4) s.inspect_all(id, "A", 2, far > 5 ? Grade::used : Grade::pass);
    if (far > 6) s.as(lead, rule, Rule{id, 0, "lead"});
}

/// What is left when all was heard, without ids and history.
struct Final {
    Platform platform;
    CaseStatus status;
    Instant due_at, clock_due;
    std::multiset<std::string> tasks;
    std::vector<Operation> operations;
    std::vector<MoneyLeg> money;
    OrderState order;
    std::vector<std::string> acts;
    bool operator==(const Final&) const = default;
};
Final final_of(Story& s) {
    Final f{s.state.c.platform, s.state.c.status, s.state.c.due_at, {}, {}, s.state.operations, s.state.money, s.state.order, {}};
    for (const auto& task : s.state.tasks)
        if (task.state == TaskState::open) f.tasks.insert(task.code);
    if (const Clock* live = live_clock(s.state, {}, ClockKind::platform_due)) f.clock_due = live->due_at;
    for (const auto& act : s.acts_for(lead)) f.acts.push_back(act.command + (act.legal ? " yes " : " no ") + act.code + std::to_string(act.amount_minor));
    return f;
}

}  // namespace

TEST_CASE("a platform's deadline is shown as it was told, whatever becomes of the calendar") {
    rc::prop("I23", [] {
        Story s;
        walk(s, *rc::gen::inRange(0, 5));
        Platform told;
        const auto count = *rc::gen::inRange<std::int64_t>(2, 8);
        for (std::int64_t version = 1; version <= count; ++version) {
            // Hours of every length, days off and days made up, other zones, in the middle of its life
            s.calendar = {};
            s.calendar.zone = {{kEarliest, minutes(*rc::gen::inRange<std::int64_t>(-48, 56) * 15)}};
            for (auto& day : s.calendar.week) {
                const auto from = *rc::gen::inRange<std::int64_t>(0, 1'400);
                if (*rc::gen::arbitrary<bool>()) day = {{from, *rc::gen::inRange<std::int64_t>(from + 1, 1'441)}};
            }
            const std::int64_t today = s.calendar.day_of(s.now);
            for (std::int64_t day = today; day < today + 12; ++day)
                if (*rc::gen::arbitrary<bool>()) s.calendar.special.push_back({day, *rc::gen::arbitrary<bool>()});
            if (*rc::gen::arbitrary<bool>()) {
                const HearPlatform word = a_word(version);
                RC_ASSERT(s.as(plugin, hear_platform, word) == "");
                told.deadline_at = word.deadline_at;
            } else {
                s.as(agent, add_note, AddNote{MessageId("N"), *rc::gen::arbitrary<bool>() ? NoteKind::from_customer : NoteKind::internal});
            }
            RC_ASSERT(s.state.c.platform.deadline_at == told.deadline_at);
            if (const Clock* live = live_clock(s.state, {}, ClockKind::platform_due)) RC_ASSERT(live->due_at == told.deadline_at);
            s.now = s.now + hours(*rc::gen::inRange<std::int64_t>(0, 40));
            s.wake(ClockKind::platform_due);
            RC_ASSERT(s.state.c.platform.deadline_at == told.deadline_at);
        }
    });
}

TEST_CASE("platform events in any order, twice and with gaps, end as the newest does") {
    rc::prop("I22", [] {
        const auto far = *rc::gen::inRange(0, 8);
        const auto count = *rc::gen::inRange<std::int64_t>(1, 12);
        std::vector<HearPlatform> words;
        for (std::int64_t version = 1; version <= count; ++version) words.push_back(a_word(version));

        Story in_order, otherwise;
        walk(in_order, far);
        walk(otherwise, far);
        // Time passes between words, and its clock rings when it should; both stories end at the same hour
        const auto hear = [](Story& s, const std::vector<HearPlatform>& heard) {
            for (const auto& each : heard) {
                RC_ASSERT(s.as(plugin, hear_platform, each) == "");
                s.now = std::min(s.now + hours(*rc::gen::inRange<std::int64_t>(0, 40)), kMonday + days(9));
                s.wake(ClockKind::platform_due);
            }
            s.now = kMonday + days(9);
            s.wake(ClockKind::platform_due);
        };
        hear(in_order, words);
        // Others come late, twice or never; the newest comes somewhere among them
        auto heard = *rc::gen::container<std::vector<HearPlatform>>(rc::gen::elementOf(words));
        heard.insert(heard.begin() + *rc::gen::inRange<std::ptrdiff_t>(0, std::ptrdiff_t(heard.size()) + 1), words.back());
        hear(otherwise, heard);
        RC_ASSERT(final_of(otherwise) == final_of(in_order));
    });
}
