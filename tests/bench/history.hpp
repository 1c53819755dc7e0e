#pragma once
#include <string>
#include <vector>

#include "bench/goals.hpp"
#include "bench/shop.hpp"

namespace aftercare::bench {

/// The shop of `plan.customers` people with five orders each, made once and kept, and a token that may read it.
Shop need_history(const Plan& plan);
/// The paths of so many of its people, at random.
std::vector<std::string> history_paths(const Plan& plan, std::size_t count);

}  // namespace aftercare::bench
