#pragma once
#include "store/receiving.hpp"
#include "store/unknown_parcels.hpp"
#include "usecase/context.hpp"
#include "usecase/views.hpp"

/// What the dock asks when it holds a parcel: which return is it, what should be in it.
namespace aftercare::usecase {

struct ReceivingLine {
    static constexpr std::string_view kSchema = "ReceivingLine";
    OrderLineId order_line_id;
    std::string sku, name;
    std::int64_t announced = 0, arrived = 0, inspected = 0;  ///< units of the return
};
template <class Io>
void fields(Io& io, ReceivingLine& l) {
    io("order_line_id", l.order_line_id);
    io("sku", l.sku);
    io("name", l.name, maybe);
    io("announced", l.announced);
    io("arrived", l.arrived);
    io("inspected", l.inspected);
}
struct ReceivingParcelLine {
    static constexpr std::string_view kSchema = "ReceivingParcelLine";
    OrderLineId order_line_id;
    std::int64_t qty = 0;  ///< still to come
};
template <class Io>
void fields(Io& io, ReceivingParcelLine& l) {
    io("order_line_id", l.order_line_id);
    io("qty", l.qty);
}
struct ReceivingParcel {
    static constexpr std::string_view kSchema = "ReceivingParcel";
    InboundLegId inbound_leg_id;  ///< empty: of what nobody has put into a parcel yet
    std::string carrier, tracking;
    std::vector<ReceivingParcelLine> lines;
};
template <class Io>
void fields(Io& io, ReceivingParcel& p) {
    io("inbound_leg_id", p.inbound_leg_id, maybe);
    io("carrier", p.carrier, maybe);
    io("tracking", p.tracking, maybe);
    io("lines", p.lines);
}
struct ReceivingReturn {
    static constexpr std::string_view kSchema = "ReceivingReturn";
    CaseId case_id;
    OperationId operation_id;
    ShopId shop_id;
    std::string case_number, order_number, shop_name;
    OperationKind kind{};
    std::int64_t version = 1;               ///< of the case
    std::vector<ReceivingLine> lines;
    std::vector<ReceivingParcel> parcels;   ///< that may arrive, the one that was scanned first
};
template <class Io>
void fields(Io& io, ReceivingReturn& r) {
    io("case_id", r.case_id);
    io("operation_id", r.operation_id);
    io("shop_id", r.shop_id);
    io("case_number", r.case_number);
    io("order_number", r.order_number, maybe);
    io("shop_name", r.shop_name);
    io("kind", r.kind);
    io("version", r.version);
    io("lines", r.lines);
    io("parcels", r.parcels);
}
/// Goods that were called back and are still to come: taken on the case's page.
struct ReceivingRecall {
    static constexpr std::string_view kSchema = "ReceivingRecall";
    CaseId case_id;
    std::string case_number, sku, name, tracking;
    std::int64_t qty = 0;
};
template <class Io>
void fields(Io& io, ReceivingRecall& r) {
    io("case_id", r.case_id);
    io("case_number", r.case_number);
    io("sku", r.sku);
    io("name", r.name, maybe);
    io("tracking", r.tracking, maybe);
    io("qty", r.qty);
}
struct Receiving {
    static constexpr std::string_view kSchema = "Receiving";
    std::optional<FoundBy> by;
    std::vector<ReceivingReturn> items;
    std::vector<store::UnknownParcel> unknown;  ///< written down before under this number
    std::vector<ReceivingRecall> recalls;       ///< with this number, or of the case with it
    std::vector<ReceivingReturn> lost;          ///< gave goods up as lost that a parcel with this number, or of this case, may bring back
};
template <class Io>
void fields(Io& io, Receiving& r) {
    io("by", r.by);
    io("items", r.items);
    io("unknown", r.unknown);
    io("recalls", r.recalls);
    io("lost", r.lost);
}
struct ReceivingQuery {
    std::string code;
    std::optional<ShopId> shop_id;
};
template <class Io>
void fields(Io& io, ReceivingQuery& q) {
    io("code", q.code, length(1, 128));
    io("shop_id", q.shop_id);
}
/// Returns under way by tracking number, else return reference, case number, order number or SKU; the first way that finds any.
Result<Receiving> find_receiving(Context&, const Actor&, const ReceivingQuery&);

}  // namespace aftercare::usecase
