#include <algorithm>
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
/// All of its numbers, however small the case still is: the size is the number of steps.
template <class T>
Gen<T> any() {
    return gen::resize(kNominalSize, gen::arbitrary<T>());
}
template <>
struct Arbitrary<Step> {
    static Gen<Step> arbitrary() {
        const auto byte = any<std::uint8_t>();
        return gen::build<Step>(gen::set(&Step::act, byte), gen::set(&Step::actor, byte), gen::set(&Step::on, byte), gen::set(&Step::x, byte),
                                gen::set(&Step::y, byte), gen::set(&Step::z, byte),
                                gen::set(&Step::minutes, gen::oneOf(gen::inRange<std::uint16_t>(0, 30), gen::inRange<std::uint16_t>(0, 4'000),
                                                                    gen::just<std::uint16_t>(0))),
                                gen::set(&Step::willing, gen::oneOf(gen::just(true), gen::just(true), gen::arbitrary<bool>())));
    }
};
template <>
struct Arbitrary<Seed> {
    static Gen<Seed> arbitrary() {
        const auto byte = any<std::uint8_t>();
        return gen::build<Seed>(gen::set(&Seed::lines, byte), gen::set(&Seed::payments, byte), gen::set(&Seed::policy, byte),
                                gen::set(&Seed::numbers, gen::container<std::vector<std::uint16_t>>(12, any<std::uint16_t>())));
    }
};
}  // namespace rc

namespace {

std::int64_t commands = 0, accepted = 0;
std::map<std::string, std::int64_t> seen;
struct {
    std::int64_t all = 0, payments = 0, part_paid = 0, scattered = 0, odd = 0;
} worlds;

/// What kind of order it was.
void note(const OrderState& order) {
    ++worlds.all;
    std::int64_t captured = 0;
    for (const auto& ledger : order.money) captured += ledger.captured_minor;
    worlds.payments += order.payments.size() > 1;
    worlds.part_paid += captured < order.order.total_minor;
    worlds.scattered += std::any_of(order.lines.begin(), order.lines.end(), [](const OrderLine& l) { return l.delivered_qty < l.qty; });
    worlds.odd += std::any_of(order.lines.begin(), order.lines.end(), [](const OrderLine& l) { return l.allocated_minor % l.qty != 0; });
}

struct Report {  // says at the end how much was really walked
    ~Report() {
        std::cout << "domain properties: " << commands << " commands, " << accepted << " accepted;";
        for (const auto& [type, count] : seen) std::cout << " " << type.substr(0, type.find('/')) << " " << count;
        std::cout << "\ngenerator: worlds with two payments " << worlds.payments << ", part paid " << worlds.part_paid << ", lines in several places " << worlds.scattered
                  << ", lines with a remainder " << worlds.odd << ", of " << worlds.all << "\n";
    }
} report;

void count(const World& world) {
    commands += world.commands;
    accepted += world.accepted;
    for (const auto& [type, n] : world.seen) seen[type] += n;
}

}  // namespace

TEST_CASE("whatever anybody asks, in any order, the ledgers and the machine hold") {
    rc::prop("I1 to I19, I21, I23, I25, I26, I28, I29, I32", [](const Seed& seed) {
        const auto steps = *rc::gen::scale(2.0, rc::gen::arbitrary<std::vector<Step>>());
        World world(seed);
        note(world.order);
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
