#pragma once
#include "store/reports.hpp"
#include "usecase/context.hpp"

/// What leads tell upward: why cases came, whose fault it was, which goods, and what will prevent it.
namespace aftercare::usecase {

using store::CausesReport;

inline constexpr std::int64_t kMostReportDays = 400;

struct CausesQuery {
    std::optional<ShopId> shop_id;
    Instant from, to;  ///< cases opened in [from, to)
    std::optional<std::string> cause;
};
template <class Io>
void fields(Io& io, CausesQuery& q) {
    io("shop_id", q.shop_id);
    io("from", q.from, doc("of closed cases that were opened from then"));
    io("to", q.to, doc("until then; at most 400 days after from"));
    io("cause", q.cause, length(0, 64), doc("narrows goods, malfunctions and preventions"));
}
/// `invalid` "/to" out_of_range: not after `from`, or more than kMostReportDays after it.
Result<CausesReport> causes_report(Context&, const Actor&, const CausesQuery&);

}  // namespace aftercare::usecase
