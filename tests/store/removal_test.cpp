#include <fstream>
#include <map>
#include <regex>
#include <set>

#include "db/row.hpp"
#include "store/removal.hpp"
#include "usecase/connectors.hpp"
#include "usecase/demo.hpp"
#include "usecase/handovers.hpp"
#include "usecase/saved_views.hpp"
#include "world.hpp"

namespace aftercare::test {
namespace {

using Rows = std::map<std::string, std::multiset<std::string>>;  // by table

/// Tables that hold nothing of a single shop. Everything else must be in schema/queries/removal.sql.
const std::set<std::string> kOfTheHouse{"schema_migration", "counter", "calendar_region", "calendar_year", "calendar_day_off"};

std::string cell(const db::Row& row, int at) {
    if (row.is_null(at)) return "NULL";
    try {
        return std::string(row.text(at));
    } catch (const db::DbError&) {
        return std::to_string(row.integer(at));
    }
}

std::vector<std::string> tables(db::Connection& tx) {
    static constexpr db::Query kTables{"tables", "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
                                       "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY 1"};
    std::vector<std::string> found;
    tx.run(kTables, {}, [&](const db::Row& row) { found.emplace_back(row.text(0)); });
    return found;
}

Rows everything(ShopWorld& w) {
    Rows all;
    w.database->read([&](db::Connection& tx) {
        for (const std::string& table : tables(tx)) {
            if (kOfTheHouse.count(table)) continue;
            const std::string text = "SELECT * FROM " + table;
            const auto query = db::Query::both("all", text);
            auto& rows = all[table];
            tx.run(query, {}, [&](const db::Row& row) {
                std::string line;
                for (int i = 0; i < row.size(); ++i) line += cell(row, i) + "|";
                rows.insert(line);
            });
        }
    });
    return all;
}

std::set<std::string> tables_of_removal() {
    std::ifstream in("schema/queries/removal.sql");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    static const std::regex from(R"(DELETE FROM (\w+))");
    std::set<std::string> found;
    for (std::sregex_iterator at(text.begin(), text.end(), from), end; at != end; ++at) found.insert((*at)[1]);
    return found;
}

/// A house with a shop of its own, and the demo beside it.
struct House {
    explicit House(ShopWorld& world) : w(world) {
        w.ctx->demo_folder = w.folder.path().string();
        w.ctx->plugin_catalog = [] {
            const RawJson any{R"({"type":"object","properties":{"folder":{"type":"string"}}})"};
            return std::vector<usecase::PluginView>{{"warehouse_files", "1.0.0", "仓", "Warehouse", {"warehouse"}, {"check/1"}, any},
                                                    {"payment_manual", "1.0.0", "款", "Payment", {"payment"}, {"check/1"}, any}};
        };
        auto root = w.must(usecase::add_staff(*w.ctx, w.admin, w.guard(w.admin), {"root", "Root", "a good password", {Role::admin}, {}}));
        admin = {root.id, {Role::admin}, {}, true, "staff:" + root.id.value};
        const auto order = w.sold("MAIN-1");
        w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(order, 1)));
        w.must(usecase::add_connector(*w.ctx, admin, w.guard(admin), {w.shop, "payment_manual", "Money", {"{}"}}));
    }
    void bring() {
        w.must(usecase::bring_demo(*w.ctx, admin, w.guard(admin), {}));
        demo = w.must(usecase::demo_contents(*w.ctx, admin, {})).shop_id;
    }
    /// A demo shop of one person and no stories, where only whose it is matters.
    StaffId bring_bare() {
        demo = w.must(usecase::add_shop(*w.ctx, admin, w.guard(admin), {"demo", "Demo", "CNY", "Asia/Shanghai"})).id;
        w.sql("UPDATE shop SET demo = 1 WHERE id = '" + demo.value + "'");
        return w.must(usecase::add_staff(*w.ctx, admin, w.guard(admin), {"linke", "Lin Ke", "a good password", {Role::agent}, {demo}})).id;
    }
    /// What the demo does not make by itself, so that no statement of the removal is tried on nothing.
    void fill() {
        const auto add = [&](const char* login, std::vector<Role> roles, std::vector<ShopId> shops) {
            return w.must(usecase::add_staff(*w.ctx, admin, w.guard(admin), {login, login, "a good password", std::move(roles), std::move(shops)}));
        };
        add("both", {Role::agent}, {w.shop, demo});
        add("guest", {Role::admin}, {demo});
        w.must(usecase::add_token(*w.ctx, admin, w.guard(admin), {"both", {Role::agent}, {w.shop, demo}}));
        w.must(usecase::add_token(*w.ctx, admin, w.guard(admin), {"demo", {Role::agent}, {demo}}));
        w.must(usecase::save_view(*w.ctx, admin, w.guard(admin), {"Everybody's", demo, {}}));
        const std::string shop = "'" + demo.value + "'";
        w.sql("INSERT INTO login_session SELECT 'secret', id, 'csrf', 1, 2 FROM staff WHERE login = 'linke';"
              "INSERT INTO login_failure (login, address, at) VALUES ('linke', '', 1);"
              "INSERT INTO idempotency SELECT 'staff:' || id, 'key', '', '{}', 1 FROM staff WHERE login = 'linke';"
              "INSERT INTO saved_view SELECT 'V', id, NULL, 'Mine', '{}', 1, 1 FROM staff WHERE login = 'linke';"
              "INSERT INTO imported_return SELECT shop_id, 'R', id FROM support_case WHERE shop_id = " + shop + " ORDER BY id LIMIT 1;"
              "INSERT INTO outbound_line SELECT 'L', 'OL', 1, 0, id FROM support_case WHERE shop_id = " + shop + " ORDER BY id LIMIT 1;"
              "INSERT INTO outbound_leg SELECT 'L', 'O', 'planned', '', '', 0, 0, id, 'replacement', '' FROM support_case WHERE shop_id = " + shop + " ORDER BY id LIMIT 1;"
              "INSERT INTO reveal SELECT 'R', id, 'phone', 'S', 'why', 1 FROM customer WHERE shop_id = " + shop + " ORDER BY id LIMIT 1;"
              "INSERT INTO import_run VALUES ('I', " + shop + ", 'orders', 'done', '', 0, 0, '{}', '{}', '{}', 0, 0, '', NULL, 1, 1, 1, 0, 1, 0, '');"
              "INSERT INTO attachment VALUES ('P', " + shop + ", 'hash', 'image/jpeg', 1, 1, 1, 'S', 1, '');"
              "INSERT INTO unified_reply SELECT 'UR', id, shop_id, 'N', NULL, 1 FROM support_case WHERE shop_id = " + shop + " ORDER BY id LIMIT 1;"
              "INSERT INTO unified_reply_case SELECT 'UR', id, 'refused', 'no_customer', NULL, 1 FROM support_case WHERE shop_id = " + shop + " ORDER BY id DESC LIMIT 1;"
              "INSERT INTO import_item VALUES ('I', 1, 'order', 'O', 1);"
              "INSERT INTO import_adjustment VALUES ('I', 1, 'why', '');"
              "INSERT INTO connector_cursor SELECT id, 's', 'c', 1 FROM connector WHERE shop_id = " + shop + ";"
              "INSERT INTO delivered_problem SELECT id, 's', 'e', 'c', '{}', NULL, 1 FROM connector WHERE shop_id = " + shop + ";"
              "INSERT INTO delivered_problem VALUES ('api:" + demo.value + "', 's', 'e', 'c', '{}', NULL, 1);"
              "INSERT INTO webhook_endpoint VALUES ('W', " + shop + ", '', '', '', '', '', '', 0, 1, 1);"
              "INSERT INTO platform_case SELECT id, 'C' FROM support_case WHERE shop_id = " + shop + " ORDER BY id LIMIT 1;"
              "INSERT INTO consent_event SELECT 'E', id, '', '', '', '', NULL, 1 FROM customer WHERE shop_id = " + shop + " ORDER BY id LIMIT 1;"
              "INSERT INTO erasure SELECT id, shop_id, 'customer_asked', NULL, 1 FROM customer WHERE shop_id = " + shop + " ORDER BY id LIMIT 1;"
              "INSERT INTO erased_identity VALUES (" + shop + ", 'hash', 1);"
              "INSERT INTO plan_watermark SELECT id, 'test', '', '', 1 FROM revisit_plan WHERE shop_id = " + shop);
    }

    ShopWorld& w;
    usecase::Actor admin;
    ShopId demo;
};

TEST_CASE("no table keeps anything of a demo shop that was removed, and nothing else goes") {
    on_each_engine([](ShopWorld& w) {
        House house(w);
        const Rows before = everything(w);
        house.bring();
        house.fill();
        const Rows with = everything(w);
        const auto named = tables_of_removal();
        for (const auto& [table, rows] : with) {
            INFO(table << " can hold something of a shop: schema/queries/removal.sql must say how it goes, and fill() or the demo must put a row there");
            CHECK(named.count(table) == 1);
            CHECK(rows.size() > before.at(table).size());
        }

        const auto gone = w.must(usecase::remove_demo(*w.ctx, house.admin, w.guard(house.admin), {}));
        CHECK(gone.orders > 400);
        CHECK(gone.customers == 150);
        CHECK(gone.cases > 20);
        CHECK(gone.people.size() == 6);
        Rows after = everything(w);
        std::erase_if(after["staff"], [](const std::string& row) { return row.find("|both|") != row.npos || row.find("|guest|") != row.npos; });
        std::erase_if(after["api_token"], [](const std::string& row) { return row.find("|both|") != row.npos; });
        for (const auto& [table, rows] : after) {
            CAPTURE(table);
            CHECK(rows == before.at(table));
            for (const std::string& row : rows) CHECK(row.find(house.demo.value + "|") == row.npos);
        }
        CHECK(w.differences().empty());

        const auto staff = w.must(usecase::list_staff(*w.ctx, w.admin, {})).items;
        const auto who = [&](const char* login) {
            return *std::find_if(staff.begin(), staff.end(), [&](const auto& each) { return each.login == login; });
        };
        CHECK(who("both").shops == std::vector{w.shop});
        CHECK(who("both").active);
        CHECK_FALSE(who("guest").active);  // an admin without shops would be one of the whole house
        CHECK(who("guest").roles == std::vector{Role::agent});
        for (const auto& token : w.must(usecase::list_tokens(*w.ctx, w.admin, {})).items) CHECK(token.shops == std::vector{w.shop});
    });
}

TEST_CASE("who is named by a handover of another shop stays when the demo goes, switched off") {
    on_each_engine([](ShopWorld& w) {
        House house(w);
        const StaffId linke = house.bring_bare();
        const usecase::Actor before{linke, {Role::agent}, {w.shop}, false, "staff:" + linke.value};  // she worked there once
        w.must(usecase::hand_over(*w.ctx, before, w.guard(before), {{w.shop, "me"}, {}, "the keys are in the drawer"}));
        const auto gone = w.must(usecase::remove_demo(*w.ctx, house.admin, w.guard(house.admin), {}));
        CHECK(gone.people.empty());
        CHECK(w.differences().empty());
        const auto after = w.must(usecase::list_staff(*w.ctx, w.admin, {})).items;
        const auto left = std::find_if(after.begin(), after.end(), [&](const auto& each) { return each.id == linke; });
        REQUIRE(left != after.end());
        CHECK_FALSE(left->active);
    });
}

TEST_CASE("a removal that is cut off after any slice leaves only whole things, and goes on when asked again") {
    on_each_engine([](ShopWorld& w) {
        House house(w);
        house.bring();
        for (int cut = 0; cut < 4; ++cut) {
            w.must(w.store->change({}, [&](store::Tx& tx) -> Result<usecase::Done> {
                return usecase::Done{store::remove_slice(tx, house.demo, 90)};
            }));
            REQUIRE(w.differences().empty());
        }
        const auto left = w.must(usecase::demo_contents(*w.ctx, house.admin, {}));
        CHECK(left.orders > 0);
        w.must(usecase::remove_demo(*w.ctx, house.admin, w.guard(house.admin), {}));
        CHECK(w.differences().empty());
        CHECK(w.must(usecase::demo_contents(*w.ctx, house.admin, {})).shop_id.empty());
    });
}

TEST_CASE("only a demo shop can be removed, and only by whoever keeps the house") {
    on_each_engine([](ShopWorld& w) {
        House house(w);
        const auto code = [](const auto& result) { return result ? "ok" : result.error().code; };
        CHECK(code(usecase::remove_demo(*w.ctx, house.admin, w.guard(house.admin), {})) == "no_demo");
        house.bring_bare();
        const usecase::Actor of_demo{StaffId("X"), {Role::admin}, {house.demo}, false, "staff:X"}, of_main{StaffId("Y"), {Role::admin}, {w.shop}, false, "staff:Y"};
        CHECK(code(usecase::remove_demo(*w.ctx, of_demo, w.guard(of_demo), {})) == "all_shops_needed");
        CHECK(code(usecase::remove_demo(*w.ctx, of_main, w.guard(of_main), {})) == "no_demo");
        CHECK(code(usecase::remove_demo(*w.ctx, w.agent, w.guard(w.agent), {})) == "permission_missing");
        w.sql("UPDATE shop SET demo = 0");
        CHECK(code(usecase::remove_demo(*w.ctx, house.admin, w.guard(house.admin), {})) == "no_demo");
    });
}

TEST_CASE("where only the demo was, its keeper may remove it and stays; an operator leaves an empty house") {
    on_each_engine([](ShopWorld& w) {
        const auto made = w.must(usecase::make_demo(*w.ctx));
        const auto boss = w.must(usecase::list_staff(*w.ctx, w.admin, {})).items.front();
        CHECK(boss.login == made.login);
        CHECK(boss.shops.empty());
        const usecase::Actor keeper{boss.id, boss.roles, {}, true, "staff:" + boss.id.value};
        w.must(usecase::remove_demo(*w.ctx, keeper, w.guard(keeper), {}));
        auto staff = w.must(usecase::list_staff(*w.ctx, w.admin, {})).items;
        REQUIRE(staff.size() == 1);
        CHECK(staff[0].active);
        CHECK(staff[0].id == boss.id);

        const auto again = w.must(usecase::make_demo(*w.ctx));
        CHECK(again.login == "demo2");
        CHECK(w.must(usecase::list_staff(*w.ctx, w.admin, {})).items[1].shops.size() == 1);
        w.must(usecase::remove_demo(*w.ctx, domain::system_actor(), w.guard(domain::system_actor()), {}));
        CHECK(w.must(usecase::list_staff(*w.ctx, w.admin, {})).items.size() == 1);
        CHECK(w.must(usecase::list_staff(*w.ctx, w.admin, {})).items[0].active);
    });
}

}  // namespace
}  // namespace aftercare::test
