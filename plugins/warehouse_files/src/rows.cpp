#include "rows.hpp"

#include <aftercare/files/cells.hpp>
#include <aftercare/files/encoding.hpp>
#include <algorithm>
#include <charconv>
#include <map>

namespace warehouse_files {
namespace {

using namespace aftercare;
using namespace aftercare::files;

constexpr std::size_t kMaxProblems = 100;

/// The cells of one row by column name, and the problems found while reading them.
class Reader {
   public:
    Reader(const std::vector<std::string>& header, const Row& row, std::vector<Problem>& problems, Duration utc_offset)
        : row_(row), problems_(problems), utc_offset_(utc_offset) {
        for (std::size_t i = 0; i < header.size() && i < row.cells.size(); ++i) cells_[header[i]] = plain(row.cells[i]);
        if (row.cells.size() > header.size()) problem("too_many_cells");
    }
    std::string text(const char* column, std::size_t least, std::size_t most) {
        auto value = cells_[column];
        if (value.size() < least) problem(std::string("missing_") + column);
        if (value.size() > most) problem(std::string("too_long_") + column);
        return value;
    }
    std::int64_t qty(std::int64_t least) {
        const auto& value = cells_["qty"];
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
        if (error != std::errc() || end != value.data() + value.size() || number < least || number > 1'000'000) problem("bad_qty");
        return number;
    }
    template <class E>
    E of_words(const char* column) {
        const auto found = from_word<E>(lower(cells_[column]));
        if (!found) problem(std::string("unknown_") + column);
        return found.value_or(E{});
    }
    Instant time(const char* column) {
        const auto& value = cells_[column];
        const auto at = value.empty() ? Instant{} : parse_time(value, utc_offset_);
        if (!at) problem(std::string("bad_") + column);
        return at.value_or(Instant{});
    }
    void problem(std::string reason) {
        if (problems_.size() < kMaxProblems) problems_.push_back({row_.number, std::move(reason)});
    }

   private:
    const Row& row_;
    std::vector<Problem>& problems_;
    Duration utc_offset_;
    std::map<std::string, std::string> cells_;
};

/// Takes the file apart and hands each data row to `each(reader)`. `of_goods`: each row names a line or a sku.
template <class Each>
void read_rows(std::string_view text, std::initializer_list<const char*> required, Duration utc_offset,
               std::vector<Problem>& problems, bool of_goods, Each each) {
    const auto table = read_table(text);
    if (table.broken) return problems.push_back(*table.broken);
    std::vector<std::string> header;
    for (const auto& cell : table.rows.front().cells) {
        header.push_back(lower(trimmed(cell)));
        if (std::count(header.begin(), header.end(), header.back()) > 1) problems.push_back({1, "column_twice_" + header.back()});
    }
    const auto has = [&](std::string_view name) { return std::find(header.begin(), header.end(), name) != header.end(); };
    for (const char* name : required)
        if (!has(name)) problems.push_back({1, std::string("missing_column_") + name});
    if (of_goods && !has("order_line_id") && !has("sku")) problems.push_back({1, "missing_column_order_line_id_or_sku"});
    if (!problems.empty()) return;
    for (std::size_t i = 1; i < table.rows.size(); ++i) {
        Reader reader(header, table.rows[i], problems, utc_offset);
        each(reader);
    }
}

}  // namespace

Parsed<Receipt> read_receipts(std::string_view text, Duration utc_offset) {
    Parsed<Receipt> parsed;
    std::map<std::string, std::size_t> by_id;
    read_rows(text, {"receipt_id", "key", "qty"}, utc_offset, parsed.problems, true, [&](Reader& row) {
        Receipt receipt;
        receipt.id = row.text("receipt_id", 1, 60);
        receipt.key = row.text("key", 1, 128);
        receipt.tracking = row.text("tracking", 0, 60);
        receipt.received_at = row.time("received_at");
        ReceiptLine line{OrderLineId(row.text("order_line_id", 0, 128)), row.text("sku", 0, 200), row.qty(0)};
        if (line.order_line_id.empty() && line.sku.empty()) row.problem("missing_order_line_id_or_sku");
        const auto [found, is_new] = by_id.try_emplace(receipt.id, parsed.items.size());
        if (is_new) parsed.items.push_back(receipt);
        auto& whole = parsed.items[found->second];
        if (whole.key != receipt.key || whole.tracking != receipt.tracking) row.problem("other_parcel_under_same_receipt_id");
        if (whole.lines.size() >= 1'000) row.problem("too_many_lines");
        else whole.lines.push_back(std::move(line));
    });
    if (!parsed.problems.empty()) parsed.items.clear();
    return parsed;
}

Parsed<Inspection> read_inspections(std::string_view text, Duration utc_offset) {
    Parsed<Inspection> parsed;
    std::map<std::string, std::size_t> seen;
    read_rows(text, {"inspection_id", "key", "qty", "grade", "disposition"}, utc_offset, parsed.problems, true, [&](Reader& row) {
        Inspection i;
        i.id = row.text("inspection_id", 1, 60);
        i.key = row.text("key", 1, 128);
        i.order_line_id = OrderLineId(row.text("order_line_id", 0, 128));
        i.sku = row.text("sku", 0, 200);
        if (i.order_line_id.empty() && i.sku.empty()) row.problem("missing_order_line_id_or_sku");
        i.qty = row.qty(1);
        i.grade = row.of_words<Grade>("grade");
        i.disposition = row.of_words<Disposition>("disposition");
        i.photo_ref = row.text("photo_ref", 0, 200);
        i.note = row.text("note", 0, 1'000);
        i.inspector = row.text("inspector", 0, 60);
        i.inspected_at = row.time("inspected_at");
        if (!i.id.empty() && !seen.try_emplace(i.id, 0).second) row.problem("inspection_id_twice");
        parsed.items.push_back(std::move(i));
    });
    if (!parsed.problems.empty()) parsed.items.clear();
    return parsed;
}

Parsed<GoodsSent> read_shipments(std::string_view text, Duration utc_offset) {
    Parsed<GoodsSent> parsed;
    std::map<std::string, std::size_t> seen;
    read_rows(text, {"shipment_id", "key", "carrier", "tracking"}, utc_offset, parsed.problems, false, [&](Reader& row) {
        GoodsSent sent{row.text("shipment_id", 1, 60), row.text("key", 1, 128), row.text("carrier", 1, 60), row.text("tracking", 1, 60), row.time("sent_at")};
        if (!sent.id.empty() && !seen.try_emplace(sent.id, 0).second) row.problem("shipment_id_twice");
        parsed.items.push_back(std::move(sent));
    });
    if (!parsed.problems.empty()) parsed.items.clear();
    return parsed;
}

}  // namespace warehouse_files
