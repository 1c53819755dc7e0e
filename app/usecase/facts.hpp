#pragma once
#include <string>

#include "domain/decision.hpp"
#include "domain/hours.hpp"
#include "store/case_state.hpp"
#include "usecase/context.hpp"

namespace aftercare::usecase {

/// What a shop set; from an empty text the usual ones.
domain::WorkHours hours_of(const std::string& json);

/// The working calendar of a shop: the hours it set (else Monday to Friday 9:00 to 18:00), make-up days, without the days off it keeps. Made
/// once per zone, stamp of days and hours; lives as long as the program. A zone that tzdata lost since the shop was made counts as UTC.
const domain::Calendar& calendar_of(const store::ShopCalendar&);

/// The shops that a list may show: `wanted` if the actor sees it (else none), without it all of the actor's.
/// An actor for all shops without a wish gets every shop of the installation.
std::vector<std::string> shops_for(store::Tx& tx, const Actor& actor, const std::optional<ShopId>& wanted);

/// The shop of a case that the actor may see; else `not_found` "case_not_found".
Result<ShopId> seen_shop(store::Tx& tx, const Actor& actor, const CaseId& id);

/// Runs one domain command on one case: load, decide, save. `operation_id` chooses the policy version; `decide` gets
/// (state, Facts). `note`, when it has a body, is stored in the same change under the id it carries. `wanted`: what the
/// command must know of other cases. `photos`: what it names.
template <class Decide>
Result<store::CaseChanged> change_case(Context& ctx, const Actor& actor, const Guard& guard, const CaseId& case_id,
                                       const OperationId& operation_id, Decide&& decide, const Note& note = {},
                                       const store::Wanted& wanted = {}, const store::NamedPhotos& photos = {}) {
    const std::function<std::string()> next_id = [&ctx] { return ctx.ids.next(); };
    return store::change_case(
        ctx.store, case_id, actor, guard,
        [&](const domain::CaseState& state, const store::CaseSurroundings& around) -> Result<store::CaseDecision> {
            const domain::Facts facts{guard.now, actor, around.policy_for(state, operation_id), calendar_of(around.calendar), next_id, around.tracking_used_by, around.known, around.shifts};
            AC_TRY(domain::Decision decision, decide(state, facts));
            store::CaseDecision made{std::move(decision), {}, &facts.calendar, photos};
            if (!note.body.empty()) made.notes.push_back(note);
            return made;
        },
        wanted);
}

}  // namespace aftercare::usecase
