#pragma once
#include <aftercare/codec/json.hpp>
#include <deque>

#include "api/http.hpp"
#include "api/query_reader.hpp"
#include "usecase/staff.hpp"

/// The route table. One line a route: the template works out what the use case takes and gives, reads it with `fields` and
/// describes it for OpenAPI.
namespace aftercare::api {

struct ApiOptions;
struct Route;

/// One request on its way to a use case.
struct Call {
    usecase::Context& context;
    const HttpRequest& request;
    const Route& route;
    const ApiOptions& options;
    Params path;              ///< what the {names} of the path stood for
    std::string_view secret;  ///< the caller's cookie or bearer token; empty on open routes
    bool by_cookie = false;
    usecase::Session session;
    usecase::Guard guard;
};

using Run = std::function<Result<HttpResponse>(const Call&)>;
using Describe = SchemaWriter::Json (*)(SchemaWriter&);

struct Route {
    std::string method, path, operation_id, summary;
    Run run;
    Describe in = nullptr, out = nullptr;
    bool changes = false;           ///< not a GET: CSRF token under a cookie, JSON body, Idempotency-Key, If-Match
    bool open = false;              ///< needs no session
    bool listed = true;             ///< is in the OpenAPI file
    bool key_required = false;      ///< 428 without Idempotency-Key
    bool version_required = false;  ///< 428 without If-Match
    int status = 200;
    std::string_view in_type = "application/json", out_type = "application/json";
    std::size_t max_body = 0;       ///< bytes that whoever is signed in may send; 0: as everywhere

    Route& needs_key() { return key_required = true, *this; }
    Route& needs_version() { return version_required = true, *this; }
    Route& creates() { return status = 201, *this; }
};

/// The JSON body as an object with the path's texts in it. `invalid` "not_json", "json_too_deep", "body_not_an_object";
/// a field that the path already says is `unknown_field`.
Result<nlohmann::json> body_object(const Call& call);

/// The version that an answer carries, for its ETag; nullopt when the type has none.
template <class Out>
std::optional<std::int64_t> version_of(const Out& out) {
    if constexpr (requires { std::int64_t{out.version}; }) return out.version;
    else if constexpr (requires { std::int64_t{out.c.version}; }) return out.c.version;
    else return std::nullopt;
}

template <class Out>
HttpResponse answer(const Out& out, int status) {
    HttpResponse response;
    response.status = status;
    response.body = encode(out);
    if (const auto version = version_of(out)) response.headers.emplace_back("ETag", '"' + std::to_string(*version) + '"');
    return response;
}

template <class In>
Result<In> read_query(const Call& call) {
    AC_TRY(const Params query, parse_query(call.request.query));
    In in{};
    QueryReader reader(call.path, query);
    fields(reader, in);
    AC_CHECK(reader.finish());
    return in;
}

template <class In>
Result<In> read_body(const Call& call) {
    AC_TRY(const nlohmann::json json, body_object(call));
    return from_json<In>(json, true);
}

template <class T>
SchemaWriter::Json describe(SchemaWriter& writer) {
    return writer.of<T>();
}

/// Routes in the order they are printed. References stay good while the table lives.
class Routes {
   public:
    template <class In, class Out>
    using Query = Result<Out> (*)(usecase::Context&, const domain::Actor&, const In&);
    template <class In, class Out>
    using Change = Result<Out> (*)(usecase::Context&, const domain::Actor&, const usecase::Guard&, const In&);

    template <class In, class Out>
    Route& get(std::string path, std::string id, std::string summary, Query<In, Out> use_case) {
        Route& route = add("GET", std::move(path), std::move(id), std::move(summary), [use_case](const Call& call) -> Result<HttpResponse> {
            AC_TRY(const In in, read_query<In>(call));
            AC_TRY(const Out out, use_case(call.context, call.session.actor, in));
            return answer(out, call.route.status);
        });
        return route.in = describe<In>, route.out = describe<Out>, route;
    }

    template <class In, class Out>
    Route& post(std::string path, std::string id, std::string summary, Change<In, Out> use_case) {
        return change("POST", std::move(path), std::move(id), std::move(summary), use_case);
    }
    template <class In, class Out>
    Route& remove(std::string path, std::string id, std::string summary, Change<In, Out> use_case) {
        return change("DELETE", std::move(path), std::move(id), std::move(summary), use_case);
    }

    /// A route that answers by itself.
    Route& add(std::string method, std::string path, std::string id, std::string summary, Run run);

    [[nodiscard]] const std::deque<Route>& all() const { return routes_; }

   private:
    template <class In, class Out>
    Route& change(std::string method, std::string path, std::string id, std::string summary, Change<In, Out> use_case) {
        Route& route = add(std::move(method), std::move(path), std::move(id), std::move(summary), [use_case](const Call& call) -> Result<HttpResponse> {
            AC_TRY(const In in, read_body<In>(call));
            AC_TRY(const Out out, use_case(call.context, call.session.actor, call.guard, in));
            return answer(out, call.route.status);
        });
        return route.in = describe<In>, route.out = describe<Out>, route;
    }

    std::deque<Route> routes_;
};

void add_session_routes(Routes& routes);
void add_staff_routes(Routes& routes);
void add_order_routes(Routes& routes);
void add_customer_routes(Routes& routes);
void add_import_routes(Routes& routes);
void add_photo_routes(Routes& routes);
void add_receiving_routes(Routes& routes);
void add_case_routes(Routes& routes);
void add_operation_routes(Routes& routes);
void add_matter_routes(Routes& routes);
void add_connector_routes(Routes& routes);
void add_revisit_routes(Routes& routes);

/// Every route of the product but the console's files, the OpenAPI file and its page.
Routes all_routes();

}  // namespace aftercare::api
