#pragma once
#include <aftercare/base/result.hpp>
#include <memory>
#include <string>

namespace aftercare::api {

class Api;
class Hub;

struct ServerOptions {
    std::string host = "127.0.0.1";
    int port = 8080;       ///< 0: any free one
    int threads = 512;     ///< a connection holds one for its life; 16 KB each
};

/// The socket under Api: a Poco TCP server whose connections speak HTTP/1.1. Borrows both; stop it before they go.
class Server {
   public:
    Server(Api& api, Hub& hub, ServerOptions options);
    ~Server();

    /// Listens and serves on threads of its own. `unavailable` "port_taken", "port_forbidden" or "address_unusable"; its
    /// `detail` says it in plain words for the operator.
    Result<void> start();
    [[nodiscard]] int port() const;  ///< once started
    /// Takes no more connections, lets running requests answer, and returns when all threads are back.
    void stop();

   private:
    struct Rooms;
    std::unique_ptr<Rooms> rooms_;
};

}  // namespace aftercare::api
