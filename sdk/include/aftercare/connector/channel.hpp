#pragma once
#include <aftercare/base/instant.hpp>
#include <aftercare/codec/fields.hpp>
#include <aftercare/model/words.hpp>
#include <string>

/// Requests and replies of the kind `channel`: messages to customers.
namespace aftercare {

inline constexpr std::string_view kSendOp = "channel.send/1";

/// `key`: the same in every try of one message; a channel sends it at most once. The channel fills the template in the
/// customer's language. Always a service message, never marketing.
struct SendRequest {
    static constexpr std::string_view kSchema = "SendRequest";
    std::string key, customer_id, case_number, order_number;
    MessageTemplate message{};
    Instant not_after;  ///< pointless later; also the date to name in it
};
template <class Io>
void fields(Io& io, SendRequest& r) {
    io("key", r.key, length(1, 128));
    io("customer_id", r.customer_id, maybe, length(0, 128));
    io("case_number", r.case_number, length(1, 100));
    io("order_number", r.order_number, maybe, length(0, 128));
    io("message", r.message);
    io("not_after", r.not_after);
}

struct SendReply {
    static constexpr std::string_view kSchema = "SendReply";
    std::string external_id;
};
template <class Io>
void fields(Io& io, SendReply& r) {
    io("external_id", r.external_id, length(1, 200));
}

}  // namespace aftercare
