#pragma once
#include <map>
#include <memory>

#include "api/routes.hpp"

namespace aftercare::api {

/// Finds a route by walking the path's segments. A literal segment wins over a {name}.
class Router {
   public:
    /// Borrows the routes.
    explicit Router(const Routes& routes);
    ~Router();

    /// Fills `path` with what the {names} stand for, decoded. `invalid` "bad_path" for broken escapes, NUL or bad UTF-8;
    /// `not_found` "unknown_route"; "method_not_allowed" with param allow.
    Result<const Route*> find(std::string_view method, std::string_view path, Params& params) const;

   private:
    struct Node;
    std::unique_ptr<Node> root_;
};

}  // namespace aftercare::api
