#pragma once
#include <aftercare/base/words.hpp>
#include <aftercare/codec/fields.hpp>
#include <optional>
#include <string>
#include <vector>

#include "store/cases.hpp"
#include "store/store.hpp"

namespace aftercare {

using ParcelId = Id<struct ParcelTag>;
AC_WORDS(ParcelState, open, matched, disposed);
AC_WORDS(GuessedBy, tracking, order_number, phone);  ///< what on a parcel points to a case
AC_WORDS(Disposal, returned_to_sender, handed_over, scrapped);

}  // namespace aftercare

/// Parcels that nobody announced (无头件), until somebody finds their return or disposes of them.
namespace aftercare::store {

struct UnknownParcel {
    ParcelId id;
    ShopId shop_id;
    ParcelState state{};
    std::string carrier, tracking, order_number, phone_last4, contents, photo_ref;
    std::string source, external_id;  ///< of the warehouse's receipt that told of it; empty: a person did
    CaseId case_id;                   ///< matched: the return it belongs to
    OperationId operation_id;
    InboundLegId inbound_leg_id;
    std::string disposal, note;       ///< disposed: how, and why
    StaffId recorded_by;
    Instant recorded_at;
    StaffId ended_by;
    Instant ended_at;
    std::int64_t version = 1;
    std::string case_number{}, recorded_name{}, ended_name{};  ///< only read
};
template <class Io>
void fields(Io& io, UnknownParcel& p) {
    io("id", p.id);
    io("shop_id", p.shop_id);
    io("state", p.state);
    io("carrier", p.carrier, maybe);
    io("tracking", p.tracking, maybe);
    io("order_number", p.order_number, maybe);
    io("phone_last4", p.phone_last4, maybe);
    io("contents", p.contents, maybe);
    io("photo_ref", p.photo_ref, maybe);
    io("source", p.source, maybe);
    io("external_id", p.external_id, maybe);
    io("case_id", p.case_id, maybe);
    io("operation_id", p.operation_id, maybe);
    io("inbound_leg_id", p.inbound_leg_id, maybe);
    io("disposal", p.disposal, maybe);
    io("note", p.note, maybe);
    io("recorded_by", p.recorded_by, maybe);
    io("recorded_at", p.recorded_at);
    io("ended_by", p.ended_by, maybe);
    io("ended_at", p.ended_at, maybe);
    io("version", p.version);
    io("case_number", p.case_number, maybe);
    io("recorded_name", p.recorded_name, maybe);
    io("ended_name", p.ended_name, maybe);
}

void insert_parcel(Tx&, const UnknownParcel&);
/// `not_found` "parcel_not_found". `holds`: nobody else ends it until this change is over.
Result<UnknownParcel> find_parcel(Tx&, const ParcelId&, bool holds = false);
/// The one that a receipt of `source` told of.
std::optional<UnknownParcel> parcel_of_receipt(Tx&, const std::string& source, const std::string& external_id);
/// Open ones with this number, newest first, at most 5.
std::vector<UnknownParcel> parcels_with(Tx&, const std::vector<std::string>& shops, const std::string& tracking);
/// Newest first.
PageOf<UnknownParcel> list_parcels(Tx&, const std::vector<std::string>& shops, const std::vector<std::string>& states, const std::optional<Cursor>& after,
                                   std::int64_t limit);
/// Writes how it ended on top of the version it was read in; counts that up.
void end_parcel(Tx&, UnknownParcel&);

}  // namespace aftercare::store
