#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/result.hpp>
#include <aftercare/base/words.hpp>
#include <aftercare/model/words.hpp>
#include <optional>

#include "domain/access.hpp"

namespace aftercare {
using ErrandId = Id<struct ErrandTag>;
AC_WORDS(ErrandState, open, done, dropped);
}  // namespace aftercare

/// Work that belongs to no case: who may give it to whom, and who ends it. Pure.
namespace aftercare::domain {

/// Whose an errand is: one person's, or one department's until somebody there takes it.
struct ErrandStand {
    StaffId owner_id;
    std::optional<Department> department;
    StaffId asked_by;
    ErrandState state{};
    bool operator==(const ErrandStand&) const = default;
};

/// A lead or an admin: gives work to others, and takes back what anybody gave.
bool leads(const Actor&);
/// `invalid` "/department" one_of_owner_department unless it is exactly one; `refused` "errand_needs_lead" for anybody but oneself.
Result<void> check_given(const ErrandStand&, const Actor&);
/// `member`: the actor works in its department. `refused` "errand_done", "errand_dropped", "errand_taken" when it is a person's, "errand_not_yours".
Result<ErrandStand> take_errand(const ErrandStand&, const Actor&, bool member);
/// By its owner, or by a member of its department, whose it is then. `refused` "errand_done", "errand_dropped", "errand_not_yours".
Result<ErrandStand> finish_errand(const ErrandStand&, const Actor&, bool member);
/// By whoever gave it, or by a lead. `refused` "errand_done", "errand_dropped", "errand_not_given_by_you".
Result<ErrandStand> drop_errand(const ErrandStand&, const Actor&);

}  // namespace aftercare::domain
