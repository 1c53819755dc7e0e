#include "announcements.hpp"

#include <algorithm>
#include <charconv>

#include <aftercare/files/csv.hpp>

#include "names.hpp"

namespace warehouse_files {
namespace {

using namespace aftercare;
using namespace aftercare::plugin;
using namespace aftercare::files;

constexpr std::string_view kReturns = "returns";
const std::vector<std::string> kColumns{"key",           "case_number", "order_number", "carrier", "tracking",
                                        "order_line_id", "sku",         "name",         "qty",     "reason"};
enum Column { kKey, kCase, kOrder, kCarrier, kTracking, kLine, kSku, kName, kQty, kReason };
using Cells = std::vector<std::string>;

Cells row_of(const ReturnNotice& n, const ReturnLine& l) {
    return {n.key, n.case_number, n.order_number, n.carrier, n.tracking, l.order_line_id.value, l.sku, l.name, std::to_string(l.qty),
            l.reason};
}

std::int64_t qty_of(const Cells& row) {
    std::int64_t qty = 0;
    std::from_chars(row[kQty].data(), row[kQty].data() + row[kQty].size(), qty);
    return qty;
}

/// The rows of our own file; none when it is gone or no longer in our form.
Answer<std::vector<Cells>> read_rows(Folder& folder, const std::string& file) {
    auto text = folder.read(kReturns, file);
    if (!text && text.error().error_class == ErrorClass::not_found) return std::vector<Cells>{};
    if (!text) return tl::unexpected<PluginError>(std::move(text.error()));
    const auto table = parse_csv(*text);
    std::vector<Cells> rows;
    for (const auto& row : table.rows) {
        if (row.cells.size() != kColumns.size() || table.broken) return std::vector<Cells>{};
        if (row.number > 1) rows.push_back(row.cells);
    }
    return rows;
}

Answer<void> write_rows(Folder& folder, const std::string& file, const std::vector<Cells>& rows) {
    std::string text(kBom);
    text += csv_line(kColumns);
    for (const auto& row : rows) text += csv_line(row);
    return folder.write(kReturns, file, text);
}

/// Moves `qty` of one line from the rows without tracking to a row of the parcel `n`.
void put_into_parcel(std::vector<Cells>& rows, const ReturnNotice& n, const ReturnLine& line) {
    std::int64_t left = line.qty;
    for (auto& row : rows) {
        if (row[kLine] != line.order_line_id.value || !row[kTracking].empty() || left == 0) continue;
        const auto taken = std::min(left, qty_of(row));
        row[kQty] = std::to_string(qty_of(row) - taken);
        left -= taken;
    }
    std::erase_if(rows, [](const Cells& row) { return row[kTracking].empty() && qty_of(row) == 0; });
    rows.push_back(row_of(n, line));
}

}  // namespace

Answer<ReturnAccepted> announce(const ReturnNotice& n, Folder folder) {
    AC_TRY(const std::string name, name_of("RETURN-", n.key));
    if (n.lines.empty()) return refuse(ErrorClass::invalid, "no_lines");
    AC_TRY(const auto there, read_rows(folder, name + ".csv"));
    if (!there.empty()) return ReturnAccepted{name};  // a repetition; parcels may have been added since
    std::vector<Cells> rows;
    for (const auto& line : n.lines) rows.push_back(row_of(n, line));
    AC_CHECK(write_rows(folder, name + ".csv", rows));
    return ReturnAccepted{name};
}

Answer<ReturnAccepted> add_parcel(const ReturnNotice& n, Folder folder) {
    AC_TRY(const std::string name, name_of("RETURN-", n.key));
    if (n.tracking.empty()) return refuse(ErrorClass::invalid, "no_tracking");
    AC_TRY(auto rows, read_rows(folder, name + ".csv"));
    // The formula guard may have changed the cell, so compare what would be written.
    const auto is_parcel = [&](const Cells& row) { return csv_line({row[kTracking]}) == csv_line({n.tracking}) ||
                                                          "'" + n.tracking == row[kTracking]; };
    if (std::any_of(rows.begin(), rows.end(), is_parcel)) return ReturnAccepted{name};
    if (n.lines.empty()) {
        for (auto& row : rows) {
            if (!row[kTracking].empty()) continue;
            row[kCarrier] = n.carrier;
            row[kTracking] = n.tracking;
        }
        if (rows.empty()) return refuse(ErrorClass::invalid, "no_lines");
    }
    for (const auto& line : n.lines) put_into_parcel(rows, n, line);
    AC_CHECK(write_rows(folder, name + ".csv", rows));
    return ReturnAccepted{name};
}

Answer<ReturnAccepted> cancel(const CancelReturnRequest& r, Folder folder) {
    AC_TRY(const std::string name, name_of("RETURN-", r.key));
    const auto text = std::string(kBom) + csv_line({"key", "case_number", "reason"}) + csv_line({r.key, r.case_number, r.reason});
    AC_CHECK(folder.write(kReturns, "CANCEL-" + r.key + ".csv", text));
    const auto moved = folder.move(kReturns, name + ".csv", "cancelled", name + ".csv");
    if (!moved && moved.error().error_class != ErrorClass::not_found && moved.error().error_class != ErrorClass::conflict)
        return tl::unexpected<PluginError>(moved.error());
    return ReturnAccepted{name};
}

}  // namespace warehouse_files
