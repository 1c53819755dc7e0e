#pragma once
#include <map>
#include <string>
#include <vector>

#include "selftest/stage.hpp"
#include "tale.hpp"

/// Plays tales and looks at every invariant on the way.
namespace aftercare::selftest {

/// What was really walked.
struct Tally {
    std::int64_t commands = 0, accepted = 0, worlds = 0;
    std::map<std::string, std::int64_t> seen;  ///< accepted events by type
};
/// Types of events that no command of the tally brought about.
std::vector<std::string> never_seen(const Tally& tally);

/// The tale in memory, on the domain alone, to the end of every operation (I11). Throws std::string: the rule that was
/// broken; `told`, when given, hears each accepted decision.
void play_in_memory(const Tale& tale, Tally& tally, std::vector<std::string>* told = nullptr);
/// The tale through the store. Throws std::string; `told`, when given, hears each turn in words.
void play_on_stage(Stage& stage, const Tale& tale, Tally& tally, std::vector<std::string>* told = nullptr);

/// The rule that the tale breaks, in memory or on the stage; empty: none.
std::string broken_by(Stage& stage, const Tale& tale, Tally& tally);
/// The same tale with as few turns as still break a rule, and its story in words.
struct Failure {
    std::string what;  ///< of the shortened tale
    std::size_t turns = 0, of = 0;
    std::vector<std::string> story;
};
Failure shorten(Stage& stage, Tale tale, const std::string& what);

}  // namespace aftercare::selftest
