#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "store/webhooks.hpp"
#include "usecase/context.hpp"

/// Deliveries to webhooks on their way out of the outbox and back. Called by claim_messages and by jobs.
namespace aftercare::usecase {

inline constexpr Duration kDeliveryLimit = seconds(20);  ///< of one try, whatever happens

/// One leased delivery with what it takes to send it. Never logged: it holds secrets.
struct WebhookCall {
    store::Claim claim;
    WebhookId endpoint_id;
    std::string url, body;
    std::vector<std::string> secrets;  ///< the newest first
    Instant lease_until;
};
/// Inside the change that claimed the message. Of one that cannot be sent (its endpoint is off or given up, its secret cannot be
/// read, nothing is left to tell) nothing comes back: it is finished, and `last_error` says why. A given up endpoint is tried once
/// with each test and replay.
std::optional<WebhookCall> prepare_delivery(const Context&, store::Tx&, const store::OutboxMessage&, Instant now);

/// The headers of a try at `now`, signed by each secret.
Result<std::vector<std::pair<std::string, std::string>>> signed_headers(const WebhookCall&, Instant now);

/// What came of a try. `status` 0: no answer, and `code` says why.
struct DeliveryOutcome {
    int status = 0;
    std::string code;
    std::optional<Duration> again_in;  ///< nothing: no more tries
};
/// Any 2xx is delivered, and the endpoint is active again. 410 gives the endpoint up, and so does the last failed try of a delivery
/// since whose creation nothing else was taken; what waits for it is then dead, and can be replayed.
Result<Done> record_delivery(Context&, const WebhookCall&, const DeliveryOutcome&);

}  // namespace aftercare::usecase
