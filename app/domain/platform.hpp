#pragma once
#include <optional>

#include "domain/batches.hpp"
#include "domain/commands.hpp"
#include "domain/decision.hpp"
#include "domain/draft.hpp"
#include "domain/operations.hpp"

/// What a marketplace says of a case (after-sales.md sections 1, 7 and 8): an overlay that never moves goods or money. Its last
/// word is its newest version, and the clock and the open tasks that follow are a function of that word and the time (I22).
namespace aftercare::domain {

/// A version that is not newer changes nothing. `refused` "other_after_sale" when the case goes by another number there.
Result<Decision> hear_platform(const CaseState&, const HearPlatform&, const Facts&);

/// The clock of its deadline as it must be in this state, and tasks that are asked for no more.
void tend_platform(Moves& moves, const CaseState& after, const Facts& facts);

/// The marketplace hears the decision, unless it spoke of it first or only people told of it.
void tell_platform(Draft& draft, const OperationId&, PlatformVerdict);

/// While the marketplace has it in hand the shop neither closes nor rejects nor withdraws: `refused` "platform_intervenes".
Result<void> platform_allows(const CaseState&, CommandWord, const Facts&);
/// What is still to be settled of a ruling for the buyer; 0 when there is none. It then binds every way of settling.
std::int64_t ruled_owed(const CaseState&);
/// How much of that the operation settles, whoever would rather send new goods: no more than all of it is worth in money and than there is.
/// Nothing when nothing is owed, or nothing can be paid.
std::optional<std::int64_t> ruled_rest(const CaseState&, const Operation&, const PolicyTerms&);

inline constexpr Duration kPlatformNotice = hours(4);  ///< a lead is told so long before its deadline (section 9)

}  // namespace aftercare::domain
