#pragma once
#include <string>
#include <string_view>

#include "domain/decision.hpp"

namespace aftercare::store {

/// The hash of an event row: SHA-256, lower-case hex, over prev_hash and every column, each with its length in front. It
/// chains a stream: whoever edits an old row must edit all rows after it.
std::string chain_hash(std::string_view prev_hash, std::string_view stream, std::int64_t seq, const domain::Event& event,
                       std::string_view payload);
/// SHA-256 of a text, lower-case hex.
std::string sha256_hex(std::string_view text);

}  // namespace aftercare::store
