#include <rapidcheck/catch.h>

#include <iostream>

#include "../domain/world.hpp"
#include "store/case_state.hpp"
#include "usecase/facts.hpp"
#include "world.hpp"

// The domain's random world, walked through the real store: what is in the tables is what the events say (I9, I20, I21), and
// what two cases of one order do to its ledgers is the same as in memory.
using namespace aftercare;
using test::ShopWorld;

namespace rc {
template <>
struct Arbitrary<world::Step> {
    static Gen<world::Step> arbitrary() {
        return gen::build<world::Step>(gen::set(&world::Step::act), gen::set(&world::Step::actor), gen::set(&world::Step::on),
                                       gen::set(&world::Step::x), gen::set(&world::Step::y), gen::set(&world::Step::z),
                                       gen::set(&world::Step::minutes),
                                       gen::set(&world::Step::willing, gen::element(true, true, true, false)));
    }
};
}  // namespace rc

namespace {

struct Walk {
    ShopWorld w;
    std::vector<CaseId> cases;
    std::int64_t commands = 0, accepted = 0;
    std::function<std::string()> next_id = [this] { return w.ids.next(); };

    explicit Walk(db::Engine engine) : w(engine) {
        const auto order = w.sold("P-1", 4, 1'013);
        for (int i = 0; i < 2; ++i) {
            auto in = w.opening(order, 1);
            in.request.reset();
            cases.push_back(w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), in)).case_id);
        }
    }

    void step(const world::Step& step) {
        w.clock.advance(minutes(step.minutes % 3'000));
        const CaseId& id = cases[step.on % cases.size()];
        const Actor asker = w.lead;
        Guard guard = w.guard(asker, step.z % 3 == 0 ? "K" + std::to_string(commands) : "");
        const auto once = [&] {
            return store::change_case(*w.store, id, asker, guard,
                                      [&](const domain::CaseState& state, const store::CaseSurroundings& around) -> Result<store::CaseDecision> {
                                          domain::Actor used;
                                          AC_TRY(auto decision, world::play(step, state, guard.now, around.policies.front(),
                                                                            usecase::calendar_of(around.calendar), next_id, used, {}));
                                          return store::CaseDecision{std::move(decision), {}};
                                      });
        };
        ++commands;
        const auto first = once();
        if (first) ++accepted;
        if (guard.idempotency_key.empty() || !first) return;
        const auto again = once();
        RC_ASSERT(again.has_value());
        RC_ASSERT(*again == *first);
    }

   private:
    using Actor = domain::Actor;
    using Guard = usecase::Guard;
};

std::int64_t commands_run = 0, commands_accepted = 0;

void walk(db::Engine engine, const std::vector<world::Step>& steps) {
    Walk walk(engine);
    for (const auto& step : steps) walk.step(step);
    const auto differences = walk.w.differences();
    for (const auto& d : differences) RC_LOG() << d.table << '.' << d.column << " stored " << d.stored << " derived " << d.derived << '\n';
    RC_ASSERT(differences.empty());
    commands_run += walk.commands;
    commands_accepted += walk.accepted;
}

}  // namespace

TEST_CASE("whatever happens to two cases of one order, the tables are what the events say") {
    for (const db::Engine engine : test::engines()) {
        rc::prop(engine == db::Engine::sqlite ? "sqlite" : "postgres", [engine] {
            walk(engine, *rc::gen::scale(0.5, rc::gen::arbitrary<std::vector<world::Step>>()));
        });
    }
    std::cout << "store properties: " << commands_run << " commands, " << commands_accepted << " accepted\n";
}
