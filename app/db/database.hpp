#pragma once
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <string>

#include "db/connection.hpp"

namespace aftercare::db {

/// People and plugin answers go before bulk work (import, planner, retention).
enum class Lane { people, bulk };

struct Options {
    std::string url;                // "postgresql://…", a file's path, or ":memory:"
    int connections = 0;            // 0: SQLite 2 x cores reading ones, PostgreSQL 8
    bool group_commit = true;       // SQLite: false makes every group one job
    bool inline_writer = false;     // SQLite: a group of one on the caller's thread, no threads at all (":memory:" always)
    int checkpoint_pages = 16'000;  // SQLite: how long the WAL grows (4 KB each) before it is copied into the file
    Observer observer{};            // for the bench: sees every statement
    std::chrono::milliseconds busy_timeout{5'000};  // waiting for another writer's lock, per attempt
    std::chrono::milliseconds queue_timeout{30'000};  // waiting for a turn or a connection; then DbError `overloaded`
};

/// True: keep what was written. False: refused; it must have written nothing that counts, and whatever it wrote is undone.
/// May run on another thread and more than once: no effect but SQL, captures constant (results are overwritten each run).
using ChangeFn = FunctionRef<bool(Connection&)>;

/// One member of a group and what became of it.
struct Job {
    ChangeFn run;
    std::exception_ptr error{};  // the job's own exception, or the group's DbError; null after a commit or refusal
};

/// One database of either engine. Thread safe. SQLite: owns the writer and checkpoint threads; PostgreSQL: a pool.
class Database {
   public:
    /// DbError in plain words: `locked`, `readonly`, `corrupt`, `full`, `lost`, `other`.
    static std::unique_ptr<Database> open(const Options& options);
    virtual ~Database() = default;

    virtual Engine engine() const = 0;

    /// One snapshot. Whoever got the answer of a change sees it here. Not inside a change, and no longer than 60 s.
    virtual void read(FunctionRef<void(Connection&)> job) = 0;

    /// One change; returns when COMMIT is durable (or the job refused), throws the job's exception or DbError. Runs the job
    /// again, at most three times, on what `retryable` says. Never call it from inside a change or a read.
    void change(Lane lane, ChangeFn job);

    /// Several jobs in one group, on this thread: what the writer does with its queue. Tests only, and on SQLite only
    /// with an inline writer. On PostgreSQL each job is a transaction of its own.
    virtual void run_group(std::span<Job> jobs) = 0;

    /// Why the last COMMIT failed; empty once one succeeds. For /readyz.
    virtual std::optional<std::string> failure() const = 0;

    /// A number that moves when another process commits to this SQLite file (PRAGMA data_version); 0 on PostgreSQL.
    virtual std::int64_t foreign_version() = 0;

    /// Moves the WAL into the file as far as readers allow (PASSIVE). Nothing to do on PostgreSQL.
    virtual void checkpoint() = 0;

    /// What no row holds any more leaves the log of SQLite, too: its WAL is copied into the file and cut, as soon as readers allow, within the busy
    /// timeout. (Freed bytes of the file itself are overwritten as they are freed.) PostgreSQL clears away dead rows by itself.
    virtual void cut_log() = 0;

    virtual const Counters& counters() const = 0;

   protected:
    /// One attempt of `change`.
    virtual void attempt(Lane lane, ChangeFn job) = 0;
};

}  // namespace aftercare::db
