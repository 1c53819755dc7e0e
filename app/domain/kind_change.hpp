#pragma once
#include "domain/commands.hpp"
#include "domain/draft.hpp"
#include "domain/kinds.hpp"

namespace aftercare::domain {

/// Rows 9 and 8 of the exchange: an operation of another kind takes over all open units with their parcels and inspections; it is
/// `requested`. `lines`: what the customer gets instead. `refused` "kind_not_available", "parcel_scanned", "parcel_still_out",
/// "units_settled", "units_in_dispute" or "money_moving". The new operation's id.
Result<OperationId> supersede(Draft& draft, const OperationId& id, const KindRule& kind, const std::vector<RequestLine>& lines, bool system);

/// Nobody chose for the customer in time: money instead of goods, where the rules allow it; otherwise nothing happens.
void pay_instead(Draft& draft, const OperationId& id);

}  // namespace aftercare::domain
