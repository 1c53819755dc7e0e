#pragma once
#include <aftercare/connector/marketplace.hpp>
#include <aftercare/files/drop_folder.hpp>
#include <string>
#include <string_view>

namespace marketplace_csv {

/// What all rows of a file share.
struct Reading {
    aftercare::Duration utc_offset;
    std::string channel;
    aftercare::Instant file_at;  ///< when the file was written: the version of rows that name no time of their own
};

/// Rows of one order number are its lines; what concerns the whole order is taken from its first row. Orders that are not paid are
/// left out.
aftercare::files::Parsed<aftercare::SoldOrder> read_orders(std::string_view text, const Reading&);
/// Rows of one after-sale number are its lines.
aftercare::files::Parsed<aftercare::AfterSale> read_after_sales(std::string_view text, const Reading&);

}  // namespace marketplace_csv
