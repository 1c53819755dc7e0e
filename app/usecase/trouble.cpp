#include "usecase/trouble.hpp"

#include "domain/access.hpp"
#include "env/log.hpp"
#include "store/connectors.hpp"
#include "store/event_codec.hpp"
#include "store/outbox.hpp"
#include "store/schedules.hpp"
#include "usecase/settings.hpp"

namespace aftercare::usecase {
namespace {

using store::Tx;

void mask(std::string& text, const std::string& secret) {
    for (auto at = secret.empty() ? text.npos : text.find(secret); at != text.npos; at = text.find(secret, at + kMask.size()))
        text.replace(at, secret.size(), kMask);
}

/// Why it is not sent again; empty when it may be. An attempt that has its answer stays as it is, money is tried again by a new
/// one; a customer is told at most once, and an agent was asked to.
std::string_view kept_back(Tx& tx, std::string_view topic, std::string_view payload) {
    const auto effect = store::decode_effect(topic, payload);
    if (!effect) return {};
    if (std::holds_alternative<domain::SendMessage>(*effect)) return "customer_told_by_agent";
    const auto* refund = std::get_if<domain::SubmitRefund>(&*effect);
    return refund && store::attempt_state(tx, refund->attempt_id) != MoneyState::submitted ? "refund_has_own_retry" : "";
}

/// Connectors of one plugin share a process and so its words: who may not see them all sees none. Secrets are masked.
std::vector<PluginLine> log_of(const Context& ctx, Tx& tx, const Actor& actor, const store::Connector& connector) {
    const auto health = ctx.connector_health ? ctx.connector_health(connector.id) : std::nullopt;
    if (!health || !domain::allowed(actor, Permission::manage_connectors)) return {};
    std::vector<PluginLine> log = health->log;
    for (const store::Connector& each : store::connectors(tx)) {
        if (each.plugin != connector.plugin) continue;
        const auto secrets = secrets_in(each.settings, ctx.secret_key);
        if (!secrets || !actor.may_see(each.shop_id)) return {};
        for (PluginLine& line : log)
            for (const std::string& secret : *secrets) mask(line.message, secret);
    }
    return log;
}

Result<void> require_resend(const Actor& actor) {
    if (domain::allowed(actor, Permission::override_rules)) return {};
    return domain::require(actor, Permission::manage_connectors);
}

}  // namespace

Result<ConnectorTrouble> connector_trouble(Context& ctx, const Actor& actor, const OneConnector& in) {
    AC_CHECK(domain::require(actor, Permission::read_cases));
    return ctx.store.read([&](Tx& tx) -> Result<ConnectorTrouble> {
        const auto connector = store::find_connector(tx, in.connector_id);
        if (!connector || !actor.may_see(connector->shop_id)) return fail(ErrorKind::not_found, "not_found");
        ConnectorTrouble trouble;
        for (const store::DeadMessage& m : store::dead_messages(tx, in.connector_id))
            trouble.dead.push_back({m.id, m.topic, m.case_id, m.case_number, m.last_error, m.attempts, m.done_at,
                                    kept_back(tx, m.topic, m.payload).empty()});
        for (const store::ConnectorProblem& p : store::problems_of(tx, in.connector_id))
            trouble.problems.push_back({p.stream, p.external_id, p.code, p.case_id, p.case_number, p.at});
        trouble.log = log_of(ctx, tx, actor, *connector);
        return trouble;
    });
}

Result<Done> resend_message(Context& ctx, const Actor& actor, const Guard& guard, const OneMessage& in) {
    AC_CHECK(require_resend(actor));
    std::optional<store::Hint> hint;
    auto done = ctx.store.change(guard, [&](Tx& tx) -> Result<Done> {
        const auto message = store::find_message(tx, in.message_id);
        if (!message || !actor.may_see(message->shop_id)) return fail(ErrorKind::not_found, "not_found");
        if (message->state != OutboxState::dead) return fail(ErrorKind::refused, "message_not_dead");
        if (const auto why = kept_back(tx, message->topic, message->payload); !why.empty()) return fail(ErrorKind::refused, std::string(why));
        store::revive(tx, in.message_id, guard.now);
        hint = {"outbox", message->case_id.value, message->shop_id, 0};
        return Done{};
    });
    if (!done || !hint) return done;
    ctx.store.hint(*hint);
    env::log_info("message_sent_again", {{"message_id", in.message_id.value}, {"by", actor.principal}});
    return done;
}

}  // namespace aftercare::usecase
