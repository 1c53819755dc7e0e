#include "api/openapi.hpp"

/// The OpenAPI file as a page: one section a tag, one table an operation, one table a schema. No script, no foreign asset.
namespace aftercare::api {

namespace {

using Json = SchemaWriter::Json;

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else if (c == '&') out += "&amp;";
        else if (c == '"') out += "&quot;";
        else out += c;
    }
    return out;
}

std::string code(std::string_view text) { return "<code>" + escaped(text) + "</code>"; }

std::string type_of(const Json& schema) {
    if (schema.contains("$ref")) {
        const std::string name = schema["$ref"].get<std::string>().substr(21);
        return "<a href=\"#" + escaped(name) + "\">" + escaped(name) + "</a>";
    }
    if (!schema.contains("type")) return "any";
    if (schema.contains("enum")) {
        std::string words;
        for (const auto& each : schema["enum"]) words += (words.empty() ? "" : ", ") + each.get<std::string>();
        return code(words);
    }
    if (schema["type"] == "array") return "list of " + type_of(schema["items"]);
    std::string text = schema["type"].get<std::string>();
    if (schema.contains("minimum")) text += " " + schema["minimum"].dump() + " to " + schema["maximum"].dump();
    if (schema.contains("maxLength")) text += ", at most " + schema["maxLength"].dump() + " bytes";
    return text;
}

std::string row(const std::string& name, const std::string& where, bool required, const Json& schema, const std::string& about) {
    return "<tr><td>" + code(name) + "</td><td class=\"soft\">" + where + "</td><td>" + type_of(schema) + "</td><td>" +
           (required ? "required" : "") + "</td><td>" + escaped(about) + "</td></tr>\n";
}

std::string properties(const Json& object, const std::string& where) {
    std::string rows;
    if (!object.contains("properties")) return rows;
    for (const auto& [name, schema] : object["properties"].items())
        rows += row(name, where, is_required(object, name), schema, schema.value("description", ""));
    return rows;
}

std::string operation(const std::string& path, std::string method, const Json& each) {
    std::transform(method.begin(), method.end(), method.begin(), [](char c) { return static_cast<char>(c - 32); });
    const std::string id = each["operationId"];
    std::string html = "<h3 id=\"" + id + "\"><span class=\"method\">" + method + "</span>" + code(path) + "</h3>\n<p>" +
                       escaped(each["summary"].get<std::string>()) + " <span class=\"soft\">" + id + "</span></p>\n";
    std::string rows;
    if (each.contains("parameters"))
        for (const auto& one : each["parameters"]) rows += row(one["name"], one["in"], one["required"], one["schema"], one.value("description", ""));
    if (each.contains("requestBody")) rows += properties((*each["requestBody"]["content"].begin())["schema"], "body");
    if (!rows.empty()) html += "<table>\n" + rows + "</table>\n";
    for (const auto& [status, answer] : each["responses"].items()) {
        if (status == "default") continue;
        const auto& content = *answer["content"].begin();
        html += "<p class=\"soft\">" + status + ": " + type_of(content["schema"]) + "</p>\n";
    }
    return html;
}

}  // namespace

std::string docs_page(const Json& openapi) {
    std::string html =
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
        "<title>Aftercare API</title><link rel=\"stylesheet\" href=\"/api/v1/docs.css\"></head><body><main>\n<h1>Aftercare API</h1>\n"
        "<p>Times are milliseconds since 1970 UTC, amounts are minor units. Refusals are <a href=\"#Problem\">Problem</a> documents; "
        "their <code>code</code> is the contract. The same as data: <a href=\"/api/v1/openapi.json\">openapi.json</a>.</p>\n";
    std::vector<std::pair<std::string, std::string>> sections;
    for (const auto& [path, methods] : openapi["paths"].items()) {
        for (const auto& [method, each] : methods.items()) {
            const std::string tag = each["tags"][0];
            auto at = std::find_if(sections.begin(), sections.end(), [&](const auto& one) { return one.first == tag; });
            if (at == sections.end()) at = sections.insert(sections.end(), {tag, ""});
            at->second += operation(path, method, each);
        }
    }
    for (const auto& [tag, text] : sections) html += "<h2 id=\"tag-" + tag + "\">" + tag + "</h2>\n" + text;
    html += "<h2>Schemas</h2>\n";
    for (const auto& [name, schema] : openapi["components"]["schemas"].items())
        html += "<h3 id=\"" + name + "\">" + name + "</h3>\n<table>\n" + properties(schema, "") + "</table>\n";
    return html + "</main></body></html>\n";
}

}  // namespace aftercare::api
