#include <catch2/catch.hpp>
#include <iostream>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include "world.hpp"

using namespace world;

namespace world {
void showValue(const Step& s, std::ostream& out) {
    out << "{" << word(Words<CommandWord>::all[s.act % Words<CommandWord>::all.size()].first) << (s.willing ? " willing" : "") << " actor "
        << int(s.actor) << " on " << int(s.on) << " x" << int(s.x) << " y" << int(s.y) << " z" << int(s.z) << " +" << s.minutes << "m}";
}
void showValue(const Seed& s, std::ostream& out) {
    out << "{lines " << int(s.lines) << " payments " << int(s.payments) << " policy " << int(s.policy) << " numbers";
    for (const auto n : s.numbers) out << " " << n;
    out << "}";
}
}  // namespace world

namespace rc {
template <>
struct Arbitrary<Step> {
    static Gen<Step> arbitrary() {
        return gen::build<Step>(gen::set(&Step::act), gen::set(&Step::actor), gen::set(&Step::on), gen::set(&Step::x),
                                gen::set(&Step::y), gen::set(&Step::z),
                                gen::set(&Step::minutes, gen::oneOf(gen::inRange<std::uint16_t>(0, 30), gen::inRange<std::uint16_t>(0, 4'000),
                                                                    gen::just<std::uint16_t>(0))),
                                gen::set(&Step::willing, gen::oneOf(gen::just(true), gen::just(true), gen::arbitrary<bool>())));
    }
};
template <>
struct Arbitrary<Seed> {
    static Gen<Seed> arbitrary() {
        return gen::build<Seed>(gen::set(&Seed::lines), gen::set(&Seed::payments), gen::set(&Seed::policy),
                                gen::set(&Seed::numbers, gen::container<std::vector<std::uint16_t>>(12, gen::arbitrary<std::uint16_t>())));
    }
};
}  // namespace rc

namespace {

std::int64_t commands = 0, accepted = 0;
std::map<std::string, std::int64_t> seen;

struct Report {  // says at the end how much was really walked
    ~Report() {
        std::cout << "domain properties: " << commands << " commands, " << accepted << " accepted;";
        for (const auto& [type, count] : seen) std::cout << " " << type.substr(0, type.find('/')) << " " << count;
        std::cout << "\n";
    }
} report;

void count(const World& world) {
    commands += world.commands;
    accepted += world.accepted;
    for (const auto& [type, n] : world.seen) seen[type] += n;
}

}  // namespace

TEST_CASE("whatever anybody asks, in any order, the ledgers and the machine hold") {
    rc::prop("I1 to I12, I16 to I19, I21, I28", [](const Seed& seed) {
        const auto steps = *rc::gen::scale(3.0, rc::gen::arbitrary<std::vector<Step>>());
        World world(seed);
        try {
            for (const auto& step : steps) world.step(step);
            world.replay();
            world.wind_down();
            world.replay();
        } catch (const std::string& what) {
            RC_FAIL(what);
        }
        count(world);
    });
}
