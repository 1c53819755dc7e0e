#pragma once
#include <atomic>
#include <functional>

#include "db/error.hpp"
#include "db/function_ref.hpp"
#include "db/query.hpp"

namespace aftercare::db {

/// One row of a result; valid only inside the callback. Columns count from 0.
class Row {
   public:
    virtual int size() const = 0;
    virtual std::string_view column_name(int column) const = 0;
    virtual bool is_null(int column) const = 0;
    /// The number in the column; 0 for NULL. DbError if it is not an integer.
    virtual std::int64_t integer(int column) const = 0;
    /// The text of the column, borrowed; "" for NULL.
    virtual std::string_view text(int column) const = 0;
    /// The column with this name, or -1.
    int find(std::string_view name) const;

   protected:
    ~Row() = default;
};

using RowFn = FunctionRef<void(const Row&)>;

/// Sees a statement as the engine gets it: text with numbers for the parameters, then their values in order.
using Observer = std::function<void(std::string_view text, std::span<const Value> values)>;

/// What the connections of one Database did so far; for tests and the bench.
struct Counters {
    Observer observer{};  // on the thread that runs the statement; PostgreSQL: not BEGIN and COMMIT
    std::atomic<std::int64_t> statements{0};
    std::atomic<std::int64_t> round_trips{0};  // PostgreSQL: waits for an answer of the server
    std::atomic<std::int64_t> commits{0};      // transactions that wrote (SQLite: one fsync each)
};

/// One connection inside a transaction that `Database` opened. One thread at a time; never keep it after the callback.
/// Every method may throw DbError; afterwards the transaction is lost and the callback should let the error pass.
class Connection {
   public:
    virtual ~Connection() = default;
    virtual Engine engine() const = 0;

    /// Runs one statement now and calls `for_each` per row (which may run further statements).
    /// Returns the rows changed by INSERT, UPDATE, DELETE (with RETURNING too), else the rows seen.
    virtual std::int64_t run(const Query& query, Args args = {}, RowFn for_each = {}) = 0;

    /// A write whose rows nobody reads. `expect` >= 0: exactly so many rows must change, else DbError `serialization` and
    /// nothing is committed. PostgreSQL queues it and sends it with the next `run` or with COMMIT, so its errors may appear
    /// there; SQLite runs it at once.
    virtual void write(const Query& query, Args args, std::int64_t expect = -1) = 0;

    /// A statement whose rows may wait: PostgreSQL sends it with the next `run`, `flush` or COMMIT (one trip for several), SQLite
    /// runs it at once. `for_each` must stay valid until then.
    virtual void later(const Query& query, Args args, std::function<void(const Row&)> for_each) = 0;
    /// Sends what `write` and `later` queued and waits for it.
    virtual void flush() = 0;

    /// Several statements separated by `;`, without parameters. Migrations only.
    virtual void execute_script(std::string_view text) = 0;
    /// Prepares the statement without running it; DbError says what is wrong with it. For the test of all statements.
    virtual void prepare(const Query& query) = 0;

    virtual const Counters& counters() const = 0;
};

}  // namespace aftercare::db
