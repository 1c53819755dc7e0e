#include "api/hub.hpp"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <aftercare/codec/json.hpp>
#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>

namespace aftercare::api {

namespace {

constexpr std::string_view kHead =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
    "X-Accel-Buffering: no\r\nConnection: close\r\n\r\nretry: 2000\n\n";
constexpr std::string_view kResync = "event: resync\ndata: {}\n\n";

std::int64_t seconds_now() {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// All or nothing: a client whose buffer is full catches up later by Last-Event-ID.
bool send_now(int socket, std::string_view text) {
    const auto sent = ::send(socket, text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    return sent == static_cast<ssize_t>(text.size());
}

bool may_see(const LiveStart& client, const Hint& hint) {
    return client.all_shops || std::find(client.shops.begin(), client.shops.end(), hint.shop_id) != client.shops.end();
}

int made(int descriptor) {
    if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "live updates");
    return descriptor;
}

bool watch(int epoll, int descriptor, unsigned events) {
    epoll_event event{};
    event.events = events;
    event.data.fd = descriptor;
    return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

std::string text_of(const Hint& hint, const std::string& id) {
    std::string text = "id: " + id + "\nevent: hint\ndata: {";
    JsonWriter io(text);
    io("topic", hint.topic);
    io("id", hint.id);
    io("version", hint.version);
    return text + "}\n\n";
}

}  // namespace

Hub::Hub(std::string epoch)
    : epoch_(std::move(epoch)), epoll_(made(epoll_create1(EPOLL_CLOEXEC))), bell_(made(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))) {
    if (!watch(epoll_, bell_, EPOLLIN)) throw std::system_error(errno, std::generic_category(), "live updates");
}

Hub::~Hub() {
    for (const auto& [socket, client] : clients_) ::close(socket);
    for (const auto& [socket, start] : arrivals_) ::close(socket);
    ::close(bell_);
    ::close(epoll_);
}

void Hub::wake() const {
    const std::uint64_t one = 1;
    // a full counter is as loud as a rung bell
    if (::write(bell_, &one, sizeof one) < 0 && errno != EAGAIN) throw std::system_error(errno, std::generic_category(), "live updates");
}

void Hub::publish(Hint hint) {
    if (hint.topic == "outbox") return;  // for dispatchers, not for people
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back(std::move(hint));
        if (queue_.size() > 1) return;  // the bell rings already
    }
    wake();
}

void Hub::resync() {
    {
        const std::lock_guard lock(mutex_);
        resync_ = true;
    }
    wake();
}

bool Hub::add(int socket, LiveStart start) {
    {
        const std::lock_guard lock(mutex_);
        if (count_ + arrivals_.size() >= kMaxClients) return ::close(socket), false;
        arrivals_.emplace_back(socket, std::move(start));
    }
    wake();
    return true;
}

std::size_t Hub::clients() const { return count_; }

void Hub::run(std::stop_token stop) {
    const std::stop_callback rouse(stop, [this] { wake(); });
    std::array<epoll_event, 64> events;
    auto next_beat = seconds_now() + kHeartbeatSeconds;
    while (!stop.stop_requested()) {
        const auto wait_ms = static_cast<int>(std::max<std::int64_t>(0, next_beat - seconds_now()) * 1'000 + 1);
        const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), wait_ms);
        if (count < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "live updates");
        for (int i = 0; i < count; ++i) {
            const int descriptor = events[static_cast<std::size_t>(i)].data.fd;
            if (descriptor != bell_) drop(descriptor);  // a live client has nothing to say: it went away
        }
        serve_queue();
        if (const auto now = seconds_now(); now >= next_beat) {
            heartbeat(now);
            next_beat = now + kHeartbeatSeconds;
        }
    }
    while (!clients_.empty()) drop(clients_.begin()->first);
}

void Hub::serve_queue() {
    std::uint64_t rung = 0;
    if (::read(bell_, &rung, sizeof rung) < 0 && errno == EAGAIN) return;
    std::vector<Hint> hints;
    std::vector<std::pair<int, LiveStart>> arrivals;
    bool afresh = false;
    {
        const std::lock_guard lock(mutex_);
        hints.swap(queue_);
        arrivals.swap(arrivals_);
        afresh = std::exchange(resync_, false);
    }
    for (Hint& hint : hints) {
        const auto n = next_++;
        std::string text = text_of(hint, event_id(n));
        ring_.push_back({n, std::move(hint), std::move(text)});
        if (ring_.size() > kRing) ring_.pop_front();
    }
    send_hints(std::min(hints.size(), ring_.size()));
    for (auto& [socket, start] : arrivals) welcome(socket, {std::move(start), seconds_now()});
    if (afresh) write_all(std::string(kResync));
}

void Hub::send_hints(std::size_t count) {
    if (count == 0) return;
    std::vector<int> full;
    std::string text;
    for (const auto& [socket, client] : clients_) {
        text.clear();
        for (auto entry = ring_.end() - static_cast<std::ptrdiff_t>(count); entry != ring_.end(); ++entry)
            if (may_see(client.start, entry->hint)) text += entry->text;
        if (!text.empty() && !send_now(socket, text)) full.push_back(socket);
    }
    for (const int socket : full) drop(socket);
}

void Hub::welcome(int socket, Client client) {
    const std::string text = std::string(kHead) + missed(client.start);
    if (!send_now(socket, text) || !watch(epoll_, socket, EPOLLIN | EPOLLRDHUP)) {
        ::close(socket);  // the client tries again by itself
        return;
    }
    clients_.emplace(socket, std::move(client));
    count_ = clients_.size();
}

/// What happened since the client's last event; one resync when the ring does not know. Ends with the id to go on from.
std::string Hub::missed(const LiveStart& start) const {
    const std::string now = "id: " + event_id(next_ - 1) + "\n\n";
    if (start.last_event_id.empty()) return now;
    const std::string afresh = std::string(kResync) + now;
    const std::string prefix = epoch_ + "-";
    if (!start.last_event_id.starts_with(prefix)) return afresh;
    std::uint64_t seen = 0;
    const char* end = start.last_event_id.data() + start.last_event_id.size();
    const auto read = std::from_chars(start.last_event_id.data() + prefix.size(), end, seen);
    const std::uint64_t oldest = ring_.empty() ? next_ : ring_.front().n;
    if (read.ec != std::errc{} || read.ptr != end || seen >= next_ || seen + 1 < oldest) return afresh;
    std::string text;
    for (const Entry& entry : ring_)
        if (entry.n > seen && may_see(start, entry.hint)) text += entry.text;
    return text.size() > kMaxReplay ? afresh : text + now;
}

void Hub::heartbeat(std::int64_t now) {
    std::vector<int> old;
    for (const auto& [socket, client] : clients_)
        if (now - client.since > kMaxAgeSeconds) old.push_back(socket);
    for (const int socket : old) drop(socket);
    write_all(":\n\n");
}

void Hub::write_all(const std::string& text) {
    std::vector<int> full;
    for (const auto& [socket, client] : clients_)
        if (!send_now(socket, text)) full.push_back(socket);
    for (const int socket : full) drop(socket);
}

void Hub::drop(int socket) {
    if (clients_.erase(socket) == 0) return;
    ::close(socket);  // leaves epoll with it
    count_ = clients_.size();
}

}  // namespace aftercare::api
