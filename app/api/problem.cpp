#include "api/problem.hpp"

#include <aftercare/codec/json.hpp>

namespace aftercare::api {

namespace {

/// What only this room refuses, by code.
constexpr std::pair<std::string_view, int> kOwn[] = {
    {"not_json", 400},          {"json_too_deep", 400},        {"body_not_an_object", 400},
    {"bad_query", 400},         {"bad_path", 400},             {"bad_request", 400},
    {"bad_if_match", 400},      {"bad_idempotency_key", 400},  {"method_not_allowed", 405},
    {"not_acceptable", 406},    {"body_too_large", 413},       {"url_too_long", 414},
    {"unsupported_media_type", 415}, {"idempotency_key_required", 428}, {"if_match_required", 428},
    {"headers_too_large", 431}, {"internal_error", 500},
};

int status_of_kind(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::invalid: return 422;
        case ErrorKind::unauthenticated: return 401;
        case ErrorKind::forbidden: return 403;
        case ErrorKind::not_found: return 404;
        case ErrorKind::refused: return 409;
        case ErrorKind::stale: return 412;
        case ErrorKind::conflict: return 409;
        case ErrorKind::limited: return 429;
        case ErrorKind::unavailable: return 503;
    }
    return 500;
}

std::string_view param(const Error& error, std::string_view name) {
    for (const auto& [each, value] : error.params)
        if (each == name) return value;
    return {};
}

void write_remedies(std::string& out, const Error& error, Language language) {
    out += '[';
    for (const Remedy& remedy : error.remedies) {
        if (out.back() != '[') out += ',';
        out += '{';
        JsonWriter io(out);
        io("code", remedy.code);
        io("params", remedy.params);
        io("text", sentence(language, "remedy." + remedy.code, remedy.params));
        out += '}';
    }
    out += ']';
}

void write_fields(std::string& out, const Error& error) {
    out += '[';
    for (const FieldError& field : error.fields) {
        if (out.back() != '[') out += ',';
        out += '{';
        JsonWriter io(out);
        io("pointer", field.pointer);
        io("code", field.code);
        out += '}';
    }
    out += ']';
}

}  // namespace

int status_of(const Error& error) {
    for (const auto& [code, status] : kOwn)
        if (code == error.code) return status;
    return status_of_kind(error.kind);
}

HttpResponse problem(const Error& error, Language language, std::string_view request_id) {
    HttpResponse response;
    response.status = status_of(error);
    response.content_type = "application/problem+json";
    const std::string title = sentence(language, "status." + std::to_string(response.status));
    std::string detail = sentence(language, "problem." + error.code, error.params);
    if (detail.empty()) detail = title;
    RawJson fields, remedies;
    fields.text.clear(), write_fields(fields.text, error);
    remedies.text.clear(), write_remedies(remedies.text, error, language);
    response.body = "{";
    JsonWriter io(response.body);
    io("type", "urn:aftercare:problem:" + error.code);
    io("title", title);
    io("status", response.status);
    io("code", error.code);
    io("detail", detail);
    io("errors", fields);
    io("remedies", remedies);
    io("params", error.params);
    io("request_id", request_id);
    response.body += '}';
    if (error.kind == ErrorKind::limited || response.status == 503) {
        const auto seconds = param(error, "retry_after_s");
        response.headers.emplace_back("Retry-After", seconds.empty() ? (error.kind == ErrorKind::limited ? "60" : "1") : std::string(seconds));
    }
    if (response.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
    if (response.status == 405) response.headers.emplace_back("Allow", std::string(param(error, "allow")));
    return response;
}

}  // namespace aftercare::api
