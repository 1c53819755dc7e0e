#include <catch2/catch.hpp>
#include <sstream>

#include "store/check.hpp"
#include "usecase/cases.hpp"
#include "usecase/imports/import_orders.hpp"
#include "usecase/imports/order_file.hpp"
#include "usecase/orders.hpp"
#include "usecase/staff.hpp"
#include "world.hpp"

using namespace aftercare;

namespace {

constexpr const char* kHeader = "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n";

struct Importing : test::World {
    ShopId shop = usecase::add_shop(ctx, test::an_admin(), guard(test::an_admin()), {"uk", "UK", "GBP", "Europe/London"})->id;
    std::string errors;

    usecase::ImportSummary run(const std::string& rows, const char* header = kHeader) {
        std::istringstream file(header + rows);
        std::ostringstream bad;
        const auto sum = usecase::import_orders(ctx, test::an_admin(), {shop, file, bad, {}});
        errors = bad.str();
        REQUIRE(sum);
        CHECK(sum->rows == sum->order_lines + sum->return_lines + sum->adjustments + sum->rejected + sum->skipped);
        return *sum;
    }
    usecase::OrderView order(const std::string& number) {
        const auto found = usecase::list_orders(ctx, test::an_admin(), {{}, shop, number}).value();
        REQUIRE(found.items.size() == 1);
        return usecase::get_order(ctx, test::an_admin(), {found.items[0].order.id}).value();
    }
    bool nothing_differs() { return store::check(store, {}).value().differences.empty(); }
};

}  // namespace

TEST_CASE("an invoice becomes an order: goods, postage and one payment that add up") {
    Importing w;
    const auto sum = w.run(
        "1001,A,\"CUP, BLUE\",12,2009-12-01 07:45:00,6.95,13085,United Kingdom\n"
        "1001,POST,POSTAGE,1,2009-12-01 07:45:00,18.0,13085,United Kingdom\n"
        "1001,B,PLATE ,2,2009-12-01 07:45:00,0.125,13085,United Kingdom\n");
    CHECK(sum.orders_added == 1);
    CHECK(sum.order_lines == 3);
    CHECK(sum.customers == 1);
    const auto view = w.order("1001");
    CHECK(view.order.goods_minor == 12 * 695 + 25);
    CHECK(view.order.shipping_minor == 1'800);
    CHECK(view.payments.at(0).captured_minor == view.order.total_minor);
    CHECK(view.order.placed_at.ms == 1'259'653'500'000);  // London keeps UTC in winter
    CHECK(view.lines.at(0).name == "CUP, BLUE");
    CHECK(view.lines.at(0).delivered_qty == 12);
}

TEST_CASE("the same file again adds nothing") {
    Importing w;
    const std::string rows =
        "1001,A,CUP,3,2009-12-01 07:45:00,5,13085,UK\n"
        "C1002,A,CUP,-1,2009-12-05 07:45:00,5,13085,UK\n";
    w.run(rows);
    const auto again = w.run(rows);
    CHECK(again.orders_added == 0);
    CHECK(again.returns_added == 0);
    CHECK(again.customers_added == 0);
    CHECK(again.skipped == 2);
    CHECK(w.order("1001").cases.size() == 1);
}

TEST_CASE("a cancellation finds its sale and gives back units and money; the rest stands alone") {
    Importing w;
    const auto sum = w.run(
        "1001,A,CUP,3,2009-12-01 07:45:00,5,13085,UK\n"
        "C1002,A,CUP,-2,2009-12-05 07:45:00,5,13085,UK\n"
        "C1003,A,CUP,-2,2009-12-06 07:45:00,5,13085,UK\n"
        "C1004,D,Discount,-1,2009-12-06 07:45:00,9,,UK\n");
    CHECK(sum.returns_added == 3);
    CHECK(sum.returns_linked == 2);
    CHECK(sum.return_lines == 3);
    const auto view = w.order("1001");
    CHECK(view.money.at(0).refunded_minor == 1'500);  // all three cups, in two returns
    for (const UnitRun& run : view.units) CHECK(run.bucket == Bucket::returned);
    CHECK(view.cases.size() == 2);
    CHECK(usecase::count_cases(w.ctx, test::an_admin(), {}).value().all_open == 0);
    CHECK(w.nothing_differs());
}

TEST_CASE("write-offs, bad debt and signs that contradict their invoice are adjustments, and counted") {
    Importing w;
    const auto sum = w.run(
        "1001,A,damaged,-5,2009-12-01 07:45:00,0,,UK\n"
        "A1002,B,Adjust bad debt,1,2009-12-01 07:45:00,-53594.36,,UK\n"
        "C1003,A,CUP,5,2009-12-01 07:45:00,1,,UK\n");
    CHECK(sum.adjustments == 3);
    CHECK(sum.orders == 0);
}

TEST_CASE("a row that cannot be read stands in the error file with number and reason, and stops nobody") {
    Importing w;
    const auto sum = w.run(
        "1001,A,CUP,three,2009-12-01 07:45:00,5,1,UK\n"
        "1001,A,CUP,3,2009-13-01 07:45:00,5,1,UK\n"
        "1001,A,CUP,3,2009-12-01 07:45:00,5.123456,1,UK\n"
        ",A,CUP,3,2009-12-01 07:45:00,5,1,UK\n"
        "1001,A\n"
        "1001,A,CUP,99999999,2009-12-01 07:45:00,5,1,UK\n"
        "1001,A,CUP,1,2009-12-01 07:45:00,5,17850.0,UK\n");
    CHECK(sum.rejected == 6);
    CHECK(sum.orders_added == 1);
    for (const char* reason : {"2,2,qty_not_a_number", "3,3,bad_time", "4,4,price_not_a_number", "5,5,number_missing",
                               "6,6,too_few_fields", "7,7,out_of_range"})
        CHECK(w.errors.find(reason) != std::string::npos);
    CHECK(usecase::list_customers(w.ctx, test::an_admin(), {{}, w.shop, "17850"}).value().items.size() == 1);
}

TEST_CASE("a file without the needed columns says which") {
    Importing w;
    std::istringstream file("Invoice,Description\n1,x\n");
    std::ostringstream bad;
    const auto sum = usecase::import_orders(w.ctx, test::an_admin(), {w.shop, file, bad, {}});
    REQUIRE_FALSE(sum);
    CHECK(sum.error().code == "columns_missing");
    CHECK(sum.error().fields.size() == 4);
}

TEST_CASE("rows of one invoice may lie apart, and other spellings of the header are understood") {
    Importing w;
    w.run("1,S1,CUP,1,2010-01-01 10:00:00,5,7,UK\n2,S1,CUP,1,2010-01-01 10:00:00,5,8,UK\n1,S2,TEA,1,2010-01-01 10:00:00,5,7,UK\n",
          "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n");
    CHECK(w.order("1").lines.size() == 2);
}
