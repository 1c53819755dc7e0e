#pragma once
#include <optional>

#include "domain/commands.hpp"
#include "domain/decision.hpp"
#include "domain/operations.hpp"

/// What a marketplace says of a case (after-sales.md sections 1, 7 and 8): an overlay that never moves goods or money. Its last
/// word is a function of the newest version alone, and so are the clock and the tasks that follow from it (I22).
namespace aftercare::domain {

/// A version that is not newer changes nothing. `refused` "other_after_sale" when the case goes by another number there.
Result<Decision> hear_platform(const CaseState&, const HearPlatform&, const Facts&);

/// The clock of its deadline and the tasks that its last word asks for, as they must be in this state.
void tend_platform(Moves& moves, const CaseState& after, const Facts& facts);

/// While the marketplace has it in hand the shop neither closes nor rejects nor withdraws: `refused` "platform_intervenes".
Result<void> platform_allows(const CaseState&, CommandWord, const Facts&);
/// What its ruling for the buyer still asks to be settled, at most `most`; nothing without such a ruling.
std::optional<std::int64_t> ruled_rest(const CaseState&, std::int64_t most);

inline constexpr Duration kPlatformNotice = hours(4);  ///< a lead is told so long before its deadline (section 9)

}  // namespace aftercare::domain
