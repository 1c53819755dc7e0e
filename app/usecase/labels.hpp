#pragma once
#include <aftercare/connector/courier.hpp>

#include "store/case_state.hpp"
#include "usecase/context.hpp"

/// What is printed and put on a parcel that comes back.
namespace aftercare::usecase {

struct LabelLine {
    static constexpr std::string_view kSchema = "LabelLine";
    std::string sku, name;
    std::int64_t qty = 0;
};
template <class Io>
void fields(Io& io, LabelLine& l) {
    io("sku", l.sku);
    io("name", l.name);
    io("qty", l.qty);
}
struct LabelView {
    static constexpr std::string_view kSchema = "Label";
    std::string shop_name, case_number, order_number;
    std::string number;  ///< what the barcode says: the courier's waybill, or the case number
    std::string barcode_svg, booking_ref, waybill, carrier;
    ReturnAddress to;  ///< of the shop's first courier; empty: nobody said where to
    std::vector<LabelLine> lines;  ///< still to be sent; all, when everything is on its way
    std::int64_t version = 1;      ///< of the case
    bool can_book = false;         ///< a courier takes bookings, and there is none yet
    bool can_ship = false;
};
template <class Io>
void fields(Io& io, LabelView& l) {
    io("shop_name", l.shop_name);
    io("case_number", l.case_number);
    io("order_number", l.order_number, maybe);
    io("number", l.number);
    io("barcode_svg", l.barcode_svg, doc("Code 128 of number"));
    io("booking_ref", l.booking_ref, maybe);
    io("waybill", l.waybill, maybe);
    io("carrier", l.carrier, maybe);
    io("to", l.to);
    io("lines", l.lines);
    io("version", l.version);
    io("can_book", l.can_book);
    io("can_ship", l.can_ship);
}
struct OneOperation {
    CaseId case_id;
    OperationId operation_id;
};
template <class Io>
void fields(Io& io, OneOperation& in) {
    io("case_id", in.case_id);
    io("operation_id", in.operation_id);
}
/// `refused` "nothing_to_ship" while no goods are expected.
Result<LabelView> get_label(Context&, const Actor&, const OneOperation&);

/// Asks the shop's courier for a parcel; its booking comes later, by jobs.
Result<store::CaseChanged> book_return(Context&, const Actor&, const Guard&, const OneOperation&);

}  // namespace aftercare::usecase
