#pragma once
#include <aftercare/connector/pull.hpp>
#include <aftercare/base/words.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/schedules.hpp"
#include "usecase/context.hpp"

namespace aftercare {
/// All that connectors are asked for, in this order: an after-sale needs its order, an inspection its receipt.
AC_WORDS(PullStream, orders, after_sales, parcels, receipts, inspections, shipments);
}  // namespace aftercare

/// What time brings: clocks that run out, and what connectors have to tell when they are asked.
namespace aftercare::usecase {

/// Running clocks due by now, oldest first, after the last one of the page before.
Result<std::vector<store::DueClock>> due_clocks(Context&, std::int64_t limit, const std::optional<store::DueClock>& after = {});
/// Lets the domain decide what an expired clock means, as the system. A clock that no longer runs changes nothing.
Result<Done> fire_clock(Context&, const store::DueClock&);
/// The due time of the next running clock.
Result<std::optional<Instant>> next_clock(Context&);

using store::DueClock;

/// A connector that is asked for news.
struct PulledConnector {
    ConnectorId id;
    ShopId shop_id;
};
/// The operation that reads a stream.
std::string_view pull_op(PullStream);
/// The request for the next page of a stream.
Result<PullFrom<PullStream>> next_pull(Context&, const PulledConnector&, PullStream);

/// How a page was taken.
struct Taken {
    std::int64_t taken = 0;     ///< items that changed their case, or were known already
    std::int64_t problems = 0;  ///< items kept in delivered_problem
    bool more = false;          ///< pull again at once
};
/// Takes one page: each item in a transaction of its own, as the plugin, in the connector's shop.
/// The cursor is stored with the last item. An item that is refused, unreadable or names nothing becomes a connector problem
/// (and a task, where there is a case) and stands in nobody's way. `invalid` "bad_reply": this is no page, nothing was taken.
/// `unavailable`: stopped in the middle; pulling the same cursor again is safe.
Result<Taken> take_page(Context&, const PulledConnector&, PullStream, std::string_view reply_json);

}  // namespace aftercare::usecase
