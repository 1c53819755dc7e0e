#pragma once
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace aftercare::db {

enum class Engine { sqlite, postgres };

/// One `-- name:` block of schema/queries, made constexpr by the embedding program. Its address is the key of the
/// statement caches, so keep it alive (generated ones are). Both texts are equal unless the block is a dialect pair.
struct Query {
    std::string_view name;
    std::string_view sqlite;
    std::string_view postgres;

    static constexpr Query both(std::string_view name, std::string_view text) { return {name, text, text}; }
    constexpr std::string_view text(Engine engine) const { return engine == Engine::sqlite ? sqlite : postgres; }
};

/// A value to bind; borrowed, so it must live until the call returns. A span of strings fills `IN (:ids...)`; an empty one
/// matches nothing. Flags are 0/1, words and ids their text, instants their milliseconds. Text must hold no NUL byte.
using Value = std::variant<std::nullptr_t, std::int64_t, std::string_view, std::span<const std::string>>;

/// The value of the parameter `:name`.
struct Arg {
    std::string_view name;
    Value value;
};

/// The arguments of one call: `{{"id", id.value}, {"now", now.ms}}`, a vector, or a bound row. Arguments the text does not
/// use are ignored; a parameter without an argument is a DbError. For calls only: a named Args made from `{…}` dangles.
class Args : public std::span<const Arg> {
   public:
    Args() = default;
    Args(std::initializer_list<Arg> list) : std::span<const Arg>(list.begin(), list.size()) {}
    Args(std::span<const Arg> list) : std::span<const Arg>(list) {}
    Args(const std::vector<Arg>& list) : std::span<const Arg>(list) {}
};

/// NULL when absent, else the value (int64, text, Id, Instant).
template <class T>
Value or_null(const std::optional<T>& value) {
    if (!value) return nullptr;
    if constexpr (requires { value->ms; }) return value->ms;
    else if constexpr (requires { value->value; }) return std::string_view(value->value);
    else return *value;
}

}  // namespace aftercare::db
