#pragma once
#include <memory>

#include "db/database.hpp"
#include "env/config.hpp"
#include "usecase/context.hpp"

namespace aftercare::cli {

/// The database, or why it cannot be had, in plain words for the operator. Makes the data folder; changes no schema.
Result<std::unique_ptr<db::Database>> open_database(const env::Config& config);
/// Brings the schema up to date and says on stderr what ran.
Result<void> migrate(db::Database& database, Instant now);

/// Every room from the database up to the use cases, standing on one data folder:
/// aftercare.db, secret.key, plugins/<connector>/ (what a plugin keeps for itself) and imports/ (uploaded files and error files).
class House {
   public:
    /// Opened and migrated.
    static Result<std::unique_ptr<House>> open(const env::Config& config);

    const env::Config config;
    env::SystemClock clock;
    env::SystemRandom random;
    env::TimeIds ids{clock, random};
    const std::unique_ptr<db::Database> database;
    store::Store store{*database};
    usecase::Context context{store, clock, ids, random, {}};

    /// What an operator's own act is done under.
    [[nodiscard]] usecase::Guard operators_guard() { return {"system", {}, {}, {}, clock.now()}; }

   private:
    House(env::Config with, std::unique_ptr<db::Database> opened) : config(std::move(with)), database(std::move(opened)) {}
};

}  // namespace aftercare::cli
