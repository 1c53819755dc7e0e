#pragma once
#include "cli/launch.hpp"

/// One file per verb: each adds its subcommand and says what runs when it is chosen.
namespace aftercare::cli {

void add_serve(CLI::App& app, Launch& launch);
void add_jobs(CLI::App& app, Launch& launch);
void add_migrate(CLI::App& app, Launch& launch);
void add_shop(CLI::App& app, Launch& launch);
void add_user(CLI::App& app, Launch& launch);
void add_plugin(CLI::App& app, Launch& launch);
void add_import(CLI::App& app, Launch& launch);
void add_demo(CLI::App& app, Launch& launch);
void add_check(CLI::App& app, Launch& launch);
void add_openapi(CLI::App& app, Launch& launch);
void add_calendar(CLI::App& app, Launch& launch);
void add_festivals(CLI::App& app, Launch& launch);

}  // namespace aftercare::cli
