#pragma once
#include "api/callers.hpp"
#include "api/routes.hpp"

namespace aftercare::api {

/// Who asks: a bearer token, else the session cookie. Fills secret, by_cookie and session of the call.
/// `unauthenticated` "no_session"; `forbidden` "csrf_missing" for a change under the cookie without its token.
Result<void> sign_call(Call& call, Callers& callers);

/// The promises of a change, from Idempotency-Key and If-Match. "idempotency_key_required", "bad_idempotency_key",
/// "if_match_required", "bad_if_match".
Result<usecase::Guard> guard_of(const Call& call);

/// "body_too_large", "unsupported_media_type": whether the body may be read at all.
Result<void> check_body(const HttpRequest& request, const Route& route, std::size_t max_body);

}  // namespace aftercare::api
