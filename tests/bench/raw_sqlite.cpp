#include "bench/raw_sqlite.hpp"

#include <stdexcept>

namespace aftercare::bench {

RawSqlite::RawSqlite(const std::string& path, const std::vector<std::string>& texts) {
    if (sqlite3_open_v2(path.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK) fail();
    script("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -32768;"
           "PRAGMA mmap_size = 1099511627776; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 16000");
    for (const std::string& text : texts)
        if (sqlite3_prepare_v3(db_, text.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statements_.emplace_back(), nullptr) != SQLITE_OK) fail();
}

RawSqlite::~RawSqlite() {
    for (sqlite3_stmt* each : statements_) sqlite3_finalize(each);
    sqlite3_close(db_);
}

void RawSqlite::fail() { throw std::runtime_error(std::string("raw sqlite3: ") + sqlite3_errmsg(db_)); }

void RawSqlite::script(const char* text) {
    if (sqlite3_exec(db_, text, nullptr, nullptr, nullptr) != SQLITE_OK) fail();
}

void RawSqlite::run(const Change& change) {
    for (const Step& step : change) run(step);
}

void RawSqlite::run(const Step& step) {
    sqlite3_stmt* const statement = statements_[step.text];
    for (int i = 0; i < static_cast<int>(step.values.size()); ++i) {
        const Bound& value = step.values[static_cast<std::size_t>(i)];
        if (const auto* integer = std::get_if<std::int64_t>(&value)) sqlite3_bind_int64(statement, i + 1, *integer);
        else if (const auto* text = std::get_if<std::string>(&value))
            sqlite3_bind_text64(statement, i + 1, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
        else sqlite3_bind_null(statement, i + 1);
    }
    int rc = SQLITE_OK;
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW)
        for (int column = 0; column < sqlite3_column_count(statement); ++column) {
            sqlite3_column_text(statement, column);
            sqlite3_column_bytes(statement, column);
        }
    if (rc != SQLITE_DONE) fail();
    sqlite3_reset(statement);
}

RawGroup::~RawGroup() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    arrived_.notify_one();
    thread_.join();
}

void RawGroup::run(const Change& change) {
    Ticket ticket{change};
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back(&ticket);
    }
    arrived_.notify_one();
    ticket.done.acquire();
}

void RawGroup::loop() {
    constexpr std::size_t kLimit = 64;
    std::vector<Ticket*> group;
    while (true) {
        {
            std::unique_lock lock(mutex_);
            arrived_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
            if (queue_.empty()) return;
            while (!queue_.empty() && group.size() < kLimit) {
                group.push_back(queue_.front());
                queue_.pop_front();
            }
        }
        database_.begin();
        for (const Ticket* each : group) database_.run(each->change);
        database_.commit();
        for (Ticket* each : group) each->done.release();
        group.clear();
    }
}

}  // namespace aftercare::bench
