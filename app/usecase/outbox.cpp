#include "usecase/outbox.hpp"

#include <algorithm>

#include "env/log.hpp"
#include "store/case_state.hpp"
#include "store/connectors.hpp"
#include "store/event_codec.hpp"
#include "domain/operation_rules.hpp"
#include "store/staff.hpp"
#include "usecase/plugin_change.hpp"
#include "usecase/plugin_requests.hpp"

namespace aftercare::usecase {
namespace {

constexpr Duration kLeaseMargin = seconds(30);  // beyond a call's hard end: time to write its outcome down
constexpr Duration kTellWait = hours(24);       // so long before it is too late an agent tells the customer what no plugin could
constexpr const char* kAbsent = "plugin_absent";
constexpr Duration kFirstLease = minutes(2);    // until the operation is known, in the same transaction

/// What the marketplace of a case does itself, when it came from one.
bool at_platform(const domain::Effect& effect) {
    return std::holds_alternative<domain::TellPlatform>(effect) || std::holds_alternative<domain::SubmitRefund>(effect) ||
           std::holds_alternative<domain::ReconcileRefund>(effect);
}
bool is_refund(const domain::Effect& effect) { return std::holds_alternative<domain::SubmitRefund>(effect); }

/// Who may take a message, given what plugins offer.
struct Choice {
    store::Tx& tx;
    const std::vector<store::Connector>& connectors;
    const Offers& offers;

    struct Found {
        ConnectorId id;
        CallLimits limits;
    };
    /// The one that knows the thing already, or nobody; for what is new to all, the oldest that offers the operation.
    [[nodiscard]] tl::expected<Found, Lack> pick(const store::OutboxMessage& message, const domain::Effect& effect,
                                                 std::string_view op) const {
        const ConnectorId known = knower(message, effect);
        if (known.empty()) return first(message.shop_id, op, nullptr);
        auto found = first(message.shop_id, op, &known);
        const bool may_change = std::holds_alternative<domain::AnnounceReturn>(effect);  // a return can be announced anew
        if (found || found.error() == Lack::plugin || !may_change) return found;
        return first(message.shop_id, op, nullptr);
    }

   private:
    [[nodiscard]] ConnectorId knower(const store::OutboxMessage& message, const domain::Effect& effect) const {
        if (!message.connector_id.empty()) return message.connector_id;
        if (at_platform(effect)) return store::platform_source(tx, message.case_id);
        const auto before = [&](const domain::Effect& earlier) {
            return store::connector_of(tx, message.case_id, store::topic_of(earlier), store::encode_effect(earlier));
        };
        if (const auto* e = std::get_if<domain::UpdateReturn>(&effect)) return before(domain::AnnounceReturn{e->operation_id});
        if (const auto* e = std::get_if<domain::CancelReturn>(&effect)) return before(domain::AnnounceReturn{e->operation_id});
        if (const auto* e = std::get_if<domain::CancelShipment>(&effect)) return before(domain::ShipReplacement{e->operation_id, e->outbound_leg_id});
        if (const auto* e = std::get_if<domain::ReconcileRefund>(&effect))
            return before(domain::SubmitRefund{e->operation_id, e->money_leg_id, e->attempt_id});
        return {};
    }
    [[nodiscard]] tl::expected<Found, Lack> first(const ShopId& shop, std::string_view op, const ConnectorId* only) const {
        Lack lack = Lack::operation;
        for (const store::Connector& each : connectors) {
            if (!each.enabled || each.shop_id != shop || (only && each.id != *only)) continue;
            const auto limits = offers(each.plugin, op);
            if (limits) return Found{each.id, *limits};
            if (limits.error() == Lack::plugin) lack = Lack::plugin;
        }
        return tl::unexpected(lack);
    }
};

/// What a message to a plugin that does not run now leaves for a person, once it has waited too long.
struct AbsenceTask {
    OperationId operation;
    std::string_view name;
};
std::optional<AbsenceTask> absence_task(const store::OutboxMessage& message, Instant now) {
    if (message.last_error == kAbsent || now - message.created_at < kTellAbsent) return std::nullopt;
    const auto effect = store::decode_effect(message.topic, message.payload);
    if (!effect) return std::nullopt;
    if (const auto* e = std::get_if<domain::AnnounceReturn>(&*effect)) return AbsenceTask{e->operation_id, "announce_failed"};
    if (const auto* e = std::get_if<domain::UpdateReturn>(&*effect)) return AbsenceTask{e->operation_id, "announce_failed"};
    if (const auto* e = std::get_if<domain::CancelReturn>(&*effect)) return AbsenceTask{e->operation_id, "announce_failed"};
    if (const auto* e = std::get_if<domain::ShipReplacement>(&*effect)) return AbsenceTask{e->operation_id, "ship_failed"};
    if (const auto* e = std::get_if<domain::BookReturn>(&*effect)) return AbsenceTask{e->operation_id, "book_parcel"};
    return std::nullopt;
}

/// A message to a customer that no connector can send, or may have sent already.
struct Unsent {
    store::Claim claim;
    CaseId case_id;
    domain::SendMessage message;
    std::string code;
};

/// A decision that no connector can carry to the marketplace its case came from.
struct Untold {
    store::Claim claim;
    CaseId case_id;
    domain::TellPlatform decision;
};

/// Turns claimed messages into calls, inside the change that claimed them.
struct Preparation {
    store::Tx& tx;
    Choice choice;
    Instant now;
    std::vector<Unsent>& unsent;
    std::vector<Untold>& untold;
    std::vector<store::Claim>& overdue;

    std::optional<PluginCall> prepare(const store::OutboxMessage& message) {
        const store::Claim claim{message.id, message.lease_owner, message.attempts};
        const auto effect = store::decode_effect(message.topic, message.payload);
        if (!effect) return given_up(claim, message, effect.error().code);
        const auto state = store::load_case(tx, message.case_id, false);
        if (!state) return given_up(claim, message, state.error().code);
        const bool from_platform = at_platform(*effect) && !store::platform_source(tx, message.case_id).empty();
        const bool asks_first = is_refund(*effect) && message.in_doubt() && !from_platform;

        const auto shop = store::find_shop(tx, message.shop_id);
        const PluginRequest request = build_request(*state, *effect, {shop ? shop->code : "", message.id.value, asks_first, from_platform});
        if (!request.skip.empty()) return done(claim, request.skip);
        const auto chosen = choice.pick(message, *effect, request.op);
        const auto* told = std::get_if<domain::SendMessage>(&*effect);
        const bool once_only = told && message.in_doubt();
        const bool too_late = told && now >= told->not_after - kTellWait;
        if (!chosen && chosen.error() == Lack::plugin && !once_only && !too_late) {
            if (absence_task(message, now)) overdue.push_back(claim);
            else store::return_unused(tx, claim, now + kAbsentWait);
            return std::nullopt;
        }
        if (told && (!chosen || once_only)) {
            unsent.push_back({claim, message.case_id, *told, once_only ? "in_doubt" : "no_connector"});
            return std::nullopt;
        }
        if (!chosen && from_platform && !is_refund(*effect)) return lost(claim, message.case_id, *effect);
        if (!chosen) return done(claim, asks_first ? "in_doubt" : "no_connector");

        const Instant lease_until = now + chosen->limits.hard + kLeaseMargin;
        store::assign(tx, message.id, chosen->id, lease_until);
        return PluginCall{claim,         message.case_id,         *effect,        chosen->id, std::string(request.op),
                          request.json,  request.idempotency_key, request.writes, asks_first, chosen->limits,
                          lease_until};
    }

   private:
    // The marketplace waits for it: somebody has to see that nobody can tell it.
    std::optional<PluginCall> lost(const store::Claim& claim, const CaseId& case_id, const domain::Effect& effect) {
        if (const auto* told = std::get_if<domain::TellPlatform>(&effect)) untold.push_back({claim, case_id, *told});
        return std::nullopt;
    }
    std::optional<PluginCall> done(const store::Claim& claim, std::string_view why) {
        store::finish(tx, claim, OutboxState::done, why, now);
        return std::nullopt;
    }
    // Only a defect leads here: an effect nobody can read, or of a case that is not there.
    std::optional<PluginCall> given_up(const store::Claim& claim, const store::OutboxMessage& message, std::string_view why) {
        env::log_error("outbox_message_unusable", {{"message_id", message.id.value}, {"topic", message.topic}, {"code", why}});
        store::finish(tx, claim, OutboxState::dead, why, now);
        return std::nullopt;
    }
};

Guard system_guard(Context& ctx) { return {"system", {}, {}, {}, ctx.clock.now()}; }

/// Tells the case that a message found nobody; the message ends so. In a change of its own: it holds a case.
template <class Decide>
void hand_over(Context& ctx, const store::Claim& claim, const CaseId& case_id, const OperationId& operation, OutboxState end,
               const std::string& code, Decide decide) {
    const Guard guard = system_guard(ctx);
    std::vector<store::Hint> hints;
    const auto done = ctx.store.change(guard, [&](store::Tx& tx) -> Result<Done> {
        hints.clear();
        const auto told = tell_case(ctx, tx, case_id, operation, guard.now, hints, decide);
        store::finish(tx, claim, end, told ? code : told.error().code, guard.now);
        return Done{};
    });
    if (done)
        for (const store::Hint& hint : hints) ctx.store.hint(hint);
    else  // claimed again when its lease has run out
        env::log_error("message_not_handed_over", {{"message_id", claim.id.value}, {"code", done.error().code}});
}
void hand_over(Context& ctx, const Unsent& m) {
    hand_over(ctx, m.claim, m.case_id, m.message.operation_id, OutboxState::done, m.code,
              [&](const auto& state, const auto& facts) { return domain::message_failed(state, m.message, m.code, facts); });
}
void hand_over(Context& ctx, const Untold& m) {
    const std::string code = "no_connector";
    hand_over(ctx, m.claim, m.case_id, m.decision.operation_id, OutboxState::dead, code,
              [&](const auto& state, const auto& facts) { return domain::platform_told(state, m.decision, {}, code, facts); });
}

}  // namespace

Result<Claimed> claim_messages(Context& ctx, const std::string& owner, std::int64_t limit, const Offers& offers) {
    const Guard guard = system_guard(ctx);
    Claimed claimed;
    std::vector<Unsent> unsent;
    std::vector<Untold> untold;
    std::vector<store::Claim> overdue;
    AC_CHECK(ctx.store.change(
        guard,
        [&](store::Tx& tx) -> Result<Done> {
            claimed = {};
            unsent.clear();
            untold.clear();
            overdue.clear();
            const auto messages = store::claim(tx, guard.now, owner, guard.now + kFirstLease, std::min<std::int64_t>(limit, 20));
            claimed.taken = static_cast<std::int64_t>(messages.size());
            if (messages.empty()) return Done{};
            const auto connectors = store::connectors(tx);
            Preparation preparation{tx, {tx, connectors, offers}, guard.now, unsent, untold, overdue};
            for (const auto& message : messages) {
                if (!message.endpoint_id.empty()) {
                    if (auto delivery = prepare_delivery(ctx, tx, message, guard.now)) claimed.deliveries.push_back(std::move(*delivery));
                } else if (auto call = preparation.prepare(message)) {
                    claimed.calls.push_back(std::move(*call));
                }
            }
            return Done{};
        },
        {}, db::Lane::bulk));
    for (const Unsent& each : unsent) hand_over(ctx, each);
    for (const Untold& each : untold) hand_over(ctx, each);
    for (const store::Claim& each : overdue)
        if (const auto left = await_plugin(ctx, each, kAbsentWait); !left)  // claimed again when its lease has run out
            env::log_error("message_not_returned", {{"message_id", each.id.value}, {"code", left.error().code}});
    return claimed;
}

Result<Done> return_claims(Context& ctx, const std::vector<store::Claim>& claims, Duration wait) {
    const Guard guard = system_guard(ctx);
    return ctx.store.change(guard, [&](store::Tx& tx) -> Result<Done> {
        for (const store::Claim& each : claims) store::return_unused(tx, each, guard.now + wait);
        return Done{};
    });
}

Result<Done> await_plugin(Context& ctx, const store::Claim& claim, Duration wait) {
    const Guard guard = system_guard(ctx);
    std::vector<store::Hint> hints;
    auto done = ctx.store.change(guard, [&](store::Tx& tx) -> Result<Done> {
        hints.clear();
        const auto message = store::find_message(tx, claim.id);
        const auto task = message ? absence_task(*message, guard.now) : std::nullopt;
        if (task)
            static_cast<void>(tell_case(ctx, tx, message->case_id, task->operation, guard.now, hints, [&](const auto& state, const auto& facts) {
                return domain::announce_failed(state, task->operation, kAbsent, facts, task->name);
            }));
        store::return_unused(tx, claim, guard.now + wait, task ? kAbsent : "");
        return Done{};
    });
    if (done)
        for (const store::Hint& hint : hints) ctx.store.hint(hint);
    return done;
}

Result<std::optional<Instant>> next_message(Context& ctx) {
    return ctx.store.read([](store::Tx& tx) -> Result<std::optional<Instant>> { return store::next_due(tx); });
}

}  // namespace aftercare::usecase
