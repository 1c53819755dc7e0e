#pragma once
#include <aftercare/base/result.hpp>
#include <string>
#include <string_view>

#include "domain/decision.hpp"

namespace aftercare::store {

/// The payload of an event row.
std::string encode_event(const domain::Event& event);
/// Reads a row's payload back. Every revision ever written is known for ever; an unknown type is `invalid` "unknown_event".
Result<domain::EventBody> decode_event(std::string_view type, std::string_view payload);
/// The payload and topic of an outbox row.
std::string encode_effect(const domain::Effect& effect);
std::string_view topic_of(const domain::Effect& effect);
Result<domain::Effect> decode_effect(std::string_view topic, std::string_view payload);

}  // namespace aftercare::store
