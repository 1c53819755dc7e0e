#include "api/routes.hpp"
#include "usecase/receipts.hpp"
#include "usecase/trouble.hpp"
#include "usecase/webhooks.hpp"

namespace aftercare::api {

void add_connector_routes(Routes& routes) {
    routes.get("/api/v1/connectors", "listConnectors", "Configured plugins with their health", usecase::list_connectors);
    routes.post("/api/v1/connectors", "addConnector", "Configure a plugin for a shop", usecase::add_connector).creates();
    routes.post("/api/v1/connectors/{connector_id}", "changeConnector", "Change title, settings or whether it runs",
                usecase::change_connector).needs_version();
    routes.post("/api/v1/connectors/{connector_id}/check", "checkConnector", "Test the connection now", usecase::check_connector);
    routes.post("/api/v1/connectors/{connector_id}/start", "startConnector", "Open it anew; a plugin that was set aside starts again",
                usecase::start_connector);
    routes.get("/api/v1/connectors/{connector_id}/trouble", "connectorTrouble", "What it did not take, and what it brought that cannot be used",
               usecase::connector_trouble);
    routes.post("/api/v1/messages/{message_id}/send_again", "resendMessage", "Send a message again that was given up",
                usecase::resend_message).needs_key();
    routes.get("/api/v1/plugins", "listPlugins", "Plugins found in the plugins folder", usecase::list_plugins);
    routes.get("/api/v1/webhooks", "listWebhooks", "Where a shop's events are sent", usecase::list_endpoints);
    routes.post("/api/v1/webhooks", "addWebhook", "Register an endpoint; its secret is in the answer, once", usecase::add_endpoint).creates();
    routes.post("/api/v1/webhooks/{webhook_id}", "changeWebhook", "Change title, address or whether it is active",
                usecase::change_endpoint).needs_version();
    routes.post("/api/v1/webhooks/{webhook_id}/rotate", "rotateWebhookSecret", "A new secret; the old one signs beside it for a day",
                usecase::rotate_secret);
    routes.post("/api/v1/webhooks/{webhook_id}/test", "testWebhook", "Send a test.ping", usecase::test_endpoint);
    routes.get("/api/v1/webhooks/{webhook_id}/deliveries", "listDeliveries", "What was sent there, newest first", usecase::list_deliveries);
    routes.post("/api/v1/messages/{message_id}/replay", "replayDelivery", "Send a delivery again with its id and body",
                usecase::replay_delivery).needs_key();
    routes.post("/api/v1/receipts", "putReceipt", "What a warehouse counted and inspected; the same external_id again changes nothing",
                usecase::put_receipt);
    routes.get("/api/v1/receipts", "listReceiptProblems", "What was reported and is of no use yet", usecase::list_receipt_problems);
}

}  // namespace aftercare::api
