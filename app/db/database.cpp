#include "db/database.hpp"

#include <thread>

#include "db/postgres_database.hpp"
#include "db/sqlite_database.hpp"

namespace aftercare::db {

namespace {

constexpr int kAttempts = 4;  // the first and three more

// 2 to 10 ms, then twice and three times that; spread by a counter, since chance belongs to env.
std::chrono::microseconds pause(int attempt) {
    static std::atomic<std::uint32_t> calls{0};
    const std::uint32_t spread = (calls.fetch_add(1, std::memory_order_relaxed) * 2'654'435'761u) >> 19;  // 0 to 8,191
    return std::chrono::microseconds((2'000 + spread) * static_cast<std::uint32_t>(attempt));
}

}  // namespace

std::unique_ptr<Database> Database::open(const Options& options) {
    if (options.url.starts_with("postgresql://") || options.url.starts_with("postgres://"))
        return std::make_unique<PostgresDatabase>(options);
    return std::make_unique<SqliteDatabase>(options);
}

void Database::change(Lane lane, ChangeFn job) {
    for (int tried = 1;; ++tried) {
        try {
            return attempt(lane, job);
        } catch (const DbError& error) {
            if (!retryable(error) || tried == kAttempts) throw;
        }
        std::this_thread::sleep_for(pause(tried));
    }
}

}  // namespace aftercare::db
