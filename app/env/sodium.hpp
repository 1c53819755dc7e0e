#pragma once
#include <sodium.h>

namespace aftercare::env {

/// Makes libsodium ready, once; throws when the machine gives no randomness. Private to env.
void need_sodium();
inline constexpr int kBase64 = sodium_base64_VARIANT_ORIGINAL;

}  // namespace aftercare::env
