#include "usecase/orders.hpp"

#include <numeric>

#include "domain/allocation.hpp"
#include "domain/commands.hpp"
#include "store/cases.hpp"
#include "store/orders.hpp"
#include "store/staff.hpp"
#include "store/customers.hpp"
#include "usecase/customers.hpp"
#include "usecase/facts.hpp"
#include "usecase/imports/people.hpp"

namespace aftercare::usecase {
namespace {

// What each line cost after its own discount; a field error when a discount is larger than its line.
Result<std::vector<std::int64_t>> line_nets(const PutOrder& in) {
    std::vector<std::int64_t> nets;
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < in.lines.size(); ++i) {
        const PutOrderLine& line = in.lines[i];
        std::int64_t gross = 0;
        if (__builtin_mul_overflow(line.qty, line.unit_price_minor, &gross) || gross > domain::kMaxMinor / 1'000)
            errors.push_back({"/lines/" + std::to_string(i) + "/unit_price_minor", "out_of_range"});
        else if (line.discount_minor > gross)
            errors.push_back({"/lines/" + std::to_string(i) + "/discount_minor", "over_line_value"});
        nets.push_back(gross - line.discount_minor);
    }
    if (!errors.empty()) return fail(Error{ErrorKind::invalid, "invalid_fields", std::move(errors), {}, {}, {}});
    return nets;
}

std::vector<Payment> payments_of(Context& ctx, const PutOrder& in, const Order& order) {
    std::vector<Payment> payments;
    const auto add = [&](std::string provider, std::string reference, std::int64_t minor) {
        payments.push_back({ctx.ids.make<PaymentId>(), order.id, static_cast<std::int64_t>(payments.size()) + 1,
                            std::move(provider), std::move(reference), minor, order.currency, order.placed_at});
    };
    for (const PutOrderPayment& each : in.payments) add(each.provider, each.reference, each.captured_minor);
    if (in.payments.empty() && order.total_minor > 0) add("external", order.number, order.total_minor);
    return payments;
}

// The customer of the order: found by the shop's own number, or made. What the order says of them was said when it was placed.
CustomerId customer_for(Context& ctx, store::Tx& tx, const PutOrder& in) {
    if (!in.customer) return {};
    const PutOrderCustomer& c = *in.customer;
    imports::Person person;
    person.ref = c.external_ref, person.name = c.name, person.phone = c.phone, person.email = c.email, person.country = c.country;
    return imports::People(ctx, tx, in.shop_id, "order", false).find_or_make(person, in.placed_at, in.number).id;
}

}  // namespace

Result<store::NewOrder> build_order(Context& ctx, const PutOrder& in, const std::string& currency) {
    AC_TRY(const auto nets, line_nets(in));
    Order order{ctx.ids.make<OrderId>(), in.shop_id, in.number, {}, currency, 0, in.discount_minor, in.shipping_minor, 0,
                in.channel, in.placed_at, in.placed_at, in.delivered_at};
    order.goods_minor = std::accumulate(nets.begin(), nets.end(), std::int64_t{0});
    if (in.discount_minor > order.goods_minor) return fail_field("/discount_minor", "over_goods_value");
    order.total_minor = order.goods_minor - in.discount_minor + in.shipping_minor;
    const auto shares = domain::allocate(in.discount_minor, nets);
    store::NewOrder made{order, {}, payments_of(ctx, in, order), {}};
    for (std::size_t i = 0; i < in.lines.size(); ++i) {
        const PutOrderLine& line = in.lines[i];
        const std::int64_t delivered = in.delivered_at.ms == 0 ? 0 : line.qty;
        made.lines.push_back({ctx.ids.make<OrderLineId>(), order.id, static_cast<std::int64_t>(i) + 1, line.sku, line.name,
                              line.qty, line.unit_price_minor, line.discount_minor, nets[i] - shares[i], delivered, delivered});
    }
    std::int64_t captured = 0;
    for (const Payment& payment : made.payments) captured += payment.captured_minor;
    if (captured > order.total_minor) return fail_field("/payments", "over_total");
    return made;
}

OrderView view_of(store::Tx& tx, const domain::OrderState& state, const Actor& actor) {
    OrderView view{state.order, state.lines, state.payments, state.units, state.money, {}, {}, store::shipments_of(tx, state.order.id), {}};
    for (const Shipment& shipment : view.shipments)
        if (const auto address = shipment.address_id.empty() ? Result<Address>(fail(ErrorKind::not_found, "address_not_found")) : store::find_address(tx, shipment.address_id))
            view.addresses.push_back(masked(*address));
    view.cases = store::cases_of_order(tx, state.order.id, shops_for(tx, actor, state.order.shop_id));
    if (!state.order.customer_id.empty())
        if (const auto customer = store::find_customer(tx, state.order.customer_id)) view.customer_name = customer->name;
    return view;
}

Result<OrderView> put_order_in(Context& ctx, store::Tx& tx, const Actor& actor, const PutOrder& in) {
    if (in.delivered_at.ms != 0 && in.delivered_at < in.placed_at) return fail_field("/delivered_at", "before_placed_at");
    const auto shop = store::find_shop(tx, in.shop_id);
    if (!shop) return fail(ErrorKind::not_found, "shop_not_found");
    if (!store::order_by_number(tx, in.shop_id, in.number).empty()) return fail(ErrorKind::conflict, "order_exists");
    AC_TRY(store::NewOrder made, build_order(ctx, in, shop->currency));
    made.order.customer_id = customer_for(ctx, tx, in);
    store::insert_order(tx, made);
    return view_of(tx, domain::opening(made.order, made.lines, made.payments), actor);
}

Result<OrderView> put_order(Context& ctx, const Actor& actor, const Guard& guard, const PutOrder& in) {
    AC_CHECK(require(actor, Permission::import_data));
    AC_CHECK(require_shop(actor, in.shop_id));
    auto view = ctx.store.change(guard, [&](store::Tx& tx) { return put_order_in(ctx, tx, actor, in); });
    if (view) ctx.store.hint({"order", view->order.id.value, in.shop_id, 1});
    return view;
}

Result<OrderList> list_orders(Context& ctx, const Actor& actor, const ListQuery& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    AC_TRY(const auto after, store::parse_cursor(in.page.after));
    return ctx.store.read([&](store::Tx& tx) -> Result<OrderList> {
        auto page = store::list_orders(tx, shops_for(tx, actor, in.shop_id), in.q.value_or(""), after, in.page.limit);
        return OrderList{std::move(page.items), page.next ? store::print_cursor(*page.next) : ""};
    });
}

Result<OrderView> get_order(Context& ctx, const Actor& actor, const OneOrder& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](store::Tx& tx) -> Result<OrderView> {
        AC_TRY(const auto state, store::load_order(tx, in.order_id, false));
        if (!actor.may_see(state.order.shop_id)) return fail(ErrorKind::not_found, "order_not_found");
        return view_of(tx, state, actor);
    });
}

}  // namespace aftercare::usecase
