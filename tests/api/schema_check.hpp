#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace aftercare::test {

/// Why an answer is not what the OpenAPI file promises for its route and status; empty when it is, or when the route is not
/// in the file. Knows the part of JSON Schema that SchemaWriter writes.
std::string against_openapi(std::string_view method, std::string_view path, int status, const nlohmann::json& body);

}  // namespace aftercare::test
