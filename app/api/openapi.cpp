#include "api/openapi.hpp"

#include "api/api.hpp"

namespace aftercare::api {

bool is_required(const SchemaWriter::Json& object, const std::string& name) {
    if (!object.contains("required")) return false;
    const auto& list = object["required"];
    return std::find(list.begin(), list.end(), SchemaWriter::Json(name)) != list.end();
}

namespace {

using Json = SchemaWriter::Json;

/// What every refusal looks like.
struct Problem {
    static constexpr std::string_view kSchema = "Problem";
    struct Field {
        std::string pointer, code;
    };
    struct WayOut {
        std::string code, text;
        StringMap params;
    };
    std::string type, title, code, detail, request_id;
    std::int64_t status = 0;
    std::vector<Field> errors;
    std::vector<WayOut> remedies;
    StringMap params;
};
template <class Io>
void fields(Io& io, Problem::Field& f) {
    io("pointer", f.pointer, doc("JSON pointer into the body, or the name of a parameter"));
    io("code", f.code);
}
template <class Io>
void fields(Io& io, Problem::WayOut& w) {
    io("code", w.code);
    io("params", w.params);
    io("text", w.text, doc("in the caller's language"));
}
template <class Io>
void fields(Io& io, Problem& p) {
    io("type", p.type, doc("urn:aftercare:problem:<code>"));
    io("title", p.title);
    io("status", p.status);
    io("code", p.code, doc("the contract: stable, for programs"));
    io("detail", p.detail, doc("a sentence in the caller's language"));
    io("errors", p.errors, doc("every field that is wrong"));
    io("remedies", p.remedies, doc("what would make the act legal"));
    io("params", p.params);
    io("request_id", p.request_id);
}

Json header_parameter(std::string_view name, bool required, std::string_view about) {
    return {{"name", name}, {"in", "header"}, {"required", required}, {"description", about}, {"schema", {{"type", "string"}}}};
}

/// Its body is no JSON: what it is told stands in the query.
bool is_raw(const Route& route) { return route.in_type != "application/json"; }

bool in_path(const Route& route, const std::string& name) { return route.path.find('{' + name + '}') != std::string::npos; }

Json parameters(const Route& route, const Json& input) {
    Json list = Json::array();
    for (const auto& [name, schema] : input["properties"].items()) {
        if (in_path(route, name)) list.push_back({{"name", name}, {"in", "path"}, {"required", true}, {"schema", schema}});
        else if (!route.changes || is_raw(route)) list.push_back({{"name", name}, {"in", "query"}, {"required", is_required(input, name)}, {"schema", schema}});
    }
    if (route.changes && !route.open) {
        list.push_back(header_parameter("X-CSRF-Token", false, "needed under the session cookie; not with a token"));
        list.push_back(header_parameter("Idempotency-Key", route.key_required, "the same key and body again: the first answer again, for 24 hours"));
        list.push_back(header_parameter("If-Match", route.version_required, "the ETag you saw; another version now: 412"));
    }
    return list;
}

/// The input without what the path says; null when nothing is left.
Json body(const Route& route, const Json& input) {
    if (is_raw(route)) return {{"required", true}, {"content", {{std::string(route.in_type), {{"schema", Json::object()}}}}}};
    Json schema{{"type", "object"}, {"properties", Json::object()}};
    for (const auto& [name, each] : input["properties"].items()) {
        if (in_path(route, name)) continue;
        schema["properties"][name] = each;
        if (is_required(input, name)) schema["required"].push_back(name);
    }
    if (schema["properties"].empty()) return nullptr;
    schema["additionalProperties"] = false;
    const bool required = schema.contains("required");
    return {{"required", required}, {"content", {{"application/json", {{"schema", std::move(schema)}}}}}};
}

Json operation(const Route& route, SchemaWriter& writer, const std::map<std::string, Json>& components, const Json& problem) {
    Json input = route.in ? route.in(writer) : Json{{"properties", Json::object()}};
    if (input.contains("$ref")) input = components.at(input["$ref"].get<std::string>().substr(21));  // after #/components/schemas/
    const std::string rest = route.path.substr(8);  // after /api/v1/
    Json result{{"operationId", route.operation_id}, {"summary", route.summary}, {"tags", {rest.substr(0, rest.find_first_of("/."))}}};
    if (route.open) result["security"] = Json::array();
    if (Json list = parameters(route, input); !list.empty()) result["parameters"] = std::move(list);
    if (route.changes)
        if (Json content = body(route, input); !content.is_null()) result["requestBody"] = std::move(content);
    Json good{{"description", route.status == 201 ? "made" : "done"}};
    good["content"][std::string(route.out_type)]["schema"] = route.out ? route.out(writer) : Json{{"type", "string"}};
    result["responses"][std::to_string(route.status)] = std::move(good);
    result["responses"]["default"] = {{"description", "refused"}, {"content", {{"application/problem+json", {{"schema", problem}}}}}};
    return result;
}

}  // namespace

Json openapi(const Routes& routes) {
    std::map<std::string, Json> components;
    SchemaWriter writer(components);
    const Json problem = writer.of<Problem>();
    Json paths = Json::object();
    for (const Route& route : routes.all()) {
        if (!route.listed) continue;
        std::string method = route.method;
        std::transform(method.begin(), method.end(), method.begin(), [](char c) { return static_cast<char>(c + 32); });
        paths[route.path][method] = operation(route, writer, components, problem);
    }
    Json schemas = Json::object();
    for (auto& [name, schema] : components) schemas[name] = std::move(schema);
    return {{"openapi", "3.1.0"},
            {"info", {{"title", "Aftercare"}, {"version", "1"}, {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
            {"servers", {{{"url", "/"}}}},
            {"security", {{{"cookie", Json::array()}}, {{"token", Json::array()}}}},
            {"paths", std::move(paths)},
            {"components",
             {{"securitySchemes",
               {{"cookie", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "ac_session"}}},
                {"token", {{"type", "http"}, {"scheme", "bearer"}}}}},
              {"schemas", std::move(schemas)}}}};
}

std::string openapi_json() { return openapi(all_routes()).dump(1) + "\n"; }

}  // namespace aftercare::api
