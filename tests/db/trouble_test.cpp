#include <sqlite3.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "db/support.hpp"

namespace aftercare::db {

namespace {

// Root may write everywhere; while one of these lives, the process is nobody.
class Unprivileged {
   public:
    Unprivileged() : was_root_(geteuid() == 0) {
        if (was_root_ && seteuid(65534) != 0) throw std::runtime_error("seteuid");
    }
    ~Unprivileged() {
        if (was_root_ && seteuid(0) != 0) std::abort();
    }

   private:
    bool was_root_;
};

void fill(Connection& connection) {
    static constexpr Query kFill = Query::both(
        "fill", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) "
                "INSERT INTO thing (id, label, weight) SELECT 'fill' || i, hex(randomblob(600)), 1 FROM n");
    connection.write(kFill, {});
}

}  // namespace

TEST_CASE("a full disk fails the change that needed room, in plain words, and loses nothing") {
    const TempFolder folder;
    for (const bool inline_writer : {true, false}) {
        auto options = sqlite_file(folder, inline_writer);
        options.url = folder.file(inline_writer ? "inline.db" : "threaded.db");
        const auto database = migrated(options);
        change(*database, [](Connection& connection) {
            insert_thing(connection, "A");
            static constexpr Query kLimit = Query::both("limit", "PRAGMA max_page_count = 20");
            connection.run(kLimit);
        });
        const DbError error = error_of([&] { change(*database, fill); });
        CHECK(error.kind == DbErrorKind::full);
        CHECK_THAT(error.what(), Catch::Contains("the disk is full: nothing of this was saved"));
        REQUIRE(database->failure());
        CHECK_THAT(*database->failure(), Catch::Contains("full"));
        CHECK(all_ids(*database) == Ids{"A"});
        change(*database, [](Connection& connection) { insert_thing(connection, "B"); });
        CHECK_FALSE(database->failure());
        CHECK(all_ids(*database) == Ids{"A", "B"});
    }
}

TEST_CASE("neighbours of a job that fills the disk are committed") {
    const TempFolder folder;
    const auto database = migrated(sqlite_file(folder, true));
    static constexpr Query kLimit = Query::both("limit", "PRAGMA max_page_count = 20");
    change(*database, [](Connection& connection) { connection.run(kLimit); });
    const std::function<bool(Connection&)> first = [](Connection& c) { return insert_thing(c, "A"), true; },
                                           big = [](Connection& c) { return fill(c), true; },
                                           last = [](Connection& c) { return insert_thing(c, "B"), true; };
    std::vector<Job> jobs{{first}, {big}, {last}};
    database->run_group(jobs);
    CHECK_FALSE(jobs[0].error);
    CHECK(jobs[1].error);
    CHECK_FALSE(jobs[2].error);
    CHECK(all_ids(*database) == Ids{"A", "B"});
}

TEST_CASE("a read-only folder, a missing one and a foreign file are said in plain words") {
    const TempFolder folder;
    migrated(sqlite_file(folder));
    std::filesystem::create_directory(folder.path() / "closed");
    std::filesystem::copy_file(folder.file(), folder.path() / "closed" / "test.db");
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
    for (const char* path : {"closed", "closed/test.db"})
        std::filesystem::permissions(folder.path() / path, std::filesystem::perms(path[6] ? 0444 : 0555));
    const auto opening = [](const std::string& path) {
        Options options;
        options.url = path;
        return error_of([&] { migrate(*Database::open(options), test_sql::migrations(), Instant{1}); });
    };
    {
        const Unprivileged nobody;
        const DbError existing = opening(folder.file("closed/test.db")), fresh = opening(folder.file("closed/new.db"));
        CHECK(existing.kind == DbErrorKind::readonly);
        CHECK_THAT(existing.what(), Catch::Contains("read-only"));
        CHECK(fresh.kind == DbErrorKind::readonly);
        CHECK_THAT(fresh.what(), Catch::Contains("read-only"));
    }
    CHECK_THAT(opening(folder.file("missing/new.db")).what(), Catch::Contains("the folder does not exist"));
    std::ofstream(folder.file("text.db")) << std::string(5'000, 'x');
    const DbError foreign = opening(folder.file("text.db"));
    CHECK(foreign.kind == DbErrorKind::corrupt);
    CHECK_THAT(foreign.what(), Catch::Contains("is not a database"));
}

TEST_CASE("a file locked by another program is said in plain words") {
    const TempFolder folder;
    migrated(sqlite_file(folder));
    sqlite3* other = nullptr;
    REQUIRE(sqlite3_open(folder.file().c_str(), &other) == SQLITE_OK);
    REQUIRE(sqlite3_exec(other, "PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; CREATE TABLE x (a); COMMIT", nullptr, nullptr, nullptr) ==
            SQLITE_OK);
    auto options = sqlite_file(folder);
    options.busy_timeout = std::chrono::milliseconds(20);
    const DbError error = error_of([&] { Database::open(options); });
    CHECK(error.kind == DbErrorKind::locked);
    CHECK_THAT(error.what(), Catch::Contains("locked by another program"));
    sqlite3_close(other);
    CHECK_NOTHROW(Database::open(options));
}

TEST_CASE("a file that another program is just making is waited for") {
    const TempFolder folder;
    sqlite3* other = nullptr;
    REQUIRE(sqlite3_open(folder.file().c_str(), &other) == SQLITE_OK);
    REQUIRE(sqlite3_exec(other, "BEGIN IMMEDIATE; CREATE TABLE x (a)", nullptr, nullptr, nullptr) == SQLITE_OK);
    std::thread maker([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        sqlite3_exec(other, "COMMIT", nullptr, nullptr, nullptr);
        sqlite3_close(other);
    });
    CHECK_NOTHROW(Database::open(sqlite_file(folder)));
    maker.join();
}

TEST_CASE("a server that is not there is said in plain words") {
    Options options;
    options.url = "postgresql://nobody@127.0.0.1:1/none";
    const DbError error = error_of([&] { Database::open(options); });
    CHECK(error.kind == DbErrorKind::lost);
    CHECK_THAT(error.what(), Catch::Contains("cannot reach the database server"));
}

}  // namespace aftercare::db
