#include "usecase/deliveries.hpp"

#include <aftercare/codec/codec.hpp>
#include <aftercare/codec/json.hpp>

#include "env/log.hpp"
#include "env/webhook.hpp"
#include "store/case_state.hpp"
#include "store/event_codec.hpp"
#include "store/staff.hpp"
#include "usecase/plugin_requests.hpp"
#include "usecase/webhooks.hpp"

namespace aftercare::usecase {
namespace {

constexpr Duration kLeaseMargin = seconds(30);

struct Envelope {
    std::string type, timestamp;
    RawJson data;
};
template <class Io>
void fields(Io& io, Envelope& e) {
    io("type", e.type);
    io("timestamp", e.timestamp);
    io("data", e.data);
}

bool is_test(const store::OutboxMessage& message) {
    const auto occasion = decode<store::Occasion>(message.payload);
    return occasion && occasion->topic == "test";
}

/// What the receiver is told, from the case as it is now; an Error's code when there is nothing to tell.
Result<RawJson> data_of(store::Tx& tx, const store::OutboxMessage& message, const store::Occasion& occasion) {
    if (occasion.topic == "test") return RawJson{"{}"};
    AC_TRY(const domain::Effect effect, store::decode_effect(occasion.topic, occasion.effect.text));
    AC_TRY(const domain::CaseState state, store::load_case(tx, message.case_id, false));
    const auto shop = store::find_shop(tx, message.shop_id);
    PluginRequest request = build_request(state, effect, {shop ? shop->code : "", message.id.value});
    if (!request.skip.empty()) return fail(ErrorKind::refused, request.skip);
    return RawJson{std::move(request.json)};
}

Result<std::string> body_of(store::Tx& tx, const store::OutboxMessage& message, Instant now) {
    if (!message.body.empty()) return message.body;
    AC_TRY(const store::Occasion occasion, decode<store::Occasion>(message.payload));
    AC_TRY(RawJson data, data_of(tx, message, occasion));
    std::string body;
    JsonWriter(body).put(Envelope{std::string(event_of(occasion.topic)), env::utc_text(now), std::move(data)});
    return body;
}

Result<std::vector<std::string>> secrets_of(const Context& ctx, const store::Endpoint& endpoint, Instant now) {
    AC_TRY(std::string newest, env::open_sealed(ctx.secret_key, endpoint.secret));
    std::vector<std::string> secrets{std::move(newest)};
    if (endpoint.old_until <= now || endpoint.old_secret.empty()) return secrets;
    AC_TRY(std::string old, env::open_sealed(ctx.secret_key, endpoint.old_secret));
    secrets.push_back(std::move(old));
    return secrets;
}

Guard system_guard(const Context& ctx) { return {"system", {}, {}, {}, ctx.clock.now()}; }

/// Does the message still belong to this claim?
bool is_mine(const store::OutboxMessage& message, const store::Claim& claim) {
    return message.state == OutboxState::pending && message.lease_owner == claim.owner && message.attempts == claim.attempts;
}

}  // namespace

std::optional<WebhookCall> prepare_delivery(const Context& ctx, store::Tx& tx, const store::OutboxMessage& message, Instant now) {
    const store::Claim claim{message.id, message.lease_owner, message.attempts};
    const auto finished = [&](OutboxState state, std::string_view why) -> std::optional<WebhookCall> {
        store::finish(tx, claim, state, why, now);
        return std::nullopt;
    };
    const auto endpoint = store::find_endpoint(tx, message.endpoint_id);
    const bool asked = message.attempts == 1 && (message.last_error == store::kReplayed || is_test(message));
    const bool goes = endpoint && (endpoint->state == EndpointState::active || (endpoint->state == EndpointState::given_up && asked));
    if (!goes) return finished(OutboxState::dead, "endpoint_off");
    auto secrets = secrets_of(ctx, *endpoint, now);
    if (!secrets) return finished(OutboxState::dead, secrets.error().code);
    auto body = body_of(tx, message, now);
    if (!body) return finished(body.error().kind == ErrorKind::refused ? OutboxState::done : OutboxState::dead, body.error().code);
    const Instant lease_until = now + kDeliveryLimit + kLeaseMargin;
    store::keep_body(tx, message.id, *body, lease_until);
    return WebhookCall{claim, endpoint->id, endpoint->url, std::move(*body), std::move(*secrets), lease_until};
}

Result<std::vector<std::pair<std::string, std::string>>> signed_headers(const WebhookCall& call, Instant now) {
    std::string signatures;
    for (const std::string& secret : call.secrets) {
        AC_TRY(const std::string each, env::webhook_signature(secret, call.claim.id.value, now, call.body));
        signatures += (signatures.empty() ? "" : " ") + each;
    }
    return std::vector<std::pair<std::string, std::string>>{{"Content-Type", "application/json"},
                                                            {"webhook-id", call.claim.id.value},
                                                            {"webhook-timestamp", std::to_string(now.ms / 1'000)},
                                                            {"webhook-signature", std::move(signatures)}};
}

Result<Done> record_delivery(Context& ctx, const WebhookCall& call, const DeliveryOutcome& outcome) {
    const Guard guard = system_guard(ctx);
    const bool delivered = outcome.status >= 200 && outcome.status < 300, gone = outcome.status == 410;
    const std::string code = outcome.status == 0 ? outcome.code : "http_" + std::to_string(outcome.status);
    const bool ends = !delivered && (gone || !outcome.again_in);
    bool given_up = false;
    auto recorded = ctx.store.change(guard, [&](store::Tx& tx) -> Result<Done> {
        const auto message = store::find_message(tx, call.claim.id);
        given_up = false;
        if (!message || !is_mine(*message, call.claim)) return Done{};  // its lease ran out: somebody else tries it
        if (delivered) store::finish(tx, call.claim, OutboxState::done, "", guard.now);
        else if (!ends) store::put_back(tx, call.claim, guard.now + *outcome.again_in, true, false, code);
        else store::finish(tx, call.claim, OutboxState::dead, code, guard.now);
        if (delivered) store::take_back(tx, call.endpoint_id);
        // One message that it never takes is no reason to keep the others from it.
        given_up = ends && (gone || !store::delivered_since(tx, call.endpoint_id, message->created_at));
        if (given_up) store::give_up(tx, call.endpoint_id, code);
        return Done{};
    });
    if (recorded && given_up) env::log_warn("webhook_given_up", {{"endpoint_id", call.endpoint_id.value}, {"code", code}});
    return recorded;
}

}  // namespace aftercare::usecase
