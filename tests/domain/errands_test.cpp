#include "domain/errands.hpp"

#include <catch2/catch.hpp>

#include "story.hpp"

/// Work that belongs to no case: given, taken, done or dropped.
using namespace story;

namespace {

template <class T>
std::string refusal(const Result<T>& result) { return result ? std::string() : result.error().code; }

const ErrandStand kOfAgent{agent.staff_id, {}, lead.staff_id, ErrandState::open}, kOfHall{{}, Department::warehouse, lead.staff_id, ErrandState::open};

}  // namespace

TEST_CASE("a lead gives an errand to anybody, others only to themselves, and always to one person or one department") {
    CHECK(refusal(check_given(kOfAgent, lead)).empty());
    CHECK(refusal(check_given(kOfHall, lead)).empty());
    CHECK(refusal(check_given(kOfAgent, staff("boss", {Role::admin}))).empty());
    CHECK(refusal(check_given(kOfAgent, agent)).empty());
    CHECK(refusal(check_given(kOfAgent, agent2)) == "errand_needs_lead");
    CHECK(refusal(check_given(kOfHall, warehouse)) == "errand_needs_lead");
    const ErrandStand nobodys{{}, {}, lead.staff_id, {}}, both{agent.staff_id, Department::lead, lead.staff_id, {}};
    for (const auto& wrong : {nobodys, both}) CHECK(check_given(wrong, lead).error().fields == std::vector<FieldError>{{"/department", "one_of_owner_department"}});
}

TEST_CASE("whoever works in the department takes its errand, and then it is theirs alone") {
    CHECK(refusal(take_errand(kOfHall, agent, false)) == "errand_not_yours");
    const auto taken = take_errand(kOfHall, warehouse, true);
    REQUIRE(taken);
    CHECK(*taken == ErrandStand{warehouse.staff_id, {}, lead.staff_id, ErrandState::open});
    CHECK(refusal(take_errand(*taken, technician, true)) == "errand_taken");
    CHECK(refusal(finish_errand(*taken, technician, true)) == "errand_not_yours");
    CHECK(refusal(finish_errand(*taken, lead, true)) == "errand_not_yours");  // a lead drops it, but did not do it
    CHECK(finish_errand(*taken, warehouse, false)->state == ErrandState::done);
    CHECK(finish_errand(kOfHall, technician, true)->owner_id == technician.staff_id);  // done is taken, too
}

TEST_CASE("who gave an errand takes it back, and so does a lead; what ended stays so") {
    const ErrandStand own{agent.staff_id, {}, agent.staff_id, ErrandState::open};
    CHECK(refusal(drop_errand(kOfAgent, agent)) == "errand_not_given_by_you");
    CHECK(drop_errand(own, agent)->state == ErrandState::dropped);
    CHECK(drop_errand(own, lead2)->state == ErrandState::dropped);
    ErrandStand over = kOfAgent;
    over.state = ErrandState::done;
    CHECK(refusal(drop_errand(over, lead)) == "errand_done");
    over.state = ErrandState::dropped;
    CHECK(refusal(finish_errand(over, agent, false)) == "errand_dropped");
}
