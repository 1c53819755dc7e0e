#include <aftercare/codec/json.hpp>
#include <aftercare/connector/channel.hpp>
#include <aftercare/connector/courier.hpp>
#include <aftercare/connector/marketplace.hpp>
#include <aftercare/connector/payment.hpp>
#include <aftercare/connector/warehouse.hpp>

#include "usecase/arrivals.hpp"
#include "usecase/schedules.hpp"
#include "usecase/unknown_parcels.hpp"

// What goes to plugins and comes back.
namespace aftercare {
template std::string encode(const ReturnNotice&);
template std::string encode(const CancelReturnRequest&);
template std::string encode(const RefundRequest&);
template std::string encode(const GetRefundRequest&);
template std::string encode(const PullFrom<PullStream>&);
template std::string encode(const BookRequest&);
template std::string encode(const HoldRequest&);
template std::string encode(const ShipRequest&);
template std::string encode(const InterceptRequest&);
template std::string encode(const PlatformDecision&);
template std::string encode(const SendRequest&);
template std::string encode(const Receipt&);
template std::string encode(const Inspection&);
template Result<SendReply> decode(std::string_view);
template Result<ReturnAccepted> decode(std::string_view);
template Result<RefundReply> decode(std::string_view);
template Result<PullReply<RawJson>> decode(std::string_view);
template Result<BookReply> decode(std::string_view);
template Result<HoldReply> decode(std::string_view);
template Result<InterceptReply> decode(std::string_view);
template Result<PlatformTook> decode(std::string_view);
template Result<ReturnAddress> decode(std::string_view);
template Result<SoldOrder> decode(std::string_view);
template Result<AfterSale> decode(std::string_view);
template Result<SentParcel> decode(std::string_view);
template std::string encode(const SoldOrder&);
template std::string encode(const AfterSale&);
template Result<Receipt> decode(std::string_view);
template Result<GoodsSent> decode(std::string_view);
template Result<Inspection> decode(std::string_view);
template Result<usecase::ItemName> decode(std::string_view);
template Result<usecase::ToldReceipt> decode(std::string_view);
}  // namespace aftercare
