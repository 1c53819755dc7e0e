#include "api/routes.hpp"
#include "usecase/connectors.hpp"

namespace aftercare::api {

void add_connector_routes(Routes& routes) {
    routes.get("/api/v1/connectors", "listConnectors", "Configured plugins with their health", usecase::list_connectors);
    routes.post("/api/v1/connectors", "addConnector", "Configure a plugin for a shop", usecase::add_connector).creates();
    routes.post("/api/v1/connectors/{connector_id}", "changeConnector", "Change title, settings or whether it runs",
                usecase::change_connector).needs_version();
    routes.post("/api/v1/connectors/{connector_id}/check", "checkConnector", "Test the connection now", usecase::check_connector);
    routes.get("/api/v1/plugins", "listPlugins", "Plugins found in the plugins folder", usecase::list_plugins);
}

}  // namespace aftercare::api
