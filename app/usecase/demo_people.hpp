#pragma once
#include "usecase/demo_matters.hpp"

namespace aftercare::usecase::demo {

/// Two questions that are one and a complaint that belongs to them, an offer that waits for a lead, and a handover that waits for the next shift.
Result<void> tell_people(const House&);

}  // namespace aftercare::usecase::demo
