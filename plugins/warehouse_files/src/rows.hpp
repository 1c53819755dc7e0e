#pragma once
#include <aftercare/base/instant.hpp>
#include <aftercare/connector/warehouse.hpp>
#include <aftercare/files/drop_folder.hpp>
#include <string_view>

namespace warehouse_files {

using aftercare::files::Parsed;

/// Columns receipt_id, key, order_line_id and/or sku, qty; optional tracking, received_at. Rows with the same receipt_id are one
/// parcel. `utc_offset` is for times that name no zone.
Parsed<aftercare::Receipt> read_receipts(std::string_view text, aftercare::Duration utc_offset);

/// Columns inspection_id, key, order_line_id and/or sku, qty, grade, disposition; optional photo_ref, note, inspector,
/// inspected_at.
Parsed<aftercare::Inspection> read_inspections(std::string_view text, aftercare::Duration utc_offset);

/// Columns shipment_id, key, carrier, tracking; optional sent_at.
Parsed<aftercare::GoodsSent> read_shipments(std::string_view text, aftercare::Duration utc_offset);

}  // namespace warehouse_files
