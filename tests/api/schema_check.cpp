#include "api/schema_check.hpp"

#include "api/api.hpp"
#include "api/router.hpp"

namespace aftercare::test {

namespace {

using nlohmann::json;

const json& spec() {
    static const json whole = json::parse(api::openapi_json());
    return whole;
}

bool fits_type(const std::string& type, const json& value) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "integer") return value.is_number_integer();
    if (type == "boolean") return value.is_boolean();
    return false;
}

std::string check(const json& schema, const json& value, const std::string& at) {
    if (schema.contains("$ref")) return check(spec().at(json::json_pointer(schema["$ref"].get<std::string>().substr(1))), value, at);
    if (!schema.contains("type")) return "";
    if (!fits_type(schema["type"], value)) return at + " is no " + schema["type"].get<std::string>();
    if (schema.contains("enum") && std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end()) return at + " is no word of its list";
    if (schema.contains("required"))
        for (const auto& name : schema["required"])
            if (!value.contains(name.get<std::string>())) return at + "/" + name.get<std::string>() + " is missing";
    if (value.is_array())
        for (std::size_t i = 0; i < value.size(); ++i)
            if (auto wrong = check(schema["items"], value[i], at + "/" + std::to_string(i)); !wrong.empty()) return wrong;
    if (!value.is_object() || !schema.contains("properties")) return "";
    for (const auto& [name, each] : value.items()) {
        if (!schema["properties"].contains(name)) return at + "/" + name + " is not in the file";
        if (auto wrong = check(schema["properties"][name], each, at + "/" + name); !wrong.empty()) return wrong;
    }
    return "";
}

}  // namespace

std::string against_openapi(std::string_view method, std::string_view path, int status, const json& body) {
    static const api::Routes routes = api::all_routes();
    static const api::Router router(routes);
    api::Params params;
    const auto found = router.find(method, path, params);
    if (status >= 400) return check({{"$ref", "#/components/schemas/Problem"}}, body, "");
    if (!found || !(*found)->listed || (*found)->out_type != "application/json") return "";
    const auto& answers = spec()["paths"][(*found)->path][method == "GET" ? "get" : method == "POST" ? "post" : "delete"]["responses"];
    const auto answer = answers.find(std::to_string(status));
    if (answer == answers.end()) return "status " + std::to_string(status) + " is not in the file";
    return check((*answer)["content"]["application/json"]["schema"], body, "");
}

}  // namespace aftercare::test
