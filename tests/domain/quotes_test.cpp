#include <catch2/catch.hpp>

#include "story.hpp"

using namespace story;

TEST_CASE("the fee is floored, the customer's alone, and does not overflow") {
    CHECK(restocking_fee({{1'500, 999}}, Fault::customer) == 149);
    CHECK(restocking_fee({{1'500, 999}}, Fault::merchant) == 0);
    CHECK(restocking_fee({{1'500, 999}}, Fault::unknown) == 0);
    CHECK(restocking_fee({{0, 500}, {1'500, 999}, {2'000, 999}}, Fault::customer) == 149 + 199);
    CHECK(restocking_fee({{10'000, 9'000'000'000'000'000}}, Fault::customer) == 9'000'000'000'000'000);
}

TEST_CASE("shipping is promised once, on the shop's or the courier's fault, when the policy says so") {
    auto order = an_order();
    PolicyTerms terms;
    Operation o;
    o.fault = Fault::merchant;
    const std::vector<LineUnits> mug{{{}, pick_units(order, OrderLineId("A"), Bucket::with_customer, {}, 1)}};
    CHECK(first_quote(order, terms, o, mug) == Quote{1'000, 400, 0, 0, 0, 1'400});
    o.fault = Fault::customer;
    CHECK(first_quote(order, terms, o, mug).shipping_minor == 0);
    o.fault = Fault::merchant;
    terms.refund_original_shipping = false;
    CHECK(first_quote(order, terms, o, mug).shipping_minor == 0);
    terms.refund_original_shipping = true;
    order.shipping_refunded = true;
    CHECK(first_quote(order, terms, o, mug).shipping_minor == 0);
}

TEST_CASE("fees of batches add up to the fee of the whole") {
    Operation o;
    o.fault = Fault::customer;
    const auto whole = batch_quote(o, {}, {{777, 1'000 + 1}, {1'250, 333}}).fee_minor;
    std::int64_t fees = 0;
    GoodsByFee before;
    for (const GoodsByFee& goods : {GoodsByFee{{777, 1'000}}, GoodsByFee{{1'250, 332}}, GoodsByFee{{777, 1}, {1'250, 1}}}) {
        const auto quote = batch_quote(o, before, goods);
        CHECK(in_bounds(quote));
        fees += quote.fee_minor;
        before = before + goods;
    }
    CHECK(fees == whole);
}

TEST_CASE("a quote comes down through deduction, return shipping, shipping; and up through the fee and spare shipping") {
    const Quote full = with_net({1'000, 400, 300, 100, 0, 0});
    CHECK(lowered(full, 1'000) == Quote{1'000, 400, 300, 100, 600, 1'000});
    CHECK(lowered(full, 500) == Quote{1'000, 400, 100, 100, 900, 500});
    CHECK(lowered(full, 0) == Quote{1'000, 0, 0, 100, 900, 0});
    CHECK(ruled(full, 1'650, 0) == Quote{1'000, 400, 300, 50, 0, 1'650});
    CHECK(ruled(full, 1'800, 200) == Quote{1'000, 500, 300, 0, 0, 1'800});
    for (std::int64_t net = 0; net <= 1'900; net += 50) {
        CHECK(in_bounds(ruled(full, net, 200)));
        CHECK(ruled(full, net, 200).net_minor == net);
    }
}

TEST_CASE("what is exchanged is worth its difference, one way or the other") {
    auto order = an_order();
    PolicyTerms terms;
    Operation o;
    o.kind = OperationKind::exchange;
    o.sub_kind = SubKind::after_receipt;
    OperationLine line;
    line.new_price_minor = 1'200;
    std::vector<LineUnits> mug{{line, pick_units(order, OrderLineId("A"), Bucket::with_customer, {}, 2)}};
    const Quote dearer = first_quote(order, terms, o, mug);
    CHECK(dearer.goods_minor == 2'000);
    CHECK((dearer.net_minor == 0 && dearer.collect_minor == 400));
    mug[0].line.new_price_minor = 900;
    CHECK(first_quote(order, terms, o, mug).net_minor == 200);
    mug[0].line.even = true;
    CHECK(first_quote(order, terms, o, mug) == Quote{2'000, 0, 0, 0, 0, 0, 2'000, 0});
    CHECK(in_bounds(dearer + first_quote(order, terms, o, mug)));
}
