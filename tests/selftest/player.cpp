#include "selftest/player.hpp"

#include <algorithm>
#include <exception>
#include <thread>

#include "domain/cases.hpp"
#include "domain/ties.hpp"
#include "selftest/provider.hpp"
#include "store/case_state.hpp"
#include "store/erasure.hpp"
#include "store/event_codec.hpp"
#include "store/replay.hpp"
#include "usecase/facts.hpp"
#include "usecase/outbox.hpp"

namespace aftercare::selftest {
namespace {

using domain::CaseState;
using domain::Decision;

void expect(bool holds, const std::string& what) {
    if (!holds) throw what;
}

/// One command on one case: what was asked, on which state, and what came of it.
struct Act {
    world::Asked asked{};
    CaseState before{};
    Decision decision{};
    domain::Calendar calendar{};
    Result<store::CaseChanged> answer = store::CaseChanged{};
    std::exception_ptr died{};
    [[nodiscard]] bool moved() const { return answer.has_value() && !decision.events.empty(); }
};

std::string told(const Act& act) {
    std::string text = act.asked.actor.principal + " asks for " + act.asked.command + ": ";
    if (!act.answer) return text + "refused, " + act.answer.error().code;
    if (act.decision.events.empty()) return text + "nothing to do";
    for (const auto& event : act.decision.events) text += (&event == &act.decision.events.front() ? "" : ", ") + std::string(type_of(event));
    return text;
}

class Player {
   public:
    Player(Stage& stage, const Tale& tale, Tally& tally, std::vector<std::string>* story)
        : stage_(stage), tale_(tale), tally_(tally), told_(story), scene_(stage.set(tale)) {}
    ~Player() { stage_.strike(scene_); }
    Player(const Player&) = delete;
    Player& operator=(const Player&) = delete;

    void turn(const Turn& turn);
    void finish();

   private:
    void act(const Turn& turn);
    void race(const Turn& turn);
    void keyed(const Turn& turn);
    void answers(Chance chance);
    void late(Chance chance);
    void clocks();
    Act run(const world::Step& step, const CaseId& id, const usecase::Guard& guard);
    Act run_due(const CaseId& id, const ClockId& clock);
    void take(const Act& act);
    void record(const usecase::PluginCall& call, const usecase::CallOutcome& outcome);
    void look();
    void replay();
    void erase();
    void say(const std::string& text) {
        if (told_) told_->push_back(text);
    }
    [[nodiscard]] const CaseId& case_of(const world::Step& step) const { return scene_.cases[step.on % scene_.cases.size()]; }
    std::vector<CaseState> load();
    std::int64_t version_of(const CaseId& id);

    Stage& stage_;
    const Tale& tale_;
    Tally& tally_;
    std::vector<std::string>* told_;
    Scene scene_;
    Provider provider_;
    std::vector<std::pair<usecase::PluginCall, usecase::CallOutcome>> kept_back_;
    std::function<std::string()> next_id_ = [this] { return stage_.ids.next(); };
};

/// Runs the command as the store runs commands; what it looked at stays in the act.
Act Player::run(const world::Step& step, const CaseId& id, const usecase::Guard& guard) {
    Act act;
    const auto money = tale_.plugged ? world::Money::by_provider : world::Money::by_hand;
    act.answer = store::change_case(
        *stage_.store, id, stage_.everybody, guard,
        [&](const CaseState& state, const store::CaseSurroundings& around) -> Result<store::CaseDecision> {
            act.before = state;
            act.calendar = usecase::calendar_of(around.calendar);
            act.decision = {};
            AC_TRY(act.decision, world::play(step, state, guard.now, around.policies.front(), act.calendar, next_id_, act.asked,
                                             [&](const std::string&) { return around.tracking_used_by; }, money, around.known));
            return store::CaseDecision{act.decision, {}};
        },
        {"T" + std::to_string(step.z % 5)});
    return act;
}

Act Player::run_due(const CaseId& id, const ClockId& clock) {
    Act act;
    const auto guard = stage_.guard();
    act.asked = {domain::system_actor(), "what is due"};
    act.answer = store::change_case(*stage_.store, id, stage_.everybody, guard,
                                    [&](const CaseState& state, const store::CaseSurroundings& around) -> Result<store::CaseDecision> {
                                        act.before = state;
                                        act.calendar = usecase::calendar_of(around.calendar);
                                        act.decision = {};
                                        AC_TRY(act.decision, timer_due(state, clock, {guard.now, act.asked.actor, around.policies.front(), act.calendar, next_id_, {}}));
                                        return store::CaseDecision{act.decision, {}};
                                    });
    return act;
}

/// Counts the act, and holds what it changed against the rules.
void Player::take(const Act& act) {
    if (act.died) std::rethrow_exception(act.died);
    ++tally_.commands;
    say(told(act));
    if (!act.answer) {
        const auto& error = act.answer.error();
        expect(!error.code.empty(), "a refusal without a code");
        expect(error.kind != ErrorKind::unavailable, "the store gave up: " + error.code + " " + error.detail);
        return;
    }
    if (!act.moved()) return;
    ++tally_.accepted;
    for (const auto& event : act.decision.events) ++tally_.seen[std::string(type_of(event))];
    world::check_change(act.before, domain::after(act.before, act.decision), act.decision, act.asked.actor, scene_.policy, act.calendar);
}

void Player::act(const Turn& turn) {
    take(run(turn.step, case_of(turn.step), stage_.guard()));
    look();
}

/// On one case both know the same version, and one of them must lose (I20); on two cases of the order both may win, and the
/// ledgers they share must still hold (I2, I3).
void Player::race(const Turn& turn) {
    const bool same = turn.luck % 2 == 0;
    const CaseId first = case_of(turn.step), second = same ? first : scene_.cases[first == scene_.cases[0] ? 1 : 0];
    auto guard = stage_.guard();
    if (same) guard.expected_version = version_of(first);
    Act acts[2];
    const auto start = [&](Act& into, const world::Step& step, const CaseId& id) {
        return std::thread([&into, &step, &id, &guard, this] {
            try {
                into = run(step, id, guard);
            } catch (...) {
                into.died = std::current_exception();
            }
        });
    };
    std::thread one = start(acts[0], turn.step, first), two = start(acts[1], turn.other, second);
    one.join();
    two.join();
    for (const Act& act : acts) take(act);
    expect(!same || !(acts[0].moved() && acts[1].moved()), "I20: two acts on one version");
    look();
}

/// The same key says the same again; with another body it is refused; an old version changes nothing (I20).
void Player::keyed(const Turn& turn) {
    const CaseId& id = case_of(turn.step);
    auto guard = stage_.guard("K" + std::to_string(turn.luck) + "-" + std::to_string(tally_.commands));
    const Act first = run(turn.step, id, guard);
    take(first);
    if (!first.answer) return look();
    const auto version = version_of(id);
    const Act again = run(turn.step, id, guard);
    expect(again.answer.has_value() && *again.answer == *first.answer, "I20: the same key says something else");
    guard.body_hash = "another body";
    const Act other = run(turn.step, id, guard);
    expect(!other.answer && other.answer.error().code == "idempotency_key_reused", "I20: the same key took another body");
    auto old = stage_.guard();
    old.expected_version = version - 1;
    const Act late = run(turn.step, id, old);
    expect(!late.answer && late.answer.error().kind == ErrorKind::stale, "I20: an old version was taken");
    expect(version_of(id) == version, "I20: a repeated or late command left events");
    look();
}

void Player::record(const usecase::PluginCall& call, const usecase::CallOutcome& outcome) {
    ++tally_.commands;
    const auto done = usecase::record_outcome(*stage_.ctx, call, outcome, [](ErrorClass error, std::int64_t attempts, Duration) {
        const bool again = error == ErrorClass::unavailable || error == ErrorClass::unknown || error == ErrorClass::crashed;
        return usecase::Retry{again && attempts < 6 ? std::optional(minutes(2 * attempts)) : std::nullopt, true};
    });
    expect(done.has_value(), "an answer was not taken: " + (done ? "" : done.error().code + " " + done.error().detail));
    say("plugin answers " + call.op + ": " + (outcome.ok ? outcome.reply_json : std::string(word(outcome.error_class))));
}

/// Each answer comes at once, twice, later or never: then its lease runs out, and the message is given out again.
void Player::answers(Chance chance) {
    const auto claimed = usecase::claim_messages(*stage_.ctx, "caller-" + std::to_string(chance.below(3)), 20, Provider::offers);
    expect(claimed.has_value(), "messages could not be claimed");
    for (const auto& call : claimed->calls) {
        const auto fate = chance.below(8);
        if (fate == 0) {
            say("the caller of " + call.op + " dies before the call");
            continue;
        }
        const auto said = provider_.ask(call, chance);
        if (!said || fate == 1) {
            say("the caller of " + call.op + " dies in it");
            continue;
        }
        if (fate == 2) {
            kept_back_.emplace_back(call, *said);
            say("the answer to " + call.op + " is kept back");
            continue;
        }
        record(call, *said);
        if (fate == 3) record(call, *said);
    }
    look();
}

void Player::late(Chance chance) {
    if (kept_back_.empty()) return;
    const auto at = kept_back_.begin() + static_cast<std::ptrdiff_t>(chance.below(kept_back_.size()));
    const auto [call, outcome] = *at;
    kept_back_.erase(at);
    record(call, outcome);
    look();
}

void Player::clocks() {
    const auto wake = [](const Clock& c) { return c.remind_at.ms != 0 ? std::min(c.remind_at, c.due_at) : c.due_at; };
    for (int guard = 0; guard < 1'000; ++guard) {
        const auto cases = load();
        const Clock* next = nullptr;
        for (const auto& each : cases)
            for (const auto& clock : each.clocks)
                if (clock.state == ClockState::running && wake(clock).ms != 0 && wake(clock) <= stage_.clock.now() && (!next || wake(clock) < wake(*next))) next = &clock;
        if (!next) return;
        const Act fired = run_due(next->case_id, next->id);
        take(fired);
        expect(fired.moved(), "a due clock did nothing: " + std::string(word(next->kind)));
        look();
    }
    throw std::string("clocks never stop firing");
}

std::vector<CaseState> Player::load() {
    std::vector<CaseState> cases;
    const auto read = stage_.store->read([&](store::Tx& tx) -> Result<void> {
        for (const auto& id : scene_.cases) {
            AC_TRY(auto state, store::load_case(tx, id, false));
            cases.push_back(std::move(state));
        }
        return {};
    });
    expect(read.has_value(), "a case could not be loaded");
    return cases;
}

std::int64_t Player::version_of(const CaseId& id) {
    for (const auto& each : load())
        if (each.c.id == id) return each.c.version;
    return 0;
}

/// What is stored now keeps the rules, and money went out as often as it says.
void Player::look() {
    const auto cases = load();
    world::check_state(cases.front().order, cases, scene_.policy);
    if (!tale_.plugged) return;
    for (const auto& each : cases)
        for (const auto& leg : each.money) {
            if (leg.kind != MoneyKind::refund) continue;
            expect(provider_.paid(leg.id) <= 1, "I5: money went out twice");
            expect(leg.state != MoneyState::succeeded || provider_.paid(leg.id) == 1, "I5: money that never went out counts as paid");
        }
}

void Player::turn(const Turn& turn) {
    stage_.clock.advance(minutes(turn.step.minutes));
    switch (turn.kind) {
        case TurnKind::act: return act(turn);
        case TurnKind::race: return race(turn);
        case TurnKind::keyed: return keyed(turn);
        case TurnKind::answers: return answers(Chance(turn.luck));
        case TurnKind::late: return late(Chance(turn.luck));
        case TurnKind::clocks: return clocks();
        case TurnKind::jump:
            stage_.clock.advance(hours(24 * (3 + std::int64_t(turn.luck % 14))));
            say("days pass, it is " + std::to_string(stage_.clock.now().ms));
            return clocks();
    }
}

void Player::finish() {
    replay();
    erase();
    replay();
}

/// The person's data go; goods, money, clocks and the rest of the cases stay as they are (I33). Nothing is left of the words: Stage::differences.
void Player::erase() {
    auto before = load();
    const auto guard = stage_.guard();
    const auto erased = stage_.store->change(guard, [&](store::Tx& tx) -> Result<usecase::Done> {
        const auto cases = store::hold_person(tx, scene_.customer).cases;
        store::erase_person(tx, {scene_.customer, scene_.shop, ErasureReason::customer_asked, stage_.everybody.staff_id, guard.now}, cases, {std::string(Stage::kPersonal)});
        return usecase::Done{};
    });
    expect(erased.has_value(), "I33: the person could not be erased");
    for (auto& each : before) {
        each.c.topic.clear();
        if (each.c.cause_code != domain::kMergedCause) each.c.summary.clear();
    }
    expect(load() == before, "I33: erasing a person moved more than words");
}

/// Everything derived again from events is what is stored (I9, I20, I21).
void Player::replay() {
    const auto replayed = stage_.store->read([&](store::Tx& tx) { return store::replay_order(tx, scene_.order); });
    expect(replayed.has_value(), "the order could not be derived again");
    for (const auto& broken : replayed->broken) throw "I21: " + broken.table + "." + broken.column + " is broken";
    for (std::size_t i = 0; i < replayed->stored.size(); ++i)
        expect(replayed->stored[i] == replayed->derived[i], "I21: what is stored is not what the events say");
}

template <class Play>
std::string broken(Play&& play) {
    try {
        play();
    } catch (const std::string& what) {
        return what;
    }
    return {};
}

template <class... Es>
std::vector<std::string> types(const std::variant<Es...>*) {
    return {std::string(Es::kType)...};
}

}  // namespace

std::vector<std::string> never_seen(const Tally& tally) {
    auto all = types(static_cast<const domain::EventBody*>(nullptr));
    std::erase_if(all, [&](const std::string& type) { return tally.seen.contains(type); });
    return all;
}

void play_in_memory(const Tale& tale, Tally& tally, std::vector<std::string>* told) {
    world::World world(tale.world);
    if (told)
        world.told = [told](std::size_t on, const Decision& decision, const domain::Actor& actor) {
            std::string text = "case " + std::to_string(on) + ", " + actor.principal + ":";
            for (const auto& event : decision.events) text += " " + std::string(type_of(event)) + " " + store::whole_event(event.body);
            told->push_back(std::move(text));
        };
    for (const auto& turn : tale.turns) {
        if (turn.kind == TurnKind::jump) world.now = world.now + hours(24 * (1 + std::int64_t(turn.luck % 9)));
        if (turn.kind == TurnKind::clocks || turn.kind == TurnKind::jump) world.fire_due();
        else world.step(turn.step);
    }
    world.replay();
    tally.commands += world.commands;
    tally.accepted += world.accepted;
    for (const auto& [type, n] : world.seen) tally.seen[type] += n;
    world.wind_down();
    world.replay();
}

void play_on_stage(Stage& stage, const Tale& tale, Tally& tally, std::vector<std::string>* told) {
    Player player(stage, tale, tally, told);
    for (const auto& turn : tale.turns) player.turn(turn);
    player.finish();
}

std::string broken_by(Stage& stage, const Tale& tale, Tally& tally) {
    ++tally.worlds;
    auto what = broken([&] { play_in_memory(tale, tally); });
    return what.empty() ? broken([&] { play_on_stage(stage, tale, tally); }) : what;
}

Failure shorten(Stage& stage, Tale tale, const std::string& what) {
    Tally unused;
    Failure failure{what, 0, tale.turns.size(), {}};
    tale.turns = shortest(tale.turns, [&](const std::vector<Turn>& turns) {
        Tale fewer = tale;
        fewer.turns = turns;
        return !broken_by(stage, fewer, unused).empty();
    }, 400);
    failure.turns = tale.turns.size();
    const auto last = broken_by(stage, tale, unused);
    if (!last.empty()) failure.what = last;
    if (!broken([&] { play_in_memory(tale, unused, &failure.story); }).empty()) return failure;
    failure.story.clear();
    (void)broken([&] { play_on_stage(stage, tale, unused, &failure.story); });
    return failure;
}

}  // namespace aftercare::selftest
