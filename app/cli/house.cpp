#include "cli/house.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iostream>

#include "connect/plugin_file.hpp"
#include "db/migrate.hpp"
#include "usecase/calendar.hpp"
#include "usecase/views.hpp"

namespace aftercare::cli {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> sorry(std::string code, std::string words) {
    return fail(Error{ErrorKind::unavailable, std::move(code), {}, {}, {}, std::move(words)});
}
tl::unexpected<Error> sorry(const db::DbError& error) { return sorry("database_unavailable", error.what()); }

// Customers' names and addresses will lie here: for the owner alone.
Result<void> make_data_folder(const fs::path& folder) {
    std::error_code error;
    if (!fs::exists(folder, error)) {
        if (fs::create_directories(folder, error); error)
            return sorry("data_folder_unusable", "the data folder " + folder.string() + " cannot be made: " + error.message());
        fs::permissions(folder, fs::perms::owner_all, error);
    }
    if (!fs::is_directory(folder, error))
        return sorry("data_folder_unusable", "the data folder " + folder.string() + " is not a folder");
    if (::access(folder.c_str(), R_OK | W_OK | X_OK) != 0)
        return sorry("data_folder_unusable", "the data folder " + folder.string() + " cannot be written: " + std::strerror(errno) +
                                                 ". Nothing was changed.");
    return {};
}

// What a plugin.json says, as the console shows it.
std::vector<usecase::PluginView> catalog(const fs::path& folder) {
    std::vector<usecase::PluginView> views;
    for (connect::PluginFile& p : connect::scan(folder.string()).plugins)
        views.push_back({p.id, p.version, p.title_zh, p.title_en, p.kinds, p.ops, p.settings_schema});
    return views;
}

}  // namespace

Result<std::unique_ptr<db::Database>> open_database(const env::Config& config) {
    AC_CHECK(make_data_folder(config.data_dir));
    try {
        db::Options options;
        options.url = config.database_url();
        return db::Database::open(options);
    } catch (const db::DbError& error) {
        return sorry(error);
    }
}

Result<void> migrate(db::Database& database, Instant now) {
    try {
        const auto missing = db::pending(database);
        if (missing.empty()) return {};
        db::migrate(database, now);
        for (const std::string& name : missing) std::cerr << "aftercare: migrated the database: " << name << '\n';
        return {};
    } catch (const db::DbError& error) {
        return sorry(error);
    }
}

Result<std::unique_ptr<House>> House::open(const env::Config& config) {
    AC_TRY(auto database, open_database(config));
    std::unique_ptr<House> house(new House(config, std::move(database)));
    AC_TRY(house->context.secret_key, env::load_secret_key(config.data_dir / "secret.key", house->random));
    AC_CHECK(cli::migrate(*house->database, house->clock.now()));
    house->context.imports_folder = config.data_dir / "imports";
    house->context.photos_folder = config.data_dir / "photos";
    AC_CHECK(usecase::load_shipped_calendar(house->context));
    house->context.session_length = hours(config.session_hours);
    house->context.demo_folder = fs::absolute(config.data_dir).string();
    house->context.plugin_catalog = [folder = config.plugins_dir] { return catalog(folder); };
    return house;
}

}  // namespace aftercare::cli
