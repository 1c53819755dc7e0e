#include "env/ids.hpp"

#include <algorithm>
#include <string_view>

namespace aftercare::env {
namespace {

constexpr std::string_view kBase32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Adds one to a big-endian number; false when it wrapped to zero.
bool increment(std::array<std::byte, 10>& number) {
    for (auto at = number.rbegin(); at != number.rend(); ++at) {
        *at = std::byte(std::to_integer<unsigned>(*at) + 1U);
        if (*at != std::byte{0}) return true;
    }
    return false;
}

/// 16 bytes as 26 characters, the first of them carrying three bits, so that the text sorts as the bytes do.
std::string encode(const std::array<std::byte, 16>& bytes) {
    std::string text(26, '0');
    unsigned bits = 0, held = 0;
    auto at = text.rbegin();
    for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) {
        held |= std::to_integer<unsigned>(*byte) << bits;
        for (bits += 8; bits >= 5; bits -= 5, held >>= 5) *at++ = kBase32[held & 31U];
    }
    *at = kBase32[held];
    return text;
}

}  // namespace

std::string TimeIds::next() {
    std::array<std::byte, 16> bytes;
    {
        const std::lock_guard lock(mutex_);
        const std::int64_t now = clock_.now().ms;
        if (now > last_ms_) {
            last_ms_ = now;
            random_.fill(tail_);
        } else if (!increment(tail_)) {
            ++last_ms_;
        }
        for (std::size_t i = 0; i < 6; ++i) bytes[i] = std::byte((last_ms_ >> (8 * (5 - i))) & 0xff);
        std::copy(tail_.begin(), tail_.end(), bytes.begin() + 6);
    }
    return encode(bytes);
}

}  // namespace aftercare::env
