#include "env/webhook.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <span>
#include <vector>

#include "env/sodium.hpp"

namespace aftercare::env {
namespace {

constexpr std::string_view kPrefix = "whsec_";

std::string base64(std::span<const unsigned char> bytes) {
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), kBase64), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), kBase64);
    text.pop_back();  // libsodium counts the closing NUL
    return text;
}

}  // namespace

std::string make_webhook_secret(Random& random) {
    std::array<unsigned char, 24> bytes{};
    random.fill(std::as_writable_bytes(std::span(bytes)));
    return std::string(kPrefix) + base64(bytes);
}

Result<std::string> webhook_signature(std::string_view secret, std::string_view id, Instant at, std::string_view body) {
    need_sodium();
    if (!secret.starts_with(kPrefix)) return fail(ErrorKind::invalid, "bad_webhook_secret");
    secret.remove_prefix(kPrefix.size());
    std::vector<unsigned char> key(secret.size() + 1);
    std::size_t size = 0;
    if (sodium_base642bin(key.data(), key.size(), secret.data(), secret.size(), nullptr, &size, nullptr, kBase64) != 0 || size == 0)
        return fail(ErrorKind::invalid, "bad_webhook_secret");
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key.data(), size);
    const std::string head = std::string(id) + "." + std::to_string(at.ms / 1'000) + ".";
    for (const std::string_view part : {std::string_view(head), body})
        crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(part.data()), part.size());
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
    crypto_auth_hmacsha256_final(&state, mac.data());
    return "v1," + base64(mac);
}

std::string utc_text(Instant at) {
    namespace chrono = std::chrono;
    const chrono::sys_time<chrono::milliseconds> time{chrono::milliseconds(at.ms)};
    const auto day = chrono::floor<chrono::days>(time);
    const chrono::year_month_day date(day);
    const chrono::hh_mm_ss clock(chrono::floor<chrono::seconds>(time - day));
    std::array<char, 40> text{};
    const int length = std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                                     static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                                     static_cast<int>(clock.seconds().count()));
    return {text.data(), static_cast<std::size_t>(length)};
}

}  // namespace aftercare::env
