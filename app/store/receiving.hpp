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

}  // namespace aftercare::store
