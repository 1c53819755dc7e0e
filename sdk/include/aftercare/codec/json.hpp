#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/base/money.hpp>
#include <aftercare/base/result.hpp>
#include <aftercare/base/words.hpp>
#include <aftercare/codec/codec.hpp>
#include <aftercare/codec/fields.hpp>
#include <algorithm>
#include <charconv>
#include <concepts>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <type_traits>
#include <vector>

/// Include only from codec files and api: nlohmann/json is slow to compile.
namespace aftercare {

using StringMap = std::vector<std::pair<std::string, std::string>>;

namespace codec {

template <class T>
struct IsId : std::false_type {};
template <class Tag>
struct IsId<Id<Tag>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <class Rule, class... Rules>
inline constexpr bool has_rule = (std::is_same_v<std::decay_t<Rules>, Rule> || ...);
template <class... Rules>
inline constexpr bool may_be_absent = has_rule<Maybe, Rules...> || has_rule<OrDefault, Rules...>;

template <class Rule, class... Rules>
constexpr Rule rule_or(Rule otherwise, const Rules&... rules) {
    Rule found = otherwise;
    (
        [&] {
            if constexpr (std::is_same_v<std::decay_t<Rules>, Rule>) found = rules;
        }(),
        ...);
    return found;
}

inline void append_text(std::string& out, std::string_view text) {
    static constexpr char kHex[] = "0123456789abcdef";
    out.push_back('"');
    for (const char c : text) {
        const auto u = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out.push_back('\\');
            out.push_back(c);
        } else if (u >= 0x20) {
            out.push_back(c);
        } else if (c == '\n') {
            out.append("\\n");
        } else {
            out.append("\\u00");
            out.push_back(kHex[u >> 4]);
            out.push_back(kHex[u & 15]);
        }
    }
    out.push_back('"');
}

}  // namespace codec

/// Appends JSON text; no DOM.
class JsonWriter {
   public:
    explicit JsonWriter(std::string& out) : out_(out) {}

    template <class T, class... Rules>
    void operator()(std::string_view name, const T& value, const Rules&...) {
        if constexpr (codec::IsOptional<T>::value) {
            if (!value) return;
            key(name);
            put(*value);
        } else {
            if constexpr (codec::has_rule<Maybe, Rules...>)
                if (empty(value)) return;
            key(name);
            put(value);
        }
    }

    template <class T>
    void put(const T& value) {
        if constexpr (std::is_same_v<T, bool>) {
            out_ += value ? "true" : "false";
        } else if constexpr (std::is_integral_v<T>) {
            char buffer[24];
            out_.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
        } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>) {
            codec::append_text(out_, value);
        } else if constexpr (codec::IsId<T>::value) {
            codec::append_text(out_, value.value);
        } else if constexpr (std::is_same_v<T, Instant> || std::is_same_v<T, Duration>) {
            put(value.ms);
        } else if constexpr (Worded<T>) {
            codec::append_text(out_, word(value));
        } else if constexpr (std::is_same_v<T, RawJson>) {
            out_ += value.text;
        } else if constexpr (std::is_same_v<T, StringMap>) {
            out_.push_back('{');
            bool first = true;
            for (const auto& [name, text] : value) {
                if (!std::exchange(first, false)) out_.push_back(',');
                codec::append_text(out_, name);
                out_.push_back(':');
                codec::append_text(out_, text);
            }
            out_.push_back('}');
        } else if constexpr (codec::IsVector<T>::value) {
            out_.push_back('[');
            bool first = true;
            for (const auto& each : value) {
                if (!std::exchange(first, false)) out_.push_back(',');
                put(each);
            }
            out_.push_back(']');
        } else {
            out_.push_back('{');
            JsonWriter inner(out_);
            fields(inner, const_cast<T&>(value));  // `fields` is shared with readers, so it takes a non-const reference
            out_.push_back('}');
        }
    }

   private:
    template <class T>
    static bool empty(const T& value) {
        if constexpr (codec::IsId<T>::value) return value.empty();
        else if constexpr (requires { value.empty(); }) return value.empty();
        else if constexpr (std::is_same_v<T, Instant> || std::is_same_v<T, Duration>) return value.ms == 0;
        else if constexpr (std::is_arithmetic_v<T>) return value == T{};
        else if constexpr (std::is_same_v<T, RawJson>) return value.text == "null";
        else return false;
    }
    void key(std::string_view name) {
        if (!std::exchange(first_, false)) out_.push_back(',');
        codec::append_text(out_, name);
        out_.push_back(':');
    }
    std::string& out_;
    bool first_ = true;
};

/// Reads one JSON object over nlohmann; collects every field error with its pointer. `strict` refuses unknown keys.
class JsonReader {
   public:
    using Json = nlohmann::json;
    JsonReader(const Json& object, std::string path, std::vector<FieldError>& errors, bool strict)
        : object_(object), path_(std::move(path)), errors_(errors), strict_(strict) {
        if (!object.is_object()) error(path_, "not_an_object");
    }
    ~JsonReader() {
        if (!strict_ || !object_.is_object()) return;
        for (const auto& [name, value] : object_.items())
            if (std::find(seen_.begin(), seen_.end(), name) == seen_.end()) error(path_ + "/" + name, "unknown_field");
    }
    JsonReader(const JsonReader&) = delete;
    JsonReader& operator=(const JsonReader&) = delete;

    template <class T, class... Rules>
    void operator()(std::string_view name, T& value, const Rules&... rules) {
        seen_.emplace_back(name);
        if (!object_.is_object()) return;
        const auto at = object_.find(name);
        const std::string path = path_ + "/" + std::string(name);
        if (at == object_.end() || at->is_null()) {
            if constexpr (!codec::IsOptional<T>::value && !codec::may_be_absent<Rules...>) error(path, "required");
            return;
        }
        if constexpr (codec::IsOptional<T>::value) get(*at, value.emplace(), path, rules...);
        else get(*at, value, path, rules...);
    }

    template <class T, class... Rules>
    void get(const Json& json, T& value, const std::string& path, const Rules&... rules) {
        if constexpr (std::is_same_v<T, bool>) {
            if (!json.is_boolean()) return error(path, "not_a_boolean");
            value = json.get<bool>();
        } else if constexpr (std::is_integral_v<T>) {
            std::int64_t wide = 0;
            if (!integer(json, wide, path)) return;
            const auto range = codec::rule_or(Between{std::numeric_limits<T>::min(), std::numeric_limits<T>::max()}, rules...);
            if (wide < range.low || wide > range.high) return error(path, "out_of_range");
            value = static_cast<T>(wide);
        } else if constexpr (std::is_same_v<T, Instant>) {
            if (!integer(json, value.ms, path)) return;
            if (value < kEarliest || value >= kLatest) error(path, "out_of_range");
        } else if constexpr (std::is_same_v<T, Duration>) {
            integer(json, value.ms, path);
        } else if constexpr (std::is_same_v<T, std::string>) {
            text(json, value, path, codec::rule_or(Length{0, kDefaultTextLimit}, rules...));
        } else if constexpr (codec::IsId<T>::value) {
            text(json, value.value, path, Length{codec::has_rule<Maybe, Rules...> ? 0u : 1u, 128});
        } else if constexpr (Worded<T>) {
            if (!json.is_string()) return error(path, "not_a_text");
            if (const auto found = from_word<T>(json.get_ref<const std::string&>())) value = *found;
            else error(path, "unknown_word");
        } else if constexpr (std::is_same_v<T, RawJson>) {
            value.text = json.dump();
        } else if constexpr (std::is_same_v<T, StringMap>) {
            if (!json.is_object()) return error(path, "not_an_object");
            for (const auto& [name, each] : json.items()) {
                std::string read;
                text(each, read, path + "/" + name, Length{0, kDefaultTextLimit});
                value.emplace_back(name, std::move(read));
            }
        } else if constexpr (codec::IsVector<T>::value) {
            if (!json.is_array()) return error(path, "not_a_list");
            const auto limit = codec::rule_or(Length{0, 10'000}, rules...);
            if (json.size() < limit.low) return error(path, "too_short");
            if (json.size() > limit.high) return error(path, "too_long");
            value.clear();
            for (std::size_t i = 0; i < json.size(); ++i) {
                typename T::value_type each{};
                get(json[i], each, path + "/" + std::to_string(i));
                value.push_back(std::move(each));
            }
        } else {
            JsonReader inner(json, path, errors_, strict_);
            fields(inner, value);
        }
    }

   private:
    bool integer(const Json& json, std::int64_t& value, const std::string& path) {
        if (json.is_number_unsigned() && json.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX)) {
            error(path, "out_of_range");
            return false;
        }
        if (!json.is_number_integer()) {
            error(path, "not_an_integer");
            return false;
        }
        value = json.get<std::int64_t>();
        return true;
    }
    void text(const Json& json, std::string& value, const std::string& path, Length limit) {
        if (!json.is_string()) return error(path, "not_a_text");
        const auto& read = json.get_ref<const std::string&>();
        if (read.size() < limit.low) return error(path, read.empty() ? "required" : "too_short");
        if (read.size() > limit.high) return error(path, "too_long");
        if (read.find('\0') != std::string::npos) return error(path, "contains_nul");
        value = read;
    }
    void error(const std::string& path, std::string code) {
        if (errors_.size() < 100) errors_.push_back({path.empty() ? "/" : path, std::move(code)});
    }
    const Json& object_;
    std::string path_;
    std::vector<FieldError>& errors_;
    std::vector<std::string> seen_;
    bool strict_;
};

/// Writes JSON Schema (the common part of draft-07 and 2020-12). A type with `static constexpr std::string_view kSchema`
/// becomes a named component and is referred to.
class SchemaWriter {
   public:
    using Json = nlohmann::ordered_json;
    explicit SchemaWriter(std::map<std::string, Json>& components) : components_(components) {}

    template <class T>
    Json of() {
        if constexpr (requires { T::kSchema; }) {
            const std::string name(T::kSchema);
            if (!components_.contains(name)) {
                components_[name] = {};
                components_[name] = object<T>();
            }
            return {{"$ref", "#/components/schemas/" + name}};
        } else {
            return plain<T>();
        }
    }

    template <class T, class... Rules>
    void operator()(std::string_view name, const T&, const Rules&... rules) {
        Json schema;
        if constexpr (codec::IsOptional<T>::value) schema = of<typename T::value_type>();
        else schema = of<T>();
        (rule(schema, rules), ...);
        if constexpr (!codec::IsOptional<T>::value && !codec::may_be_absent<Rules...>) required_.emplace_back(name);
        properties_[std::string(name)] = std::move(schema);
    }

   private:
    template <class T>
    Json object() {
        SchemaWriter inner(components_);
        T value{};
        fields(inner, value);
        Json schema{{"type", "object"}, {"properties", inner.properties_.is_null() ? Json::object() : inner.properties_}};
        if (!inner.required_.empty()) schema["required"] = inner.required_;
        return schema;
    }
    template <class T>
    Json plain() {
        if constexpr (std::is_same_v<T, bool>) return {{"type", "boolean"}};
        else if constexpr (std::is_integral_v<T>) return {{"type", "integer"}};
        else if constexpr (std::is_same_v<T, Instant>) return {{"type", "integer"}, {"description", "milliseconds since 1970, UTC"}};
        else if constexpr (std::is_same_v<T, Duration>) return {{"type", "integer"}, {"description", "milliseconds"}};
        else if constexpr (std::is_same_v<T, std::string> || codec::IsId<T>::value) return {{"type", "string"}};
        else if constexpr (Worded<T>) {
            Json words = Json::array();
            for (const auto& each : Words<T>::all) words.push_back(each.second);
            return {{"type", "string"}, {"enum", words}};
        } else if constexpr (std::is_same_v<T, RawJson>) return Json::object();
        else if constexpr (std::is_same_v<T, StringMap>) return {{"type", "object"}, {"additionalProperties", {{"type", "string"}}}};
        else if constexpr (codec::IsVector<T>::value) return {{"type", "array"}, {"items", of<typename T::value_type>()}};
        else return object<T>();
    }
    static void rule(Json& schema, Between range) {
        schema["minimum"] = range.low;
        schema["maximum"] = range.high;
    }
    static void rule(Json& schema, Length range) {
        const bool list = schema.contains("type") && schema["type"] == "array";
        schema[list ? "minItems" : "minLength"] = range.low;
        schema[list ? "maxItems" : "maxLength"] = range.high;
    }
    static void rule(Json& schema, Doc sentence) {
        if (!schema.contains("$ref")) schema["description"] = sentence.text;
    }
    static void rule(Json&, Maybe) {}
    static void rule(Json&, OrDefault) {}

    std::map<std::string, Json>& components_;
    Json properties_;
    std::vector<std::string> required_;
};

/// Reads a parsed JSON value into T; all field errors at once.
template <class T>
Result<T> from_json(const nlohmann::json& json, bool strict = false) {
    T value{};
    std::vector<FieldError> errors;
    {
        JsonReader reader(json, "", errors, strict);
        fields(reader, value);
    }
    if (errors.empty()) return value;
    return fail(Error{ErrorKind::invalid, "invalid_fields", std::move(errors), {}, {}, {}});
}

/// Parses JSON text with bounded depth (64). Not JSON or not UTF-8: kind `invalid`, code "not_json".
inline Result<nlohmann::json> parse_json(std::string_view text) {
    bool deep = false;
    auto json = nlohmann::json::parse(
        text,
        [&](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
            if (depth > 64) deep = true;
            return !deep;
        },
        false);
    if (deep || json.is_discarded()) return fail(ErrorKind::invalid, deep ? "json_too_deep" : "not_json");
    return json;
}

template <class T>
std::string encode(const T& value) {
    std::string out;
    JsonWriter(out).put(value);
    return out;
}

template <class T>
Result<T> decode(std::string_view text) {
    AC_TRY(const auto json, parse_json(text));
    return from_json<T>(json);
}

}  // namespace aftercare
