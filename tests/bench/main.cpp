#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "bench/goals.hpp"

namespace {

/// A folder for the databases of one run; gone with the object.
struct Folder {
    explicit Folder(const std::string& where) : path(std::filesystem::absolute(where) / ("bench-" + std::to_string(::getpid()))) {
        std::filesystem::create_directories(path);
    }
    ~Folder() {
        std::error_code ignored;  // what cannot be removed spoils no measurement
        std::filesystem::remove_all(path, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path path;
};

using namespace aftercare::bench;
constexpr std::pair<std::string_view, std::vector<Goal> (*)(const Plan&)> kParts[] = {
    {"hello", measure_hello}, {"reading", measure_reading}, {"queue", measure_queue}, {"live", measure_live}, {"memory", measure_memory}, {"jobs", measure_jobs}, {"import", measure_import},
    {"creation", measure_creation}, {"layer", measure_layer}, {"postgres", measure_postgres}};

}  // namespace

/// aftercare-bench: see packaging/bench.
int main(int argc, char** argv) {
    CLI::App app("Measures the goals of the service as ratios to limits measured in the same run");
    bool quick = false;
    std::string json, only;
    Plan plan{"build", {}, 0, 0, 0, {}, 0, 0, 0};
    app.add_flag("--quick", quick, "a smaller shop and shorter turns");
    app.add_option("--only", only, "one part: hello, reading, queue, live, memory, jobs, import, creation, layer or postgres");
    app.add_option("--json", json, "write the goals to this file");
    app.add_option("--folder", plan.folder, "where the databases go; on the disk that is to be measured");
    app.add_option("--postgres", plan.postgres, "the socket folder of a throw-away server");
    app.add_option("--soak", plan.soak_seconds, "seconds of load for the growth of memory; goal 12 wants 1800");
    CLI11_PARSE(app, argc, argv);
    plan.orders = quick ? 25'000 : 250'000;
    plan.burst = quick ? 3'000 : 12'000;
    plan.customers = quick ? 100'000 : 1'000'000;
    plan.import_rows = quick ? 50'000 : 500'000;
    if (plan.soak_seconds <= 0) plan.soak_seconds = quick ? 20 : 120;
    plan.backlog = quick ? 20'000 : 100'000;
    plan.history = (std::filesystem::absolute(plan.folder) / ("bench-history-" + std::to_string(plan.customers) + ".db")).string();
    try {
        const Folder folder(plan.folder);
        plan.folder = folder.path.string();
        std::vector<Goal> goals;
        for (const auto& [name, measure] : kParts)
            if (only.empty() || only == name)
                for (Goal& each : measure(plan)) goals.push_back(std::move(each));
        if (goals.empty()) throw std::runtime_error("there is no part " + only);
        print_table(goals);
        if (!json.empty()) write_json(json, goals);
    } catch (const std::exception& error) {
        std::cerr << "bench: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
