#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "../domain/world.hpp"

/// Random worlds as data: one number makes a world and all that happens in it, so that runs repeat and shrink.
namespace aftercare::selftest {

/// Numbers from a number (splitmix64).
class Chance {
   public:
    explicit Chance(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next();
    /// 0 ≤ result < n; n > 0.
    std::uint64_t below(std::uint64_t n) { return next() % n; }

   private:
    std::uint64_t state_;
};

enum class TurnKind {
    act,      ///< somebody asks for something
    race,     ///< two at once: on one version, or on two cases of the order
    keyed,    ///< an act with a key, twice; then the key with another body, and an old version
    answers,  ///< plugins are called; their answers come at once, late, twice or never
    late,     ///< an answer that was kept back comes, not the oldest first
    clocks,   ///< what is due happens
    jump,     ///< time leaps, over days off and the Saturday that makes up for them
};
struct Turn {
    TurnKind kind{};
    world::Step step, other;  ///< `other`: of the second actor of a race
    std::uint64_t luck = 0;   ///< what plugins make of it
};

struct Tale {
    std::uint64_t seed = 0;
    world::Seed world;
    bool plugged = false;  ///< refunds, warehouse and courier are plugins; else people say what became of things
    std::vector<Turn> turns;
};
Tale draw(std::uint64_t seed);

/// The shortest list of turns found that still `fails`: leaves out halves, quarters and so on down to single turns, until nothing
/// can go or `fails` was asked `most` times.
std::vector<Turn> shortest(std::vector<Turn> turns, const std::function<bool(const std::vector<Turn>&)>& fails, int most);

}  // namespace aftercare::selftest
