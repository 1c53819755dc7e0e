#pragma once
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "db/error.hpp"
#include "db/function_ref.hpp"
#include "db/query.hpp"

/// How SQL text with `:name` parameters becomes what an engine prepares. Inside db only.
namespace aftercare::db {

/// Calls `piece(text, code)` for each stretch of the text; `code` is false for strings, quoted names and comments.
void scan(std::string_view sql, FunctionRef<void(std::string_view, bool)> piece);

/// A place where a value goes in: `:name` or, as a list, `:name...`.
struct Parameter {
    std::string_view name;
    std::size_t begin, end;  // in the text, with the colon and the dots
    bool list;
};
/// The parameters in order of appearance, repeated ones too. `::` casts are not parameters.
std::vector<Parameter> parameters(std::string_view sql);

/// Where the value of a numbered parameter comes from: the argument `name`, for a list its element `element`.
struct Slot {
    std::string name;
    std::size_t element;
    bool list;
};

/// The text with `?1` (SQLite) or `$1` (PostgreSQL) instead of names, a repeated name keeping its number; slot n-1 feeds
/// number n. `sizes` are the lengths of the lists, in order of appearance.
struct Plan {
    std::string text;
    std::vector<Slot> slots;
};
Plan make_plan(std::string_view sql, Engine engine, const std::vector<std::size_t>& sizes);

/// The scalar to bind for a slot. A list shorter than its slots repeats its last entry; an empty one is NULL. `hint` is where
/// the search starts. DbError `other` for a missing argument, `check` for a text with a NUL byte.
Value resolve(const Slot& slot, Args args, std::size_t& hint, std::string_view query);

/// One prepared text; each engine adds its handle.
struct Prepared {
    Plan plan;
    std::vector<std::size_t> sizes;
};

/// The statements one connection has prepared, by the address of their Query and the sizes of its lists.
template <class Handle>
class StatementCache {
   public:
    /// The entry for this call, made without a handle when it is new. References stay valid.
    Handle& find(const Query& query, Engine engine, Args args) {
        Known& known = known_[&query];
        if (known.source != query.text(engine)) known = parse(query.text(engine));  // new here, or the address was reused
        std::vector<std::size_t> sizes = list_sizes(known.lists, args);
        for (Handle& each : known.entries)
            if (each.sizes == sizes) return each;
        Handle& made = known.entries.emplace_back();
        made.plan = make_plan(known.source, engine, sizes);
        made.sizes = std::move(sizes);
        return made;
    }

   private:
    struct Known {
        std::string source;
        std::vector<std::string> lists;
        std::deque<Handle> entries;
    };

    static Known parse(std::string_view text) {
        Known known{std::string(text), {}, {}};
        for (const Parameter& each : parameters(text))
            if (each.list) known.lists.emplace_back(each.name);
        return known;
    }
    // Rounded up to a power of two, so that few texts are prepared.
    static std::vector<std::size_t> list_sizes(const std::vector<std::string>& lists, Args args) {
        std::vector<std::size_t> sizes;
        for (const std::string& name : lists) {
            std::size_t size = 1;
            for (const Arg& arg : args)
                if (const auto* list = std::get_if<std::span<const std::string>>(&arg.value); list && arg.name == name)
                    while (size < list->size()) size *= 2;
            sizes.push_back(size);
        }
        return sizes;
    }

    std::unordered_map<const Query*, Known> known_;
};

}  // namespace aftercare::db
