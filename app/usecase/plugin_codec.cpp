#include <aftercare/codec/json.hpp>
#include <aftercare/connector/channel.hpp>
#include <aftercare/connector/payment.hpp>
#include <aftercare/connector/warehouse.hpp>

#include "usecase/arrivals.hpp"

// What goes to plugins and comes back.
namespace aftercare {
template std::string encode(const ReturnNotice&);
template std::string encode(const CancelReturnRequest&);
template std::string encode(const RefundRequest&);
template std::string encode(const GetRefundRequest&);
template std::string encode(const PullRequest&);
template std::string encode(const SendRequest&);
template std::string encode(const Receipt&);
template std::string encode(const Inspection&);
template Result<SendReply> decode(std::string_view);
template Result<ReturnAccepted> decode(std::string_view);
template Result<RefundReply> decode(std::string_view);
template Result<PullReply<RawJson>> decode(std::string_view);
template Result<Receipt> decode(std::string_view);
template Result<Inspection> decode(std::string_view);
template Result<usecase::ItemName> decode(std::string_view);
}  // namespace aftercare
