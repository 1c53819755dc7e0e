#include "usecase/webhooks.hpp"

#include <algorithm>
#include <array>

#include "domain/access.hpp"
#include "env/log.hpp"
#include "env/webhook.hpp"
#include "store/staff.hpp"

namespace aftercare::usecase {
namespace {

using store::Endpoint;
using store::Tx;

constexpr std::int64_t kShown = 200;
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kEvents{{{"announce_return", "return.announced"},
                                                                                 {"update_return", "return.shipped"},
                                                                                 {"cancel_return", "return.cancelled"},
                                                                                 {"test", "test.ping"}}};

/// http(s)://host… in plain ASCII, without login or fragment. Where the host leads is looked at when it is called.
bool is_url(std::string_view url) {
    const std::size_t start = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
    if (start == 0) return false;
    const auto host = url.substr(start, url.find_first_of("/?", start) - start);
    const auto good = [](char c) { return c > 0x20 && c < 0x7f && std::string_view("#\\\"<>^`{|}").find(c) == std::string_view::npos; };
    return !host.empty() && host.find('@') == std::string_view::npos && std::all_of(url.begin(), url.end(), good);
}

EndpointView view_of(const Endpoint& e, const store::OutboxCount& count, Instant now) {
    return {e.id, e.shop_id, e.title, e.url, e.state, e.code, e.old_until > now ? e.old_until : Instant{}, count.waiting, count.dead,
            e.version, e.created_at, {}};
}

/// The endpoint if the actor may know of it.
Result<Endpoint> find(Tx& tx, const Actor& actor, const WebhookId& id) {
    auto endpoint = store::find_endpoint(tx, id);
    if (!endpoint || !actor.may_see(endpoint->shop_id)) return fail(ErrorKind::not_found, "not_found");
    return std::move(*endpoint);
}

store::OutboxCount count_of(Tx& tx, const WebhookId& id) { return store::delivery_counts(tx)[id]; }

template <class Change>
Result<EndpointView> changed(Context& ctx, const Actor& actor, const Guard& guard, const WebhookId& id, Change change) {
    AC_CHECK(domain::require(actor, Permission::manage_connectors));
    AC_TRY(EndpointView view, ctx.store.change(guard, [&](Tx& tx) -> Result<EndpointView> {
        AC_TRY(Endpoint endpoint, find(tx, actor, id));
        if (guard.expected_version && endpoint.version != *guard.expected_version)
            return fail(Error{ErrorKind::stale, "stale", {}, {}, {{"version", std::to_string(endpoint.version)}}, {}});
        change(endpoint);
        store::change_endpoint(tx, endpoint);
        ++endpoint.version;
        return view_of(endpoint, count_of(tx, endpoint.id), guard.now);
    }));
    ctx.store.hint({"connector", view.id.value, view.shop_id, view.version});
    return view;
}

}  // namespace

std::string_view event_of(std::string_view topic) {
    const auto at = std::find_if(kEvents.begin(), kEvents.end(), [&](const auto& each) { return each.first == topic; });
    return at == kEvents.end() ? std::string_view() : at->second;
}

Result<EndpointList> list_endpoints(Context& ctx, const Actor& actor, const Nothing&) {
    AC_CHECK(domain::require(actor, Permission::manage_connectors));
    const Instant now = ctx.clock.now();
    return ctx.store.read([&](Tx& tx) -> Result<EndpointList> {
        auto counts = store::delivery_counts(tx);
        EndpointList list;
        for (const Endpoint& each : store::endpoints(tx))
            if (actor.may_see(each.shop_id)) list.items.push_back(view_of(each, counts[each.id], now));
        return list;
    });
}

Result<EndpointView> add_endpoint(Context& ctx, const Actor& actor, const Guard& guard, const AddEndpoint& in) {
    AC_CHECK(domain::require(actor, Permission::manage_connectors));
    AC_CHECK(domain::require_shop(actor, in.shop_id));
    if (!is_url(in.url)) return fail_field("/url", "bad_url");
    const std::string secret = env::make_webhook_secret(ctx.random);
    const Endpoint endpoint{ctx.ids.make<WebhookId>(), in.shop_id, in.title, in.url, EndpointState::active, {},
                            env::seal(ctx.secret_key, secret, ctx.random), {}, {}, 1, guard.now};
    AC_TRY(EndpointView view, ctx.store.change(guard, [&](Tx& tx) -> Result<EndpointView> {
        if (!store::find_shop(tx, in.shop_id)) return fail(ErrorKind::not_found, "not_found");
        store::insert_endpoint(tx, endpoint);
        return view_of(endpoint, {}, guard.now);
    }));
    // The answer kept under an idempotency key must not hold the secret; a repeated request gets it without.
    if (view.id == endpoint.id) view.secret = secret;
    ctx.store.hint({"connector", view.id.value, view.shop_id, view.version});
    return view;
}

Result<EndpointView> change_endpoint(Context& ctx, const Actor& actor, const Guard& guard, const ChangeEndpoint& in) {
    if (!is_url(in.url)) return fail_field("/url", "bad_url");
    return changed(ctx, actor, guard, in.webhook_id, [&](Endpoint& endpoint) {
        endpoint.title = in.title;
        endpoint.url = in.url;
        endpoint.state = in.active ? EndpointState::active : EndpointState::off;
        endpoint.code.clear();
    });
}

Result<EndpointView> rotate_secret(Context& ctx, const Actor& actor, const Guard& guard, const OneEndpoint& in) {
    const std::string secret = env::make_webhook_secret(ctx.random);
    const std::string sealed = env::seal(ctx.secret_key, secret, ctx.random);
    bool made = false;
    auto view = changed(ctx, actor, guard, in.webhook_id, [&](Endpoint& endpoint) {
        endpoint.old_secret = std::exchange(endpoint.secret, sealed);
        endpoint.old_until = guard.now + kOldSecretSigns;
        made = true;
    });
    if (view && made) view->secret = secret;
    return view;
}

Result<Done> test_endpoint(Context& ctx, const Actor& actor, const Guard& guard, const OneEndpoint& in) {
    AC_CHECK(domain::require(actor, Permission::manage_connectors));
    const auto id = ctx.ids.make<MessageId>();
    std::optional<store::Hint> hint;
    auto done = ctx.store.change(guard, [&](Tx& tx) -> Result<Done> {
        AC_TRY(const Endpoint endpoint, find(tx, actor, in.webhook_id));
        if (endpoint.state == EndpointState::off) return fail(ErrorKind::refused, "endpoint_off");
        store::insert_delivery(tx, id, endpoint, {"test", {"{}"}}, guard.now);
        hint = {"outbox", id.value, endpoint.shop_id, 0};
        return Done{};
    });
    if (done && hint) ctx.store.hint(*hint);
    return done;
}

Result<DeliveryList> list_deliveries(Context& ctx, const Actor& actor, const OneEndpoint& in) {
    AC_CHECK(domain::require(actor, Permission::manage_connectors));
    return ctx.store.read([&](Tx& tx) -> Result<DeliveryList> {
        AC_CHECK(find(tx, actor, in.webhook_id));
        DeliveryList list;
        for (store::Delivery& d : store::deliveries(tx, in.webhook_id, kShown)) {
            const auto occasion = decode<store::Occasion>(d.payload);
            list.items.push_back({d.id, std::string(occasion ? event_of(occasion->topic) : ""), d.case_id, d.case_number, d.state, d.attempts,
                                  d.last_error == store::kReplayed ? std::string() : d.last_error, d.created_at, d.state == OutboxState::pending ? d.due_at : Instant{}, d.done_at,
                                  std::move(d.body)});
        }
        return list;
    });
}

Result<Done> replay_delivery(Context& ctx, const Actor& actor, const Guard& guard, const OneDelivery& in) {
    AC_CHECK(domain::require(actor, Permission::manage_connectors));
    std::optional<store::Hint> hint;
    auto done = ctx.store.change(guard, [&](Tx& tx) -> Result<Done> {
        const auto message = store::find_message(tx, in.message_id);
        if (!message || !actor.may_see(message->shop_id)) return fail(ErrorKind::not_found, "not_found");
        if (message->endpoint_id.empty()) return fail(ErrorKind::refused, "not_a_delivery");
        AC_TRY(const Endpoint endpoint, find(tx, actor, message->endpoint_id));
        if (endpoint.state == EndpointState::off) return fail(ErrorKind::refused, "endpoint_off");
        if (!store::replay(tx, in.message_id, guard.now)) return fail(ErrorKind::refused, "delivery_under_way");
        hint = {"outbox", in.message_id.value, message->shop_id, 0};
        return Done{};
    });
    if (!done || !hint) return done;
    ctx.store.hint(*hint);
    env::log_info("delivery_replayed", {{"message_id", in.message_id.value}, {"by", actor.principal}});
    return done;
}

}  // namespace aftercare::usecase
