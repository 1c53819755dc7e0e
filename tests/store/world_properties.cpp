#include <rapidcheck/catch.h>

#include <iostream>
#include <memory>

#include "selftest/player.hpp"
#include "world.hpp"

// The domain's random worlds, walked through the real store with races, repeated and late answers, and crashes between an effect
// and its acknowledgement: the invariants hold of what is stored, the tables are what the events say, and of a person who was erased no word is left.
using namespace aftercare;

TEST_CASE("whatever happens to two cases of one order, the invariants hold of what is stored (I1 to I22, I26, I28, I29, I32, I33)") {
    selftest::Tally tally;
    for (const db::Engine engine : test::engines()) {
        selftest::Stage stage(engine == db::Engine::postgres ? std::getenv("AFTERCARE_TEST_POSTGRES") : "");
        rc::prop(engine == db::Engine::sqlite ? "sqlite" : "postgres", [&] {
            const auto seed = *rc::gen::noShrink(rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<std::uint64_t>()));
            const auto tale = selftest::draw(seed);
            const auto what = selftest::broken_by(stage, tale, tally);
            if (what.empty()) return;
            const auto failure = selftest::shorten(stage, tale, what);
            for (const auto& line : failure.story) RC_LOG() << line << '\n';
            RC_FAIL(failure.what + " (world " + std::to_string(seed) + ")");
        });
        CHECK(stage.differences().empty());
    }
    std::cout << "store properties: " << tally.commands << " commands, " << tally.accepted << " accepted\n";
}
