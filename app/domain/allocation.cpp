#include "domain/allocation.hpp"

#include <algorithm>
#include <numeric>

namespace aftercare::domain {

std::vector<std::int64_t> allocate(std::int64_t total, std::span<const std::int64_t> weights) {
    std::vector<std::int64_t> parts(weights.size(), 0);
    if (parts.empty()) return parts;
    using Wide = unsigned __int128;  // total × weight passes 64 bits
    const Wide sum = std::accumulate(weights.begin(), weights.end(), Wide{0},
                                     [](Wide a, std::int64_t w) { return a + static_cast<Wide>(w); });
    if (sum == 0) {
        parts.front() = total;
        return parts;
    }
    std::vector<std::pair<Wide, std::size_t>> remainders;
    std::int64_t left = total;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const Wide product = static_cast<Wide>(total) * static_cast<Wide>(weights[i]);
        parts[i] = static_cast<std::int64_t>(product / sum);
        left -= parts[i];
        remainders.emplace_back(product % sum, i);
    }
    std::stable_sort(remainders.begin(), remainders.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (std::int64_t i = 0; i < left; ++i) ++parts[remainders[static_cast<std::size_t>(i)].second];
    return parts;
}

}  // namespace aftercare::domain
