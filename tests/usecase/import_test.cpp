#include "import_world.hpp"

using namespace aftercare;
using test::Importing, test::kHeader;

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
    CHECK(w.customers("17850").size() == 1);
}

TEST_CASE("a file without the needed columns says which") {
    Importing w;
    const auto sum = w.attempt("Invoice,Description\n1,x\n");
    REQUIRE_FALSE(sum);
    CHECK(sum.error().code == "columns_missing");
    CHECK(sum.error().fields == std::vector<FieldError>{{"/columns/qty", "column_missing"}, {"/columns/placed_at", "column_missing"}, {"/columns/price", "column_missing"}});
}

TEST_CASE("rows of one invoice may lie apart, and other spellings of the header are understood") {
    Importing w;
    w.run("1,S1,CUP,1,2010-01-01 10:00:00,5,7,UK\n2,S1,CUP,1,2010-01-01 10:00:00,5,8,UK\n1,S2,TEA,1,2010-01-01 10:00:00,5,7,UK\n",
          "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n");
    CHECK(w.order("1").lines.size() == 2);
}

TEST_CASE("a file's own words may be told, and a told word that is not there is an error of its field") {
    Importing w;
    w.mapping.columns = {{"number", "Bestellung"}, {"placed_at", "Wann"}};
    const char* rows = "Bestellung,Artikel,Title,Qty,Wann,Unit Price\nX1,a,Tasse,2,31.12.2010 10:00,\"3,50\"\n";
    const auto done = w.attempt(rows);
    REQUIRE(done);
    CHECK(done->summary.orders_added == 1);
    CHECK(w.order("X1").order.goods_minor == 700);
    w.mapping.columns = {{"number", "Order"}, {"nonsense", "Title"}};
    const auto refused = w.attempt(rows);
    REQUIRE_FALSE(refused);
    const auto& fields = refused.error().fields;
    CHECK(std::count(fields.begin(), fields.end(), FieldError{"/columns/number", "column_not_in_file"}) == 1);
    CHECK(std::count(fields.begin(), fields.end(), FieldError{"/columns/nonsense", "unknown_field"}) == 1);
}

TEST_CASE("rows without a customer are kept, an invoice with two times has its first, and nothing is named twice") {
    Importing w;
    w.run("1001,A,CUP,1,2009-12-01 07:45:00,5,,UK\n1001,B,,1,2009-12-01 07:46:00,5,,UK\n1001,47503J ,TEA,1,2009-12-01 07:46:00,5,,UK\n");
    const auto view = w.order("1001");
    CHECK(view.order.customer_id.empty());
    CHECK(view.order.placed_at.ms == 1'259'653'500'000);
    CHECK(view.lines.at(2).sku == "47503J");
    CHECK(w.customers().empty());
}

TEST_CASE("a customer in two countries is one customer, and both words are kept with their orders") {
    Importing w;
    const auto sum = w.run("1,A,CUP,1,2009-12-01 07:45:00,5,12400,Belgium\n2,A,CUP,1,2009-12-05 07:45:00,5,12400,Denmark\n");
    CHECK(sum.customers == 1);
    CHECK(sum.customers_added == 1);
    const auto view = w.customer("12400");
    CHECK(view.customer.country == "Denmark");
    for (const auto& field : view.profile)
        if (field.field == FactField::country) {
            REQUIRE(field.said.size() == 2);
            CHECK(field.said[0].value == "Denmark");
            CHECK(field.said[0].source == "import:" + w.last.value + "#2");
            CHECK(field.said[1].value == "Belgium");
        }
}

TEST_CASE("service codes are charges: value without goods that could come back; postage is the order's shipping") {
    Importing w;
    w.run("1,A,CUP,1,2009-12-01 07:45:00,5,1,UK\n1,M,Manual,1,2009-12-01 07:45:00,2,1,UK\n1,gift_0001_20,Voucher,1,2009-12-01 07:45:00,20,1,UK\n"
          "1,DCGS0003,BOXED,1,2009-12-01 07:45:00,3,1,UK\n1,DOT,DOTCOM POSTAGE,1,2009-12-01 07:45:00,7,1,UK\nC2,M,Manual,-1,2009-12-02 07:45:00,2,1,UK\n");
    const auto view = w.order("1");
    CHECK(view.order.shipping_minor == 700);
    CHECK(view.order.goods_minor == 3'000);
    for (const OrderLine& line : view.lines) CHECK(line.delivered_qty == (line.sku == "A" ? 1 : 0));
    CHECK(view.cases.empty());  // the cancelled charge stands alone
    const auto products = usecase::list_products(w.ctx, test::an_admin(), {{}, w.shop, {}}).value().items;
    CHECK(products.size() == 5);
    CHECK(std::count_if(products.begin(), products.end(), [](const Product& p) { return p.charge; }) == 4);
    CHECK(w.nothing_differs());
}

TEST_CASE("what is no trade is kept with the import, with its reason and its row") {
    Importing w;
    w.run("1001,A,damaged,-5,2009-12-01 07:45:00,0,,UK\nA506401,B,Adjust bad debt,1,2010-04-29 13:36:00,-53594.36,,UK\nC3,A,CUP,5,2009-12-01 07:45:00,1,,UK\n");
    const auto kept = usecase::list_adjustments(w.ctx, test::an_admin(), {w.last}).value().items;
    REQUIRE(kept.size() == 3);
    CHECK(kept[0].reason == "write_off");
    CHECK(kept[0].row_number == 2);
    CHECK(kept[1].reason == "bad_debt");
    CHECK(kept[1].content == "A506401,B,Adjust bad debt,1,2010-04-29 13:36:00,-53594.36,,UK");
    CHECK(kept[2].reason == "sign_contradicts_invoice");
}

TEST_CASE("full repeats are lines, unless dedupe says otherwise") {
    const std::string rows = "1,A,CUP,1,2009-12-01 07:45:00,5,1,UK\n1,A,CUP,1,2009-12-01 07:45:00,5,1,UK\n1,A,CUP,2,2009-12-01 07:45:00,5,1,UK\n";
    Importing kept;
    CHECK(kept.run(rows).order_lines == 3);
    Importing left_out;
    left_out.mapping.dedupe = true;
    const auto sum = left_out.run(rows);
    CHECK(sum.order_lines == 2);
    CHECK(sum.skipped == 1);
    CHECK(left_out.order("1").order.goods_minor == 1'500);
}

TEST_CASE("a product keeps all its names, and is called by the one used most") {
    Importing w;
    w.run("1,85123A,WHITE HEART,1,2009-12-01 07:45:00,5,1,UK\n2,85123A,CREAM HEART,1,2009-12-02 07:45:00,5,1,UK\n3,85123A,CREAM HEART,1,2009-12-03 07:45:00,5,1,UK\n");
    const auto found = usecase::list_products(w.ctx, test::an_admin(), {{}, w.shop, "heart"}).value().items;
    REQUIRE(found.size() == 1);
    CHECK(found[0].name == "CREAM HEART");
    const auto view = usecase::get_product(w.ctx, test::an_admin(), {found[0].id}).value();
    CHECK(view.names.size() == 2);
    CHECK(view.sales.units_sold == 3);
    CHECK(view.orders.size() == 3);
}

TEST_CASE("a preview counts what the import then does, and writes nothing") {
    Importing w;
    const std::string rows =
        "1,A,CUP,3,2009-12-01 07:45:00,5,7,UK\n1,A,CUP,three,2009-12-01 07:45:00,5,7,UK\nC2,A,CUP,-1,2009-12-05 07:45:00,5,7,UK\n"
        "3,B,damaged,-1,2009-12-05 07:45:00,0,,UK\n4,B,TEA,1,2009-12-05 07:45:00,5,8,UK\n";
    auto counted = w.run(rows, kHeader, ImportKind::orders, true);
    CHECK(w.customers().empty());
    CHECK(usecase::list_imports(w.ctx, test::an_admin(), {}).value().items.empty());
    auto done = w.run(rows);
    counted.returns_linked = done.returns_linked;  // a preview does not look for sales
    counted.milliseconds = done.milliseconds;
    CHECK(counted == done);
    CHECK(w.run(rows, kHeader, ImportKind::orders, true).skipped == 3);
}

TEST_CASE("a Taobao report in GB18030, numbers written as formulas, becomes orders with receiver, parcel and remark") {
    Importing w;
    w.mapping.preset = "taobao_orders";
    // 订单编号,买家会员名,总金额,买家实际支付金额,订单状态,收货人姓名,收货地址,联系手机,订单创建时间,宝贝标题,宝贝总数量,物流单号,物流公司,买家留言
    const std::string header =
        "\xB6\xA9\xB5\xA5\xB1\xE0\xBA\xC5,\xC2\xF2\xBC\xD2\xBB\xE1\xD4\xB1\xC3\xFB,\xD7\xDC\xBD\xF0\xB6\xEE,\xC2\xF2\xBC\xD2\xCA\xB5\xBC\xCA\xD6\xA7\xB8\xB6\xBD\xF0\xB6\xEE,"
        "\xB6\xA9\xB5\xA5\xD7\xB4\xCC\xAC,\xCA\xD5\xBB\xF5\xC8\xCB\xD0\xD5\xC3\xFB,\xCA\xD5\xBB\xF5\xB5\xD8\xD6\xB7,\xC1\xAA\xCF\xB5\xCA\xD6\xBB\xFA,"
        "\xB6\xA9\xB5\xA5\xB4\xB4\xBD\xA8\xCA\xB1\xBC\xE4,\xB1\xA6\xB1\xB4\xB1\xEA\xCC\xE2,\xB1\xA6\xB1\xB4\xD7\xDC\xCA\xFD\xC1\xBF,\xCE\xEF\xC1\xF7\xB5\xA5\xBA\xC5,"
        "\xCE\xEF\xC1\xF7\xB9\xAB\xCB\xBE,\xC2\xF2\xBC\xD2\xC1\xF4\xD1\xD4\r\n";
    // 交易成功 / 王小明 / 浙江省 杭州市 余杭区 五常街道1号 / 陶瓷杯 / 顺丰 / 轻放
    const std::string row =
        "=\"186371000000000001\",nick_a,59.90,49.90,\xBD\xBB\xD2\xD7\xB3\xC9\xB9\xA6,\xCD\xF5\xD0\xA1\xC3\xF7,\xD5\xE3\xBD\xAD\xCA\xA1 \xBA\xBC\xD6\xDD\xCA\xD0 \xD3\xE0\xBA\xBC\xC7\xF8 \xCE\xE5\xB3\xA3\xBD\xD6\xB5\xC0"
        "1\xBA\xC5,'13800001234,2026/3/1 9:05:00,\xCC\xD5\xB4\xC9\xB1\xAD,2,SF1234567890,\xCB\xB3\xB7\xE1,\xC7\xE1\xB7\xC5\r\n";
    const auto sum = w.run(row, header.c_str());
    CHECK(sum.orders_added == 1);
    const auto view = w.order("186371000000000001");
    CHECK(view.order.channel == "taobao");
    CHECK(view.order.total_minor == 4'990);
    CHECK(view.lines.at(0).name == "陶瓷杯");
    CHECK(view.lines.at(0).qty == 2);
    REQUIRE(view.shipments.size() == 1);
    CHECK(view.shipments[0].tracking == "SF1234567890");
    REQUIRE(view.addresses.size() == 1);
    CHECK(view.addresses[0].district == "余杭区");
    CHECK(view.addresses[0].street == "***");
    CHECK(view.addresses[0].receiver == "王**");
    const auto who = w.customer("小明");
    CHECK(who.customer.phone == "138****1234");
    CHECK(who.customer.region == "浙江省 杭州市");
    CHECK(who.notes.at(0).body == "轻放");
    for (const char* q : {"1234", "王小", "小明", "nick_a", "SF1234567890", "186371"}) {
        const auto found = usecase::search(w.ctx, test::an_admin(), {q, w.shop}).value();
        INFO(q);
        CHECK(found.customers.size() + found.orders.size() > 0);
    }
}

TEST_CASE("unpaid and closed orders of a platform are kept apart, with the platform's reason") {
    Importing w;
    const auto sum = w.run("1,A,CUP,1,2009-12-01 07:45:00,5,1,待付款\n2,A,CUP,1,2009-12-01 07:45:00,5,1,交易关闭\n3,A,CUP,1,2009-12-01 07:45:00,5,1,交易成功\n",
                           "订单编号,SKU,标题,数量,下单时间,单价,买家ID,订单状态\n");
    CHECK(sum.adjustments == 2);
    CHECK(sum.orders_added == 1);
    const auto kept = usecase::list_adjustments(w.ctx, test::an_admin(), {w.last}).value().items;
    CHECK(kept.at(0).reason == "not_paid");
    CHECK(kept.at(1).reason == "closed");
}

TEST_CASE("customers: made, changed, skipped; tags and notes; a recycled row stands in the error file") {
    Importing w;
    const char* header = "客户编号,姓名,手机,城市,标签,生日,客户类型,备注\n";
    const auto sum = w.run("k1,王小明,13800001234,杭州市,老客户、敏感肌,1990/5/20,,喜欢电话\nk2,李雷,13800005678,上海市,,,代理商,\n,,,,,,,\n", header, ImportKind::customers);
    CHECK(sum.records_added == 2);
    CHECK(sum.rejected == 1);
    CHECK(w.errors.find("nobody_named") != std::string::npos);
    const auto view = w.customer("k1");
    CHECK(view.tags == std::vector<std::string>{"敏感肌", "老客户"});
    CHECK(view.customer.birthday == "solar 05-20");
    CHECK(view.notes.at(0).body == "喜欢电话");
    CHECK(w.customer("k2").customer.party == Party::reseller);
    const auto again = w.run("k1,王小明,13800001234,杭州市,老客户、敏感肌,1990/5/20,,喜欢电话\nk2,李雷,13800005678,北京市,,,代理商,\n", header, ImportKind::customers);
    CHECK(again.skipped == 1);
    CHECK(again.records_changed == 1);
    CHECK(w.customer("k2").customer.region == "北京市");
}

TEST_CASE("products: names, specification, image by address; an address that is none is refused") {
    Importing w;
    const char* header = "SKU,商品名称,规格,单价,条码,主图\n";
    const auto sum = w.run("c-1,陶瓷杯,白 350 ml,¥39.90,6901234567892,https://img.example.com/c1.jpg\nc-2,碗,,1,,javascript:alert(1)\n", header, ImportKind::products);
    CHECK(sum.products_added == 1);
    CHECK(w.errors.find("image_not_an_address") != std::string::npos);
    const auto found = usecase::search(w.ctx, test::an_admin(), {"陶瓷", w.shop}).value().products;
    REQUIRE(found.size() == 1);
    CHECK(found[0].price_minor == 3'990);
    CHECK(w.run("c-1,陶瓷杯,白 350 ml,¥39.90,6901234567892,https://img.example.com/c1.jpg\n", header, ImportKind::products).skipped == 1);
}

TEST_CASE("a marketplace's after-sales: finished returns move goods and money, open ones wait for a person, unknown orders are refused") {
    Importing w;
    w.run("1,A,CUP,3,2026-01-01 07:45:00,5,7,UK\n");
    const char* header = "退款编号,订单编号,商家编码,退款金额,售后类型,退款状态,申请时间,退款原因\n";
    const std::string rows =
        "R1,1,A,5.00,退货退款,退款成功,2026-01-08 10:00:00,不喜欢\nR2,1,A,2.00,仅退款,退款成功,2026-01-09 10:00:00,破损\n"
        "R3,1,A,5.00,退货退款,等待卖家同意,2026-01-10 10:00:00,尺寸\nR4,9,A,5.00,退货退款,退款成功,2026-01-10 10:00:00,\n";
    const auto sum = w.run(rows, header, ImportKind::after_sales);
    CHECK(sum.records_added == 3);
    CHECK(sum.rejected == 1);
    CHECK(w.errors.find("order_not_found") != std::string::npos);
    const auto view = w.order("1");
    CHECK(view.money.at(0).refunded_minor == 500);
    CHECK(view.cases.size() == 3);
    CHECK(usecase::count_cases(w.ctx, test::an_admin(), {}).value().all_open == 1);
    CHECK(w.run(rows, header, ImportKind::after_sales).skipped == 3);
    CHECK(w.nothing_differs());
}

TEST_CASE("reviews go to the customer of their order") {
    Importing w;
    w.run("1,A,CUP,3,2026-01-01 07:45:00,5,7,UK\n");
    const auto sum = w.run("1,好用,5,2026-01-05\n2,?,1,2026-01-05\n", "订单编号,评价内容,评分,评价时间\n", ImportKind::reviews);
    CHECK(sum.records_added == 1);
    CHECK(sum.rejected == 1);
    CHECK(w.customer("7").notes.at(0).kind == CustomerNoteKind::review);
}
