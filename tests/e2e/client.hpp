#pragma once
#include <catch2/catch.hpp>
#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "e2e/program.hpp"

/// A program that works through the API of a real service.
namespace aftercare::test {

using Json = nlohmann::json;

struct Reply {
    int status = 0;  ///< 0: no whole answer came
    std::string body;
};

/// One person's requests to whatever server is running now.
struct Client {
    std::string token;

    Reply call(const Service& service, const std::string& method, const std::string& path, const std::string& body = {},
               const std::string& key = {}, const std::string& more = {}) const {
        std::string text = method + " /api/v1/" + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + more;
        if (!token.empty()) text += "Authorization: Bearer " + token + "\r\n";
        if (!key.empty()) text += "Idempotency-Key: " + key + "\r\n";
        if (!body.empty()) text += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
        text += "\r\n" + body;
        try {
            return parse(service.request(text));
        } catch (const std::exception&) {
            return {};
        }
    }

   private:
    static Reply parse(const std::string& answer) {
        const auto head_end = answer.find("\r\n\r\n");
        if (head_end == std::string::npos) return {};
        Reply reply{std::stoi(answer.substr(9, 3)), answer.substr(head_end + 4)};
        const auto length = answer.find("Content-Length: ");
        if (length == std::string::npos || length > head_end) return {};
        return std::stoul(answer.substr(length + 16)) == reply.body.size() ? reply : Reply{};
    }
};

inline Json an_order(const std::string& shop, const std::string& number, std::int64_t qty) {
    using namespace std::chrono;
    const std::int64_t now = duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
    const Json line = {{"sku", "CUP"}, {"name", "Cup"}, {"qty", qty}, {"unit_price_minor", 199}};
    return {{"shop_id", shop}, {"number", number}, {"placed_at", now - 200'000'000}, {"delivered_at", now - 90'000'000}, {"lines", Json::array({line})}};
}

/// Signs in, makes a shop and a token for programs that work in it.
struct Entry {
    std::string shop, secret;
};
inline Entry enter(const Service& service, const std::vector<std::string>& roles = {"admin", "agent", "lead"}) {
    const std::string body = R"({"login":"root","password":"a good password"})";
    const auto signed_in = service.request("POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: " +
                                           std::string("application/json\r\nContent-Length: ") + std::to_string(body.size()) + "\r\n\r\n" + body);
    INFO(signed_in);
    const auto at = signed_in.find("ac_session=");
    REQUIRE(at != std::string::npos);
    const std::string cookie = signed_in.substr(at, signed_in.find(';', at) - at);
    const std::string csrf = Json::parse(signed_in.substr(signed_in.find("\r\n\r\n") + 4))["csrf_token"];
    const std::string session = "Cookie: " + cookie + "\r\nX-CSRF-Token: " + csrf + "\r\n";
    const auto shop = Client{}.call(service, "POST", "shops",
                                    R"({"code":"main","name":"Main","currency":"CNY","zone":"Asia/Shanghai"})", "shop", session);
    INFO(shop.body);
    REQUIRE(shop.status < 300);
    const std::string shop_id = Json::parse(shop.body)["id"];
    const Json token{{"name", "load"}, {"roles", roles}, {"shops", {shop_id}}};
    const auto made = Client{}.call(service, "POST", "tokens", token.dump(), "token", session);
    INFO(made.body);
    REQUIRE(made.status < 300);
    return {shop_id, Json::parse(made.body)["secret"]};
}

}  // namespace aftercare::test
