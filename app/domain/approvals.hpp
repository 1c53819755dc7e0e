#pragma once
#include "domain/draft.hpp"

/// An approval and what it sets going (rows 2 and 3, and the checks of section 3).
namespace aftercare::domain {

/// The promise as it would be given now, for the units still held.
Quote quote_now(const CaseState&, const Operation&, const Facts&);
/// Compensation promised in this month of the shop's zone, as far as Known::given tells of it.
std::int64_t given_this_month(const Facts&);
/// G-limit: amounts above the actor's limit, goods kept, goodwill, goods sent again or sent first. `refused` "over_limit", "over_budget" {amount, left},
/// "keep_goods_too_often" {count, days}, "advance_needs_lead" or "same_person".
Result<void> check_approver(const CaseState&, const Operation&, const Quote&, const Facts&);
/// What of a quote is given by who promises it: money, and goods that are sent before others are here.
std::int64_t given(const Operation&, const Quote&);
/// G-limit of so much in all for this operation, beside what the case's others promise: for whoever promises more than was approved.
/// Goods that were sent again stay with the customer, as goods kept do. `refused` "over_limit" or "same_person".
Result<void> check_given(const CaseState&, const Operation&, std::int64_t amount, const Facts&);
/// The refund is paid when the parcel is scanned, before inspection.
bool pays_at_once(const PolicyTerms&, const Operation&);
/// `refused` "not_enough_captured" when the order has not enough money left for the promise.
Result<void> check_money(const CaseState&, const Operation&, const Quote&, const Facts&);
/// Approves, or first has checked what the kind wants to be checked. The guards came first.
void approve_now(Draft& draft, const OperationId& id, const Quote& quote, const StaffId& approver, bool system);
/// The task that asks a person for the check of this operation.
std::string_view check_task(const Operation&);

}  // namespace aftercare::domain
