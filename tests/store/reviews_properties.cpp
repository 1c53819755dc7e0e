#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <map>

#include "usecase/reviews.hpp"
#include "world.hpp"

/// Anybody does anything to any review, told of again and again: a number stands once in its shop, and what was done about it is one thing.
using namespace aftercare;
using test::ShopWorld;

namespace {

bool fits(const usecase::Review& r) {
    const bool replied = !r.reply.empty(), has_case = !r.case_id.empty(), settled = r.settled_at.ms != 0;
    switch (r.state) {
        case ReviewState::fresh: return !replied && !has_case && r.reason.empty() && !settled;
        case ReviewState::answered: return replied && !has_case && r.reason.empty() && settled;
        case ReviewState::followed_up: return has_case && r.reason.empty() && settled;
        case ReviewState::set_aside: return !replied && !has_case && settled;
    }
    return false;
}

/// In a shop of its own, so that one world does for all.
void play(ShopWorld& w, const ShopId& shop) {
    const usecase::Actor agent{w.agent.staff_id, {Role::agent}, {shop}, false, w.agent.principal};
    const auto guard = [&] { return w.guard(agent); };
    std::map<std::string, usecase::Review> known;
    const auto steps = *rc::gen::inRange(1, 25);
    for (int i = 0; i < steps; ++i) {
        w.clock.advance(minutes(1));
        const std::string number = "R" + std::to_string(*rc::gen::inRange(0, 4));
        const auto act = *rc::gen::inRange<std::size_t>(0, Words<ReviewAct>::all.size() + 1);
        const auto at = known.find(number);
        if (at == known.end() || act == Words<ReviewAct>::all.size()) {
            const auto put = w.must(usecase::put_review(*w.ctx, agent, guard(),
                                                        {shop, number, "", "", "Cup", "", "words", *rc::gen::inRange<std::int64_t>(0, 6), w.clock.now()}));
            if (at != known.end()) RC_ASSERT(put.id == at->second.id);
            if (at != known.end()) RC_ASSERT(put.version == at->second.version);
            known[number] = put;
            continue;
        }
        const ReviewId id = at->second.id;
        const ReviewAct what = Words<ReviewAct>::all[act].first;
        const auto done = what == ReviewAct::answer      ? usecase::answer_review(*w.ctx, agent, guard(), {id, "Thanks"})
                          : what == ReviewAct::follow_up ? usecase::follow_up_review(*w.ctx, agent, guard(), {id})
                          : what == ReviewAct::set_aside ? usecase::set_review_aside(*w.ctx, agent, guard(), {id, "why"})
                                                         : usecase::take_review_up(*w.ctx, agent, guard(), {id});
        const auto next = domain::review_after(at->second.state, !at->second.reply.empty(), what);
        RC_ASSERT(done.has_value() == next.has_value());
        if (!done) RC_ASSERT(done.error().code == next.error().code);
        if (done) at->second = *done;
    }
    const auto all = w.must(usecase::list_reviews(*w.ctx, agent, {})).items;
    RC_ASSERT(all.size() == known.size());
    for (const auto& review : all) {
        RC_ASSERT(review.id == known.at(review.number).id);
        RC_ASSERT(review.state == known.at(review.number).state);
        RC_ASSERT(fits(review));
    }
}

}  // namespace

TEST_CASE("a review's number stands once in its shop, and is answered and followed up once at most") {
    for (const db::Engine engine : test::engines()) {
        ShopWorld w(engine);
        int shops = 0;
        rc::prop(engine == db::Engine::sqlite ? "sqlite" : "postgres", [&] {
            const std::string code = "s" + std::to_string(++shops);
            play(w, w.must(usecase::add_shop(*w.ctx, w.admin, w.guard(w.admin), {code, code, "CNY", "Asia/Shanghai"})).id);
        });
        CHECK(w.differences().empty());
    }
}
