#include <array>

#include "db/row.hpp"
#include "sql/migrations.hpp"
#include "store/schedules.hpp"
#include "store/world.hpp"
#include "usecase/upkeep.hpp"

namespace aftercare::test {
namespace {

std::int64_t count(ShopWorld& w, std::string_view table) {
    const std::string text = "SELECT count(*) FROM " + std::string(table);
    std::int64_t rows = -1;
    w.database->read([&](db::Connection& connection) {
        const auto query = db::Query::both("count", text);
        connection.run(query, {}, [&](const db::Row& row) { rows = row.integer(0); });
    });
    return rows;
}

TEST_CASE("what is kept for a while only is forgotten in batches, and nothing else") {
    on_each_engine([](ShopWorld& w) {
        const auto keep = [&](const std::string& name, Instant at) {
            w.database->change(db::Lane::people, [&](db::Connection& tx) {
                store::insert_session(tx, {"secret" + name, StaffId("ADMIN"), "csrf", at - hours(12), at});
                store::insert_failure(tx, "login" + name, "127.0.0.1", at);
                return true;
            });
        };
        w.database->change(db::Lane::people, [&](db::Connection& tx) {
            store::insert_staff(tx, {StaffId("ADMIN"), "admin", "Admin", "hash", {Role::admin}, {}, true, w.clock.now()});
            return true;
        });
        ShopWorld::must(usecase::add_shop(*w.ctx, w.admin, w.guard(w.admin, "old"), {"old", "Old", "CNY", "Asia/Shanghai"}));
        for (int i = 0; i < 1'200; ++i) keep(std::to_string(i), w.clock.now());
        w.clock.advance(hours(25));
        ShopWorld::must(usecase::add_shop(*w.ctx, w.admin, w.guard(w.admin, "new"), {"new", "New", "CNY", "Asia/Shanghai"}));
        keep("new", w.clock.now() + minutes(1));
        CHECK(ShopWorld::must(usecase::forget_old(*w.ctx)));
        CHECK(count(w, "login_session") == 201);
        CHECK_FALSE(ShopWorld::must(usecase::forget_old(*w.ctx)));
        CHECK(count(w, "login_session") == 1);
        CHECK(count(w, "login_failure") == 1);
        CHECK(count(w, "idempotency") == 1);
    });
}

TEST_CASE("deliveries are forgotten thirty days after they were taken, and nothing else of the outbox") {
    on_each_engine([](ShopWorld& w) {
        const std::string day = std::to_string(w.clock.now().ms);
        for (const auto& [id, endpoint, state] : std::vector<std::array<std::string, 3>>{{"1", "'E'", "done"}, {"2", "'E'", "dead"}, {"3", "'E'", "pending"}, {"4", "NULL", "done"}})
            w.sql("INSERT INTO outbox (id, topic, payload, shop_id, case_id, connector_id, endpoint_id, state, due_at, attempts, lease_owner, lease_until, last_error, created_at, done_at) VALUES ('" +
                  id + "', 'webhook', '{}', 'S', '', NULL, " + endpoint + ", '" + state + "', " + day + ", 1, '', 0, '', " + day + ", " + day + ")");
        w.clock.advance(days(29));
        ShopWorld::must(usecase::forget_old(*w.ctx));
        CHECK(count(w, "outbox") == 4);
        w.clock.advance(days(2));
        ShopWorld::must(usecase::forget_old(*w.ctx));
        CHECK(count(w, "outbox") == 3);
    });
}

TEST_CASE("a clock that ran before the database was migrated still wakes the timers") {
    for (const db::Engine engine : engines()) {
        const TempFolder folder;
        std::optional<PostgresSchema> schema;
        db::Options options;
        if (engine == db::Engine::postgres) schema.emplace(std::getenv("AFTERCARE_TEST_POSTGRES"));
        options.url = schema ? schema->url() : (folder.path() / "old.db").string();
        const auto database = db::Database::open(options);
        REQUIRE(db::migrate(*database, sql::migrations().first(1), Instant{1}) == 1);
        database->change(db::Lane::people, [](db::Connection& tx) {
            tx.execute_script("INSERT INTO support_case VALUES ('C','S','1','return_refund','open','phone',NULL,NULL,NULL,'','requested',"
                              "0,'CNY',500,'','','',1,1,1,0,500);"
                              "INSERT INTO clock VALUES ('K','C',NULL,'first_decision','running',1,500,0,0,0);");
            return true;
        });
        CHECK(db::migrate(*database, Instant{2}) == static_cast<int>(sql::migrations().size()) - 1);
        database->read([](db::Connection& tx) {
            CHECK(store::next_clock(tx) == Instant{500});
            CHECK(store::due_clocks(tx, Instant{499}, {}, 10).empty());
            const auto due = store::due_clocks(tx, Instant{500}, {}, 10);
            REQUIRE(due.size() == 1);
            CHECK(due[0].id == ClockId("K"));
        });
    }
}

}  // namespace
}  // namespace aftercare::test
