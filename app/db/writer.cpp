#include "db/writer.hpp"

namespace aftercare::db {

namespace {

constexpr std::size_t kGroupLimit = 64;
constexpr std::chrono::milliseconds kGroupTime{10};  // of work while others wait: who is left for the next group waits for two commits
constexpr std::chrono::milliseconds kPatience{2};    // for company that is expected
constexpr std::size_t kQueueLimit = 1'024;
constexpr int kGroupsBeforeBulk = 10;
constexpr std::chrono::milliseconds kWindow{10};

}  // namespace

void Rhythm::note_arrival(Time now) {
    if (now - began_ > kWindow) {
        before_ = now - began_ > 2 * kWindow ? Window{} : now_;
        now_ = {};
        began_ = now;
    }
    ++now_.arrivals;
    now_.threads.set(std::hash<std::thread::id>{}(std::this_thread::get_id()) % now_.threads.size());
}

std::size_t Rhythm::worth_waiting_for(std::size_t taken, Time now, std::chrono::microseconds left) const {
    if (left.count() <= 0 || now - began_ > 2 * kWindow) return 0;
    const std::size_t target = std::max(before_.threads.count(), now_.threads.count()) / 2;
    const std::int64_t arrivals = std::max(before_.arrivals, now_.arrivals);  // in at most one window
    const auto expected = static_cast<std::size_t>(arrivals * left / std::chrono::microseconds(kWindow));
    return taken + expected >= target ? target : 0;
}

Writer::Writer(SqliteConnection& connection, const Options& options, Health& health)
    : connection_(connection),
      health_(health),
      group_limit_(options.group_commit ? kGroupLimit : 1),
      queue_timeout_(options.queue_timeout),
      thread_([this] { loop(); }) {}

Writer::~Writer() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    work_.notify_one();
    thread_.join();
}

void Writer::run(Lane lane, Job& job) {
    if (runner_ == std::this_thread::get_id()) throw std::logic_error("a change inside a change");
    const Time now = std::chrono::steady_clock::now();
    Ticket ticket{job, now + queue_timeout_};
    bool leads = false;
    {
        const std::lock_guard lock(mutex_);
        if (people_.size() + bulk_.size() >= kQueueLimit) throw DbError(DbErrorKind::overloaded, "too many changes are waiting");
        (lane == Lane::people ? people_ : bulk_).push_back(&ticket);
        if (lane == Lane::people) rhythm_.note_arrival(now);
        leads = !running_ && lane == Lane::people && people_.size() == 1 && bulk_.empty();
        if (leads) running_ = true;
        else if (!running_) work_.notify_one();
        else if (people_.size() >= wake_at_) company_.notify_one();
    }
    if (leads) {
        run_one_group(false);
        leave();
    }
    ticket.sealed.acquire();
}

void Writer::leave() {
    const std::lock_guard lock(mutex_);
    running_ = false;
    if (stopping_ || !people_.empty() || !bulk_.empty()) work_.notify_one();
}

void Writer::loop() {
    int groups = 0;
    while (true) {
        std::unique_lock lock(mutex_);
        work_.wait(lock, [&] { return !running_ && (stopping_ || !people_.empty() || !bulk_.empty()); });
        if (people_.empty() && bulk_.empty()) return;
        running_ = true;
        const bool bulk = !bulk_.empty() && (people_.empty() || groups >= kGroupsBeforeBulk);
        lock.unlock();
        groups = bulk ? 0 : groups + 1;
        run_one_group(bulk);
        leave();
    }
}

Writer::Ticket* Writer::take(bool bulk) {
    const std::lock_guard lock(mutex_);
    Queue& queue = bulk ? bulk_ : people_;
    if (queue.empty()) return nullptr;
    Ticket* ticket = queue.front();
    queue.pop_front();
    return ticket;
}

// Waits a little for company when the queue is empty and the group still small for so many callers.
bool Writer::more_will_come(std::size_t taken, Time started) {
    std::unique_lock lock(mutex_);
    if (!people_.empty()) return true;
    const Time now = std::chrono::steady_clock::now();
    const auto left = std::chrono::duration_cast<std::chrono::microseconds>(kPatience - (now - started));
    const std::size_t target = std::min(rhythm_.worth_waiting_for(taken, now, left), group_limit_);
    if (taken >= target) return false;
    wake_at_ = target - taken;
    company_.wait_for(lock, left, [&] { return people_.size() >= wake_at_; });
    wake_at_ = 1;
    return !people_.empty();
}

void Writer::run_one_group(bool bulk) noexcept {
    runner_ = std::this_thread::get_id();
    const Time started = std::chrono::steady_clock::now();
    std::vector<Ticket*> taken;
    const std::size_t limit = bulk ? 1 : group_limit_;
    run_in_group(
        connection_,
        [&]() -> Job* {
            while (taken.size() < limit) {
                const Time now = std::chrono::steady_clock::now();
                if (!taken.empty() && now - started > kGroupTime) return nullptr;
                Ticket* ticket = take(bulk);
                if (!ticket && !bulk && !taken.empty() && more_will_come(taken.size(), started)) ticket = take(bulk);
                if (!ticket) return nullptr;
                taken.push_back(ticket);
                if (now <= ticket->deadline) return &ticket->job;
                ticket->job.error = std::make_exception_ptr(DbError(DbErrorKind::overloaded, "the change waited too long for its turn"));
            }
            return nullptr;
        },
        health_);
    runner_ = std::thread::id{};
    for (Ticket* ticket : taken) ticket->sealed.release();
}

}  // namespace aftercare::db
