#pragma once
#include <aftercare/plugin.hpp>

namespace warehouse_files {

/// orders/SHIP-<key>.csv: what to send to the customer of an order, one row per line. May be repeated. `invalid` for a key that cannot be part
/// of a file name.
aftercare::plugin::Answer<aftercare::ReturnAccepted> order_shipment(const aftercare::ShipRequest&, aftercare::plugin::Folder);
/// Takes the order away (to cancelled/) and leaves orders/CANCEL-<key>.csv for a warehouse that has read it already.
aftercare::plugin::Answer<aftercare::ReturnAccepted> cancel_shipment(const aftercare::CancelReturnRequest&, aftercare::plugin::Folder);

}  // namespace warehouse_files
