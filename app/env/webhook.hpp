#pragma once
#include <aftercare/base/instant.hpp>
#include <aftercare/base/result.hpp>
#include <string>
#include <string_view>

#include "env/random.hpp"

/// Standard Webhooks: how a delivery is signed (webhook-id, webhook-timestamp, webhook-signature).
namespace aftercare::env {

/// "whsec_" and the base64 of 24 random bytes.
std::string make_webhook_secret(Random& random);

/// "v1," and the base64 of HMAC-SHA256 over `id.seconds.body`. `invalid` "bad_webhook_secret" when it is none.
Result<std::string> webhook_signature(std::string_view secret, std::string_view id, Instant at, std::string_view body);

/// "2026-03-02T10:00:00Z"
std::string utc_text(Instant at);

}  // namespace aftercare::env
