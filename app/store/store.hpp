#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/base/result.hpp>
#include <aftercare/codec/codec.hpp>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "db/database.hpp"

/// Rows ↔ words. Two doors, `read` and `change` (architecture.md, section 16); one file per noun beside this one, whose
/// functions take a Tx. DbError ends here: a door turns it into an Error.
namespace aftercare::store {

/// A transaction as the nouns see it: reads in a `read`, reads and writes in a `change`. Never kept after the callback.
using Tx = db::Connection;

/// What a caller promises about a change. An empty key: no idempotency. `body_hash` covers route and body.
struct Guard {
    std::string principal;
    std::string idempotency_key;
    std::string body_hash;
    std::optional<std::int64_t> expected_version;
    Instant now;  ///< taken once, by the caller
};

/// After a commit: something changed. Data-free; the reader asks again.
struct Hint {
    std::string topic;  ///< "case", "order", "customer", "import", "connector", "parcel", "outbox", "revisit", "plan", "calendar"
    std::string id;
    ShopId shop_id;
    std::int64_t version = 0;
};

/// Thread safe. `on_commit` runs on the committing thread after COMMIT; keep it short.
class Store {
   public:
    explicit Store(db::Database& database) : db_(database) {}

    std::function<void(const Hint&)> on_commit;

    /// One snapshot: `fn(Tx&) -> Result<T>`. DbError becomes `unavailable`.
    template <class Fn>
    auto read(Fn&& fn) -> std::invoke_result_t<Fn, Tx&> {
        std::optional<std::invoke_result_t<Fn, Tx&>> result;
        auto failed = guarded([&] { db_.read([&](Tx& tx) { result.emplace(fn(tx)); }); });
        if (failed) return aftercare::fail(std::move(*failed));
        return std::move(*result);
    }

    /// One change with its idempotency key: `fn(Tx&) -> Result<T>`. An Error undoes everything; an accepted answer is kept
    /// under the key for 24 h (T needs encode/decode). `fn` may run again: no effect but SQL. `hold` takes row locks before
    /// the key is looked up, so that the second of two equal keys waits and then finds the answer. A COMMIT nobody heard the
    /// end of is asked about by its key; without one, or when it stays so, the Error is `unavailable` "commit_unknown".
    template <class Fn>
    auto change(const Guard& guard, Fn&& fn, const std::function<void(Tx&)>& hold = {}, db::Lane lane = db::Lane::people)
        -> std::invoke_result_t<Fn, Tx&> {
        using R = std::invoke_result_t<Fn, Tx&>;
        std::optional<R> result;
        auto failed = committed(!guard.idempotency_key.empty(), [&] {
            db_.change(lane, [&](Tx& tx) {
                if (hold) hold(tx);
                result.emplace(once<typename R::value_type>(tx, guard, fn));
                return result->has_value();
            });
        });
        if (failed) return aftercare::fail(std::move(*failed));
        return std::move(*result);
    }

    void hint(const Hint& hint) const {
        if (on_commit) on_commit(hint);
    }
    db::Database& database() { return db_; }
    /// After an erasure: `Database::cut_log`. What it met, when it could not: the next checkpoints do it then.
    std::optional<Error> cut_log() {
        return guarded([&] { db_.cut_log(); });
    }

    /// The next case number, from a block of 100 taken in a transaction of its own; gaps are fine. Not inside a change.
    Result<std::string> next_case_number();

   private:
    template <class T, class Fn>
    Result<T> once(Tx& tx, const Guard& guard, Fn& fn) {
        if (guard.idempotency_key.empty()) return fn(tx);
        AC_TRY(auto stored, stored_answer(tx, guard));
        if (stored) return decode<T>(*stored);
        auto answer = fn(tx);
        if (answer) keep_answer(tx, guard, encode<T>(*answer));
        return answer;
    }
    /// Runs `body`; a DbError comes back as an Error (unique → conflict, the rest → unavailable).
    static std::optional<Error> guarded(const std::function<void()>& body);
    /// The same for a change. `repeatable`: after an unknown COMMIT the body runs again, a few times.
    static std::optional<Error> committed(bool repeatable, const std::function<void()>& body);
    static Result<std::optional<std::string>> stored_answer(Tx& tx, const Guard& guard);
    static void keep_answer(Tx& tx, const Guard& guard, const std::string& answer);

    db::Database& db_;
    std::mutex number_lock_;
    std::int64_t next_number_ = 0, number_end_ = 0;
};

/// Deletes answers kept before that, oldest first, at most `limit`; how many it were.
std::int64_t forget_answers(Tx&, Instant before, std::int64_t limit);

}  // namespace aftercare::store
