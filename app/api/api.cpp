#include "api/api.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

#include "api/credentials.hpp"
#include "api/embedded.hpp"
#include "api/gate.hpp"
#include "api/openapi.hpp"
#include "api/problem.hpp"
#include "api/router.hpp"
#include "api/static_files.hpp"

namespace aftercare::api {

namespace {

constexpr std::size_t kMaxUrl = 8'192;

unsigned cores() { return std::max(1u, std::thread::hardware_concurrency()); }

std::string request_id(const HttpRequest& request, env::IdSource& ids) {
    const auto given = request.header("X-Request-Id");
    const bool sane = given.size() >= 8 && given.size() <= 64 && std::all_of(given.begin(), given.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
    });
    return sane ? std::string(given) : ids.next();
}

bool accepts(std::string_view accept, std::string_view type) {
    type = type.substr(0, type.find(';'));
    const auto has = [&](std::string_view each) { return accept.find(each) != std::string_view::npos; };
    return accept.empty() || has("*/*") || has(type) || has(type.starts_with("text/") ? "text/*" : "application/*") ||
           has("application/problem+json");
}

/// Whether a change by that route may end, widen or narrow what somebody may do.
bool moves_people(std::string_view path) {
    constexpr std::array<std::string_view, 5> kRooms{"/api/v1/session", "/api/v1/staff", "/api/v1/tokens", "/api/v1/shops", "/api/v1/demo"};
    return std::any_of(kRooms.begin(), kRooms.end(), [&](std::string_view room) { return path.starts_with(room); });
}

/// A route that always gives the same text.
void add_text(Routes& routes, std::string path, std::string_view type, std::string text) {
    auto file = std::make_shared<const std::string>(std::move(text));
    Route& route = routes.add("GET", std::move(path), "", "", [file, type](const Call&) -> Result<HttpResponse> {
        HttpResponse response;
        response.content_type = type;
        response.file = file;
        response.headers.emplace_back("Cache-Control", "no-cache");
        add_page_headers(response);
        return response;
    });
    route.open = true, route.listed = false, route.out_type = type;
}

Routes table() {
    Routes routes = all_routes();
    const auto spec = openapi(routes);
    add_text(routes, "/api/v1/openapi.json", "application/json", spec.dump(1) + "\n");
    add_text(routes, "/api/v1/docs", "text/html; charset=utf-8", docs_page(spec));
    add_text(routes, "/api/v1/docs.css", "text/css; charset=utf-8", std::string(kDocsCss));
    return routes;
}

}  // namespace

struct Api::Rooms {
    Rooms(usecase::Context& use, ApiOptions given)
        : context(use), options(std::move(given)), routes(table()), router(routes), files(options.console_folder),
          computing(options.computing ? options.computing : 4 * cores()), signing_in(cores()) {}

    usecase::Context& context;
    const ApiOptions options;
    const Routes routes;
    const Router router;
    const StaticFiles files;
    Callers callers;
    Gate computing;   // queries and session look-ups
    Gate signing_in;  // each costs 19 MiB and 30 ms of a core

    Result<HttpResponse> answer(const HttpRequest& request) {
        if (request.path.size() + request.query.size() > kMaxUrl) return fail(ErrorKind::invalid, "url_too_long");
        if (!request.path.starts_with('/')) return fail(ErrorKind::invalid, "bad_path");
        Params path;
        const auto route = router.find(request.method, request.path, path);
        if (route) return run(request, **route, std::move(path));
        if (route.error().code != "unknown_route" || request.path.starts_with("/api/")) return tl::make_unexpected(route.error());
        return page(request);
    }

    Result<HttpResponse> page(const HttpRequest& request) {
        if (request.method != "GET") return fail(Error{ErrorKind::invalid, "method_not_allowed", {}, {}, {{"allow", "GET"}}, {}});
        HttpResponse response = files.find(request);
        if (response.file) return response;
        return fail(ErrorKind::not_found, files.has_console() ? "unknown_route" : "console_not_built");
    }

    Result<std::size_t> body_limit(const HttpRequest& request) {
        Params path;
        const auto route = router.find(request.method, request.path, path);
        if (!route || (*route)->max_body <= options.max_body) return options.max_body;
        Call call{context, request, **route, options, std::move(path), {}, false, {}, {}};
        const Gate::Hold hold(computing);
        AC_CHECK(sign_call(call, callers));
        return (*route)->max_body;
    }

    Result<HttpResponse> run(const HttpRequest& request, const Route& route, Params path) {
        if (!accepts(request.header("Accept"), route.out_type)) return fail(ErrorKind::invalid, "not_acceptable");
        Call call{context, request, route, options, std::move(path), {}, false, {}, {}};
        if (route.open && !route.changes) return route.run(call);
        Gate::Hold hold(route.open ? signing_in : computing);
        if (!route.open) AC_CHECK(sign_call(call, callers));
        AC_CHECK(check_body(request, route, options.max_body));
        if (route.open || !route.changes) return route.run(call);
        AC_TRY(call.guard, guard_of(call));
        hold.release();  // a change waits for its group's commit: many must be able to wait together
        auto answer = route.run(call);
        if (moves_people(route.path)) callers.forget();
        return answer;
    }

    HttpResponse finish(HttpResponse response, std::string id) {
        const auto add = [&](std::string_view name, std::string_view value) { response.headers.emplace_back(name, value); };
        if (response.header("Cache-Control").empty()) add("Cache-Control", "no-store");
        add("X-Content-Type-Options", "nosniff");
        response.headers.emplace_back("X-Request-Id", std::move(id));
        return response;
    }
};

Api::Api(usecase::Context& context, ApiOptions options) : rooms_(std::make_unique<Rooms>(context, std::move(options))) {}
Api::~Api() = default;

HttpResponse Api::handle(const HttpRequest& request) {
    const auto started = std::chrono::steady_clock::now();
    const std::string id = request_id(request, rooms_->context.ids);
    Result<HttpResponse> answer = fail(ErrorKind::unavailable, "internal_error");
    try {
        answer = rooms_->answer(request);
    } catch (const std::exception& error) {
        answer.error().detail = error.what();
    }
    std::string failure;
    HttpResponse response;
    if (answer) {
        response = std::move(*answer);
    } else {
        response = problem(answer.error(), language_of(request.header("Accept-Language")), id);
        if (response.status >= 500) failure = answer.error().code + ": " + answer.error().detail;
    }
    response = rooms_->finish(std::move(response), id);
    if (rooms_->options.log) {
        const auto spent = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started).count();
        rooms_->options.log({id, request.method, request.path, request.client, failure, response.status, spent});
    }
    return response;
}

Result<std::size_t> Api::body_limit(const HttpRequest& request) { return rooms_->body_limit(request); }

HttpResponse Api::refuse(std::string_view code, const HttpRequest& request) {
    Error error{ErrorKind::invalid, std::string(code), {}, {}, {}, {}};
    if (code == "body_too_large") error.params = {{"limit_bytes", std::to_string(rooms_->body_limit(request).value_or(rooms_->options.max_body))}};
    return refuse(error, request);
}

HttpResponse Api::refuse(const Error& error, const HttpRequest& request) {
    std::string id = request_id(request, rooms_->context.ids);
    auto response = problem(error, language_of(request.header("Accept-Language")), id);
    return rooms_->finish(std::move(response), std::move(id));
}

}  // namespace aftercare::api
