#include <algorithm>
#include <iostream>
#include <map>

#include "cli/house.hpp"
#include "cli/verbs.hpp"
#include "env/password.hpp"
#include "usecase/staff.hpp"

namespace aftercare::cli {
namespace {

struct UserOptions {
    std::string login, name;
    std::vector<std::string> roles, shops;
    bool password_stdin = false;
};

/// The first line of stdin, or a random one (`made`).
std::string choose_password(const UserOptions& options, House& house, bool& made) {
    made = !options.password_stdin;
    if (made) return env::make_secret(house.random).substr(0, 20);
    std::string line;
    std::getline(std::cin, line);
    return line;
}
void show_password(const std::string& password, bool made) {
    if (made) std::cout << "password: " << password << "\nIt is shown this once and kept nowhere.\n";
}

Result<std::vector<Role>> roles_of(const std::vector<std::string>& words) {
    std::vector<Role> roles;
    for (const std::string& each : words) {
        const auto role = from_word<Role>(each);
        if (!role) return wrong("there is no role \"" + each + "\"");
        roles.push_back(*role);
    }
    return roles;
}

Result<std::vector<ShopId>> shops_of(House& house, const std::vector<std::string>& codes) {
    AC_TRY(const auto shops, usecase::list_shops(house.context, domain::system_actor(), {}));
    std::vector<ShopId> ids;
    for (const std::string& code : codes) {
        const auto at = std::find_if(shops.items.begin(), shops.items.end(), [&](const auto& shop) { return shop.code == code; });
        if (at == shops.items.end())
            return wrong("there is no shop with the code \"" + code + "\"");
        ids.push_back(at->id);
    }
    return ids;
}

Result<void> add(const Launch& launch, const UserOptions& options) {
    AC_TRY(const env::Config config, launch.config());
    AC_TRY(const auto house, House::open(config));
    AC_TRY(const auto roles, roles_of(options.roles));
    AC_TRY(const auto shops, shops_of(*house, options.shops));
    bool made = false;
    const std::string password = choose_password(options, *house, made);
    const std::string& name = options.name.empty() ? options.login : options.name;
    AC_TRY(const auto staff, usecase::add_staff(house->context, domain::system_actor(), house->operators_guard(),
                                                {options.login, name, password, roles, shops}));
    std::cout << "login: " << staff.login << '\n';
    show_password(password, made);
    return {};
}

Result<void> change_password(const Launch& launch, const UserOptions& options) {
    AC_TRY(const env::Config config, launch.config());
    AC_TRY(const auto house, House::open(config));
    bool made = false;
    const std::string password = choose_password(options, *house, made);
    AC_CHECK(usecase::set_password(house->context, domain::system_actor(), house->operators_guard(), {options.login, password}));
    std::cout << "changed; every session of " << options.login << " has ended\n";
    show_password(password, made);
    return {};
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& each : words) text += (text.empty() ? "" : ",") + each;
    return text;
}

Result<void> list_users(const Launch& launch) {
    AC_TRY(const env::Config config, launch.config());
    AC_TRY(const auto house, House::open(config));
    AC_TRY(const auto shops, usecase::list_shops(house->context, domain::system_actor(), {}));
    AC_TRY(const auto staff, usecase::list_staff(house->context, domain::system_actor(), {}));
    std::map<ShopId, std::string> codes;
    for (const auto& shop : shops.items) codes[shop.id] = shop.code;
    std::cout << "login\tname\troles\tshops\n";
    for (const auto& each : staff.items) {
        std::vector<std::string> roles, in;
        for (const Role role : each.roles) roles.emplace_back(word(role));
        for (const ShopId& shop : each.shops) in.push_back(codes[shop]);
        std::cout << each.login << '\t' << each.name << '\t' << joined(roles) << '\t' << (in.empty() ? "all" : joined(in)) << '\n';
    }
    return {};
}

}  // namespace

void add_user(CLI::App& app, Launch& launch) {
    CLI::App* verb = app.add_subcommand("user", "Add people, change their passwords, list them");
    verb->require_subcommand(1);
    const auto options = std::make_shared<UserOptions>();

    CLI::App* one = verb->add_subcommand("add", "Add a person; prints a random password once unless one comes on stdin");
    launch.add_data_options(*one);
    one->add_option("--login", options->login, "what they sign in with")->required();
    one->add_option("--name", options->name, "what others see")->default_str("the login");
    one->add_option("--roles", options->roles, "agent, lead, finance, warehouse, technician, quality, marketer, admin")
        ->delimiter(',')
        ->required();
    one->add_option("--shops", options->shops, "codes of the shops they work in; an admin without any has all shops")->delimiter(',');
    one->add_flag("--password-stdin", options->password_stdin, "read the password (10 characters or more) from stdin");
    launch.run(*one, [&launch, options] { return add(launch, *options); });

    CLI::App* password = verb->add_subcommand("password", "Give a person a new password; ends their sessions");
    launch.add_data_options(*password);
    password->add_option("--login", options->login, "whose")->required();
    password->add_flag("--password-stdin", options->password_stdin, "read it from stdin instead of making one");
    launch.run(*password, [&launch, options] { return change_password(launch, *options); });

    CLI::App* everybody = verb->add_subcommand("list", "Everybody with their roles and shops, tab-separated");
    launch.add_data_options(*everybody);
    launch.run(*everybody, [&launch] { return list_users(launch); });
}

}  // namespace aftercare::cli
