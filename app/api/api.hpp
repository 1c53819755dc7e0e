#pragma once
#include <functional>
#include <memory>
#include <string>

#include "api/http.hpp"
#include "usecase/context.hpp"

namespace aftercare::api {

/// One answered request, for the log. Views live for the call only.
struct RequestLog {
    std::string_view request_id, method, path, client;
    std::string_view failure;  ///< of a 5xx: what broke, in the words of whoever said it
    int status;
    std::int64_t micros;
};

struct ApiOptions {
    std::string console_folder{};           ///< the built console; empty: none
    bool secure_cookie = false;             ///< the service is reached by https
    std::size_t max_body = 1 << 20;         ///< bytes
    unsigned computing = 0;                 ///< requests that read or decode at once; 0: four a core
    std::function<Result<void>()> ready{};  ///< asked by /readyz; none: always ready
    std::function<void(const RequestLog&)> log{};  ///< called once a request, on its thread; must be quick
};

/// The whole HTTP face with no socket in it. Thread safe; borrows the context, which must outlive it.
class Api {
   public:
    Api(usecase::Context& context, ApiOptions options);
    ~Api();
    /// Never throws: what goes wrong inside becomes a 500 with the request's id.
    HttpResponse handle(const HttpRequest& request);
    /// The longest body that this request, whose head is here, may have: more than elsewhere only where a route takes it, and only for
    /// whoever is signed in, for bodies are held in memory.
    Result<std::size_t> body_limit(const HttpRequest& request);
    /// An answer for what the server refuses before it has a request: status 400, 413, 414 or 431 by `code`.
    HttpResponse refuse(std::string_view code, const HttpRequest& request);
    HttpResponse refuse(const Error& error, const HttpRequest& request);

   private:
    struct Rooms;
    std::unique_ptr<Rooms> rooms_;
};

/// The OpenAPI 3.1 file, as `aftercare openapi` prints it and /api/v1/openapi.json serves it. Ends in a newline.
std::string openapi_json();

}  // namespace aftercare::api
