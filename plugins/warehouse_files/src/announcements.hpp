#pragma once
#include <aftercare/plugin.hpp>

namespace warehouse_files {

/// returns/RETURN-<key>.csv: what will come back, one row per line and parcel; tracking is filled in when a parcel is sent.
/// Each function may be repeated. `invalid` for a key that cannot be part of a file name.
aftercare::plugin::Answer<aftercare::ReturnAccepted> announce(const aftercare::ReturnNotice&, aftercare::plugin::Folder);
aftercare::plugin::Answer<aftercare::ReturnAccepted> add_parcel(const aftercare::ReturnNotice&, aftercare::plugin::Folder);
/// Takes the announcement away (to cancelled/) and leaves returns/CANCEL-<key>.csv for a warehouse that has read it already.
aftercare::plugin::Answer<aftercare::ReturnAccepted> cancel(const aftercare::CancelReturnRequest&, aftercare::plugin::Folder);

}  // namespace warehouse_files
