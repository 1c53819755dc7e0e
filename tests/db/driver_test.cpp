#include <thread>

#include "test_sql/all.hpp"
#include "db/support.hpp"

namespace aftercare::db {

TEST_CASE("every statement can be prepared on both engines") {
    on_each_engine([](Database& database) {
        for (const Query* query : test_sql::all())
            database.read([&](Connection& connection) { CHECK_NOTHROW(connection.prepare(*query)); });
        static constexpr Query kBad = Query::both("bad", "SELECT nothing FROM nowhere WHERE x IN (:x...)");
        CHECK_THROWS_AS(database.read([&](Connection& connection) { connection.prepare(kBad); }), DbError);
    });
}

TEST_CASE("values come back as they went in") {
    on_each_engine([](Database& database) {
        const std::string label = "it's \"退货\" 😀 :not_a_parameter \\ \n";
        change(database, [&](Connection& connection) {
            CHECK(connection.run(things::insert_thing, {{"id", "A"}, {"label", label}, {"weight", INT64_MAX}, {"flag", true}}) == 1);
            connection.run(things::insert_thing, {{"flag", false}, {"weight", 0}, {"label", ""}, {"id", "B"}, {"unused", 1}});
        });
        database.read([&](Connection& connection) {
            int rows = 0;
            const auto look = [&](const Row& row) {
                ++rows;
                CHECK(row.size() == 4);
                CHECK(row.column_name(1) == "label");
                CHECK(row.find("flag") == 3);
                CHECK(row.find("nothing") == -1);
                CHECK(row.text(1) == label);
                CHECK(row.integer(2) == INT64_MAX);
                CHECK(row.text(2) == "9223372036854775807");
                CHECK(row.integer(3) == 1);
                CHECK_FALSE(row.is_null(1));
                CHECK_THROWS_AS(row.integer(1), DbError);
            };
            CHECK(connection.run(things::find_thing, {{"id", "A"}}, look) == 1);
            CHECK(connection.run(things::find_thing, {{"id", "none"}}, look) == 0);
            CHECK(rows == 1);
            connection.run(things::find_thing, {{"id", "B"}}, [](const Row& row) { CHECK((row.text(1) == "" && !row.is_null(1))); });
        });
    });
}

TEST_CASE("lists, filters, pages and sums read alike") {
    on_each_engine([](Database& database) {
        change(database, [](Connection& connection) {
            for (const char* id : {"A", "B", "C", "D", "E"}) insert_thing(connection, id, id[0] - 'A');
        });
        const auto ids = [&](const Query& query, Args args) {
            Ids found;
            database.read([&](Connection& c) { c.run(query, args, [&](const Row& row) { found.emplace_back(row.text(0)); }); });
            return found;
        };
        CHECK(ids(things::things_of, {{"ids", Ids{"A", "C", "X"}}, {"least", 0}}) == Ids{"A", "C"});
        CHECK(ids(things::things_of, {{"ids", Ids{"A", "B", "C", "D", "E"}}, {"least", 1}}) == Ids{"B", "C", "D", "E"});
        CHECK(ids(things::things_of, {{"ids", Ids{}}, {"least", 0}}).empty());
        CHECK(ids(things::things_of, {{"ids", Ids{"E"}}, {"least", 0}}) == Ids{"E"});
        CHECK(ids(things::filtered, {{"label", nullptr}}).size() == 5);
        CHECK(ids(things::filtered, {{"label", "C"}}) == Ids{"C"});
        CHECK(ids(things::filtered, {{"label", or_null(std::optional<std::string>("B"))}}) == Ids{"B"});
        CHECK(ids(things::page, {{"after_weight", 1}, {"after_id", "B"}, {"limit", 2}}) == Ids{"C", "D"});
        database.read([](Connection& connection) {
            connection.run(things::count_things, {}, [](const Row& row) { CHECK((row.integer(0) == 5 && row.integer(1) == 10)); });
        });
    });
}

TEST_CASE("rows changed are counted, with RETURNING too") {
    on_each_engine([](Database& database) {
        change(database, [](Connection& connection) {
            insert_thing(connection, "A", 1);
            CHECK(connection.run(things::weigh, {{"id", "A"}, {"weight", 2}, {"was", 1}}) == 1);
            CHECK(connection.run(things::weigh, {{"id", "A"}, {"weight", 3}, {"was", 1}}) == 0);
            std::int64_t weight = 0;
            const auto read = [&](const Row& row) { weight = row.integer(1); };
            CHECK(connection.run(things::put_thing, {{"id", "A"}, {"label", "A"}, {"weight", 9}}, read) == 1);
            CHECK(weight == 9);
        });
    });
}

TEST_CASE("a callback may run further statements, the same one too") {
    on_each_engine([](Database& database) {
        change(database, [](Connection& connection) {
            for (const char* id : {"A", "B"}) insert_thing(connection, id);
        });
        Ids pairs;
        database.read([&](Connection& connection) {
            connection.run(things::all_things, {}, [&](const Row& outer) {
                const std::string first(outer.text(0));
                connection.run(things::all_things, {}, [&](const Row& inner) { pairs.push_back(first + std::string(inner.text(0))); });
            });
        });
        CHECK(pairs == Ids{"AA", "AB", "BA", "BB"});
    });
}

TEST_CASE("later answers come at the latest with flush or the end") {
    on_each_engine([](Database& database) {
        change(database, [](Connection& connection) { insert_thing(connection, "A"); });
        Ids seen;
        const auto note = [&](const Row& row) { seen.emplace_back(row.text(0)); };
        database.read([&](Connection& connection) {
            connection.later(things::all_things, {}, note);
            connection.later(things::find_thing, {{"id", std::string("A")}}, note);
            connection.flush();
            CHECK(seen == Ids{"A", "A"});
            connection.later(things::all_things, {}, note);
        });
        CHECK(seen.size() == 3);
    });
}

TEST_CASE("a broken rule says which and where") {
    on_each_engine([](Database& database) {
        change(database, [](Connection& connection) { insert_thing(connection, "A"); });
        const auto failing = [&](const Query& query, Args args) {
            return error_of([&] { change(database, [&](Connection& connection) { connection.run(query, args); }); });
        };
        const DbError unique = failing(things::insert_thing, {{"id", "A"}, {"label", "new"}, {"weight", 1}, {"flag", 0}});
        CHECK(unique.kind == DbErrorKind::unique);
        CHECK(unique.table == "thing");
        CHECK_THAT(unique.constraint, Catch::StartsWith("thing"));
        const DbError index = failing(things::insert_thing, {{"id", "new"}, {"label", "A"}, {"weight", 1}, {"flag", 0}});
        CHECK(index.kind == DbErrorKind::unique);
        CHECK_THAT(index.constraint, Catch::Contains("label"));
        const DbError check = failing(things::insert_thing, {{"id", "B"}, {"label", "B"}, {"weight", -1}, {"flag", 0}});
        CHECK(check.kind == DbErrorKind::check);
        CHECK(check.constraint == "weight_range");
        CHECK(failing(things::insert_thing, {{"id", "B"}, {"label", nullptr}, {"weight", 1}, {"flag", 0}}).kind == DbErrorKind::check);
        CHECK(failing(things::insert_thing, {{"id", "B"}, {"label", "B"}, {"weight", "heavy"}, {"flag", 0}}).kind == DbErrorKind::check);
        CHECK(failing(things::insert_part, {{"id", "P"}, {"thing_id", "none"}}).kind == DbErrorKind::foreign_key);
        CHECK(failing(things::insert_part, {{"id", "P"}}).kind == DbErrorKind::other);
        CHECK(all_ids(database) == Ids{"A"});
    });
}

TEST_CASE("an unexpected count commits nothing") {
    on_each_engine([](Database& database) {
        change(database, [](Connection& connection) { insert_thing(connection, "A", 1); });
        int runs = 0;
        const DbError error = error_of([&] {
            change(database, [&](Connection& connection) {
                ++runs;
                insert_thing(connection, "B");
                connection.write(things::weigh, {{"id", "A"}, {"weight", 5}, {"was", 99}}, 1);
            });
        });
        CHECK(error.kind == DbErrorKind::serialization);
        CHECK(runs == 4);  // the first and three more
        CHECK(all_ids(database) == Ids{"A"});
        change(database, [&](Connection& connection) {
            connection.write(things::weigh, {{"id", "A"}, {"weight", 5}, {"was", 1}}, 1);
            connection.write(things::weigh, {{"id", "A"}, {"weight", 6}, {"was", 1}}, 0);
            connection.write(things::put_thing, {{"id", "C"}, {"label", "C"}, {"weight", 1}}, 1);
            connection.write(things::claim, {{"most", 9}, {"batch", 10}}, 2);
        });
        CHECK(all_ids(database) == Ids{"A", "C"});
    });
}

TEST_CASE("a meeting on the idempotency key is run again") {
    on_each_engine([](Database& database) {
        change(database, [](Connection& connection) { connection.write(things::insert_key, {{"principal", "p"}, {"key", "k"}}); });
        int runs = 0;
        change(database, [&](Connection& connection) {
            if (++runs == 1) connection.write(things::insert_key, {{"principal", "p"}, {"key", "k"}});
        });
        CHECK(runs == 2);
    });
}

TEST_CASE("a refusal and an exception leave nothing behind") {
    on_each_engine([](Database& database) {
        database.change(Lane::people, [](Connection& connection) {
            insert_thing(connection, "A");
            connection.run(things::all_things);
            return false;
        });
        CHECK_THROWS_WITH(change(database,
                                 [](Connection& connection) {
                                     insert_thing(connection, "B");
                                     throw std::runtime_error("my own");
                                 }),
                          "my own");
        CHECK(all_ids(database).empty());
    });
}

TEST_CASE("a change that goes on after a failed statement is not committed") {
    on_each_engine([](Database& database) {
        CHECK_THROWS_AS(change(database,
                               [](Connection& connection) {
                                   insert_thing(connection, "A");
                                   CHECK_THROWS_AS(connection.run(things::insert_part, {{"id", "P"}, {"thing_id", "none"}}), DbError);
                               }),
                        DbError);
        CHECK(all_ids(database).empty());
    });
}

TEST_CASE("reads cannot write") {
    const TempFolder folder;
    const auto sqlite = migrated(sqlite_file(folder));
    CHECK(error_of([&] { sqlite->read([](Connection& c) { insert_thing(c, "A"); }); }).kind == DbErrorKind::readonly);
    if (const auto schema = PostgresSchema::make())
        CHECK(error_of([&] { migrated(schema->options())->read([](Connection& c) { insert_thing(c, "A"); }); }).kind == DbErrorKind::readonly);
}

TEST_CASE("a read is one picture, and sees what was answered before it") {
    const TempFolder folder;
    const auto schema = PostgresSchema::make();
    std::vector<std::unique_ptr<Database>> databases;
    databases.push_back(migrated(sqlite_file(folder)));
    if (schema) databases.push_back(migrated(schema->options()));
    for (const auto& database : databases) {
        change(*database, [](Connection& connection) { insert_thing(connection, "A"); });
        database->read([&](Connection& connection) {
            CHECK(connection.run(things::all_things) == 1);
            std::thread([&] { change(*database, [](Connection& other) { insert_thing(other, "B"); }); }).join();
            CHECK(connection.run(things::all_things) == 1);
        });
        CHECK(all_ids(*database).size() == 2);
    }
}

TEST_CASE("a query object may be reused for another text") {
    on_each_engine([](Database& database) {
        change(database, [](Connection& connection) { insert_thing(connection, "A", 5); });
        Query query = Query::both("first", "SELECT id FROM thing");
        const auto first = [&] {
            std::string text;
            database.read([&](Connection& c) { c.run(query, {}, [&](const Row& row) { text = row.text(0); }); });
            return text;
        };
        CHECK(first() == "A");
        query = Query::both("second", "SELECT weight FROM thing");
        CHECK(first() == "5");
    });
}

}  // namespace aftercare::db
