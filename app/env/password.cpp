#include "env/password.hpp"

#include <sodium.h>

#include <array>

#include "env/sodium.hpp"

namespace aftercare::env {
namespace {

constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemory = 19 * 1024 * 1024;

template <std::size_t N>
std::string base64url(const std::array<std::byte, N>& bytes) {
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_ENCODED_LEN(N, variant), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), N, variant);
    text.pop_back();  // libsodium counts the closing NUL
    return text;
}

}  // namespace

Result<std::string> hash_password(std::string_view password) {
    need_sodium();
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), kPasses, kMemory,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(ErrorKind::unavailable, "out_of_memory");
    return std::string(hash.data());
}

bool verify_password(const std::string& hash, std::string_view password) {
    need_sodium();
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

std::string make_secret(Random& random) {
    std::array<std::byte, 32> bytes;
    random.fill(bytes);
    return base64url(bytes);
}

std::string hash_secret(std::string_view secret) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest;
    crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(secret.data()), secret.size());
    std::string hex(2 * digest.size() + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    hex.pop_back();
    return hex;
}

bool same_secret(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace aftercare::env
