#pragma once
#include <aftercare/base/id.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A request and an answer with no socket in them.
namespace aftercare::api {

/// Everything is borrowed: what the views point at must live until `Api::handle` returns.
struct HttpRequest {
    std::string_view method;  ///< upper case
    std::string_view path;    ///< as sent, still percent-encoded, without the query
    std::string_view query;   ///< after the "?", still encoded
    std::string_view body;
    std::string_view client;  ///< address of the peer, for the limit of sign-ins
    std::vector<std::pair<std::string_view, std::string_view>> headers;

    /// The first header of that name, any case; empty when absent.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// What a live client may see, and what it saw last (empty: nothing yet).
struct LiveStart {
    std::vector<ShopId> shops;
    bool all_shops = false;
    std::string last_event_id;
};

struct HttpResponse {
    int status = 200;
    std::string_view content_type = "application/json";                 ///< a literal
    std::vector<std::pair<std::string_view, std::string>> headers{};    ///< names are literals
    std::string body{};
    std::shared_ptr<const std::string> file{};  ///< instead of `body`: a file that many answers share
    std::optional<LiveStart> live{};            ///< the socket goes to the hub; there is no body

    [[nodiscard]] std::string_view content() const { return file ? std::string_view(*file) : std::string_view(body); }
    /// The header of that name as written by us; empty when absent.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

bool same_name(std::string_view a, std::string_view b);  ///< ASCII letters of any case are equal

}  // namespace aftercare::api
