#include "connect/http_out.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <thread>

using namespace aftercare;
using connect::Reach;

namespace {

bool reaches(const std::string& address, Reach reach) {
    sockaddr_storage storage{};
    auto* v4 = reinterpret_cast<sockaddr_in*>(&storage);
    auto* v6 = reinterpret_cast<sockaddr_in6*>(&storage);
    if (address.find(':') == std::string::npos) {
        v4->sin_family = AF_INET;
        REQUIRE(inet_pton(AF_INET, address.c_str(), &v4->sin_addr) == 1);
    } else {
        v6->sin6_family = AF_INET6;
        REQUIRE(inet_pton(AF_INET6, address.c_str(), &v6->sin6_addr) == 1);
    }
    return connect::may_reach(reinterpret_cast<const sockaddr*>(&storage), reach);
}

/// A server on loopback that reads one request and says `answer`; an empty one: nothing, and the line stays open.
class OneAnswer {
   public:
    explicit OneAnswer(std::string answer) : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        REQUIRE(bind(listener_, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0);
        REQUIRE(listen(listener_, 8) == 0);
        socklen_t size = sizeof at;
        getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size);
        port_ = ntohs(at.sin_port);
        thread_ = std::thread([this, answer = std::move(answer)] { serve(answer); });
    }
    ~OneAnswer() {
        shutdown(listener_, SHUT_RDWR);
        thread_.join();
        close(listener_);
    }
    OneAnswer(const OneAnswer&) = delete;
    OneAnswer& operator=(const OneAnswer&) = delete;

    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/hook"; }
    std::string heard;

   private:
    void serve(const std::string& answer) {
        const int line = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (line < 0) return;
        char part[4'096];
        while (heard.find("\r\n\r\n{}") == std::string::npos) {
            const auto got = recv(line, part, sizeof part, 0);
            if (got <= 0) break;
            heard.append(part, static_cast<std::size_t>(got));
        }
        if (answer.empty()) recv(line, part, 1, 0);  // until the other side goes
        for (std::size_t at = 0; at < answer.size();) {
            const auto sent = send(line, answer.data() + at, answer.size() - at, MSG_NOSIGNAL);
            if (sent <= 0) break;
            at += static_cast<std::size_t>(sent);
        }
        close(line);
    }
    int listener_ = -1, port_ = 0;
    std::thread thread_;
};

connect::Posted post(const std::string& url, Reach reach = Reach::lan) {
    return connect::post({url, "{}", {{"webhook-id", "M1"}}, seconds(1)}, reach);
}

}  // namespace

TEST_CASE("where HTTP may go: public addresses, the own networks only when allowed, link-local ones never") {
    for (const char* open : {"1.1.1.1", "172.32.0.1", "223.255.255.255", "2606:4700::1111", "::ffff:1.1.1.1"}) {
        CAPTURE(open);
        CHECK(reaches(open, Reach::public_only));
        CHECK(reaches(open, Reach::lan));
    }
    for (const char* own : {"127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "::1", "fd00::1",
                            "::ffff:127.0.0.1", "::ffff:192.168.0.1"}) {
        CAPTURE(own);
        CHECK_FALSE(reaches(own, Reach::public_only));
        CHECK(reaches(own, Reach::lan));
    }
    for (const char* never : {"0.0.0.0", "169.254.169.254", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::", "fe80::1",
                              "ff02::1", "2002:7f00:1::", "2001:db8::1", "64:ff9b::7f00:1", "::ffff:169.254.169.254"}) {
        CAPTURE(never);
        CHECK_FALSE(reaches(never, Reach::public_only));
        CHECK_FALSE(reaches(never, Reach::lan));
    }
}

TEST_CASE("a post carries headers and body, and its status comes back") {
    OneAnswer server("HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\nno");
    const auto posted = post(server.url());
    CHECK(posted.status == 503);
    CHECK(posted.retry_after == seconds(7));
    CHECK(server.heard.starts_with("POST /hook HTTP/1.1\r\n"));
    CHECK(server.heard.find("webhook-id: M1\r\n") != std::string::npos);
    CHECK(server.heard.ends_with("\r\n\r\n{}"));
}

TEST_CASE("an address that is not allowed is never connected to, by number or by name") {
    OneAnswer server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    CHECK(post(server.url(), Reach::public_only).code == "address_not_allowed");
    std::string named = server.url();
    named.replace(named.find("127.0.0.1"), 9, "localhost");
    CHECK(post(named, Reach::public_only).code == "address_not_allowed");
    CHECK(server.heard.empty());
    CHECK(post(server.url()).status == 200);
}

TEST_CASE("redirects are answers, silence and floods end in time") {
    CHECK(post(OneAnswer("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n").url()).status == 302);
    CHECK(post(OneAnswer("").url()).code == "timed_out");
    CHECK(post(OneAnswer("HTTP/1.1 200 OK\r\n\r\n" + std::string(4 << 20, 'x')).url()).status == 200);
    CHECK(post(OneAnswer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ncut").url()).status == 200);  // taken, whatever became of the rest
    CHECK(post(OneAnswer("this is not HTTP\r\n\r\n").url()).status == 0);
}

TEST_CASE("what is no address for us is said so") {
    CHECK(post("file:///etc/passwd").code == "bad_url");
    CHECK(post("gopher://127.0.0.1/").code == "bad_url");
    CHECK(post("http://").code == "bad_url");
    CHECK(post("http://nowhere.invalid/").code == "cannot_resolve");
    CHECK(post("http://127.0.0.1:1/").code == "cannot_connect");
}
