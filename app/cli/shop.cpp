#include <iostream>

#include "cli/house.hpp"
#include "cli/verbs.hpp"
#include "usecase/staff.hpp"

namespace aftercare::cli {
namespace {

Result<void> add(const Launch& launch, const usecase::AddShop& shop) {
    AC_TRY(const env::Config config, launch.config());
    AC_TRY(const auto house, House::open(config));
    AC_TRY(const auto added, usecase::add_shop(house->context, domain::system_actor(), house->operators_guard(), shop));
    std::cout << "shop: " << added.code << '\n';
    return {};
}

Result<void> list_shops(const Launch& launch) {
    AC_TRY(const env::Config config, launch.config());
    AC_TRY(const auto house, House::open(config));
    AC_TRY(const auto shops, usecase::list_shops(house->context, domain::system_actor(), {}));
    std::cout << "code\tname\tcurrency\tzone\n";
    for (const auto& each : shops.items)
        std::cout << each.code << '\t' << each.name << '\t' << each.currency << '\t' << each.zone << '\n';
    return {};
}

}  // namespace

void add_shop(CLI::App& app, Launch& launch) {
    CLI::App* verb = app.add_subcommand("shop", "Add shops, list them");
    verb->require_subcommand(1);
    const auto shop = std::make_shared<usecase::AddShop>();
    const auto policy = std::make_shared<std::string>("by_zone");

    CLI::App* one = verb->add_subcommand("add", "Add a shop; its currency and time zone stay as they are given here");
    launch.add_data_options(*one);
    one->add_option("name", shop->name, "what people see")->required();
    one->add_option("--code", shop->code, "a short word that no other shop has: other verbs name the shop by it")->required();
    one->add_option("--currency", shop->currency, "three capital letters")->capture_default_str();
    one->add_option("--zone", shop->zone, "where its working days are counted")->capture_default_str();
    one->add_option("--policy", *policy, "the default that its first policy takes over: by_zone, cn, eu or none")->capture_default_str();
    launch.run(*one, [&launch, shop, policy]() -> Result<void> {
        const auto choice = from_word<FirstPolicy>(*policy);
        if (!choice) return fail_field("/policy", "unknown_word");
        shop->policy = *choice;
        return add(launch, *shop);
    });

    CLI::App* all = verb->add_subcommand("list", "Every shop with its currency and time zone, tab-separated");
    launch.add_data_options(*all);
    launch.run(*all, [&launch] { return list_shops(launch); });
}

}  // namespace aftercare::cli
