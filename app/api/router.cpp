#include "api/router.hpp"

#include <stdexcept>

namespace aftercare::api {

struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> any;
    std::string name;  // of `any`
    std::vector<const Route*> routes;
};

namespace {

/// Takes the next segment off "/a/b": "a", leaving "/b". `path` starts with "/".
std::string_view next_segment(std::string_view& path) {
    const auto end = std::min(path.find('/', 1), path.size());
    const auto segment = path.substr(1, end - 1);
    path.remove_prefix(end);
    return segment;
}

}  // namespace

Router::Router(const Routes& routes) : root_(std::make_unique<Node>()) {
    for (const Route& route : routes.all()) {
        Node* node = root_.get();
        for (std::string_view rest = route.path; !rest.empty();) {
            const auto segment = next_segment(rest);
            const bool named = segment.starts_with('{');
            auto& next = named ? node->any : node->literals[std::string(segment)];
            if (named) {
                const auto name = segment.substr(1, segment.size() - 2);
                if (!node->name.empty() && node->name != name) throw std::logic_error("two names for one segment: " + route.path);
                node->name = name;
            }
            if (!next) next = std::make_unique<Node>();
            node = next.get();
        }
        node->routes.push_back(&route);
    }
}

Router::~Router() = default;

Result<const Route*> Router::find(std::string_view method, std::string_view path, Params& params) const {
    const Node* node = root_.get();
    while (!path.empty() && node) {
        const auto segment = next_segment(path);
        if (const auto literal = node->literals.find(segment); literal != node->literals.end()) {
            node = literal->second.get();
        } else if (node->any && !segment.empty()) {
            std::string text;
            if (!percent_decode(segment, false, text)) return fail(ErrorKind::invalid, "bad_path");
            params.emplace_back(node->name, std::move(text));
            node = node->any.get();
        } else {
            node = nullptr;
        }
    }
    if (!node || node->routes.empty()) return fail(ErrorKind::not_found, "unknown_route");
    std::string allow;
    for (const Route* route : node->routes) {
        if (route->method == method) return route;
        allow += (allow.empty() ? "" : ", ") + route->method;
    }
    return fail(Error{ErrorKind::invalid, "method_not_allowed", {}, {}, {{"allow", allow}}, {}});
}

}  // namespace aftercare::api
