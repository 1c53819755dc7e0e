#pragma once
#include <aftercare/base/money.hpp>
#include <aftercare/base/words.hpp>
#include <aftercare/codec/fields.hpp>
#include <string>

/// Requests and replies of the kind `payment`. `key` is the id of the money attempt: one key moves money at most once.
namespace aftercare {

inline constexpr std::string_view kRefundOp = "payment.refund/1";
inline constexpr std::string_view kGetRefundOp = "payment.get_refund/1";

struct RefundRequest {
    static constexpr std::string_view kSchema = "RefundRequest";
    std::string key, order_number, payment_reference;
    Money amount;
    std::string reason;
};
template <class Io>
void fields(Io& io, RefundRequest& r) {
    io("key", r.key, length(1, 128));
    io("order_number", r.order_number, maybe, length(0, 100));
    io("payment_reference", r.payment_reference, maybe, length(0, 200));
    io("amount", r.amount);
    io("reason", r.reason, maybe, length(0, 500));
}

struct GetRefundRequest {
    static constexpr std::string_view kSchema = "GetRefundRequest";
    std::string key;
};
template <class Io>
void fields(Io& io, GetRefundRequest& r) {
    io("key", r.key, length(1, 128));
}

/// `pending`: taken over, the result comes later (by asking, or from finance).
AC_WORDS(RefundState, pending, succeeded, failed);

struct RefundReply {
    static constexpr std::string_view kSchema = "RefundReply";
    RefundState state{};
    std::string external_id;
    std::string code;  ///< of a failed one: the provider's reason
};
template <class Io>
void fields(Io& io, RefundReply& r) {
    io("state", r.state);
    io("external_id", r.external_id, maybe, length(0, 200));
    io("code", r.code, maybe, length(0, 128));
}

}  // namespace aftercare
