#pragma once
#include <aftercare/connector/error.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/decision.hpp"
#include "store/outbox.hpp"
#include "usecase/context.hpp"
#include "usecase/deliveries.hpp"

/// The way out and back: what decisions want done is leased here, called by jobs, and its answer becomes an event here.
/// At least once: a crash between call and record lets the lease run out, and the next claim says what is in doubt.
namespace aftercare::usecase {

/// How long one call of an offered operation may take: `deadline` is told to the plugin, at `hard` it is over whatever happens.
struct CallLimits {
    Duration deadline, hard;
};
/// Why a plugin cannot take an operation: it does not have it, or the plugin is not here now and nobody knows.
enum class Lack { operation, plugin };
using Offers = std::function<tl::expected<CallLimits, Lack>(const std::string& plugin, std::string_view op)>;

/// One leased message, ready to be called.
struct PluginCall {
    store::Claim claim;
    CaseId case_id;
    domain::Effect effect;
    ConnectorId connector_id;
    std::string op, request_json, idempotency_key;
    bool writes = true;
    bool asks_first = false;  ///< a refund whose last attempt was never heard of: its key is asked for before it is tried again
    CallLimits limits;
    Instant lease_until;  ///< = time of the claim + limits.hard + 30 s
};
inline constexpr Duration kAbsentWait = seconds(30), kTellAbsent = hours(4);
struct Claimed {
    std::vector<PluginCall> calls;
    std::vector<WebhookCall> deliveries;
    std::int64_t taken = 0;  ///< messages looked at; some need no call and are done by now
};
/// Leases at most `limit` due messages, chooses the connector of each (of the case's shop, enabled, offering the operation; one
/// that knows the return or refund goes first) and builds its request from the case as it is now. One whose plugin is not here now
/// waits `kAbsentWait` (and after `kTellAbsent` a task says so), one to a customer until a day before it is too late. A message that nobody can take, or that has become pointless, is done at once, and `last_error` says why
/// ("no_connector", "already_answered" …). Of a message to a customer that nobody can send, or may have sent before a crash, a task
/// for an agent is left as well.
Result<Claimed> claim_messages(Context&, const std::string& owner, std::int64_t limit, const Offers&);

/// What came of a call.
struct CallOutcome {
    bool ok = false;
    std::string reply_json;
    ErrorClass error_class = ErrorClass::internal;
    std::string code;
    Duration asked_wait;  ///< what the provider wants us to wait; 0: not said
};
/// Whether and when to try again; decided by jobs (jobs/backoff.hpp).
struct Retry {
    std::optional<Duration> in;  ///< nothing: no more
    bool uses_attempt = true;
};
using RetryRule = std::function<Retry(ErrorClass, std::int64_t attempts, Duration asked_wait)>;

/// Writes down what came of a call: event and message in one transaction. Refunds: every answer that leaves doubt is `unknown`, and only
/// asking the provider ends it. A claim that has gone to another is left alone, but a certain answer about money counts.
Result<Done> record_outcome(Context&, const PluginCall&, const CallOutcome&, const RetryRule&);

/// Gives claimed messages back uncalled, due again after `wait`.
Result<Done> return_claims(Context&, const std::vector<store::Claim>&, Duration wait);
/// The same because its plugin does not run now. Of a return or a booking that waited `kTellAbsent` a task is left, once.
Result<Done> await_plugin(Context&, const store::Claim&, Duration wait);

/// When there will be something to claim.
Result<std::optional<Instant>> next_message(Context&);

}  // namespace aftercare::usecase
