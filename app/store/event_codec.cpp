#include "store/event_codec.hpp"

#include <aftercare/codec/json.hpp>

#include "store/case_state.hpp"

namespace aftercare::store {
namespace {

// Tries each alternative of a variant by its name; `kName` picks the static member that holds it.
template <class Variant, auto kName, std::size_t kAt = 0>
Result<Variant> decode_by_name(std::string_view name, std::string_view payload, const char* unknown) {
    if constexpr (kAt == std::variant_size_v<Variant>) {
        return fail(ErrorKind::invalid, unknown);
    } else {
        using Alternative = std::variant_alternative_t<kAt, Variant>;
        if (kName(static_cast<Alternative*>(nullptr)) != name) return decode_by_name<Variant, kName, kAt + 1>(name, payload, unknown);
        AC_TRY(Alternative value, decode<Alternative>(payload));
        return Variant(std::move(value));
    }
}
constexpr auto type_name = []<class T>(T*) { return T::kType; };
constexpr auto topic_name = []<class T>(T*) { return T::kTopic; };

}  // namespace

std::string encode_event(const domain::Event& event) {
    return std::visit([](const auto& body) { return encode(body); }, event.body);
}

Result<domain::EventBody> decode_event(std::string_view type, std::string_view payload) {
    return decode_by_name<domain::EventBody, type_name>(type, payload, "unknown_event");
}

std::string encode_effect(const domain::Effect& effect) {
    return std::visit([](const auto& body) { return encode(body); }, effect);
}

std::string_view topic_of(const domain::Effect& effect) {
    return std::visit([](const auto& body) { return std::decay_t<decltype(body)>::kTopic; }, effect);
}

Result<domain::Effect> decode_effect(std::string_view topic, std::string_view payload) {
    return decode_by_name<domain::Effect, topic_name>(topic, payload, "unknown_topic");
}

}  // namespace aftercare::store

namespace aftercare {
template std::string encode(const store::CaseChanged&);
template Result<store::CaseChanged> decode(std::string_view);
}  // namespace aftercare
