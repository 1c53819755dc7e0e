#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace aftercare::usecase {

/// Every row of a file is counted once: rows = order_lines + return_lines + adjustments + records + rejected + skipped, where
/// records (customers, products, after-sales, reviews) are records_added + records_changed.
struct ImportSummary {
    static constexpr std::string_view kSchema = "ImportSummary";
    std::int64_t rows = 0;
    std::int64_t order_lines = 0;   ///< rows that became part of a new order (postage included)
    std::int64_t return_lines = 0;  ///< rows of new settled returns
    std::int64_t adjustments = 0;   ///< rows that are no trade with a customer; kept with the import
    std::int64_t rejected = 0;      ///< rows that could not be read; each stands in the error file
    std::int64_t skipped = 0;       ///< rows of what was here before, and repeats left out by `dedupe`
    std::int64_t orders = 0;        ///< in the file
    std::int64_t orders_added = 0, customers = 0, customers_added = 0;
    std::int64_t returns = 0, returns_added = 0;
    std::int64_t returns_linked = 0;  ///< return rows whose sale was found; a preview does not look for them
    std::int64_t products_added = 0, records_added = 0, records_changed = 0;
    std::int64_t milliseconds = 0;
    bool operator==(const ImportSummary&) const = default;

    ImportSummary& operator+=(const ImportSummary& part);
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
    io("products_added", s.products_added);
    io("records_added", s.records_added);
    io("records_changed", s.records_changed);
    io("milliseconds", s.milliseconds);
}

inline ImportSummary& ImportSummary::operator+=(const ImportSummary& part) {
    std::vector<std::int64_t> counts;
    ImportSummary copy = part;
    auto read = [&](std::string_view, std::int64_t& count) { counts.push_back(count); };
    fields(read, copy);
    auto add = [&, at = counts.begin()](std::string_view, std::int64_t& count) mutable { count += *at++; };
    fields(add, *this);
    return *this;
}

}  // namespace aftercare::usecase
