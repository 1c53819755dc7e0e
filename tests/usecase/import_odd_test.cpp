#include <aftercare/connector/utf8.hpp>

#include <set>

#include "import_world.hpp"
#include "usecase/erasure.hpp"

using namespace aftercare;
using test::Importing, test::kHeader;

namespace {

std::string lines(const std::string& number, int count, const std::string& sign) {
    std::string rows;
    for (int i = 0; i < count; ++i) rows += number + ",S" + std::to_string(i) + ",CUP," + sign + "1,2009-12-0" + (sign.empty() ? "1" : "5") + " 07:45:00,5,7,UK\n";
    return rows;
}

}  // namespace

TEST_CASE("a cancellation of more lines than a request may have becomes several returns") {
    Importing w;
    w.run(lines("1", 250, ""));
    const auto sum = w.run(lines("C2", 250, "-"));
    CHECK(sum.returns_added == 1);
    CHECK(sum.returns_linked == 250);
    CHECK(w.order("1").cases.size() == 2);
    CHECK(w.order("1").money.at(0).refunded_minor == 250 * 500);
    CHECK(w.run(lines("C2", 250, "-")).skipped == 250);
    CHECK(w.nothing_differs());
}

TEST_CASE("a cancellation of nothing is no return, and the rest of the file comes in") {
    Importing w;
    const auto sum = w.run("C2,A,CUP,0,2009-12-05 07:45:00,5,7,UK\n3,A,CUP,1,2009-12-05 07:45:00,5,7,UK\n");
    CHECK(sum.adjustments == 1);
    CHECK(sum.orders_added == 1);
}

TEST_CASE("what cannot be linked is kept whole, in notes that cut no character") {
    Importing w;
    std::string rows;
    const std::string name = "长" + std::string(40, 'x') + "名称的商品" + std::string(380, 'y') + "完";
    for (int i = 0; i < 12; ++i) rows += "C9,N" + std::to_string(i) + "," + name + ",-1,2009-12-05 07:45:00,5,7,UK\n";
    w.run(rows);
    const auto found = usecase::list_cases(w.ctx, test::an_admin(), {}).value();
    REQUIRE(found.items.size() == 1);
    const auto timeline = usecase::case_timeline(w.ctx, test::an_admin(), {found.items[0].c.id, 0}).value().items;
    std::string said;
    for (const auto& event : timeline) {
        CHECK(is_utf8(event.note));
        CHECK(event.at.ms == 1'259'999'100'000);  // when it happened, not when it was read
        said += event.note;
    }
    for (int i = 0; i < 12; ++i) CHECK(said.find("1 x N" + std::to_string(i) + " " + name + "\n") != std::string::npos);
}

TEST_CASE("day or month first is learned from as much of the file as it takes") {
    Importing w;
    std::string rows;
    for (int i = 0; i < 2'500; ++i) rows += std::to_string(i) + ",A,CUP,1,12/1/2010 10:00,5,,UK\n";
    const auto sum = w.run(rows + "9999,A,CUP,1,12/13/2010 10:00,5,,UK\n");
    CHECK(sum.rejected == 0);
    CHECK(w.order("0").order.placed_at.ms == 1'291'197'600'000);  // 1 December, not 12 January
}

TEST_CASE("states are understood in any case, numbers with the marks of any country") {
    Importing w;
    const char* header = "Order,sku,qty,price,date,status\n";
    const auto sum = w.run("1,A,1,5,2009-12-01,Cancelled\n2,A,1,5,2009-12-01,Unpaid\n3,A,1,\"€1.299,00\",2009-12-01,Completed\n4,A,1,\"1,299.50\",2009-12-01,\n", header);
    CHECK(sum.adjustments == 2);
    CHECK(w.order("3").order.goods_minor == 129'900);
    CHECK(w.order("4").order.goods_minor == 129'950);
}

TEST_CASE("numbers that a spreadsheet rounded are refused: different orders would be one") {
    Importing w;
    const auto sum = w.run("1.23457E+18,A,CUP,1,2009-12-01 07:45:00,5,7,UK\n1E5,A,CUP,1,2009-12-01 07:45:00,5,7,UK\n");
    CHECK(sum.rejected == 1);
    CHECK(sum.orders_added == 1);
    CHECK(w.errors.find("number_rounded") != std::string::npos);
}

TEST_CASE("a column that is the same in all rows is no order number") {
    Importing w;
    std::string rows;
    for (int i = 0; i < 5'010; ++i) rows += "shop,A,CUP,1,2009-12-01 07:45:00,5,7,UK\n";
    const auto sum = w.run(rows);
    CHECK(sum.order_lines == 5'000);
    CHECK(sum.rejected == 10);
    CHECK(w.errors.find("too_many_lines") != std::string::npos);
}

TEST_CASE("where the shop says so, C1001 is an order like any other") {
    Importing w;
    w.mapping.c_is_plain = true;
    CHECK(w.run("C1001,A,CUP,1,2009-12-01 07:45:00,5,7,UK\n").orders_added == 1);
}

TEST_CASE("an order on its way is delivered by the first file that says so, also when a part of it comes back already") {
    Importing w;
    const char* header = "Order,sku,qty,price,date,customer,发货时间,确认收货时间\n";
    w.run("1,X1,1,5,2009-12-01,7,2009-12-02,2009-12-03\n1,X2,2,5,2009-12-01,7,2009-12-02,\n", header);
    const auto buckets = [&] {
        std::multiset<Bucket> found;
        for (const UnitRun& run : w.order("1").units) found.insert(run.bucket);
        return found;
    };
    CHECK(buckets() == std::multiset{Bucket::with_customer, Bucket::in_transit_out});
    const usecase::Actor agent{StaffId("A"), {Role::agent, Role::lead}, {w.shop}, false, "staff:A"};
    usecase::OpenCaseIn in;
    in.shop_id = w.shop;
    in.open.order_id = w.order("1").order.id;
    in.request.emplace();
    in.request->reason = Reason::no_longer_wanted;
    const auto ask = [&](const std::string& sku, std::int64_t qty) {
        for (const OrderLine& line : w.order("1").lines)
            if (line.sku == sku) in.request->lines = {{line.id, qty, {}, {}, {}}};
        auto guard = w.guard(agent);
        guard.now = Instant{1'259'999'100'000};
        return usecase::open_case(w.ctx, agent, guard, in);
    };
    const auto asked = ask("X1", 1);
    INFO((asked ? "" : asked.error().code));
    REQUIRE(asked);
    const std::string rest = "1,X1,1,5,2009-12-01,7,2009-12-02,2009-12-03\n1,X2,2,5,2009-12-01,7,2009-12-02,2009-12-05\n";
    CHECK(w.run(rest, header).records_changed == 2);
    CHECK(buckets() == std::multiset{Bucket::with_customer, Bucket::with_customer});
    CHECK(w.order("1").lines.at(1).delivered_qty == 2);
    CHECK(w.run(rest, header).skipped == 2);
    CHECK(w.nothing_differs());
    CHECK(ask("X2", 2));
}

TEST_CASE("a list of customers twice is once, whatever little it says of them") {
    Importing w;
    const std::string header = GENERATE("Email,Name\n", "Phone\n", "Name\n", "Phone,Name\n");
    const std::string rows = header == "Email,Name\n" ? "a@x.cn,A\nb@x.cn,A\n" : header == "Phone\n" ? "13800138000\n13900139000\n" : header == "Name\n" ? "王小明\n李伟\n" : "13800138000,王小明\n13800138000,李伟\n";
    CHECK(w.run(rows, header.c_str(), ImportKind::customers, true).records_added == 2);
    CHECK(w.run(rows, header.c_str(), ImportKind::customers).records_added == 2);
    const auto again = w.run(rows, header.c_str(), ImportKind::customers);
    CHECK(again.records_added == 0);
    CHECK(again.skipped == 2);
    CHECK(w.customers().size() == 2);
}

TEST_CASE("a name that staff mended does not make the next file's customer a new one") {
    Importing w;
    w.run("13800138000,王晓明\n", "Phone,Name\n", ImportKind::customers);
    REQUIRE(usecase::set_fact(w.ctx, test::an_admin(), w.guard(test::an_admin()), {w.customers().at(0).id, FactField::name, "王小明", true, false}));
    CHECK(w.run("13800138000,王晓明\n", "Phone,Name\n", ImportKind::customers).records_added == 0);
}

TEST_CASE("a new nick of a known customer is learned, and found") {
    Importing w;
    w.run("7,13800138000\n", "customer,Phone\n", ImportKind::customers);
    const auto sum = w.run("7,13800138000,小鱼儿\n", "customer,Phone,买家昵称\n", ImportKind::customers);
    CHECK(sum.records_changed == 1);
    CHECK(w.customers("小鱼儿").size() == 1);
}

TEST_CASE("what a marketplace masked never replaces what was said whole") {
    Importing w;
    w.run("7,王小明,13800138000\n", "customer,Name,Phone\n", ImportKind::customers);
    w.run("1,A,1,5,2019-12-01,7,王**,138****8000\n", "Order,sku,qty,price,date,customer,收货人,Phone\n");
    CHECK(w.customers("13800138000").size() == 1);
    CHECK(w.customer("7").customer.name == "王小明");
}

TEST_CASE("a birthday may lie before computers") {
    Importing w;
    w.run("7,1965-03-08\n8,1970-01-01\n", "customer,birthday\n", ImportKind::customers);
    CHECK(w.customer("7").customer.birthday == "solar 03-08");
    CHECK(w.customer("8").customer.birthday == "solar 01-01");
}

TEST_CASE("taking an import back unsays what it said, and keeps what others said since") {
    Importing w;
    const auto admin = test::an_admin();
    const auto revert = [&](const ImportRunId& id) {
        w.clock.advance(minutes(5));
        return usecase::revert_now(w.ctx, admin, w.guard(admin), {id}, [] { return false; }).value();
    };
    w.run("1,A,CUP,1,2009-12-01 07:45:00,5,7,UK\n");
    const auto orders = w.last;
    w.run("A,Old cup\n", "sku,name\n", ImportKind::products);
    w.run("7,Ann,13800138000\n", "customer,Name,Phone\n", ImportKind::customers);
    const auto people = w.last;
    SECTION("the later one") {
        CHECK(revert(people).kept == 0);
        CHECK(w.customer("7").customer.name.empty());
        CHECK(w.customers("13800138000").empty());
    }
    SECTION("the earlier one leaves the customer that the later one spoke of") {
        CHECK(revert(orders).kept == 1);
        CHECK(w.customer("7").customer.name == "Ann");
    }
    SECTION("a product is called what it was called before") {
        w.run("A,New cup\n", "sku,name\n", ImportKind::products);
        CHECK(revert(w.last).kept == 0);
        CHECK(usecase::list_products(w.ctx, admin, {{}, w.shop, "A"}).value().items.at(0).name == "Old cup");
    }
    CHECK(w.nothing_differs());
}

TEST_CASE("the names of a product are counted by the rows that made orders, and forgotten with them") {
    Importing w;
    w.run("1,A,CUP,1,2009-12-01 07:45:00,5,7,UK\n2,A,BLUE CUP,1,2009-12-01 07:45:00,5,7,UK\n3,A,BLUE CUP,1,2009-12-01 07:45:00,5,7,UK\n");
    const auto names = [&] {
        const auto id = usecase::list_products(w.ctx, test::an_admin(), {{}, w.shop, "A"}).value().items.at(0).id;
        return usecase::get_product(w.ctx, test::an_admin(), {id}).value();
    };
    CHECK(names().product.name == "BLUE CUP");
    w.run("1,A,CUP,1,2009-12-01 07:45:00,5,7,UK\n4,A,CUP,1,2009-12-01 07:45:00,5,7,UK\n");
    CHECK(names().names.at(0).uses == 2);
    CHECK(names().names.at(1).uses == 2);
    w.clock.advance(minutes(5));
    CHECK(usecase::revert_now(w.ctx, test::an_admin(), w.guard(test::an_admin()), {w.last}, [] { return false; })->kept == 0);
    CHECK(names().names.at(0).name == "BLUE CUP");
    CHECK(names().names.at(1).uses == 1);
}

TEST_CASE("a list of customers brings nobody back who was erased, whether it has a number for them or only a name") {
    Importing w;
    const char* rows = "k1,王小明,13800001234\n,李雷,\n";
    const char* header = "客户编号,姓名,手机\n";
    CHECK(w.run(rows, header, ImportKind::customers).records_added == 2);
    for (const char* name : {"王小明", "李雷"})
        REQUIRE(usecase::erase_customer(w.ctx, test::an_admin(), w.guard(test::an_admin()), {w.customer(name).customer.id, ErasureReason::customer_asked}));
    const auto again = w.run(rows, header, ImportKind::customers);
    CHECK(again.records_added == 0);
    CHECK(again.skipped == 2);
    CHECK(w.customers().empty());
    CHECK(w.run("k2,李雷,13800005678\n", header, ImportKind::customers).records_added == 1);  // another one of that name
    CHECK(w.nothing_differs());
}

TEST_CASE("a return that is over in the file and open here is told, not passed over") {
    Importing w;
    w.run("1,A,CUP,1,2009-12-01 07:45:00,5,7,UK\n");
    const char* header = "退款编号,订单编号,售后类型,售后状态,申请时间\n";
    CHECK(w.run("R1,1,退货退款,待处理,2009-12-03\n", header, ImportKind::after_sales).records_added == 1);
    CHECK(w.run("R1,1,退货退款,待处理,2009-12-03\n", header, ImportKind::after_sales).skipped == 1);
    CHECK(w.run("R1,1,退货退款,退款成功,2009-12-03\n", header, ImportKind::after_sales).rejected == 1);
    CHECK(w.errors.find("return_still_open") != std::string::npos);
}
