#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/codec/fields.hpp>
#include <aftercare/model/words.hpp>
#include <optional>
#include <string>

/// Operations, their lines, legs, inspections and money (after-sales.md sections 1, 2, 10). All derived from events.
namespace aftercare {

/// net − collect = goods + shipping + return_shipping − fee − deduction − replacement; at most one of net (to the customer) and collect
/// (from the customer) is not 0 (G-money). All in minor units of the order's currency.
struct Quote {
    static constexpr std::string_view kSchema = "Quote";
    std::int64_t goods_minor = 0;            ///< Σ allocated net of the units meant
    std::int64_t shipping_minor = 0;         ///< original shipping share, at most once per order
    std::int64_t return_shipping_minor = 0;  ///< what the customer paid to send back, ≤ policy cap
    std::int64_t fee_minor = 0;              ///< restocking fee ≤ goods; 0 for merchant or courier fault
    std::int64_t deduction_minor = 0;        ///< damage ≤ goods − fee, only with an inspection record
    std::int64_t net_minor = 0;
    std::int64_t replacement_minor = 0;      ///< exchange: Σ price of what the customer gets instead
    std::int64_t collect_minor = 0;          ///< the difference that the customer pays before anything is sent
    bool operator==(const Quote&) const = default;
};
template <class Io>
void fields(Io& io, Quote& q) {
    io("goods_minor", q.goods_minor);
    io("shipping_minor", q.shipping_minor);
    io("return_shipping_minor", q.return_shipping_minor);
    io("fee_minor", q.fee_minor);
    io("deduction_minor", q.deduction_minor);
    io("replacement_minor", q.replacement_minor, maybe);
    io("net_minor", q.net_minor);
    io("collect_minor", q.collect_minor, maybe);
}

struct Operation {
    static constexpr std::string_view kSchema = "Operation";
    OperationId id;
    CaseId case_id;
    OrderId order_id;
    OperationKind kind{};
    SubKind sub_kind{};
    DecisionState decision{};
    Header header{};  ///< derived
    Reason reason{};
    Fault fault{};
    std::int64_t asked_minor = 0;  ///< keep_goods, price_adjust, goodwill: the amount asked for; repair: what the customer pays for it
    PolicyId policy_id;  ///< the version in force when requested; kept for the whole life (I18)
    Quote quote;         ///< promised at approval: the ceiling of what dispute or acceptance may give
    Quote settled;       ///< Σ final quotes of accepted batches
    std::string currency;
    StaffId maker_id, approver_id;  ///< who requested; who approved
    bool window_overridden = false;  ///< in force without its window: a lead let it through, or what it came from
    bool instant_refund = false;
    std::int64_t advanced_minor = 0;  ///< refund authorised before inspection and not yet covered by a final quote
    Dispute dispute{};
    std::string reject_code;
    std::int64_t appeals = 0, escalation = 0;
    Instant requested_at, decided_at, ship_by_at, settled_at, ended_at;
    std::string return_ref;  ///< the warehouse's own id of the announced return
    std::string booking_ref, waybill;  ///< the courier's booking of the parcel, and its number when it gave one
    CheckResult check{};         ///< what the check before it found, of the kinds that have one
    OperationId superseded_by;   ///< the operation of another kind that took over its units
    StockState stock{};          ///< exchange, reissue: the goods set aside
    Instant reserved_until;
    RepairStage repair{};
    bool warranty = false;               ///< repair: free for the customer
    std::int64_t parts_minor = 0, labour_minor = 0;  ///< what a repair costs the shop; of a reissue, parts_minor: the goods
    Instant promised_at;                 ///< repair: told to the customer
    Malfunction malfunction{};           ///< as the customer was asked for it
    Frequency frequency{};
    OverriddenRule overridden{};         ///< what the lead who made the request let pass; of what took it over: none
    bool operator==(const Operation&) const = default;
};
template <class Io>
void fields(Io& io, Operation& o) {
    io("id", o.id);
    io("case_id", o.case_id);
    io("order_id", o.order_id);
    io("kind", o.kind);
    io("sub_kind", o.sub_kind, maybe);
    io("decision", o.decision);
    io("header", o.header);
    io("reason", o.reason);
    io("fault", o.fault);
    io("asked_minor", o.asked_minor, maybe);
    io("policy_id", o.policy_id, maybe);
    io("quote", o.quote);
    io("settled", o.settled);
    io("currency", o.currency);
    io("maker_id", o.maker_id, maybe);
    io("approver_id", o.approver_id, maybe);
    io("window_overridden", o.window_overridden, maybe);
    io("instant_refund", o.instant_refund, maybe);
    io("advanced_minor", o.advanced_minor, maybe);
    io("dispute", o.dispute);
    io("reject_code", o.reject_code, maybe);
    io("appeals", o.appeals, maybe);
    io("escalation", o.escalation, maybe);
    io("requested_at", o.requested_at);
    io("decided_at", o.decided_at, maybe);
    io("ship_by_at", o.ship_by_at, maybe);
    io("settled_at", o.settled_at, maybe);
    io("ended_at", o.ended_at, maybe);
    io("return_ref", o.return_ref, maybe);
    io("booking_ref", o.booking_ref, maybe);
    io("waybill", o.waybill, maybe);
    io("check_result", o.check, maybe);
    io("superseded_by", o.superseded_by, maybe);
    io("stock", o.stock, maybe);
    io("reserved_until", o.reserved_until, maybe);
    io("repair", o.repair, maybe);
    io("malfunction", o.malfunction, maybe);
    io("frequency", o.frequency, maybe);
    io("warranty", o.warranty, maybe);
    io("parts_minor", o.parts_minor, maybe);
    io("labour_minor", o.labour_minor, maybe);
    io("promised_at", o.promised_at, maybe);
    io("overridden", o.overridden, maybe);
}

/// One order line inside an operation, counted by units:
/// qty = released + kept + shipped + still to ship;  shipped = under way + arrived + missing + lost;
/// inspected ≤ arrived;  inspected = accepted + sent_back + lost_back + disputed + waiting for accept;
/// written_off ≤ missing + lost;  awaiting ≤ accepted + kept.
/// Open units: qty − released − kept − accepted + awaiting − sent_back − written_off.
struct OperationLine {
    static constexpr std::string_view kSchema = "OperationLine";
    OperationLineId id;
    OperationId operation_id;
    OrderLineId order_line_id;
    std::int64_t qty = 0;        ///< requested
    std::int64_t released = 0;   ///< withdrawn or expired before shipping
    std::int64_t shipped = 0;    ///< announced in parcels
    std::int64_t arrived = 0;
    std::int64_t missing = 0;    ///< announced in a parcel that arrived without them
    std::int64_t lost = 0;       ///< in parcels the carrier lost
    std::int64_t inspected = 0;
    std::int64_t disputed = 0;   ///< inspected as used, damaged, wrong or counterfeit and not yet settled
    std::int64_t accepted = 0;   ///< inspected and closed into a final quote
    std::int64_t written_off = 0;  ///< missing or lost and closed into a final quote
    std::int64_t sent_back = 0;  ///< going back, or back, to the customer
    std::int64_t lost_back = 0;  ///< lost by the carrier on the way back to the customer, and not yet settled or replaced
    std::int64_t goods_minor = 0;  ///< Σ allocated net of the units in final quotes (I4)
    std::int64_t kept = 0;       ///< settled where they are: cancelled, consumed, repriced, or sent again
    std::int64_t awaiting = 0;   ///< of accepted and kept: the customer still waits for the goods
    std::int64_t replaced = 0;   ///< goods delivered in their place
    std::string new_sku, new_name;     ///< exchange, reissue: what the customer gets
    std::int64_t new_price_minor = 0;  ///< of one, as promised
    bool even = false;                 ///< it is worth what it stands in for, to the cent; new_price_minor says nothing
    std::optional<std::int64_t> fee_bp{};  ///< restocking fee of these goods as the request found it; not said: as the policy's terms say
    bool operator==(const OperationLine&) const = default;
};
template <class Io>
void fields(Io& io, OperationLine& l) {
    io("id", l.id);
    io("operation_id", l.operation_id);
    io("order_line_id", l.order_line_id);
    io("qty", l.qty, between(1, 1'000'000));
    io("released", l.released);
    io("shipped", l.shipped);
    io("arrived", l.arrived);
    io("missing", l.missing);
    io("lost", l.lost);
    io("inspected", l.inspected);
    io("disputed", l.disputed);
    io("accepted", l.accepted);
    io("written_off", l.written_off);
    io("sent_back", l.sent_back);
    io("lost_back", l.lost_back, maybe);
    io("goods_minor", l.goods_minor);
    io("kept", l.kept, maybe);
    io("awaiting", l.awaiting, maybe);
    io("replaced", l.replaced, maybe);
    io("new_sku", l.new_sku, maybe, length(0, 128));
    io("new_name", l.new_name, maybe, length(0, 500));
    io("new_price_minor", l.new_price_minor, maybe);
    io("even", l.even, maybe);
    io("fee_bp", l.fee_bp);
}

struct InboundLeg {
    static constexpr std::string_view kSchema = "InboundLeg";
    InboundLegId id;
    OperationId operation_id;
    InboundState state{};
    std::string carrier, tracking;
    std::string receipts;  ///< warehouse receipts already counted, one a line; a repeated one counts once
    Instant shipped_at, arrived_at;
    InboundPurpose purpose{};
    std::string sku{}, name{};           ///< of recall and recovered, which have no lines: what is in it
    std::int64_t qty = 0, arrived = 0;
    OrderLineId order_line_id{};         ///< what it was sent as, or in place of
    bool operator==(const InboundLeg&) const = default;
};
/// It comes beside the operation's units: nothing waits for it.
inline bool is_aside(const InboundLeg& leg) { return leg.purpose != InboundPurpose::goods; }
template <class Io>
void fields(Io& io, InboundLeg& l) {
    io("id", l.id);
    io("operation_id", l.operation_id);
    io("state", l.state);
    io("carrier", l.carrier, maybe, length(0, 60));
    io("tracking", l.tracking, maybe, length(0, 60));
    io("receipts", l.receipts, maybe);
    io("shipped_at", l.shipped_at, maybe);
    io("arrived_at", l.arrived_at, maybe);
    io("purpose", l.purpose, maybe);
    io("sku", l.sku, maybe, length(0, 128));
    io("name", l.name, maybe, length(0, 500));
    io("qty", l.qty, maybe);
    io("arrived", l.arrived, maybe);
    io("order_line_id", l.order_line_id, maybe);
}

/// What one parcel holds of one operation line.
struct InboundLine {
    static constexpr std::string_view kSchema = "InboundLine";
    InboundLegId inbound_leg_id;
    OperationLineId operation_line_id;
    std::int64_t qty = 0;      ///< announced, ≥ 1
    std::int64_t arrived = 0;  ///< counted at the dock, 0 ≤ arrived ≤ qty
    bool operator==(const InboundLine&) const = default;
};
template <class Io>
void fields(Io& io, InboundLine& l) {
    io("inbound_leg_id", l.inbound_leg_id);
    io("operation_line_id", l.operation_line_id);
    io("qty", l.qty);
    io("arrived", l.arrived);
}

/// Append-only; the only cause of a stock change (I8).
struct InspectionRecord {
    static constexpr std::string_view kSchema = "InspectionRecord";
    InspectionId id;
    OperationId operation_id;
    OperationLineId operation_line_id;
    std::int64_t qty = 0;
    Grade grade{};
    Disposition disposition{};
    std::string photo_ref;     ///< where the photo is; required by G-evidence when grade ≠ pass
    std::string external_id;   ///< the warehouse's record id; unique in the operation when not empty
    std::string inspector;
    Instant at;
    InboundLegId inbound_leg_id{};  ///< of goods that are no units of the operation: their parcel
    bool operator==(const InspectionRecord&) const = default;
};
template <class Io>
void fields(Io& io, InspectionRecord& r) {
    io("id", r.id);
    io("operation_id", r.operation_id);
    io("operation_line_id", r.operation_line_id);
    io("qty", r.qty);
    io("grade", r.grade);
    io("disposition", r.disposition);
    io("photo_ref", r.photo_ref, maybe);
    io("external_id", r.external_id, maybe);
    io("inspector", r.inspector, maybe);
    io("at", r.at);
    io("inbound_leg_id", r.inbound_leg_id, maybe);
}

/// Money owed to (or, later, by) the customer, on one payment. planned = promised but waiting for goods;
/// authorised = payable now; submitted and unknown = in flight.
struct MoneyLeg {
    static constexpr std::string_view kSchema = "MoneyLeg";
    MoneyLegId id;
    OperationId operation_id;
    PaymentId payment_id;
    MoneyKind kind{};
    MoneyState state{};
    std::int64_t amount_minor = 0;
    std::string currency;
    Instant changed_at;
    bool operator==(const MoneyLeg&) const = default;
};
template <class Io>
void fields(Io& io, MoneyLeg& l) {
    io("id", l.id);
    io("operation_id", l.operation_id);
    io("payment_id", l.payment_id);
    io("kind", l.kind);
    io("state", l.state);
    io("amount_minor", l.amount_minor);
    io("currency", l.currency);
    io("changed_at", l.changed_at);
}

/// One idempotency key at a provider: `id` is that key.
struct MoneyAttempt {
    static constexpr std::string_view kSchema = "MoneyAttempt";
    MoneyAttemptId id;
    MoneyLegId money_leg_id;
    MoneyState state{};  ///< submitted, succeeded, failed or unknown
    StaffId submitted_by;
    std::string provider_ref, code;
    Instant submitted_at, resolved_at;
    bool operator==(const MoneyAttempt&) const = default;
};
template <class Io>
void fields(Io& io, MoneyAttempt& a) {
    io("id", a.id);
    io("money_leg_id", a.money_leg_id);
    io("state", a.state);
    io("submitted_by", a.submitted_by, maybe);
    io("provider_ref", a.provider_ref, maybe);
    io("code", a.code, maybe);
    io("submitted_at", a.submitted_at);
    io("resolved_at", a.resolved_at, maybe);
}

/// Goods going out to the customer: sent back after a dispute, in place of others, or repaired.
struct OutboundLeg {
    static constexpr std::string_view kSchema = "OutboundLeg";
    OutboundLegId id;
    OperationId operation_id;
    OutboundState state{};
    OutboundPurpose purpose{};
    std::string carrier, tracking;
    Instant dispatched_at, delivered_at;
    std::string order_ref{};  ///< the warehouse's own id of what it was told to send
    bool operator==(const OutboundLeg&) const = default;
};
template <class Io>
void fields(Io& io, OutboundLeg& l) {
    io("id", l.id);
    io("operation_id", l.operation_id);
    io("state", l.state);
    io("purpose", l.purpose, maybe);
    io("carrier", l.carrier, maybe);
    io("tracking", l.tracking, maybe);
    io("dispatched_at", l.dispatched_at, maybe);
    io("delivered_at", l.delivered_at, maybe);
    io("order_ref", l.order_ref, maybe);
}

/// What one parcel to the customer holds for one operation line.
struct OutboundLine {
    static constexpr std::string_view kSchema = "OutboundLine";
    OutboundLegId outbound_leg_id;
    OperationLineId operation_line_id;
    std::int64_t qty = 0;
    std::int64_t value_minor = 0;  ///< replacement: what the customer has paid for these goods in the end (I14)
    bool operator==(const OutboundLine&) const = default;
};
template <class Io>
void fields(Io& io, OutboundLine& l) {
    io("outbound_leg_id", l.outbound_leg_id);
    io("operation_line_id", l.operation_line_id);
    io("qty", l.qty);
    io("value_minor", l.value_minor, maybe);
}

}  // namespace aftercare
