#include "usecase/demo.hpp"

#include <iostream>

#include "cli/house.hpp"
#include "cli/verbs.hpp"

namespace aftercare::cli {
namespace {

struct DemoOptions {
    bool json = false, remove = false;
};

void say(const usecase::DemoMade& made) {
    std::cout << "login: " << made.login << '\n';
    if (made.password.empty()) std::cout << "The demo shop was here already. A new password: aftercare user password --login demo\n";
    else std::cout << "password: " << made.password << "   (shown this once)\n" << made.orders << " orders, " << made.cases << " cases\n";
}

void say(const usecase::DemoContents& gone) {
    std::cout << "removed: " << gone.orders << " orders, " << gone.cases << " cases, " << gone.customers << " customers, "
              << gone.people.size() << " people\n";
}

template <class T>
Result<void> told(const Result<T>& result, bool json) {
    AC_CHECK(result);
    if (json) std::cout << encode(*result) << std::endl;
    else say(*result);
    return {};
}

Result<void> demo(const Launch& launch, const DemoOptions& options) {
    AC_TRY(const env::Config config, launch.config());
    AC_TRY(const auto house, House::open(config));
    if (!options.remove) return told(usecase::make_demo(house->context), options.json);
    return told(usecase::remove_demo(house->context, domain::system_actor(), house->operators_guard(), {}), options.json);
}

}  // namespace

void add_demo(CLI::App& app, Launch& launch) {
    CLI::App* verb = app.add_subcommand("demo", "Make a demo shop with people, orders and returns in every state; does nothing when it is there");
    const auto options = std::make_shared<DemoOptions>();
    launch.add_data_options(*verb);
    launch.add_setting(*verb, "--plugins", "plugins_dir", "folder of the plugins", "beside the program");
    verb->add_flag("--json", options->json, "print {login, password} as JSON; password only the first time");
    verb->add_flag("--remove", options->remove, "take the demo shop away with everything in it");
    launch.run(*verb, [&launch, options] { return demo(launch, *options); });
}

}  // namespace aftercare::cli
