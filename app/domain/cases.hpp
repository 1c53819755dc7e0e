#pragma once
#include <aftercare/base/result.hpp>

#include "domain/commands.hpp"
#include "domain/decision.hpp"

/// The case around its operations: open, note, assign, tasks, close; and history from elsewhere.
namespace aftercare::domain {

/// `state` is a new case: only its order (or none), and c.id, c.shop_id and c.number. The customer is the order's unless named.
/// `refused` "order_of_other_shop" when the order is not the shop's.
Result<Decision> open_case(const CaseState& state, const OpenCase&, const Facts&);

Result<Decision> add_note(const CaseState&, const AddNote&, const Facts&);  ///< `refused` "case_merged" {number}
Result<Decision> assign_case(const CaseState&, const AssignCase&, const Facts&);
Result<Decision> finish_task(const CaseState&, const FinishTask&, const Facts&);  ///< `not_found` "task_not_found"
/// Row 22 for all settled operations. `refused` "operation_open" {operation_id, state} while one is not over.
Result<Decision> close_case(const CaseState&, const CloseCase&, const Facts&);

/// A return settled long ago (`state` as for open_case). Takes free units (with_customer first), and refunds `refunded_minor` of the payments by position.
struct ImportedReturn {
    OpenCase open;
    std::vector<LineQty> lines;
    std::int64_t refunded_minor = 0;
    Reason reason = Reason::other;
    Instant at;
};
/// `refused` "qty_not_available" {order_line_id, available}, "amount_over_value" {max} or "not_enough_captured" {free}.
Result<Decision> imported(const CaseState& state, const ImportedReturn&, const Facts&);

/// The state after a decision: every event applied in order.
CaseState after(CaseState state, const Decision& decision);
/// Adds the second decision (made on the state after the first) to the first.
void append(Decision& first, Decision second);

}  // namespace aftercare::domain
