#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "db/error.hpp"

namespace aftercare::db {

/// Connections made when first needed, at most `limit`; the last one given back goes out first (its caches are warm).
template <class C>
class Pool {
   public:
    using Make = std::function<std::unique_ptr<C>()>;
    Pool(int limit, std::chrono::milliseconds timeout, Make make) : free_(limit), timeout_(timeout), make_(std::move(make)) {}

    /// A borrowed connection, given back at the end of the scope unless `discard` was called.
    class Borrowed {
       public:
        Borrowed(Pool& pool, std::unique_ptr<C> connection) : pool_(pool), connection_(std::move(connection)) {}
        ~Borrowed() { pool_.give_back(std::move(connection_)); }
        Borrowed(const Borrowed&) = delete;
        Borrowed& operator=(const Borrowed&) = delete;
        C& operator*() { return *connection_; }
        C* operator->() { return connection_.get(); }
        void discard() { connection_.reset(); }

       private:
        Pool& pool_;
        std::unique_ptr<C> connection_;
    };

    /// Waits for a free one; DbError `overloaded` after the timeout. `usable` may turn down a kept one.
    template <class Usable>
    Borrowed borrow(Usable usable) {
        std::unique_ptr<C> connection = take();
        if (connection && !usable(*connection)) connection.reset();
        if (connection) return Borrowed(*this, std::move(connection));
        try {
            connection = make_();
        } catch (...) {
            give_back(nullptr);
            throw;
        }
        return Borrowed(*this, std::move(connection));
    }

   private:
    std::unique_ptr<C> take() {
        std::unique_lock lock(mutex_);
        if (!returned_.wait_for(lock, timeout_, [&] { return free_ > 0; }))
            throw DbError(DbErrorKind::overloaded, "no database connection became free in time");
        --free_;
        if (kept_.empty()) return nullptr;
        auto connection = std::move(kept_.back());
        kept_.pop_back();
        return connection;
    }
    void give_back(std::unique_ptr<C> connection) {
        {
            const std::lock_guard lock(mutex_);
            if (connection) kept_.push_back(std::move(connection));
            ++free_;
        }
        returned_.notify_one();
    }

    std::mutex mutex_;
    std::condition_variable returned_;
    int free_;
    std::vector<std::unique_ptr<C>> kept_;
    std::chrono::milliseconds timeout_;
    Make make_;
};

}  // namespace aftercare::db
