#pragma once
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "domain/access.hpp"
#include "domain/events.hpp"
#include "domain/roster.hpp"
#include "domain/state.hpp"

namespace aftercare::domain {

/// Effects: what a decision wants done outside. Stored as outbox rows in the same transaction.
struct AnnounceReturn {  ///< tell the warehouse what will come back
    static constexpr std::string_view kTopic = "announce_return";
    OperationId operation_id;
};
struct UpdateReturn {  ///< a parcel was shipped: its tracking
    static constexpr std::string_view kTopic = "update_return";
    OperationId operation_id;
    InboundLegId inbound_leg_id;
};
struct CancelReturn {
    static constexpr std::string_view kTopic = "cancel_return";
    OperationId operation_id;
};
struct SubmitRefund {
    static constexpr std::string_view kTopic = "submit_refund";
    OperationId operation_id;
    MoneyLegId money_leg_id;
    MoneyAttemptId attempt_id;  ///< the idempotency key at the provider
};
struct ReconcileRefund {  ///< ask the provider what became of the attempt
    static constexpr std::string_view kTopic = "reconcile_refund";
    OperationId operation_id;
    MoneyLegId money_leg_id;
    MoneyAttemptId attempt_id;
};
struct SendMessage {  ///< tell the customer; too late after `not_after`
    static constexpr std::string_view kTopic = "send_message";
    OperationId operation_id;
    MessageTemplate message{};
    Instant not_after;
};
struct BookReturn {  ///< ask the courier for a parcel
    static constexpr std::string_view kTopic = "book_return";
    OperationId operation_id;
};
struct TellPlatform {  ///< the marketplace hears what was decided
    static constexpr std::string_view kTopic = "tell_platform";
    OperationId operation_id;
    PlatformVerdict verdict{};
};
struct HoldOrder {  ///< ask the warehouse not to send what is to be cancelled
    static constexpr std::string_view kTopic = "hold_order";
    OperationId operation_id;
};
struct InterceptParcel {  ///< ask the courier to turn a parcel round
    static constexpr std::string_view kTopic = "intercept_parcel";
    OperationId operation_id;
};
struct ReleaseOrder {  ///< what HoldOrder asked is over, for all of it or for what was withdrawn
    static constexpr std::string_view kTopic = "release_order";
    OperationId operation_id;
};
struct ShipReplacement {  ///< ask the warehouse to send goods to the customer: a replacement, what was repaired
    static constexpr std::string_view kTopic = "ship_replacement";
    OperationId operation_id;
    OutboundLegId outbound_leg_id;  ///< the idempotency key at the warehouse
};
struct CancelShipment {  ///< what ShipReplacement asked is void
    static constexpr std::string_view kTopic = "cancel_shipment";
    OperationId operation_id;
    OutboundLegId outbound_leg_id;
};
using Effect = std::variant<AnnounceReturn, UpdateReturn, CancelReturn, SubmitRefund, ReconcileRefund, SendMessage, BookReturn, TellPlatform,
                            HoldOrder, InterceptParcel, ReleaseOrder, ShipReplacement, CancelShipment>;

template <class Io>
void fields(Io& io, AnnounceReturn& e) { io("operation_id", e.operation_id); }
template <class Io>
void fields(Io& io, UpdateReturn& e) { io("operation_id", e.operation_id); io("inbound_leg_id", e.inbound_leg_id); }
template <class Io>
void fields(Io& io, CancelReturn& e) { io("operation_id", e.operation_id); }
template <class Io>
void fields(Io& io, SubmitRefund& e) {
    io("operation_id", e.operation_id);
    io("money_leg_id", e.money_leg_id);
    io("attempt_id", e.attempt_id);
}
template <class Io>
void fields(Io& io, ReconcileRefund& e) {
    io("operation_id", e.operation_id);
    io("money_leg_id", e.money_leg_id);
    io("attempt_id", e.attempt_id);
}

template <class Io>
void fields(Io& io, HoldOrder& e) { io("operation_id", e.operation_id); }
template <class Io>
void fields(Io& io, InterceptParcel& e) { io("operation_id", e.operation_id); }
template <class Io>
void fields(Io& io, ReleaseOrder& e) { io("operation_id", e.operation_id); }
template <class Io>
void fields(Io& io, ShipReplacement& e) { io("operation_id", e.operation_id); io("outbound_leg_id", e.outbound_leg_id); }
template <class Io>
void fields(Io& io, CancelShipment& e) { io("operation_id", e.operation_id); io("outbound_leg_id", e.outbound_leg_id); }
template <class Io>
void fields(Io& io, BookReturn& e) { io("operation_id", e.operation_id); }
template <class Io>
void fields(Io& io, TellPlatform& e) {
    io("operation_id", e.operation_id);
    io("verdict", e.verdict);
}

template <class Io>
void fields(Io& io, SendMessage& e) {
    io("operation_id", e.operation_id);
    io("message", e.message);
    io("not_after", e.not_after);
}

/// What a command decided. Events are applied and saved in order; nothing else changes state.
struct Decision {
    std::vector<Event> events;
    std::vector<Effect> effects;
};

/// What every decision may look at besides the state: values, never services.
struct Facts {
    Instant now;
    const Actor& actor;
    const Policy& policy;       ///< for a new request: the version in force now; otherwise the operation's own version
    const Calendar& calendar;
    const std::function<std::string()>& next_id;  ///< ready ids; drawing more than are used is fine
    /// ship_back only: the number of the shop's case in which this tracking number is on its way already; empty: in none.
    std::string tracking_used_by{};
    Known known{};
    /// Who is on duty now, by the roster; told only when a clock wakes.
    std::vector<Shift> shifts{};
};

}  // namespace aftercare::domain
