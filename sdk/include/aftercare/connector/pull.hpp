#pragma once
#include <aftercare/codec/fields.hpp>
#include <cstdint>
#include <string>
#include <vector>

/// Streams that the service reads page by page, the same for every kind.
namespace aftercare {

/// One page of a stream. `cursor`: empty at first, then what the last page gave back; opaque. Pulling the same cursor again
/// gives the same items or newer ones, so items are deduplicated by `id`; a page is acknowledged by pulling with its cursor.
template <class Stream>
struct PullFrom {
    static constexpr std::string_view kSchema = "PullRequest";
    Stream stream{};
    std::string cursor;
    std::int64_t limit = 200;
};
template <class Io, class Stream>
void fields(Io& io, PullFrom<Stream>& r) {
    io("stream", r.stream);
    io("cursor", r.cursor, maybe, length(0, 4'096));
    io("limit", r.limit, maybe, between(1, 1'000));
}

/// `more`: pull again at once. An empty page may still carry a new cursor: store it.
template <class Item>
struct PullReply {
    std::vector<Item> items;
    std::string cursor;
    bool more = false;
};
template <class Io, class Item>
void fields(Io& io, PullReply<Item>& r) {
    io("items", r.items);
    io("cursor", r.cursor, maybe, length(0, 4'096));
    io("more", r.more, maybe);
}

}  // namespace aftercare
