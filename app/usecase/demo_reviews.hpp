#pragma once
#include "usecase/demo_matters.hpp"

namespace aftercare::usecase::demo {

/// What buyers wrote in the last days: stars of every kind, some answered, followed up or set aside.
Result<void> tell_reviews(const House&);

}  // namespace aftercare::usecase::demo
