#include "selftest/tale.hpp"

#include <algorithm>

namespace aftercare::selftest {
namespace {

std::uint8_t byte(Chance& chance) { return static_cast<std::uint8_t>(chance.below(256)); }

world::Step draw_step(Chance& chance) {
    world::Step step{byte(chance), byte(chance), byte(chance), byte(chance), byte(chance), byte(chance), 0, chance.below(4) != 0};
    switch (chance.below(3)) {
        case 0: break;
        case 1: step.minutes = static_cast<std::uint16_t>(chance.below(30)); break;
        default: step.minutes = static_cast<std::uint16_t>(chance.below(4'000));
    }
    return step;
}

TurnKind draw_kind(Chance& chance) {
    const auto n = chance.below(20);
    if (n < 9) return TurnKind::act;
    if (n < 11) return TurnKind::race;
    if (n < 13) return TurnKind::keyed;
    if (n < 16) return TurnKind::answers;
    if (n < 17) return TurnKind::late;
    return n < 19 ? TurnKind::clocks : TurnKind::jump;
}

}  // namespace

std::uint64_t Chance::next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

Tale draw(std::uint64_t seed) {
    Chance chance(seed);
    Tale tale;
    tale.seed = seed;
    tale.world = {byte(chance), byte(chance), byte(chance), {}};
    for (int i = 0; i < 12; ++i) tale.world.numbers.push_back(static_cast<std::uint16_t>(chance.below(65'536)));
    tale.plugged = chance.below(2) == 0;
    for (auto left = 5 + chance.below(55); left > 0; --left) {
        Turn turn{draw_kind(chance), draw_step(chance), {}, 0};
        turn.other = draw_step(chance);
        turn.luck = chance.next();
        tale.turns.push_back(turn);
    }
    return tale;
}

std::vector<Turn> shortest(std::vector<Turn> turns, const std::function<bool(const std::vector<Turn>&)>& fails, int most) {
    for (std::size_t size = std::max<std::size_t>(turns.size() / 2, 1);;) {
        bool shrunk = false;
        for (std::size_t from = 0; from < turns.size() && most > 0;) {
            std::vector<Turn> fewer = turns;
            const auto first = fewer.begin() + static_cast<std::ptrdiff_t>(from);
            fewer.erase(first, first + static_cast<std::ptrdiff_t>(std::min(size, turns.size() - from)));
            --most;
            if (fails(fewer)) {
                turns = std::move(fewer);
                shrunk = true;
            } else {
                from += size;
            }
        }
        if (most <= 0 || (size == 1 && !shrunk)) return turns;
        size = std::max<std::size_t>(size / 2, 1);
    }
}

}  // namespace aftercare::selftest
