#include "rows.hpp"

#include <aftercare/files/cells.hpp>
#include <aftercare/files/encoding.hpp>
#include <algorithm>
#include <charconv>
#include <map>

#include "words.hpp"

namespace marketplace_csv {
namespace {

using namespace aftercare;
using namespace aftercare::files;

constexpr std::size_t kMaxProblems = 100;
constexpr std::int64_t kMostMinor = 1'000'000'000'000;

/// "12.90", "￥1,234.5" as hundredths.
std::optional<std::int64_t> minor_of(std::string text) {
    for (const std::string_view drop : {"￥", "¥", "元", ",", " "})
        for (auto at = text.find(drop); at != text.npos; at = text.find(drop)) text.erase(at, drop.size());
    const auto dot = text.find('.');
    std::string cents = dot == text.npos ? "" : text.substr(dot + 1);
    if (cents.size() > 2 && cents.find_first_not_of('0', 2) == cents.npos) cents.resize(2);
    if (cents.size() > 2) return std::nullopt;
    cents.resize(2, '0');
    const std::string digits = text.substr(0, dot) + cents;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || value < 0 || value > kMostMinor) return std::nullopt;
    return value;
}

/// Also "2026/3/2 9:05".
std::optional<Instant> time_of(std::string text, Duration utc_offset) {
    std::replace(text.begin(), text.end(), '/', '-');
    for (std::size_t at = 0; at < text.size(); ++at) {  // one digit where two are meant
        const bool starts = at > 0 && (text[at - 1] == '-' || text[at - 1] == ' ') && text[at] >= '0' && text[at] <= '9';
        if (starts && (at + 1 == text.size() || text[at + 1] < '0' || text[at + 1] > '9')) text.insert(at, "0");
    }
    if (text.size() == 10) text += " 00:00";
    return parse_time(text, utc_offset);
}

/// One row by column, and the problems found while reading it.
class Cells {
   public:
    Cells(const std::map<Column, std::size_t>& columns, const Row& row, std::vector<Problem>& problems, Duration utc_offset)
        : columns_(columns), row_(row), problems_(problems), utc_offset_(utc_offset) {}

    std::string text(Column column, std::size_t most) {
        std::string value = raw(column);
        if (value.size() > most) problem("too_long_", column);
        return value;
    }
    std::string required(Column column, std::size_t most) {
        std::string value = text(column, most);
        if (value.empty()) problem("missing_", column);
        return value;
    }
    std::int64_t money(Column column) {
        const std::string value = raw(column);
        const auto minor = value.empty() ? std::optional<std::int64_t>(0) : minor_of(value);
        if (!minor) problem("bad_", column);
        return minor.value_or(0);
    }
    std::int64_t qty() {
        const std::string value = raw(Column::qty);
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
        const bool good = error == std::errc() && end == value.data() + value.size() && number >= 1 && number <= 1'000'000;
        if (!good) problem("bad_", Column::qty);
        return good ? number : 1;
    }
    Instant time(Column column) {
        const std::string value = raw(column);
        const auto at = value.empty() || value == "-" ? std::optional(Instant{}) : time_of(value, utc_offset_);
        if (!at) problem("bad_", column);
        return at.value_or(Instant{});
    }
    template <class E>
    E word_of(Column column, std::optional<E> (*read)(std::string_view)) {
        const auto found = read(lower(raw(column)));
        if (!found) problem("unknown_", column);
        return found.value_or(E{});
    }
    [[nodiscard]] std::string raw(Column column) const {
        const auto at = columns_.find(column);
        return at == columns_.end() || at->second >= row_.cells.size() ? std::string() : plain(row_.cells[at->second]);
    }
    void problem(const char* what, Column column) {
        if (problems_.size() < kMaxProblems) problems_.push_back({row_.number, what + std::string(name_of(column))});
    }

   private:
    const std::map<Column, std::size_t>& columns_;
    const Row& row_;
    std::vector<Problem>& problems_;
    Duration utc_offset_;
};

/// Takes the file apart and hands each data row to `each(cells)`.
template <class Each>
void read_rows(std::string_view text, std::initializer_list<Column> required, Duration utc_offset, std::vector<Problem>& problems, Each each) {
    const Table table = read_table(text);
    if (table.broken) return problems.push_back(*table.broken);
    std::map<Column, std::size_t> columns;
    for (std::size_t i = 0; i < table.rows[0].cells.size(); ++i)
        if (const auto column = column_of(lower(trimmed(table.rows[0].cells[i])))) columns.emplace(*column, i);  // the first of two counts
    for (const Column column : required)
        if (!columns.count(column)) problems.push_back({1, "missing_column_" + std::string(name_of(column))});
    if (!problems.empty()) return;
    for (std::size_t i = 1; i < table.rows.size(); ++i) {
        Cells cells(columns, table.rows[i], problems, utc_offset);
        each(cells);
    }
}

/// The item of that id, made from the row when it is the first.
template <class Item, class Make>
Item& item_of(Parsed<Item>& parsed, std::map<std::string, std::size_t>& seen, const std::string& id, Make make) {
    const auto [at, is_new] = seen.try_emplace(id, parsed.items.size());
    if (is_new) parsed.items.push_back(make());
    return parsed.items[at->second];
}

bool is_unpaid(const std::string& status) {
    for (const char* part : {"待付款", "等待买家付款", "未付款", "交易关闭", "已取消", "unpaid", "cancelled"})
        if (status.find(part) != status.npos) return true;
    return false;
}

SoldOrder order_of(Cells& row, const std::string& number, const Reading& reading) {
    SoldOrder order;
    order.id = order.number = number;
    order.channel = reading.channel;
    order.buyer_ref = row.text(Column::buyer, 128);
    order.buyer_name = row.text(Column::receiver, 200);
    order.buyer_phone = row.text(Column::phone, 40);
    order.discount_minor = row.money(Column::discount);
    order.shipping_minor = row.money(Column::shipping);
    order.placed_at = row.time(Column::placed);
    if (order.placed_at == Instant{}) order.placed_at = row.time(Column::paid);
    if (order.placed_at == Instant{}) row.problem("missing_", Column::placed);
    order.delivered_at = row.time(Column::delivered);
    return order;
}

AfterSale after_sale_of(Cells& row, const std::string& id, const Reading& reading) {
    AfterSale sale;
    sale.id = id;
    sale.order_number = row.required(Column::order, 128);
    sale.kind = row.word_of(Column::kind, kind_of);
    sale.raw_state = row.text(Column::state, 200);
    sale.state = state_of(lower(sale.raw_state)).value_or(AfterSaleState::unknown);
    sale.amount_minor = row.money(Column::amount);
    sale.reason = reason_of(lower(row.raw(Column::reason)));
    sale.words = row.text(Column::words, 2'000);
    sale.carrier = row.text(Column::carrier, 60);
    sale.tracking = row.text(Column::tracking, 60);
    sale.intervention = row.word_of(Column::intervention, intervention_of);
    if (sale.state == AfterSaleState::platform_review && sale.intervention == Intervention::none) sale.intervention = Intervention::in_progress;
    sale.ruled_minor = sale.intervention == Intervention::ruled_for_buyer ? row.money(Column::ruled) : 0;
    sale.deadline_at = row.time(Column::deadline);
    sale.cannot_refuse = intervention_of(lower(row.raw(Column::cannot_refuse))) == Intervention::in_progress;  // 是, yes, 1
    const Instant updated = row.time(Column::updated);
    sale.version = std::max<std::int64_t>(1, updated == Instant{} ? reading.file_at.ms : updated.ms);
    return sale;
}

}  // namespace

Parsed<SoldOrder> read_orders(std::string_view text, const Reading& reading) {
    Parsed<SoldOrder> parsed;
    std::map<std::string, std::size_t> seen;
    read_rows(text, {Column::order, Column::sku, Column::qty, Column::price}, reading.utc_offset, parsed.problems, [&](Cells& row) {
        if (is_unpaid(lower(row.raw(Column::status)))) return;
        const std::string number = row.required(Column::order, 60);
        SoldOrder& order = item_of(parsed, seen, number, [&] { return order_of(row, number, reading); });
        if (order.lines.size() >= 1'000) return row.problem("too_many_lines_of_", Column::order);
        order.lines.push_back({row.required(Column::sku, 128), row.text(Column::name, 500), row.qty(), row.money(Column::price),
                               row.money(Column::line_discount)});
    });
    if (!parsed.problems.empty()) parsed.items.clear();
    return parsed;
}

Parsed<AfterSale> read_after_sales(std::string_view text, const Reading& reading) {
    Parsed<AfterSale> parsed;
    std::map<std::string, std::size_t> seen;
    read_rows(text, {Column::after_sale, Column::order, Column::kind, Column::state}, reading.utc_offset, parsed.problems, [&](Cells& row) {
        const std::string id = row.required(Column::after_sale, 60);
        AfterSale& sale = item_of(parsed, seen, id, [&] { return after_sale_of(row, id, reading); });
        if (sale.lines.size() >= 200) return row.problem("too_many_lines_of_", Column::after_sale);
        if (!row.raw(Column::sku).empty()) sale.lines.push_back({row.text(Column::sku, 128), row.qty(), row.text(Column::new_sku, 128)});
    });
    if (!parsed.problems.empty()) parsed.items.clear();
    return parsed;
}

}  // namespace marketplace_csv
