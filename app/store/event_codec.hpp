#pragma once
#include <aftercare/base/result.hpp>
#include <string>
#include <string_view>

#include "domain/decision.hpp"

namespace aftercare::store {

/// An event as it is kept. What people wrote in it (a topic, a summary) is `words`, beside the payload and outside the chain, so that
/// erasing it rewrites no event (I33); empty: nobody wrote anything, or it was erased.
struct EncodedEvent {
    std::string payload, words;
};
EncodedEvent encode_event(const domain::EventBody& event);
/// The whole of it as one text, for reading.
std::string whole_event(const domain::EventBody& event);
/// Reads a row back. Every revision ever written is known for ever, those too whose payload holds the words; an unknown type is `invalid` "unknown_event".
Result<domain::EventBody> decode_event(std::string_view type, std::string_view payload, std::string_view words);
/// The payload and topic of an outbox row.
std::string encode_effect(const domain::Effect& effect);
std::string_view topic_of(const domain::Effect& effect);
Result<domain::Effect> decode_effect(std::string_view topic, std::string_view payload);

}  // namespace aftercare::store
