#include <iostream>

#include "cli/house.hpp"
#include "cli/verbs.hpp"
#include "connect/plugin_file.hpp"
#include "usecase/connectors.hpp"

namespace aftercare::cli {
namespace {

Result<void> list_connectors(const Launch& launch) {
    AC_TRY(const env::Config config, launch.config());
    AC_TRY(const auto house, House::open(config));
    AC_TRY(const auto connectors, usecase::list_connectors(house->context, domain::system_actor(), {}));
    const connect::Scan found = connect::scan(config.plugins_dir.string());
    for (const auto& plugin : found.plugins) std::cout << plugin.id << '\t' << plugin.version << '\t' << plugin.title_en << '\n';
    for (const auto& bad : found.bad) std::cout << "unusable\t" << bad.path << '\t' << bad.code << '\n';
    if (found.plugins.empty() && found.bad.empty())
        std::cout << "no plugins in " << (config.plugins_dir.empty() ? "any folder (see --plugins)" : config.plugins_dir.string()) << '\n';
    for (const auto& each : connectors.items)
        std::cout << "  connector " << each.id.value << '\t' << each.plugin << '\t' << each.title << '\t'
                  << (each.enabled ? "enabled" : "disabled") << '\n';
    return {};
}

/// Switches the connector with this id, or every connector of the plugin with this id.
Result<void> enable(const Launch& launch, const std::string& which, bool on) {
    AC_TRY(const env::Config config, launch.config());
    AC_TRY(const auto house, House::open(config));
    AC_TRY(const auto connectors, usecase::list_connectors(house->context, domain::system_actor(), {}));
    bool any = false;
    for (const auto& each : connectors.items) {
        if (each.id.value != which && each.plugin != which) continue;
        any = true;
        auto guard = house->operators_guard();
        guard.expected_version = each.version;
        AC_CHECK(usecase::change_connector(house->context, domain::system_actor(), guard, {each.id, each.title, each.settings, on}));
        std::cout << each.id.value << '\t' << each.title << '\t' << (on ? "enabled" : "disabled") << '\n';
    }
    if (any) return {};
    return fail(Error{ErrorKind::not_found, "not_found", {}, {}, {},
                      "no connector has this id, or uses a plugin with this id: " + which + " (add one in the console)"});
}

void add_switch(CLI::App& verb, Launch& launch, const std::string& name, const std::string& meaning, bool on) {
    CLI::App* one = verb.add_subcommand(name, meaning);
    launch.add_data_options(*one);
    const auto which = std::make_shared<std::string>();
    one->add_option("id", *which, "a connector's id, or a plugin's id for all its connectors")->required();
    launch.run(*one, [&launch, which, on] { return enable(launch, *which, on); });
}

}  // namespace

void add_plugin(CLI::App& app, Launch& launch) {
    CLI::App* verb = app.add_subcommand("plugin", "See the plugins; switch their connectors on and off (a running service follows)");
    verb->require_subcommand(1);
    CLI::App* all = verb->add_subcommand("list", "The plugins of the plugins folder and the connectors that use them");
    launch.add_data_options(*all);
    launch.add_setting(*all, "--plugins", "plugins_dir", "one folder per plugin", "beside the program")->type_name("DIR");
    launch.run(*all, [&launch] { return list_connectors(launch); });
    add_switch(*verb, launch, "enable", "Start to use it", true);
    add_switch(*verb, launch, "disable", "Stop to use it", false);
}

}  // namespace aftercare::cli
