#pragma once
#include <libpq-fe.h>

#include <chrono>
#include <memory>

#include "db/connection.hpp"
#include "db/statement.hpp"

namespace aftercare::db {

/// A kept statement of PostgreSQL: prepared on the server under `name` once `prepared`.
struct PostgresStatement : Prepared {
    std::string name;
    bool prepared = false;
};

/// One connection to PostgreSQL, always in libpq's pipeline mode: what is queued goes out together when an answer is needed.
/// BEGIN goes with the first statement, COMMIT with the last writes. One thread at a time.
class PostgresConnection final : public Connection {
   public:
    PostgresConnection(const std::string& url, std::chrono::milliseconds lock_timeout, Counters& counters);

    Engine engine() const override { return Engine::postgres; }
    std::int64_t run(const Query& query, Args args, RowFn for_each) override;
    void write(const Query& query, Args args, std::int64_t expect) override;
    void later(const Query& query, Args args, std::function<void(const Row&)> for_each) override;
    void flush() override;
    void execute_script(std::string_view text) override;
    void prepare(const Query& query) override;
    const Counters& counters() const override { return counters_; }

    void begin_read() { begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); }
    void begin_change() { begin("BEGIN ISOLATION LEVEL READ COMMITTED"); }
    /// Sends what is queued and COMMIT in one trip. DbError `commit_unknown` when the connection breaks meanwhile.
    void commit();
    /// Drops what is queued. Does not wait: `usable` reads the answer.
    void rollback() { end_unread("ROLLBACK"); }
    /// Ends a reading transaction, without waiting.
    void end_read() { end_unread("COMMIT"); }
    /// Call it before each use: false when the server has closed the connection or answered the last unread statement with an error.
    bool usable();
    bool lost() const { return PQstatus(connection_.get()) != CONNECTION_OK; }

   private:
    enum class Kind { begin, prepare, query, guarded, commit };
    struct Pending {
        Kind kind = Kind::query;
        std::string_view what{};                 // the query's name, for messages
        const char* sql = nullptr;               // begin, commit
        PostgresStatement* statement = nullptr;  // prepare, query, guarded
        std::string texts{};                     // the parameters, each ended by a NUL byte
        std::vector<std::ptrdiff_t> offsets{};   // into texts; -1 is NULL
        std::function<void(const Row&)> for_each{};
        std::int64_t* count = nullptr;
    };
    struct FreeResult {
        void operator()(PGresult* result) const { PQclear(result); }
    };
    struct CloseConnection {
        void operator()(PGconn* connection) const { PQfinish(connection); }
    };
    using Result = std::unique_ptr<PGresult, FreeResult>;

    void begin(const char* sql);
    void end_unread(const char* sql);
    void queue(PostgresStatement& statement, Kind kind, const Query& query, Args args, std::int64_t expect, Pending pending);
    void send(const Pending& pending);
    void send_sql(const char* sql);
    void send_sync();
    Result next_result();
    void read_unread();
    std::vector<Result> exchange(std::vector<Pending>& sent);
    DbError error_of(const Pending& pending, const PGresult* result) const;
    DbError lost_error(bool committing) const;
    void deliver(const Pending& pending, const PGresult* result);

    std::unique_ptr<PGconn, CloseConnection> connection_;
    Counters& counters_;
    StatementCache<PostgresStatement> cache_, guarded_cache_;
    int names_ = 0;
    std::vector<Pending> pending_;
    const char* begin_sql_ = nullptr;  // set until BEGIN has been sent
    bool open_ = false;                // BEGIN has been sent
    bool failed_ = false;              // the transaction is aborted
    bool wrote_ = false;
    int unread_ = 0;                   // syncs whose answers nobody has read yet
};

/// The text of a write that fails when not exactly `$n` rows change (n = slots + 1): so a pipelined COMMIT behind it is skipped.
std::string guarded_text(const Plan& plan);

}  // namespace aftercare::db
