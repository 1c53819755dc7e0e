#pragma once
#include "db/group.hpp"
#include "db/pool.hpp"
#include "db/postgres.hpp"

namespace aftercare::db {

/// PostgreSQL: every change and read runs on the caller's thread with a pooled connection.
class PostgresDatabase final : public Database {
   public:
    explicit PostgresDatabase(const Options& options);

    Engine engine() const override { return Engine::postgres; }
    void read(FunctionRef<void(Connection&)> job) override;
    void run_group(std::span<Job> jobs) override;
    std::optional<std::string> failure() const override { return health_.reason(); }
    std::int64_t foreign_version() override { return 0; }
    void checkpoint() override {}
    void cut_log() override {}
    const Counters& counters() const override { return counters_; }

   protected:
    void attempt(Lane lane, ChangeFn job) override;

   private:
    Counters counters_;
    Health health_;
    Pool<PostgresConnection> pool_;
};

}  // namespace aftercare::db
