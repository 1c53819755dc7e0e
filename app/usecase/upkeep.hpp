#pragma once
#include "usecase/context.hpp"

/// What is kept for a while only.
namespace aftercare::usecase {

/// Deletes a batch of what nobody may ask for any more: answers under keys after 24 hours, sessions that are over, failed
/// sign-ins that no longer count, deliveries to webhooks that were taken 30 days ago, photos that nobody names after a day. True when there may be more. In the bulk lane.
Result<bool> forget_old(Context&);

}  // namespace aftercare::usecase
