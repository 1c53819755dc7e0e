#pragma once

namespace aftercare::env {

/// Makes libsodium ready, once; throws when the machine gives no randomness. Private to env.
void need_sodium();

}  // namespace aftercare::env
