#include "rows.hpp"

#include <catch2/catch.hpp>

using namespace aftercare;
using namespace aftercare::files;
using namespace warehouse_files;

namespace {

constexpr Duration kChina = hours(8);
const std::string kReceipts = "receipt_id,key,order_line_id,sku,qty,tracking,received_at\r\n";
const std::string kInspections = "inspection_id,key,sku,qty,grade,disposition,note,inspector,inspected_at\n";

std::string first_problem(const std::string& text) {
    const auto parsed = read_receipts(text, kChina);
    if (parsed.problems.empty()) return "";
    return std::to_string(parsed.problems[0].row) + ":" + parsed.problems[0].reason;
}

}  // namespace

TEST_CASE("rows of one receipt are one parcel") {
    const auto parsed = read_receipts("\xEF\xBB\xBF" + kReceipts + "R1,OP1,L1,,2,SF1,2026-03-02 10:00\r\n\r\nR2,OP2,,SKU-9,1,,\r\nR1,OP1,L2,,0,SF1,\r\n",
                                      kChina);
    CHECK(parsed.problems.empty());
    REQUIRE(parsed.items.size() == 2);
    CHECK(parsed.items[0].lines.size() == 2);
    CHECK(parsed.items[0].lines[1].qty == 0);
    CHECK(parsed.items[0].tracking == "SF1");
    CHECK(parsed.items[0].received_at == Instant{1'772'416'800'000});
    CHECK(parsed.items[1].lines[0].sku == "SKU-9");
    CHECK(parsed.items[1].received_at == Instant{});
}

TEST_CASE("GB18030 and what spreadsheets put around numbers are read as they are meant") {
    const auto parsed = read_receipts(kReceipts + "=\"R1\",'OP1,,\xCD\xCB,1,=\"00123\",\n", kChina);
    REQUIRE(parsed.problems.empty());
    CHECK(parsed.items[0].id == "R1");
    CHECK(parsed.items[0].key == "OP1");
    CHECK(parsed.items[0].tracking == "00123");
    CHECK(parsed.items[0].lines[0].sku == "退");
}

TEST_CASE("columns may stand in any order and case, more of them are ignored, quotes hold anything") {
    const auto parsed = read_receipts("Note, QTY ,key,Receipt_ID,sku\n\"a,\"\"b\"\"\nc\", 3 ,K,R,\"退货,SKU\"\n", kChina);
    CHECK(parsed.problems.empty());
    REQUIRE(parsed.items.size() == 1);
    CHECK(parsed.items[0].lines[0].qty == 3);
    CHECK(parsed.items[0].lines[0].sku == "退货,SKU");
}

TEST_CASE("a wrong row is named with its number and reason, and nothing of the file is used") {
    CHECK(first_problem("") == "0:no_header");
    CHECK(first_problem("receipt_id,key,sku\nR,K,S\n") == "1:missing_column_qty");
    CHECK(first_problem("receipt_id,key,qty\nR,K,1\n") == "1:missing_column_order_line_id_or_sku");
    CHECK(first_problem("receipt_id,key,sku,qty,qty\nR,K,S,1,1\n") == "1:column_twice_qty");
    CHECK(first_problem(kReceipts + "R1,OP1,L1,,2,,\nR2,OP1,L1,,two,,\n") == "3:bad_qty");
    CHECK(first_problem(kReceipts + "R1,OP1,L1,,-1,,\n") == "2:bad_qty");
    CHECK(first_problem(kReceipts + "R1,OP1,L1,,99999999999999999999,,\n") == "2:bad_qty");
    CHECK(first_problem(kReceipts + "R1,,L1,,1,,\n") == "2:missing_key");
    CHECK(first_problem(kReceipts + "R1,OP1,,,1,,\n") == "2:missing_order_line_id_or_sku");
    CHECK(first_problem(kReceipts + "R1,OP1,L1,,1,,yesterday\n") == "2:bad_received_at");
    CHECK(first_problem(kReceipts + "R1,OP1,L1,,1,,2026-02-30 10:00\n") == "2:bad_received_at");
    CHECK(first_problem(kReceipts + "R1,OP1,L1,,1,,,extra\n") == "2:too_many_cells");
    CHECK(first_problem(kReceipts + "R1,OP1,L1,,1,SF1,\nR1,OP2,L1,,1,SF1,\n") == "3:other_parcel_under_same_receipt_id");
    CHECK(first_problem(kReceipts + "R1,OP1,L1,,1,\"SF1,\n") == "2:quote_not_closed");
    CHECK(first_problem(kReceipts + "R1,OP1,L1,,1,\"SF\"1,\n") == "2:text_after_quote");
    CHECK(first_problem(kReceipts + "R1,OP1,L1,,1,\xFF\xFF,\n") == "0:neither_utf8_nor_gb18030");
    CHECK(first_problem(kReceipts + std::string("R1,\0,L1,,1,,\n", 13)) == "0:contains_nul");
    CHECK(first_problem(kReceipts + std::string(61, 'R') + ",OP1,L1,,1,,\n") == "2:too_long_receipt_id");
    std::string many = kReceipts;
    for (int i = 0; i < 500; ++i) many += "R,K,L,,x,,\n";
    CHECK(read_receipts(many, kChina).problems.size() == 100);
    CHECK(read_receipts(many, kChina).items.empty());
}

TEST_CASE("times may name their zone") {
    const auto at = [](const std::string& time) { return read_receipts(kReceipts + "R,K,L,,1,," + time + "\n", kChina).items.at(0).received_at; };
    const Instant expected{1'772'416'800'000};
    CHECK(at("2026-03-02T02:00:00Z") == expected);
    CHECK(at("2026-03-02 10:00:00+08:00") == expected);
    CHECK(at("2026-03-01T21:00:00-0500") == expected);
    CHECK(at("2026-03-02 10:00") == expected);
}

TEST_CASE("inspections speak the words of grade and disposition") {
    const auto parsed = read_inspections(kInspections + "I1,OP1,S,2,pass,restock,,王,\nI2,OP1,S,1,Damaged,scrap,碎了,王,2026-03-02 10:00\n", kChina);
    CHECK(parsed.problems.empty());
    REQUIRE(parsed.items.size() == 2);
    CHECK(parsed.items[1].grade == Grade::damaged);
    CHECK(parsed.items[1].disposition == Disposition::scrap);
    CHECK(parsed.items[1].note == "碎了");
    const auto wrong = read_inspections(kInspections + "I1,OP1,S,0,good,burn,,,\nI1,OP1,S,1,pass,restock,,,\n", kChina);
    REQUIRE(wrong.problems.size() == 4);
    CHECK(wrong.problems[0].reason == "bad_qty");
    CHECK(wrong.problems[1].reason == "unknown_grade");
    CHECK(wrong.problems[2].reason == "unknown_disposition");
    CHECK(wrong.problems[3].reason == "inspection_id_twice");
}

TEST_CASE("written lines come back as they were, formulas made harmless") {
    CHECK(csv_line({"", "a", "b,c", "say \"hi\"", "two\nlines"}) == ",a,\"b,c\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n");
    CHECK(csv_line({"=1+1", "@x", "-5"}) == "'=1+1,'@x,'-5\r\n");
    const auto table = parse_csv(csv_line({"", "a", "b,c", "say \"hi\"", "two\nlines"}));
    REQUIRE(table.rows.size() == 1);
    CHECK(table.rows[0].cells == std::vector<std::string>{"", "a", "b,c", "say \"hi\"", "two\nlines"});
}
