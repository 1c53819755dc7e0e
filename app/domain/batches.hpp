#pragma once
#include "domain/draft.hpp"

/// Goods become money: which units a final quote covers, and what it may be.
namespace aftercare::domain {

/// Units of an operation that can get a final quote now, and their full quote.
struct Batch {
    std::vector<BatchLine> lines;
    std::vector<UnitRun> accepted;     ///< with us, the very units
    std::vector<UnitRun> written_off;  ///< missing or lost (either way), the very units
    std::vector<std::int64_t> replacements;  ///< exchange: what the goods in place of each line's units are worth
    Quote full;
    bool replaces = false;  ///< the customer gets goods for them; otherwise money
    [[nodiscard]] bool empty() const { return lines.empty(); }
};
/// Everything inspected that is not in dispute. Of a repair: units that go on to be repaired, worth nothing.
Batch undisputed(const CaseState& state, const Operation& operation, const PolicyTerms& terms);
/// That (but of a repair), and what is in dispute, missing or lost. `replaces`: an exchange goes on.
Batch everything(const CaseState& state, const Operation& operation, const PolicyTerms& terms, bool replaces = false);
/// What was asked for before its goods were settled, paid or not: an exchange that sends first is paid for first.
std::int64_t prepaid(const CaseState& state, const Operation& operation);
/// Units of the line that came back, or not, while their replacement is with the customer already.
std::int64_t owed_back(const OperationLine& line);
/// The same of a whole operation: only units that the customer has not sent yet.
std::int64_t goods_owed(const CaseState& state, const OperationId& id);

/// The most that a ruling may give for the batch: no fee, and the order's own shipping if it is still free.
std::int64_t most_ruled(const CaseState& state, const Operation& operation, const Batch& batch);

/// The batch gets this final quote: units leave the customer's side for good, the amount becomes payable or is owed by the customer,
/// and what an exchange sends in their place is planned. `refused` "not_enough_captured" when a ruling exceeds the order's free money.
Result<void> settle(Draft& draft, const OperationId& id, const Batch& batch, const Quote& quote, SettledBy by,
                    const std::string& reason, bool system);
/// An approved operation whose goods do not come back gets its promise at once.
void settle_in_place(Draft& draft, const OperationId& id);
/// What follows a change of goods by rule: mismatch found, or all that came accepted (rows 16, 17).
void judge_goods(Draft& draft, const OperationId& id);
/// True when something inspected and undisputed was not graded pass.
bool pending_needs_person(const CaseState& state, const OperationId& id);

}  // namespace aftercare::domain
