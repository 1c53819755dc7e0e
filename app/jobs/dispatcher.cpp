#include "jobs/dispatcher.hpp"

#include <algorithm>

#include "env/log.hpp"
#include "jobs/backoff.hpp"

namespace aftercare::jobs {
namespace {

constexpr Duration kBusyWait = seconds(1);
constexpr std::int64_t kBatch = 20;
constexpr int kMostInVain = 5;

}  // namespace

Instant Dispatcher::tick(Instant now) {
    const Instant latest = now + kLongestSleep;
    for (int in_vain = 0;;) {
        const auto next = usecase::next_message(ctx_);
        if (!next || !*next || **next > now) return next && *next ? std::min(**next, latest) : latest;
        const auto claimed = usecase::claim_messages(ctx_, owner_, kBatch, offers_);
        if (!claimed) {
            env::log_warn("claim_failed", {{"code", claimed.error().code}});
            return latest;
        }
        if (claimed->taken == 0) return latest;  // due, but waiting for an earlier message of its case

        std::map<ConnectorId, std::vector<usecase::PluginCall>> groups;
        for (const auto& call : claimed->calls) groups[call.connector_id].push_back(call);
        std::map<WebhookId, std::vector<usecase::WebhookCall>> deliveries;
        for (const auto& call : claimed->deliveries) deliveries[call.endpoint_id].push_back(call);
        const bool calls_any = !groups.empty() || !deliveries.empty();
        const auto started = start(groups, &Dispatcher::carry) + start(deliveries, &Dispatcher::send);
        if (calls_any && started == 0 && ++in_vain >= kMostInVain) return latest;  // a backlog of lanes at work: it would all come back
    }
}

template <class Lane, class Call>
std::int64_t Dispatcher::start(const std::map<Lane, std::vector<Call>>& groups, void (Dispatcher::*work)(const std::vector<Call>&)) {
    std::int64_t started = 0;
    std::vector<store::Claim> back;
    for (const auto& [lane, calls] : groups) {
        if (lanes_.start(ConnectorId(lane.value), [this, calls = calls, work] { (this->*work)(calls); })) ++started;
        else for (const auto& call : calls) back.push_back(call.claim);
    }
    if (!back.empty()) give_back(back, kBusyWait);
    return started;
}

void Dispatcher::send(const std::vector<usecase::WebhookCall>& calls) {
    for (const auto& call : calls) send(call);
    on_idle();
}

void Dispatcher::send(const usecase::WebhookCall& call) {
    const Instant now = ctx_.clock.now();
    if (now + usecase::kDeliveryLimit > call.lease_until) return give_back({call.claim}, Duration{0});
    auto headers = usecase::signed_headers(call, now);
    connect::Posted posted{0, "not_signed", {}};
    if (headers && post_) posted = post_({call.url, call.body, std::move(*headers), usecase::kDeliveryLimit});
    if (posted.status < 200 || posted.status > 299)
        env::log_warn("delivery_failed", {{"endpoint_id", call.endpoint_id.value},
                                          {"message_id", call.claim.id.value},
                                          {"attempt", call.claim.attempts},
                                          {"status", posted.status},
                                          {"code", posted.code}});
    const auto wait = delivery_wait(call.claim.attempts, posted.retry_after, chance(ctx_.random));
    if (const auto recorded = usecase::record_delivery(ctx_, call, {posted.status, posted.code, wait}); !recorded)
        env::log_error("outcome_not_recorded", {{"message_id", call.claim.id.value}, {"code", recorded.error().code}});
}

void Dispatcher::carry(const std::vector<usecase::PluginCall>& calls) {
    for (const auto& call : calls) carry(call);
    on_idle();
}

void Dispatcher::carry(const usecase::PluginCall& call) {
    if (const Duration wait = paused_for(call.connector_id); wait.ms > 0) return give_back({call.claim}, wait);
    // The calls before may have eaten the lease: somebody else might take the message while this call is under way.
    if (ctx_.clock.now() + call.limits.hard > call.lease_until) return give_back({call.claim}, Duration{0});

    const connect::Outcome answer = call_(call.connector_id, call.op, call.request_json,
                                          {call.idempotency_key, call.claim.attempts, call.limits.deadline, call.writes});
    if (!answer.ok)
        env::log_warn("plugin_call_failed", {{"connector_id", call.connector_id.value},
                                             {"op", call.op},
                                             {"message_id", call.claim.id.value},
                                             {"attempt", call.claim.attempts},
                                             {"class", word(answer.error_class)},
                                             {"code", answer.code}});
    const Duration asked{answer.retry_after_ms};
    if (!answer.asked) {
        const Duration wait = asked.ms > 0 ? std::min(asked, usecase::kAbsentWait) : usecase::kAbsentWait;
        pause(call.connector_id, wait);
        if (const auto done = usecase::await_plugin(ctx_, call.claim, wait); !done)
            env::log_warn("message_not_returned", {{"message_id", call.claim.id.value}, {"code", done.error().code}});
        return;
    }
    if (!answer.ok && pauses_connector(answer.error_class))
        pause(call.connector_id, *retry_after(answer.error_class, 1, asked, 0).in);

    const usecase::CallOutcome outcome{answer.ok, answer.reply_json, answer.error_class, answer.code, asked};
    const auto rule = [this](ErrorClass error, std::int64_t attempts, Duration wait) {
        return retry_after(error, attempts, wait, chance(ctx_.random));
    };
    if (const auto recorded = usecase::record_outcome(ctx_, call, outcome, rule); !recorded)  // the lease runs out, then it is asked for
        env::log_error("outcome_not_recorded", {{"message_id", call.claim.id.value}, {"code", recorded.error().code}});
}

void Dispatcher::give_back(const std::vector<store::Claim>& claims, Duration wait) {
    if (const auto done = usecase::return_claims(ctx_, claims, wait); !done)
        env::log_warn("messages_not_returned", {{"message_id", claims.front().id.value}, {"code", done.error().code}});
}

Duration Dispatcher::paused_for(const ConnectorId& connector) {
    const std::scoped_lock held(lock_);
    const auto at = paused_until_.find(connector);
    return at == paused_until_.end() ? Duration{0} : at->second - ctx_.clock.now();
}

void Dispatcher::pause(const ConnectorId& connector, Duration length) {
    const std::scoped_lock held(lock_);
    paused_until_[connector] = ctx_.clock.now() + length;
}

void Dispatcher::resume() {
    const std::scoped_lock held(lock_);
    paused_until_.clear();
}

}  // namespace aftercare::jobs
