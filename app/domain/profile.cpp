#include "domain/profile.hpp"

#include <aftercare/connector/utf8.hpp>
#include <algorithm>
#include <tuple>

namespace aftercare::domain {
namespace {

constexpr std::size_t kMostTokens = 32;

// U+FF01 … U+FF5E are the full-width forms of ASCII; U+3000 is the wide blank.
std::string half_width(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto n = std::max<std::size_t>(utf8_step(text, at), 1);
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
        if (n == 3 && byte(0) == 0xEF && (byte(1) == 0xBC || byte(1) == 0xBD)) {
            const int code = ((byte(1) & 0x3F) << 6) | (byte(2) & 0x3F);  // U+FFxx without its 0xF000
            const int half = code - 0xF00 + 0x20;
            if (half > 0x20 && half < 0x7F) {
                out += static_cast<char>(half);
                at += n;
                continue;
            }
        }
        if (text.substr(at, n) == "\xE3\x80\x80") out += ' ';
        else out.append(text, at, n);
        at += n;
    }
    return out;
}

bool is_han(std::string_view character) {
    if (character.size() < 3) return false;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
    if (character.size() == 4) return byte(0) == 0xF0 && byte(1) >= 0xA0;
    const int code = ((byte(0) & 0x0F) << 12) | ((byte(1) & 0x3F) << 6) | (byte(2) & 0x3F);
    return (code >= 0x3400 && code <= 0x9FFF) || (code >= 0xF900 && code <= 0xFAFF);
}

bool is_letter(std::string_view character) {
    const auto c = static_cast<unsigned char>(character.front());
    return character.size() > 1 ? !character.starts_with("\xC2") && !character.starts_with("\xE2\x80") && !character.starts_with("\xE3\x80")
                                : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

}  // namespace

Strength strength_of(IdentityKind kind) {
    switch (kind) {
        case IdentityKind::order_phone:
        case IdentityKind::order_email:
        case IdentityKind::wechat: return Strength::suggest;
        case IdentityKind::nick: return Strength::never;
        default: return Strength::strong;
    }
}

std::string folded(std::span<const CustomerFact> facts, FactField field) {
    const CustomerFact* best = nullptr;
    const auto rank = [](const CustomerFact& f) {
        return std::tuple(f.value.empty() ? 0 : is_masked(f.value) ? 1 : 2, !f.locked_by.empty(), f.verified, f.observed_at, std::string_view(f.source));
    };
    for (const CustomerFact& each : facts)
        if (each.field == field && (!best || rank(*best) < rank(each))) best = &each;
    return best ? best->value : std::string();
}

Customer fold(Customer c, std::span<const CustomerFact> facts) {
    c.name = folded(facts, FactField::name);
    c.phone = folded(facts, FactField::phone);
    c.email = folded(facts, FactField::email);
    c.country = folded(facts, FactField::country);
    c.region = folded(facts, FactField::region);
    c.birthday = folded(facts, FactField::birthday);
    c.party = from_word<Party>(folded(facts, FactField::party)).value_or(Party::person);
    c.style = folded(facts, FactField::style);
    return c;
}

std::string normalised_phone(std::string_view phone) {
    std::string out;
    for (const char c : half_width(phone))
        if ((c >= '0' && c <= '9') || c == '+' || c == '*' || (c == '-' && out.size() >= 11)) out += c;
    for (const std::string_view prefix : {"+86", "0086"})
        if (out.starts_with(prefix)) out.erase(0, prefix.size());
    return out;
}

std::string normalised_text(std::string_view text) {
    std::string out = half_width(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const auto first = out.find_first_not_of(' ');
    return first == out.npos ? std::string() : out.substr(first, out.find_last_not_of(' ') - first + 1);
}

bool is_masked(std::string_view text) { return text.find('*') != std::string_view::npos; }

std::vector<std::string> search_tokens(std::string_view text) {
    const std::string plain = normalised_text(text);
    std::vector<std::string> tokens;
    const auto add = [&](std::string token) {
        if (tokens.size() < kMostTokens && std::find(tokens.begin(), tokens.end(), token) == tokens.end()) tokens.push_back(std::move(token));
    };
    std::string word, before;  // the word being read; the Han character in front
    for (std::size_t at = 0; at <= plain.size();) {
        const auto n = at < plain.size() ? std::max<std::size_t>(utf8_step(plain, at), 1) : 1;
        const std::string character = at < plain.size() ? plain.substr(at, n) : " ";
        const bool han = is_han(character);
        if (!han && is_letter(character)) word += character;
        else {
            if (word.size() >= 2) add(std::string(utf8_prefix(word, 40)));
            word.clear();
        }
        if (han && !before.empty()) add(before + character);
        before = han ? character : std::string();
        at += n;
    }
    return tokens;
}

}  // namespace aftercare::domain
