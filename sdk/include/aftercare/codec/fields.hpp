#pragma once
#include <cstdint>
#include <string>
#include <string_view>

/// The contract of `io` (architecture.md, section 10). A type says its fields once:
///
///     template <class Io> void fields(Io& io, OperationLine& line) {
///         io("id", line.id);
///         io("qty", line.qty, between(1, 9'999));
///         io("note", line.note, maybe, length(0, 500));
///     }
///
/// Every reader and writer calls `io(name, value, rules…)` once per field, in order. Values may be: bool, int32, int64,
/// std::string, Id<>, Instant, Duration, a Worded enum, std::optional, std::vector, StringMap, RawJson, or a type with
/// `fields`. A field is required when read unless it is std::optional or carries `maybe` or `or_default`.
namespace aftercare {

/// The field may be absent (its value then stays the default); writers leave out an empty value.
struct Maybe {};
inline constexpr Maybe maybe{};

/// The field may be absent when read, and stays the default then; it is always written. For a default that is not 0, no or empty.
struct OrDefault {};
inline constexpr OrDefault or_default{};

/// Integer range, both ends included. Failure code: "out_of_range".
struct Between {
    std::int64_t low, high;
};
constexpr Between between(std::int64_t low, std::int64_t high) { return {low, high}; }

/// Length of a text in bytes, or of a list in entries. Failure codes: "too_short", "too_long". Texts without it: 0 to 4,000.
struct Length {
    std::size_t low, high;
};
constexpr Length length(std::size_t low, std::size_t high) { return {low, high}; }

/// One sentence for the schema (units, meaning).
struct Doc {
    std::string_view text;
};
constexpr Doc doc(std::string_view text) { return {text}; }

/// Ready JSON text, written as it stands (an event's payload in a view). Read: any JSON value, kept as its text.
struct RawJson {
    std::string text = "null";
    bool operator==(const RawJson&) const = default;
};

inline constexpr std::size_t kDefaultTextLimit = 4'000;

}  // namespace aftercare
