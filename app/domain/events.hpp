#pragma once
#include <aftercare/base/instant.hpp>
#include <aftercare/codec/fields.hpp>
#include <aftercare/model/case.hpp>
#include <aftercare/model/ledger.hpp>
#include <aftercare/model/operation.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/state.hpp"

/// What happened. Events hold all that `apply` needs: ids, amounts, due times, the very units that moved.
namespace aftercare::domain {

/// A money leg as it is after the event, and what it was before (so that an order's money can be folded without its cases).
/// A new leg was `voided` with 0.
struct MoneyStep {
    MoneyLegId id;
    PaymentId payment_id;
    MoneyState was = MoneyState::voided, state = MoneyState::voided;
    std::int64_t was_minor = 0, amount_minor = 0;
    bool operator==(const MoneyStep&) const = default;
};
template <class Io>
void fields(Io& io, MoneyStep& s) {
    io("id", s.id);
    io("payment_id", s.payment_id);
    io("was", s.was);
    io("was_minor", s.was_minor);
    io("state", s.state);
    io("amount_minor", s.amount_minor);
}

/// What every event may do besides its own meaning: units, clocks and tasks as they are after it, and money steps.
struct Moves {
    std::vector<UnitRun> units;
    std::vector<MoneyStep> money;
    std::optional<bool> shipping_refunded;  ///< the order's original shipping becomes promised, or free again
    std::vector<Clock> clocks;
    std::vector<Task> tasks;
    [[nodiscard]] bool empty() const {
        return units.empty() && money.empty() && !shipping_refunded && clocks.empty() && tasks.empty();
    }
    [[nodiscard]] bool moves_order() const { return !units.empty() || !money.empty() || shipping_refunded.has_value(); }
};
template <class Io>
void fields(Io& io, Moves& m) {
    io("units", m.units, maybe);
    io("money", m.money, maybe);
    io("shipping_refunded", m.shipping_refunded);
    io("clocks", m.clocks, maybe);
    io("tasks", m.tasks, maybe);
}

/// So many units of one operation line.
struct LineCount {
    OperationLineId operation_line_id;
    std::int64_t qty = 0;
};
template <class Io>
void fields(Io& io, LineCount& l) {
    io("operation_line_id", l.operation_line_id);
    io("qty", l.qty);
}

struct CaseOpened {
    static constexpr std::string_view kType = "case_opened/1";
    Case c;  // version, due_at, header, amount are derived by apply
    Moves moves;
};
template <class Io>
void fields(Io& io, CaseOpened& e) {
    io("case", e.c);
    io("moves", e.moves, maybe);
}

struct OperationRequested {
    static constexpr std::string_view kType = "operation_requested/1";
    Operation operation;
    std::vector<OperationLine> lines;
    std::string photo_ref;
    Instant window_ends_at;
    Moves moves;
};
template <class Io>
void fields(Io& io, OperationRequested& e) {
    io("operation", e.operation);
    io("lines", e.lines);
    io("photo_ref", e.photo_ref, maybe);
    io("window_ends_at", e.window_ends_at, maybe);
    io("moves", e.moves, maybe);
}

struct OperationApproved {
    static constexpr std::string_view kType = "operation_approved/1";
    OperationId operation_id;
    Quote quote;
    StaffId approver_id;  ///< empty: by policy
    Instant ship_by_at;
    bool instant_refund = false;
    Moves moves;
};
template <class Io>
void fields(Io& io, OperationApproved& e) {
    io("operation_id", e.operation_id);
    io("quote", e.quote);
    io("approver_id", e.approver_id, maybe);
    io("ship_by_at", e.ship_by_at);
    io("instant_refund", e.instant_refund, maybe);
    io("moves", e.moves, maybe);
}

struct InfoAsked {
    static constexpr std::string_view kType = "info_asked/1";
    OperationId operation_id;
    MessageId note_id;
    Moves moves;
};
template <class Io>
void fields(Io& io, InfoAsked& e) {
    io("operation_id", e.operation_id);
    io("note_id", e.note_id, maybe);
    io("moves", e.moves, maybe);
}

struct InfoGiven {
    static constexpr std::string_view kType = "info_given/1";
    OperationId operation_id;
    std::string photo_ref;
    Moves moves;
};
template <class Io>
void fields(Io& io, InfoGiven& e) {
    io("operation_id", e.operation_id);
    io("photo_ref", e.photo_ref, maybe);
    io("moves", e.moves, maybe);
}

struct OperationRejected {
    static constexpr std::string_view kType = "operation_rejected/1";
    OperationId operation_id;
    RejectCode code{};
    Moves moves;
};
template <class Io>
void fields(Io& io, OperationRejected& e) {
    io("operation_id", e.operation_id);
    io("code", e.code);
    io("moves", e.moves, maybe);
}

struct OperationAppealed {
    static constexpr std::string_view kType = "operation_appealed/1";
    OperationId operation_id;
    Moves moves;
};
template <class Io>
void fields(Io& io, OperationAppealed& e) {
    io("operation_id", e.operation_id);
    io("moves", e.moves, maybe);
}

/// Units that never shipped leave the operation.
struct UnitsReleased {
    static constexpr std::string_view kType = "units_released/1";
    OperationId operation_id;
    ReleaseCause cause{};
    std::vector<LineCount> lines;
    std::optional<Quote> quote;  ///< the new estimate, before approval
    Moves moves;
};
template <class Io>
void fields(Io& io, UnitsReleased& e) {
    io("operation_id", e.operation_id);
    io("cause", e.cause);
    io("lines", e.lines);
    io("quote", e.quote);
    io("moves", e.moves, maybe);
}

struct ParcelShipped {
    static constexpr std::string_view kType = "parcel_shipped/1";
    InboundLeg leg;
    std::vector<InboundLine> lines;
    std::int64_t advanced_minor = 0;  ///< refund authorised by this scan (instant refund)
    Moves moves;
};
template <class Io>
void fields(Io& io, ParcelShipped& e) {
    io("leg", e.leg);
    io("lines", e.lines);
    io("advanced_minor", e.advanced_minor, maybe);
    io("moves", e.moves, maybe);
}

struct ParcelArrived {
    static constexpr std::string_view kType = "parcel_arrived/1";
    OperationId operation_id;
    InboundLegId inbound_leg_id;
    std::vector<LineCount> counted;  ///< this time
    std::string receipt;             ///< as kept in InboundLeg::receipts
    Moves moves;
};
template <class Io>
void fields(Io& io, ParcelArrived& e) {
    io("operation_id", e.operation_id);
    io("inbound_leg_id", e.inbound_leg_id);
    io("counted", e.counted);
    io("receipt", e.receipt, maybe, length(0, 30'000));
    io("moves", e.moves, maybe);
}

struct ParcelLost {
    static constexpr std::string_view kType = "parcel_lost/1";
    OperationId operation_id;
    InboundLegId inbound_leg_id;
    Moves moves;
};
template <class Io>
void fields(Io& io, ParcelLost& e) {
    io("operation_id", e.operation_id);
    io("inbound_leg_id", e.inbound_leg_id);
    io("moves", e.moves, maybe);
}

struct GoodsInspected {
    static constexpr std::string_view kType = "goods_inspected/1";
    InspectionRecord record;
    Moves moves;
};
template <class Io>
void fields(Io& io, GoodsInspected& e) {
    io("record", e.record);
    io("moves", e.moves, maybe);
}

struct MismatchFound {
    static constexpr std::string_view kType = "mismatch_found/1";
    OperationId operation_id;
    Moves moves;
};
template <class Io>
void fields(Io& io, MismatchFound& e) {
    io("operation_id", e.operation_id);
    io("moves", e.moves, maybe);
}

/// Units of one line that got their final quote.
struct BatchLine {
    OperationLineId operation_line_id;
    std::int64_t accepted = 0;     ///< inspected units, those in dispute included
    std::int64_t disputed = 0;     ///< of them: were in dispute
    std::int64_t written_off = 0;  ///< missing or lost units
    std::int64_t goods_minor = 0;  ///< Σ allocated net of these very units
};
template <class Io>
void fields(Io& io, BatchLine& l) {
    io("operation_line_id", l.operation_line_id);
    io("accepted", l.accepted);
    io("disputed", l.disputed);
    io("written_off", l.written_off);
    io("goods_minor", l.goods_minor);
}

struct BatchSettled {
    static constexpr std::string_view kType = "batch_settled/1";
    OperationId operation_id;
    SettledBy by{};
    std::string reason;  ///< a ruling's code
    std::vector<BatchLine> lines;
    Quote quote;
    std::int64_t advance_used_minor = 0;  ///< of the quote, already authorised before inspection
    Moves moves;
};
template <class Io>
void fields(Io& io, BatchSettled& e) {
    io("operation_id", e.operation_id);
    io("by", e.by);
    io("reason", e.reason, maybe);
    io("lines", e.lines);
    io("quote", e.quote);
    io("advance_used_minor", e.advance_used_minor, maybe);
    io("moves", e.moves, maybe);
}

struct SendBackOrdered {
    static constexpr std::string_view kType = "send_back_ordered/1";
    OutboundLeg leg;
    std::vector<LineCount> lines;
    Moves moves;
};
template <class Io>
void fields(Io& io, SendBackOrdered& e) {
    io("leg", e.leg);
    io("lines", e.lines);
    io("moves", e.moves, maybe);
}

struct GoodsDispatched {
    static constexpr std::string_view kType = "goods_dispatched/1";
    OperationId operation_id;
    OutboundLegId outbound_leg_id;
    std::string carrier, tracking;
    Moves moves;
};
template <class Io>
void fields(Io& io, GoodsDispatched& e) {
    io("operation_id", e.operation_id);
    io("outbound_leg_id", e.outbound_leg_id);
    io("carrier", e.carrier);
    io("tracking", e.tracking);
    io("moves", e.moves, maybe);
}

struct GoodsDelivered {
    static constexpr std::string_view kType = "goods_delivered/1";
    OperationId operation_id;
    OutboundLegId outbound_leg_id;
    Moves moves;
};
template <class Io>
void fields(Io& io, GoodsDelivered& e) {
    io("operation_id", e.operation_id);
    io("outbound_leg_id", e.outbound_leg_id);
    io("moves", e.moves, maybe);
}

struct RefundSubmitted {
    static constexpr std::string_view kType = "refund_submitted/1";
    OperationId operation_id;
    MoneyAttempt attempt;
    Moves moves;
};
template <class Io>
void fields(Io& io, RefundSubmitted& e) {
    io("operation_id", e.operation_id);
    io("attempt", e.attempt);
    io("moves", e.moves, maybe);
}

struct RefundAnswered {
    static constexpr std::string_view kType = "refund_answered/1";
    OperationId operation_id;
    MoneyAttemptId attempt_id;
    RefundResult result{};
    AnswerKind answer{};
    std::string provider_ref, code;
    Moves moves;
};
template <class Io>
void fields(Io& io, RefundAnswered& e) {
    io("operation_id", e.operation_id);
    io("attempt_id", e.attempt_id);
    io("result", e.result);
    io("answer", e.answer);
    io("provider_ref", e.provider_ref, maybe);
    io("code", e.code, maybe);
    io("moves", e.moves, maybe);
}

/// An advance (instant refund) that proved too high and was not paid yet is taken back.
struct AdvanceWithdrawn {
    static constexpr std::string_view kType = "advance_withdrawn/1";
    OperationId operation_id;
    std::int64_t amount_minor = 0;
    Moves moves;
};
template <class Io>
void fields(Io& io, AdvanceWithdrawn& e) {
    io("operation_id", e.operation_id);
    io("amount_minor", e.amount_minor);
    io("moves", e.moves, maybe);
}

struct OperationSettled {
    static constexpr std::string_view kType = "operation_settled/1";
    OperationId operation_id;
    Moves moves;
};
template <class Io>
void fields(Io& io, OperationSettled& e) {
    io("operation_id", e.operation_id);
    io("moves", e.moves, maybe);
}

/// The operation is over: closed, cancelled or expired.
struct OperationEnded {
    static constexpr std::string_view kType = "operation_ended/1";
    OperationId operation_id;
    DecisionState decision{};
    Moves moves;
};
template <class Io>
void fields(Io& io, OperationEnded& e) {
    io("operation_id", e.operation_id);
    io("decision", e.decision);
    io("moves", e.moves, maybe);
}

/// A clock ran out (or took its next step: a reconcile, a parcel overdue).
struct ClockFired {
    static constexpr std::string_view kType = "clock_fired/1";
    OperationId operation_id;
    ClockId clock_id;
    ClockKind kind{};
    bool escalated = false;                  ///< the operation's escalation rises by one
    std::vector<InboundLegId> overdue_legs;  ///< parcels that became overdue
    Moves moves;
};
template <class Io>
void fields(Io& io, ClockFired& e) {
    io("operation_id", e.operation_id, maybe);
    io("clock_id", e.clock_id);
    io("kind", e.kind);
    io("escalated", e.escalated, maybe);
    io("overdue_legs", e.overdue_legs, maybe);
    io("moves", e.moves, maybe);
}

struct ReturnAnnounced {
    static constexpr std::string_view kType = "return_announced/1";
    OperationId operation_id;
    std::string external_id;
    Moves moves;
};
template <class Io>
void fields(Io& io, ReturnAnnounced& e) {
    io("operation_id", e.operation_id);
    io("external_id", e.external_id);
    io("moves", e.moves, maybe);
}

/// A plugin could not do what was asked; `code` is its refusal. A task says so.
struct AnnounceFailed {
    static constexpr std::string_view kType = "announce_failed/1";
    OperationId operation_id;
    std::string code;
    Moves moves;
};
template <class Io>
void fields(Io& io, AnnounceFailed& e) {
    io("operation_id", e.operation_id);
    io("code", e.code);
    io("moves", e.moves, maybe);
}

struct CaseAssigned {
    static constexpr std::string_view kType = "case_assigned/1";
    StaffId owner_id;
};
template <class Io>
void fields(Io& io, CaseAssigned& e) {
    io("owner_id", e.owner_id, maybe);
}

struct NoteAdded {
    static constexpr std::string_view kType = "note_added/1";
    MessageId note_id;
    NoteKind kind{};
    bool reopens = false;  ///< a closed case opens again
    Moves moves;
};
template <class Io>
void fields(Io& io, NoteAdded& e) {
    io("note_id", e.note_id);
    io("kind", e.kind);
    io("reopens", e.reopens, maybe);
    io("moves", e.moves, maybe);
}

struct TaskFinished {
    static constexpr std::string_view kType = "task_finished/1";
    TaskId task_id;
    Moves moves;
};
template <class Io>
void fields(Io& io, TaskFinished& e) {
    io("task_id", e.task_id);
    io("moves", e.moves, maybe);
}

struct CaseClosed {
    static constexpr std::string_view kType = "case_closed/1";
    std::string cause_code, responsibility, summary;
    bool automatic = false;
    Moves moves;
};
template <class Io>
void fields(Io& io, CaseClosed& e) {
    io("cause_code", e.cause_code);
    io("responsibility", e.responsibility);
    io("summary", e.summary);
    io("automatic", e.automatic, maybe);
    io("moves", e.moves, maybe);
}

/// A return that was over before this program knew of it: its end state, no invented steps.
struct CaseImported {
    static constexpr std::string_view kType = "case_imported/1";
    Case c;
    Operation operation;
    std::vector<OperationLine> lines;
    Moves moves;
};
template <class Io>
void fields(Io& io, CaseImported& e) {
    io("case", e.c);
    io("operation", e.operation);
    io("lines", e.lines);
    io("moves", e.moves, maybe);
}

/// The bodies of all events; each has kType and fields.
using EventBody =
    std::variant<CaseOpened, OperationRequested, OperationApproved, InfoAsked, InfoGiven, OperationRejected,
                 OperationAppealed, UnitsReleased, ParcelShipped, ParcelArrived, ParcelLost, GoodsInspected, MismatchFound,
                 BatchSettled, SendBackOrdered, GoodsDispatched, GoodsDelivered, RefundSubmitted, RefundAnswered,
                 AdvanceWithdrawn, OperationSettled, OperationEnded, ClockFired, ReturnAnnounced, AnnounceFailed, CaseAssigned, NoteAdded,
                 TaskFinished, CaseClosed, CaseImported>;

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
