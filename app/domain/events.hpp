#pragma once
#include <aftercare/base/instant.hpp>
#include <string_view>
#include <variant>

#include "domain/case_events.hpp"
#include "domain/goods_events.hpp"
#include "domain/matter_events.hpp"
#include "domain/money_events.hpp"
#include "domain/request_events.hpp"
#include "domain/state.hpp"
#include "domain/work_events.hpp"

/// What happened. Events hold all that `apply` needs: ids, amounts, due times, the very units that moved.
namespace aftercare::domain {

/// The bodies of all events; each has kType and fields.
using EventBody =
    std::variant<CaseOpened, OperationRequested, OperationApproved, InfoAsked, InfoGiven, OperationRejected,
                 OperationAppealed, UnitsReleased, ParcelShipped, ParcelArrived, ParcelLost, GoodsInspected, MismatchFound,
                 BatchSettled, SendBackOrdered, GoodsDispatched, GoodsDelivered, RefundSubmitted, RefundAnswered,
                 AdvanceWithdrawn, OperationSettled, OperationEnded, ClockFired, ReturnAnnounced, AnnounceFailed, CaseAssigned, NoteAdded,
                 TaskFinished, CaseClosed, CaseImported, CustomerReminded, MessageSent, MessageFailed,
                 OutboundParcelLost, ResendOrdered, PlatformHeard, BookingAsked, ReturnBooked, PlatformTold, CheckAsked, CheckAnswered,
                 OperationSuperseded, OutboundPlanned, StockAnswered, GoodsSwapped, DifferencePaid, RepairWent, ReplacementCancelled, GoodsMissed,
                 MatterMoved, CaseConverted, ClockWarned, RecallWent, ShipmentOrdered>;

/// One event of a case's stream. Time and actor are in it; apply needs nothing else.
struct Event {
    Instant at;
    StaffId actor_id;  // empty: system or plugin
    Role actor_role = Role::system;
    EventBody body;
};

/// The only code that changes domain state. Cannot fail. Each event raises c.version by 1, and order.seq by 1 when
/// moves_order(event). Derived fields (status, header, due_at, amount) are recomputed. Every vector stays sorted by id.
void apply(CaseState& state, const Event& event);
/// The order's part of `apply`: folds an order's ledgers from opening() by order_seq, without its cases.
void apply_order(OrderState& order, const Event& event);
/// True when the event moves units or money of the order (it then carries an order_seq).
bool moves_order(const Event& event);
std::string_view type_of(const Event& event);
/// The operation that the event concerns; empty when it concerns the case.
OperationId operation_of(const Event& event);

}  // namespace aftercare::domain
