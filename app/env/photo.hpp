#pragma once
#include <aftercare/base/result.hpp>
#include <string>
#include <string_view>

namespace aftercare::env {

inline constexpr std::size_t kMostPhotoBytes = 8 << 20;
inline constexpr std::int64_t kMostPhotoPixels = 32'000'000;

/// A photo as it is kept: drawn anew, so that nothing of the file that came is in it but its pixels.
struct CleanPhoto {
    std::string jpeg, thumbnail;  ///< upright, without EXIF, on white; at most 2560 and 320 pixels long
    int width = 0, height = 0;    ///< of `jpeg`
};

/// Decodes and draws anew a JPEG, PNG or WebP, whatever the sender called it. `invalid` "not_a_photo", "photo_too_large" (bytes,
/// or pixels as its head says, before anything is decoded), "photo_unreadable". One at a time: it takes some hundred MB.
Result<CleanPhoto> clean_photo(std::string_view bytes);

}  // namespace aftercare::env
