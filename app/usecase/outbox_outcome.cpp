#include <aftercare/codec/codec.hpp>
#include <aftercare/connector/channel.hpp>
#include <aftercare/connector/courier.hpp>
#include <aftercare/connector/marketplace.hpp>
#include <aftercare/connector/payment.hpp>
#include <aftercare/connector/warehouse.hpp>

#include "domain/operation_rules.hpp"
#include "env/log.hpp"
#include "store/event_codec.hpp"
#include "usecase/outbox.hpp"
#include "usecase/plugin_change.hpp"

namespace aftercare::usecase {
namespace {

constexpr std::int64_t kAskAttempts = 3;  // of one reconcile message; the domain's clock sends the next one
constexpr std::size_t kCodeLimit = 60;
constexpr std::string_view kAnnounceTask = "announce_failed";

/// Not sent, or refused before anything moved: the same key may be sent again, or never. Everything else leaves doubt.
bool is_certain(ErrorClass c) {
    switch (c) {
        case ErrorClass::conflict:
        case ErrorClass::unknown:
        case ErrorClass::internal:
        case ErrorClass::crashed:
        case ErrorClass::deadline:
        case ErrorClass::cancelled:
        case ErrorClass::protocol: return false;
        default: return true;
    }
}

std::string code_of(const CallOutcome& outcome) {
    std::string code = outcome.code.empty() ? std::string(word(outcome.error_class)) : outcome.code;
    for (char& c : code)
        if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7e) c = '?';
    return code.substr(0, kCodeLimit);
}

/// A reply that does not say what its operation promises is as good as none.
template <class Reply>
std::optional<Reply> read_reply(CallOutcome& outcome) {
    if (!outcome.ok) return std::nullopt;
    auto reply = decode<Reply>(outcome.reply_json);
    if (reply) return std::move(*reply);
    outcome = {false, {}, ErrorClass::protocol, "bad_reply", {}};
    return std::nullopt;
}

/// One outcome being written down, inside its change.
class Record {
   public:
    Record(Context& ctx, store::Tx& tx, const PluginCall& call, CallOutcome outcome, const RetryRule& rule, Instant now,
           std::vector<store::Hint>& hints)
        : ctx_(ctx), tx_(tx), call_(call), outcome_(std::move(outcome)), rule_(rule), now_(now), hints_(hints) {
        const auto message = store::find_message(tx, call.claim.id);
        mine_ = message && message->state == OutboxState::pending && message->lease_owner == call.claim.owner &&
                message->attempts == call.claim.attempts;
    }

    void operator()(const domain::AnnounceReturn& e) {
        const auto reply = read_reply<ReturnAccepted>(outcome_);
        if (!mine_) return ignore();
        if (!reply) return retry_or_give_up(e.operation_id);
        tell(e.operation_id, [&](const auto& state, const auto& facts) {
            return domain::return_announced(state, e.operation_id, reply->external_id, facts);
        });
        finish(OutboxState::done);
    }
    void operator()(const domain::UpdateReturn& e) { told(e.operation_id, false); }
    void operator()(const domain::CancelReturn& e) { told(e.operation_id, true); }

    void operator()(const domain::SubmitRefund& e) {
        const auto reply = read_reply<RefundReply>(outcome_);
        if (reply) return answered(e, *reply);
        if (!mine_) return ignore();
        if (call_.asks_first) return asked_in_vain(e);
        if (!is_certain(outcome_.error_class)) return unknown(e);
        if (const Retry retry = next_try(); retry.in) return put_back(retry, false);
        if (outcome_.error_class == ErrorClass::needs_input) return give_up(e.operation_id);
        result(e, RefundResult::fail, {}, code_of(outcome_));
        finish(OutboxState::dead);
    }

    void operator()(const domain::ReconcileRefund& e) {
        const auto reply = read_reply<RefundReply>(outcome_);
        if (reply) return answered(e, *reply);
        if (!mine_) return ignore();
        if (const Retry retry = next_try(); retry.in && (!retry.uses_attempt || call_.claim.attempts < kAskAttempts))
            return put_back(retry, false);
        unknown(e);
    }

    // A customer is told at most once: what may have been sent is never sent again.
    void operator()(const domain::SendMessage& e) {
        const auto reply = read_reply<SendReply>(outcome_);
        if (!mine_) return ignore();
        if (!reply && is_certain(outcome_.error_class))
            if (const Retry retry = next_try(); retry.in) return put_back(retry, false);
        const std::string code = reply ? std::string() : code_of(outcome_);
        tell(e.operation_id, [&](const auto& state, const auto& facts) {
            return reply ? domain::message_sent(state, e, reply->external_id, facts) : domain::message_failed(state, e, code, facts);
        });
        finish(reply ? OutboxState::done : OutboxState::dead);
    }

    void operator()(const domain::BookReturn& e) {
        const auto reply = read_reply<BookReply>(outcome_);
        if (!mine_) return ignore();
        if (!reply) return retry_or_give_up(e.operation_id, "book_parcel");
        tell(e.operation_id, [&](const auto& state, const auto& facts) {
            return domain::return_booked(state, e.operation_id, reply->booking_id, reply->carrier, reply->tracking, facts);
        });
        finish(OutboxState::done);
    }

    // A person has the same question as a task: when the plugin does not know, nothing more is to be said.
    void operator()(const domain::HoldOrder& e) {
        const auto reply = read_reply<HoldReply>(outcome_);
        if (!mine_) return ignore();
        if (!reply) return retry_or_leave();
        checked(e.operation_id, reply->state == HoldState::held ? CheckResult::confirmed : CheckResult::already_shipped, {}, {});
    }
    void operator()(const domain::ReleaseOrder& e) {
        const auto reply = read_reply<ReturnAccepted>(outcome_);
        if (!mine_) return ignore();
        if (reply || outcome_.error_class == ErrorClass::not_found) finish(OutboxState::done);
        else retry_or_give_up(e.operation_id, "release_order");
    }
    // The task to pack it stands already: it ends when the warehouse tells of the parcel, or a person sends it.
    void operator()(const domain::ShipReplacement& e) {
        const auto reply = read_reply<ReturnAccepted>(outcome_);
        if (!mine_) return ignore();
        if (!reply) return retry_or_give_up(e.operation_id, "ship_failed");
        tell(e.operation_id, [&](const auto& state, const auto& facts) { return domain::shipment_ordered(state, e, reply->external_id, facts); });
        finish(OutboxState::done);
    }
    void operator()(const domain::CancelShipment& e) {
        const auto reply = read_reply<ReturnAccepted>(outcome_);
        if (!mine_) return ignore();
        if (reply || outcome_.error_class == ErrorClass::not_found) finish(OutboxState::done);
        else retry_or_give_up(e.operation_id, "cancel_shipment");
    }
    void operator()(const domain::InterceptParcel& e) {
        const auto reply = read_reply<InterceptReply>(outcome_);
        if (!mine_) return ignore();
        if (!reply) return retry_or_leave();
        if (reply->state == InterceptState::pending) return finish(OutboxState::done, "pending");
        checked(e.operation_id, reply->state == InterceptState::accepted ? CheckResult::confirmed : CheckResult::refuted, reply->carrier, reply->tracking);
    }

    // It carries a key as well. What the marketplace says of the case, and not its answer, confirms the decision.
    void operator()(const domain::TellPlatform& e) {
        const auto reply = read_reply<PlatformTook>(outcome_);
        if (!mine_) return ignore();
        if (const Retry retry = reply ? Retry{} : next_try(); retry.in) return put_back(retry, false);
        const std::string code = reply ? std::string() : code_of(outcome_);
        tell(e.operation_id, [&](const auto& state, const auto& facts) {
            return domain::platform_told(state, e, reply ? reply->external_id : std::string(), code, facts);
        });
        finish(reply ? OutboxState::done : OutboxState::dead);
    }

   private:
    // Money. A late answer counts too: the attempt admits one success, whoever brings it.
    template <class Effect>
    void answered(const Effect& e, const RefundReply& reply) {
        if (reply.state == RefundState::succeeded) result(e, RefundResult::ok, reply.external_id, reply.code);
        if (reply.state == RefundState::failed) result(e, RefundResult::fail, reply.external_id, reply.code);
        if (reply.state == RefundState::pending && std::is_same_v<Effect, domain::ReconcileRefund> && mine_)
            result(e, RefundResult::unknown, reply.external_id, "pending");
        if (mine_) finish(OutboxState::done, word(reply.state));
        else ignore();
    }
    template <class Effect>
    void unknown(const Effect& e) {
        result(e, RefundResult::unknown, {}, code_of(outcome_));
        finish(OutboxState::done);
    }
    /// The provider did not say what became of the earlier attempt. Only "never heard of it" lets the key be sent again.
    void asked_in_vain(const domain::SubmitRefund& e) {
        if (outcome_.error_class == ErrorClass::not_found) return put_back({Duration{0}, true}, false);
        if (const Retry retry = next_try(); retry.in) return put_back(retry, true);
        unknown(e);
    }
    template <class Effect>
    void result(const Effect& e, RefundResult what, const std::string& reference, const std::string& code) {
        tell(e.operation_id, [&](const auto& state, const auto& facts) {
            return domain::refund_outcome(state, {e.operation_id, e.attempt_id, what, reference, code}, facts);
        });
    }

    void checked(const OperationId& operation, CheckResult what, const std::string& carrier, const std::string& tracking) {
        tell(operation, [&](const auto& state, const auto& facts) {
            return domain::answer_check(state, {operation, what, carrier, tracking}, facts);
        });
        finish(OutboxState::done);
    }
    void retry_or_leave() {
        if (const Retry retry = next_try(); retry.in) return put_back(retry, false);
        finish(OutboxState::dead);
    }

    // Warehouse. Its operations carry a key, so a lost answer is asked for by doing it again.
    void told(const OperationId& operation, bool gone_is_fine) {
        const auto reply = read_reply<ReturnAccepted>(outcome_);
        if (!mine_) return ignore();
        const bool gone = !reply && gone_is_fine && outcome_.error_class == ErrorClass::not_found;
        if (reply || gone) finish(OutboxState::done);
        else retry_or_give_up(operation);
    }
    void retry_or_give_up(const OperationId& operation, std::string_view what = kAnnounceTask) {
        if (const Retry retry = next_try(); retry.in) return put_back(retry, false);
        give_up(operation, what);
    }
    void give_up(const OperationId& operation, std::string_view what = kAnnounceTask) {
        task(operation, outcome_.error_class == ErrorClass::needs_input ? "needs_input" : code_of(outcome_), what);
        finish(OutboxState::dead);
    }

    // The message.
    [[nodiscard]] Retry next_try() const { return rule_(outcome_.error_class, call_.claim.attempts, outcome_.asked_wait); }
    void put_back(const Retry& retry, bool in_doubt) {
        store::put_back(tx_, call_.claim, now_ + *retry.in, retry.uses_attempt, in_doubt, code_of(outcome_));
    }
    void finish(OutboxState state) { finish(state, outcome_.ok ? std::string() : code_of(outcome_)); }
    void finish(OutboxState state, std::string_view note) {
        store::finish(tx_, call_.claim, state, refused_.empty() ? note : std::string_view(refused_), now_);
    }
    void ignore() const {
        env::log_warn("late_plugin_answer", {{"message_id", call_.claim.id.value},
                                             {"attempt", call_.claim.attempts},
                                             {"connector_id", call_.connector_id.value},
                                             {"ok", outcome_.ok}});
    }

    // The case. A rule that says no to an answer must not lose it: a task says so, the message keeps the code.
    template <class Decide>
    void tell(const OperationId& operation, Decide&& decide) {
        const auto changed = tell_case(ctx_, tx_, call_.case_id, operation, now_, hints_, decide);
        if (changed) return;
        refused_ = changed.error().code;
        env::log_error("plugin_answer_refused", {{"message_id", call_.claim.id.value}, {"code", refused_}});
        task(operation, refused_);
    }
    void task(const OperationId& operation, const std::string& code, std::string_view what = kAnnounceTask) {
        const auto changed = tell_case(ctx_, tx_, call_.case_id, operation, now_, hints_,
                                       [&](const auto& state, const auto& facts) {
                                           return domain::announce_failed(state, operation, code, facts, what);
                                       });
        if (!changed)
            env::log_error("task_refused", {{"message_id", call_.claim.id.value}, {"code", changed.error().code}});
    }

    Context& ctx_;
    store::Tx& tx_;
    const PluginCall& call_;
    CallOutcome outcome_;
    const RetryRule& rule_;
    Instant now_;
    std::vector<store::Hint>& hints_;
    bool mine_ = false;
    std::string refused_;
};

}  // namespace

Result<Done> record_outcome(Context& ctx, const PluginCall& call, const CallOutcome& outcome, const RetryRule& rule) {
    const Instant now = ctx.clock.now();
    const Guard guard{"system", {}, {}, {}, now};
    std::vector<store::Hint> hints;
    auto recorded = ctx.store.change(guard, [&](store::Tx& tx) -> Result<Done> {
        hints.clear();
        Record record(ctx, tx, call, outcome, rule, now, hints);
        std::visit(record, call.effect);
        return Done{};
    });
    if (recorded)
        for (const store::Hint& hint : hints) ctx.store.hint(hint);
    return recorded;
}

}  // namespace aftercare::usecase
