#pragma once
#include <aftercare/base/words.hpp>
#include <aftercare/codec/fields.hpp>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace aftercare {

AC_WORDS(FoundBy, tracking, reference, case_number, order_number, sku);

}  // namespace aftercare

/// From what stands on a parcel to the returns that wait for it.
namespace aftercare::store {

struct ToReceive {
    OperationId operation_id;
    CaseId case_id;
};
template <class Io>
void fields(Io& io, ToReceive& r) {
    io("operation_id", r.operation_id);
    io("case_id", r.case_id);
}
/// Returns under way that `code` means in this way, newest first, at most 5.
std::vector<ToReceive> to_receive(Tx&, const std::vector<std::string>& shops, FoundBy by, const std::string& code);

/// Operations that may have given goods up as lost: of the case with this number, or with a parcel to the customer under it; at most 5.
std::vector<ToReceive> gave_up(Tx&, const std::vector<std::string>& shops, const std::string& code);

struct RecallToReceive {
    CaseId case_id;
    std::string case_number, sku, name, tracking;
    std::int64_t qty = 0;  ///< still to come
};
template <class Io>
void fields(Io& io, RecallToReceive& r) {
    io("case_id", r.case_id);
    io("case_number", r.case_number);
    io("sku", r.sku);
    io("name", r.name, maybe);
    io("tracking", r.tracking, maybe);
    io("qty", r.qty);
}
/// What was called back under this tracking number, or in the case with this number, and is still to come; at most 5.
std::vector<RecallToReceive> recalls_with(Tx&, const std::vector<std::string>& shops, const std::string& code);

}  // namespace aftercare::store
