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
#define AC_W1(E, a) std::pair{E::a, std::string_view(#a)}
#define AC_EXPAND(x) x
#define AC_FE_1(E, a) AC_W1(E, a)
#define AC_FE_2(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_1(E, __VA_ARGS__))
#define AC_FE_3(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_2(E, __VA_ARGS__))
#define AC_FE_4(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_3(E, __VA_ARGS__))
#define AC_FE_5(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_4(E, __VA_ARGS__))
#define AC_FE_6(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_5(E, __VA_ARGS__))
#define AC_FE_7(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_6(E, __VA_ARGS__))
#define AC_FE_8(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_7(E, __VA_ARGS__))
#define AC_FE_9(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_8(E, __VA_ARGS__))
#define AC_FE_10(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_9(E, __VA_ARGS__))
#define AC_FE_11(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_10(E, __VA_ARGS__))
#define AC_FE_12(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_11(E, __VA_ARGS__))
#define AC_FE_13(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_12(E, __VA_ARGS__))
#define AC_FE_14(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_13(E, __VA_ARGS__))
#define AC_FE_15(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_14(E, __VA_ARGS__))
#define AC_FE_16(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_15(E, __VA_ARGS__))
#define AC_FE_17(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_16(E, __VA_ARGS__))
#define AC_FE_18(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_17(E, __VA_ARGS__))
#define AC_FE_19(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_18(E, __VA_ARGS__))
#define AC_FE_20(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_19(E, __VA_ARGS__))
#define AC_FE_21(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_20(E, __VA_ARGS__))
#define AC_FE_22(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_21(E, __VA_ARGS__))
#define AC_FE_23(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_22(E, __VA_ARGS__))
#define AC_FE_24(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_23(E, __VA_ARGS__))
#define AC_FE_25(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_24(E, __VA_ARGS__))
#define AC_FE_26(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_25(E, __VA_ARGS__))
#define AC_FE_27(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_26(E, __VA_ARGS__))
#define AC_FE_28(E, a, ...) AC_W1(E, a), AC_EXPAND(AC_FE_27(E, __VA_ARGS__))
#define AC_FE_PICK(_1, _2, _3, _4, _5, _6, _7, _8, _9, _10, _11, _12, _13, _14, _15, _16, _17, _18, _19, _20, _21, _22, \
                   _23, _24, _25, _26, _27, _28, NAME, ...)                                                          \
    NAME
#define AC_WORDS(E, ...)                                                                                          \
    enum class E { __VA_ARGS__ };                                                                                 \
    template <>                                                                                                   \
    struct Words<E> {                                                                                             \
        static constexpr std::array all{AC_EXPAND(AC_FE_PICK(__VA_ARGS__, AC_FE_28, AC_FE_27, AC_FE_26, AC_FE_25, AC_FE_24, AC_FE_23, AC_FE_22, AC_FE_21, AC_FE_20, AC_FE_19, AC_FE_18, AC_FE_17, AC_FE_16, AC_FE_15, AC_FE_14, AC_FE_13, AC_FE_12, AC_FE_11, AC_FE_10, AC_FE_9, AC_FE_8, AC_FE_7, AC_FE_6, AC_FE_5, AC_FE_4, AC_FE_3, AC_FE_2, AC_FE_1)(E, __VA_ARGS__))}; \
    }
