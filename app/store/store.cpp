#include "store/store.hpp"

#include "sql/machinery.hpp"

namespace aftercare::store {
namespace {

constexpr int kAsks = 3;  // after a COMMIT whose end was not heard
constexpr std::string_view kUnknown = "commit_unknown";

}  // namespace

std::optional<Error> Store::guarded(const std::function<void()>& body) {
    try {
        body();
        return std::nullopt;
    } catch (const db::DbError& error) {
        switch (error.kind) {
            case db::DbErrorKind::unique:
                return Error{ErrorKind::conflict, "already_taken", {}, {}, {{"what", error.constraint}}, error.what()};
            case db::DbErrorKind::commit_unknown:
                return Error{ErrorKind::unavailable, std::string(kUnknown), {}, {}, {}, error.what()};
            case db::DbErrorKind::full:
                return Error{ErrorKind::unavailable, "disk_full", {}, {}, {}, error.what()};
            case db::DbErrorKind::readonly:
                return Error{ErrorKind::unavailable, "read_only", {}, {}, {}, error.what()};
            case db::DbErrorKind::overloaded:
                return Error{ErrorKind::unavailable, "overloaded", {}, {}, {}, error.what()};
            case db::DbErrorKind::foreign_key:
            case db::DbErrorKind::check:
                throw;  // the schema caught a mistake of ours: a bug, shown as one
            default:
                return Error{ErrorKind::unavailable, "database_unavailable", {}, {}, {}, error.what()};
        }
    }
}

std::optional<Error> Store::committed(bool repeatable, const std::function<void()>& body) {
    auto failed = guarded(body);
    for (int asked = 0; repeatable && failed && failed->code == kUnknown && asked < kAsks; ++asked) {
        auto again = guarded(body);
        // A database that cannot be reached says nothing about the COMMIT before.
        if (!again || again->kind != ErrorKind::unavailable) return again;
    }
    return failed;
}

Result<std::optional<std::string>> Store::stored_answer(Tx& tx, const Guard& guard) {
    std::optional<std::string> answer;
    bool other_body = false;
    tx.run(sql::machinery::find_answer, {{"principal", guard.principal}, {"key", guard.idempotency_key}},
           [&](const db::Row& row) {
               other_body = row.text(0) != guard.body_hash;
               answer = row.text(1);
           });
    if (other_body) return fail(ErrorKind::invalid, "idempotency_key_reused");
    return answer;
}

void Store::keep_answer(Tx& tx, const Guard& guard, const std::string& answer) {
    tx.write(sql::machinery::keep_answer, {{"principal", guard.principal},
                                           {"key", guard.idempotency_key},
                                           {"body_hash", guard.body_hash},
                                           {"answer", answer},
                                           {"at", guard.now.ms}});
}

std::int64_t forget_answers(Tx& tx, Instant before, std::int64_t limit) {
    return tx.run(sql::machinery::forget_answers, {{"before", before.ms}, {"limit", limit}});
}

Result<std::string> Store::next_case_number() {
    const std::scoped_lock lock(number_lock_);
    if (next_number_ == number_end_) {
        std::int64_t end = 0;
        auto failed = committed(true, [&] {  // a block taken twice is a gap
            db_.change(db::Lane::people, [&](Tx& tx) {
                tx.run(sql::machinery::take_numbers, {{"name", "case_number"}}, [&](const db::Row& row) { end = row.integer(0); });
                return true;
            });
        });
        if (failed) return fail(std::move(*failed));
        number_end_ = end;
        next_number_ = end - 100;
    }
    return std::to_string(++next_number_);
}

}  // namespace aftercare::store
