#include <unistd.h>

#include <iostream>

#include "cli/house.hpp"
#include "cli/verbs.hpp"
#include "store/check.hpp"

namespace aftercare::cli {
namespace {

struct CheckOptions {
    bool json = false, rebuild = false;
};

void say(const store::CheckReport& report, bool json) {
    if (json) {
        std::cout << encode(report) << std::endl;
        return;
    }
    for (const auto& d : report.differences)
        std::cout << d.stream << '\t' << d.table << '\t' << d.column << "\tstored " << d.stored << "\tderived " << d.derived << '\n';
    std::cout << report.cases << " cases, " << report.events << " events, " << report.orders << " orders with cases: "
              << (report.differences.empty() ? "everything is as its events say" : std::to_string(report.differences.size()) + " differences")
              << '\n';
}

Result<void> check(Launch& launch, const CheckOptions& options) {
    AC_TRY(const env::Config config, launch.config());
    AC_TRY(const auto house, House::open(config));
    if (options.rebuild) {
        AC_TRY(const auto written, store::rebuild(house->store));
        std::cerr << "rebuilt " << written << " orders or cases\n";
    }
    const bool terminal = isatty(STDERR_FILENO) != 0;
    AC_TRY(const auto report, store::check(house->store, [&](const store::CheckReport& so_far) {
        if (terminal) std::cerr << '\r' << so_far.cases << " cases" << std::flush;
    }));
    if (terminal) std::cerr << '\n';
    say(report, options.json);
    if (!report.differences.empty()) launch.end_with(1);
    return {};
}

}  // namespace

void add_check(CLI::App& app, Launch& launch) {
    CLI::App* verb = app.add_subcommand("check", "Derive every case and ledger again from its events and compare; exit 1 when something differs");
    const auto options = std::make_shared<CheckOptions>();
    launch.add_data_options(*verb);
    verb->add_flag("--json", options->json, "the report as one JSON object");
    verb->add_flag("--rebuild", options->rebuild, "first write what differs again from the events");
    launch.run(*verb, [&launch, options] { return check(launch, *options); });
}

}  // namespace aftercare::cli
