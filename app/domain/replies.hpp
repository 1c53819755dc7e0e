#pragma once
#include "domain/decision.hpp"

/// The clock of an unanswered customer message: their word starts it, ours meets it (after-sales.md section 9, next reply).
namespace aftercare::domain {

/// Working time until the first human reply is due, by channel and policy; and until the next.
Instant first_reply_due(const Case& c, const Facts& facts);
Instant next_reply_due(const Case& c, const Facts& facts);

/// After an event. While nobody has ever answered, the clock of the first reply stands for it.
void tend_next_reply(Moves& moves, const CaseState& after, const EventBody& event, const Facts& facts);

inline constexpr std::string_view kNextReplyTask = "next_reply_overdue";

}  // namespace aftercare::domain
