#include "usecase/demo.hpp"

#include <filesystem>
#include <iostream>

#include "cli/house.hpp"
#include "cli/verbs.hpp"

namespace aftercare::cli {
namespace {

Result<void> demo(const Launch& launch, bool json) {
    AC_TRY(const env::Config config, launch.config());
    AC_TRY(const auto house, House::open(config));
    // The folders a small warehouse would share with the shop
    const auto folder = std::filesystem::absolute(std::filesystem::path(config.data_dir) / "warehouse");
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) return fail(Error{ErrorKind::unavailable, "read_only", {}, {}, {}, "cannot make " + folder.string() + ": " + failed.message()});
    AC_TRY(const auto made, usecase::make_demo(house->context, folder.string()));
    if (json) {
        std::cout << encode(made) << std::endl;
        return {};
    }
    std::cout << "login: " << made.login << '\n';
    if (made.password.empty()) std::cout << "The demo shop was here already. A new password: aftercare user password --login demo\n";
    else std::cout << "password: " << made.password << "   (shown this once)\n" << made.orders << " orders, " << made.cases << " cases\n";
    return {};
}

}  // namespace

void add_demo(CLI::App& app, Launch& launch) {
    CLI::App* verb = app.add_subcommand("demo", "Make a demo shop with people, orders and returns in every state; does nothing when it is there");
    const auto json = std::make_shared<bool>(false);
    launch.add_data_options(*verb);
    launch.add_setting(*verb, "--plugins", "plugins_dir", "folder of the plugins", "beside the program");
    verb->add_flag("--json", *json, "print {login, password} as JSON; password only the first time");
    launch.run(*verb, [&launch, json] { return demo(launch, *json); });
}

}  // namespace aftercare::cli
