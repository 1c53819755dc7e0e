#pragma once
#include "store/orders.hpp"
#include "usecase/context.hpp"
#include "usecase/views.hpp"

/// Orders.
namespace aftercare::usecase {

/// An order as a program hands it over. Discounts and shipping are allocated to lines and units here, once, by largest remainder.
struct PutOrderLine {
    std::string sku, name;
    std::int64_t qty = 1, unit_price_minor = 0, discount_minor = 0;
};
template <class Io>
void fields(Io& io, PutOrderLine& l) {
    io("sku", l.sku, length(1, 128));
    io("name", l.name, maybe, length(0, 500));
    io("qty", l.qty, between(1, 1'000'000));
    io("unit_price_minor", l.unit_price_minor, between(0, 1'000'000'000'000));
    io("discount_minor", l.discount_minor, maybe, between(0, 1'000'000'000'000));
}
struct PutOrderCustomer {
    std::string external_ref, name, phone, email, country;
};
template <class Io>
void fields(Io& io, PutOrderCustomer& c) {
    io("external_ref", c.external_ref, maybe, length(0, 128));
    io("name", c.name, maybe, length(0, 200));
    io("phone", c.phone, maybe, length(0, 40));
    io("email", c.email, maybe, length(0, 200));
    io("country", c.country, maybe, length(0, 80));
}
struct PutOrderPayment {
    std::string provider, reference;
    std::int64_t captured_minor = 0;
};
template <class Io>
void fields(Io& io, PutOrderPayment& p) {
    io("provider", p.provider, length(1, 60));
    io("reference", p.reference, maybe, length(0, 128));
    io("captured_minor", p.captured_minor, between(1, 1'000'000'000'000));
}
struct PutOrder {
    ShopId shop_id;
    std::string number, channel;
    std::optional<PutOrderCustomer> customer;
    std::vector<PutOrderLine> lines;
    std::int64_t discount_minor = 0, shipping_minor = 0;
    std::vector<PutOrderPayment> payments;  ///< none: one payment of the whole total ("external")
    Instant placed_at, delivered_at;        ///< delivered_at 0: nothing shipped yet
};
template <class Io>
void fields(Io& io, PutOrder& o) {
    io("shop_id", o.shop_id);
    io("number", o.number, length(1, 128));
    io("channel", o.channel, maybe, length(0, 60));
    io("customer", o.customer);
    io("lines", o.lines, length(1, 1'000));
    io("discount_minor", o.discount_minor, maybe, between(0, 1'000'000'000'000));
    io("shipping_minor", o.shipping_minor, maybe, between(0, 1'000'000'000'000));
    io("payments", o.payments, maybe, length(0, 10));
    io("placed_at", o.placed_at);
    io("delivered_at", o.delivered_at, maybe);
}
/// `conflict` "order_exists" when the number is taken in the shop.
Result<OrderView> put_order(Context&, const Actor&, const Guard&, const PutOrder&);
/// The same inside a change that does more, whoever asks.
Result<OrderView> put_order_in(Context&, store::Tx&, const Actor&, const PutOrder&);

/// The order that `in` says, with what each line and payment is of it; its customer is still to be named. Nothing is written.
Result<store::NewOrder> build_order(Context&, const PutOrder&, const std::string& currency);

struct ListQuery {
    Page page;
    std::optional<ShopId> shop_id;
    std::optional<std::string> q;  ///< start of a number, whole waybill, or what finds a customer
};
template <class Io>
void fields(Io& io, ListQuery& q) {
    fields(io, q.page);
    io("shop_id", q.shop_id);
    io("q", q.q, length(0, 100));
}
Result<OrderList> list_orders(Context&, const Actor&, const ListQuery&);
struct OneOrder {
    OrderId order_id;
};
template <class Io>
void fields(Io& io, OneOrder& in) {
    io("order_id", in.order_id);
}
Result<OrderView> get_order(Context&, const Actor&, const OneOrder&);

/// An order with its ledgers and the cases that the actor may see.
OrderView view_of(store::Tx& tx, const domain::OrderState& state, const Actor& actor);

}  // namespace aftercare::usecase
