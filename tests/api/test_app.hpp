#pragma once
#include <map>
#include <nlohmann/json.hpp>

#include "api/api.hpp"
#include "support/temp_folder.hpp"
#include "usecase/world.hpp"

namespace aftercare::test {

struct Reply {
    int status = 0;
    nlohmann::json json;  ///< null when the body is no JSON
    std::string body;
    std::string type;
    std::map<std::string, std::string> headers;

    [[nodiscard]] std::string code() const { return json.is_object() ? json.value("code", "") : ""; }
    [[nodiscard]] std::string at(const std::string& pointer) const;  ///< the text of a string at a JSON pointer; "" when absent
};

using Headers = std::vector<std::pair<std::string, std::string>>;

class TestApp;

/// Somebody who asks: by cookie after `sign_in`, else by `bearer`, else nobody.
class Caller {
   public:
    explicit Caller(TestApp& app) : app_(&app) {}
    Reply get(const std::string& target, Headers more = {}) { return send("GET", target, "", std::move(more)); }
    Reply post(const std::string& target, const std::string& body = "", Headers more = {}) { return send("POST", target, body, std::move(more)); }
    Reply remove(const std::string& target, Headers more = {}) { return send("DELETE", target, "", std::move(more)); }
    Reply send(const std::string& method, const std::string& target, const std::string& body, Headers more);
    /// The CSRF token and the cookie are kept and sent from now on.
    Reply sign_in(const std::string& login, const std::string& password);

    std::string cookie, csrf, bearer;

   private:
    TestApp* app_;
};

/// The API over the real use cases and an empty database in memory.
class TestApp : public World {
   public:
    explicit TestApp(api::ApiOptions options = {});
    /// A person with that login, password "correct horse", signed in. No shops: an admin of the whole installation.
    Caller as(const std::string& login, std::vector<Role> roles, std::vector<ShopId> shops);
    ShopId a_shop(const std::string& code);
    Caller nobody() { return Caller(*this); }
    /// An order of one line of `qty` units at 100.00, paid and delivered yesterday. Its view.
    nlohmann::json an_order(Caller& caller, const ShopId& shop, const std::string& number, int qty = 3);
    /// The id of a photo that the caller sent.
    static std::string a_photo(Caller& caller, const ShopId& shop);

    TempFolder photos;
    api::Api api;
};

inline constexpr const char* kPassword = "correct horse";

}  // namespace aftercare::test
