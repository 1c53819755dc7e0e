#include "api/server.hpp"

#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponseImpl.h>
#include <Poco/Net/HTTPServerSession.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/Net/TCPServerConnectionFactory.h>
#include <Poco/ThreadPool.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <mutex>
#include <set>
#include <utility>

#include "api/api.hpp"
#include "api/hub.hpp"

namespace aftercare::api {

namespace {

namespace net = Poco::Net;

constexpr int kQueued = 4'096, kBacklog = 1'024, kStack = 256 * 1'024;
constexpr int kTimeoutSeconds = 10, kKeepAliveSeconds = 5;
constexpr std::size_t kMaxHead = 32 * 1'024;  // all headers together
constexpr int kLinger = 64 * 1'024;           // bytes of a refused request that are read away, so that the answer arrives

net::HTTPServerParams::Ptr make_params(int threads) {
    net::HTTPServerParams::Ptr params = new net::HTTPServerParams;
    params->setMaxThreads(threads);
    params->setMaxQueued(kQueued);
    params->setTimeout(Poco::Timespan(kTimeoutSeconds, 0));
    params->setKeepAlive(true);
    params->setKeepAliveTimeout(Poco::Timespan(kKeepAliveSeconds, 0));
    return params;
}

/// What all connections share.
struct Shared {
    Api& api;
    Hub& hub;
    net::HTTPServerParams::Ptr params;
    std::mutex mutex;
    std::set<int> sockets;  // of connections that live; guarded
    std::atomic<bool> stopping{false};
};

/// A socket's place in `Shared::sockets`.
class Listed {
   public:
    Listed(Shared& shared, int socket) : shared_(shared), socket_(socket) {
        const std::lock_guard lock(shared_.mutex);
        shared_.sockets.insert(socket_);
    }
    ~Listed() {
        const std::lock_guard lock(shared_.mutex);
        shared_.sockets.erase(socket_);
    }
    Listed(const Listed&) = delete;
    Listed& operator=(const Listed&) = delete;

   private:
    Shared& shared_;
    int socket_;
};

/// A request that HTTP itself forbids; `code` as in problem.cpp.
struct Refused {
    std::string_view code;
    bool linger = true;
};

/// Poco has one message for a bad address and a long one; only a long one leaves unread bytes behind.
std::string_view code_of(const net::MessageException& error, bool more_to_read) {
    const std::string& text = error.message();
    if (text.find("URI") != std::string::npos) return more_to_read ? "url_too_long" : "bad_request";
    if (text.find("too long") != std::string::npos || text.find("Too many") != std::string::npos) return "headers_too_large";
    return "bad_request";
}

HttpRequest view_of(const net::HTTPServerRequestImpl& request, std::string_view client) {
    HttpRequest view;
    view.method = request.getMethod();
    if (view.method == "HEAD") view.method = "GET";  // the answer's body is left out when it is sent
    const std::string_view uri = request.getURI();
    const auto mark = std::min(uri.find('?'), uri.size());
    view.path = uri.substr(0, mark);
    view.query = uri.substr(std::min(mark + 1, uri.size()));
    view.client = client;
    view.headers.reserve(request.size());
    for (const auto& [name, value] : request) view.headers.emplace_back(name, value);
    return view;
}

/// Checks what frames the body. Two framings at once are how requests are smuggled past proxies.
void check_head(const net::HTTPServerRequestImpl& request, const HttpRequest& view, std::size_t max_body) {
    std::size_t size = 0, lengths = 0;
    for (const auto& [name, value] : view.headers) {
        size += name.size() + value.size() + 4;
        lengths += same_name(name, "Content-Length") ? 1 : 0;
    }
    if (size > kMaxHead) throw Refused{"headers_too_large"};
    const auto encoding = view.header("Transfer-Encoding");
    if (lengths > 1 || (lengths == 1 && !encoding.empty())) throw Refused{"bad_request"};
    if (!encoding.empty() && !same_name(encoding, "chunked")) throw Refused{"bad_request"};
    if (lengths == 0) return;
    const auto length = request.getContentLength64();
    if (length < 0) throw Refused{"bad_request"};
    if (static_cast<std::uint64_t>(length) > max_body) throw Refused{"body_too_large"};
}

std::string read_body(net::HTTPServerRequestImpl& request, std::size_t max_body) {
    const bool chunked = request.getChunkedTransferEncoding();
    if (!chunked && request.getContentLength64() <= 0) return {};
    const std::size_t limit = chunked ? max_body + 1 : static_cast<std::size_t>(request.getContentLength64());
    std::string body;
    while (body.size() < limit) {
        const std::size_t had = body.size(), part = std::min<std::size_t>(limit - had, 64 * 1'024);
        body.resize(had + part);
        request.stream().read(body.data() + had, static_cast<std::streamsize>(part));
        body.resize(had + static_cast<std::size_t>(request.stream().gcount()));
        if (!request.stream()) break;
    }
    if (body.size() > max_body) throw Refused{"body_too_large"};
    if (!chunked && body.size() < limit) throw Refused{"bad_request", false};
    return body;
}

void send(const HttpResponse& answer, net::HTTPServerResponse& response) {
    response.setStatusAndReason(static_cast<net::HTTPResponse::HTTPStatus>(answer.status));
    response.setDate(Poco::Timestamp());
    for (const auto& [name, value] : answer.headers) response.add(std::string(name), value);
    if (answer.status == 304) {
        response.send();
        return;
    }
    response.setContentType(std::string(answer.content_type));
    const auto content = answer.content();
    response.sendBuffer(content.data(), content.size());
}

/// Waits for a connection's next request with one call of the kernel; Poco makes and drops an epoll for each.
class Session final : public net::HTTPServerSession {
   public:
    using HTTPServerSession::HTTPServerSession;

    bool more() {
        if (std::exchange(first_, false)) return hasMoreRequests();
        if (!canKeepAlive()) return false;
        if (buffered() == 0 && readable()) refill();
        return buffered() > 0;
    }

   private:
    bool readable() {
        pollfd wanted{socket().impl()->sockfd(), POLLIN, 0};
        int found = 0;
        do found = ::poll(&wanted, 1, kKeepAliveSeconds * 1'000);
        while (found < 0 && errno == EINTR);
        return found > 0;
    }

    bool first_ = true;
};

class Connection final : public net::TCPServerConnection {
   public:
    Connection(const net::StreamSocket& socket, Shared& shared) : TCPServerConnection(socket), shared_(shared) {}

    void run() override {
        try {
            client_ = socket().peerAddress().host().toString();
            Session session(socket(), shared_.params);
            const Listed listed(shared_, socket().impl()->sockfd());  // gone before the session closes the socket
            while (!shared_.stopping && session.more() && serve(session)) {
            }
        } catch (const Poco::Exception&) {
            // the peer went away or fell silent: there is nobody to tell
        }
    }

   private:
    /// One request; false when the connection is over.
    bool serve(Session& session) {
        net::HTTPServerResponseImpl response(session);
        try {
            net::HTTPServerRequestImpl request(response, session, shared_.params);
            return answer(request, response, session);
        } catch (const net::NoMessageException&) {
            return false;
        } catch (const net::MessageException& error) {
            return refuse({code_of(error, socket().available() > 0)}, {});
        } catch (const Poco::SyntaxException&) {  // a Content-Length that is no number
            return refuse({"bad_request"}, {});
        }
    }

    bool answer(net::HTTPServerRequestImpl& request, net::HTTPServerResponseImpl& response, Session& session) {
        HttpRequest view = view_of(request, client_);
        std::string body;
        response.setVersion(request.getVersion());
        try {
            const auto most = shared_.api.body_limit(view);
            if (!most) return refuse(shared_.api.refuse(most.error(), view), true);
            check_head(request, view, *most);
            if (request.getExpectContinue()) response.sendContinue();
            body = read_body(request, *most);
        } catch (const Refused& refused) {
            return refuse(refused, view);
        }
        view.body = body;
        // after a chunked body Poco cannot say whether it was well formed to its end, so nothing may follow it
        const bool keep = request.getKeepAlive() && session.canKeepAlive() && !request.getChunkedTransferEncoding() && !shared_.stopping;
        response.setKeepAlive(keep);
        HttpResponse made = shared_.api.handle(view);
        if (made.live && request.getMethod() != "HEAD") return go_live(request, std::move(*made.live));
        send(made, response);
        session.setKeepAlive(keep);
        return keep;
    }

    bool go_live(net::HTTPServerRequestImpl& request, LiveStart start) {
        const net::StreamSocket detached = request.detachSocket();
        const int own = ::dup(detached.impl()->sockfd());  // Poco closes its own
        if (own >= 0) shared_.hub.add(own, std::move(start));
        return false;
    }

    bool refuse(Refused refused, const HttpRequest& view) { return refuse(shared_.api.refuse(refused.code, view), refused.linger); }

    /// Written by hand: Poco's response leans on a request, and here there may be none.
    bool refuse(const HttpResponse& made, bool lingers) {
        const auto status = static_cast<net::HTTPResponse::HTTPStatus>(made.status);
        std::string text = "HTTP/1.1 " + std::to_string(made.status) + " " + net::HTTPResponse::getReasonForStatus(status) +
                           "\r\nConnection: Close\r\nContent-Type: " + std::string(made.content_type) +
                           "\r\nContent-Length: " + std::to_string(made.body.size()) + "\r\n";
        for (const auto& [name, value] : made.headers) text.append(name).append(": ").append(value).append("\r\n");
        text.append("\r\n").append(made.body);
        socket().sendBytes(text.data(), static_cast<int>(text.size()));
        if (lingers) linger();
        return false;
    }

    /// Unread bytes at close would make the kernel reset the connection and take the answer away from the peer.
    void linger() {
        socket().shutdownSend();
        socket().setReceiveTimeout(Poco::Timespan(1, 0));
        std::array<char, 4'096> away;
        for (int read = 0, got = 1; read < kLinger && got > 0; read += got) got = socket().receiveBytes(away.data(), away.size());
    }

    Shared& shared_;
    std::string client_;
};

class ConnectionFactory final : public net::TCPServerConnectionFactory {
   public:
    explicit ConnectionFactory(Shared& shared) : shared_(shared) {}
    net::TCPServerConnection* createConnection(const net::StreamSocket& socket) override { return new Connection(socket, shared_); }

   private:
    Shared& shared_;
};

Error cannot_listen(const ServerOptions& options, const Poco::Exception& error) {
    const std::string address = options.host + ":" + std::to_string(options.port);
    Error result{ErrorKind::unavailable, "address_unusable", {}, {}, {{"address", address}}, {}};
    if (error.code() == EADDRINUSE) {
        result.code = "port_taken";
        result.detail = address + " is in use by another program. Stop that one, or choose another port.";
    } else if (error.code() == EACCES) {
        result.code = "port_forbidden";
        result.detail = "This user may not listen on " + address + ". Choose a port above 1023.";
    } else {
        result.detail = "Cannot listen on " + address + ": " + error.displayText();
    }
    return result;
}

}  // namespace

struct Server::Rooms {
    Rooms(Api& api, Hub& hub, ServerOptions given)
        : options(std::move(given)), shared{api, hub, make_params(options.threads), {}, {}},
          pool(8, options.threads, 60, kStack) {}

    const ServerOptions options;
    Shared shared;
    Poco::ThreadPool pool;
    std::unique_ptr<net::TCPServer> server;
};

Server::Server(Api& api, Hub& hub, ServerOptions options) : rooms_(std::make_unique<Rooms>(api, hub, std::move(options))) {}
Server::~Server() { stop(); }

Result<void> Server::start() {
    try {
        net::ServerSocket socket;
        // without port reuse, which would let two services share one port unseen
        socket.bind(net::SocketAddress(rooms_->options.host, static_cast<Poco::UInt16>(rooms_->options.port)), true, false);
        socket.listen(kBacklog);
        rooms_->server = std::make_unique<net::TCPServer>(new ConnectionFactory(rooms_->shared), rooms_->pool, socket, rooms_->shared.params);
        rooms_->server->start();
        return {};
    } catch (const Poco::Exception& error) {
        return fail(cannot_listen(rooms_->options, error));
    }
}

int Server::port() const { return rooms_->server ? rooms_->server->port() : 0; }

void Server::stop() {
    if (!rooms_->server) return;
    rooms_->server->stop();
    rooms_->shared.stopping = true;
    {
        const std::lock_guard lock(rooms_->shared.mutex);
        for (const int socket : rooms_->shared.sockets) ::shutdown(socket, SHUT_RD);  // wakes those who wait for a request
    }
    rooms_->pool.joinAll();
    rooms_->server.reset();
}

}  // namespace aftercare::api
