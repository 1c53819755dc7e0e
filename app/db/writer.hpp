#pragma once
#include <atomic>
#include <bitset>
#include <condition_variable>
#include <deque>
#include <semaphore>
#include <thread>

#include "db/group.hpp"

namespace aftercare::db {

/// How busy the callers are: who came, and how often, in the last moments. Guarded by the writer's mutex.
class Rhythm {
   public:
    using Time = std::chrono::steady_clock::time_point;
    void note_arrival(Time now);
    /// How large a group of `taken` jobs should become in the time it has `left`: half of the threads at work, if so many can
    /// be expected; else 0. On a fast disk groups would otherwise stay small, and each commit has its price in CPU too.
    std::size_t worth_waiting_for(std::size_t taken, Time now, std::chrono::microseconds left) const;

   private:
    struct Window {
        std::bitset<256> threads;  // by hash
        std::int64_t arrivals = 0;
    };
    Time began_{};
    Window before_, now_;
};

/// One at a time writes to a SQLite file. Callers queue a job and wait; what is queued is committed together, at most 64 jobs
/// or 10 ms of work. Whoever finds nobody at work runs the group on its own thread, which spares two changes of thread; what is
/// left then is the writer thread's. A bulk job is alone in its group and gets a turn at least after each ten groups.
class Writer {
   public:
    Writer(SqliteConnection& connection, const Options& options, Health& health);
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// Returns when the job's fate is sealed. DbError `overloaded`: 1,024 are waiting, or it waited too long; it did not run.
    void run(Lane lane, Job& job);

   private:
    using Time = std::chrono::steady_clock::time_point;
    struct Ticket {
        Job& job;
        Time deadline;
        std::binary_semaphore sealed{0};
    };
    using Queue = std::deque<Ticket*>;

    void loop();
    void leave();
    void run_one_group(bool bulk) noexcept;
    Ticket* take(bool bulk);
    bool more_will_come(std::size_t taken, Time started);

    SqliteConnection& connection_;
    Health& health_;
    const std::size_t group_limit_;
    const std::chrono::milliseconds queue_timeout_;
    std::mutex mutex_;
    std::condition_variable work_;     // the writer thread waits for it
    std::condition_variable company_;  // whoever runs a group waits for it
    Queue people_, bulk_;
    Rhythm rhythm_;
    std::size_t wake_at_ = 1;  // how many people's jobs are company enough
    bool running_ = false;     // somebody runs a group; only that thread touches connection_
    bool stopping_ = false;
    std::atomic<std::thread::id> runner_{};
    std::thread thread_;  // last: it uses everything above
};

}  // namespace aftercare::db
