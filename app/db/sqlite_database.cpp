#include "db/sqlite_database.hpp"

namespace aftercare::db {

namespace {

constexpr Query kDataVersion = Query::both("data_version", "PRAGMA data_version");

int reader_count(const Options& options) {
    if (options.connections > 0) return options.connections;
    return 2 * static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
}

// Holds main_ for this thread where there is no writer thread.
class InlineTurn {
   public:
    InlineTurn(std::mutex& mutex, std::atomic<std::thread::id>& owner) : mutex_(mutex), owner_(owner) {
        if (owner_ == std::this_thread::get_id()) throw std::logic_error("a read or change inside a change");
        mutex_.lock();
        owner_ = std::this_thread::get_id();
    }
    ~InlineTurn() {
        owner_ = std::thread::id{};
        mutex_.unlock();
    }
    InlineTurn(const InlineTurn&) = delete;
    InlineTurn& operator=(const InlineTurn&) = delete;

   private:
    std::mutex& mutex_;
    std::atomic<std::thread::id>& owner_;
};

void read_once(SqliteConnection& connection, FunctionRef<void(Connection&)> job) {
    connection.begin_read();
    try {
        job(connection);
        connection.commit();
    } catch (...) {
        connection.rollback();
        throw;
    }
}

}  // namespace

SqliteDatabase::SqliteDatabase(const Options& options)
    : options_(options),
      memory_(options.url == ":memory:"),
      counters_{.observer = options.observer},
      main_(options.url, SqliteRole::writer, options.busy_timeout, counters_),
      readers_(reader_count(options), options.queue_timeout, [this] {
          return std::make_unique<SqliteConnection>(options_.url, SqliteRole::reader, options_.busy_timeout, counters_);
      }),
      checkpoint_at_(options.checkpoint_pages) {
    if (memory_ || options.inline_writer) {
        sqlite3_wal_autocheckpoint(main_.handle(), options_.checkpoint_pages);
        return;
    }
    const auto committed = [](void* self, sqlite3*, const char*, int pages) {
        static_cast<SqliteDatabase*>(self)->after_commit(pages);
        return SQLITE_OK;
    };
    sqlite3_wal_hook(main_.handle(), committed, this);  // instead of an automatic checkpoint on the writer
    writer_.emplace(main_, options, health_);
    checkpointer_ = std::thread([this] { checkpoint_loop(); });
}

SqliteDatabase::~SqliteDatabase() {
    writer_.reset();
    {
        const std::lock_guard lock(checkpoint_mutex_);
        stopping_ = true;
    }
    checkpoint_due_.notify_one();
    if (checkpointer_.joinable()) checkpointer_.join();
}

void SqliteDatabase::read(FunctionRef<void(Connection&)> job) {
    if (memory_) {
        const InlineTurn turn(inline_mutex_, inline_owner_);
        return read_once(main_, job);
    }
    auto reader = readers_.borrow([](SqliteConnection&) { return true; });
    read_once(*reader, job);
}

void SqliteDatabase::attempt(Lane lane, ChangeFn job) {
    Job member{job};
    if (writer_) {
        writer_->run(lane, member);
    } else {
        run_group({&member, 1});
    }
    if (member.error) std::rethrow_exception(member.error);
}

void SqliteDatabase::run_group(std::span<Job> jobs) {
    if (writer_) throw std::logic_error("run_group needs an inline writer");
    const InlineTurn turn(inline_mutex_, inline_owner_);
    std::size_t at = 0;
    while (at < jobs.size()) run_in_group(main_, [&] { return at < jobs.size() ? &jobs[at++] : nullptr; }, health_);
}

std::int64_t SqliteDatabase::foreign_version() {
    std::int64_t version = 0;
    change(Lane::people, [&](Connection& connection) {  // on main_: its own commits do not move the number
        connection.run(kDataVersion, {}, [&](const Row& row) { version = row.integer(0); });
        return false;
    });
    return version;
}

void SqliteDatabase::checkpoint(int mode) {
    if (memory_) return;
    SqliteConnection connection(options_.url, SqliteRole::checkpointer, options_.busy_timeout, counters_);
    const int rc = sqlite3_wal_checkpoint_v2(connection.handle(), "main", mode, nullptr, nullptr);
    if (rc != SQLITE_OK && rc != SQLITE_BUSY) throw sqlite_error(connection.handle(), "checkpoint");
}

// On the writing thread. A pass of the checkpoint thread cannot reach the end of a WAL that grows meanwhile, so under
// unbroken load the WAL would never start over: then the writer itself copies what the last pass left.
void SqliteDatabase::after_commit(int wal_pages) {
    if (wal_pages < wal_pages_) checkpoint_at_ = options_.checkpoint_pages;  // it has started over
    wal_pages_ = wal_pages;
    if (pass_ == Pass::ended) {
        if (wal_pages >= 4 * options_.checkpoint_pages)
            sqlite3_wal_checkpoint_v2(main_.handle(), "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
        checkpoint_at_ = wal_pages + options_.checkpoint_pages;
        pass_ = Pass::none;
    } else if (pass_ == Pass::none && wal_pages >= checkpoint_at_) {
        const std::lock_guard lock(checkpoint_mutex_);
        pass_ = Pass::wanted;
        checkpoint_due_.notify_one();
    }
}

void SqliteDatabase::checkpoint_loop() {
    std::unique_lock lock(checkpoint_mutex_);
    while (true) {
        checkpoint_due_.wait(lock, [&] { return stopping_ || pass_ == Pass::wanted; });
        if (stopping_) return;
        lock.unlock();
        try {
            checkpoint();
        } catch (const DbError& error) {
            health_.note(error);  // the WAL grows; a later commit asks again
        }
        pass_ = Pass::ended;
        lock.lock();
    }
}

}  // namespace aftercare::db
