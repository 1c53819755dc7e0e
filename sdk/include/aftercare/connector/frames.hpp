#pragma once
#include <aftercare/codec/json.hpp>
#include <aftercare/connector/utf8.hpp>
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

/// The frames between the service and aftercare-plugin-host, over an inherited socketpair (not for plugin authors).
/// A frame is u32 length | u8 type | u8 flags 0 | u16 0, then `length` bytes: a JSON head, '\n', and for some types a payload
/// that is passed on as it is. Host byte order: both ends are one machine.
namespace aftercare::frames {

enum class Type : std::uint8_t { hello = 1, ready, failed, open, opened, call, reply, cancel, log, ping, pong, close, closed, bye };

inline constexpr std::size_t kHeader = 8;
inline constexpr std::size_t kMaxHead = 64 * 1024;
inline constexpr std::size_t kMaxPayload = 8 * 1024 * 1024;
inline constexpr std::size_t kMaxLine = 8 * 1024;
inline constexpr int kSocket = 3;  ///< where the host finds its end

struct Header {
    std::uint32_t length;
    std::uint8_t type, flags;
    std::uint16_t reserved;
};
static_assert(sizeof(Header) == kHeader);

/// service → host, first. Payload: the manifest that plugin.json holds.
struct Hello {
    std::int64_t now_ms = 0;
};
template <class Io>
void fields(Io& io, Hello& h) { io("now_ms", h.now_ms); }

/// host → service: the plugin cannot be used; the host ends.
struct Failed {
    std::string code, message;
};
template <class Io>
void fields(Io& io, Failed& f) {
    io("code", f.code);
    io("message", f.message, maybe);
}

/// Payload: the settings. `folder` empty: none granted.
struct Open {
    std::int64_t instance = 0, now_ms = 0;
    std::string data_folder, folder;
    bool folder_write = false;
};
template <class Io>
void fields(Io& io, Open& o) {
    io("instance", o.instance);
    io("now_ms", o.now_ms);
    io("data_folder", o.data_folder, maybe);
    io("folder", o.folder, maybe);
    io("folder_write", o.folder_write, maybe);
}

/// Answer to open and to call: `status` of the door (plugin.h). Payload: the reply (0), an error object (5), else nothing.
struct Reply {
    std::int64_t id = 0, status = 0;  ///< id: of the call, or of the instance
    bool too_long = false;            ///< the plugin wrote more than may pass; payload dropped
};
template <class Io>
void fields(Io& io, Reply& r) {
    io("id", r.id);
    io("status", r.status, between(INT32_MIN, INT32_MAX));
    io("too_long", r.too_long, maybe);
}

/// Payload: the request.
struct Call {
    std::int64_t id = 0, instance = 0, now_ms = 0, remaining_ms = 0, attempt = 1;
    std::string op, key;
};
template <class Io>
void fields(Io& io, Call& c) {
    io("id", c.id);
    io("instance", c.instance);
    io("now_ms", c.now_ms);
    io("remaining_ms", c.remaining_ms);
    io("attempt", c.attempt);
    io("op", c.op);
    io("key", c.key, maybe);
}

/// Of cancel (a call), close and closed (an instance).
struct Number {
    std::int64_t id = 0;
};
template <class Io>
void fields(Io& io, Number& n) { io("id", n.id); }

struct Log {
    std::int64_t level = 0;
    std::string message;
};
template <class Io>
void fields(Io& io, Log& l) {
    io("level", l.level);
    io("message", l.message, length(0, 2 * kMaxLine));
}

struct Empty {};
template <class Io>
void fields(Io&, Empty&) {}

/// The bytes of one frame.
template <class Head>
std::string make(Type type, const Head& head, std::string_view payload = {}) {
    std::string bytes(kHeader, '\0');
    JsonWriter(bytes).put(head);
    bytes.push_back('\n');
    bytes.append(payload);
    const Header header{static_cast<std::uint32_t>(bytes.size() - kHeader), static_cast<std::uint8_t>(type), 0, 0};
    std::memcpy(bytes.data(), &header, kHeader);
    return bytes;
}

/// A received frame, cut at the first newline.
struct Frame {
    Type type{};
    std::string head, payload;
};

/// Takes `header` apart; false when it cannot be one of ours.
inline bool plausible(const Header& header) {
    return header.length > 0 && header.length <= kMaxHead + kMaxPayload && header.flags == 0 && header.reserved == 0 &&
           header.type >= static_cast<std::uint8_t>(Type::hello) && header.type <= static_cast<std::uint8_t>(Type::bye);
}
/// False when head or payload is too long, or there is no head.
inline bool split(const Header& header, std::string_view body, Frame& frame) {
    const auto end = body.find('\n');
    if (end == body.npos || end > kMaxHead || body.size() - end - 1 > kMaxPayload) return false;
    frame.type = static_cast<Type>(header.type);
    frame.head = body.substr(0, end);
    frame.payload = body.substr(end + 1);
    return true;
}

/// At most kMaxLine bytes of `text`; whatever is not UTF-8, and control characters, become '?'.
inline std::string clean_line(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size() && out.size() < kMaxLine;) {
        const auto n = utf8_step(text, at);
        const bool good = n > 1 || (n == 1 && (static_cast<unsigned char>(text[at]) >= 0x20 || text[at] == '\t'));
        if (good) out.append(text.substr(at, n));
        else out.push_back('?');
        at += std::max<std::size_t>(n, 1);
    }
    return out;
}

}  // namespace aftercare::frames
