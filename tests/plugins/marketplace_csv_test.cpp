#include "plugins/world.hpp"

using namespace aftercare;
using test::PluginWorld;

namespace {

PullFrom<MarketplaceStream> from(MarketplaceStream stream, const std::string& cursor = {}) { return {stream, cursor, 200}; }
PullReply<SoldOrder> orders(PluginWorld& world, const std::string& cursor = {}) {
    return world.answer<PullReply<SoldOrder>>(world.ask("M", kMarketplacePullOp, from(MarketplaceStream::orders, cursor), false));
}
PullReply<AfterSale> after_sales(PluginWorld& world, const std::string& cursor = {}) {
    return world.answer<PullReply<AfterSale>>(world.ask("M", kMarketplacePullOp, from(MarketplaceStream::after_sales, cursor), false));
}
PlatformDecision a_decision() { return {"CASE-3-1", "R/1", "O1", "20417", 7, {}, {}}; }

}  // namespace

TEST_CASE("orders and after-sales come out of files, once, whole or not at all") {
    PluginWorld world;
    world.put("orders", "o.csv", "订单编号,商品编码,数量,单价,付款时间\nO1,CUP,2,50,2026-03-02 10:00\nO2,CUP,1,50,2026-03-02 10:00\n");
    world.put("after_sales", "a.csv", "退款编号,订单编号,售后类型,售后状态\nR1,O1,退货退款,待商家处理\n");
    const auto sold = orders(world);
    REQUIRE(sold.items.size() == 2);
    CHECK(sold.items[0].lines[0].unit_price_minor == 5'000);
    CHECK(orders(world).items.size() == 2);  // not stored yet: the same once more
    CHECK(orders(world, sold.cursor).items.empty());
    CHECK(world.exists("done/o.csv"));
    const auto sales = after_sales(world);
    REQUIRE(sales.items.size() == 1);
    CHECK(sales.items[0].state == AfterSaleState::requested);
    CHECK(sales.items[0].version > 1'000'000'000'000);  // the file's time
    CHECK(after_sales(world, sales.cursor).items.empty());
    world.put("after_sales", "b.csv", "退款编号,订单编号,售后类型,售后状态\nR1,O1,退货退款,已关闭\nR2,O1,什么,已关闭\n");
    CHECK(after_sales(world, sales.cursor).items.empty());
    CHECK(world.read("rejected/b.csv.error.txt").find("row 3: unknown_type") != std::string::npos);
}

TEST_CASE("long orders come in pages that are not too long to pass") {
    PluginWorld world;
    std::string text = "订单编号,商品编码,商品名称,数量,单价,付款时间\n";
    const std::string name(490, 'n');
    for (int order = 0; order < 10; ++order)
        for (int line = 0; line < 1'000; ++line) text += "O" + std::to_string(order) + ",A," + name + ",1,5,2026-03-02 10:00\n";
    world.put("orders", "o.csv", text);
    const auto first = orders(world);
    CHECK(first.items.size() < 10);
    CHECK(first.more);
    CHECK(first.items.size() + orders(world, first.cursor).items.size() == 10);
}

TEST_CASE("a decision is one file, however often it is asked and wherever the file has gone") {
    PluginWorld world;
    const auto took = world.answer<PlatformTook>(world.ask("M", kAgreeReturnOp, a_decision()));
    CHECK(took.external_id == "R_1-agree_return-CASE-3-1.csv");
    CHECK(world.read("decisions/" + took.external_id).find("R/1,O1,7,agree_return,,,,20417") != std::string::npos);
    std::filesystem::remove(world.drop.path() / "decisions" / took.external_id);
    CHECK(world.answer<PlatformTook>(world.ask("M", kAgreeReturnOp, a_decision())).external_id == took.external_id);
    CHECK_FALSE(world.exists("decisions/" + took.external_id));

    auto refusal = a_decision();
    refusal.key = "CASE-4-1";
    refusal.code = "used_by_customer";
    const auto refused = world.answer<PlatformTook>(world.ask("M", kRefuseOp, refusal));
    CHECK(world.read("decisions/" + refused.external_id).find("refuse,,,used_by_customer") != std::string::npos);

    auto refund = a_decision();
    refund.key = "ATT1";
    CHECK(world.ask("M", kAgreeRefundOp, refund).error_class == ErrorClass::invalid);
    refund.amount = Money{10'005, "CNY"};
    const auto pays = world.answer<RefundReply>(world.ask("M", kAgreeRefundOp, refund));
    CHECK(pays.state == RefundState::pending);
    CHECK(world.read("decisions/" + pays.external_id).find("agree_refund,100.05,CNY") != std::string::npos);
}
