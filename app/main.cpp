#include <exception>
#include <iostream>

#include "cli/verbs.hpp"

int main(int argc, char** argv) try {
    using namespace aftercare;
    CLI::App app("Aftercare: returns, refunds and everything after the sale.\nExit codes: 0 done, 1 failed, 2 bad arguments or configuration.",
                 "aftercare");
    app.require_subcommand(1);
    app.set_help_all_flag("--help-all", "Help of every verb at once, with defaults and environment");
    app.set_version_flag("--version", AFTERCARE_VERSION);

    cli::Launch launch;
    cli::add_serve(app, launch);
    cli::add_jobs(app, launch);
    cli::add_migrate(app, launch);
    cli::add_import(app, launch);
    cli::add_demo(app, launch);
    cli::add_shop(app, launch);
    cli::add_user(app, launch);
    cli::add_plugin(app, launch);
    cli::add_calendar(app, launch);
    cli::add_festivals(app, launch);
    cli::add_openapi(app, launch);
    cli::add_check(app, launch);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    return launch.exit_code();
} catch (const std::exception& error) {
    std::cerr << "aftercare: stopped by something unexpected: " << error.what() << '\n';
    return 1;
}
