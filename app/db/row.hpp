#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/base/money.hpp>
#include <aftercare/base/words.hpp>
#include <aftercare/codec/fields.hpp>
#include <concepts>
#include <deque>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "db/connection.hpp"

/// Rows and types described by `fields` (aftercare/codec/fields.hpp), both ways. A column or parameter carries the field's
/// name; Money `quote` is `quote_minor` and `quote_currency`, another nested type is spread likewise (`quote_net_minor`); bool
/// is 0/1; an enum its word; std::optional and an empty Id are NULL. Lists are not rows: they do not compile.
namespace aftercare::db {

namespace detail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_id = false;
template <class Tag>
inline constexpr bool is_id<Id<Tag>> = true;
template <class T>
concept Column = std::integral<T> || std::same_as<T, std::string> || std::same_as<T, Instant> || std::same_as<T, Duration> ||
                 std::same_as<T, RawJson> || is_id<T> || Worded<T>;

[[noreturn]] void bad_column(std::string_view column, std::string_view why);

}  // namespace detail

/// The `io` that reads a row. DbError `other` when a column is missing, NULL without `maybe`, or holds a foreign value.
class RowReader {
   public:
    explicit RowReader(const Row& row) : row_(row) {}

    template <class T, class... Rules>
    void operator()(std::string_view name, T& value, const Rules&...) {
        if constexpr (detail::is_optional<T>) {
            if (row_.is_null(column(name, is_money<typename T::value_type> ? "_minor" : ""))) {
                value.reset();
                if constexpr (is_money<typename T::value_type>) ++next_;  // its currency
            } else {
                --next_;
                get(name, value.emplace(), false);
            }
        } else {
            get(name, value, (std::is_same_v<Rules, Maybe> || ...));
        }
    }

   private:
    template <class T>
    static constexpr bool is_money = std::is_same_v<T, Money>;

    /// A nested type: its columns carry its field's name in front (`quote_net_minor`).
    struct Nested {
        RowReader& outer;
        std::string prefix;
        template <class T, class... Rules>
        void operator()(std::string_view name, T& value, const Rules&...) {
            outer.get(prefix + std::string(name), value, (std::is_same_v<Rules, Maybe> || ...));
        }
    };

    template <class T>
    void get(std::string_view name, T& value, bool may_be_null) {
        if constexpr (!detail::Column<T> && !is_money<T>) {
            Nested nested{*this, std::string(name) + "_"};
            fields(nested, value);
        } else if constexpr (is_money<T>) {
            get_column(column(name, "_minor"), name, value.minor, may_be_null);
            get_column(column(name, "_currency"), name, value.currency, may_be_null);
        } else {
            get_column(column(name, ""), name, value, may_be_null || detail::is_id<T>);
        }
    }

    template <class T>
    void get_column(int at, std::string_view name, T& value, bool may_be_null) {
        if (row_.is_null(at)) {
            if (!may_be_null) detail::bad_column(name, "is NULL");
            value = T{};
        } else if constexpr (std::is_same_v<T, bool>) {
            value = row_.integer(at) != 0;
        } else if constexpr (std::is_integral_v<T>) {
            const std::int64_t wide = row_.integer(at);
            if (!std::in_range<T>(wide)) detail::bad_column(name, "is out of range");
            value = static_cast<T>(wide);
        } else if constexpr (std::is_same_v<T, Instant> || std::is_same_v<T, Duration>) {
            value.ms = row_.integer(at);
        } else if constexpr (std::is_same_v<T, std::string>) {
            value = row_.text(at);
        } else if constexpr (detail::is_id<T>) {
            value.value = row_.text(at);
        } else if constexpr (std::is_same_v<T, RawJson>) {
            value.text = row_.text(at);
        } else {
            const auto found = from_word<T>(row_.text(at));
            if (!found) detail::bad_column(name, "holds an unknown word");
            value = *found;
        }
    }

    // The column `name + suffix`: usually the next one, since queries list columns in the order of `fields`.
    int column(std::string_view name, std::string_view suffix) {
        int at = next_;
        if (at >= row_.size() || !same(row_.column_name(at), name, suffix)) at = row_.find(std::string(name).append(suffix));
        if (at < 0) detail::bad_column(std::string(name).append(suffix), "is not in the result");
        next_ = at + 1;
        return at;
    }
    static bool same(std::string_view column, std::string_view name, std::string_view suffix) {
        return column.size() == name.size() + suffix.size() && column.starts_with(name) && column.ends_with(suffix);
    }

    const Row& row_;
    int next_ = 0;
};

/// The value a row holds: `connection.run(query, args, [&](const Row& row) { lines.push_back(read_row<Line>(row)); });`
template <class T>
T read_row(const Row& row) {
    T value{};
    RowReader reader(row);
    fields(reader, value);
    return value;
}

/// The arguments for every field of a value; borrows its texts, so the value must live until the call returns.
class BoundRow {
   public:
    template <class T, class... Rules>
    void operator()(std::string_view name, const T& value, const Rules&...) {
        if constexpr (detail::is_optional<T>) {
            if (value) put(name, *value);
            else put_null<typename T::value_type>(name);
        } else {
            put(name, value);
        }
    }
    /// One more argument, or another value for a field.
    BoundRow&& with(std::string_view name, Value value) && {
        for (Arg& arg : args_)
            if (arg.name == name) {
                arg.value = value;
                return std::move(*this);
            }
        args_.push_back({name, value});
        return std::move(*this);
    }
    operator Args() const { return Args(std::span<const Arg>(args_)); }

   private:
    struct Nested {
        BoundRow& outer;
        std::string prefix;
        template <class T, class... Rules>
        void operator()(std::string_view name, const T& value, const Rules&...) {
            outer.put(outer.joined(prefix, name), value);
        }
    };

    template <class T>
    void put(std::string_view name, const T& value) {
        if constexpr (!detail::Column<T> && !std::is_same_v<T, Money>) {
            Nested nested{*this, std::string(name) + "_"};
            fields(nested, const_cast<T&>(value));
        } else if constexpr (std::is_same_v<T, Money>) {
            args_.push_back({joined(name, "_minor"), value.minor});
            args_.push_back({joined(name, "_currency"), std::string_view(value.currency)});
        } else if constexpr (std::is_integral_v<T>) {
            args_.push_back({name, static_cast<std::int64_t>(value)});
        } else if constexpr (std::is_same_v<T, Instant> || std::is_same_v<T, Duration>) {
            args_.push_back({name, value.ms});
        } else if constexpr (std::is_same_v<T, std::string>) {
            args_.push_back({name, std::string_view(value)});
        } else if constexpr (detail::is_id<T>) {
            args_.push_back({name, value.empty() ? Value(nullptr) : Value(std::string_view(value.value))});
        } else if constexpr (std::is_same_v<T, RawJson>) {
            args_.push_back({name, std::string_view(value.text)});
        } else {
            args_.push_back({name, word(value)});
        }
    }
    template <class T>
    void put_null(std::string_view name) {
        if constexpr (std::is_same_v<T, Money>) {
            args_.push_back({joined(name, "_minor"), nullptr});
            args_.push_back({joined(name, "_currency"), nullptr});
        } else {
            args_.push_back({name, nullptr});
        }
    }
    std::string_view joined(std::string_view name, std::string_view suffix) {
        return names_.emplace_back(std::string(name).append(suffix));
    }

    std::vector<Arg> args_;
    std::deque<std::string> names_;  // a deque: its strings never move
};

/// `connection.write(sql::cases::insert_line, bind_row(line).with("shop_id", shop.value), 1);`
template <class T>
BoundRow bind_row(const T& value) {
    BoundRow bound;
    fields(bound, const_cast<T&>(value));  // `fields` is shared with readers, so it takes a non-const reference
    return bound;
}

}  // namespace aftercare::db
