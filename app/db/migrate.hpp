#pragma once
#include <aftercare/base/instant.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"

namespace aftercare::db {

/// One file of schema/migrations (or a pair x.sqlite.sql + x.postgres.sql). Versions are 1, 2, 3 … without gaps.
struct Migration {
    int version;
    std::string_view name;
    std::string_view sqlite;
    std::string_view postgres;
};

/// Runs what is missing, each in one transaction, and returns how many ran. Safe when several processes start at once.
/// DbError `newer_schema`: the database knows more than this program. `other`: an applied migration has been edited since.
int migrate(Database& database, Instant now);
int migrate(Database& database, std::span<const Migration> known, Instant now);

/// The names of the migrations that have not run here. Same errors as `migrate`; writes nothing.
std::vector<std::string> pending(Database& database);
std::vector<std::string> pending(Database& database, std::span<const Migration> known);

/// The text SQLite is given: `) /*STRICT*/` becomes `) STRICT`, `) /*STRICT, WITHOUT ROWID*/` likewise, BIGINT and SMALLINT become INTEGER (outside strings).
std::string for_sqlite(std::string_view text);

}  // namespace aftercare::db
