#pragma once
#include <stdexcept>
#include <string>
#include <utility>

namespace aftercare::db {

/// Why a database said no. Ends in db and store; architecture.md, section 8.
enum class DbErrorKind {
    unique, foreign_key, check,       // a rule of the schema: an answer, not a retry (`check` covers NOT NULL and types too)
    busy, serialization, deadlock,    // another writer was in the way: `Database::change` has already tried again
    lost, commit_unknown,             // no connection; lost (or a failing disk) during COMMIT, so nobody knows
    full, readonly, locked, newer_schema, corrupt,
    overloaded,                       // the queue or the pool is full: nothing was run
    other
};

/// Thrown by db, caught by store's doors. `what()` is a sentence for operators. For `unique` and `check`, `constraint`
/// names what was hurt: SQLite "idempotency.principal, idempotency.key" or an index, PostgreSQL the constraint's name;
/// `table` is the table on both engines ("" if unknown).
class DbError : public std::runtime_error {
   public:
    DbError(DbErrorKind kind_in, const std::string& message, std::string constraint_in = {}, std::string table_in = {})
        : std::runtime_error(message), kind(kind_in), constraint(std::move(constraint_in)), table(std::move(table_in)) {}

    DbErrorKind kind;
    std::string constraint;
    std::string table;
};

/// True when running the whole change again may help: busy, serialization, deadlock, a connection lost before COMMIT,
/// and the unique index of the idempotency keys (the second run finds the stored answer).
bool retryable(const DbError& error);

}  // namespace aftercare::db
