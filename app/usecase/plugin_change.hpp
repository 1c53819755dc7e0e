#pragma once
#include <string>
#include <utility>

#include "domain/decision.hpp"
#include "store/case_state.hpp"
#include "usecase/context.hpp"
#include "usecase/facts.hpp"

namespace aftercare::usecase {

/// Changes one case by what the outside said (as `actor`), inside a change that does more. `decide` gets (state, Facts) with the policy that
/// the operation was made under. A refusal has written nothing, so the change can go on.
template <class Decide>
Result<store::CaseChanged> tell_case(Context& ctx, store::Tx& tx, const CaseId& case_id, const OperationId& operation_id,
                                     Instant now, std::vector<store::Hint>& hints, Decide&& decide,
                                     const Actor& actor = domain::plugin_actor(), const store::Wanted& wanted = {}) {
    const std::function<std::string()> next_id = [&ctx] { return ctx.ids.next(); };
    const Guard guard{actor.principal, {}, {}, {}, now};
    return store::change_case_in(
        tx, case_id, actor, guard,
        [&](const domain::CaseState& state, const store::CaseSurroundings& around) -> Result<store::CaseDecision> {
            const domain::Facts facts{now, actor, around.policy_for(state, operation_id), calendar_of(around.calendar), next_id, around.tracking_used_by, around.known};
            AC_TRY(domain::Decision decision, decide(state, facts));
            return store::CaseDecision{std::move(decision), {}, &facts.calendar};
        },
        hints, wanted);
}

}  // namespace aftercare::usecase
