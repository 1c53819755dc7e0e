#include "store/hash_chain.hpp"

#include <sodium.h>

#include <array>

namespace aftercare::store {
namespace {

using Digest = std::array<unsigned char, crypto_hash_sha256_BYTES>;

std::string hex_of(const Digest& digest) {
    std::string hex(2 * digest.size() + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    hex.pop_back();
    return hex;
}

}  // namespace

std::string chain_hash(std::string_view prev_hash, std::string_view stream, std::int64_t seq, const domain::Event& event,
                       std::string_view payload) {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    const auto add = [&](std::string_view part) {
        const std::string size = std::to_string(part.size()) + ":";
        crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(size.data()), size.size());
        crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(part.data()), part.size());
    };
    add(prev_hash);
    add(stream);
    add(std::to_string(seq));
    add(domain::type_of(event));
    add(std::to_string(event.at.ms));
    add(event.actor_id.value);
    add(word(event.actor_role));
    add(payload);
    Digest digest{};
    crypto_hash_sha256_final(&state, digest.data());
    return hex_of(digest);
}

std::string sha256_hex(std::string_view text) {
    Digest digest{};
    crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
    return hex_of(digest);
}

}  // namespace aftercare::store
