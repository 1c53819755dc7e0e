#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/base/words.hpp>
#include <aftercare/codec/fields.hpp>
#include <aftercare/model/words.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.hpp"

namespace aftercare {
/// Claimed messages are `pending` too: the lease says who has them.
AC_WORDS(OutboxState, pending, done, dead);
using WebhookId = Id<struct WebhookTag>;
}  // namespace aftercare

/// What decisions want done outside, leased by time (architecture.md, sections 7 and 16). Functions may throw DbError.
namespace aftercare::store {

struct OutboxMessage {
    MessageId id;
    std::string topic, payload;
    ShopId shop_id;
    CaseId case_id;
    ConnectorId connector_id;  ///< of the last attempt; empty before the first
    WebhookId endpoint_id;     ///< a delivery to a webhook (webhooks.hpp); empty: for a plugin
    OutboxState state{};
    Instant due_at;
    std::int64_t attempts = 0;  ///< this one included
    std::int64_t answered = 0;  ///< the last attempt whose outcome was recorded
    std::string lease_owner;
    Instant lease_until;
    std::string last_error;
    std::string body;  ///< of a delivery, once it was tried
    Instant created_at;
    /// An earlier attempt was never heard of again: what it asked for may have been done.
    [[nodiscard]] bool in_doubt() const { return attempts > answered + 1; }
};
template <class Io>
void fields(Io& io, OutboxMessage& m) {
    io("id", m.id);
    io("topic", m.topic);
    io("payload", m.payload);
    io("shop_id", m.shop_id);
    io("case_id", m.case_id);
    io("connector_id", m.connector_id);
    io("endpoint_id", m.endpoint_id);
    io("state", m.state);
    io("due_at", m.due_at);
    io("attempts", m.attempts);
    io("answered", m.answered);
    io("lease_owner", m.lease_owner);
    io("lease_until", m.lease_until);
    io("last_error", m.last_error);
    io("body", m.body);
    io("created_at", m.created_at);
}

/// Leases at most `batch` due messages to `owner`. Correct with many claimers.
std::vector<OutboxMessage> claim(Tx&, Instant now, std::string_view owner, Instant lease_until, std::int64_t batch);
void assign(Tx&, const MessageId&, const ConnectorId&, Instant lease_until);
std::optional<OutboxMessage> find_message(Tx&, const MessageId&);

/// A claim, as its owner names it later. The three below want it unbroken: else DbError `serialization`, and the change runs again.
struct Claim {
    MessageId id;
    std::string owner;
    std::int64_t attempts = 0;
};
void finish(Tx&, const Claim&, OutboxState state, std::string_view last_error, Instant now);
/// Pending again from `due_at` on. `uses_attempt` false: this attempt does not count. `in_doubt`: what an earlier attempt did
/// is still not known.
void put_back(Tx&, const Claim&, Instant due_at, bool uses_attempt, bool in_doubt, std::string_view last_error);
/// Was not called at all; an earlier attempt's doubt stays, and `last_error` unless a `note` is given.
void return_unused(Tx&, const Claim&, Instant due_at, std::string_view note = {});

/// A dead message is pending again, due at once, as if it were new. DbError `serialization` when it is not dead.
void revive(Tx&, const MessageId&, Instant now);
/// Of the refund attempt that a message carries; nothing when there is none.
std::optional<MoneyState> attempt_state(Tx&, const MoneyAttemptId&);

/// Who was given this very message before, in this or another row.
ConnectorId connector_of(Tx&, const CaseId&, std::string_view topic, std::string_view payload);

/// When the next pending message can be claimed.
std::optional<Instant> next_due(Tx&);

}  // namespace aftercare::store
