#include "support/photo.hpp"

#include <gd.h>

#include <memory>
#include <stdexcept>

namespace aftercare::test {
namespace {

struct Destroy {
    void operator()(gdImage* image) const { gdImageDestroy(image); }
};

char colour_at(gdImage* image, int x, int y) {
    const int pixel = gdImageGetTrueColorPixel(image, x, y);
    const bool red = gdTrueColorGetRed(pixel) > 127, green = gdTrueColorGetGreen(pixel) > 127, blue = gdTrueColorGetBlue(pixel) > 127;
    return red && green && blue ? 'W' : red ? 'R' : green ? 'G' : blue ? 'B' : 'K';
}

}  // namespace

std::string a_picture(std::string_view kind, int width, int height) {
    const std::unique_ptr<gdImage, Destroy> image(gdImageCreateTrueColor(width, height));
    gdImageFilledRectangle(image.get(), 0, 0, width / 2 - 1, height / 2 - 1, gdTrueColor(255, 0, 0));
    gdImageFilledRectangle(image.get(), width / 2, 0, width - 1, height / 2 - 1, gdTrueColor(0, 0, 255));
    gdImageFilledRectangle(image.get(), 0, height / 2, width / 2 - 1, height - 1, gdTrueColor(0, 255, 0));
    if (kind == "png") {
        gdImageSaveAlpha(image.get(), 1);
        gdImageAlphaBlending(image.get(), 0);
        gdImageFilledRectangle(image.get(), 0, height / 2, width - 1, height - 1, gdTrueColorAlpha(0, 0, 0, gdAlphaTransparent));
    }
    int size = 0;
    void* data = kind == "jpeg" ? gdImageJpegPtr(image.get(), &size, 95) : kind == "png" ? gdImagePngPtr(image.get(), &size) : gdImageWebpPtr(image.get(), &size);
    if (!data) throw std::runtime_error("no picture");
    std::string bytes(static_cast<const char*>(data), static_cast<std::size_t>(size));
    gdFree(data);
    return bytes;
}

std::string with_exif(std::string jpeg, int orientation, bool little) {
    const auto number = [&](std::size_t value, int count) {
        std::string bytes;
        for (int i = 0; i < count; ++i) bytes += static_cast<char>(value >> 8 * (little ? i : count - 1 - i) & 0xff);
        return bytes;
    };
    std::string tiff = (little ? "II" : "MM") + number(42, 2) + number(8, 4) + number(2, 2);
    tiff += number(0x010e, 2) + number(2, 2) + number(12, 4) + number(38, 4);  // a text, further below
    tiff += number(0x0112, 2) + number(3, 2) + number(1, 4) + number(static_cast<std::size_t>(orientation), 2) + number(0, 2);
    tiff += number(0, 4) + "HOME ADDRESS";
    const std::string body = std::string("Exif\0\0", 6) + tiff;
    const std::size_t length = body.size() + 2;
    std::string segment = "\xff\xe1";
    segment += static_cast<char>(length >> 8);
    segment += static_cast<char>(length & 0xff);
    return jpeg.insert(2, segment + body);
}

Shown shown(std::string_view jpeg) {
    const std::unique_ptr<gdImage, Destroy> image(gdImageCreateFromJpegPtr(static_cast<int>(jpeg.size()), const_cast<char*>(jpeg.data())));
    if (!image) throw std::runtime_error("no JPEG");
    const int width = gdImageSX(image.get()), height = gdImageSY(image.get());
    std::string quarters;
    for (const int y : {height / 4, height * 3 / 4})
        for (const int x : {width / 4, width * 3 / 4}) quarters += colour_at(image.get(), x, y);
    return {width, height, quarters};
}

}  // namespace aftercare::test
