#pragma once
#include "store/webhooks.hpp"
#include "usecase/context.hpp"
#include "usecase/staff.hpp"

/// Where a shop's events are sent, in the form of Standard Webhooks. For whoever manages connectors.
namespace aftercare::usecase {

struct EndpointView {
    static constexpr std::string_view kSchema = "WebhookEndpoint";
    WebhookId id;
    ShopId shop_id;
    std::string title, url;
    EndpointState state{};
    std::string code;        ///< why it was given up
    Instant old_secret_until;  ///< so long the secret before this one signs as well
    std::int64_t waiting = 0, dead = 0, version = 1;
    Instant created_at;
    std::string secret;      ///< only in the answers of add and rotate
};
template <class Io>
void fields(Io& io, EndpointView& e) {
    io("id", e.id);
    io("shop_id", e.shop_id);
    io("title", e.title);
    io("url", e.url);
    io("state", e.state);
    io("code", e.code, maybe);
    io("old_secret_until", e.old_secret_until, maybe);
    io("waiting", e.waiting);
    io("dead", e.dead);
    io("version", e.version);
    io("created_at", e.created_at);
    io("secret", e.secret, maybe, doc("shown once: when it is made"));
}
struct EndpointList {
    static constexpr std::string_view kSchema = "WebhookEndpointList";
    std::vector<EndpointView> items;
};
template <class Io>
void fields(Io& io, EndpointList& l) {
    io("items", l.items);
}
Result<EndpointList> list_endpoints(Context&, const Actor&, const Nothing&);

struct AddEndpoint {
    ShopId shop_id;
    std::string title, url;
};
template <class Io>
void fields(Io& io, AddEndpoint& in) {
    io("shop_id", in.shop_id);
    io("title", in.title, length(1, 100));
    io("url", in.url, length(1, 500));
}
/// The secret is in the answer and nowhere else. "bad_url": not http(s)://host… without login and fragment.
Result<EndpointView> add_endpoint(Context&, const Actor&, const Guard&, const AddEndpoint&);

struct ChangeEndpoint {
    WebhookId webhook_id;
    std::string title, url;
    bool active = true;
};
template <class Io>
void fields(Io& io, ChangeEndpoint& in) {
    io("webhook_id", in.webhook_id);
    io("title", in.title, length(1, 100));
    io("url", in.url, length(1, 500));
    io("active", in.active);
}
Result<EndpointView> change_endpoint(Context&, const Actor&, const Guard&, const ChangeEndpoint&);

struct OneEndpoint {
    WebhookId webhook_id;
};
template <class Io>
void fields(Io& io, OneEndpoint& in) {
    io("webhook_id", in.webhook_id);
}
inline constexpr Duration kOldSecretSigns = hours(24);
/// A new secret; the one before signs beside it for a day.
Result<EndpointView> rotate_secret(Context&, const Actor&, const Guard&, const OneEndpoint&);
/// Puts a "test.ping" on its way. `refused` "endpoint_off".
Result<Done> test_endpoint(Context&, const Actor&, const Guard&, const OneEndpoint&);

struct DeliveryView {
    static constexpr std::string_view kSchema = "WebhookDelivery";
    MessageId id;
    std::string type;  ///< "return.announced"
    CaseId case_id;
    std::string case_number;
    OutboxState state{};
    std::int64_t attempts = 0;
    std::string code;  ///< of the last try that failed
    Instant at, next_at, done_at;
    std::string body;
};
template <class Io>
void fields(Io& io, DeliveryView& d) {
    io("id", d.id);
    io("type", d.type);
    io("case_id", d.case_id, maybe);
    io("case_number", d.case_number, maybe);
    io("state", d.state);
    io("attempts", d.attempts);
    io("code", d.code, maybe);
    io("at", d.at);
    io("next_at", d.next_at, maybe);
    io("done_at", d.done_at, maybe);
    io("body", d.body, maybe);
}
struct DeliveryList {
    static constexpr std::string_view kSchema = "WebhookDeliveryList";
    std::vector<DeliveryView> items;  // newest first, at most 200
};
template <class Io>
void fields(Io& io, DeliveryList& l) {
    io("items", l.items);
}
Result<DeliveryList> list_deliveries(Context&, const Actor&, const OneEndpoint&);

struct OneDelivery {
    MessageId message_id;
};
template <class Io>
void fields(Io& io, OneDelivery& in) {
    io("message_id", in.message_id);
}
/// Sends it again with its id and body. `refused` "delivery_under_way", "endpoint_off" or "not_a_delivery".
Result<Done> replay_delivery(Context&, const Actor&, const Guard&, const OneDelivery&);

/// The event that the receiver reads of an outbox topic; "" when there is none.
std::string_view event_of(std::string_view topic);

}  // namespace aftercare::usecase
