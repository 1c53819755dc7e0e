#pragma once
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace aftercare {

/// The words of an enum, spelled once: enumerator = word in JSON and SQL. Specialise with a static `all` array of pairs.
template <class E>
struct Words;

template <class E>
concept Worded = requires { Words<E>::all; };

template <Worded E>
constexpr std::string_view word(E value) {
    for (const auto& [each, text] : Words<E>::all)
        if (each == value) return text;
    return "?";
}

template <Worded E>
constexpr std::optional<E> from_word(std::string_view text) {
    for (const auto& [each, name] : Words<E>::all)
        if (name == text) return each;
    return std::nullopt;
}

}  // namespace aftercare

/// AC_WORDS(Enum, a, b, c): declares the enum and its words together. Use inside namespace aftercare.
#define AC_WORD(E, a) std::pair{E::a, std::string_view(#a)}
#define AC_PARENS ()
#define AC_EXPAND(...) AC_EXPAND3(AC_EXPAND3(AC_EXPAND3(AC_EXPAND3(__VA_ARGS__))))
#define AC_EXPAND3(...) AC_EXPAND2(AC_EXPAND2(AC_EXPAND2(AC_EXPAND2(__VA_ARGS__))))
#define AC_EXPAND2(...) AC_EXPAND1(AC_EXPAND1(AC_EXPAND1(AC_EXPAND1(__VA_ARGS__))))
#define AC_EXPAND1(...) __VA_ARGS__
#define AC_EACH_WORD(E, a, ...) AC_WORD(E, a) __VA_OPT__(, AC_EACH_AGAIN AC_PARENS (E, __VA_ARGS__))
#define AC_EACH_AGAIN() AC_EACH_WORD
#define AC_WORDS(E, ...)                                                                                          \
    enum class E { __VA_ARGS__ };                                                                                 \
    template <>                                                                                                   \
    struct Words<E> { /* up to 64 of them */                                                                      \
        static constexpr std::array all{AC_EXPAND(AC_EACH_WORD(E, __VA_ARGS__))};                                                \
    }
