#include "store/event_codec.hpp"

#include <aftercare/codec/json.hpp>

#include "domain/ties.hpp"
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
/// What people write in events; the rest are ids, codes, numbers and amounts.
struct EventWords {
    std::string topic, summary;
};
template <class Io>
void fields(Io& io, EventWords& w) {
    io("topic", w.topic, maybe);
    io("summary", w.summary, maybe);
}

/// `fn(text, its place in EventWords)` for each text of an event that a person wrote.
template <class Body, class Fn>
void each_text(Body& event, Fn fn) {
    std::visit(
        [&](auto& e) {
            using T = std::decay_t<decltype(e)>;
            if constexpr (std::is_same_v<T, domain::CaseOpened> || std::is_same_v<T, domain::CaseImported>) {
                fn(e.c.topic, &EventWords::topic);
                fn(e.c.summary, &EventWords::summary);
            } else if constexpr (std::is_same_v<T, domain::MatterMoved>) {
                fn(e.topic, &EventWords::topic);
            } else if constexpr (std::is_same_v<T, domain::CaseClosed>) {
                if (e.cause_code != domain::kMergedCause) fn(e.summary, &EventWords::summary);  // else it is the number of another case
            }
        },
        event);
}

constexpr auto type_name = []<class T>(T*) { return T::kType; };
constexpr auto topic_name = []<class T>(T*) { return T::kTopic; };

}  // namespace

std::string whole_event(const domain::EventBody& event) {
    return std::visit([](const auto& body) { return encode(body); }, event);
}

EncodedEvent encode_event(const domain::EventBody& event) {
    EventWords words;
    bool any = false;
    each_text(event, [&](const std::string& text, auto place) {
        words.*place = text;
        any = any || !text.empty();
    });
    if (!any) return {whole_event(event), {}};
    domain::EventBody bare = event;
    each_text(bare, [](std::string& text, auto) { text.clear(); });
    return {whole_event(bare), encode(words)};
}

Result<domain::EventBody> decode_event(std::string_view type, std::string_view payload, std::string_view words) {
    auto event = decode_by_name<domain::EventBody, type_name>(type, payload, "unknown_event");
    if (!event || words.empty()) return event;
    AC_TRY(EventWords said, decode<EventWords>(words));
    each_text(*event, [&](std::string& text, auto place) { text = std::move(said.*place); });
    return event;
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
