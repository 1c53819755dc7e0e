#pragma once
#include "domain/draft.hpp"

/// Goods become money: which units a final quote covers, and what it may be.
namespace aftercare::domain {

/// Units of an operation that can get a final quote now, and their full quote.
struct Batch {
    std::vector<BatchLine> lines;
    std::vector<UnitRun> accepted;     ///< with us, the very units
    std::vector<UnitRun> written_off;  ///< missing or lost (either way), the very units
    Quote full;
    [[nodiscard]] bool empty() const { return lines.empty(); }
};
/// Everything inspected that is not in dispute.
Batch undisputed(const CaseState& state, const Operation& operation, const PolicyTerms& terms);
/// That, and what is in dispute, missing or lost.
Batch everything(const CaseState& state, const Operation& operation, const PolicyTerms& terms);

/// The most that a ruling may give for the batch: no fee, and the order's own shipping if it is still free.
std::int64_t most_ruled(const CaseState& state, const Operation& operation, const Batch& batch);

/// The batch gets this final quote: units leave the customer's side for good, the amount becomes payable.
/// `refused` "not_enough_captured" when a ruling exceeds the order's free money.
Result<void> settle(Draft& draft, const OperationId& id, const Batch& batch, const Quote& quote, SettledBy by,
                    const std::string& reason, bool system);
/// What follows a change of goods by rule: mismatch found, or all that came accepted (rows 16, 17).
void judge_goods(Draft& draft, const OperationId& id);
/// True when something inspected and undisputed was not graded pass.
bool pending_needs_person(const CaseState& state, const OperationId& id);

}  // namespace aftercare::domain
