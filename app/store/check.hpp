#pragma once
#include <functional>
#include <string>
#include <vector>

#include "store/store.hpp"

/// `aftercare check` (architecture.md, section 17): derives every case and ledger again from events and facts and compares; what stands
/// beside the streams (hours, rosters, policies, ties, unified replies, approvals, handovers, reviews) must name what is there and be possible.
namespace aftercare::store {

/// One thing that is not as derived. `column` names the field, or "rows", "seq", "hash", "payload".
struct Difference {
    static constexpr std::string_view kSchema = "Difference";
    std::string stream, table, column, stored, derived;
    bool operator==(const Difference&) const = default;
};
template <class Io>
void fields(Io& io, Difference& d) {
    io("stream", d.stream);
    io("table", d.table);
    io("column", d.column);
    io("stored", d.stored);
    io("derived", d.derived);
}

struct CheckReport {
    std::int64_t cases = 0, events = 0, orders = 0;
    std::vector<Difference> differences;  ///< at most kMaxDifferences
};
template <class Io>
void fields(Io& io, CheckReport& r) {
    io("cases", r.cases);
    io("events", r.events);
    io("orders", r.orders);
    io("differences", r.differences);
}
inline constexpr std::size_t kMaxDifferences = 10'000;

/// Order by order, in bounded memory, each slice in one snapshot; the shop may go on working. `progress` hears after each slice.
Result<CheckReport> check(Store& store, const std::function<void(const CheckReport&)>& progress);
/// Writes the derived rows of every case with a difference again from its events, under the holds. Returns how many orders and
/// order-less cases were written. A stream that cannot be read back is left alone (its difference stays).
Result<std::int64_t> rebuild(Store& store);

}  // namespace aftercare::store
