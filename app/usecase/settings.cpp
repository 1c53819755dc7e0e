#include "usecase/settings.hpp"

#include <aftercare/codec/json.hpp>
#include <regex>

namespace aftercare::usecase {
namespace {

using Json = nlohmann::json;

constexpr const char* kSealed = "$sealed";
constexpr std::size_t kPatternLimit = 200;  // std::regex recurses once per character

// The member if it is there, else null; schemas come from outside, so nothing about them is sure.
const Json& member(const Json& object, const char* name) {
    static const Json nothing;
    if (!object.is_object()) return nothing;
    const auto at = object.find(name);
    return at == object.end() ? nothing : *at;
}
bool is_sealed(const Json& value) { return value.is_object() && value.size() == 1 && member(value, kSealed).is_string(); }
bool is_secret(const Json& schema) { return member(member(schema, "x-ac"), "secret") == true; }

bool matches(const std::string& text, const std::string& pattern) {
    try {
        return std::regex_search(text, std::regex(pattern, std::regex::ECMAScript));
    } catch (const std::regex_error&) {
        return false;  // a pattern that is none matches nothing
    }
}

bool out_of_range(double value, const Json& low, const Json& high) {
    return (low.is_number() && value < low.get<double>()) || (high.is_number() && value > high.get<double>());
}

/// Walks schema and value together; collects every error.
class Acceptance {
   public:
    Acceptance(const env::SecretKey& key, env::Random& random) : key_(key), random_(random) {}
    std::vector<FieldError> errors;

    Json object(const Json& schema, const Json& given, const Json& stored, const std::string& path) {
        Json out = Json::object();
        if (!given.is_object()) return bad(path, "not_an_object");
        const Json& properties = member(schema, "properties");
        for (const auto& [name, value] : given.items())
            if (!properties.contains(name)) bad(path + "/" + name, "unknown_field");
        if (!properties.is_object()) return out;
        for (const auto& [name, each] : properties.items()) {
            const Json& value = given.contains(name) ? given[name] : member(each, "default");
            if (!value.is_null()) out[name] = any(each, value, member(stored, name.c_str()), path + "/" + name);
        }
        for (const Json& name : member(schema, "required"))
            if (name.is_string() && !out.contains(name.get_ref<const std::string&>()))
                bad(path + "/" + name.get<std::string>(), "required");
        return out;
    }

   private:
    Json any(const Json& schema, const Json& given, const Json& stored, const std::string& path) {
        if (is_secret(schema)) return secret(schema, given, stored, path);
        const Json& type = member(schema, "type");
        if (type == "object") return object(schema, given, stored, path);
        if (type == "string") text(schema, given, path);
        if (type == "boolean" && !given.is_boolean()) bad(path, "not_a_boolean");
        if (type == "integer" && !given.is_number_integer()) bad(path, "not_an_integer");
        if (type == "number" && !given.is_number()) bad(path, "not_a_number");
        if (given.is_number() && out_of_range(given.get<double>(), member(schema, "minimum"), member(schema, "maximum")))
            bad(path, "out_of_range");
        if (type == "array") return list(schema, given, stored, path);
        if (given.is_structured()) return bad(path, "unexpected_type");
        const Json& words = member(schema, "enum");
        if (words.is_array() && std::find(words.begin(), words.end(), given) == words.end()) bad(path, "not_one_of");
        return given;
    }

    Json secret(const Json& schema, const Json& given, const Json& stored, const std::string& path) {
        if (given == kMask) return is_sealed(stored) ? stored : bad(path, "required");
        text(schema, given, path);
        if (!given.is_string()) return nullptr;
        return {{kSealed, env::seal(key_, given.get_ref<const std::string&>(), random_)}};
    }

    void text(const Json& schema, const Json& given, const std::string& path) {
        if (!given.is_string()) return void(bad(path, "not_a_text"));
        const auto& value = given.get_ref<const std::string&>();
        const Json &low = member(schema, "minLength"), &high = member(schema, "maxLength"), &pattern = member(schema, "pattern");
        const std::size_t limit = pattern.is_string() ? kPatternLimit : kDefaultTextLimit;
        const auto size = static_cast<double>(value.size());
        if (value.find('\0') != std::string::npos) bad(path, "contains_nul");
        if (low.is_number() && size < low.get<double>()) bad(path, "too_short");
        if (value.size() > limit || (high.is_number() && size > high.get<double>())) bad(path, "too_long");
        else if (pattern.is_string() && !matches(value, pattern.get_ref<const std::string&>())) bad(path, "bad_format");
    }

    Json list(const Json& schema, const Json& given, const Json& stored, const std::string& path) {
        if (!given.is_array()) return bad(path, "not_a_list");
        if (given.size() > 1'000) return bad(path, "too_long");
        Json out = Json::array();
        for (std::size_t i = 0; i < given.size(); ++i) {
            const Json before = stored.is_array() && i < stored.size() ? stored[i] : Json();
            out.push_back(any(member(schema, "items"), given[i], before, path + "/" + std::to_string(i)));
        }
        return out;
    }

    Json bad(const std::string& path, const char* code) {
        if (errors.size() < 100) errors.push_back({path, code});
        return nullptr;
    }

    const env::SecretKey& key_;
    env::Random& random_;
};

template <class Fn>
void each_sealed(Json& value, Fn fn) {
    if (is_sealed(value)) fn(value);
    else if (value.is_structured())
        for (Json& inner : value) each_sealed(inner, fn);
}

template <class Fn>
Result<void> open_each(Json& value, const env::SecretKey& key, Fn fn) {
    std::optional<Error> error;
    each_sealed(value, [&](Json& sealed) {
        auto plain = env::open_sealed(key, sealed[kSealed].get_ref<const std::string&>());
        if (plain) fn(sealed, std::move(*plain));
        else error = plain.error();
    });
    if (error) return fail(std::move(*error));
    return {};
}

}  // namespace

Result<RawJson> accept_settings(const RawJson& schema, const RawJson& given, const RawJson& stored, const env::SecretKey& key,
                                env::Random& random) {
    AC_TRY(const Json rules, parse_json(schema.text));
    AC_TRY(const Json value, parse_json(given.text));
    AC_TRY(const Json before, parse_json(stored.text));
    Acceptance acceptance(key, random);
    const Json accepted = acceptance.object(rules, value, before, "/settings");
    if (acceptance.errors.empty()) return RawJson{accepted.dump()};
    return fail(Error{ErrorKind::invalid, "invalid_fields", std::move(acceptance.errors), {}, {}, {}});
}

RawJson masked_settings(const RawJson& stored) {
    auto value = parse_json(stored.text);
    if (!value) return {"{}"};
    each_sealed(*value, [](Json& sealed) { sealed = kMask; });
    return {value->dump()};
}

Result<RawJson> opened_settings(const RawJson& stored, const env::SecretKey& key) {
    AC_TRY(Json value, parse_json(stored.text));
    AC_CHECK(open_each(value, key, [](Json& sealed, std::string plain) { sealed = std::move(plain); }));
    return RawJson{value.dump()};
}

Result<std::vector<std::string>> secrets_in(const RawJson& stored, const env::SecretKey& key) {
    AC_TRY(Json value, parse_json(stored.text));
    std::vector<std::string> secrets;
    AC_CHECK(open_each(value, key, [&](Json&, std::string plain) { secrets.push_back(std::move(plain)); }));
    return secrets;
}

bool same_json(const RawJson& a, const RawJson& b) {
    const auto left = parse_json(a.text), right = parse_json(b.text);
    return left && right && *left == *right;
}

}  // namespace aftercare::usecase
