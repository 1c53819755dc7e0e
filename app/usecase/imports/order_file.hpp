#pragma once
#include <aftercare/base/result.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "env/zone.hpp"
#include "usecase/imports/columns.hpp"

/// What one row of a file says. Pure parsing, no database.
namespace aftercare::usecase::imports {

/// What reading a row needs to know of its file.
struct Sheet {
    Columns columns;
    env::Zone zone;  ///< the shop's: times without an offset are local there
    DateOrder dates = DateOrder::automatic;
    std::vector<std::string> charge_codes, shipping_codes;  ///< empty: the usual ones
    bool c_is_plain = false;  ///< C1001 is an order like any other
};

/// Rows of one order; more are refused: a column that is the same in all rows was taken for the number.
inline constexpr std::size_t kMostLines = 5'000;

/// Who a row is about, as the file says it.
struct Person {
    std::string ref;  ///< the shop's own number, "17850.0" is 17850
    std::string nick, name, phone, email, wechat, country, province, city, district, street;
    [[nodiscard]] bool is_anonymous() const { return ref.empty() && nick.empty() && phone.empty() && email.empty() && wechat.empty(); }
    bool operator==(const Person&) const = default;
};
/// `invalid` "too_long", "bad_characters" (bytes that were no text in the file).
Result<Person> read_person(std::span<const std::string> row, const Columns& columns);

enum class RowKind {
    sale,        ///< goods, or a charge, on an invoice
    shipping,    ///< postage on an invoice
    returned,    ///< a line of a cancellation (C invoice)
    adjustment,  ///< no trade with a customer; `reason` says why
};

/// One row of an order file, understood.
struct Line {
    std::string number, sku, name, spec;
    Person person;
    std::int64_t qty = 0;               ///< > 0; of returns: how many came back
    std::int64_t unit_price_minor = 0;
    std::int64_t amount_minor = 0;      ///< |qty × price| rounded half up to the minor unit, or what the file says the line cost
    std::int64_t order_total_minor = -1, order_shipping_minor = 0, order_discount_minor = 0;  ///< of the whole order; total −1: not said
    Instant at, paid_at, shipped_at, delivered_at;  ///< 0: the file does not say
    bool says_delivery = false;         ///< the file has columns for shipping or delivery: an empty one means "not yet"
    std::string carrier, tracking, remark;
    RowKind kind{};
    std::string_view reason;            ///< of adjustments: "write_off", "bad_debt", "sign_contradicts_invoice", "not_paid", "closed"
    bool charge = false;                ///< a service code: value, but no goods that could come back
    bool operator==(const Line&) const = default;
};
/// `invalid` with a code that says what is wrong with the row: "number_missing", "qty_not_a_number", "price_not_a_number",
/// "bad_time", "out_of_range", "too_few_fields", "too_long", "bad_characters", "number_rounded" (1.23457E+18).
Result<Line> read_line(std::span<const std::string> row, const Sheet& sheet);

/// One row of an after-sale export.
struct AfterSaleRow {
    std::string return_number, number, sku, name, kind_said, status_said, reason_said, carrier, tracking;
    bool goods_come_back = false;  ///< 退货退款 and its like
    bool is_done = false;          ///< the platform paid the refund
    bool is_dropped = false;       ///< closed or withdrawn without money
    std::int64_t qty = 0;          ///< 0: the file does not say
    std::int64_t refund_minor = 0;
    Instant applied_at, finished_at;
};
Result<AfterSaleRow> read_after_sale(std::span<const std::string> row, const Sheet& sheet);

struct CustomerRow {
    Person person;
    std::string birthday;  ///< "solar 05-20", or empty
    std::string party;     ///< person, reseller, company
    std::string remark;
    std::vector<std::string> tags;
    Instant created_at;
};
Result<CustomerRow> read_customer(std::span<const std::string> row, const Sheet& sheet);

struct ProductRow {
    std::string sku, name, spec, category, barcode, image;
    std::int64_t price_minor = 0;
};
/// An image's address must be http(s).
Result<ProductRow> read_product(std::span<const std::string> row, const Sheet& sheet);

struct ReviewRow {
    std::string number, nick, sku, product, words, review_number;
    std::string text;         ///< rating, product and words together, as the timeline told it before reviews had a list
    std::int64_t rating = 0;  ///< stars; 0: not said, or in words nobody knows
    Instant at;
};
Result<ReviewRow> read_review(std::span<const std::string> row, const Sheet& sheet);

}  // namespace aftercare::usecase::imports
