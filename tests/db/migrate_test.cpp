#include <array>
#include <thread>

#include "db/support.hpp"

namespace aftercare::db {

namespace {

constexpr std::array<Migration, 3> kSteps{{
    {1, "base", "CREATE TABLE one (a BIGINT) /*STRICT*/;", "CREATE TABLE one (a BIGINT) /*STRICT*/;"},
    {2, "more", "CREATE TABLE two (a TEXT); INSERT INTO one VALUES (1);", "CREATE TABLE two (a TEXT); INSERT INTO one VALUES (1);"},
    {3, "bad", "CREATE TABLE three (a TEXT); INSERT INTO none VALUES (1);", "CREATE TABLE three (a TEXT); INSERT INTO none VALUES (1);"},
}};
constexpr std::span<const Migration> kAll(kSteps);

void on_each_empty(const std::function<void(const Options&)>& story) {
    const TempFolder folder;
    story(sqlite_file(folder));
    if (const auto schema = PostgresSchema::make()) story(schema->options());
}

}  // namespace

TEST_CASE("missing steps run in order, once") {
    on_each_empty([](const Options& options) {
        const auto database = Database::open(options);
        CHECK(pending(*database, kAll.first(2)) == Ids{"base", "more"});
        CHECK(migrate(*database, kAll.first(1), Instant{7}) == 1);
        CHECK(pending(*database, kAll.first(2)) == Ids{"more"});
        CHECK(migrate(*database, kAll.first(2), Instant{8}) == 1);
        CHECK(migrate(*database, kAll.first(2), Instant{9}) == 0);
        static constexpr Query kLook = Query::both("look", "SELECT version, name, checksum, applied_at FROM schema_migration ORDER BY version");
        database->read([](Connection& connection) {
            connection.run(kLook, {}, [](const Row& row) {
                CHECK(row.text(1) == (row.integer(0) == 1 ? "base" : "more"));
                CHECK(row.text(2).size() == 16);
                CHECK(row.integer(3) == 6 + row.integer(0));
            });
        });
    });
}

TEST_CASE("a failing step leaves nothing of itself") {
    on_each_empty([](const Options& options) {
        const auto database = Database::open(options);
        CHECK_THROWS_AS(migrate(*database, kAll, Instant{7}), DbError);
        CHECK(pending(*database, kAll) == Ids{"bad"});
        static constexpr Query kThree = Query::both("three", "SELECT a FROM three");
        CHECK_THROWS_AS(database->read([](Connection& connection) { connection.run(kThree); }), DbError);
    });
}

TEST_CASE("a database newer than the program is refused") {
    on_each_empty([](const Options& options) {
        const auto database = Database::open(options);
        migrate(*database, kAll.first(2), Instant{7});
        for (const auto& call : {std::function<void()>([&] { migrate(*database, kAll.first(1), Instant{8}); }),
                                 std::function<void()>([&] { pending(*database, kAll.first(1)); })}) {
            const DbError error = error_of(call);
            CHECK(error.kind == DbErrorKind::newer_schema);
            CHECK_THAT(error.what(), Catch::Contains("newer version") && Catch::Contains("\"more\""));
        }
    });
}

TEST_CASE("a step edited after it ran is refused") {
    on_each_empty([](const Options& options) {
        const auto database = Database::open(options);
        migrate(*database, kAll.first(2), Instant{7});
        auto edited = kSteps;
        edited[1].sqlite = edited[1].postgres = "CREATE TABLE two (b TEXT);";
        CHECK_THAT(error_of([&] { migrate(*database, std::span(edited).first(2), Instant{8}); }).what(),
                   Catch::Contains("\"more\" has been edited"));
    });
}

TEST_CASE("several programs may start at once") {
    on_each_empty([](const Options& options) {
        std::atomic<int> ran{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) threads.emplace_back([&] { ran += migrate(*Database::open(options), kAll.first(2), Instant{7}); });
        for (auto& thread : threads) thread.join();
        CHECK(ran == 2);
    });
}

}  // namespace aftercare::db
