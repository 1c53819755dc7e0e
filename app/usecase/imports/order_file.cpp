#include "usecase/imports/order_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace aftercare::usecase::imports {
namespace {

constexpr std::int64_t kMaxQty = 1'000'000, kMaxPrice4 = 1'000'000'000'000;

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view{} : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Letters and digits only, lower case: "Customer ID", "CustomerID" and "customer_id" are one spelling.
std::string plain(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (const auto u = static_cast<unsigned char>(c); u >= 0x80 || std::isalnum(u)) out.push_back(static_cast<char>(std::tolower(u)));
    return out;
}

std::optional<std::int64_t> whole(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// A decimal with up to four places as ten-thousandths; more places are refused, since they would be lost.
std::optional<std::int64_t> ten_thousandths(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const auto dot = text.find('.');
    const std::string_view whole_part = text.substr(0, dot);
    std::string places(dot == std::string_view::npos ? std::string_view{} : text.substr(dot + 1));
    while (places.size() > 4 && places.ends_with('0')) places.pop_back();
    if (whole_part.empty() || places.size() > 4 || whole_part.starts_with('-')) return std::nullopt;
    places.resize(4, '0');
    const auto a = whole(whole_part), b = whole(places);
    if (!a || !b || *a > kMaxPrice4 / 10'000 || places.starts_with('-')) return std::nullopt;
    const std::int64_t value = *a * 10'000 + *b;
    return negative ? -value : value;
}

std::int64_t rounded_minor(std::int64_t ten_thousandths_value) { return (ten_thousandths_value + 50) / 100; }

// Service codes of the trade: postage belongs to the order's shipping, the rest is value without goods.
bool is_shipping(std::string_view sku) { return sku == "POST" || sku == "DOT" || sku == "C2" || sku == "C3"; }
bool is_charge(std::string_view sku) {
    static constexpr std::array kCodes{"M", "m", "D", "S", "B", "ADJUST", "ADJUST2", "BANK CHARGES", "AMAZONFEE", "CRUK",
                                       "PADS", "TEST001", "TEST002"};
    return std::find(kCodes.begin(), kCodes.end(), sku) != kCodes.end();
}

RowKind kind_of(const Line& line, std::int64_t qty, std::int64_t price4) {
    if (line.number.starts_with('C') || line.number.starts_with('c'))
        return qty < 0 && price4 >= 0 ? RowKind::returned : RowKind::adjustment;
    if (line.number.starts_with('A') || qty <= 0 || price4 < 0) return RowKind::adjustment;
    return is_shipping(line.sku) ? RowKind::shipping : RowKind::sale;
}

// "17850.0" is what a spreadsheet makes of customer 17850.
std::string customer_ref(std::string_view text) {
    if (text.ends_with(".0") && whole(text.substr(0, text.size() - 2))) text.remove_suffix(2);
    return std::string(text);
}

}  // namespace

Result<Columns> find_columns(std::span<const std::string> header) {
    Columns found;
    struct Wanted {
        int Columns::*column;
        const char* name;
        bool needed;
        std::vector<std::string> spellings;
    };
    const std::vector<Wanted> wanted{
        {&Columns::number, "number", true, {"invoice", "invoiceno", "ordernumber", "orderno", "订单编号", "订单号"}},
        {&Columns::sku, "sku", true, {"stockcode", "sku", "商家编码", "商品编码"}},
        {&Columns::name, "name", false, {"description", "name", "title", "商品标题", "商品名称"}},
        {&Columns::qty, "qty", true, {"quantity", "qty", "数量", "购买数量"}},
        {&Columns::at, "placed_at", true, {"invoicedate", "orderdate", "date", "createdat", "下单时间", "订单创建时间"}},
        {&Columns::price, "unit_price", true, {"price", "unitprice", "单价", "商品价格"}},
        {&Columns::customer, "customer", false, {"customerid", "customer", "买家会员名", "买家"}},
        {&Columns::country, "country", false, {"country", "国家"}}};
    std::vector<FieldError> missing;
    for (const Wanted& each : wanted) {
        for (std::size_t i = 0; i < header.size() && found.*each.column < 0; ++i)
            if (std::find(each.spellings.begin(), each.spellings.end(), plain(header[i])) != each.spellings.end())
                found.*each.column = static_cast<int>(i);
        if (each.needed && found.*each.column < 0) missing.push_back({std::string("/") + each.name, "column_missing"});
    }
    if (!missing.empty()) return fail(Error{ErrorKind::invalid, "columns_missing", std::move(missing), {}, {}, {}});
    return found;
}

Result<Line> read_line(std::span<const std::string> fields, const Columns& columns, const env::Zone& zone) {
    const auto at = [&](int column) -> std::string_view {
        return column < 0 || static_cast<std::size_t>(column) >= fields.size() ? std::string_view{}
                                                                               : trim(fields[static_cast<std::size_t>(column)]);
    };
    const int last = std::max({columns.number, columns.sku, columns.qty, columns.at, columns.price});
    if (static_cast<std::size_t>(last) >= fields.size()) return fail(ErrorKind::invalid, "too_few_fields");
    Line line;
    line.number = at(columns.number);
    line.sku = at(columns.sku);
    line.name = at(columns.name);
    line.customer = customer_ref(at(columns.customer));
    line.country = at(columns.country);
    if (line.number.empty()) return fail(ErrorKind::invalid, "number_missing");
    if (line.number.size() > 128 || line.sku.size() > 128 || line.name.size() > 500 || line.customer.size() > 128 || line.country.size() > 80)
        return fail(ErrorKind::invalid, "too_long");
    const auto qty = whole(at(columns.qty));
    if (!qty) return fail(ErrorKind::invalid, "qty_not_a_number");
    const auto price4 = ten_thousandths(at(columns.price));
    if (!price4) return fail(ErrorKind::invalid, "price_not_a_number");
    if (*qty > kMaxQty || *qty < -kMaxQty) return fail(ErrorKind::invalid, "out_of_range");
    AC_TRY(const env::LocalTime local, env::parse_local(at(columns.at)));
    line.at = zone.to_instant(local);
    if (line.at < kEarliest || line.at >= kLatest) return fail(ErrorKind::invalid, "out_of_range");
    line.kind = kind_of(line, *qty, *price4);
    line.qty = std::abs(*qty);
    line.charge = is_charge(line.sku) || is_shipping(line.sku);
    std::int64_t product = 0;
    if (__builtin_mul_overflow(line.qty, std::abs(*price4), &product)) return fail(ErrorKind::invalid, "out_of_range");
    line.amount_minor = rounded_minor(product);
    line.unit_price_minor = rounded_minor(std::abs(*price4));
    return line;
}

}  // namespace aftercare::usecase::imports
