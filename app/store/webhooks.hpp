#pragma once
#include <aftercare/codec/fields.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "store/connectors.hpp"
#include "store/outbox.hpp"

namespace aftercare {
/// given_up: nothing sent to it was taken for days; off: a person switched it off, and nothing is kept for it.
AC_WORDS(EndpointState, active, given_up, off);
}  // namespace aftercare

/// Where a shop's events are sent, and what was sent. Secrets are sealed (env/secret_box.hpp). Functions may throw DbError.
namespace aftercare::store {

struct Endpoint {
    WebhookId id;
    ShopId shop_id;
    std::string title, url;
    EndpointState state{};
    std::string code, secret, old_secret;
    Instant old_until;
    std::int64_t version = 1;
    Instant created_at;
};
template <class Io>
void fields(Io& io, Endpoint& e) {
    io("id", e.id);
    io("shop_id", e.shop_id);
    io("title", e.title);
    io("url", e.url);
    io("state", e.state);
    io("code", e.code);
    io("secret", e.secret);
    io("old_secret", e.old_secret);
    io("old_until", e.old_until);
    io("version", e.version);
    io("created_at", e.created_at);
}
void insert_endpoint(Tx&, const Endpoint&);
std::vector<Endpoint> endpoints(Tx&);  ///< oldest first
std::optional<Endpoint> find_endpoint(Tx&, const WebhookId&);
/// Of the row that still has `version`, which is counted up; DbError when it has not.
void change_endpoint(Tx&, const Endpoint&);
/// An active one is given up; others stay as they are.
void give_up(Tx&, const WebhookId&, std::string_view code);

/// One that was given up is active again; others stay as they are.
void take_back(Tx&, const WebhookId&);
/// Was anything delivered there since?
bool delivered_since(Tx&, const WebhookId&, Instant since);

/// What an event is about, as an outbox row keeps it: the effect's topic and payload, or "test".
struct Occasion {
    std::string topic;
    RawJson effect{"{}"};
};
template <class Io>
void fields(Io& io, Occasion& o) {
    io("topic", o.topic);
    io("effect", o.effect);
}
/// One delivery for each endpoint of the shop that is not off. `id` is made unique by the endpoint's.
void fan_out(Tx&, const std::string& id, const ShopId&, const CaseId&, const Occasion&, Instant now);
void insert_delivery(Tx&, const MessageId&, const Endpoint&, const Occasion&, Instant now);
/// The body of every try, and how long the first one may hold the message.
void keep_body(Tx&, const MessageId&, std::string_view body, Instant lease_until);
/// `last_error` of a delivery that a person sends again, until it is tried.
inline constexpr std::string_view kReplayed = "replayed";
/// Pending again, unless it is so already: then false.
bool replay(Tx&, const MessageId&, Instant now);

struct Delivery {
    MessageId id;
    std::string payload;
    CaseId case_id;
    std::string case_number;
    OutboxState state{};
    std::int64_t attempts = 0;
    std::string last_error;
    Instant due_at, created_at, done_at;
    std::string body;
};
template <class Io>
void fields(Io& io, Delivery& d) {
    io("id", d.id);
    io("payload", d.payload);
    io("case_id", d.case_id, maybe);
    io("case_number", d.case_number, maybe);
    io("state", d.state);
    io("attempts", d.attempts);
    io("last_error", d.last_error);
    io("due_at", d.due_at);
    io("created_at", d.created_at);
    io("done_at", d.done_at);
    io("body", d.body);
}
std::vector<Delivery> deliveries(Tx&, const WebhookId&, std::int64_t limit);  ///< newest first
std::map<WebhookId, OutboxCount> delivery_counts(Tx&);
std::int64_t forget_deliveries(Tx&, Instant before, std::int64_t limit);  ///< those done before then; how many it were

}  // namespace aftercare::store
