#pragma once
#include <catch2/catch.hpp>
#include <cstdlib>
#include <optional>

#include "db/migrate.hpp"
#include "store/check.hpp"
#include "store/staff.hpp"
#include "support/clock.hpp"
#include "support/ids.hpp"
#include "support/postgres_schema.hpp"
#include "support/random.hpp"
#include "support/temp_folder.hpp"
#include "usecase/cases.hpp"
#include "usecase/operations.hpp"
#include "usecase/orders.hpp"
#include "usecase/staff.hpp"

namespace aftercare::test {

/// The engines this run can test: SQLite always, PostgreSQL where the variable is set.
inline std::vector<db::Engine> engines() {
    std::vector<db::Engine> found{db::Engine::sqlite};
    if (std::getenv("AFTERCARE_TEST_POSTGRES")) found.push_back(db::Engine::postgres);
    return found;
}

/// A shop with its people on a real database of one engine: a file with its writer thread, or a schema of a server.
struct ShopWorld {
    explicit ShopWorld(db::Engine engine) {
        db::Options options;
        if (engine == db::Engine::postgres) schema.emplace(std::getenv("AFTERCARE_TEST_POSTGRES"));
        options.url = schema ? schema->url() : (folder.path() / "test.db").string();
        database = db::Database::open(options);
        db::migrate(*database, clock.now());
        store.emplace(*database);
        ctx.emplace(usecase::Context{*store, clock, ids, random, {}});
        admin = {StaffId("ADMIN"), {Role::admin}, {}, true, "staff:ADMIN"};
        shop = must(usecase::add_shop(*ctx, admin, guard(admin), {"main", "Main", "CNY", "Asia/Shanghai"})).id;
        agent = {StaffId("AGENT"), {Role::agent}, {shop}, false, "staff:AGENT"};
        lead = {StaffId("LEAD"), {Role::agent, Role::lead}, {shop}, false, "staff:LEAD"};
        dock = {StaffId("DOCK"), {Role::warehouse}, {shop}, false, "staff:DOCK"};
        finance = {StaffId("MONEY"), {Role::finance}, {shop}, false, "staff:MONEY"};
    }

    usecase::Guard guard(const usecase::Actor& actor, std::string key = {}, std::string body = "body") {
        return {actor.principal, std::move(key), std::move(body), {}, clock.now()};
    }
    template <class T>
    static T must(Result<T> result) {
        if (!result) FAIL("refused: " << result.error().code << " " << result.error().detail);
        return std::move(*result);
    }

    usecase::OrderView sold(const std::string& number, std::int64_t qty = 3, std::int64_t price = 1'999) {
        usecase::PutOrder order;
        order.shop_id = shop;
        order.number = number;
        order.customer = usecase::PutOrderCustomer{"C-" + number, "Li Lei", "13800138000", "", "CN"};
        order.lines = {{"CUP", "Cup", qty, price, 0}, {"TEA", "Tea", 1, 5'000, 0}};
        order.discount_minor = 101;
        order.placed_at = clock.now() - days(3);
        order.delivered_at = clock.now() - days(1);
        return must(usecase::put_order(*ctx, admin, guard(admin), order));
    }
    usecase::OpenCaseIn opening(const usecase::OrderView& order, std::int64_t qty) const {
        usecase::OpenCaseIn in;
        in.shop_id = shop;
        in.open.order_id = order.order.id;
        in.request.emplace();
        in.request->lines = {{order.lines[0].id, qty, {}, {}, {}}};
        in.request->reason = Reason::no_longer_wanted;
        return in;
    }
    /// A case of no order.
    CaseId opened(CaseKind kind = CaseKind::consultation) {
        usecase::OpenCaseIn in;
        in.shop_id = shop;
        in.open.kind = kind;
        in.open.topic = "words";
        return must(usecase::open_case(*ctx, agent, guard(agent), in)).case_id;
    }
    usecase::CaseView view(const CaseId& id) { return must(usecase::get_case(*ctx, lead, {id})); }
    std::vector<store::Difference> differences() { return must(store::check(*store, {})).differences; }
    void sql(std::string_view text) {
        database->change(db::Lane::people, [&](db::Connection& connection) {
            connection.execute_script(text);
            return true;
        });
    }

    TempFolder folder;
    std::optional<PostgresSchema> schema;
    ManualClock clock;
    CountingIds ids;
    SeededRandom random;
    std::unique_ptr<db::Database> database;
    std::optional<store::Store> store;
    std::optional<usecase::Context> ctx;
    ShopId shop;
    usecase::Actor admin, agent, lead, dock, finance;
};

/// Somebody new in the world's shop; their login is their name.
inline usecase::Actor hired(ShopWorld& w, const std::string& login, std::vector<Role> roles) {
    const auto id = w.must(usecase::add_staff(*w.ctx, w.admin, w.guard(w.admin), {login, login, "a good password", roles, {w.shop}})).id;
    return {id, std::move(roles), {w.shop}, false, "staff:" + login};
}

/// Runs the story on each engine, as a section of its own.
template <class Story>
void on_each_engine(Story story) {
    for (const db::Engine engine : engines()) {
        DYNAMIC_SECTION((engine == db::Engine::sqlite ? "sqlite" : "postgres")) {
            ShopWorld world(engine);
            story(world);
        }
    }
}

}  // namespace aftercare::test
