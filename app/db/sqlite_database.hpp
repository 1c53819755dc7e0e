#pragma once
#include "db/pool.hpp"
#include "db/writer.hpp"

namespace aftercare::db {

/// SQLite: one writing connection behind the writer, a pool of reading ones, a checkpoint thread. With
/// `inline_writer` the caller's thread writes; ":memory:" has one connection that also reads.
class SqliteDatabase final : public Database {
   public:
    explicit SqliteDatabase(const Options& options);
    ~SqliteDatabase() override;

    Engine engine() const override { return Engine::sqlite; }
    void read(FunctionRef<void(Connection&)> job) override;
    void run_group(std::span<Job> jobs) override;
    std::optional<std::string> failure() const override { return health_.reason(); }
    std::int64_t foreign_version() override;
    void checkpoint() override { checkpoint(SQLITE_CHECKPOINT_PASSIVE); }
    void cut_log() override { checkpoint(SQLITE_CHECKPOINT_TRUNCATE); }
    const Counters& counters() const override { return counters_; }

   protected:
    void attempt(Lane lane, ChangeFn job) override;

   private:
    void checkpoint(int mode);
    void after_commit(int wal_pages);
    void checkpoint_loop();

    Options options_;
    bool memory_;
    Counters counters_;
    Health health_;
    SqliteConnection main_;
    std::mutex inline_mutex_;                    // main_ without a writer thread
    std::atomic<std::thread::id> inline_owner_;  // to say "nested" instead of hanging
    Pool<SqliteConnection> readers_;
    std::optional<Writer> writer_;

    int wal_pages_ = 0, checkpoint_at_;  // the writing thread's
    std::mutex checkpoint_mutex_;
    std::condition_variable checkpoint_due_;
    bool stopping_ = false;
    enum class Pass { none, wanted, ended };
    std::atomic<Pass> pass_{Pass::none};
    std::thread checkpointer_;
};

}  // namespace aftercare::db
