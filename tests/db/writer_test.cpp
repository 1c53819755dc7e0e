#include <latch>
#include <thread>

#include "db/support.hpp"

namespace aftercare::db {

namespace {

// Occupies the writer until told otherwise, so that a queue can build up behind it.
class Blocked {
   public:
    explicit Blocked(Database& database)
        : thread_([&] {
              database.change(Lane::people, [&](Connection&) {
                  running_.count_down();
                  go_.wait();
                  return false;
              });
          }) {
        running_.wait();
    }
    ~Blocked() { release(); }
    void release() {
        if (!thread_.joinable()) return;
        go_.count_down();
        thread_.join();
    }

   private:
    std::latch running_{1}, go_{1};
    std::thread thread_;
};

void wait_ms(int ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }

}  // namespace

TEST_CASE("32 threads share commits: at most one fsync for eight changes") {
    const TempFolder folder;
    const auto database = migrated(sqlite_file(folder));
    constexpr int kThreads = 32, kEach = 100;
    const auto before = database->counters().commits.load();
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < kEach; ++i) {
                const std::string id = std::to_string(t) + "-" + std::to_string(i);
                change(*database, [&](Connection& connection) { insert_thing(connection, id); });
            }
        });
    for (auto& thread : threads) thread.join();
    const auto commits = database->counters().commits.load() - before;
    INFO("commits " << commits << " for " << kThreads * kEach << " changes");
    CHECK(all_ids(*database).size() == kThreads * kEach);
    CHECK(commits * 8 <= kThreads * kEach);
}

TEST_CASE("alone, a change runs on its caller's thread; behind another one, or in bulk, it does not") {
    const TempFolder folder;
    const auto database = migrated(sqlite_file(folder));
    const auto ran_here = [&](Lane lane) {
        std::thread::id ran;
        database->change(lane, [&](Connection&) {
            ran = std::this_thread::get_id();
            return false;
        });
        return ran == std::this_thread::get_id();
    };
    for (int i = 0; i < 3; ++i) CHECK(ran_here(Lane::people));
    CHECK_FALSE(ran_here(Lane::bulk));
    Blocked blocked(*database);
    bool here = true;
    std::thread behind([&] { here = ran_here(Lane::people); });
    wait_ms(50);
    blocked.release();
    behind.join();
    CHECK_FALSE(here);
    CHECK_THROWS_AS(database->change(Lane::people, [&](Connection&) { return ran_here(Lane::people); }), std::logic_error);
}

TEST_CASE("without group commit each change is a commit") {
    const TempFolder folder;
    auto options = sqlite_file(folder);
    options.group_commit = false;
    const auto database = migrated(options);
    const auto before = database->counters().commits.load();
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&, t] { change(*database, [&](Connection& c) { insert_thing(c, std::to_string(t)); }); });
    for (auto& thread : threads) thread.join();
    CHECK(database->counters().commits - before == 8);
}

TEST_CASE("people go before bulk work, which is alone in its group") {
    const TempFolder folder;
    const auto database = migrated(sqlite_file(folder));
    std::mutex mutex;
    std::vector<std::pair<char, std::int64_t>> order;
    std::vector<std::thread> threads;
    Blocked blocked(*database);
    const auto queue = [&](Lane lane, char mark) {
        threads.emplace_back([&, lane, mark] {
            database->change(lane, [&](Connection& connection) {
                const std::lock_guard lock(mutex);
                insert_thing(connection, std::string(1, mark) + std::to_string(order.size()));
                order.emplace_back(mark, connection.counters().commits);
                return true;
            });
        });
    };
    for (int i = 0; i < 2; ++i) queue(Lane::bulk, 'b');
    wait_ms(50);
    for (int i = 0; i < 5; ++i) queue(Lane::people, 'p');
    wait_ms(50);
    blocked.release();
    for (auto& thread : threads) thread.join();
    REQUIRE(order.size() == 7);
    for (int i = 0; i < 5; ++i) CHECK(order[static_cast<std::size_t>(i)].first == 'p');
    CHECK(order[5].second < order[6].second);  // a commit between the two bulk jobs
}

TEST_CASE("bulk work gets its turn among people without end") {
    const TempFolder folder;
    const auto database = migrated(sqlite_file(folder));
    std::atomic<bool> done{false};
    std::vector<std::thread> people;
    for (int t = 0; t < 4; ++t)
        people.emplace_back([&, t] {
            for (int i = 0; !done; ++i)
                change(*database, [&](Connection& c) { insert_thing(c, std::to_string(t) + "-" + std::to_string(i)); });
        });
    for (int i = 0; i < 5; ++i) database->change(Lane::bulk, [](Connection&) { return false; });
    done = true;
    for (auto& thread : people) thread.join();
    SUCCEED("five bulk jobs were served");
}

TEST_CASE("a full queue refuses at once and runs nothing") {
    const TempFolder folder;
    const auto database = migrated(sqlite_file(folder));
    std::vector<std::thread> threads;
    std::atomic<int> overloaded{0}, served{0};
    {
        Blocked blocked(*database);
        for (int i = 0; i < 1'034; ++i)
            threads.emplace_back([&] {
                try {
                    database->change(Lane::people, [&](Connection&) { return ++served, false; });
                } catch (const DbError& error) {
                    if (error.kind == DbErrorKind::overloaded) ++overloaded;
                }
            });
        for (int i = 0; i < 500 && overloaded < 10; ++i) wait_ms(10);
        CHECK(overloaded == 10);
        CHECK(served == 0);
    }
    for (auto& thread : threads) thread.join();
    CHECK(served == 1'024);
}

TEST_CASE("who waited too long is answered unrun") {
    const TempFolder folder;
    auto options = sqlite_file(folder);
    options.queue_timeout = std::chrono::milliseconds(20);
    const auto database = migrated(options);
    bool ran = false;
    std::optional<DbErrorKind> kind;
    Blocked blocked(*database);
    std::thread late([&] {
        try {
            change(*database, [&](Connection&) { ran = true; });
        } catch (const DbError& error) {
            kind = error.kind;
        }
    });
    wait_ms(60);
    blocked.release();
    late.join();
    CHECK(kind == DbErrorKind::overloaded);
    CHECK_FALSE(ran);
}

TEST_CASE("a change inside a change is a bug that says so") {
    const TempFolder folder;
    Options memory;
    memory.url = ":memory:";
    const auto threaded = migrated(sqlite_file(folder)), in_memory = migrated(memory);
    for (Database* database : {threaded.get(), in_memory.get()})
        CHECK_THROWS_AS(change(*database, [&](Connection&) { change(*database, [](Connection&) {}); }), std::logic_error);
}

TEST_CASE("a long WAL starts over although the load never pauses") {
    const TempFolder folder;
    auto options = sqlite_file(folder);
    options.checkpoint_pages = 200;
    const auto database = migrated(options);
    static constexpr Query kFill = Query::both(
        "fill", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) "
                "INSERT INTO thing (id, label, weight) SELECT :k || i, hex(randomblob(600)), 1 FROM n");
    for (int i = 0; i < 100; ++i)
        change(*database, [&](Connection& connection) { connection.write(kFill, {{"k", std::to_string(i) + "/"}}); });
    // Some 8,000 pages were written; beyond 800 (and what the rounds during a pass add) they do not stay in the WAL.
    CHECK(std::filesystem::file_size(folder.file() + "-wal") < 4'000ull * 4'120);
}

TEST_CASE("other processes on the file are noticed and waited for") {
    const TempFolder folder;
    const auto ours = migrated(sqlite_file(folder)), theirs = Database::open(sqlite_file(folder));
    const auto before = ours->foreign_version();
    change(*ours, [](Connection& connection) { insert_thing(connection, "A"); });
    CHECK(ours->foreign_version() == before);
    change(*theirs, [](Connection& connection) { insert_thing(connection, "B"); });
    CHECK(ours->foreign_version() != before);

    Blocked blocked(*theirs);  // holds the write lock
    std::thread waiting([&] { change(*ours, [](Connection& connection) { insert_thing(connection, "C"); }); });
    wait_ms(50);
    CHECK(all_ids(*ours) == Ids{"A", "B"});
    blocked.release();
    waiting.join();
    CHECK(all_ids(*theirs) == Ids{"A", "B", "C"});
}

TEST_CASE("a lock that is never given back is busy, and nothing is lost") {
    const TempFolder folder;
    auto options = sqlite_file(folder);
    options.busy_timeout = std::chrono::milliseconds(20);
    const auto ours = migrated(options), theirs = Database::open(options);
    {
        Blocked blocked(*theirs);
        CHECK(error_of([&] { change(*ours, [](Connection& c) { insert_thing(c, "A"); }); }).kind == DbErrorKind::busy);
    }
    change(*ours, [](Connection& connection) { insert_thing(connection, "A"); });
    CHECK(all_ids(*ours) == Ids{"A"});
}

}  // namespace aftercare::db
