#pragma once
#include <mutex>

#include "db/database.hpp"
#include "db/sqlite.hpp"

namespace aftercare::db {

/// Why commits fail at the moment, for /readyz. Set by whoever commits, asked by anyone.
class Health {
   public:
    /// Only what makes the database useless for everybody counts: full, readonly, corrupt, lost, unknown.
    void note(const DbError& error);
    void clear();
    std::optional<std::string> reason() const;

   private:
    mutable std::mutex mutex_;
    std::atomic<bool> failing_{false};
    std::string reason_;
};

/// Runs the jobs `next` hands out (null ends the group) in one transaction and returns when their fate is sealed: each
/// Job's `error` says which. When a job that had written fails, the group ends there: all is rolled back and each job runs
/// again in a transaction of its own, so only the guilty one fails.
void run_in_group(SqliteConnection& connection, FunctionRef<Job*()> next, Health& health);

}  // namespace aftercare::db
