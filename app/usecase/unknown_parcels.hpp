#pragma once
#include "domain/commands.hpp"
#include "store/case_state.hpp"
#include "store/unknown_parcels.hpp"
#include "usecase/arrivals.hpp"
#include "usecase/context.hpp"
#include "usecase/views.hpp"

/// Parcels that nobody announced: written down, looked up, matched to a return or disposed of.
namespace aftercare::usecase {

/// A case that an open parcel may belong to.
struct ParcelGuess {
    static constexpr std::string_view kSchema = "ParcelGuess";
    GuessedBy by{};
    CaseRow row;
};
template <class Io>
void fields(Io& io, ParcelGuess& g) {
    io("by", g.by);
    io("case", g.row);
}
struct UnknownParcelView {
    static constexpr std::string_view kSchema = "UnknownParcel";
    store::UnknownParcel parcel;
    std::vector<ParcelGuess> guesses;  ///< of an open one, the surest first
    std::int64_t version = 1;
};
template <class Io>
void fields(Io& io, UnknownParcelView& v) {
    fields(io, v.parcel);
    io("guesses", v.guesses);
}
struct UnknownParcelList {
    static constexpr std::string_view kSchema = "UnknownParcelList";
    std::vector<UnknownParcelView> items;
    std::string next;
};
template <class Io>
void fields(Io& io, UnknownParcelList& l) {
    io("items", l.items);
    io("next", l.next, maybe);
}

struct RecordParcel {
    ShopId shop_id;
    std::string carrier, tracking, order_number, phone, contents, photo_ref;
};
template <class Io>
void fields(Io& io, RecordParcel& in) {
    io("shop_id", in.shop_id);
    io("carrier", in.carrier, maybe, length(0, 60));
    io("tracking", in.tracking, maybe, length(0, 60));
    io("order_number", in.order_number, maybe, length(0, 100));
    io("phone", in.phone, maybe, length(0, 40), doc("as it stands on the parcel; its last four digits are kept"));
    io("contents", in.contents, maybe, length(0, 1'000));
    io("photo_ref", in.photo_ref, maybe, length(0, 200));
}
/// One of tracking and contents is needed.
Result<UnknownParcelView> record_parcel(Context&, const Actor&, const Guard&, const RecordParcel&);

struct ListParcels {
    Page page;
    std::optional<ShopId> shop_id;
    std::optional<ParcelState> state;
};
template <class Io>
void fields(Io& io, ListParcels& in) {
    fields(io, in.page);
    io("shop_id", in.shop_id);
    io("state", in.state);
}
/// Newest first, with their guesses.
Result<UnknownParcelList> list_parcels(Context&, const Actor&, const ListParcels&);

struct OneParcel {
    ParcelId parcel_id;
};
template <class Io>
void fields(Io& io, OneParcel& in) {
    io("parcel_id", in.parcel_id);
}
Result<UnknownParcelView> get_parcel(Context&, const Actor&, const OneParcel&);

/// No lines: all that can still come. No leg: the one with the parcel's number, else it was not announced.
struct MatchParcel {
    ParcelId parcel_id;
    CaseId case_id;
    OperationId operation_id;
    InboundLegId inbound_leg_id;
    std::optional<std::vector<domain::LineQty>> lines;
};
template <class Io>
void fields(Io& io, MatchParcel& in) {
    io("parcel_id", in.parcel_id);
    io("case_id", in.case_id);
    io("operation_id", in.operation_id);
    io("inbound_leg_id", in.inbound_leg_id, maybe);
    io("lines", in.lines, length(0, domain::kMaxLines));
}
/// The parcel arrives in that case, in the same change; it cannot be taken back. What was called back is counted there (the whole of it), and
/// where nothing comes back, what was lost on its way out. `conflict` "parcel_not_open"; what `arrive` refuses.
Result<UnknownParcelView> match_parcel(Context&, const Actor&, const Guard&, const MatchParcel&);

struct DisposeParcel {
    ParcelId parcel_id;
    Disposal disposal{};
    std::string note;
};
template <class Io>
void fields(Io& io, DisposeParcel& in) {
    io("parcel_id", in.parcel_id);
    io("disposal", in.disposal);
    io("note", in.note, maybe, length(0, 500));
}
/// `conflict` "parcel_not_open".
Result<UnknownParcelView> dispose_parcel(Context&, const Actor&, const Guard&, const DisposeParcel&);

/// As much of a receipt as a person needs; one over the API may name no return.
struct ToldReceipt {
    std::string id, tracking;
    std::vector<ReceiptLine> lines;
};
template <class Io>
void fields(Io& io, ToldReceipt& r) {
    io("id", r.id, length(1, 60));
    io("tracking", r.tracking, maybe, length(0, 60));
    io("lines", r.lines, length(1, 1'000));
}
/// Inside a change: a receipt that fits no return is a parcel that nobody announced, once; one that fits now was it.
/// False: somebody has dealt with that parcel by hand since.
bool land_receipt(const Arrivals&, const RawJson& receipt);
void claim_receipt(const Arrivals&, const std::string& receipt_id, const CaseId&, const OperationId&);

}  // namespace aftercare::usecase
