#pragma once
#include <aftercare/codec/json.hpp>

#include "api/url.hpp"

namespace aftercare::api {

/// Reads a type's `fields` from the texts of a path and a query: numbers, words, ids, true and false. Flat types only.
/// An empty text counts as absent. Every bad field is reported, also names nobody asked for and names given twice.
class QueryReader {
   public:
    /// Borrows both.
    QueryReader(const Params& path, const Params& query) : path_(path), query_(query) {}

    template <class T, class... Rules>
    void operator()(std::string_view name, T& value, const Rules&... rules) {
        asked_.push_back(name);
        const std::string* text = find(name);
        if (!text || text->empty()) {
            if constexpr (!codec::IsOptional<T>::value && !codec::has_rule<Maybe, Rules...>) error(name, "required");
            return;
        }
        if constexpr (codec::IsOptional<T>::value) get(*text, value.emplace(), name, rules...);
        else get(*text, value, name, rules...);
    }

    /// The errors of all fields, when there are any.
    Result<void> finish();

   private:
    template <class T, class... Rules>
    void get(const std::string& text, T& value, std::string_view name, const Rules&... rules) {
        if constexpr (std::is_same_v<T, bool>) {
            if (text != "true" && text != "false") return error(name, "not_a_boolean");
            value = text == "true";
        } else if constexpr (std::is_integral_v<T>) {
            const auto range = codec::rule_or(Between{std::numeric_limits<T>::min(), std::numeric_limits<T>::max()}, rules...);
            std::int64_t wide = 0;
            if (integer(text, name, range, wide)) value = static_cast<T>(wide);
        } else if constexpr (std::is_same_v<T, Instant>) {
            integer(text, name, Between{kEarliest.ms, kLatest.ms - 1}, value.ms);
        } else if constexpr (std::is_same_v<T, Duration>) {
            integer(text, name, Between{INT64_MIN, INT64_MAX}, value.ms);
        } else if constexpr (std::is_same_v<T, std::string>) {
            take(text, name, codec::rule_or(Length{0, kDefaultTextLimit}, rules...), value);
        } else if constexpr (codec::IsId<T>::value) {
            take(text, name, Length{1, 128}, value.value);
        } else if constexpr (Worded<T>) {
            if (const auto found = from_word<T>(text)) value = *found;
            else error(name, "unknown_word");
        } else {
            static_assert(codec::IsOptional<T>::value, "a query holds flat values only");
        }
    }
    const std::string* find(std::string_view name) const;
    bool integer(const std::string& text, std::string_view name, Between range, std::int64_t& value);
    void take(const std::string& text, std::string_view name, Length limit, std::string& value);
    void error(std::string_view name, std::string code);

    const Params& path_;
    const Params& query_;
    std::vector<std::string_view> asked_;
    std::vector<FieldError> errors_;
};

}  // namespace aftercare::api
