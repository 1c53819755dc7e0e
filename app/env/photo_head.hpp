#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace aftercare::env {

enum class PhotoKind { jpeg, png, webp };

/// What a photo says of itself before anything is decoded.
struct PhotoHead {
    PhotoKind kind{};
    std::int64_t width = 0, height = 0;  ///< as stored, before it is turned
    int orientation = 1;                 ///< of its EXIF, 1 to 8
};

/// By the bytes alone; nullopt for what is no JPEG, PNG or WebP or says no size.
std::optional<PhotoHead> read_photo_head(std::string_view bytes);

}  // namespace aftercare::env
