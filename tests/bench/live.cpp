#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <iostream>
#include <stdexcept>

#include "bench/history.hpp"
#include "bench/load.hpp"
#include "bench/service.hpp"

namespace aftercare::bench {

namespace {

constexpr std::size_t kClients = 5'000, kSends = 20;

/// Sockets that only listen to what they are sent.
class Listeners {
   public:
    Listeners() : epoll_(::epoll_create1(0)) {}
    Listeners(const Listeners&) = delete;
    Listeners& operator=(const Listeners&) = delete;
    ~Listeners() {
        for (const int each : sockets_) ::close(each);
        ::close(epoll_);
    }
    void add(int socket) {
        sockets_.push_back(socket);
        epoll_event wanted{EPOLLIN, {.fd = socket}};
        if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &wanted) != 0) throw std::runtime_error("cannot watch a socket");
    }
    /// Until each has been sent something that contains `text` so often since the last call.
    void hear(std::string_view text, std::size_t times) {
        std::vector<std::size_t> heard(65'536, 0);
        std::size_t done = 0;
        std::array<epoll_event, 256> ready;
        std::array<char, 8'192> part;
        while (done < sockets_.size()) {
            const int count = ::epoll_wait(epoll_, ready.data(), static_cast<int>(ready.size()), 10'000);
            if (count <= 0) throw std::runtime_error("a live client heard nothing for 10 s");
            for (int i = 0; i < count; ++i) {
                const int socket = ready[static_cast<std::size_t>(i)].data.fd;
                const ssize_t got = ::recv(socket, part.data(), part.size(), 0);
                if (got <= 0) throw std::runtime_error("the service dropped a live client");
                const std::string_view said(part.data(), static_cast<std::size_t>(got));
                std::size_t& so_far = heard.at(static_cast<std::size_t>(socket));
                const bool before = so_far >= times;
                for (auto at = said.find(text); at != std::string_view::npos; at = said.find(text, at + 1)) ++so_far;
                if (!before && so_far >= times) ++done;
            }
        }
    }

   private:
    int epoll_;
    std::vector<int> sockets_;
};

int connected(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET, address.sin_port = htons(static_cast<std::uint16_t>(port)), address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (socket < 0 || ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) throw std::runtime_error("cannot connect");
    return socket;
}

/// Files may be open for five thousand clients and as many ends of them.
void allow_sockets() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < 3 * kClients) throw std::runtime_error("ulimit -n allows too few sockets");
}

/// CPU of a loop that sends as much to as many sockets and does nothing else, each time.
double bare_send_seconds(const std::string& text) {
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET, address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener, 1'024) != 0 ||
        ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error("cannot listen");
    Listeners ears;
    std::vector<int> ends;
    const int on = 1;
    for (std::size_t i = 0; i < kClients; ++i) {
        ears.add(connected(ntohs(address.sin_port)));
        ends.push_back(::accept(listener, nullptr, nullptr));
        ::setsockopt(ends.back(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    double seconds = 0;
    for (std::size_t i = 0; i < kSends; ++i) {
        const double began = thread_cpu_seconds();
        for (const int each : ends)
            if (::send(each, text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL) < 0) throw std::runtime_error("cannot send");
        seconds += thread_cpu_seconds() - began;
        ears.hear("hint", 1);
    }
    for (const int each : ends) ::close(each);
    ::close(listener);
    return seconds / kSends;
}

std::string kb(double bytes) { return number(bytes / 1'024) + " KB"; }
std::string mb(double bytes) { return number(bytes / 1'048'576) + " MB"; }

Shop shop_in(const std::string& file, std::size_t orders) {
    db::Options options;
    options.url = file;
    options.inline_writer = true;
    Desk desk(options);
    return make_shop(desk, orders);
}

}  // namespace

std::vector<Goal> measure_live(const Plan& plan) {
    allow_sockets();
    const std::string file = plan.folder + "/live.db";
    const Shop shop = shop_in(file, 2 * kSends + 100);
    Service service = Service::desk(file, true);
    std::size_t next = 0;
    const auto open_one = [&] { measure_http(service.port(), 1, {shop.http_open_case(next++)}); };
    for (int i = 0; i < 50; ++i) open_one();  // warm, with all the workers that many at once make it start
    measure_http(service.port(), 256, std::vector<std::string>(5'000, shop.http_get("/api/v1/cases")));
    const double quiet_before = service.cpu_seconds();
    for (std::size_t i = 0; i < kSends; ++i) open_one();
    const double quiet = service.cpu_seconds() - quiet_before;
    const auto before = service.memory();
    const auto threads = service.threads();
    Listeners clients;
    const std::string wants = shop.http_get("/api/v1/live");
    for (std::size_t i = 0; i < kClients; ++i) {
        const int socket = connected(service.port());
        if (::send(socket, wants.data(), wants.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(wants.size())) throw std::runtime_error("the service closed a connection");
        clients.add(socket);
    }
    clients.hear("retry: 2000", 1);
    const double each = static_cast<double>(service.memory() - before) / static_cast<double>(kClients);
    std::vector<double> millis;
    const double loud_before = service.cpu_seconds();
    for (std::size_t i = 0; i < kSends; ++i) {
        const Stopwatch watch;
        open_one();
        clients.hear("\"case\"", 1);
        millis.push_back(watch.seconds() * 1e3);
    }
    const double hub = (service.cpu_seconds() - loud_before - quiet) / kSends;
    const auto more_threads = static_cast<double>(service.threads() - threads);
    const double bare = bare_send_seconds("id: 01234567890123456789012345-1000\nevent: hint\ndata: {\"topic\":\"case\",\"id\":\"01234567890123456789012345\",\"version\":1}\n\n");
    const double last = median(millis);
    return {{"11-memory", "memory of a live client, 5,000 of them (RssAnon)", "10 KB", kb(each), each / (10 * 1'024), 1, false},
            {"11-threads", "threads that 5,000 live clients add", "0", number(more_threads), more_threads, 0, false},
            {"11-last", "a case is opened: until the last of 5,000 clients has the hint", "100 ms", number(last) + " ms", last / 100, 1, false},
            {"11-cpu", "CPU of a hint to 5,000 clients against a bare loop of sends", number(bare * 1e3) + " ms", number(hub * 1e3) + " ms", hub / bare, 2, false}};
}

std::vector<Goal> measure_memory(const Plan& plan) {
    const Shop history = need_history(plan);
    std::vector<std::string> pages;
    for (const std::string& path : history_paths(plan, plan.burst)) pages.push_back(history.http_get(path));
    Service large = Service::desk(plan.history, true);
    measure_http(large.port(), 1, {pages.front()});
    const double idle = static_cast<double>(large.memory());
    measure_http(large.port(), 256, pages);
    const double busy = static_cast<double>(large.memory());

    // what goes on for long: lists and pages are read, cases opened
    const std::string file = plan.folder + "/memory.db";
    const Shop shop = shop_in(file, plan.orders);
    Service service = Service::desk(file, true);
    const std::string list = shop.http_get("/api/v1/cases?unfinished=true"), session = shop.http_get("/api/v1/session");
    std::size_t next = 0;
    const auto load = [&](double seconds) {
        for (const Stopwatch watch; watch.seconds() < seconds;) {
            std::vector<std::string> some;
            for (int i = 0; i < 500; ++i) some.push_back(next < shop.lines.size() && i % 5 == 0 ? shop.http_open_case(next++) : i % 2 ? list : session);
            measure_http(service.port(), 32, some);
        }
    };
    std::cerr << "  memory, " << plan.soak_seconds << " s of load\n";
    load(std::min(plan.soak_seconds / 4.0, 120.0));
    const double early = static_cast<double>(service.memory());
    load(plan.soak_seconds);
    const double late = static_cast<double>(service.memory());
    const bool whole = plan.customers >= 1'000'000;
    return {{"12-idle", "memory after the first request (RssAnon)", "40 MB", mb(idle), idle / (40.0 * 1'048'576), 1, false},
            {"12-busy", "after c=256 on " + number(static_cast<double>(plan.customers)) + " customers", "200 MB", mb(busy), busy / (200.0 * 1'048'576), 1, false, whole},
            {"12-growth", "growth in " + number(plan.soak_seconds) + " s of reads and new cases, after it was warm", mb(early), mb(late), late / early, 1.05, false,
             plan.soak_seconds >= 1'800}};
}

}  // namespace aftercare::bench
