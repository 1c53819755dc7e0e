#pragma once
#include <aftercare/connector/warehouse.hpp>

#include "usecase/context.hpp"
#include "usecase/trouble.hpp"

/// What a warehouse without a plugin reports over the API. It drives what a pulled file drives (arrivals.hpp).
namespace aftercare::usecase {

struct ReportedInspection {
    std::string external_id;
    OrderLineId order_line_id;
    std::string sku;
    std::int64_t qty = 0;
    Grade grade{};
    Disposition disposition{};
    std::string photo_ref, note, inspector;
};
template <class Io>
void fields(Io& io, ReportedInspection& i) {
    io("external_id", i.external_id, length(1, 60));
    io("order_line_id", i.order_line_id, maybe);
    io("sku", i.sku, maybe, length(0, 200));
    io("qty", i.qty, between(1, 1'000'000));
    io("grade", i.grade);
    io("disposition", i.disposition);
    io("photo_ref", i.photo_ref, maybe, length(0, 200));
    io("note", i.note, maybe, length(0, 1'000));
    io("inspector", i.inspector, maybe, length(0, 60));
}

/// One parcel, completely counted (`lines`), what was found in it (`inspections`), or both. The return is named by the webhook's
/// `key`, by the case number on the label, or by the parcel's tracking number.
struct PutReceipt {
    std::optional<ShopId> shop_id;
    std::string external_id, return_number, tracking;
    std::vector<ReceiptLine> lines;
    std::vector<ReportedInspection> inspections;
};
template <class Io>
void fields(Io& io, PutReceipt& r) {
    io("shop_id", r.shop_id, doc("needed when the caller works for several shops"));
    io("external_id", r.external_id, length(1, 60), doc("the warehouse's own id of this parcel; the same one again changes nothing"));
    io("return", r.return_number, maybe, length(0, 128), doc("the key of return.announced, or the case number"));
    io("tracking", r.tracking, maybe, length(0, 60));
    io("lines", r.lines, maybe, length(0, 1'000));
    io("inspections", r.inspections, maybe, length(0, 1'000));
}

struct ItemProblem {
    std::string external_id, code;
};
template <class Io>
void fields(Io& io, ItemProblem& p) {
    io("external_id", p.external_id);
    io("code", p.code);
}
/// What was taken counts; what was not is kept, listed for people, and taken when it is sent again and fits then.
struct ReceiptTaken {
    static constexpr std::string_view kSchema = "ReceiptTaken";
    CaseId case_id;
    std::string case_number;
    OperationId operation_id;
    std::int64_t taken = 0;
    std::vector<ItemProblem> problems;
};
template <class Io>
void fields(Io& io, ReceiptTaken& t) {
    io("case_id", t.case_id, maybe);
    io("case_number", t.case_number, maybe);
    io("operation_id", t.operation_id, maybe);
    io("taken", t.taken);
    io("problems", t.problems);
}
Result<ReceiptTaken> put_receipt(Context&, const Actor&, const Guard&, const PutReceipt&);

/// What was reported over the API and is of no use yet.
struct ReceiptProblem {
    static constexpr std::string_view kSchema = "ReceiptProblem";
    ShopId shop_id;
    ProblemView problem;
};
template <class Io>
void fields(Io& io, ReceiptProblem& p) {
    io("shop_id", p.shop_id);
    fields(io, p.problem);
}
struct ReceiptProblemList {
    static constexpr std::string_view kSchema = "ReceiptProblemList";
    std::vector<ReceiptProblem> items;
};
template <class Io>
void fields(Io& io, ReceiptProblemList& l) {
    io("items", l.items);
}
Result<ReceiptProblemList> list_receipt_problems(Context&, const Actor&, const Nothing&);

}  // namespace aftercare::usecase
