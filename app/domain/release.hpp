#pragma once
#include "domain/commands.hpp"
#include "domain/draft.hpp"

/// Units that never shipped leave an operation (withdraw, the ship-back, info and appeal timers).
namespace aftercare::domain {

/// What is not yet in a parcel, line by line.
std::vector<LineCount> unshipped(const CaseState& state, const OperationId& id);
/// `wanted` as operation lines; `refused` "qty_not_to_ship" {order_line_id, available} when more than is not yet in a parcel.
Result<void> pick_unshipped(const CaseState& state, const Operation& operation, const std::vector<LineQty>& wanted,
                            std::vector<LineCount>& lines);
/// Frees these units and what was promised for them. When the operation then has nothing left it ends as `end`, or is settled
/// when some of it had been.
void release(Draft& draft, const OperationId& id, ReleaseCause cause, std::vector<LineCount> lines, DecisionState end, bool system);

}  // namespace aftercare::domain
