#include "db/migrate.hpp"

#include <cctype>

#include "db/statement.hpp"
#include "sql/migrations.hpp"

namespace aftercare::db {

namespace {

constexpr Query kHasTable{"has schema_migration", "SELECT count(*) AS n FROM sqlite_master WHERE type = 'table' AND name = 'schema_migration'",
                          "SELECT count(*) AS n FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_migration'"};
constexpr std::string_view kCreateTable =
    "CREATE TABLE IF NOT EXISTS schema_migration (version BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, "
    "applied_at BIGINT NOT NULL)";
constexpr Query kApplied = Query::both("applied", "SELECT version, name, checksum FROM schema_migration ORDER BY version");
constexpr Query kRecord = Query::both("record", "INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES (:version, :name, :checksum, :now)");
// Only one process migrates at a time; SQLite's BEGIN IMMEDIATE does the same.
constexpr Query kLock{"lock", "SELECT 1", "SELECT 1 FROM pg_advisory_xact_lock(4173326905)"};

std::string_view text_of(const Migration& migration, Engine engine) {
    return engine == Engine::sqlite ? migration.sqlite : migration.postgres;
}

// FNV-1a: it finds an edited file, it does not resist an enemy.
std::string checksum(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    std::string hex(16, '0');
    for (auto at = hex.rbegin(); at != hex.rend(); ++at, hash >>= 4) *at = "0123456789abcdef"[hash & 15];
    return hex;
}

// How many of `known` have run here, after checking that they are the same ones.
std::size_t applied_count(Connection& connection, std::span<const Migration> known) {
    std::int64_t tables = 0;
    connection.run(kHasTable, {}, [&](const Row& row) { tables = row.integer(0); });
    std::size_t count = 0;
    if (tables == 0) return count;
    connection.run(kApplied, {}, [&](const Row& row) {
        const std::string name(row.text(1));
        if (count == known.size())
            throw DbError(DbErrorKind::newer_schema, "the database was made by a newer version of this program (it has \"" + name +
                                                         "\", step " + std::to_string(row.integer(0)) + "; this program knows " +
                                                         std::to_string(known.size()) + "): start the newer program");
        const Migration& expected = known[count++];
        if (row.integer(0) != expected.version || row.text(2) != checksum(text_of(expected, connection.engine())))
            throw DbError(DbErrorKind::other, "migration " + std::to_string(row.integer(0)) + " \"" + name +
                                                  "\" has been edited since it ran on this database");
    });
    return count;
}

// Runs the next missing migration, if any, in one transaction.
bool migrate_one(Database& database, std::span<const Migration> known, Instant now) {
    bool ran = false;
    database.change(Lane::bulk, [&](Connection& connection) {
        ran = false;
        connection.run(kLock);
        const std::size_t done = applied_count(connection, known);
        if (done == known.size()) return false;
        const Migration& next = known[done];
        const std::string_view text = text_of(next, connection.engine());
        if (done == 0) connection.execute_script(kCreateTable);
        connection.execute_script(connection.engine() == Engine::sqlite ? for_sqlite(text) : std::string(text));
        connection.run(kRecord, {{"version", next.version}, {"name", next.name}, {"checksum", checksum(text)}, {"now", now.ms}});
        ran = true;
        return true;
    });
    return ran;
}

std::string without_foreign_types(std::string_view code) {
    std::string out;
    const auto in_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
    for (std::size_t at = 0; at < code.size();) {
        std::size_t end = at;
        while (end < code.size() && in_word(code[end])) ++end;
        const std::string_view word = code.substr(at, end - at);
        if (word == "BIGINT" || word == "SMALLINT") out += "INTEGER";
        else out += word;
        if (end == at) out += code[end++];
        at = end;
    }
    return out;
}

}  // namespace

std::string for_sqlite(std::string_view text) {
    std::string out;
    scan(text, [&](std::string_view piece, bool code) {
        if (code) out += without_foreign_types(piece);
        else out += piece.starts_with("/*STRICT") ? piece.substr(2, piece.size() - 4) : piece;
    });
    return out;
}

int migrate(Database& database, std::span<const Migration> known, Instant now) {
    int ran = 0;
    while (migrate_one(database, known, now)) ++ran;
    return ran;
}

std::vector<std::string> pending(Database& database, std::span<const Migration> known) {
    std::vector<std::string> names;
    database.read([&](Connection& connection) {
        for (const Migration& each : known.subspan(applied_count(connection, known))) names.emplace_back(each.name);
    });
    return names;
}

int migrate(Database& database, Instant now) { return migrate(database, sql::migrations(), now); }
std::vector<std::string> pending(Database& database) { return pending(database, sql::migrations()); }

}  // namespace aftercare::db
