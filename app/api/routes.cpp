#include "api/routes.hpp"

#include "api/people_routes.hpp"

namespace aftercare::api {

Route& Routes::add(std::string method, std::string path, std::string id, std::string summary, Run run) {
    Route& route = routes_.emplace_back();
    route.changes = method != "GET";
    route.method = std::move(method);
    route.path = std::move(path);
    route.operation_id = std::move(id);
    route.summary = std::move(summary);
    route.run = std::move(run);
    return route;
}

Result<nlohmann::json> body_object(const Call& call) {
    nlohmann::json object = nlohmann::json::object();
    if (!call.request.body.empty()) {
        AC_TRY(object, parse_json(call.request.body));
    }
    if (!object.is_object()) return fail(ErrorKind::invalid, "body_not_an_object");
    for (const auto& [name, text] : call.path) {
        if (object.contains(name)) return fail_field("/" + name, "unknown_field");
        object[name] = text;
    }
    return object;
}

Routes all_routes() {
    Routes routes;
    add_session_routes(routes);
    add_staff_routes(routes);
    add_order_routes(routes);
    add_customer_routes(routes);
    add_import_routes(routes);
    add_photo_routes(routes);
    add_case_routes(routes);
    add_operation_routes(routes);
    add_matter_routes(routes);
    add_people_routes(routes);
    add_receiving_routes(routes);
    add_connector_routes(routes);
    add_revisit_routes(routes);
    return routes;
}

}  // namespace aftercare::api
