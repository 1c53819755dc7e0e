#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/connector/pull.hpp>
#include <aftercare/base/words.hpp>

/// Requests and replies of the kind `courier`: so far the parcels that come back. `key` is the id of the operation.
namespace aftercare {

inline constexpr std::string_view kBookOp = "courier.book/1";
inline constexpr std::string_view kInterceptOp = "courier.intercept/1";
inline constexpr std::string_view kCourierPullOp = "courier.pull/1";

struct ParcelItem {
    static constexpr std::string_view kSchema = "ParcelItem";
    std::string sku, name;
    std::int64_t qty = 0;
};
template <class Io>
void fields(Io& io, ParcelItem& i) {
    io("sku", i.sku, maybe, length(0, 200));
    io("name", i.name, maybe, length(0, 500));
    io("qty", i.qty, between(1, 1'000'000));
}

AC_WORDS(ParcelDirection, returning);

/// A parcel is wanted. Repeating it with the same key changes nothing. `number` is what the label shows.
struct BookRequest {
    static constexpr std::string_view kSchema = "BookRequest";
    std::string key, number, order_number, shop;
    ParcelDirection direction{};
    std::vector<ParcelItem> items;
};
template <class Io>
void fields(Io& io, BookRequest& r) {
    io("key", r.key, length(1, 128));
    io("number", r.number, length(1, 100));
    io("order_number", r.order_number, maybe, length(0, 128));
    io("shop", r.shop, maybe, length(0, 200));
    io("direction", r.direction);
    io("items", r.items, maybe, length(0, 1'000));
}

/// `tracking` stays empty when the courier gives its number only with the parcel.
struct BookReply {
    static constexpr std::string_view kSchema = "BookReply";
    std::string booking_id, carrier, tracking;
};
template <class Io>
void fields(Io& io, BookReply& r) {
    io("booking_id", r.booking_id, length(1, 100));
    io("carrier", r.carrier, maybe, length(0, 60));
    io("tracking", r.tracking, maybe, length(0, 60));
}

/// intercept: turn the parcel of this order round. `pending`: the courier will try; a person hears of the outcome.
struct InterceptRequest {
    static constexpr std::string_view kSchema = "InterceptRequest";
    std::string key, number, order_number, shop;
};
template <class Io>
void fields(Io& io, InterceptRequest& r) {
    io("key", r.key, length(1, 128));
    io("number", r.number, length(1, 100));
    io("order_number", r.order_number, maybe, length(0, 128));
    io("shop", r.shop, maybe, length(0, 200));
}
AC_WORDS(InterceptState, accepted, refused, pending);
struct InterceptReply {
    static constexpr std::string_view kSchema = "InterceptReply";
    InterceptState state{};
    std::string carrier, tracking;  ///< of the way back, when known
};
template <class Io>
void fields(Io& io, InterceptReply& r) {
    io("state", r.state);
    io("carrier", r.carrier, maybe, length(0, 60));
    io("tracking", r.tracking, maybe, length(0, 60));
}

AC_WORDS(CourierStream, parcels);

/// A parcel that was handed over: `key` as in the booking, or the number on its label.
struct SentParcel {
    static constexpr std::string_view kSchema = "SentParcel";
    std::string id, key, carrier, tracking;
    Instant sent_at;  ///< 0: not said
};
template <class Io>
void fields(Io& io, SentParcel& p) {
    io("id", p.id, length(1, 60));
    io("key", p.key, length(1, 128));
    io("carrier", p.carrier, length(1, 60));
    io("tracking", p.tracking, length(1, 60));
    io("sent_at", p.sent_at, maybe);
}

/// Settings of a courier that the service reads as well, for the label: where parcels come back to.
struct ReturnAddress {
    static constexpr std::string_view kSchema = "ReturnAddress";
    std::string name, phone, address;
};
template <class Io>
void fields(Io& io, ReturnAddress& a) {
    io("return_name", a.name, maybe, length(0, 100));
    io("return_phone", a.phone, maybe, length(0, 40));
    io("return_address", a.address, maybe, length(0, 300));
}

}  // namespace aftercare
