#pragma once
#include <sqlite3.h>

#include <chrono>

#include "db/connection.hpp"
#include "db/statement.hpp"

namespace aftercare::db {

/// A kept statement of SQLite.
struct SqliteStatement : Prepared {
    SqliteStatement() = default;
    ~SqliteStatement() { sqlite3_finalize(handle); }
    SqliteStatement(const SqliteStatement&) = delete;
    SqliteStatement& operator=(const SqliteStatement&) = delete;

    sqlite3_stmt* handle = nullptr;
    bool in_use = false;  // a callback may run the same query again
};

enum class SqliteRole { writer, reader, checkpointer };

/// One connection to a SQLite file. One thread at a time.
class SqliteConnection final : public Connection {
   public:
    SqliteConnection(const std::string& path, SqliteRole role, std::chrono::milliseconds busy_timeout, Counters& counters);
    ~SqliteConnection() override;
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    Engine engine() const override { return Engine::sqlite; }
    std::int64_t run(const Query& query, Args args, RowFn for_each) override;
    void write(const Query& query, Args args, std::int64_t expect) override;
    void later(const Query& query, Args args, std::function<void(const Row&)> for_each) override { run(query, args, for_each); }
    void flush() override {}
    void execute_script(std::string_view text) override;
    void prepare(const Query& query) override;
    const Counters& counters() const override { return counters_; }

    void begin_read();
    /// BEGIN IMMEDIATE; waits for other processes up to the busy timeout.
    void begin_change();
    /// True if the transaction had written something (one fsync).
    bool commit();
    void rollback();
    /// Forgets that a statement of an earlier job of this transaction failed.
    void start_job() { failed_ = false; }
    /// False also after SQLite itself has rolled back (a full disk, an I/O error).
    bool in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }
    /// Grows with every row written (undone ones too) and every script: has a job written anything?
    std::int64_t written() const { return sqlite3_total_changes64(db_) + scripts_; }
    /// A statement has failed since the job began.
    bool failed() const { return failed_; }

    sqlite3* handle() { return db_; }

   private:
    class Use;
    void open(const std::string& path, SqliteRole role, std::chrono::milliseconds busy_timeout);
    void prepare(SqliteStatement& statement, std::string_view name);
    void bind(SqliteStatement& statement, const Query& query, Args args);
    std::int64_t step_all(SqliteStatement& statement, const Query& query, RowFn for_each);
    [[noreturn]] void fail(std::string_view what);

    sqlite3* db_ = nullptr;
    Counters& counters_;
    StatementCache<SqliteStatement> cache_;
    std::int64_t scripts_ = 0;
    std::int64_t written_at_begin_ = 0;
    bool failed_ = false;
};

/// What SQLite's last error on this handle means, as an exception.
DbError sqlite_error(sqlite3* db, std::string_view what);

}  // namespace aftercare::db
