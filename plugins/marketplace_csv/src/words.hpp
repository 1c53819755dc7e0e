#pragma once
#include <aftercare/model/words.hpp>
#include <optional>
#include <string>
#include <string_view>

/// How platforms spell columns and words in their exports. One table each; all comparisons are in lower case.
namespace marketplace_csv {

enum class Column {
    order, sku, new_sku, name, qty, price, line_discount, discount, shipping, placed, paid, delivered, buyer, receiver, phone, status,
    after_sale, kind, state, amount, reason, words, carrier, tracking, deadline, updated, intervention, ruled, cannot_refuse
};
/// `header`: trimmed and in lower case.
std::optional<Column> column_of(std::string_view header);
std::string_view name_of(Column);

std::optional<aftercare::OperationKind> kind_of(std::string_view text);
std::optional<aftercare::AfterSaleState> state_of(std::string_view text);
std::optional<aftercare::Intervention> intervention_of(std::string_view text);
aftercare::Reason reason_of(std::string_view text);  ///< `other` for what it does not know

}  // namespace marketplace_csv
