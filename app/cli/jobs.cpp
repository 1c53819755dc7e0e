#include "jobs/jobs.hpp"

#include <iostream>

#include "cli/service.hpp"
#include "cli/verbs.hpp"

namespace aftercare::cli {
namespace {

Result<void> run_jobs(const Launch& launch) {
    AC_TRY(const env::Config config, launch.config());
    Signals signals;
    AC_TRY(const auto house, House::open(config));
    jobs::Jobs jobs(house->context, jobs_options(config, true));
    attach(house->context, jobs);
    const auto tell = [&](const store::Hint& hint) { jobs.committed(hint.topic); };
    Neighbours neighbours(*house, tell, [&] { tell_all(jobs); });
    house->store.on_commit = [&](const store::Hint& hint) { tell(hint), neighbours.send(hint); };

    Threads threads;
    threads.start("jobs", [&](std::stop_token stop) { jobs.run(stop); });
    neighbours.start(threads);
    std::cout << "Aftercare does the background work of " << config.database_url() << std::endl;
    signals.wait();
    threads.stop();
    return {};
}

}  // namespace

void add_jobs(CLI::App& app, Launch& launch) {
    CLI::App* verb = app.add_subcommand("jobs", "Only the background work: plugins, clocks (beside serve --no-jobs)");
    launch.add_data_options(*verb);
    launch.add_setting(*verb, "--plugins", "plugins_dir", "one folder per plugin", "beside the program")->type_name("DIR");
    launch.add_setting(*verb, "--webhook-reach", "webhook_reach", "where webhooks may go: public addresses, or lan: this machine's networks too", "public");
    launch.run(*verb, [&launch] { return run_jobs(launch); });
}

}  // namespace aftercare::cli
