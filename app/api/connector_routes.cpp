#include "api/routes.hpp"
#include "usecase/trouble.hpp"

namespace aftercare::api {

void add_connector_routes(Routes& routes) {
    routes.get("/api/v1/connectors", "listConnectors", "Configured plugins with their health", usecase::list_connectors);
    routes.post("/api/v1/connectors", "addConnector", "Configure a plugin for a shop", usecase::add_connector).creates();
    routes.post("/api/v1/connectors/{connector_id}", "changeConnector", "Change title, settings or whether it runs",
                usecase::change_connector).needs_version();
    routes.post("/api/v1/connectors/{connector_id}/check", "checkConnector", "Test the connection now", usecase::check_connector);
    routes.get("/api/v1/connectors/{connector_id}/trouble", "connectorTrouble", "What it did not take, and what it brought that cannot be used",
               usecase::connector_trouble);
    routes.post("/api/v1/messages/{message_id}/send_again", "resendMessage", "Send a message again that was given up",
                usecase::resend_message).needs_key();
    routes.get("/api/v1/plugins", "listPlugins", "Plugins found in the plugins folder", usecase::list_plugins);
}

}  // namespace aftercare::api
