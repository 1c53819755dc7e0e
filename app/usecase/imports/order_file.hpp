#pragma once
#include <aftercare/base/result.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "env/zone.hpp"

/// A file of order lines: which column is which, and what one row says. Pure parsing, no database.
namespace aftercare::usecase::imports {

/// Where each field stands in a row, found from the header ("Invoice" or "InvoiceNo", "Customer ID" or "CustomerID" …).
struct Columns {
    int number = -1, sku = -1, name = -1, qty = -1, at = -1, price = -1, customer = -1, country = -1;
};
/// `invalid` "columns_missing" with one field error per column that is needed and not there.
Result<Columns> find_columns(std::span<const std::string> header);

enum class RowKind {
    sale,        ///< goods, or a charge, on an invoice
    shipping,    ///< postage on an invoice
    returned,    ///< a line of a cancellation (C invoice)
    adjustment,  ///< no trade with a customer: write-offs, bad debt, signs that contradict their invoice
};

/// One row, understood.
struct Line {
    std::string number, sku, name, customer, country;
    std::int64_t qty = 0;              ///< > 0; of returns: how many came back
    std::int64_t unit_price_minor = 0;
    std::int64_t amount_minor = 0;     ///< |qty × price|, rounded half up to the minor unit
    Instant at;
    RowKind kind{};
    bool charge = false;               ///< a service code: value, but no goods that could come back
};
/// `invalid` with a code that says what is wrong with the row: "number_missing", "qty_not_a_number", "price_not_a_number",
/// "bad_time", "out_of_range", "too_few_fields", "not_utf8".
Result<Line> read_line(std::span<const std::string> fields, const Columns& columns, const env::Zone& zone);

}  // namespace aftercare::usecase::imports
