#include "world.hpp"

#include <algorithm>

/// Where the worlds take place: the people, the calendar, the policies and the order.
namespace world {

std::vector<Actor> actors() {
    const auto staff = [](std::string name, std::vector<Role> roles) {
        return Actor{StaffId(name), std::move(roles), {ShopId("SHOP")}, false, "staff:" + name};
    };
    return {staff("agent-1", {Role::agent}),       staff("agent-2", {Role::agent}),
            staff("lead-1", {Role::lead}),         staff("lead-2", {Role::lead}),
            staff("finance-1", {Role::finance}),   staff("both-1", {Role::agent, Role::lead, Role::finance}),
            staff("hall-1", {Role::warehouse}),    staff("tech-1", {Role::technician}),
            staff("market-1", {Role::marketer}),   staff("finance-2", {Role::finance}),
            Actor{{}, {Role::customer}, {}, false, "customer"}, plugin_actor()};
}

Calendar working_calendar() {
    Calendar calendar;  // like Berlin: summer time comes and goes
    calendar.zone = {{kEarliest, hours(1)}, {Instant{1'743'296'400'000}, hours(2)}, {Instant{1'761'440'400'000}, hours(1)},
                     {Instant{1'774'746'000'000}, hours(2)}, {Instant{1'792'890'000'000}, hours(1)}};
    calendar.special = {{20'374, false}, {20'375, false}, {20'376, false}, {20'379, true}};  // three days off, and the Saturday that makes up for one
    return calendar;
}

GoodsRule for_sku(std::string sku, const std::function<void(GoodsRule&)>& say) {
    GoodsRule rule;
    rule.sku = std::move(sku);
    say(rule);
    return rule;
}

Policy policy_of(std::uint8_t kind) {
    Policy policy;
    policy.id = PolicyId("POLICY");
    policy.shop_id = ShopId("SHOP");
    auto& t = policy.terms;
    t.window_days = kind % 5 == 0 ? 1 : 7;
    t.restocking_fee_bp = (kind % 3) * 777;
    t.agent_limit_minor = kind % 2 == 0 ? 4'001 : 1'000'000;
    t.auto_approve_minor = kind % 4 == 1 ? 2'500 : 0;
    t.instant_refund = kind % 3 == 1;
    t.max_appeals = kind % 3;
    t.refund_original_shipping = kind % 7 != 0;
    if (kind % 6 == 5) t.goods = {for_sku("SKU0", [](GoodsRule& r) { r.excluded = Exclusion::hygiene; })};
    if (kind % 6 == 3) t.goods = {for_sku("SKU1", [](GoodsRule& r) { r.window_days = 0, r.restocking_fee_bp = 1'313, r.auto_approve_minor = 9'000, r.photo = PhotoRule::always; })};
    t.keep_goods_limit_minor = kind % 2 == 0 ? 500 : 5'000;
    t.compensation_limit_minor = kind % 3 == 0 ? 100 : 2'000;
    t.reissue_cost_limit_minor = kind % 3 == 2 ? 100 : 10'000;
    t.advance_exchange = kind % 4 == 2;
    t.restart_window = kind % 2 == 1;
    t.max_repairs = 1 + kind % 3;
    t.not_received_days = kind % 5;
    return policy;
}

OrderState order_of(const Seed& seed, const ShopId& shop) {
    const auto number = [&](std::size_t i) -> std::int64_t { return seed.numbers.empty() ? 17 : seed.numbers[i % seed.numbers.size()]; };
    Order order;
    order.id = OrderId("ORDER");
    order.shop_id = shop;
    order.number = "1001";
    order.currency = "EUR";
    order.placed_at = order.paid_at = kStart - days(6);
    order.delivered_at = kStart - days(3);
    order.shipping_minor = 499;
    std::vector<OrderLine> lines;
    std::int64_t total = order.shipping_minor;
    for (std::size_t i = 0; i < 1u + seed.lines % 4u; ++i) {
        OrderLine line;
        line.id = OrderLineId("LINE" + std::to_string(i));
        line.order_id = order.id;
        line.position = std::int64_t(i);
        line.sku = "SKU" + std::to_string(i);
        line.qty = 1 + number(3 * i) % 5;
        line.unit_price_minor = 1 + number(3 * i + 1) % 3'000;
        line.discount_minor = number(3 * i + 2) % 97;  // odd discounts leave remainders
        line.allocated_minor = std::max<std::int64_t>(line.qty * line.unit_price_minor - line.discount_minor, 0);
        line.shipped_qty = i == 3 ? line.qty - 1 : line.qty;
        line.delivered_qty = i == 2 ? line.shipped_qty - 1 : line.shipped_qty;
        total += line.allocated_minor;
        lines.push_back(std::move(line));
    }
    order.total_minor = total;
    std::vector<Payment> payments;
    const std::size_t count = 1 + seed.payments % 2;
    for (std::size_t i = 0; i < count; ++i) {
        Payment payment;
        payment.id = PaymentId("PAY" + std::to_string(i));
        payment.order_id = order.id;
        payment.position = std::int64_t(i);
        payment.currency = order.currency;
        payment.captured_minor = count == 1 ? total : i == 0 ? total / 3 : total - total / 3;
        if (seed.payments % 5 == 4) payment.captured_minor /= 2;  // part paid
        payments.push_back(std::move(payment));
    }
    return opening(std::move(order), std::move(lines), std::move(payments));
}

}  // namespace world
