#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include "domain/errands.hpp"
#include "story.hpp"

/// Anybody tries anything with an errand, in any order: it is always one person's or one department's, and it ends once.
using namespace story;

namespace {

const std::array kHands{agent, agent2, lead, warehouse, technician, staff("boss", {Role::admin}), plugin, timer};

std::size_t below(std::size_t n) { return *rc::gen::inRange<std::size_t>(0, n); }

bool is_one_holders(const ErrandStand& errand) { return errand.owner_id.empty() == errand.department.has_value(); }

Result<ErrandStand> tried(const ErrandStand& errand, const Actor& who, std::size_t act, bool member) {
    if (act == 0) return take_errand(errand, who, member);
    return act == 1 ? finish_errand(errand, who, member) : drop_errand(errand, who);
}

}  // namespace

TEST_CASE("an errand ends once and has one holder, whoever tries what") {
    rc::prop("an errand ends once and has one holder", [] {
        ErrandStand errand;
        if (below(2) == 0) errand.owner_id = kHands[below(kHands.size())].staff_id;
        if (below(2) == 0) errand.department = Department::warehouse;
        const Actor& giver = kHands[below(kHands.size())];
        errand.asked_by = giver.staff_id;
        const bool given = check_given(errand, giver).has_value();
        RC_ASSERT(!given || is_one_holders(errand));
        if (!given) return;
        for (std::size_t i = below(12); i > 0; --i) {
            const Actor& who = kHands[below(kHands.size())];
            const auto after = tried(errand, who, below(3), below(2) == 0);
            if (!after) continue;
            RC_ASSERT(errand.state == ErrandState::open);
            RC_ASSERT(is_one_holders(*after));
            RC_ASSERT(after->asked_by == errand.asked_by);
            RC_ASSERT(after->state != ErrandState::done || after->owner_id == who.staff_id);
            RC_ASSERT(errand.owner_id.empty() || after->owner_id == errand.owner_id);  // from a person it goes to nobody else
            errand = *after;
        }
    });
}
