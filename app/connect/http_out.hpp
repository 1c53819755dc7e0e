#pragma once
#include <aftercare/base/instant.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct sockaddr;

/// The one door for HTTP out. Addresses that other people typed in are asked for here, so every address is looked at when the
/// connection is made, whatever the name said before.
namespace aftercare::connect {

/// public_only: nothing in this machine or its networks. lan: those too, but never link-local addresses.
enum class Reach { public_only, lan };
bool may_reach(const sockaddr* address, Reach reach);

struct HttpPost {
    std::string url, body;
    std::vector<std::pair<std::string, std::string>> headers{};
    Duration timeout = seconds(20);  ///< for all of it
};
/// status 0: no answer, and `code` says why: bad_url, cannot_resolve, cannot_connect, address_not_allowed, tls_failed, timed_out,
/// cut_off. Of an answer only its status counts, whatever happens behind it; at most 64 KiB of it are read.
struct Posted {
    int status = 0;
    std::string code;
    Duration retry_after{};
};
/// Blocks. http and https only; follows no redirect, uses no proxy, keeps nothing between calls. Thread safe.
Posted post(const HttpPost& request, Reach reach);

}  // namespace aftercare::connect
