#include "domain/errands.hpp"

#include "domain/operations.hpp"

namespace aftercare::domain {
namespace {

Result<void> still_open(const ErrandStand& errand) {
    if (errand.state == ErrandState::open) return {};
    return refuse(errand.state == ErrandState::done ? "errand_done" : "errand_dropped");
}

bool is_of(const StaffId& person, const Actor& actor) { return !person.empty() && person == actor.staff_id; }

ErrandStand owned_by(ErrandStand errand, const Actor& actor) {
    errand.owner_id = actor.staff_id;
    errand.department.reset();
    return errand;
}

}  // namespace

bool leads(const Actor& actor) { return actor.has(Role::lead) || actor.has(Role::admin) || actor.has(Role::system); }

Result<void> check_given(const ErrandStand& errand, const Actor& actor) {
    if (errand.owner_id.empty() != errand.department.has_value()) return fail_field("/department", "one_of_owner_department");
    if (leads(actor) || is_of(errand.owner_id, actor)) return {};
    return refuse("errand_needs_lead", {}, {{"ask_a_lead", {}}});
}

Result<ErrandStand> take_errand(const ErrandStand& errand, const Actor& actor, bool member) {
    AC_CHECK(still_open(errand));
    if (!errand.department) return refuse("errand_taken");
    if (!member || actor.staff_id.empty()) return refuse("errand_not_yours");
    return owned_by(errand, actor);
}

Result<ErrandStand> finish_errand(const ErrandStand& errand, const Actor& actor, bool member) {
    AC_CHECK(still_open(errand));
    const bool takes = errand.department && member && !actor.staff_id.empty();
    if (!takes && !is_of(errand.owner_id, actor)) return refuse("errand_not_yours");
    ErrandStand after = owned_by(errand, actor);
    after.state = ErrandState::done;
    return after;
}

Result<ErrandStand> drop_errand(const ErrandStand& errand, const Actor& actor) {
    AC_CHECK(still_open(errand));
    if (!leads(actor) && !is_of(errand.asked_by, actor)) return refuse("errand_not_given_by_you", {}, {{"ask_a_lead", {}}});
    ErrandStand after = errand;
    after.state = ErrandState::dropped;
    return after;
}

}  // namespace aftercare::domain
