#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/codec/fields.hpp>
#include <aftercare/model/matter.hpp>
#include <aftercare/model/words.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What people, plugins and timers ask of a case. Used as request bodies, so ranges are said here; the rules are in
/// operation_rules.hpp and cases.hpp. Texts written by people are notes that the use case stores; commands carry ids and codes.
namespace aftercare::domain {

inline constexpr std::int64_t kMaxMinor = 9'000'000'000'000'000;  ///< the largest amount that may be said or stored
inline constexpr std::size_t kMaxLines = 200;                     ///< lines in one command

/// So many units of one order line.
struct LineQty {
    static constexpr std::string_view kSchema = "LineQty";
    OrderLineId order_line_id;
    std::int64_t qty = 1;
    bool operator==(const LineQty&) const = default;
};
template <class Io>
void fields(Io& io, LineQty& l) {
    io("order_line_id", l.order_line_id);
    io("qty", l.qty, between(1, 1'000'000));
}

struct OpenCase {
    static constexpr std::string_view kSchema = "OpenCase";
    CaseKind kind = CaseKind::return_refund;
    Channel channel = Channel::console;
    OrderId order_id;
    CustomerId customer_id;
    std::string topic;
};
template <class Io>
void fields(Io& io, OpenCase& c) {
    io("kind", c.kind, maybe);
    io("channel", c.channel, maybe);
    io("order_id", c.order_id, maybe);
    io("customer_id", c.customer_id, maybe);
    io("topic", c.topic, maybe, length(0, 200));
}

/// Units of one order line, and what the customer gets for them (exchange and whole-unit reissue). No `new_sku`: the same again.
/// No price: it is worth what it stands in for, to the cent.
struct RequestLine {
    static constexpr std::string_view kSchema = "RequestLine";
    OrderLineId order_line_id;
    std::int64_t qty = 1;
    std::string new_sku{}, new_name{};
    std::optional<std::int64_t> new_price_minor{};
};
template <class Io>
void fields(Io& io, RequestLine& l) {
    io("order_line_id", l.order_line_id);
    io("qty", l.qty, between(1, 1'000'000));
    io("new_sku", l.new_sku, maybe, length(0, 128));
    io("new_name", l.new_name, maybe, length(0, 500));
    io("new_price_minor", l.new_price_minor, between(0, kMaxMinor));
}

/// Row 1, of every kind. No sub-kind: the only or usual one. `fault` other than the reason's own needs staff;
/// `return_shipping_minor` is what the customer paid to send it back; `amount_minor` is asked for by keep_goods, price_adjust and
/// goodwill (no amount: all that the goods are worth); `cost_minor` is what a reissue costs the shop.
/// `override_window`: a lead lets a passed window or an excluded sku through; why is `override_reason` (kept as a note).
struct RequestOperation {
    static constexpr std::string_view kSchema = "RequestOperation";
    OperationKind kind = OperationKind::return_refund;
    SubKind sub_kind = SubKind::none;
    std::vector<RequestLine> lines;
    Reason reason{};
    std::optional<Fault> fault;
    std::int64_t return_shipping_minor = 0;
    std::optional<std::int64_t> amount_minor;
    std::int64_t cost_minor = 0;
    std::string photo_ref;
    bool override_window = false;
    std::string override_reason;
    Malfunction malfunction{};  ///< what is wrong, where goods do not work
    Frequency frequency{};
};
template <class Io>
void fields(Io& io, RequestOperation& c) {
    io("kind", c.kind, maybe);
    io("sub_kind", c.sub_kind, maybe);
    io("lines", c.lines, maybe, length(0, kMaxLines));
    io("reason", c.reason);
    io("fault", c.fault);
    io("return_shipping_minor", c.return_shipping_minor, maybe, between(0, kMaxMinor));
    io("amount_minor", c.amount_minor, between(1, kMaxMinor));
    io("cost_minor", c.cost_minor, maybe, between(0, kMaxMinor));
    io("photo_ref", c.photo_ref, maybe, length(0, 200));
    io("malfunction", c.malfunction, maybe);
    io("frequency", c.frequency, maybe);
    io("override_window", c.override_window, maybe);
    io("override_reason", c.override_reason, maybe, length(0, 500));
}

struct Approve {
    static constexpr std::string_view kSchema = "Approve";
    OperationId operation_id;
};
template <class Io>
void fields(Io& io, Approve& c) {
    io("operation_id", c.operation_id);
}

/// The question itself is a note to the customer, made by the use case.
struct AskInfo {
    OperationId operation_id;
    MessageId note_id;
};

struct GiveInfo {
    static constexpr std::string_view kSchema = "GiveInfo";
    OperationId operation_id;
    std::string photo_ref;
};
template <class Io>
void fields(Io& io, GiveInfo& c) {
    io("operation_id", c.operation_id);
    io("photo_ref", c.photo_ref, maybe, length(0, 200));
}

struct Reject {
    static constexpr std::string_view kSchema = "Reject";
    OperationId operation_id;
    RejectCode code{};
};
template <class Io>
void fields(Io& io, Reject& c) {
    io("operation_id", c.operation_id);
    io("code", c.code);
}

struct Appeal {
    static constexpr std::string_view kSchema = "Appeal";
    OperationId operation_id;
};
template <class Io>
void fields(Io& io, Appeal& c) {
    io("operation_id", c.operation_id);
}

/// The same units, as another kind of operation. `lines`: what the customer gets, where goods go out; none: the same again.
struct ChangeKind {
    static constexpr std::string_view kSchema = "ChangeKind";
    OperationId operation_id;
    OperationKind kind{};
    SubKind sub_kind = SubKind::none;
    bool customer_consent = false;
    std::vector<RequestLine> lines;
};
template <class Io>
void fields(Io& io, ChangeKind& c) {
    io("operation_id", c.operation_id);
    io("kind", c.kind);
    io("sub_kind", c.sub_kind, maybe);
    io("customer_consent", c.customer_consent, maybe);
    io("lines", c.lines, maybe, length(0, kMaxLines));
}

/// No lines: everything not yet shipped.
struct Withdraw {
    static constexpr std::string_view kSchema = "Withdraw";
    OperationId operation_id;
    std::vector<LineQty> lines;
};
template <class Io>
void fields(Io& io, Withdraw& c) {
    io("operation_id", c.operation_id);
    io("lines", c.lines, maybe, length(0, kMaxLines));
}

/// One parcel. No lines: everything not yet shipped.
struct ShipBack {
    static constexpr std::string_view kSchema = "ShipBack";
    OperationId operation_id;
    std::string carrier, tracking;
    std::vector<LineQty> lines;
};
template <class Io>
void fields(Io& io, ShipBack& c) {
    io("operation_id", c.operation_id);
    io("carrier", c.carrier, length(1, 60));
    io("tracking", c.tracking, length(1, 60));
    io("lines", c.lines, maybe, length(0, kMaxLines));
}

/// What was counted at the dock. The parcel is found by id, else by tracking, else it is the only one expected; goods of a
/// parcel that nobody announced are matched to what is still to ship. No lines: as announced. `external_id`: the warehouse's
/// receipt; the same receipt again changes nothing.
struct Arrive {
    static constexpr std::string_view kSchema = "Arrive";
    OperationId operation_id;
    InboundLegId inbound_leg_id;
    std::string tracking;
    std::optional<std::vector<LineQty>> lines;  ///< an empty list: the parcel was empty
    std::string external_id;
};
template <class Io>
void fields(Io& io, Arrive& c) {
    io("operation_id", c.operation_id);
    io("inbound_leg_id", c.inbound_leg_id, maybe);
    io("tracking", c.tracking, maybe, length(0, 60));
    io("lines", c.lines, length(0, kMaxLines));
    io("external_id", c.external_id, maybe, length(0, 60));
}

struct CarrierLost {
    static constexpr std::string_view kSchema = "CarrierLost";
    OperationId operation_id;
    InboundLegId inbound_leg_id;
};
template <class Io>
void fields(Io& io, CarrierLost& c) {
    io("operation_id", c.operation_id);
    io("inbound_leg_id", c.inbound_leg_id);
}

/// `external_id`: the warehouse's record; the same record again changes nothing.
struct Inspect {
    static constexpr std::string_view kSchema = "Inspect";
    OperationId operation_id;
    OrderLineId order_line_id;
    std::int64_t qty = 1;
    Grade grade{};
    Disposition disposition{};
    std::string photo_ref, external_id, inspector;
};
template <class Io>
void fields(Io& io, Inspect& c) {
    io("operation_id", c.operation_id);
    io("order_line_id", c.order_line_id);
    io("qty", c.qty, between(1, 1'000'000));
    io("grade", c.grade);
    io("disposition", c.disposition);
    io("photo_ref", c.photo_ref, maybe, length(0, 200));
    io("external_id", c.external_id, maybe, length(0, 60));
    io("inspector", c.inspector, maybe, length(0, 60));
}

/// Takes everything inspected that is not in dispute. A deduction needs a grade other than pass among it.
struct Accept {
    static constexpr std::string_view kSchema = "Accept";
    OperationId operation_id;
    std::int64_t deduction_minor = 0;
};
template <class Io>
void fields(Io& io, Accept& c) {
    io("operation_id", c.operation_id);
    io("deduction_minor", c.deduction_minor, maybe, between(0, kMaxMinor));
}

/// The customer agreed to `net_minor` for everything inspected, missing or lost (either way) that has no final quote yet. In an
/// exchange `replace` says that the customer gets the other goods all the same, and pays `collect_minor` where it is more than the old
/// ones are worth to us; otherwise it ends as money.
struct Agree {
    static constexpr std::string_view kSchema = "Agree";
    OperationId operation_id;
    std::int64_t net_minor = 0;
    bool customer_consent = false;
    bool replace = false;
    std::int64_t collect_minor = 0;
};
template <class Io>
void fields(Io& io, Agree& c) {
    io("operation_id", c.operation_id);
    io("net_minor", c.net_minor, between(0, kMaxMinor));
    io("customer_consent", c.customer_consent, maybe);
    io("replace", c.replace, maybe);
    io("collect_minor", c.collect_minor, maybe, between(0, kMaxMinor));
}

/// All disputed goods that are with us go back to the customer.
struct SendBack {
    static constexpr std::string_view kSchema = "SendBack";
    OperationId operation_id;
    bool address_confirmed = false;
};
template <class Io>
void fields(Io& io, SendBack& c) {
    io("operation_id", c.operation_id);
    io("address_confirmed", c.address_confirmed, maybe);
}

struct Dispatch {
    static constexpr std::string_view kSchema = "Dispatch";
    OperationId operation_id;
    OutboundLegId outbound_leg_id;
    std::string carrier, tracking;
};
template <class Io>
void fields(Io& io, Dispatch& c) {
    io("operation_id", c.operation_id);
    io("outbound_leg_id", c.outbound_leg_id);
    io("carrier", c.carrier, length(1, 60));
    io("tracking", c.tracking, length(1, 60));
}

struct Delivered {
    static constexpr std::string_view kSchema = "Delivered";
    OperationId operation_id;
    OutboundLegId outbound_leg_id;
};
template <class Io>
void fields(Io& io, Delivered& c) {
    io("operation_id", c.operation_id);
    io("outbound_leg_id", c.outbound_leg_id);
}

/// The carrier lost the parcel with the goods that went back to the customer. Who bears it is decided by agree, rule or resend.
struct OutboundLost {
    static constexpr std::string_view kSchema = "OutboundLost";
    OperationId operation_id;
    OutboundLegId outbound_leg_id;
};
template <class Io>
void fields(Io& io, OutboundLost& c) {
    io("operation_id", c.operation_id);
    io("outbound_leg_id", c.outbound_leg_id);
}

/// The shop bears it and sends like goods in place of those that were lost.
struct Resend {
    static constexpr std::string_view kSchema = "Resend";
    OperationId operation_id;
    bool address_confirmed = false;
};
template <class Io>
void fields(Io& io, Resend& c) {
    io("operation_id", c.operation_id);
    io("address_confirmed", c.address_confirmed, maybe);
}

/// A lead's or platform's decision over the same units as Agree; `reason` is a code.
struct Rule {
    static constexpr std::string_view kSchema = "Rule";
    OperationId operation_id;
    std::int64_t amount_minor = 0;
    std::string reason;
};
template <class Io>
void fields(Io& io, Rule& c) {
    io("operation_id", c.operation_id);
    io("amount_minor", c.amount_minor, between(0, kMaxMinor));
    io("reason", c.reason, length(1, 60));
}

/// Row 20 (the effect to the provider is SubmitRefund). No leg: all that is payable now, failed ones included.
struct SubmitRefundNow {
    static constexpr std::string_view kSchema = "SubmitRefund";
    OperationId operation_id;
    MoneyLegId money_leg_id;
};
template <class Io>
void fields(Io& io, SubmitRefundNow& c) {
    io("operation_id", c.operation_id);
    io("money_leg_id", c.money_leg_id, maybe);
}

struct RefundOutcome {
    static constexpr std::string_view kSchema = "RefundOutcome";
    OperationId operation_id;
    MoneyAttemptId attempt_id;
    RefundResult result{};
    std::string provider_ref, code;
};
template <class Io>
void fields(Io& io, RefundOutcome& c) {
    io("operation_id", c.operation_id);
    io("attempt_id", c.attempt_id);
    io("result", c.result);
    io("provider_ref", c.provider_ref, maybe, length(0, 120));
    io("code", c.code, maybe, length(0, 60));
}

/// What the marketplace says now. A plugin gives its version; a person who types it in has none: such a word is always heard, may mend the number,
/// and any version of the marketplace's own that is newer than the last one takes its place.
struct HearPlatform {
    static constexpr std::string_view kSchema = "HearPlatform";
    std::string external_ref;
    std::optional<std::int64_t> version;
    Intervention intervention{};
    std::int64_t ruled_minor = 0;
    Instant deadline_at;
    bool cannot_refuse = false;
    std::optional<AfterSaleState> state{};  ///< not said: as it was
};
template <class Io>
void fields(Io& io, HearPlatform& c) {
    io("external_ref", c.external_ref, length(1, 64));
    io("version", c.version, between(1, kMaxMinor));
    io("intervention", c.intervention);
    io("ruled_minor", c.ruled_minor, maybe, between(0, kMaxMinor));
    io("deadline_at", c.deadline_at, maybe);
    io("cannot_refuse", c.cannot_refuse, maybe);
    io("state", c.state);
}

struct CloseCase {
    static constexpr std::string_view kSchema = "CloseCase";
    std::string cause_code;
    Fault responsibility{};
    std::string summary;
};
template <class Io>
void fields(Io& io, CloseCase& c) {
    io("cause_code", c.cause_code, length(1, 60));
    io("responsibility", c.responsibility);
    io("summary", c.summary, length(1, 500));
}

/// An empty owner puts the case back into the queue.
struct AssignCase {
    static constexpr std::string_view kSchema = "AssignCase";
    StaffId owner_id;
};
template <class Io>
void fields(Io& io, AssignCase& c) {
    io("owner_id", c.owner_id, maybe);
}

struct AddNote {
    MessageId note_id;
    NoteKind kind{};
};

struct FinishTask {
    static constexpr std::string_view kSchema = "FinishTask";
    TaskId task_id;
    TaskResult result{};  ///< of a task that was asked for by a person; it needs one
    MessageId note_id{};
};
template <class Io>
void fields(Io& io, FinishTask& c) {
    io("task_id", c.task_id);
    io("result", c.result, maybe);
}

}  // namespace aftercare::domain
