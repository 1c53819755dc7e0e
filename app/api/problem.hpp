#pragma once
#include <aftercare/base/result.hpp>

#include "api/http.hpp"
#include "api/texts.hpp"

namespace aftercare::api {

/// The HTTP status of an error: by its kind, and by its code for what this room alone refuses (architecture.md, section 8).
int status_of(const Error& error);

/// The error as problem JSON (RFC 9457) in the caller's language, with Retry-After where waiting helps.
HttpResponse problem(const Error& error, Language language, std::string_view request_id);

}  // namespace aftercare::api
