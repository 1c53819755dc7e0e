#pragma once
#include <string>
#include <string_view>

namespace aftercare::test {

/// A picture whose quarters are red and blue, below them green and black, as "jpeg", "png" (see-through in its lower half) or "webp".
std::string a_picture(std::string_view kind, int width = 64, int height = 32);
/// The JPEG with an EXIF that says `orientation` and where it was taken.
std::string with_exif(std::string jpeg, int orientation, bool little = true);
struct Shown {
    int width = 0, height = 0;
    std::string quarters;  ///< the first letters of their colours, K for black: "RBGK"
};
Shown shown(std::string_view jpeg);

}  // namespace aftercare::test
