#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace aftercare::domain {

/// Splits `total` ≥ 0 over `weights` ≥ 0 by largest remainder (Hamilton): every part is the exact share rounded down or up,
/// the parts add up to `total`, equal remainders go to the earlier part. All weights 0: everything to the first part.
/// Empty weights: empty. Safe for totals and weights up to 9e15.
std::vector<std::int64_t> allocate(std::int64_t total, std::span<const std::int64_t> weights);

}  // namespace aftercare::domain
