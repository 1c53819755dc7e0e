#include "connect/http_out.hpp"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>

namespace aftercare::connect {
namespace {

constexpr std::size_t kMostRead = 64 * 1024;
constexpr long kConnectMs = 5'000;

struct Block {
    std::uint32_t from;
    int bits;
};
constexpr std::uint32_t ip(unsigned a, unsigned b, unsigned c) { return a << 24 | b << 16 | c << 8; }
constexpr std::array kPrivate{Block{ip(10, 0, 0), 8}, Block{ip(127, 0, 0), 8}, Block{ip(172, 16, 0), 12}, Block{ip(192, 168, 0), 16},
                              Block{ip(100, 64, 0), 10}};
// This network, link-local (where clouds keep their keys), protocols, tests, examples, groups, reserved.
constexpr std::array kNever{Block{0, 8}, Block{ip(169, 254, 0), 16}, Block{ip(192, 0, 0), 24}, Block{ip(192, 0, 2), 24},
                            Block{ip(192, 88, 99), 24}, Block{ip(198, 18, 0), 15}, Block{ip(198, 51, 100), 24},
                            Block{ip(203, 0, 113), 24}, Block{ip(224, 0, 0), 3}};

template <std::size_t N>
bool is_in(const std::array<Block, N>& blocks, std::uint32_t address) {
    return std::any_of(blocks.begin(), blocks.end(), [&](const Block& b) { return (address ^ b.from) >> (32 - b.bits) == 0; });
}
bool may_reach_v4(std::uint32_t address, Reach reach) {
    return !is_in(kNever, address) && (reach == Reach::lan || !is_in(kPrivate, address));
}
bool starts_with(const in6_addr& address, std::initializer_list<std::uint8_t> bytes) {
    return std::equal(bytes.begin(), bytes.end(), address.s6_addr);
}

/// One request on its way.
struct Exchange {
    Reach reach;
    bool refused_address = false;
    std::size_t read = 0;

    static curl_socket_t open(void* self, curlsocktype, curl_sockaddr* at) {
        auto& exchange = *static_cast<Exchange*>(self);
        if (may_reach(&at->addr, exchange.reach)) return socket(at->family, at->socktype | SOCK_CLOEXEC, at->protocol);
        exchange.refused_address = true;
        return CURL_SOCKET_BAD;
    }
    static std::size_t take(char*, std::size_t size, std::size_t count, void* self) {
        auto& exchange = *static_cast<Exchange*>(self);
        exchange.read += size * count;
        return exchange.read > kMostRead ? 0 : size * count;
    }
};

std::string code_of(CURLcode result, bool refused_address) {
    switch (result) {
        case CURLE_URL_MALFORMAT:
        case CURLE_UNSUPPORTED_PROTOCOL: return "bad_url";
        case CURLE_COULDNT_RESOLVE_HOST: return "cannot_resolve";
        case CURLE_COULDNT_CONNECT: return refused_address ? "address_not_allowed" : "cannot_connect";
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE: return "tls_failed";
        case CURLE_OPERATION_TIMEDOUT: return "timed_out";
        default: return "cut_off";
    }
}

struct Free {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

}  // namespace

bool may_reach(const sockaddr* address, Reach reach) {
    if (address->sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, address, sizeof v4);
        return may_reach_v4(ntohl(v4.sin_addr.s_addr), reach);
    }
    if (address->sa_family != AF_INET6) return false;
    sockaddr_in6 v6{};
    std::memcpy(&v6, address, sizeof v6);
    const in6_addr& a = v6.sin6_addr;
    if (IN6_IS_ADDR_V4MAPPED(&a)) {
        std::uint32_t inner = 0;
        std::memcpy(&inner, a.s6_addr + 12, sizeof inner);
        return may_reach_v4(ntohl(inner), reach);
    }
    if (reach == Reach::lan && (IN6_IS_ADDR_LOOPBACK(&a) || (a.s6_addr[0] & 0xfe) == 0xfc)) return true;
    const bool tunnel = starts_with(a, {0x20, 0x02}) || starts_with(a, {0x20, 0x01, 0, 0});  // they hold a v4 address
    return (a.s6_addr[0] & 0xe0) == 0x20 && !tunnel && !starts_with(a, {0x20, 0x01, 0x0d, 0xb8});
}

Posted post(const HttpPost& request, Reach reach) {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    const std::unique_ptr<CURL, Free> handle(ready == CURLE_OK ? curl_easy_init() : nullptr);
    if (!handle) return {0, "cannot_connect", {}};
    std::unique_ptr<curl_slist, Free> headers(curl_slist_append(nullptr, "Expect:"));
    for (const auto& [name, value] : request.headers)
        if (curl_slist* longer = curl_slist_append(headers.get(), (name + ": " + value).c_str())) {
            static_cast<void>(headers.release());
            headers.reset(longer);
        }
    Exchange exchange{reach};
    const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(handle.get(), option, value); };
    set(CURLOPT_URL, request.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, kConnectMs);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.ms));
    set(CURLOPT_USERAGENT, "Aftercare");
    set(CURLOPT_HTTPHEADER, headers.get());
    set(CURLOPT_POSTFIELDS, request.body.c_str());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(CURLOPT_OPENSOCKETFUNCTION, &Exchange::open);
    set(CURLOPT_OPENSOCKETDATA, &exchange);
    set(CURLOPT_WRITEFUNCTION, &Exchange::take);
    set(CURLOPT_WRITEDATA, &exchange);
    set(CURLOPT_HEADERFUNCTION, &Exchange::take);
    set(CURLOPT_HEADERDATA, &exchange);
    const CURLcode result = curl_easy_perform(handle.get());
    long status = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status < 200) return {0, code_of(result, exchange.refused_address), {}};
    curl_off_t wait = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RETRY_AFTER, &wait);
    return {static_cast<int>(status), {}, seconds(std::clamp<std::int64_t>(wait, 0, 86'400))};
}

}  // namespace aftercare::connect
