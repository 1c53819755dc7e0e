#include <aftercare/codec/json.hpp>
#include <aftercare/connector/courier.hpp>
#include <aftercare/connector/marketplace.hpp>
#include <aftercare/connector/payment.hpp>
#include <aftercare/connector/warehouse.hpp>

// What the fake plugin reads.
namespace aftercare {
template Result<ReturnNotice> decode(std::string_view);
template Result<RefundRequest> decode(std::string_view);
template Result<BookRequest> decode(std::string_view);
template Result<PlatformDecision> decode(std::string_view);
template Result<ShipRequest> decode(std::string_view);
template Result<HoldRequest> decode(std::string_view);
template Result<InterceptRequest> decode(std::string_view);
template Result<PullRequest> decode(std::string_view);
}  // namespace aftercare
