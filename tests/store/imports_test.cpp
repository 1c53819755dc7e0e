#include <filesystem>
#include <fstream>

#include "db/row.hpp"
#include "sql/all.hpp"
#include "store/world.hpp"
#include "usecase/customers.hpp"
#include "usecase/imports/imports.hpp"
#include "usecase/products.hpp"
#include "usecase/search.hpp"

namespace aftercare::test {
namespace {

constexpr const char* kRows =
    "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n"
    "1,A,WHITE HEART,3,2009-12-01 07:45:00,5,7,UK\n1,POST,POSTAGE,1,2009-12-01 07:45:00,2,7,UK\n2,B,TEA,1,2009-12-02 07:45:00,5,8,France\n"
    "C3,A,WHITE HEART,-2,2009-12-05 07:45:00,5,7,UK\nC4,X,GONE,-1,2009-12-05 07:45:00,5,,UK\n5,A,damaged,-1,2009-12-05 07:45:00,0,,UK\n";

usecase::ImportedNow import(ShopWorld& w, const std::string& text, ImportKind kind = ImportKind::orders) {
    const auto file = w.folder.path() / "file.csv";
    std::ofstream(file, std::ios::binary) << text;
    w.clock.advance(minutes(5));
    return ShopWorld::must(usecase::import_now(*w.ctx, w.admin, {w.shop, kind, file, {}, false, w.folder.path() / "errors.csv"}));
}

usecase::ImportRun revert(ShopWorld& w, const ImportRunId& id) {
    w.ctx->imports_folder = w.folder.path();
    ShopWorld::must(usecase::revert_import(*w.ctx, w.admin, w.guard(w.admin), {id}));
    usecase::work_on_imports(*w.ctx, [] { return false; });
    w.clock.advance(minutes(5));
    return ShopWorld::must(usecase::get_import(*w.ctx, w.admin, {id}));
}

CustomerId customer(ShopWorld& w, const std::string& q) {
    const auto found = ShopWorld::must(usecase::list_customers(*w.ctx, w.admin, {{}, w.shop, q, {}})).items;
    REQUIRE(found.size() == 1);
    return found.front().id;
}

}  // namespace

TEST_CASE("a file is imported once however often it comes, and taken back whole, on each engine") {
    on_each_engine([](ShopWorld& w) {
        const auto first = import(w, kRows);
        CHECK(first.summary.orders_added == 2);
        CHECK(first.summary.returns_added == 2);
        CHECK(first.summary.adjustments == 1);
        const auto again = import(w, kRows);
        CHECK(again.summary.orders_added + again.summary.returns_added + again.summary.customers_added + again.summary.products_added == 0);
        CHECK(again.summary.skipped == 5);
        CHECK(w.differences().empty());
        CHECK(revert(w, again.id).kept == 0);
        CHECK(revert(w, first.id).kept == 0);
        for (const char* table : {"sales_order", "order_line", "payment", "customer", "customer_fact", "identity", "product", "product_name", "support_case", "event", "note",
                                  "unit_ledger", "money_ledger", "order_ledger", "imported_return", "search_token", "import_item", "import_adjustment", "revisit_task"}) {
            const std::string text = "SELECT count(*) FROM " + std::string(table);
            INFO(table);
            w.database->read([&](db::Connection& tx) { tx.run(db::Query::both("count", text), {}, [&](const db::Row& row) { CHECK(row.integer(0) == 0); }); });
        }
    });
}

TEST_CASE("an imported order that people work with stays when its import is taken back") {
    on_each_engine([](ShopWorld& w) {
        const auto run = import(w, kRows);
        const auto orders = ShopWorld::must(usecase::list_orders(*w.ctx, w.admin, {{}, w.shop, "2"})).items;
        REQUIRE(orders.size() == 1);
        const auto order = ShopWorld::must(usecase::get_order(*w.ctx, w.admin, {orders[0].order.id}));
        auto opening = w.opening(order, 1);
        opening.request.reset();  // its window has passed long ago
        ShopWorld::must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), opening));
        const auto stayed = revert(w, run.id);
        CHECK(stayed.kept == 3);
        CHECK(ShopWorld::must(usecase::get_order(*w.ctx, w.admin, {orders[0].order.id})).cases.size() == 1);
        CHECK(w.differences().empty());
    });
}

TEST_CASE("the page of a customer: value, return rate, timeline, provenance") {
    on_each_engine([](ShopWorld& w) {
        import(w, kRows);
        const auto id = customer(w, "7");
        const auto view = ShopWorld::must(usecase::get_customer(*w.ctx, w.agent, {id}));
        CHECK(view.value.order_count == 1);
        CHECK(view.value.spent_minor == 1'700);
        CHECK(view.value.refunded_minor == 1'000);
        CHECK(view.value.units_bought == 3);
        CHECK(view.value.units_returned == 2);
        CHECK(view.identities.at(0).strength == Strength::strong);
        usecase::ReadTimeline all{id, {}};
        const auto timeline = ShopWorld::must(usecase::customer_timeline(*w.ctx, w.agent, all));
        REQUIRE(timeline.items.size() == 3);
        CHECK(timeline.items.back().kind == "order_placed");
        all.page.limit = 2;
        const auto first = ShopWorld::must(usecase::customer_timeline(*w.ctx, w.agent, all));
        all.page.after = first.next;
        const auto rest = ShopWorld::must(usecase::customer_timeline(*w.ctx, w.agent, all));
        CHECK(first.items.size() == 2);
        REQUIRE(rest.items.size() == 1);
        CHECK(rest.items[0].id == timeline.items[2].id);
        CHECK(rest.next.empty());
    });
}

TEST_CASE("what people say of a customer: facts, tags, notes, requests; contact is shown for a reason and kept") {
    on_each_engine([](ShopWorld& w) {
        const auto made = ShopWorld::must(usecase::put_customer(*w.ctx, w.agent, w.guard(w.agent), {w.shop, "K1", "王小明", "+86 138 0000 1234", "Li@Example.com", "中国", "杭州", "lunar 08-15", "急", Party::person, {"老客户"}}));
        const auto id = made.customer.id;
        CHECK(made.customer.phone == "138****1234");
        CHECK(made.customer.birthday == "lunar 08-15");
        CHECK(usecase::put_customer(*w.ctx, w.agent, w.guard(w.agent), {w.shop, "K1", "x", {}, {}, {}, {}, {}, {}, Party::person, {}}).error().code == "customer_exists");
        CHECK(usecase::put_customer(*w.ctx, w.agent, w.guard(w.agent), {w.shop, {}, {}, {}, {}, {}, {}, {}, {}, Party::person, {}}).error().fields.at(0).code == "nobody_named");

        w.clock.advance(days(400));
        const auto locked = ShopWorld::must(usecase::set_fact(*w.ctx, w.lead, w.guard(w.lead), {id, FactField::name, "王明", true, true}));
        CHECK(locked.customer.name == "王明");
        const auto later = ShopWorld::must(usecase::set_fact(*w.ctx, w.agent, w.guard(w.agent), {id, FactField::name, "小王", false, false}));
        CHECK(later.customer.name == "王明");
        for (const auto& field : later.profile) {
            if (field.field == FactField::name) CHECK((field.locked && field.said.size() == 2 && field.by == "staff:LEAD"));
            if (field.field == FactField::phone) CHECK((field.stale && field.value == "138****1234"));
        }
        CHECK(usecase::set_fact(*w.ctx, w.agent, w.guard(w.agent), {id, FactField::birthday, "solar 13-01", false, false}).error().fields.at(0).code == "bad_birthday");
        CHECK(customer(w, "王明") == id);

        ShopWorld::must(usecase::add_tag(*w.ctx, w.agent, w.guard(w.agent), {id, "敏感肌"}));
        CHECK(ShopWorld::must(usecase::list_tags(*w.ctx, w.agent, {})).items.size() == 2);
        ShopWorld::must(usecase::remove_tag(*w.ctx, w.agent, w.guard(w.agent), {id, "敏感肌"}));
        CHECK(usecase::remove_tag(*w.ctx, w.agent, w.guard(w.agent), {id, "敏感肌"}).error().code == "tag_not_found");

        const auto request = ShopWorld::must(usecase::note_customer(*w.ctx, w.agent, w.guard(w.agent), {id, CustomerNoteKind::special_request, "礼盒不放小票", {}}));
        CHECK(request.state == CustomerNoteState::open);
        CHECK(ShopWorld::must(usecase::settle_note(*w.ctx, w.lead, w.guard(w.lead), {id, request.id, CustomerNoteState::granted})).version == 2);
        CHECK(usecase::settle_note(*w.ctx, w.lead, w.guard(w.lead), {id, request.id, CustomerNoteState::standing}).error().code == "note_cannot_be");

        CHECK(usecase::reveal_contact(*w.ctx, w.dock, w.guard(w.dock), {id, "phone", "why"}).error().code == "permission_missing");
        CHECK(ShopWorld::must(usecase::reveal_contact(*w.ctx, w.agent, w.guard(w.agent, "key"), {id, "phone", "约定取件时间"})).value == "13800001234");
        CHECK(usecase::reveal_contact(*w.ctx, w.agent, w.guard(w.agent), {id, "secrets", "xx"}).error().fields.at(0).code == "unknown_field");
        const auto seen = ShopWorld::must(usecase::get_customer(*w.ctx, w.lead, {id})).reveals;
        REQUIRE(seen.size() == 1);
        CHECK(seen[0].reason == "约定取件时间");
        for (int i = 0; i < 59; ++i) ShopWorld::must(usecase::reveal_contact(*w.ctx, w.agent, w.guard(w.agent), {id, "email", "again"}));
        CHECK(usecase::reveal_contact(*w.ctx, w.agent, w.guard(w.agent), {id, "phone", "once more"}).error().code == "reveal_limit");

        const usecase::Actor stranger{StaffId("X"), {Role::agent}, {ShopId("OTHER")}, false, "staff:X"};
        CHECK(usecase::get_customer(*w.ctx, stranger, {id}).error().code == "customer_not_found");
        CHECK(usecase::reveal_contact(*w.ctx, stranger, w.guard(stranger), {id, "phone", "why"}).error().code == "customer_not_found");
    });
}

TEST_CASE("one box finds customers, orders, cases and products by what is at hand") {
    on_each_engine([](ShopWorld& w) {
        import(w, "订单编号,买家昵称,收货人,手机,商品名称,SKU,数量,单价,下单时间,物流单号\nT100,nick_a,王小明,13800001234,陶瓷杯,c-1,1,39.9,2026-01-01,SF123\n");
        const auto find = [&](const std::string& q) { return ShopWorld::must(usecase::search(*w.ctx, w.agent, {q, w.shop})); };
        for (const char* q : {"1234", "王小", "小明", "nick_a", "13800001234"}) {
            INFO(q);
            CHECK(find(q).customers.size() == 1);
            CHECK(find(q).orders.size() == 1);
        }
        CHECK(find("nick").customers.size() == 1);
        for (const char* q : {"1380000", "138000012", "138****12"}) CHECK(find(q).customers.empty());  // else the mask could be guessed digit by digit
        for (const char* q : {"T1", "SF123"}) CHECK(find(q).orders.size() == 1);
        for (const char* q : {"c-1", "陶瓷", "瓷杯"}) CHECK(find(q).products.size() == 1);
        CHECK(find("没有").customers.empty());
        const usecase::Actor stranger{StaffId("X"), {Role::agent}, {ShopId("OTHER")}, false, "staff:X"};
        const auto nothing = ShopWorld::must(usecase::search(*w.ctx, stranger, {"王小", {}}));
        CHECK(nothing.customers.empty());
    });
}

}  // namespace aftercare::test
