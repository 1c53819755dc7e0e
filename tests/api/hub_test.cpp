#include "api/hub.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <thread>

using namespace aftercare;
using namespace aftercare::api;

namespace {

/// A hub that runs, and the far ends of its sockets.
struct Running {
    Running() : thread([this](std::stop_token stop) { hub.run(stop); }) {}
    ~Running() {
        for (const int each : ends) ::close(each);
    }
    int client(std::vector<ShopId> shops, std::string last = "", bool all = false) {
        std::array<int, 2> pair{};
        REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, pair.data()) == 0);
        ends.push_back(pair[1]);
        REQUIRE(hub.add(pair[0], {std::move(shops), all, std::move(last)}));
        return pair[1];
    }
    /// Waits up to 5 s for that many clients.
    bool left(std::size_t count) {
        for (int wait = 0; wait < 500 && hub.clients() != count; ++wait) std::this_thread::sleep_for(std::chrono::milliseconds(10));
        return hub.clients() == count;
    }
    Hub hub{"E"};
    std::vector<int> ends;
    std::jthread thread;
};

/// Everything until `until` has come or 5 s have passed.
std::string read_until(int socket, const std::string& until) {
    std::string text;
    std::array<char, 65'536> buffer{};
    while (text.find(until) == std::string::npos) {
        pollfd ready{socket, POLLIN, 0};
        if (::poll(&ready, 1, 5'000) <= 0) break;
        const auto got = ::read(socket, buffer.data(), buffer.size());
        if (got <= 0) break;
        text.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return text;
}

bool closed(int socket) { return read_until(socket, "\xFF never").empty(); }

const ShopId kNorth("NORTH"), kSouth("SOUTH");

}  // namespace

TEST_CASE("a client hears of its shops only") {
    Running running;
    const int north = running.client({kNorth}), all = running.client({}, "", true);
    CHECK(read_until(north, "id: E-0\n\n").find("Content-Type: text/event-stream") != std::string::npos);
    read_until(all, "id: E-0\n\n");
    running.hub.publish({"case", "C1", kSouth, 3});
    running.hub.publish({"outbox", "C1", kNorth, 3});  // reaches nobody
    running.hub.publish({"connector", "K1", {}, 1});
    running.hub.publish({"case", "C2", kNorth, 4});
    CHECK(read_until(north, "C2") == "id: E-3\nevent: hint\ndata: {\"topic\":\"case\",\"id\":\"C2\",\"version\":4}\n\n");
    const std::string everything = read_until(all, "C2");
    CHECK(everything.find("C1") != std::string::npos);
    CHECK(everything.find("K1") != std::string::npos);
    CHECK(everything.find("outbox") == std::string::npos);
}

TEST_CASE("what was missed is sent again, what is forgotten is a resync") {
    Running running;
    const int first = running.client({kNorth});
    for (int n = 1; n <= 5; ++n) running.hub.publish({"case", "C" + std::to_string(n), n == 4 ? kSouth : kNorth, n});
    read_until(first, "C5");
    const std::string missed = read_until(running.client({kNorth}, "E-2"), "id: E-5\n\n");
    CHECK(missed.find("C2") == std::string::npos);
    CHECK(missed.find("C3") != std::string::npos);
    CHECK(missed.find("C4") == std::string::npos);
    CHECK(missed.find("C5") != std::string::npos);
    for (const char* strange : {"F-2", "E-9", "E-", "E-2x", "E", "E--1", "E-99999999999999999999"}) {
        CAPTURE(strange);
        const std::string told = read_until(running.client({kNorth}, strange), "id: E-5\n\n");
        CHECK(told.find("event: resync") != std::string::npos);
        CHECK(told.find("event: hint") == std::string::npos);
    }
    for (std::size_t n = 0; n < Hub::kRing; ++n) running.hub.publish({"case", "X", kSouth, 1});
    running.hub.publish({"case", "LAST", kNorth, 1});
    read_until(first, "LAST");
    CHECK(read_until(running.client({kNorth}, "E-5"), "id: E-10006\n\n").find("event: resync") != std::string::npos);
    CHECK(read_until(running.client({kNorth}, "E-10005"), "id: E-10006\n\n").find("LAST") != std::string::npos);
}

TEST_CASE("a long replay is a resync, so that it can be taken at once") {
    Running running;
    const int first = running.client({kNorth});
    for (int n = 0; n < 2'000; ++n) running.hub.publish({"case", "ABCDEFGHJKMNPQRSTVWXYZ0123", kNorth, n});
    running.hub.publish({"case", "LAST", kNorth, 1});
    read_until(first, "LAST");
    CHECK(read_until(running.client({kNorth}, "E-1"), "id: E-2001\n\n").find("event: resync") != std::string::npos);
}

TEST_CASE("a client that cannot take its hints is dropped, the others go on") {
    Running running;
    const int slow = running.client({kNorth}), quick = running.client({kSouth});
    read_until(slow, "id: E-0\n\n");
    read_until(quick, "id: E-0\n\n");
    const std::string id(1'000, 'x');
    for (int n = 0; n < 1'000; ++n) running.hub.publish({"case", id, kNorth, n});
    running.hub.publish({"case", "C9", kSouth, 1});
    CHECK(read_until(quick, "C9").find("C9") != std::string::npos);
    CHECK(running.left(1));
}

TEST_CASE("those who left are forgotten, and stopping closes everybody") {
    Running running;
    const int gone = running.client({kNorth}), stays = running.client({kNorth});
    read_until(stays, "id: E-0\n\n");
    ::shutdown(gone, SHUT_RDWR);
    CHECK(running.left(1));
    running.hub.resync();
    CHECK(read_until(stays, "resync\ndata: {}\n\n") == "event: resync\ndata: {}\n\n");
    running.thread.request_stop();
    running.thread.join();
    CHECK(closed(stays));
}
