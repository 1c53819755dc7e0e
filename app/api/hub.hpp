#pragma once
#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

#include "api/http.hpp"

namespace aftercare::api {

/// Something changed; whoever shows it reads it again.
struct Hint {
    std::string topic;  ///< "case", "order", "connector"
    std::string id;
    ShopId shop_id;  ///< empty: only for those who see all shops
    std::int64_t version = 0;
};

/// Live updates: one thread, all the sockets, and a ring of the last hints (architecture.md, section 16). `publish`, `resync`
/// and `add` may be called by any thread; they hand over and return.
class Hub {
   public:
    static constexpr std::size_t kRing = 10'000, kMaxClients = 10'000;
    static constexpr std::size_t kMaxReplay = 64 * 1024;  ///< bytes; more than a socket surely takes at once is a resync
    static constexpr int kHeartbeatSeconds = 20, kMaxAgeSeconds = 3'600;  ///< then the client comes again and is asked who it is

    /// `epoch` is new at each start of the program and has no "-" in it; event ids are `<epoch>-<n>`.
    explicit Hub(std::string epoch);
    ~Hub();

    /// "outbox" reaches nobody: it is for dispatchers.
    void publish(Hint hint);
    /// Everybody reads afresh: hints may have been missed.
    void resync();
    /// Takes over a connected stream socket and writes the head of the answer and what the client missed. False when there
    /// are too many clients; the socket is then closed.
    bool add(int socket, LiveStart start);

    /// Serves until stopped, then closes every socket. Call it once, from a thread of its own.
    void run(std::stop_token stop);
    [[nodiscard]] std::size_t clients() const;

   private:
    struct Client {
        LiveStart start;
        std::int64_t since = 0;  // seconds of the steady clock
    };
    struct Entry {
        std::uint64_t n;
        Hint hint;
        std::string text;
    };

    void wake() const;
    void serve_queue();
    void send_hints(std::size_t count);
    void welcome(int socket, Client client);
    [[nodiscard]] std::string missed(const LiveStart& start) const;
    void heartbeat(std::int64_t now);
    void write_all(const std::string& text);
    void drop(int socket);
    [[nodiscard]] std::string event_id(std::uint64_t n) const { return epoch_ + "-" + std::to_string(n); }

    const std::string epoch_;
    int epoll_ = -1, bell_ = -1;
    mutable std::mutex mutex_;  // guards the three below
    std::vector<Hint> queue_;
    std::vector<std::pair<int, LiveStart>> arrivals_;
    bool resync_ = false;
    std::atomic<std::size_t> count_{0};

    // the hub thread's own
    std::deque<Entry> ring_;
    std::uint64_t next_ = 1;
    std::unordered_map<int, Client> clients_;
};

}  // namespace aftercare::api
