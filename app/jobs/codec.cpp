#include <aftercare/codec/json.hpp>

#include "jobs/pulls.hpp"

namespace aftercare {
template Result<jobs::PullSettings> decode(std::string_view);
}  // namespace aftercare
