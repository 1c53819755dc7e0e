#include "api/test_app.hpp"

#include <iostream>

#include "api/schema_check.hpp"
#include "env/log.hpp"
#include "support/photo.hpp"
#include "usecase/staff.hpp"

namespace aftercare::test {

using nlohmann::json;

std::string Reply::at(const std::string& pointer) const {
    const json::json_pointer where(pointer);
    return json.contains(where) && json[where].is_string() ? json[where].get<std::string>() : "";
}

Reply Caller::send(const std::string& method, const std::string& target, const std::string& body, Headers more) {
    if (!bearer.empty()) more.emplace_back("Authorization", "Bearer " + bearer);
    if (!cookie.empty()) more.emplace_back("Cookie", "theme=dark; ac_session=" + cookie);
    if (!csrf.empty()) more.emplace_back("X-CSRF-Token", csrf);
    if (!body.empty()) more.emplace_back("Content-Type", "application/json; charset=utf-8");
    api::HttpRequest request;
    request.method = method;
    const auto mark = std::min(target.find('?'), target.size());
    request.path = std::string_view(target).substr(0, mark);
    request.query = std::string_view(target).substr(std::min(mark + 1, target.size()));
    request.body = body;
    request.client = "192.0.2.1";
    for (const auto& [name, value] : more) request.headers.emplace_back(name, value);
    const api::HttpResponse response = app_->api.handle(request);
    Reply reply{response.status, json::parse(response.content(), nullptr, false), std::string(response.content()),
                std::string(response.content_type), {}};
    if (reply.json.is_discarded()) reply.json = nullptr;
    for (const auto& [name, value] : response.headers) reply.headers[std::string(name)] = value;
    if (const std::string wrong = against_openapi(request.method, request.path, reply.status, reply.json); !wrong.empty())
        throw std::runtime_error("not as the OpenAPI file says: " + wrong + "\n" + reply.body);
    return reply;
}

Reply Caller::sign_in(const std::string& login, const std::string& password) {
    Reply reply = send("POST", "/api/v1/session", json{{"login", login}, {"password", password}}.dump(), {});
    if (reply.status == 200) {
        const std::string set = reply.headers["Set-Cookie"];
        cookie = set.substr(11, set.find(';') - 11);  // after "ac_session="
        csrf = reply.json["csrf_token"];
    }
    return reply;
}

namespace {

/// What broke inside is shown beside the failed check.
api::ApiOptions told(api::ApiOptions options) {
    env::log_from(env::LogLevel::error);
    if (!options.log)
        options.log = [](const api::RequestLog& request) {
            if (!request.failure.empty()) std::cerr << request.path << ": " << request.failure << "\n";
        };
    return options;
}

}  // namespace

TestApp::TestApp(api::ApiOptions options) : api(ctx, told(std::move(options))) { ctx.photos_folder = photos.path(); }

Caller TestApp::as(const std::string& login, std::vector<Role> roles, std::vector<ShopId> shops) {
    const auto admin = an_admin();
    const auto made = usecase::add_staff(ctx, admin, guard(admin), {login, login, kPassword, std::move(roles), std::move(shops)});
    if (!made) throw std::runtime_error("cannot add " + login + ": " + made.error().code);
    Caller caller(*this);
    if (const Reply reply = caller.sign_in(login, kPassword); reply.status != 200) throw std::runtime_error("cannot sign in: " + reply.body);
    return caller;
}

ShopId TestApp::a_shop(const std::string& code) {
    const auto admin = an_admin();
    const auto made = usecase::add_shop(ctx, admin, guard(admin), {code, code, "CNY", "Asia/Shanghai"});
    if (!made) throw std::runtime_error("cannot add the shop: " + made.error().code);
    return made->id;
}

json TestApp::an_order(Caller& caller, const ShopId& shop, const std::string& number, int qty) {
    const auto yesterday = (clock.now() - days(1)).ms;
    const json order{{"shop_id", shop.value},
                     {"number", number},
                     {"customer", {{"name", number}, {"phone", "13800001234"}}},
                     {"lines", {{{"sku", "MUG"}, {"name", "Mug"}, {"qty", qty}, {"unit_price_minor", 10'000}}}},
                     {"placed_at", yesterday - 1'000},
                     {"delivered_at", yesterday}};
    const Reply reply = caller.post("/api/v1/orders", order.dump());
    if (reply.status != 201) throw std::runtime_error("cannot put the order: " + reply.body);
    return reply.json;
}

std::string TestApp::a_photo(Caller& caller, const ShopId& shop) {
    const Reply reply = caller.send("POST", "/api/v1/photos?shop_id=" + shop.value, a_picture("png"), {{"Content-Type", "image/png"}});
    if (reply.status != 201) throw std::runtime_error("cannot put the photo: " + reply.body);
    return reply.at("/id");
}

}  // namespace aftercare::test
