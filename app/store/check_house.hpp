#pragma once
#include <vector>

#include "store/check.hpp"

namespace aftercare::store {

/// What stands beside the streams: rows that name nothing, that say otherwise than what they rest on, or that no act leaves behind. Each kind
/// is told at most 100 times.
Result<void> check_house(Store&, std::vector<Difference>& differences);

}  // namespace aftercare::store
