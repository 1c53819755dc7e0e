#include "rows.hpp"

#include <iconv.h>

#include <catch2/catch.hpp>

using namespace aftercare;
using namespace aftercare::files;
using namespace marketplace_csv;

namespace {

const Reading kReading{hours(8), "taobao", Instant{1'772'500'000'000}};
const std::string kOrders = "订单编号,商品编码,商品名称,数量,单价,运费,优惠金额,付款时间,确认收货时间,买家会员名,收货人,手机号,订单状态\r\n";
const std::string kAfterSales = "退款编号,订单编号,商品编码,数量,售后类型,售后状态,退款金额,退款原因,超时时间,物流公司,物流单号,更新时间,平台介入\r\n";

std::string gb18030(std::string text) {
    const iconv_t converter = iconv_open("GB18030", "UTF-8");
    std::string out(text.size() * 2, '\0');
    char *from = text.data(), *to = out.data();
    std::size_t left = text.size(), room = out.size();
    iconv(converter, &from, &left, &to, &room);
    iconv_close(converter);
    out.resize(out.size() - room);
    return out;
}
std::string problem_of(const std::string& text) {
    const auto parsed = read_after_sales(text, kReading);
    CHECK(parsed.items.empty());
    return parsed.problems.empty() ? "" : std::to_string(parsed.problems[0].row) + ":" + parsed.problems[0].reason;
}

}  // namespace

TEST_CASE("rows of one order are its lines, in UTF-8 with a BOM as in GB18030") {
    const std::string rows = kOrders + "=\"2026030200001\",MUG-01,马克杯,2,\"1,059.90\",￥8,10,2026/3/2 9:05,2026-03-05 18:00,tb_li,李雷,13800138000,交易成功\r\n"
                                       "=\"2026030200001\",TRAY,托盘,1,39,,,,,,,,交易成功\r\n"
                                       "2026030200002,MUG-01,马克杯,1,59.9,,,,,,,,等待买家付款\r\n";
    for (const std::string& text : {"\xEF\xBB\xBF" + rows, rows, gb18030(rows)}) {
        const auto parsed = read_orders(text, kReading);
        REQUIRE(parsed.problems.empty());
        REQUIRE(parsed.items.size() == 1);
        const SoldOrder& order = parsed.items[0];
        CHECK(order.number == "2026030200001");
        CHECK(order.channel == "taobao");
        CHECK(order.buyer_name == "李雷");
        CHECK(order.lines.size() == 2);
        CHECK(order.lines[0].unit_price_minor == 105'990);
        CHECK(order.lines[1].unit_price_minor == 3'900);
        CHECK(order.shipping_minor == 800);
        CHECK(order.discount_minor == 1'000);
        CHECK(order.placed_at == Instant{1'772'413'500'000});
        CHECK(order.delivered_at > order.placed_at);
    }
}

TEST_CASE("an after-sale says what stands there now, in the platform's words or in ours") {
    const auto parsed = read_after_sales(kAfterSales + "R1,O1,MUG-01,1,退货退款,待商家处理,59.90,质量问题,2026-03-04 12:00,,,2026-03-02 10:00:00,\n"
                                                       "R1,O1,TRAY,2,退货退款,待商家处理,59.90,,,,,,\n"
                                                       "R2,O2,,,仅退款,退款成功,10,不想要了,,,,,否\n"
                                                       "R3,O3,,,return_refund,awaiting_return,,,,顺丰,SF1,2026-03-02 11:00,是\n"
                                                       "R4,O4,,,退货退款,等着看,,,,,,,\n",
                                         kReading);
    REQUIRE(parsed.problems.empty());
    REQUIRE(parsed.items.size() == 4);
    const AfterSale& first = parsed.items[0];
    CHECK(first.kind == OperationKind::return_refund);
    CHECK(first.state == AfterSaleState::requested);
    CHECK(first.reason == Reason::quality);
    CHECK(first.amount_minor == 5'990);
    CHECK(first.lines.size() == 2);
    CHECK(first.lines[1].qty == 2);
    CHECK(first.version == 1'772'416'800'000);
    CHECK(first.deadline_at == Instant{1'772'596'800'000});
    CHECK(parsed.items[1].kind == OperationKind::refund_only);
    CHECK(parsed.items[1].state == AfterSaleState::done);
    CHECK(parsed.items[1].version == kReading.file_at.ms);
    CHECK(parsed.items[2].state == AfterSaleState::awaiting_return);
    CHECK(parsed.items[2].tracking == "SF1");
    CHECK(parsed.items[2].intervention == Intervention::in_progress);
    CHECK(parsed.items[3].state == AfterSaleState::unknown);
    CHECK(parsed.items[3].raw_state == "等着看");
}

TEST_CASE("a wrong row is named with its number and reason, and nothing of the file is used") {
    CHECK(problem_of("") == "0:no_header");
    CHECK(problem_of("退款编号,订单编号\nR,O\n") == "1:missing_column_type");
    CHECK(problem_of("退款编号,订单编号,售后类型,售后状态\nR1,,退货退款,待处理\n") == "2:missing_order_number");
    CHECK(problem_of("退款编号,订单编号,售后类型,售后状态\nR1,O1,以旧换新,待处理\n") == "2:unknown_type");
    CHECK(problem_of("退款编号,订单编号,售后类型,售后状态,退款金额\nR1,O1,退货退款,待处理,1.234\n") == "2:bad_refund_amount");
    CHECK(problem_of("退款编号,订单编号,售后类型,售后状态,sku,数量\nR1,O1,退货退款,待处理,A,0\n") == "2:bad_qty");
    CHECK(problem_of("退款编号,订单编号,售后类型,售后状态,超时时间\nR1,O1,退货退款,待处理,明天\n") == "2:bad_deadline");
    CHECK(problem_of("\xff\xfe\xff") == "0:neither_utf8_nor_gb18030");
    const std::string columns = "订单编号,商品编码,数量,单价,付款时间\n", cells = ",A,1,5,2026-03-02 10:00\n";
    std::string number = "x";  // 61 bytes, and the 60th is inside a character
    for (int i = 0; i < 20; ++i) number += "单";
    CHECK(read_orders(columns + number + cells, kReading).problems.at(0).reason == "too_long_order_number");
    std::string lines = columns;
    for (int i = 0; i < 1'001; ++i) lines += "O1" + cells;
    CHECK(read_orders(lines, kReading).problems.at(0).reason == "too_many_lines_of_order_number");
    CHECK(read_orders("订单编号,商品编码,数量,单价,付款时间\nO1,A,1,-5,2026-03-02 10:00\n", kReading).problems[0].reason == "bad_unit_price");
    CHECK(read_orders("订单编号,商品编码,数量,单价\nO1,A,1,5\n", kReading).problems[0].reason == "missing_placed_at");
}
