#include "world.hpp"

namespace aftercare::test {
namespace {

TEST_CASE("a clock fires once") {
    JobsWorld w;
    const auto r = w.approved("7001");
    w.tick();
    w.clock.advance(days(6));
    w.timers.tick(w.clock.now());
    CHECK(w.state(r).operations.at(0).decision == DecisionState::approved);
    w.clock.advance(days(2));
    w.timers.tick(w.clock.now());
    CHECK(w.state(r).operations.at(0).decision == DecisionState::expired);
    const auto version = w.state(r).c.version;
    w.timers.tick(w.clock.now());
    CHECK(w.state(r).c.version == version);
}

TEST_CASE("many clocks fire in one tick, and the next due time is told") {
    JobsWorld w;
    std::vector<JobsWorld::Return> all;
    for (int i = 0; i < 230; ++i) all.push_back(w.approved("8" + std::to_string(i), 1));
    CHECK(w.timers.tick(w.clock.now()) - w.clock.now() == seconds(1));
    w.clock.advance(days(9));
    w.timers.tick(w.clock.now());
    for (const auto& r : all) CHECK(w.state(r).operations.at(0).decision == DecisionState::expired);
}

}  // namespace
}  // namespace aftercare::test
