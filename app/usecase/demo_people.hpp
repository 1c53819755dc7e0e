#pragma once
#include "usecase/demo_matters.hpp"

namespace aftercare::usecase::demo {

/// Hours with a Sunday that is worked for a Monday off, two shifts at the desk, and a budget for compensation. Before the stories, which keep to them.
Result<void> set_rules(const House&);
/// What the desk looks up, what a lead wants done and taught besides cases, two questions that are one and a complaint that belongs to them, an offer and a
/// compensation over the budget that wait for a lead, parcels that nobody announced, and handovers of the shop and of a team that wait for the next shift.
Result<void> tell_people(const House&);

}  // namespace aftercare::usecase::demo
