#include "api/api.hpp"
#include "cli/verbs.hpp"

#include <iostream>

namespace aftercare::cli {

void add_openapi(CLI::App& app, Launch& launch) {
    CLI::App* verb = app.add_subcommand("openapi", "Print the OpenAPI file of the API (schema/api/openapi.json)");
    launch.run(*verb, []() -> Result<void> {
        std::cout << api::openapi_json();
        return {};
    });
}

}  // namespace aftercare::cli
