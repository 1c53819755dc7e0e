#pragma once
#include <string>

#include "api/routes.hpp"

namespace aftercare::api {

/// Whether a schema of an object asks for this property.
bool is_required(const SchemaWriter::Json& object, const std::string& name);
SchemaWriter::Json openapi(const Routes& routes);
/// The same as a page to read: one self-contained HTML text besides docs.css.
std::string docs_page(const SchemaWriter::Json& openapi);

}  // namespace aftercare::api
