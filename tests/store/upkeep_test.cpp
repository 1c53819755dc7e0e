#include <array>

#include "db/row.hpp"
#include "sql/incidents.hpp"
#include "sql/migrations.hpp"
#include "sql/outbox.hpp"
#include "sql/products.hpp"
#include "sql/revisits.hpp"
#include "store/case_state.hpp"
#include "store/schedules.hpp"
#include "store/world.hpp"
#include "usecase/upkeep.hpp"

namespace aftercare::test {
namespace {

std::int64_t number_in(db::Connection& tx, const std::string& sql) {
    std::int64_t number = -1;
    tx.run(db::Query::both("number", sql), {}, [&](const db::Row& row) { number = row.integer(0); });
    return number;
}

std::int64_t count(ShopWorld& w, std::string_view table) {
    std::int64_t rows = -1;
    w.database->read([&](db::Connection& tx) { rows = number_in(tx, "SELECT count(*) FROM " + std::string(table)); });
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

TEST_CASE("rows that were picked by their ids are read by their ids, however many are in the same state") {
    ShopWorld w(db::Engine::sqlite);
    const auto plan_of = [&](const db::Query& query) {
        const std::string text = "EXPLAIN QUERY PLAN " + std::string(query.sqlite);
        std::string plan;
        w.database->read([&](db::Connection& tx) {
            const db::Value none{std::string_view{}};
            const std::vector<std::string> ids(40, "ID");
            tx.run(db::Query::both("plan", text),
                   {{"now", none}, {"owner", none}, {"lease_until", none}, {"batch", none}, {"limit", none}, {"sku", none}, {"shop_id", none}, {"ids", ids}},
                   [&](const db::Row& row) { plan.append(row.text(3)).append("\n"); });
        });
        return plan;
    };
    CHECK_THAT(plan_of(sql::outbox::claim), Catch::Contains("SEARCH outbox USING INDEX sqlite_autoindex_outbox_1 (id=?)"));
    CHECK_THAT(plan_of(sql::revisits::expire_tasks), Catch::Contains("SEARCH revisit_task USING INDEX sqlite_autoindex_revisit_task_1 (id=?)"));
    CHECK_THAT(plan_of(sql::revisits::settle_tasks), Catch::Contains("SEARCH revisit_task USING INDEX sqlite_autoindex_revisit_task_1 (id=?)"));
    CHECK_THAT(plan_of(sql::incidents::recipients), Catch::Contains("SEARCH c USING INDEX sqlite_autoindex_support_case_1 (id=?)"));
    CHECK_THAT(plan_of(sql::products::orders_with_product), Catch::Contains("SEARCH o USING INDEX sqlite_autoindex_sales_order_1 (id=?)"));
}

TEST_CASE("what an order had and owed before the database was migrated it has and owes after") {
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
                              "INSERT INTO clock VALUES ('K','C',NULL,'first_decision','running',1,500,0,0,0);"
                              "INSERT INTO shop VALUES ('S','north','North','CNY','Asia/Shanghai',1);"
                              "INSERT INTO sales_order VALUES ('O','S','1001',NULL,'CNY',300,0,0,300,'web',1,1,1);"
                              "INSERT INTO order_line VALUES ('L','O',1,'SKU','Cup',3,100,0,300,3,3);"
                              "INSERT INTO payment VALUES ('P','O',1,'alipay','ref',300,'CNY',1);"
                              "INSERT INTO order_ledger VALUES ('O',2,1);"
                              "INSERT INTO unit_ledger VALUES ('L',2,2,'with_customer',NULL,'O'),('L',1,1,'in_transit_back','OL','O');"
                              "INSERT INTO money_ledger VALUES ('P',300,100,0,0,'O');"
                              "INSERT INTO operation_line VALUES ('OL','OP','L',1,0,0,0,0,0,0,0,0,0,0,100,'C');");
            return true;
        });
        CHECK(db::migrate(*database, Instant{2}) == static_cast<int>(sql::migrations().size()) - 1);
        database->read([](db::Connection& tx) {
            CHECK(store::next_clock(tx) == Instant{500});
            CHECK(store::due_clocks(tx, Instant{499}, {}, 10).empty());
            const auto due = store::due_clocks(tx, Instant{500}, {}, 10);
            REQUIRE(due.size() == 1);
            CHECK(due[0].id == ClockId("K"));

            const auto order = store::load_order(tx, OrderId("O"), false);
            REQUIRE(order);
            CHECK(order->seq == 2);
            CHECK(order->shipping_refunded);
            REQUIRE(order->units.size() == 2);
            CHECK(order->units[0].bucket == Bucket::in_transit_back);
            CHECK(order->units[0].held_by == OperationLineId("OL"));
            CHECK(order->units[1].qty == 2);
            REQUIRE(order->money.size() == 1);
            CHECK(order->money[0].promised_minor == 100);
            CHECK(number_in(tx, "SELECT qty FROM operation_line WHERE case_id = 'C' AND id = 'OL' AND goods_minor = 100 AND new_sku = '' AND fee_bp IS NULL") == 1);
        });
    }
}

}  // namespace
}  // namespace aftercare::test
