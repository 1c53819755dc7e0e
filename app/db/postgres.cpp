#include "db/postgres.hpp"

#include <poll.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace aftercare::db {

namespace {

constexpr std::size_t kMostPending = 256;  // so that answers of a bulk job do not pile up

class PostgresRow final : public Row {
   public:
    PostgresRow(const PGresult* result, int row) : result_(result), row_(row) {}
    int size() const override { return PQnfields(result_); }
    std::string_view column_name(int column) const override { return PQfname(result_, column); }
    bool is_null(int column) const override { return PQgetisnull(result_, row_, column) != 0; }
    std::int64_t integer(int column) const override {
        const std::string_view digits = text(column);
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        const bool whole = error == std::errc{} && end == digits.data() + digits.size();
        if (!whole && !is_null(column))
            throw DbError(DbErrorKind::other, "column " + std::string(column_name(column)) + " is not an integer");
        return value;
    }
    std::string_view text(int column) const override {
        return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
    }

   private:
    const PGresult* result_;
    int row_;
};

DbErrorKind kind_of(std::string_view state) {
    struct Known {
        std::string_view state;
        DbErrorKind kind;
    };
    static constexpr Known kKnown[] = {
        {"23505", DbErrorKind::unique},        {"23503", DbErrorKind::foreign_key}, {"23502", DbErrorKind::check},
        {"23514", DbErrorKind::check},         {"22P02", DbErrorKind::check},       {"22003", DbErrorKind::check},
        {"40001", DbErrorKind::serialization}, {"40P01", DbErrorKind::deadlock},    {"55P03", DbErrorKind::busy},
        {"53100", DbErrorKind::full},          {"25006", DbErrorKind::readonly},    {"53300", DbErrorKind::overloaded},
        {"XX001", DbErrorKind::corrupt},       {"XX002", DbErrorKind::corrupt},
    };
    for (const Known& each : kKnown)
        if (each.state == state) return each.kind;
    if (state.starts_with("08") || state.starts_with("57P")) return DbErrorKind::lost;
    return DbErrorKind::other;
}

std::string field(const PGresult* result, int code) {
    const char* text = PQresultErrorField(result, code);
    return text ? text : "";
}

std::string one_line(std::string text) {
    while (!text.empty() && text.back() == '\n') text.pop_back();
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

bool returns_rows(std::string_view sql) {
    bool found = false;
    scan(sql, [&](std::string_view piece, bool code) {
        std::string upper(piece);
        std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
        found = found || (code && upper.find("RETURNING") != upper.npos);
    });
    return found;
}

}  // namespace

std::string guarded_text(const Plan& plan) {
    return "WITH ac_changed AS (" + plan.text + (returns_rows(plan.text) ? "" : " RETURNING 1") +
           ") SELECT 1 / (CASE WHEN count(*) = $" + std::to_string(plan.slots.size() + 1) + " THEN 1 ELSE 0 END) FROM ac_changed";
}

PostgresConnection::PostgresConnection(const std::string& url, std::chrono::milliseconds lock_timeout, Counters& counters)
    : connection_(PQconnectdb(url.c_str())), counters_(counters) {
    PGconn* const connection = connection_.get();
    if (lost()) throw DbError(DbErrorKind::lost, "cannot reach the database server: " + one_line(PQerrorMessage(connection)));
    PQsetNoticeProcessor(connection, [](void*, const char*) {}, nullptr);
    const std::string setup = "SET client_encoding = 'UTF8'; SET lock_timeout = " + std::to_string(lock_timeout.count());
    const Result result(PQexec(connection, setup.c_str()));
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) throw error_of({}, result.get());
    if (PQenterPipelineMode(connection) != 1) throw lost_error(false);
}

DbError PostgresConnection::error_of(const Pending& pending, const PGresult* result) const {
    const std::string state = field(result, PG_DIAG_SQLSTATE);
    const std::string what = pending.what.empty() ? "PostgreSQL" : std::string(pending.what);
    if (pending.kind == Kind::guarded && state == "22012")
        return DbError(DbErrorKind::serialization, what + ": not the expected number of rows changed");
    return DbError(kind_of(state), what + ": " + one_line(PQresultErrorMessage(result)), field(result, PG_DIAG_CONSTRAINT_NAME),
                   field(result, PG_DIAG_TABLE_NAME));
}

DbError PostgresConnection::lost_error(bool committing) const {
    const std::string why = one_line(PQerrorMessage(connection_.get()));
    if (committing) return DbError(DbErrorKind::commit_unknown, "the connection broke during COMMIT: " + why);
    return DbError(DbErrorKind::lost, "the connection to the database server is lost: " + why);
}

void PostgresConnection::begin(const char* sql) {
    pending_.clear();
    begin_sql_ = sql;
    open_ = failed_ = wrote_ = false;
}

void PostgresConnection::send_sql(const char* sql) {
    if (PQsendQueryParams(connection_.get(), sql, 0, nullptr, nullptr, nullptr, nullptr, 0) != 1) throw lost_error(false);
}

void PostgresConnection::send_sync() {
    if (PQpipelineSync(connection_.get()) != 1) throw lost_error(false);
}

void PostgresConnection::send(const Pending& pending) {
    PGconn* const connection = connection_.get();
    if (pending.sql) return send_sql(pending.sql);
    const PostgresStatement& statement = *pending.statement;
    int sent = 0;
    if (pending.kind == Kind::prepare) {
        sent = PQsendPrepare(connection, statement.name.c_str(), statement.plan.text.c_str(), 0, nullptr);
    } else {
        std::vector<const char*> values;
        for (const std::ptrdiff_t offset : pending.offsets) values.push_back(offset < 0 ? nullptr : pending.texts.data() + offset);
        sent = PQsendQueryPrepared(connection, statement.name.c_str(), static_cast<int>(values.size()), values.data(), nullptr, nullptr, 0);
    }
    if (sent != 1) throw lost_error(false);
}

PostgresConnection::Result PostgresConnection::next_result() { return Result(PQgetResult(connection_.get())); }

// The answers of ROLLBACKs and reading COMMITs that were not waited for.
void PostgresConnection::read_unread() {
    std::optional<DbError> error;
    for (; unread_ > 0; --unread_) {
        while (true) {
            const Result result = next_result();
            const auto status = PQresultStatus(result.get());
            if (result && status == PGRES_PIPELINE_SYNC) break;
            if (lost()) throw lost_error(false);
            if (result && status == PGRES_FATAL_ERROR) error = error_of({}, result.get());
        }
    }
    if (error) throw *error;
}

// Sends everything in one trip and reads an answer for each; throws what went wrong first.
std::vector<PostgresConnection::Result> PostgresConnection::exchange(std::vector<Pending>& sent) {
    const bool committing = sent.back().kind == Kind::commit;
    std::optional<DbError> error;
    // Once COMMIT may have gone out, only an error of ours before it says that it was skipped.
    const auto broken = [&] { return error && error->kind != DbErrorKind::lost ? *error : lost_error(committing); };
    try {
        for (const Pending& each : sent) send(each);
        send_sync();
    } catch (const DbError&) {
        throw broken();
    }
    counters_.round_trips.fetch_add(1, std::memory_order_relaxed);
    std::vector<Result> answers;
    for (Pending& each : sent) {
        Result answer = next_result();
        const auto status = PQresultStatus(answer.get());
        const bool good = answer && (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK);
        if (!good && status != PGRES_PIPELINE_ABORTED && !error) error = answer ? error_of(each, answer.get()) : lost_error(false);
        if (lost()) throw broken();
        if (each.kind == Kind::prepare && !good) each.statement->prepared = false;
        if (next_result()) throw DbError(DbErrorKind::other, std::string(each.what) + ": an unexpected second answer");
        answers.push_back(std::move(answer));
    }
    if (PQresultStatus(next_result().get()) != PGRES_PIPELINE_SYNC) throw broken();
    if (error) throw broken();
    return answers;
}

void PostgresConnection::deliver(const Pending& pending, const PGresult* result) {
    const std::string_view changed = PQcmdTuples(const_cast<PGresult*>(result));
    std::int64_t count = 0;
    std::from_chars(changed.data(), changed.data() + changed.size(), count);
    if (pending.count) *pending.count = count;
    const std::string_view tag = PQcmdStatus(const_cast<PGresult*>(result));
    if (count > 0 && !tag.starts_with("SELECT")) wrote_ = true;
    if (pending.kind == Kind::guarded) wrote_ = true;
    if (!pending.for_each) return;
    for (int row = 0; row < PQntuples(result); ++row) pending.for_each(PostgresRow(result, row));
}

void PostgresConnection::flush() {
    if (pending_.empty()) return;
    if (failed_) throw DbError(DbErrorKind::other, "a change went on after one of its statements had failed");
    std::vector<Pending> sent;
    sent.swap(pending_);
    if (begin_sql_ && !open_) {
        Pending first;
        first.kind = Kind::begin;
        first.sql = begin_sql_;
        sent.insert(sent.begin(), std::move(first));
        open_ = true;
    }
    std::vector<Result> answers;
    try {
        answers = exchange(sent);
    } catch (...) {
        failed_ = true;
        throw;
    }
    for (std::size_t i = 0; i < sent.size(); ++i) deliver(sent[i], answers[i].get());
}

void PostgresConnection::queue(PostgresStatement& statement, Kind kind, const Query& query, Args args, std::int64_t expect, Pending pending) {
    if (failed_) throw DbError(DbErrorKind::other, "a change went on after one of its statements had failed");
    std::size_t hint = 0;
    std::vector<Value> seen;
    for (const Slot& slot : statement.plan.slots) {
        const Value value = resolve(slot, args, hint, query.name);
        if (counters_.observer) seen.push_back(value);
        pending.offsets.push_back(std::holds_alternative<std::nullptr_t>(value) ? -1 : static_cast<std::ptrdiff_t>(pending.texts.size()));
        if (const auto* integer = std::get_if<std::int64_t>(&value)) pending.texts += std::to_string(*integer);
        if (const auto* text = std::get_if<std::string_view>(&value)) pending.texts += *text;
        pending.texts += '\0';
    }
    if (statement.name.empty()) {
        statement.name = "q" + std::to_string(++names_);
        if (kind == Kind::guarded) statement.plan.text = guarded_text(statement.plan);
    }
    if (kind == Kind::guarded) {
        pending.offsets.push_back(static_cast<std::ptrdiff_t>(pending.texts.size()));
        pending.texts += std::to_string(expect);
        seen.emplace_back(expect);
    }
    if (counters_.observer) counters_.observer(statement.plan.text, seen);
    pending.kind = kind;
    pending.what = query.name;
    pending.statement = &statement;
    if (!statement.prepared) {
        Pending first;
        first.kind = Kind::prepare;
        first.what = query.name;
        first.statement = &statement;
        pending_.push_back(std::move(first));
        statement.prepared = true;
    }
    pending_.push_back(std::move(pending));
    counters_.statements.fetch_add(1, std::memory_order_relaxed);
}

std::int64_t PostgresConnection::run(const Query& query, Args args, RowFn for_each) {
    std::int64_t count = 0;
    Pending pending;
    pending.count = &count;
    if (for_each) pending.for_each = for_each;
    queue(cache_.find(query, Engine::postgres, args), Kind::query, query, args, -1, std::move(pending));
    flush();
    return count;
}

void PostgresConnection::write(const Query& query, Args args, std::int64_t expect) {
    const bool guarded = expect >= 0;
    auto& cache = guarded ? guarded_cache_ : cache_;
    queue(cache.find(query, Engine::postgres, args), guarded ? Kind::guarded : Kind::query, query, args, expect, {});
    if (pending_.size() >= kMostPending) flush();
}

void PostgresConnection::later(const Query& query, Args args, std::function<void(const Row&)> for_each) {
    Pending pending;
    pending.for_each = std::move(for_each);
    queue(cache_.find(query, Engine::postgres, args), Kind::query, query, args, -1, std::move(pending));
}

void PostgresConnection::prepare(const Query& query) {
    PostgresStatement& statement = cache_.find(query, Engine::postgres, {});
    if (statement.prepared) return;
    statement.name = "q" + std::to_string(++names_);
    statement.prepared = true;
    Pending pending;
    pending.kind = Kind::prepare;
    pending.what = query.name;
    pending.statement = &statement;
    pending_.push_back(std::move(pending));
    flush();
}

void PostgresConnection::commit() {
    if (failed_) throw DbError(DbErrorKind::other, "a change went on after one of its statements had failed");
    if (!open_ && pending_.empty()) return;
    Pending last;
    last.kind = Kind::commit;
    last.what = "COMMIT";
    last.sql = "COMMIT";
    pending_.push_back(std::move(last));
    flush();
    open_ = false;
    if (wrote_) counters_.commits.fetch_add(1, std::memory_order_relaxed);
}

void PostgresConnection::end_unread(const char* sql) {
    for (const Pending& each : pending_)
        if (each.kind == Kind::prepare) each.statement->prepared = false;
    pending_.clear();
    if (open_ && !lost()) {
        send_sql(sql);
        send_sync();
        ++unread_;
    }
    open_ = failed_ = false;
    begin_sql_ = nullptr;
}

bool PostgresConnection::usable() {
    if (lost()) return false;
    try {
        read_unread();
    } catch (const DbError&) {
        return false;
    }
    pollfd ready{PQsocket(connection_.get()), POLLIN, 0};
    if (poll(&ready, 1, 0) <= 0) return true;
    return PQconsumeInput(connection_.get()) == 1 && !lost();  // a notice, or the end of the connection
}

void PostgresConnection::execute_script(std::string_view text) {
    if (begin_sql_ && !open_) {
        Pending first;
        first.sql = begin_sql_;
        first.kind = Kind::begin;
        pending_.insert(pending_.begin(), std::move(first));
        open_ = true;
    }
    flush();
    PGconn* const connection = connection_.get();
    if (PQexitPipelineMode(connection) != 1) throw lost_error(false);
    const Result result(PQexec(connection, std::string(text).c_str()));
    counters_.statements.fetch_add(1, std::memory_order_relaxed);
    wrote_ = true;
    const bool good = PQresultStatus(result.get()) == PGRES_COMMAND_OK || PQresultStatus(result.get()) == PGRES_TUPLES_OK;
    if (lost() || PQenterPipelineMode(connection) != 1) throw lost_error(false);
    if (good) return;
    failed_ = true;
    throw error_of({}, result.get());
}

}  // namespace aftercare::db
