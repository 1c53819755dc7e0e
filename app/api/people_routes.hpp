#pragma once
#include "api/routes.hpp"

namespace aftercare::api {

/// Links and merges, approvals, handovers.
void add_people_routes(Routes& routes);

}  // namespace aftercare::api
