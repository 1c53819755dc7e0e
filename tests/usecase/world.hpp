#pragma once
#include "db/migrate.hpp"
#include "support/clock.hpp"
#include "support/ids.hpp"
#include "support/random.hpp"
#include "usecase/context.hpp"

namespace aftercare::test {

/// The use cases on an empty, migrated database in memory, with a clock that obeys. Pass a path to keep it in a file.
struct World {
    explicit World(std::string url = ":memory:") : database(open(std::move(url))) { db::migrate(*database, clock.now()); }

    ManualClock clock;
    CountingIds ids;
    SeededRandom random;
    std::unique_ptr<db::Database> database;
    store::Store store{*database};
    usecase::Context ctx{store, clock, ids, random, {}};

    /// A change by this actor, now; with a key when it should be idempotent.
    usecase::Guard guard(const usecase::Actor& actor, std::string key = {}) {
        return {actor.principal, std::move(key), "body", {}, clock.now()};
    }

   private:
    static std::unique_ptr<db::Database> open(std::string url) {
        db::Options options;
        options.url = std::move(url);
        options.inline_writer = true;
        return db::Database::open(options);
    }
};

template <class T>
std::string code_of(const Result<T>& result) {
    return result ? "ok" : result.error().code;
}

/// The admin of the whole installation.
inline usecase::Actor an_admin() { return {StaffId("ADMIN"), {Role::admin}, {}, true, "staff:ADMIN"}; }

}  // namespace aftercare::test
