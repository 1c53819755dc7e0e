#pragma once
#include <aftercare/base/result.hpp>

#include "domain/draft.hpp"

/// Goods for the customer: set aside, planned, paid for, cancelled (after-sales.md section 3).
namespace aftercare::domain {

/// Asks somebody to set the goods aside.
void ask_stock(Draft& draft, const OperationId& id);
/// An exchange that sends first: the parcel is planned, and its difference owed, by the approval.
void plan_in_advance(Draft& draft, const OperationId& id);
/// What was repaired, or could not be, goes back.
void plan_repaired(Draft& draft, const OperationId& id);
/// All that is not in a parcel yet is on its way to us: a stopped parcel, or one that the courier swapped at the door.
void ship_all(Draft& draft, const OperationId& id, const std::string& carrier, const std::string& tracking);
/// Goods that the customer waits for are not sent; what they were worth is paid back, less a difference that was never paid.
/// `refused` "parcel_already_sent", "nothing_awaited" or "not_enough_captured".
Result<void> cancel_replacement(Draft& draft, const OperationId& id, bool system);
/// An exchange that sends first and has not sent yet: the plan is void, nothing is owed, and a difference that was paid is paid back.
/// `refused` "parcel_already_sent", "goods_promised" (old goods were taken in for it) or "not_enough_captured".
Result<void> cancel_advance(Draft& draft, const OperationId& id, bool system);
/// I15, and that the goods can be had. `refused` "difference_not_paid", "parcel_still_out", "goods_not_reserved" {stock}.
Result<void> may_leave(const CaseState& state, const Operation& operation, const OutboundLeg& leg);
/// Planned parcels with goods for the customer that may leave now: the warehouse can be told to send them.
std::vector<std::pair<OperationId, OutboundLegId>> parcels_to_send(const CaseState& state);
/// The parcel that goes out holds these lines.
std::vector<OutboundLine> lines_of_parcel(const CaseState& state, const OutboundLegId& id);

}  // namespace aftercare::domain
