#pragma once
#include <aftercare/base/result.hpp>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>

#include "env/random.hpp"

/// Secrets at rest: sealed with a key that lives in a file beside the database, never in it.
namespace aftercare::env {

using SecretKey = std::array<unsigned char, 32>;

/// The key in `file`; a fresh one is written there (mode 0600) when there is none. Safe when several processes start at once.
/// `unavailable` "secret_key_unusable" with a sentence for the operator in `detail`.
Result<SecretKey> load_secret_key(const std::filesystem::path& file, Random& random);

/// Authenticated encryption (XSalsa20-Poly1305) as base64 of a fresh nonce and the sealed text.
std::string seal(const SecretKey& key, std::string_view plain, Random& random);
/// The text again; `unavailable` "secret_unreadable" when it was sealed with another key or has been changed.
Result<std::string> open_sealed(const SecretKey& key, std::string_view sealed);

/// A fingerprint of a value that only this installation can make (BLAKE2b under the key), 64 lower-case hex digits: whoever has the
/// database alone cannot try out phone numbers against it.
std::string keyed_hash(const SecretKey& key, std::string_view value);

}  // namespace aftercare::env
