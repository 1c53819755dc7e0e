#pragma once
#include <functional>
#include <istream>
#include <ostream>

#include "usecase/context.hpp"

/// `aftercare import orders`: orders, customers and settled returns out of a CSV file of order lines.
namespace aftercare::usecase {

/// Every row of the file is counted once: rows = order_lines + return_lines + adjustments + rejected + skipped.
struct ImportSummary {
    static constexpr std::string_view kSchema = "ImportSummary";
    std::int64_t rows = 0;
    std::int64_t order_lines = 0;   ///< rows that became part of a new order (postage included)
    std::int64_t return_lines = 0;  ///< rows of new settled returns
    std::int64_t adjustments = 0;   ///< rows that are no trade with a customer
    std::int64_t rejected = 0;      ///< rows that could not be read; each stands in the error file
    std::int64_t skipped = 0;       ///< rows of orders and returns that were here before
    std::int64_t orders = 0;        ///< in the file
    std::int64_t orders_added = 0, customers = 0, customers_added = 0;
    std::int64_t returns = 0, returns_added = 0;
    std::int64_t returns_linked = 0;  ///< return rows whose sale was found
    std::int64_t milliseconds = 0;
};
template <class Io>
void fields(Io& io, ImportSummary& s) {
    io("rows", s.rows);
    io("order_lines", s.order_lines);
    io("return_lines", s.return_lines);
    io("adjustments", s.adjustments);
    io("rejected", s.rejected);
    io("skipped", s.skipped);
    io("orders", s.orders);
    io("orders_added", s.orders_added);
    io("customers", s.customers);
    io("customers_added", s.customers_added);
    io("returns", s.returns);
    io("returns_added", s.returns_added);
    io("returns_linked", s.returns_linked);
    io("milliseconds", s.milliseconds);
}

struct ImportOrders {
    ShopId shop_id;
    std::istream& file;    ///< UTF-8 CSV with a header, borrowed
    std::ostream& errors;  ///< gets a CSV of row number, line, reason and the row as it was
    std::function<void(const ImportSummary&, std::int64_t bytes)> progress;  ///< after each slice; may be empty
};

/// Streams the file: an invoice's rows may lie up to 2,000 rows apart. Slices of at most 2,000 rows are one transaction each, so
/// a cut-off import keeps what it had and can be run again: numbers that are here already are skipped. Times are the
/// shop's local time; the file's currency is the shop's. A cancellation (number with C) becomes one settled return per order it
/// can be linked to (same customer and code, the latest earlier sale at that price with free units first) and, for what
/// cannot be linked, one closed case without an order that keeps its lines as a note.
Result<ImportSummary> import_orders(Context&, const Actor&, const ImportOrders&);

}  // namespace aftercare::usecase
