#pragma once
#include <string>
#include <vector>

#include "domain/moves.hpp"

/// What happens to goods: parcels, inspections, goods sent back, and what the warehouse said.
namespace aftercare::domain {

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
    std::vector<LineCount> found;  ///< of a parcel that had been lost
    std::vector<LineCount> lines;  ///< goods that the customer waited for
    Moves moves;
};
template <class Io>
void fields(Io& io, GoodsDelivered& e) {
    io("operation_id", e.operation_id);
    io("outbound_leg_id", e.outbound_leg_id);
    io("found", e.found, maybe);
    io("lines", e.lines, maybe);
    io("moves", e.moves, maybe);
}

/// Goods that went back to the customer were lost on the way; who bears it is open.
struct OutboundParcelLost {
    static constexpr std::string_view kType = "outbound_parcel_lost/1";
    OperationId operation_id;
    OutboundLegId outbound_leg_id;
    std::vector<LineCount> lines;
    Moves moves;
};
template <class Io>
void fields(Io& io, OutboundParcelLost& e) {
    io("operation_id", e.operation_id);
    io("outbound_leg_id", e.outbound_leg_id);
    io("lines", e.lines);
    io("moves", e.moves, maybe);
}

/// Like goods go out in place of lost ones.
struct ResendOrdered {
    static constexpr std::string_view kType = "resend_ordered/1";
    OutboundLeg leg;
    std::vector<LineCount> lines;
    Moves moves;
};
template <class Io>
void fields(Io& io, ResendOrdered& e) {
    io("leg", e.leg);
    io("lines", e.lines);
    io("moves", e.moves, maybe);
}

/// Goods beside the operation's units were called back, came, were looked at, or do not come: the leg as it is after it.
struct RecallWent {
    static constexpr std::string_view kType = "recall_went/1";
    InboundLeg leg;
    std::optional<InspectionRecord> record;
    Moves moves;
};
template <class Io>
void fields(Io& io, RecallWent& e) {
    io("leg", e.leg);
    io("record", e.record);
    io("moves", e.moves, maybe);
}

/// The warehouse took the order to send this parcel.
struct ShipmentOrdered {
    static constexpr std::string_view kType = "shipment_ordered/1";
    OperationId operation_id;
    OutboundLegId outbound_leg_id;
    std::string external_id;
    Moves moves;
};
template <class Io>
void fields(Io& io, ShipmentOrdered& e) {
    io("operation_id", e.operation_id);
    io("outbound_leg_id", e.outbound_leg_id);
    io("external_id", e.external_id);
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
/// A person wants a parcel from the courier; then what the courier said.
struct BookingAsked {
    static constexpr std::string_view kType = "booking_asked/1";
    OperationId operation_id;
    Moves moves;
};
template <class Io>
void fields(Io& io, BookingAsked& e) {
    io("operation_id", e.operation_id);
    io("moves", e.moves, maybe);
}
struct ReturnBooked {
    static constexpr std::string_view kType = "return_booked/1";
    OperationId operation_id;
    std::string booking_ref, carrier, waybill;
    Moves moves;
};
template <class Io>
void fields(Io& io, ReturnBooked& e) {
    io("operation_id", e.operation_id);
    io("booking_ref", e.booking_ref);
    io("carrier", e.carrier, maybe);
    io("waybill", e.waybill, maybe);
    io("moves", e.moves, maybe);
}

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

}  // namespace aftercare::domain
