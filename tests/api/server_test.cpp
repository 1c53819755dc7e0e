#include "api/server.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <optional>
#include <catch2/catch.hpp>
#include <thread>

#include "api/hub.hpp"
#include "api/test_app.hpp"

using namespace aftercare;

namespace {

/// A real server on a free port, with its hub.
struct Serving {
    explicit Serving(std::size_t max_body = 1 << 20) : app(limited(max_body)), hub("E"), thread([this](std::stop_token stop) { hub.run(stop); }) {
        options.port = 0;
        server.emplace(app.api, hub, options);
        REQUIRE(server->start());
    }
    static api::ApiOptions limited(std::size_t max_body) {
        api::ApiOptions options;
        options.max_body = max_body;
        return options;
    }
    test::TestApp app;
    api::Hub hub;
    std::jthread thread;
    api::ServerOptions options;
    std::optional<api::Server> server;
};

/// A connection that speaks bytes.
class Wire {
   public:
    explicit Wire(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const timeval patience{5, 0};
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        REQUIRE(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    }
    ~Wire() { ::close(socket_); }
    void say(const std::string& text) { static_cast<void>(::send(socket_, text.data(), text.size(), MSG_NOSIGNAL)); }
    /// Reads until `until` has come, the peer closed, or 5 s have passed.
    std::string hear(const std::string& until = "\xFF never") {
        std::string text;
        std::array<char, 16'384> buffer{};
        while (text.find(until) == std::string::npos) {
            const auto got = ::recv(socket_, buffer.data(), buffer.size(), 0);
            if (got <= 0) break;
            text.append(buffer.data(), static_cast<std::size_t>(got));
        }
        return text;
    }

   private:
    int socket_;
};

std::string status_of(const std::string& answer) { return answer.size() > 12 ? answer.substr(9, 3) : "none: " + answer; }

std::string ask(Serving& serving, const std::string& request) {
    Wire wire(serving.server->port());
    wire.say(request);
    return wire.hear();
}

std::string post(const std::string& more, const std::string& body) {
    return "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n" + more + "\r\n" + body;
}

}  // namespace

TEST_CASE("requests are answered over one connection, HEAD without a body") {
    Serving serving;
    Wire wire(serving.server->port());
    wire.say("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    const std::string first = wire.hear(R"({"status":"ok"})");
    CHECK(status_of(first) == "200");
    CHECK(first.find("X-Request-Id: ") != std::string::npos);
    CHECK(first.find("Connection: Keep-Alive") != std::string::npos);
    wire.say("HEAD /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const std::string second = wire.hear();
    CHECK(second.find("Content-Length: 15") != std::string::npos);
    CHECK(second.substr(second.size() - 4) == "\r\n\r\n");
}

TEST_CASE("requests that come at once, in pieces or after a pause are answered one after the other") {
    Serving serving;
    Wire wire(serving.server->port());
    const std::string one = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
    wire.say(one + one + one.substr(0, 20));
    const auto count = [](const std::string& text) {
        std::size_t found = 0;
        for (auto at = text.find("HTTP/1.1 200 OK"); at != std::string::npos; at = text.find("HTTP/1.1 200 OK", at + 1)) ++found;
        return found;
    };
    std::string heard;
    for (int tries = 0; tries < 2 && count(heard) < 2; ++tries) heard += wire.hear("\"status\"");
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    CHECK(count(heard) == 2);
    wire.say(one.substr(20));
    CHECK(count(wire.hear("\"status\"")) == 1);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    wire.say("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    CHECK(count(wire.hear()) == 1);
}

TEST_CASE("bodies come with a length or in chunks, and both are bounded") {
    Serving serving(1'000);
    CHECK(status_of(ask(serving, post("Content-Length: 2\r\n", "{}"))) == "422");
    CHECK(status_of(ask(serving, post("Transfer-Encoding: chunked\r\n", "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"))) == "422");
    const std::string large = ask(serving, post("Content-Length: 999999999\r\n", "{"));
    CHECK(status_of(large) == "413");
    CHECK(large.find("body_too_large") != std::string::npos);
    std::string chunks;
    for (int i = 0; i < 300; ++i) chunks += "a\r\n0123456789\r\n";
    CHECK(status_of(ask(serving, post("Transfer-Encoding: chunked\r\n", chunks))) == "413");
    const std::string waiting = ask(serving, post("Content-Length: 2\r\nExpect: 100-continue\r\n", "{}"));
    CHECK(waiting.find("HTTP/1.1 100 Continue") == 0);
    CHECK(waiting.find("HTTP/1.1 422") != std::string::npos);
    CHECK(status_of(ask(serving, post("Content-Length: 5000\r\nExpect: 100-continue\r\n", ""))) == "413");
}

TEST_CASE("requests that break HTTP are refused and the connection ends") {
    Serving serving;
    for (const std::string& bad : {post("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "{}"), post("Content-Length: 2\r\nContent-Length: 3\r\n", "{}"),
                                   post("Content-Length: abc\r\n", "{}"), post("Content-Length: -1\r\n", "{}"),
                                   post("Transfer-Encoding: gzip\r\n", "{}"), std::string("GARBAGE\r\n\r\n")}) {
        CAPTURE(bad);
        const std::string answer = ask(serving, bad);
        CHECK(status_of(answer) == "400");
        CHECK(answer.find("bad_request") != std::string::npos);
        CHECK(answer.find("Connection: Close") != std::string::npos);
    }
}

TEST_CASE("heads have a size") {
    Serving serving;
    CHECK(status_of(ask(serving, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: " + std::string(9'000, 'a') + "\r\n\r\n")) == "431");
    std::string many = "GET /healthz HTTP/1.1\r\nHost: x\r\n", big = many;
    for (int i = 0; i < 200; ++i) many += "X-" + std::to_string(i) + ": 1\r\n";
    for (int i = 0; i < 10; ++i) big += "X-" + std::to_string(i) + ": " + std::string(4'000, 'a') + "\r\n";
    CHECK(status_of(ask(serving, many + "\r\n")) == "431");
    CHECK(status_of(ask(serving, big + "\r\n")) == "431");
    CHECK(status_of(ask(serving, "GET /api/v1/cases?q=" + std::string(10'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n")) == "414");
    CHECK(status_of(ask(serving, "GET /" + std::string(40'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n")) == "414");
}

TEST_CASE("a taken port is said in plain words") {
    Serving serving;
    auto options = serving.options;
    options.port = serving.server->port();
    api::Server second(serving.app.api, serving.hub, options);
    const auto result = second.start();
    REQUIRE_FALSE(result);
    CHECK(result.error().code == "port_taken");
    CHECK(result.error().detail == "127.0.0.1:" + std::to_string(options.port) + " is in use by another program. Stop that one, or choose another port.");
    options.host = "203.0.113.7";
    options.port = 0;
    CHECK(api::Server(serving.app.api, serving.hub, options).start().error().code == "address_unusable");
}

TEST_CASE("live clients hear hints of their shops over the hub") {
    Serving serving;
    const auto north = serving.app.a_shop("north"), south = serving.app.a_shop("south");
    const auto mei = serving.app.as("mei", {Role::agent}, {north});
    Wire wire(serving.server->port());
    wire.say("GET /api/v1/live HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nCookie: ac_session=" + mei.cookie + "\r\n\r\n");
    const std::string head = wire.hear("id: E-0\n\n");
    CHECK(status_of(head) == "200");
    CHECK(head.find("text/event-stream") != std::string::npos);
    serving.hub.publish({"case", "C1", south, 2});
    serving.hub.publish({"case", "C2", north, 3});
    const std::string told = wire.hear("C2");
    CHECK(told.find("C1") == std::string::npos);
    CHECK(told.find("event: hint\ndata: {\"topic\":\"case\",\"id\":\"C2\",\"version\":3}") != std::string::npos);
    serving.server->stop();
    serving.hub.publish({"case", "C3", north, 4});
    CHECK(wire.hear("C3").find("C3") != std::string::npos);  // the hub's sockets are not the server's
}

TEST_CASE("stopping does not wait for idle connections") {
    Serving serving;
    Wire idle(serving.server->port()), silent(serving.server->port());
    idle.say("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    idle.hear(R"({"status":"ok"})");
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    const auto before = std::chrono::steady_clock::now();
    serving.server->stop();
    CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(3));
}

TEST_CASE("a hundred clients at once are all answered") {
    Serving serving;
    std::vector<std::unique_ptr<Wire>> wires;
    for (int i = 0; i < 100; ++i) wires.push_back(std::make_unique<Wire>(serving.server->port()));
    for (const auto& wire : wires) wire->say("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    for (const auto& wire : wires) CHECK(status_of(wire->hear(R"({"status":"ok"})")) == "200");
}
