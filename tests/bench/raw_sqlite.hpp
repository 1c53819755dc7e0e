#pragma once
#include <sqlite3.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <semaphore>
#include <thread>

#include "bench/recording.hpp"

namespace aftercare::bench {

/// The sqlite3 C API and nothing else, set up as the service sets up its writing connection. One thread at a time.
class RawSqlite {
   public:
    RawSqlite(const std::string& path, const std::vector<std::string>& texts);
    ~RawSqlite();
    RawSqlite(const RawSqlite&) = delete;
    RawSqlite& operator=(const RawSqlite&) = delete;

    void begin() { script("BEGIN IMMEDIATE"); }
    void commit() { script("COMMIT"); }
    void run(const Change& change);
    /// Runs one statement and reads every column of its rows.
    void run(const Step& step);

   private:
    void script(const char* text);
    [[noreturn]] void fail();

    sqlite3* db_ = nullptr;
    std::vector<sqlite3_stmt*> statements_;
};

/// The barest group commit: callers queue, one thread writes what is queued (at most 64) in one transaction.
class RawGroup {
   public:
    explicit RawGroup(RawSqlite& database) : database_(database), thread_([this] { loop(); }) {}
    ~RawGroup();
    /// Returns when the change is durable.
    void run(const Change& change);

   private:
    struct Ticket {
        const Change& change;
        std::binary_semaphore done{0};
    };
    void loop();

    RawSqlite& database_;
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<Ticket*> queue_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace aftercare::bench
