#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/codec/fields.hpp>
#include <cstdint>
#include <string>

/// Facts from outside, as first imported; rules never edit them (architecture.md, section 17).
namespace aftercare {

struct Order {
    static constexpr std::string_view kSchema = "Order";
    OrderId id;
    ShopId shop_id;
    std::string number;  ///< the shop's order number; unique in the shop
    CustomerId customer_id;  ///< empty when the source named no customer
    std::string currency;
    std::int64_t goods_minor = 0;     ///< Σ qty × unit price − line discounts
    std::int64_t discount_minor = 0;  ///< order discount, ≥ 0, already inside the lines' `allocated_minor`
    std::int64_t shipping_minor = 0;  ///< original shipping paid, after discount
    std::int64_t total_minor = 0;     ///< goods − discount + shipping
    std::string channel;
    Instant placed_at, paid_at, delivered_at;  ///< 0 = not yet or not known
    bool operator==(const Order&) const = default;
};
template <class Io>
void fields(Io& io, Order& o) {
    io("id", o.id);
    io("shop_id", o.shop_id);
    io("number", o.number, length(1, 128));
    io("customer_id", o.customer_id, maybe);
    io("currency", o.currency, length(3, 3));
    io("goods_minor", o.goods_minor);
    io("discount_minor", o.discount_minor);
    io("shipping_minor", o.shipping_minor);
    io("total_minor", o.total_minor);
    io("channel", o.channel, maybe);
    io("placed_at", o.placed_at);
    io("paid_at", o.paid_at, maybe);
    io("delivered_at", o.delivered_at, maybe);
}

/// One line as bought, or as an exchange made it (then it is derived from that exchange's event). Its allocated net is spread over its units by largest remainder: unit i (from 0) carries
/// `allocated_minor / qty`, plus one minor unit while i < allocated_minor % qty.
struct OrderLine {
    static constexpr std::string_view kSchema = "OrderLine";
    OrderLineId id;
    OrderId order_id;
    std::int64_t position = 0;
    std::string sku, name;
    std::int64_t qty = 0;               ///< 1 to 1,000,000
    std::int64_t unit_price_minor = 0;  ///< ≥ 0
    std::int64_t discount_minor = 0;    ///< of the line itself
    std::int64_t allocated_minor = 0;   ///< what was really paid for the goods of this line
    std::int64_t shipped_qty = 0;       ///< at import: left the house (0 ≤ delivered ≤ shipped ≤ qty)
    std::int64_t delivered_qty = 0;     ///< at import: with the customer
    OutboundLegId origin_leg_id{};      ///< the parcel by which an exchange or reissue made this line; empty: as bought
    OrderLineId origin_line_id{};       ///< the line whose units it stands in for
    Instant window_from{};              ///< its own return window begins here; 0: with the order's
    bool operator==(const OrderLine&) const = default;
};
template <class Io>
void fields(Io& io, OrderLine& l) {
    io("id", l.id);
    io("order_id", l.order_id);
    io("position", l.position);
    io("sku", l.sku, length(0, 128));
    io("name", l.name, length(0, 500));
    io("qty", l.qty, between(1, 1'000'000));
    io("unit_price_minor", l.unit_price_minor);
    io("discount_minor", l.discount_minor);
    io("allocated_minor", l.allocated_minor);
    io("shipped_qty", l.shipped_qty);
    io("delivered_qty", l.delivered_qty);
    io("origin_leg_id", l.origin_leg_id, maybe);
    io("origin_line_id", l.origin_line_id, maybe);
    io("window_from", l.window_from, maybe);
}

struct Payment {
    static constexpr std::string_view kSchema = "Payment";
    PaymentId id;
    OrderId order_id;
    std::int64_t position = 0;  ///< refunds go back in this order
    std::string provider, reference;
    std::int64_t captured_minor = 0;
    std::string currency;
    Instant captured_at;
    MoneyLegId origin_leg_id{};  ///< a difference that was collected later; empty: paid with the order
    bool operator==(const Payment&) const = default;
};
template <class Io>
void fields(Io& io, Payment& p) {
    io("id", p.id);
    io("order_id", p.order_id);
    io("position", p.position);
    io("provider", p.provider);
    io("reference", p.reference, maybe);
    io("captured_minor", p.captured_minor);
    io("currency", p.currency);
    io("captured_at", p.captured_at);
    io("origin_leg_id", p.origin_leg_id, maybe);
}

/// A parcel to the customer, as the order's source told of it.
struct Shipment {
    static constexpr std::string_view kSchema = "Shipment";
    ShipmentId id;
    OrderId order_id;
    std::int64_t position = 0;
    std::string carrier, tracking;
    Instant shipped_at, delivered_at;
    AddressId address_id;
    bool operator==(const Shipment&) const = default;
};
template <class Io>
void fields(Io& io, Shipment& s) {
    io("id", s.id);
    io("order_id", s.order_id);
    io("position", s.position);
    io("carrier", s.carrier, maybe);
    io("tracking", s.tracking, maybe);
    io("shipped_at", s.shipped_at, maybe);
    io("delivered_at", s.delivered_at, maybe);
    io("address_id", s.address_id, maybe);
}

}  // namespace aftercare
