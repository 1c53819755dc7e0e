#pragma once
#include <aftercare/base/instant.hpp>
#include <aftercare/connector/warehouse.hpp>
#include <string_view>
#include <vector>

#include "csv.hpp"

namespace warehouse_files {

/// What a file says: all of it, or (when there are problems) nothing. At most 100 problems are listed.
template <class Item>
struct Parsed {
    std::vector<Item> items;
    std::vector<Problem> problems;
};

/// Columns receipt_id, key, order_line_id and/or sku, qty; optional tracking, received_at. Rows with the same receipt_id are one
/// parcel. `utc_offset` is for times that name no zone.
Parsed<aftercare::Receipt> read_receipts(std::string_view text, aftercare::Duration utc_offset);

/// Columns inspection_id, key, order_line_id and/or sku, qty, grade, disposition; optional photo_ref, note, inspector,
/// inspected_at.
Parsed<aftercare::Inspection> read_inspections(std::string_view text, aftercare::Duration utc_offset);

}  // namespace warehouse_files
