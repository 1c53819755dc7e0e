#pragma once
#include <aftercare/base/result.hpp>
#include <string>
#include <string_view>

#include "env/random.hpp"

namespace aftercare::env {

/// argon2id (19 MiB, t=2) in its usual text form "$argon2id$…", salted; about 30 ms of one core. `unavailable`
/// "out_of_memory" when the machine cannot give the memory. Never call it inside a transaction.
Result<std::string> hash_password(std::string_view password);

/// True when `hash` was made from `password`; a hash that is none is false. Costs as much as hashing.
bool verify_password(const std::string& hash, std::string_view password);

/// A fresh bearer secret: 32 random bytes as 43 characters of base64url. Show it once, store only `hash_secret` of it.
std::string make_secret(Random& random);

/// SHA-256 as 64 lower-case hex digits; for secrets that are random already (tokens, cookies), not for passwords.
std::string hash_secret(std::string_view secret);

/// Equality whose time does not depend on where the texts differ.
bool same_secret(std::string_view a, std::string_view b);

}  // namespace aftercare::env
