#include <charconv>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <memory>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>

#include "selftest/player.hpp"

/// aftercare-selftest: random worlds against the invariants of the engine for as long as told; see packaging/selftest.
namespace {

using namespace aftercare::selftest;
using Steady = std::chrono::steady_clock;

constexpr int kWorldsPerStage = 100;  ///< then `aftercare check`, and a new database: none grows without end
constexpr std::string_view kUsage =
    "aftercare-selftest --seconds N [--seed S] [--database FILE|postgresql://…] [--world W]\n"
    "  --seconds   how long, 1 to 1000000\n"
    "  --seed      from which all worlds are made; without it one is drawn\n"
    "  --database  a new SQLite file, or a PostgreSQL server (in a schema of its own); without it a temporary file\n"
    "  --world     plays this world once, by the number that a failure names\n";

struct Plan {
    std::uint64_t seconds = 0, seed = 0;
    std::string database;
    std::optional<std::uint64_t> world;
};
struct BadArgument : std::runtime_error {
    using std::runtime_error::runtime_error;
};

std::uint64_t number(std::string_view name, std::string_view text, std::uint64_t least, std::uint64_t most) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < least || value > most)
        throw BadArgument(std::string(name) + " wants a whole number from " + std::to_string(least) + " to " + std::to_string(most) + ", not \"" + std::string(text) + "\"");
    return value;
}

Plan read(int argc, char** argv) {
    Plan plan;
    std::optional<std::uint64_t> seed;
    for (int i = 1; i < argc; i += 2) {
        const std::string_view name = argv[i];
        if (i + 1 >= argc) throw BadArgument(std::string(name) + " wants a value");
        const std::string_view text = argv[i + 1];
        if (name == "--seconds") plan.seconds = number(name, text, 1, 1'000'000);
        else if (name == "--seed") seed = number(name, text, 0, UINT64_MAX);
        else if (name == "--world") plan.world = number(name, text, 0, UINT64_MAX);
        else if (name == "--database") plan.database = text;
        else throw BadArgument("there is no argument " + std::string(name));
    }
    if (plan.seconds == 0 && !plan.world) throw BadArgument("--seconds is missing");
    if (plan.database.find("://") != std::string::npos && !plan.database.starts_with("postgresql://") && !plan.database.starts_with("postgres://"))
        throw BadArgument("--database wants a file or a postgresql:// address, not \"" + plan.database + "\"");
    std::random_device chance;
    plan.seed = seed ? *seed : (std::uint64_t{chance()} << 32) | chance();
    return plan;
}

void tell(const Failure& failure, std::uint64_t world) {
    std::cout << "A world broke a rule: " << failure.what << "\n"
              << "Its number is " << world << "; its shortest story has " << failure.turns << " of " << failure.of << " turns:\n";
    for (std::size_t i = 0; i < failure.story.size(); ++i) std::cout << "  " << i + 1 << ". " << failure.story[i] << "\n";
}

/// Plays one world. False: it broke a rule, which was told.
bool play(Stage& stage, std::uint64_t world, Tally& tally) {
    const Tale tale = draw(world);
    const auto what = broken_by(stage, tale, tally);
    if (what.empty()) return true;
    tell(shorten(stage, tale, what), world);
    stage.keep();
    return false;
}

bool derives(Stage& stage) {
    const auto differences = stage.differences();
    for (const auto& difference : differences) std::cout << "check: " << difference << "\n";
    if (!differences.empty()) stage.keep();
    return differences.empty();
}

bool run(const Plan& plan, Tally& tally, Steady::time_point start) {
    auto stage = std::make_unique<Stage>(plan.database);
    if (plan.world) return play(*stage, *plan.world, tally) && derives(*stage);
    Chance worlds(plan.seed);
    for (int on_stage = 0; Steady::now() - start < std::chrono::seconds(plan.seconds); ++on_stage) {
        if (on_stage == kWorldsPerStage) {
            if (!derives(*stage)) return false;
            stage.reset();
            stage = std::make_unique<Stage>(plan.database);
            on_stage = 0;
        }
        if (!play(*stage, worlds.next(), tally)) return false;
    }
    return derives(*stage);
}

}  // namespace

int main(int argc, char** argv) {
    Plan plan;
    try {
        if (argc == 2 && std::string_view(argv[1]) == "--help") {
            std::cout << kUsage;
            return 0;
        }
        plan = read(argc, argv);
    } catch (const BadArgument& wrong) {
        std::cerr << wrong.what() << "\n" << kUsage;
        return 2;
    }
    Tally tally;
    bool ok = false;
    const auto start = Steady::now();
    try {
        ok = run(plan, tally, start);
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        if (tally.worlds == 0) return 2;  // there was nothing to play on
    }
    const std::chrono::duration<double> took = Steady::now() - start;
    std::cout << tally.worlds << " worlds, " << tally.accepted << " commands accepted, " << tally.seen.size() << " types of events";
    const auto never = never_seen(tally);
    for (std::size_t i = 0; i < never.size(); ++i) std::cout << (i == 0 ? "; never: " : ", ") << never[i];
    std::cout << "\nselftest: commands=" << tally.commands << " commands_per_second=" << static_cast<std::int64_t>(double(tally.commands) / std::max(took.count(), 0.001))
              << " seed=" << plan.seed << " verdict=" << (ok ? "ok" : "failed") << std::endl;
    return ok ? 0 : 1;
}
