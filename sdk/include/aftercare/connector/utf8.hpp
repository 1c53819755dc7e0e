#pragma once
#include <cstddef>
#include <string_view>

namespace aftercare {

/// How many bytes the UTF-8 character at `at` takes (1 to 4); 0 when there is none: a stray byte, an overlong form, a surrogate,
/// a cut sequence.
inline std::size_t utf8_step(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const unsigned c = byte(at);
    if (at < text.size() && c < 0x80) return 1;
    const std::size_t n = c >= 0xC2 && c < 0xE0 ? 2 : c >= 0xE0 && c < 0xF0 ? 3 : c >= 0xF0 && c < 0xF5 ? 4 : 0;
    for (std::size_t k = 1; k < n; ++k)
        if ((byte(at + k) & 0xC0) != 0x80) return 0;
    const unsigned second = byte(at + 1);
    const bool bad = (c == 0xE0 && second < 0xA0) || (c == 0xED && second > 0x9F) || (c == 0xF0 && second < 0x90) ||
                     (c == 0xF4 && second > 0x8F);
    return bad ? 0 : n;
}

inline bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto n = utf8_step(text, at);
        if (n == 0) return false;
        at += n;
    }
    return true;
}

/// The longest beginning of at most `most` bytes that cuts no character.
inline std::string_view utf8_prefix(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
    return text.substr(0, most);
}

}  // namespace aftercare
