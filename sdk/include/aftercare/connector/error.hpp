#pragma once
#include <aftercare/base/words.hpp>
#include <aftercare/codec/fields.hpp>
#include <cstdint>
#include <string>
#include <vector>

/// How an operation of a plugin fails (plugin-sdk.md, section 2.6). The class decides what a job does next; the list is closed.
namespace aftercare {

/// Up to `internal` plugins answer them; the last five are made by the service. `unknown`: sent, no usable answer – ask by
/// key, never repeat blindly. `unavailable`: provably not executed – retry.
AC_WORDS(ErrorClass, invalid, rejected, conflict, not_found, unsupported, auth, forbidden, rate_limited, unavailable, unknown,
         needs_input, internal, crashed, deadline, cancelled, protocol, circuit_open);

constexpr bool is_made_by_service(ErrorClass c) { return c >= ErrorClass::crashed; }

/// One field of the request that is wrong: a JSON pointer ("/to/phone") and a stable code.
struct WrongField {
    std::string pointer, code;
};
template <class Io>
void fields(Io& io, WrongField& f) {
    io("pointer", f.pointer, length(0, 500));
    io("code", f.code, length(0, 100));
}

/// What a plugin writes instead of a result (status AC_ERROR). `code`: stable snake_case or the provider's own; `message` is
/// for the agent, `detail` for the log; `retry_after_ms` counts for rate_limited and unavailable.
struct PluginError {
    ErrorClass error_class = ErrorClass::internal;
    std::string code, message, detail;
    std::int64_t retry_after_ms = 0;
    std::vector<WrongField> fields;
};
template <class Io>
void fields(Io& io, PluginError& e) {
    io("class", e.error_class);
    io("code", e.code, length(1, 128));
    io("message", e.message, maybe, length(0, 2'000));
    io("detail", e.detail, maybe);
    io("retry_after_ms", e.retry_after_ms, maybe, between(0, 86'400'000));
    io("fields", e.fields, maybe, length(0, 100));
}

}  // namespace aftercare
