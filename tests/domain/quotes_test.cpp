#include <catch2/catch.hpp>

#include "story.hpp"

using namespace story;

TEST_CASE("the fee is floored, the customer's alone, and does not overflow") {
    PolicyTerms terms;
    terms.restocking_fee_bp = 1'500;
    CHECK(restocking_fee(999, terms, Fault::customer) == 149);
    CHECK(restocking_fee(999, terms, Fault::merchant) == 0);
    CHECK(restocking_fee(999, terms, Fault::unknown) == 0);
    terms.restocking_fee_bp = 10'000;
    CHECK(restocking_fee(9'000'000'000'000'000, terms, Fault::customer) == 9'000'000'000'000'000);
}

TEST_CASE("shipping is promised once, on the shop's or the courier's fault, when the policy says so") {
    auto order = an_order();
    PolicyTerms terms;
    CHECK(first_quote(order, terms, Fault::merchant, 1'000, 0) == Quote{1'000, 400, 0, 0, 0, 1'400});
    CHECK(first_quote(order, terms, Fault::customer, 1'000, 0).shipping_minor == 0);
    terms.refund_original_shipping = false;
    CHECK(first_quote(order, terms, Fault::merchant, 1'000, 0).shipping_minor == 0);
    terms.refund_original_shipping = true;
    order.shipping_refunded = true;
    CHECK(first_quote(order, terms, Fault::merchant, 1'000, 0).shipping_minor == 0);
}

TEST_CASE("fees of batches add up to the fee of the whole") {
    PolicyTerms terms;
    terms.restocking_fee_bp = 777;
    Operation o;
    o.fault = Fault::customer;
    const auto whole = batch_quote(o, terms, 1'000 + 1 + 333).fee_minor;
    std::int64_t fees = 0;
    for (const std::int64_t goods : {1'000, 1, 333}) {
        const auto quote = batch_quote(o, terms, goods);
        CHECK(in_bounds(quote));
        fees += quote.fee_minor;
        o.settled = o.settled + quote;
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
