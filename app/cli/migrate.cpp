#include <iostream>

#include "cli/house.hpp"
#include "cli/verbs.hpp"
#include "db/migrate.hpp"

namespace aftercare::cli {
namespace {

Result<void> show_plan(db::Database& database) {
    try {
        const auto missing = db::pending(database);
        for (const std::string& name : missing) std::cout << name << '\n';
        if (missing.empty()) std::cout << "nothing to do: the database is up to date\n";
        return {};
    } catch (const db::DbError& error) {
        return fail(Error{ErrorKind::unavailable, "database_unavailable", {}, {}, {}, error.what()});
    }
}

Result<void> run_migrate(const Launch& launch, bool plan) {
    AC_TRY(const env::Config config, launch.config());
    AC_TRY(const auto database, open_database(config));
    if (plan) return show_plan(*database);
    AC_CHECK(cli::migrate(*database, env::SystemClock().now()));
    std::cout << "the database is up to date\n";
    return {};
}

}  // namespace

void add_migrate(CLI::App& app, Launch& launch) {
    CLI::App* verb = app.add_subcommand("migrate", "Bring the database up to date (serve, jobs and import do it by themselves)");
    launch.add_data_options(*verb);
    const auto plan = std::make_shared<bool>(false);
    verb->add_flag("--plan", *plan, "only say what would run");
    launch.run(*verb, [&launch, plan] { return run_migrate(launch, *plan); });
}

}  // namespace aftercare::cli
