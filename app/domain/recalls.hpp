#pragma once
#include "domain/commands.hpp"
#include "domain/decision.hpp"

/// Goods that come to us beside an operation's own units (after-sales.md section 3, reissue): wrongly sent ones that are called back, and
/// lost ones that turned up. No unit of the order moves, no money follows, and nothing waits for them: the operation settles, and its case
/// closes, whether they come or not.
namespace aftercare::domain {

/// The customer is asked to send back what was sent by mistake. Number and carrier as soon as somebody knows them.
struct OpenRecall {
    static constexpr std::string_view kSchema = "OpenRecall";
    OperationId operation_id;
    std::string sku, name;
    std::int64_t qty = 1;
    std::string carrier, tracking;
    OrderLineId order_line_id{};  ///< in whose place it was sent; not said: the operation's first line
};
template <class Io>
void fields(Io& io, OpenRecall& c) {
    io("operation_id", c.operation_id);
    io("sku", c.sku, length(1, 128));
    io("name", c.name, maybe, length(0, 500));
    io("qty", c.qty, between(1, 1'000));
    io("carrier", c.carrier, maybe, length(0, 60));
    io("tracking", c.tracking, maybe, length(0, 60));
    io("order_line_id", c.order_line_id, maybe);
}

/// So many of them are here now.
struct RecallArrived {
    static constexpr std::string_view kSchema = "RecallArrived";
    OperationId operation_id;
    InboundLegId inbound_leg_id;
    std::int64_t qty = 1;
};
template <class Io>
void fields(Io& io, RecallArrived& c) {
    io("operation_id", c.operation_id);
    io("inbound_leg_id", c.inbound_leg_id);
    io("qty", c.qty, between(1, 1'000));
}

struct InspectRecall {
    static constexpr std::string_view kSchema = "InspectRecall";
    OperationId operation_id;
    InboundLegId inbound_leg_id;
    std::int64_t qty = 1;
    Grade grade{};
    Disposition disposition{};
    std::string photo_ref, inspector;
};
template <class Io>
void fields(Io& io, InspectRecall& c) {
    io("operation_id", c.operation_id);
    io("inbound_leg_id", c.inbound_leg_id);
    io("qty", c.qty, between(1, 1'000));
    io("grade", c.grade);
    io("disposition", c.disposition);
    io("photo_ref", c.photo_ref, maybe, length(0, 200));
    io("inspector", c.inspector, maybe, length(0, 60));
}

/// They do not come.
struct EndRecall {
    static constexpr std::string_view kSchema = "EndRecall";
    OperationId operation_id;
    InboundLegId inbound_leg_id;
};
template <class Io>
void fields(Io& io, EndRecall& c) {
    io("operation_id", c.operation_id);
    io("inbound_leg_id", c.inbound_leg_id);
}

/// A parcel that was lost on its way out has come to us. No lines: all that may still come of it. `receipt`: kept on the leg.
struct LostCameBack {
    OperationId operation_id;
    std::string tracking;
    std::vector<LineQty> lines;
    std::string receipt;
};

/// All answer like operation_rules.hpp. `refused` "no_wrong_item" (only a reissue for a wrong item calls goods back), "too_many_recalls".
Result<Decision> open_recall(const CaseState&, const OpenRecall&, const Facts&);
/// `not_found` "inbound_leg_not_found"; `refused` "recall_ended" {state}, "more_than_announced" {counted, announced}.
Result<Decision> recall_arrived(const CaseState&, const RecallArrived&, const Facts&);
/// Also of lost goods that came back. `refused` "qty_over_arrived" {qty, available}, "photo_required".
Result<Decision> inspect_recall(const CaseState&, const InspectRecall&, const Facts&);
Result<Decision> end_recall(const CaseState&, const EndRecall&, const Facts&);
/// The units stay what the operation made of them. `refused` "nothing_lost", "more_than_lost" {available}.
Result<Decision> lost_came_back(const CaseState&, const LostCameBack&, const Facts&);
/// Units of the line given up as lost, in a first parcel or in one sent again, that have not come back.
std::int64_t still_lost(const CaseState&, const OperationLine&);

}  // namespace aftercare::domain
