#pragma once
#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "store/rows.hpp"
#include "store/store.hpp"

/// Lists of cases, their timeline, notes and refunds. Every function answers only for `shops`.
namespace aftercare::store {

/// The end of a page: the sort value and id of its last row. Start: std::nullopt.
struct Cursor {
    std::int64_t at = 0;
    std::string id;
};
/// "1700000000000.01J…"; `invalid` at /after for anything else. Opaque to clients.
Result<std::optional<Cursor>> parse_cursor(const std::string& text);
std::string print_cursor(const Cursor& cursor);

template <class T>
struct PageOf {
    std::vector<T> items;
    std::optional<Cursor> next;
};

/// The first `limit` in the order of `less`, out of what `some(shops)` finds of each shop alone: one walk along an index a shop,
/// where all of them at once would be sorted whole.
template <class T, class Some, class Less>
std::vector<T> merged(const std::vector<std::string>& shops, std::int64_t limit, Some&& some, Less&& less) {
    std::vector<T> all;
    for (const std::string& shop : shops) {
        const auto middle = static_cast<std::ptrdiff_t>(all.size());
        auto part = some(std::vector<std::string>{shop});
        all.insert(all.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
        std::inplace_merge(all.begin(), all.begin() + middle, all.end(), less);
        if (static_cast<std::int64_t>(all.size()) > limit) all.resize(static_cast<std::size_t>(limit));
    }
    return all;
}

enum class CaseSort { due, changed, opened };
struct CaseFilter {
    std::vector<std::string> shops;
    std::vector<std::string> statuses;
    std::optional<std::string> kind, header, owner;
    bool unowned = false, urgent = false;
    std::optional<std::string> cause;
    std::optional<Instant> opened_from, opened_before;  ///< these two and the cause: sorted by opening, whatever `sort` says
    Instant due_before = kLatest;  ///< nearest clock at or before
    CaseSort sort = CaseSort::due;
};
PageOf<CaseRow> list_cases(Tx& tx, const CaseFilter& filter, const std::optional<Cursor>& after, std::int64_t limit);
/// How many they are; at most `limit` are counted.
std::int64_t count_filtered(Tx& tx, const CaseFilter& filter, std::int64_t limit);
/// By the beginning of a case number, topic, order number, customer's name or tracking number, the last four digits of a phone, or the SKU
/// of goods in one of the latest 2,000 orders of them; newest first, at most 200.
std::vector<CaseRow> find_cases(Tx& tx, const std::vector<std::string>& shops, const std::string& text);
std::vector<CaseRow> cases_of_order(Tx& tx, const OrderId& id, const std::vector<std::string>& shops);
std::vector<CaseRow> cases_of_customer(Tx& tx, const CustomerId& id, const std::vector<std::string>& shops);
/// Each number up to CaseCounts::kMost.
CaseCounts count_cases(Tx& tx, const std::vector<std::string>& shops, const StaffId& me, Instant soon);

/// Events with a higher seq, at most 1,000, with the text of the notes they name.
std::vector<TimelineEvent> timeline(Tx& tx, const CaseId& id, std::int64_t after);
/// `not_found` "case_not_found".
Result<ShopId> shop_of_case(Tx& tx, const CaseId& id);
/// `not_found` "task_not_found".
Result<CaseId> case_of_task(Tx& tx, const TaskId& id);

PageOf<RefundRow> list_refunds(Tx& tx, const std::vector<std::string>& shops, const std::vector<std::string>& states,
                               const std::optional<Cursor>& after, std::int64_t limit);

/// Where a prefix search ends: every text that starts with `prefix` is ≥ prefix and < this.
std::string prefix_end(std::string prefix);
/// The last four digits when the text is a phone, a masked one or its tail (digits, spaces, +, - and * only, at least four
/// digits; an extension behind eleven digits does not count), else "".
std::string phone_last4(const std::string& text);

}  // namespace aftercare::store
