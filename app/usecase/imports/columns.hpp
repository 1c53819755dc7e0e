#pragma once
#include <aftercare/base/result.hpp>
#include <aftercare/base/words.hpp>
#include <aftercare/codec/json.hpp>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Which column of a file is which field: found by spelling, by a preset, or told. Pure.
namespace aftercare {

AC_WORDS(ImportKind, orders, customers, products, after_sales, reviews);
/// How dates with two numbers in front are meant; `automatic` learns it from the file.
AC_WORDS(DateOrder, automatic, ymd, dmy, mdy);

}  // namespace aftercare

namespace aftercare::usecase::imports {

enum class Field : std::size_t {
    number, line_number, sku, name, spec, qty, price, amount, total, shipping, discount, placed_at, paid_at, shipped_at,
    delivered_at, status, customer, nick, receiver, phone, email, wechat, country, province, city, district, street, carrier,
    tracking, remark, return_number, return_kind, return_status, return_reason, return_minor, return_qty, applied_at,
    finished_at, review, rating, reviewed_at, category, barcode, image, birthday, tags, party, created_at, review_number, count
};
inline constexpr std::size_t kFields = static_cast<std::size_t>(Field::count);
inline constexpr std::array<std::string_view, kFields> kFieldNames{
    "number", "line_number", "sku", "name", "spec", "qty", "price", "amount", "total", "shipping", "discount", "placed_at",
    "paid_at", "shipped_at", "delivered_at", "status", "customer", "nick", "receiver", "phone", "email", "wechat", "country",
    "province", "city", "district", "street", "carrier", "tracking", "remark", "return_number", "return_kind", "return_status",
    "return_reason", "return_minor", "return_qty", "applied_at", "finished_at", "review", "rating", "reviewed_at", "category",
    "barcode", "image", "birthday", "tags", "party", "created_at", "review_number"};

/// How a file is to be read: the file of `--map`, and what the console's mapping step keeps.
struct ImportMapping {
    static constexpr std::string_view kSchema = "ImportMapping";
    std::string preset;    ///< id of a preset; its columns come before spellings
    StringMap columns;     ///< field → heading in the file; comes before the preset. An empty heading: this file has no such field
    DateOrder dates = DateOrder::automatic;
    bool dedupe = false;   ///< drop a row that repeats another row of its order in every column
    bool c_is_plain = false;  ///< a number such as C1001 is an order like any other, not the cancellation of 1001
    std::vector<std::string> charge_codes, shipping_codes;  ///< SKUs that are no goods; empty: the usual ones (POST, M, D …)
    bool operator==(const ImportMapping&) const = default;
};
template <class Io>
void fields(Io& io, ImportMapping& m) {
    io("preset", m.preset, maybe, length(0, 60));
    io("columns", m.columns, maybe);
    io("dates", m.dates, maybe);
    io("dedupe", m.dedupe, maybe);
    io("c_is_plain", m.c_is_plain, maybe, doc("a number such as C1001 is an order like any other, not a cancellation"));
    io("charge_codes", m.charge_codes, maybe, length(0, 1'000));
    io("shipping_codes", m.shipping_codes, maybe, length(0, 1'000));
}

struct Preset {
    static constexpr std::string_view kSchema = "ImportPreset";
    std::string id;
    ImportKind kind{};
    std::string title_zh, title_en;
    bool confirmed = false;  ///< false: made from descriptions, no real file was seen
    StringMap columns;
};
template <class Io>
void fields(Io& io, Preset& p) {
    io("id", p.id);
    io("kind", p.kind);
    io("title_zh", p.title_zh);
    io("title_en", p.title_en);
    io("confirmed", p.confirmed);
    io("columns", p.columns);
}
const std::vector<Preset>& presets();

/// Where each field stands in a row; -1: nowhere.
class Columns {
   public:
    Columns() { at_.fill(-1); }
    int& operator[](Field field) { return at_[static_cast<std::size_t>(field)]; }
    int operator[](Field field) const { return at_[static_cast<std::size_t>(field)]; }
    [[nodiscard]] bool has(Field field) const { return (*this)[field] >= 0; }
    /// The field's text in a row, trimmed; empty when the row is shorter. ="0123" and '0123, a spreadsheet's ways to keep a
    /// number's zeros, are 0123.
    [[nodiscard]] std::string_view text(std::span<const std::string> row, Field field) const;

   private:
    std::array<int, kFields> at_;
};

/// Letters and digits only, lower case: "Customer ID", "CustomerID" and "customer_id" are one spelling.
std::string plain_heading(std::string_view text);
/// Told columns, then the preset's, then spellings. `invalid` "columns_missing" with "column_missing" for each field that is needed
/// and not there, "column_not_in_file" for a told heading that is not there, "unknown_field" for a field there is none of,
/// "unknown_preset", "preset_of_another_kind".
Result<Columns> find_columns(ImportKind kind, std::span<const std::string> header, const ImportMapping& mapping);
/// The same as far as it goes, for a preview: what was found, and the field errors.
Columns guess_columns(ImportKind kind, std::span<const std::string> header, const ImportMapping& mapping, std::vector<FieldError>& errors);
/// Fields that a file of this kind can have, those needed first.
std::vector<Field> fields_of(ImportKind kind);
/// The fields of which a file of this kind needs one, `field` among them; empty when it is not needed.
std::vector<Field> needed_with(ImportKind kind, Field field);

}  // namespace aftercare::usecase::imports
