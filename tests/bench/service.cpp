#include "bench/service.hpp"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "api/api.hpp"
#include "api/hub.hpp"
#include "api/server.hpp"
#include "bench/shop.hpp"
#include "env/memory.hpp"

namespace aftercare::bench {

namespace {

namespace net = Poco::Net;

class Hello final : public net::HTTPRequestHandler {
    void handleRequest(net::HTTPServerRequest&, net::HTTPServerResponse& response) override {
        static const std::string body = R"({"status":"ok","filler":")" + std::string(170, 'x') + "\"}";
        response.setContentType("application/json");
        response.sendBuffer(body.data(), body.size());
    }
};

class HelloFactory final : public net::HTTPRequestHandlerFactory {
    net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override { return new Hello; }
};

}  // namespace

Service::Service(const Body& body) {
    int down[2], up[2];
    if (::pipe(down) != 0 || ::pipe(up) != 0) throw std::runtime_error("no pipe");
    child_ = ::fork();
    if (child_ < 0) throw std::runtime_error("no process");
    if (child_ == 0) {
        ::close(down[1]), ::close(up[0]);
        ::signal(SIGPIPE, SIG_IGN);
        const auto say = [&](std::int64_t number) {
            if (::write(up[1], &number, sizeof number) != sizeof number) ::_exit(1);
        };
        const auto asked = [&] {
            char byte = 0;
            return ::read(down[0], &byte, 1) == 1;
        };
        try {
            body(say, asked);
        } catch (const std::exception& error) {
            std::cerr << "service: " << error.what() << '\n';
        }
        ::_exit(0);
    }
    ::close(down[0]), ::close(up[1]);
    ask_ = down[1], answer_ = up[0];
    port_ = static_cast<int>(hear());
}

Service::~Service() {
    ::close(ask_);
    ::close(answer_);
    ::waitpid(child_, nullptr, 0);
}

std::int64_t Service::hear() const {
    std::int64_t number = 0;
    if (::read(answer_, &number, sizeof number) != sizeof number) throw std::runtime_error("the service ended (it said why above)");
    return number;
}

std::int64_t Service::commits() {
    if (::write(ask_, "?", 1) != 1) throw std::runtime_error("the service ended");
    return hear();
}

double Service::cpu_seconds() const {
    std::ifstream stat("/proc/" + std::to_string(child_) + "/stat");
    std::string text;
    std::getline(stat, text);
    std::istringstream fields(text.substr(text.rfind(')') + 2));
    std::int64_t user = 0, system = 0;
    for (int i = 0; i < 11; ++i) fields >> text;  // state … cmajflt
    fields >> user >> system;
    return static_cast<double>(user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::int64_t Service::status(std::string_view name) const {
    std::ifstream file("/proc/" + std::to_string(child_) + "/status");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with(name)) return std::stoll(line.substr(name.size()));
    throw std::runtime_error("the service ended");
}

Service Service::desk(const std::string& file, bool group_commit) {
    return Service([=](const auto& say, const auto& asked) {
        const env::MemoryKeeper memory;
        db::Options options;
        options.url = file;
        options.group_commit = group_commit;
        Desk desk(options);
        api::Hub hub(desk.ids.next());
        desk.store.on_commit = [&](const store::Hint& hint) { hub.publish({hint.topic, hint.id, hint.shop_id, hint.version}); };
        api::Api api(desk.context, {});
        api::Server server(api, hub, {"127.0.0.1", 0, 512});
        if (auto started = server.start(); !started) throw std::runtime_error(started.error().detail);
        std::jthread live([&](std::stop_token stop) { hub.run(std::move(stop)); });
        say(server.port());
        while (asked()) say(desk.database->counters().commits);
        server.stop();
    });
}

Service Service::hello() {
    return Service([](const auto& say, const auto& asked) {
        net::HTTPServerParams::Ptr params = new net::HTTPServerParams;
        params->setMaxThreads(64);
        params->setMaxKeepAliveRequests(0);
        Poco::ThreadPool pool(2, 64);
        net::ServerSocket socket(net::SocketAddress("127.0.0.1", 0));
        net::HTTPServer server(new HelloFactory, pool, socket, params);
        server.start();
        say(server.port());
        while (asked()) say(0);
        server.stop();
    });
}

}  // namespace aftercare::bench
