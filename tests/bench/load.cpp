#include "bench/load.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace aftercare::bench {

namespace {

int connect_to(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (socket < 0 || ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("cannot connect to port " + std::to_string(port));
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
}

// The whole answer's length once its head is there, else 0.
std::size_t length_of(const std::string& answer) {
    const auto end = answer.find("\r\n\r\n");
    if (end == std::string::npos) return 0;
    constexpr std::string_view name = "Content-Length: ";
    const auto at = answer.find(name);
    if (at == std::string::npos || at > end) throw std::runtime_error("an answer without a length: " + answer);
    return end + 4 + std::stoul(answer.substr(at + name.size()));
}

class Connection {
   public:
    explicit Connection(int port) : socket_(connect_to(port)) {}
    Connection(Connection&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    Connection& operator=(Connection&&) = delete;
    ~Connection() {
        if (socket_ >= 0) ::close(socket_);
    }
    [[nodiscard]] int socket() const { return socket_; }

    void send(const std::string& request) {
        answer_.clear();
        watch_ = Stopwatch();
        if (::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
            throw std::runtime_error("the service closed a connection");
    }
    /// Microseconds since `send` when the answer is whole, else 0.
    double receive() {
        std::array<char, 16'384> part;
        const ssize_t got = ::recv(socket_, part.data(), part.size(), 0);
        if (got <= 0) throw std::runtime_error("the service closed a connection");
        answer_.append(part.data(), static_cast<std::size_t>(got));
        const std::size_t length = length_of(answer_);
        if (length == 0 || answer_.size() < length) return 0;
        if (answer_.compare(9, 1, "2") != 0) throw std::runtime_error("refused: " + answer_);
        return watch_.seconds() * 1e6;
    }

   private:
    int socket_;
    std::string answer_;
    Stopwatch watch_;
};

}  // namespace

Sample measure_http(int port, int connections, const std::vector<std::string>& requests) {
    const int epoll = ::epoll_create1(0);
    std::vector<Connection> open;
    for (int i = 0; i < connections; ++i) {
        open.emplace_back(port);
        epoll_event wanted{EPOLLIN, {.u64 = static_cast<std::uint64_t>(i)}};
        ::epoll_ctl(epoll, EPOLL_CTL_ADD, open.back().socket(), &wanted);
    }
    Sample sample;
    std::size_t next = 0;
    const Stopwatch whole;
    for (Connection& each : open)
        if (next < requests.size()) each.send(requests[next++]);
    while (sample.micros.size() < requests.size()) {
        std::array<epoll_event, 64> ready;
        const int count = ::epoll_wait(epoll, ready.data(), static_cast<int>(ready.size()), 10'000);
        if (count <= 0) throw std::runtime_error("the service gave no answer for 10 s");
        for (int i = 0; i < count; ++i) {
            Connection& connection = open[ready[static_cast<std::size_t>(i)].data.u64];
            const double micros = connection.receive();
            if (micros == 0) continue;
            sample.micros.push_back(micros);
            if (next < requests.size()) connection.send(requests[next++]);
        }
    }
    sample.seconds = whole.seconds();
    ::close(epoll);
    return sample;
}

}  // namespace aftercare::bench
