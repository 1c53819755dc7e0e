#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/connector/pull.hpp>
#include <aftercare/model/words.hpp>
#include <cstdint>
#include <string>
#include <vector>

/// Requests and replies of the kind `warehouse`. `key` is the id of the operation: the same in every call about one return,
/// and what the warehouse writes beside its receipts and inspections.
namespace aftercare {

inline constexpr std::string_view kAnnounceReturnOp = "warehouse.announce_return/1";
inline constexpr std::string_view kUpdateReturnOp = "warehouse.update_return/1";
inline constexpr std::string_view kCancelReturnOp = "warehouse.cancel_return/1";
inline constexpr std::string_view kHoldOrderOp = "warehouse.hold_order/1";
inline constexpr std::string_view kReleaseOrderOp = "warehouse.release_order/1";
inline constexpr std::string_view kShipReplacementOp = "warehouse.ship_replacement/1";
inline constexpr std::string_view kCancelOrderOp = "warehouse.cancel_order/1";
inline constexpr std::string_view kWarehousePullOp = "warehouse.pull/1";

struct ReturnLine {
    static constexpr std::string_view kSchema = "ReturnLine";
    OrderLineId order_line_id;
    std::string sku, name;
    std::int64_t qty = 0;
    std::string reason;  ///< a word of Reason, or the shop's own text
};
template <class Io>
void fields(Io& io, ReturnLine& l) {
    io("order_line_id", l.order_line_id);
    io("sku", l.sku, maybe, length(0, 200));
    io("name", l.name, maybe, length(0, 500));
    io("qty", l.qty, between(1, 1'000'000));
    io("reason", l.reason, maybe, length(0, 500));
}

/// announce_return: what will come back. Repeating it with the same key changes nothing.
/// update_return: one parcel is on its way; `lines` is what it holds (none: everything not yet on its way), carrier and
/// tracking are set. One call per parcel; repeating it changes nothing.
struct ReturnNotice {
    static constexpr std::string_view kSchema = "ReturnNotice";
    std::string key, case_number, order_number, shop, carrier, tracking;
    std::vector<ReturnLine> lines;
};
template <class Io>
void fields(Io& io, ReturnNotice& n) {
    io("key", n.key, length(1, 128));
    io("case_number", n.case_number, maybe, length(0, 100));
    io("order_number", n.order_number, maybe, length(0, 100));
    io("shop", n.shop, maybe, length(0, 200));
    io("carrier", n.carrier, maybe, length(0, 60));
    io("tracking", n.tracking, maybe, length(0, 60));
    io("lines", n.lines, maybe, length(0, 1'000));
}

/// hold_order: these lines are not to leave the house. release_order: these may again (none: all that was held under the key); it answers a
/// ReturnAccepted, or `not_found` where nothing is held. Repeating either with the same key changes nothing.
struct HoldRequest {
    static constexpr std::string_view kSchema = "HoldRequest";
    std::string key, case_number, order_number, shop, reason;
    std::vector<ReturnLine> lines;
};
template <class Io>
void fields(Io& io, HoldRequest& r) {
    io("key", r.key, length(1, 128));
    io("case_number", r.case_number, maybe, length(0, 100));
    io("order_number", r.order_number, maybe, length(0, 128));
    io("shop", r.shop, maybe, length(0, 200));
    io("reason", r.reason, maybe, length(0, 500));
    io("lines", r.lines, maybe, length(0, 1'000));
}
AC_WORDS(HoldState, held, already_shipped, too_late);
struct HoldReply {
    static constexpr std::string_view kSchema = "HoldReply";
    HoldState state{};
};
template <class Io>
void fields(Io& io, HoldReply& r) {
    io("state", r.state);
}

/// ship_replacement: one parcel for the customer of an order, to where that order went. `key` is the parcel's own: the same one again changes
/// nothing, and the warehouse writes it beside what it has sent. `kind`: a word of OperationKind; a repair's goods are those that are
/// with the warehouse.
struct ShipRequest {
    static constexpr std::string_view kSchema = "ShipRequest";
    std::string key, return_key, case_number, order_number, shop, kind;
    std::vector<ReturnLine> lines;
};
template <class Io>
void fields(Io& io, ShipRequest& r) {
    io("key", r.key, length(1, 128));
    io("return_key", r.return_key, maybe, length(0, 128));  // of announce_return, where goods came back for it
    io("case_number", r.case_number, maybe, length(0, 100));
    io("order_number", r.order_number, maybe, length(0, 128));
    io("shop", r.shop, maybe, length(0, 200));
    io("kind", r.kind, maybe, length(0, 60));
    io("lines", r.lines, length(1, 1'000));
}

/// cancel_return, and cancel_order: what ship_replacement asked for under that key is not to be sent; `not_found` where it is unknown,
/// `conflict` where it has left.
struct CancelReturnRequest {
    static constexpr std::string_view kSchema = "CancelReturnRequest";
    std::string key, case_number, reason;
};
template <class Io>
void fields(Io& io, CancelReturnRequest& r) {
    io("key", r.key, length(1, 128));
    io("case_number", r.case_number, maybe, length(0, 100));
    io("reason", r.reason, maybe, length(0, 500));
}

/// The answer to announce, update, cancel and release, to ship_replacement and cancel_order: the warehouse's own id of the return or parcel.
struct ReturnAccepted {
    static constexpr std::string_view kSchema = "ReturnAccepted";
    std::string external_id;
};
template <class Io>
void fields(Io& io, ReturnAccepted& a) {
    io("external_id", a.external_id, length(1, 200));
}

AC_WORDS(WarehouseStream, receipts, inspections, shipments);

using PullRequest = PullFrom<WarehouseStream>;

/// One of order_line_id and sku is always there. qty 0 on a receipt: looked for, not in the parcel.
struct ReceiptLine {
    static constexpr std::string_view kSchema = "ReceiptLine";
    OrderLineId order_line_id;
    std::string sku;
    std::int64_t qty = 0;
};
template <class Io>
void fields(Io& io, ReceiptLine& l) {
    io("order_line_id", l.order_line_id, maybe);
    io("sku", l.sku, maybe, length(0, 200));
    io("qty", l.qty, between(0, 1'000'000));
}

/// One parcel, completely counted: what is not in `lines` was not in it. `id` is unique in the stream.
struct Receipt {
    static constexpr std::string_view kSchema = "Receipt";
    std::string id, key, tracking;
    std::vector<ReceiptLine> lines;
    Instant received_at;  ///< 0: not said
};
template <class Io>
void fields(Io& io, Receipt& r) {
    io("id", r.id, length(1, 60));
    io("key", r.key, length(1, 128));
    io("tracking", r.tracking, maybe, length(0, 60));
    io("lines", r.lines, length(1, 1'000));
    io("received_at", r.received_at, maybe);
}

struct Inspection {
    static constexpr std::string_view kSchema = "Inspection";
    std::string id, key;
    OrderLineId order_line_id;
    std::string sku;
    std::int64_t qty = 0;
    Grade grade{};
    Disposition disposition{};
    std::string photo_ref, note, inspector;
    Instant inspected_at;  ///< 0: not said
};
template <class Io>
void fields(Io& io, Inspection& i) {
    io("id", i.id, length(1, 60));
    io("key", i.key, length(1, 128));
    io("order_line_id", i.order_line_id, maybe);
    io("sku", i.sku, maybe, length(0, 200));
    io("qty", i.qty, between(1, 1'000'000));
    io("grade", i.grade);
    io("disposition", i.disposition);
    io("photo_ref", i.photo_ref, maybe, length(0, 200));
    io("note", i.note, maybe, length(0, 1'000));
    io("inspector", i.inspector, maybe, length(0, 60));
    io("inspected_at", i.inspected_at, maybe);
}

/// What ship_replacement asked for has left the house. `key` is that of the request.
struct GoodsSent {
    static constexpr std::string_view kSchema = "GoodsSent";
    std::string id, key, carrier, tracking;
    Instant sent_at;  ///< 0: not said
};
template <class Io>
void fields(Io& io, GoodsSent& s) {
    io("id", s.id, length(1, 60));
    io("key", s.key, length(1, 128));
    io("carrier", s.carrier, length(1, 60));
    io("tracking", s.tracking, length(1, 60));
    io("sent_at", s.sent_at, maybe);
}

using GoodsSentPage = PullReply<GoodsSent>;
using ReceiptPage = PullReply<Receipt>;
using InspectionPage = PullReply<Inspection>;

}  // namespace aftercare
