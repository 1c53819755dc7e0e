#include "env/photo.hpp"

#include <gd.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>

#include "env/photo_head.hpp"

namespace aftercare::env {
namespace {

constexpr int kLongSide = 2'560, kThumbSide = 320;
constexpr int kQuality = 88, kThumbQuality = 80;

struct Destroy {
    void operator()(gdImage* image) const { gdImageDestroy(image); }
};
using Image = std::unique_ptr<gdImage, Destroy>;

Image decoded(PhotoKind kind, std::string_view bytes) {
    const int size = static_cast<int>(bytes.size());
    void* const data = const_cast<char*>(bytes.data());  // gd only reads it
    switch (kind) {
        case PhotoKind::jpeg: return Image(gdImageCreateFromJpegPtrEx(size, data, 1));
        case PhotoKind::png: return Image(gdImageCreateFromPngPtr(size, data));
        case PhotoKind::webp: return Image(gdImageCreateFromWebpPtr(size, data));
    }
    return {};
}

/// Drawn on white, at most `side` long.
Image fitted(gdImage* from, int side) {
    const double scale = std::min(1.0, static_cast<double>(side) / std::max(gdImageSX(from), gdImageSY(from)));
    const auto scaled = [&](int length) { return std::max(1, static_cast<int>(std::lround(length * scale))); };
    Image to(gdImageCreateTrueColor(scaled(gdImageSX(from)), scaled(gdImageSY(from))));
    if (!to) return to;
    gdImageFilledRectangle(to.get(), 0, 0, gdImageSX(to.get()) - 1, gdImageSY(to.get()) - 1, gdTrueColor(255, 255, 255));
    gdImageAlphaBlending(to.get(), 1);
    gdImageCopyResampled(to.get(), from, 0, 0, 0, 0, gdImageSX(to.get()), gdImageSY(to.get()), gdImageSX(from), gdImageSY(from));
    return to;
}

/// As EXIF numbers the eight ways in which a camera may lie.
Image upright(Image from, int orientation) {
    if (orientation == 1 || !from) return from;
    const bool swaps = orientation >= 5;
    const bool right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;  // columns are read from the right
    const bool below = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;  // rows from below
    const int width = gdImageSX(from.get()), height = gdImageSY(from.get());
    Image to(gdImageCreateTrueColor(swaps ? height : width, swaps ? width : height));
    if (!to) return to;
    for (int y = 0; y < gdImageSY(to.get()); ++y)
        for (int x = 0; x < gdImageSX(to.get()); ++x) {
            const int column = swaps ? y : x, row = swaps ? x : y;
            const int pixel = gdImageTrueColorPixel(from.get(), right ? width - 1 - column : column, below ? height - 1 - row : row);
            gdImageTrueColorPixel(to.get(), x, y) = pixel;
        }
    return to;
}

std::string encoded(gdImage* image, int quality) {
    int size = 0;
    const std::unique_ptr<void, decltype(&gdFree)> data(gdImageJpegPtr(image, &size, quality), &gdFree);
    return data ? std::string(static_cast<const char*>(data.get()), static_cast<std::size_t>(size)) : std::string();
}

}  // namespace

Result<CleanPhoto> clean_photo(std::string_view bytes) {
    static std::mutex one_at_a_time;
    const auto head = read_photo_head(bytes);
    if (!head) return fail(ErrorKind::invalid, "not_a_photo");
    if (bytes.size() > kMostPhotoBytes || head->width * head->height > kMostPhotoPixels) return fail(ErrorKind::invalid, "photo_too_large");
    const std::scoped_lock held(one_at_a_time);
    gdSetErrorMethod([](int, const char*, va_list) {});  // else to stderr
    Image image = decoded(head->kind, bytes);
    if (image) image = upright(fitted(image.get(), kLongSide), head->orientation);
    const Image small = image ? fitted(image.get(), kThumbSide) : Image();
    CleanPhoto photo;
    if (image && small) photo = {encoded(image.get(), kQuality), encoded(small.get(), kThumbQuality), gdImageSX(image.get()), gdImageSY(image.get())};
    if (photo.jpeg.empty() || photo.thumbnail.empty()) return fail(ErrorKind::invalid, "photo_unreadable");
    return photo;
}

}  // namespace aftercare::env
