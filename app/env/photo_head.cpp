#include "env/photo_head.hpp"

#include <algorithm>
#include <string>

namespace aftercare::env {
namespace {

using namespace std::string_view_literals;
using Bytes = std::string_view;

/// The number in `count` bytes at `at`; 0 beyond the end.
std::int64_t number(Bytes bytes, std::size_t at, std::size_t count, bool is_little) {
    std::int64_t value = 0;
    if (at > bytes.size() || count > bytes.size() - at) return 0;
    for (std::size_t i = 0; i < count; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + (is_little ? count - 1 - i : i)]);
    return value;
}
std::int64_t big(Bytes bytes, std::size_t at, std::size_t count) { return number(bytes, at, count, false); }
std::int64_t little(Bytes bytes, std::size_t at, std::size_t count) { return number(bytes, at, count, true); }

Bytes part(Bytes bytes, std::size_t at, std::int64_t count) {
    return at < bytes.size() ? bytes.substr(at, static_cast<std::size_t>(count)) : Bytes();
}

/// The tag in a TIFF's first folder that says which side is up.
void read_exif(Bytes tiff, PhotoHead& head) {
    constexpr std::int64_t kOrientation = 0x0112, kEntry = 12;
    const bool is_little = tiff.starts_with("II*\0"sv);
    if (!is_little && !tiff.starts_with("MM\0*"sv)) return;
    const std::int64_t folder = number(tiff, 4, 4, is_little);
    const std::int64_t fit = std::ssize(tiff) / kEntry;  // whatever it says: a file of many folders takes no longer than its length
    const std::int64_t count = std::min(number(tiff, static_cast<std::size_t>(folder), 2, is_little), fit);
    for (std::int64_t i = 0; i < count; ++i) {
        const auto at = static_cast<std::size_t>(folder + 2 + i * kEntry);
        if (number(tiff, at, 2, is_little) != kOrientation) continue;
        const auto value = number(tiff, at + 8, 2, is_little);
        if (value >= 1 && value <= 8) head.orientation = static_cast<int>(value);
        return;
    }
}

void read_jpeg(Bytes bytes, PhotoHead& head) {
    for (std::size_t at = 2; at + 4 <= bytes.size() && bytes[at] == '\xff';) {
        const auto mark = static_cast<unsigned char>(bytes[at + 1]);
        if (mark == 0xff) {  // fill
            ++at;
            continue;
        }
        if (mark <= 0x01 || (mark >= 0xd0 && mark <= 0xd9)) return;  // has no length, and no place before a frame: who decodes it would see another one
        const std::int64_t length = big(bytes, at + 2, 2);
        const Bytes body = part(bytes, at + 4, std::max<std::int64_t>(0, length - 2));
        if (mark == 0xe1 && body.starts_with("Exif\0\0"sv)) read_exif(body.substr(6), head);
        if (mark >= 0xc0 && mark <= 0xcf && mark != 0xc4 && mark != 0xc8 && mark != 0xcc) {  // the frame
            head.height = big(body, 1, 2), head.width = big(body, 3, 2);
            return;
        }
        if (mark == 0xda || length < 2) return;
        at += static_cast<std::size_t>(2 + length);
    }
}

void read_png(Bytes bytes, PhotoHead& head) {
    if (part(bytes, 12, 4) != "IHDR") return;
    head.width = big(bytes, 16, 4), head.height = big(bytes, 20, 4);
    for (std::size_t at = 8; at + 8 <= bytes.size();) {
        const std::int64_t length = big(bytes, at, 4);
        if (part(bytes, at + 4, 4) == "eXIf") read_exif(part(bytes, at + 8, length), head);
        at += static_cast<std::size_t>(length + 12);
    }
}

/// A canvas and a picture of other sizes count as the larger.
void read_webp(Bytes bytes, PhotoHead& head) {
    const auto is = [&](std::int64_t width, std::int64_t height) {
        head.width = std::max(head.width, width), head.height = std::max(head.height, height);
    };
    for (std::size_t at = 12; at + 8 <= bytes.size();) {
        const Bytes name = part(bytes, at, 4);
        const std::int64_t length = little(bytes, at + 4, 4);
        const Bytes body = part(bytes, at + 8, length);
        if (name == "VP8X") is(little(body, 4, 3) + 1, little(body, 7, 3) + 1);
        if (name == "VP8 ") is(little(body, 6, 2) & 0x3fff, little(body, 8, 2) & 0x3fff);
        if (name == "VP8L") is((little(body, 1, 4) & 0x3fff) + 1, (little(body, 1, 4) >> 14 & 0x3fff) + 1);
        if (name == "EXIF") read_exif(body.starts_with("Exif\0\0"sv) ? body.substr(6) : body, head);
        at += static_cast<std::size_t>(8 + length + (length & 1));
    }
}

}  // namespace

std::optional<PhotoHead> read_photo_head(std::string_view bytes) {
    PhotoHead head;
    if (bytes.starts_with("\xff\xd8\xff"sv)) {
        head.kind = PhotoKind::jpeg;
        read_jpeg(bytes, head);
    } else if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) {
        head.kind = PhotoKind::png;
        read_png(bytes, head);
    } else if (bytes.starts_with("RIFF"sv) && part(bytes, 8, 4) == "WEBP") {
        head.kind = PhotoKind::webp;
        read_webp(bytes, head);
    }
    if (head.width <= 0 || head.height <= 0) return std::nullopt;
    return head;
}

}  // namespace aftercare::env
