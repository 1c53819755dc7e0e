#pragma once
#include "usecase/demo_matters.hpp"

namespace aftercare::usecase::demo {

/// Refunds without a return, exchanges, repairs and goods sent again, each in another state.
Result<void> tell_kinds(const House&);

}  // namespace aftercare::usecase::demo
