#pragma once
#include <functional>
#include <ostream>

#include "store/imports.hpp"
#include "store/staff.hpp"
#include "usecase/context.hpp"
#include "usecase/imports/columns.hpp"
#include "usecase/imports/summary.hpp"
#include "usecase/imports/table.hpp"

/// A file into the shop, slice by slice.
namespace aftercare::usecase::imports {

struct FileImport {
    const store::Shop& shop;
    ImportRunId run;
    ImportKind kind{};
    ImportMapping mapping;
    DateOrder dates = DateOrder::automatic;  ///< as learned from the file, where the mapping does not say
    bool dry = false;      ///< only count
    std::int64_t done = 0;    ///< a run that was cut off: the orders and products, or rows of records, that it had written, in their order
    ImportSummary before{};   ///< and what it had counted by then
    Table& table;          ///< borrowed
    std::ostream& errors;  ///< borrowed; gets a CSV of row number, line, reason and the row as it was
    /// After each slice, inside its transaction (of a dry run: after it): writes progress, and how many orders or records are
    /// done. An error undoes the slice and ends the import.
    std::function<Result<void>(store::Tx&, const ImportSummary&, std::int64_t bytes, std::int64_t done)> checkpoint;
};

/// Streams the file; the rows of an order may lie up to 2,000 rows apart. A slice is one transaction in the bulk lane, of a size
/// that takes about 40 ms, so a cut-off import keeps what it had and goes on behind it; in another run, numbers that are here
/// already are skipped, but for an order whose delivery the file is the first to tell. Times are the shop's local time, the
/// file's currency is the shop's. A cancellation (a number with C) becomes one settled return per order it can be linked to (same
/// customer and code, the latest earlier sale at that price with free units first) and, for what cannot be linked, one closed
/// case without an order that keeps its lines as notes.
/// `invalid` "file_empty" and those of find_columns.
Result<ImportSummary> import_file(Context& ctx, const FileImport& in);

}  // namespace aftercare::usecase::imports
