#include <sys/resource.h>

#include <iostream>

#include "api/api.hpp"
#include "api/hub.hpp"
#include "api/server.hpp"
#include "cli/service.hpp"
#include "cli/verbs.hpp"
#include "env/log.hpp"
#include "env/memory.hpp"
#include "jobs/jobs.hpp"
#include "usecase/setup.hpp"

namespace aftercare::cli {
namespace {

struct ServeOptions {
    bool no_jobs = false, secure_cookie = false;
};

api::ApiOptions api_options(House& house, const ServeOptions& options) {
    api::ApiOptions with;
    with.console_folder = house.config.console_dir.string();
    with.secure_cookie = options.secure_cookie;
    with.max_body = static_cast<std::size_t>(house.config.body_limit);
    with.ready = [&house]() -> Result<void> {
        if (auto why = house.database->failure()) return fail(Error{ErrorKind::unavailable, "database_unavailable", {}, {}, {}, *why});
        return {};
    };
    return with;
}

// Each connection and live client takes a descriptor: take all that the system lets us have.
void raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

// Whoever reaches the port must not become the administrator: the code is seen by whoever started the service.
void open_setup(House& house, int port) {
    house.context.setup_code = usecase::make_setup_code(house.random);
    const auto state = usecase::setup_state(house.context);
    if (!state || !state->needed) return;
    const bool anywhere = house.config.host == "0.0.0.0" || house.config.host == "::";
    std::cout << "Nobody is here yet. Open http://" << (anywhere ? "localhost" : house.config.host) << ':' << port
              << "/setup with the setup code " << house.context.setup_code << std::endl;
}

Result<void> run_serve(const Launch& launch, const ServeOptions& options) {
    AC_TRY(const env::Config config, launch.config());
    Signals signals;
    const env::MemoryKeeper memory;
    raise_descriptor_limit();
    AC_TRY(const auto house, House::open(config));
    jobs::Jobs jobs(house->context, jobs_options(config, !options.no_jobs));
    attach(house->context, jobs);
    api::Hub hub(house->ids.next());
    const auto tell = [&](const store::Hint& hint) {
        hub.publish({hint.topic, hint.id, hint.shop_id, hint.version});
        jobs.committed(hint.topic);
    };
    Neighbours neighbours(*house, tell, [&] { hub.resync(), tell_all(jobs); });
    house->store.on_commit = [&](const store::Hint& hint) { tell(hint), neighbours.send(hint); };
    api::Api api(house->context, api_options(*house, options));
    api::Server server(api, hub, {config.host, config.port, config.workers});
    AC_CHECK(server.start());

    open_setup(*house, server.port());
    Threads threads;
    threads.start("hub", [&](std::stop_token stop) { hub.run(std::move(stop)); });
    threads.start("jobs", [&](std::stop_token stop) { jobs.run(stop); });
    neighbours.start(threads);
    std::cout << "Aftercare listens on http://" << config.host << ':' << server.port() << std::endl;
    signals.wait();
    server.stop();
    threads.stop();
    return {};
}

}  // namespace

void add_serve(CLI::App& app, Launch& launch) {
    CLI::App* verb = app.add_subcommand("serve", "Serve the console and the API, and do the background work");
    launch.add_data_options(*verb);
    launch.add_setting(*verb, "--host", "host", "the address to listen on", "127.0.0.1");
    launch.add_setting(*verb, "--port", "port", "the port; 0 takes any free one", "8086");
    launch.add_setting(*verb, "--console", "console_dir", "the built console", "beside the program")->type_name("DIR");
    launch.add_setting(*verb, "--plugins", "plugins_dir", "one folder per plugin", "beside the program")->type_name("DIR");
    launch.add_setting(*verb, "--webhook-reach", "webhook_reach", "where webhooks may go: public addresses, or lan: this machine's networks too", "public");
    launch.add_setting(*verb, "--workers", "workers", "connections served at once, 4 to 4096", "512");
    launch.add_setting(*verb, "--session-hours", "session_hours", "how long a sign-in lasts, 1 to 720", "12");
    launch.add_setting(*verb, "--body-limit", "body_limit", "the longest request body in bytes", "1048576");
    const auto options = std::make_shared<ServeOptions>();
    verb->add_flag("--no-jobs", options->no_jobs, "leave the background work to another process (aftercare jobs)");
    verb->add_flag("--secure-cookie", options->secure_cookie, "the service is reached by https")->envname("AFTERCARE_SECURE_COOKIE");
    launch.run(*verb, [&launch, options] { return run_serve(launch, *options); });
}

}  // namespace aftercare::cli
