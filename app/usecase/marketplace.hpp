#pragma once
#include <aftercare/connector/courier.hpp>
#include <aftercare/connector/marketplace.hpp>

#include "usecase/arrivals.hpp"
#include "usecase/schedules.hpp"

/// What marketplaces and couriers bring (after-sales.md, section 7). Each function takes one item inside a change: empty, or the
/// code of the problem that is kept.
namespace aftercare::usecase {

/// A new order; one that is there already stays as it is.
std::string take_order(const Arrivals&, const PulledConnector&, const SoldOrder&, const RawJson&);

/// An after-sale as it stands there. A new one opens a case with its return; one that is known is heard, and the case follows as far
/// as the rules go: approved, shipped back, rejected, withdrawn, refunds paid. What the rules refuse is a problem and a task, and the
/// marketplace's word is kept all the same. `number`: of a new case.
std::string take_after_sale(const Arrivals&, const PulledConnector&, const AfterSale&, const RawJson&, const std::string& number);
/// Would it open a case?
bool needs_number(Context&, const PulledConnector&, const RawJson&);
/// Kept after-sales whose order has come meanwhile.
Result<std::vector<RawJson>> after_sales_to_retry(Context&, const PulledConnector&);

/// A parcel handed over: it is on its way back.
std::string take_parcel(const Arrivals&, const PulledConnector&, const SentParcel&, const RawJson&);

}  // namespace aftercare::usecase
