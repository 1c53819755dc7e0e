#pragma once
#include <aftercare/codec/fields.hpp>
#include <string>

/// `check/1` of every kind: "test connection". Cheap, changes nothing.
namespace aftercare {

inline constexpr std::string_view kCheckOp = "check/1";

struct CheckRequest {
    static constexpr std::string_view kSchema = "CheckRequest";
};
template <class Io>
void fields(Io&, CheckRequest&) {}

struct CheckReply {
    static constexpr std::string_view kSchema = "CheckReply";
    std::string message;  ///< one sentence for the admin: what was reached
};
template <class Io>
void fields(Io& io, CheckReply& r) {
    io("message", r.message, maybe);
}

}  // namespace aftercare
