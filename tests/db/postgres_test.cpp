#include "db/postgres.hpp"

#include <latch>
#include <thread>

#include "db/support.hpp"

namespace aftercare::db {

namespace {

constexpr Query kBackend{"backend", "", "SELECT pg_backend_pid()"};
constexpr Query kKill{"kill", "", "SELECT pg_terminate_backend(CAST(:pid AS INT))"};

std::int64_t backend_of(Connection& connection) {
    std::int64_t pid = 0;
    connection.run(kBackend, {}, [&](const Row& row) { pid = row.integer(0); });
    return pid;
}

void kill_backend(Database& database, std::int64_t pid) {
    database.read([&](Connection& connection) { connection.run(kKill, {{"pid", pid}}); });
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
}

std::int64_t trips(Database& database, const std::function<void()>& call) {
    const auto before = database.counters().round_trips.load();
    call();
    return database.counters().round_trips - before;
}

}  // namespace

TEST_CASE("a guarded write wraps the statement, whatever it is") {
    CHECK(guarded_text({"DELETE FROM t WHERE a = $1", {{"a", 0, false}}}) ==
          "WITH ac_changed AS (DELETE FROM t WHERE a = $1 RETURNING 1) SELECT 1 / (CASE WHEN count(*) = $2 THEN 1 ELSE 0 END) FROM ac_changed");
    CHECK_THAT(guarded_text({"UPDATE t SET a = 'RETURNING' returning a", {}}), Catch::Contains("returning a)"));
    CHECK_THAT(guarded_text({"UPDATE t SET a = 'RETURNING'", {}}), Catch::Contains("'RETURNING' RETURNING 1)"));
}

TEST_CASE("a change on PostgreSQL is two trips: loads together, writes with COMMIT") {
    const auto schema = PostgresSchema::make();
    if (!schema) return;
    const auto database = migrated(schema->options());
    change(*database, [](Connection& connection) { insert_thing(connection, "A", 1); });
    const auto whole = [&] {
        change(*database, [](Connection& connection) {
            std::int64_t weight = 0;
            connection.later(things::hold, {{"id", "A"}}, [&](const Row& row) { weight = row.integer(0); });
            connection.later(things::all_things, {}, [](const Row&) {});
            connection.run(things::find_thing, {{"id", "A"}});
            connection.write(things::weigh, {{"id", "A"}, {"weight", weight + 1}, {"was", weight}}, 1);
            connection.write(things::insert_part, {{"id", std::to_string(weight)}, {"thing_id", "A"}});
            connection.write(things::insert_key, {{"principal", "p"}, {"key", std::to_string(weight)}});
        });
    };
    CHECK(trips(*database, whole) == 2);
    CHECK(trips(*database, whole) == 2);
    CHECK(trips(*database, [&] { change(*database, [](Connection&) {}); }) == 0);
    CHECK(trips(*database, [&] { database->read([](Connection& c) { c.run(things::all_things); }); }) == 1);
    CHECK(trips(*database, [&] {
              database->change(Lane::people, [](Connection& connection) { return connection.run(things::all_things) == 0; });
          }) == 1);
    CHECK(trips(*database, [&] {
              database->change(Lane::people, [](Connection& connection) { return insert_thing(connection, "never sent"), false; });
          }) == 0);
}

TEST_CASE("a queued write that fails takes COMMIT with it") {
    const auto schema = PostgresSchema::make();
    if (!schema) return;
    const auto database = migrated(schema->options());
    const DbError error = error_of([&] {
        change(*database, [](Connection& connection) {
            insert_thing(connection, "A");
            connection.write(things::insert_part, {{"id", "P"}, {"thing_id", "none"}});
            insert_thing(connection, "B");
        });
    });
    CHECK(error.kind == DbErrorKind::foreign_key);
    CHECK_THAT(error.what(), Catch::StartsWith("things.insert_part"));
    CHECK(all_ids(*database).empty());
    change(*database, [](Connection& connection) { insert_thing(connection, "C"); });
    CHECK(all_ids(*database) == Ids{"C"});
}

TEST_CASE("a bulk change of many writes does not stall the pipeline") {
    const auto schema = PostgresSchema::make();
    if (!schema) return;
    const auto database = migrated(schema->options());
    change(*database, [](Connection& connection) {
        for (int i = 0; i < 5'000; ++i) insert_thing(connection, "bulk-" + std::to_string(i));
    });
    CHECK(all_ids(*database).size() == 5'000);
}

TEST_CASE("a connection that died while idle is replaced unnoticed") {
    const auto schema = PostgresSchema::make();
    if (!schema) return;
    const auto database = migrated(schema->options()), other = Database::open(schema->options());
    std::int64_t pid = 0;
    database->read([&](Connection& connection) { pid = backend_of(connection); });
    kill_backend(*other, pid);
    database->read([&](Connection& connection) { CHECK(backend_of(connection) != pid); });
}

TEST_CASE("a connection lost before COMMIT runs the change again; lost at COMMIT nobody knows") {
    const auto schema = PostgresSchema::make();
    if (!schema) return;
    const auto database = migrated(schema->options()), other = Database::open(schema->options());
    int runs = 0;
    change(*database, [&](Connection& connection) {
        const auto pid = backend_of(connection);
        if (++runs == 1) kill_backend(*other, pid);
        connection.run(things::insert_thing, {{"id", "A"}, {"label", "A"}, {"weight", 1}, {"flag", 0}});
    });
    CHECK(runs == 2);
    CHECK(all_ids(*database) == Ids{"A"});
    const DbError error = error_of([&] {
        change(*database, [&](Connection& connection) {
            kill_backend(*other, backend_of(connection));
            insert_thing(connection, "B");
        });
    });
    CHECK(error.kind == DbErrorKind::commit_unknown);
    CHECK(database->failure());
    change(*database, [](Connection& connection) { insert_thing(connection, "C"); });
    CHECK_FALSE(database->failure());
}

TEST_CASE("a deadlock and a lock timeout are run again") {
    const auto schema = PostgresSchema::make();
    if (!schema) return;
    auto options = schema->options();
    const auto database = migrated(options);
    change(*database, [](Connection& connection) {
        for (const char* id : {"A", "B"}) insert_thing(connection, id, 0);
    });
    std::latch both(2);
    std::atomic<int> runs{0};
    const auto cross = [&](const char* first, const char* second) {
        bool met = false;
        change(*database, [&](Connection& connection) {
            ++runs;
            connection.run(things::hold, {{"id", first}});
            if (!std::exchange(met, true)) both.arrive_and_wait();
            connection.run(things::hold, {{"id", second}});
        });
    };
    std::thread one([&] { cross("A", "B"); }), two([&] { cross("B", "A"); });
    one.join();
    two.join();
    CHECK(runs == 3);

    options.busy_timeout = std::chrono::milliseconds(20);
    const auto impatient = Database::open(options);
    change(*database, [&](Connection& connection) {
        connection.run(things::hold, {{"id", "A"}});
        int tries = 0;
        const auto wait = [&](Connection& c) {
            ++tries;
            c.run(things::hold, {{"id", "A"}});
        };
        CHECK(error_of([&] { change(*impatient, wait); }).kind == DbErrorKind::busy);
        CHECK(tries == 4);
    });
}

TEST_CASE("threads beyond the pool wait for a connection, then hear overloaded") {
    const auto schema = PostgresSchema::make();
    if (!schema) return;
    auto options = schema->options();
    options.connections = 1;
    options.queue_timeout = std::chrono::milliseconds(30);
    const auto database = migrated(options);
    database->read([&](Connection&) {
        std::thread([&] { CHECK(error_of([&] { all_ids(*database); }).kind == DbErrorKind::overloaded); }).join();
    });
    CHECK(all_ids(*database).empty());
}

}  // namespace aftercare::db
