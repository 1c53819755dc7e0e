#pragma once
#include <aftercare/base/result.hpp>

#include "domain/commands.hpp"
#include "domain/decision.hpp"

namespace aftercare {
/// How one case stands to another of its shop.
AC_WORDS(Relation, related, duplicate_of, follows);
}  // namespace aftercare

/// Two cases that are one (I30). Streams are hash chained and never mixed: the merged case keeps its own and is closed, the target's page shows
/// both, and whatever comes for the merged one lands on its target. Which that is, is a row (store/ties.hpp).
namespace aftercare::domain {

inline constexpr std::string_view kMergedCause = "merged";  ///< cause_code of a case that goes on in another; nobody may close with it

[[nodiscard]] bool is_merged(const Case&);
/// `refused` "case_merged" {number of the target}.
Result<void> not_merged(const CaseState&);

struct Merged {
    Decision from;  ///< closed; its summary is the target's number
    Decision into;  ///< hears why, when something was said
};
/// `from` goes on in `into`. A case whose operations are open is not merged, because they hold units and money under their own stream:
/// `refused` "merge_open_operations" {operation_id, state}; nor one that a marketplace knows: "merge_platform_case". Further "task_open",
/// "case_already_closed", "target_closed", "target_merged"; without a lead "other_customer", "complaint_needs_lead", "lead_must_own".
Result<Merged> merge_case(const CaseState& from, const CaseState& into, const MessageId& note_id, const Facts&);
/// Open again, as it was; `was`: its matter before. Whether nothing new happened is for the caller to know. `refused` "not_merged".
Result<Decision> unmerge_case(const CaseState&, const Matter& was, const MessageId& note_id, const Facts&);

}  // namespace aftercare::domain
