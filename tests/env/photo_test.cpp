#include "env/photo.hpp"

#include <catch2/catch.hpp>
#include <array>
#include <fstream>

#include "env/photo_head.hpp"
#include "env/whole_file.hpp"
#include "support/photo.hpp"
#include "support/temp_folder.hpp"

using namespace aftercare;
using namespace aftercare::test;

namespace {

env::CleanPhoto clean(const std::string& bytes) {
    auto photo = env::clean_photo(bytes);
    if (!photo) FAIL("refused: " << photo.error().code);
    return *photo;
}
std::string refused(const std::string& bytes) {
    const auto photo = env::clean_photo(bytes);
    return photo ? "" : photo.error().code;
}

}  // namespace

TEST_CASE("a photo is known by its bytes and drawn anew as a JPEG with a thumbnail") {
    for (const char* kind : {"jpeg", "png", "webp"}) {
        CAPTURE(kind);
        const auto photo = clean(a_picture(kind, 640, 480));
        CHECK((photo.width == 640 && photo.height == 480));
        const Shown whole = shown(photo.jpeg), small = shown(photo.thumbnail);
        CHECK((whole.width == 640 && whole.height == 480));
        CHECK((small.width == 320 && small.height == 240));
        CHECK(whole.quarters == (std::string(kind) == "png" ? "RBWW" : "RBGK"));  // see-through becomes white
        CHECK(small.quarters == whole.quarters);
    }
    const auto large = clean(a_picture("jpeg", 5'120, 1'000));
    CHECK((large.width == 2'560 && large.height == 500));
    const auto tiny = clean(a_picture("png", 3, 2));
    CHECK(shown(tiny.thumbnail).width == 3);
}

TEST_CASE("a photo is turned as its camera said, and forgets where it was taken") {
    const std::array<std::string, 8> upright{"RBGK", "BRKG", "KGBR", "GKRB", "RGBK", "GRKB", "KBGR", "BKRG"};
    for (int orientation = 1; orientation <= 8; ++orientation)
        for (const bool little : {true, false}) {
            CAPTURE(orientation, little);
            const std::string bytes = with_exif(a_picture("jpeg"), orientation, little);
            REQUIRE(bytes.find("HOME ADDRESS") != std::string::npos);
            const auto photo = clean(bytes);
            CHECK(photo.width == (orientation >= 5 ? 32 : 64));
            CHECK(shown(photo.jpeg).quarters == upright[static_cast<std::size_t>(orientation - 1)]);
            CHECK(photo.jpeg.find("Exif") == std::string::npos);
            CHECK((photo.jpeg + photo.thumbnail).find("HOME ADDRESS") == std::string::npos);
        }
}

TEST_CASE("what is no photo, or too large a one, is refused before it is decoded") {
    for (const char* text : {"", "x", "<svg xmlns='http://www.w3.org/2000/svg'/>", "GIF89a\x01\x00\x01\x00", "\xff\xd8\xff", "RIFF\x04\x00\x00\x00WEBP"})
        CHECK(refused(text) == "not_a_photo");
    std::string bomb = a_picture("png");
    bomb.replace(16, 8, std::string("\x00\x00\xff\xff\x00\x00\xff\xff", 8));  // 65535 × 65535, says its head
    CHECK(refused(bomb) == "photo_too_large");
    CHECK(refused(a_picture("jpeg") + std::string(env::kMostPhotoBytes, '\0')) == "photo_too_large");
    std::string two_heads("\xff\xd8\xff\x01\xff\xc0\x00\x11\x08\x00\x10\x00\x10\x03", 14);  // a decoder skips the mark without a length, and would find another frame
    CHECK(refused(two_heads + std::string(200, '\0')) == "not_a_photo");
    std::string broken = a_picture("png", 640, 480);
    broken.resize(broken.size() / 2);
    CHECK(refused(broken) == "photo_unreadable");
}

TEST_CASE("no bytes make the head's reader run away") {
    for (const char* kind : {"jpeg", "png", "webp"}) {
        const std::string whole = std::string(kind) == "jpeg" ? with_exif(a_picture(kind), 6) : a_picture(kind);
        for (std::size_t cut = 0; cut < whole.size(); ++cut) static_cast<void>(env::read_photo_head(whole.substr(0, cut)));
        for (std::size_t at = 0; at < std::min<std::size_t>(whole.size(), 120); ++at)
            for (const char byte : {'\0', '\x7f', '\xff'}) {
                std::string bent = whole;
                bent[at] = byte;
                static_cast<void>(env::read_photo_head(bent));
            }
    }
    CHECK(env::read_photo_head(with_exif(a_picture("jpeg"), 9))->orientation == 1);
}

TEST_CASE("a file is written whole or not at all") {
    const TempFolder folder;
    const auto file = folder.path() / "a";
    REQUIRE(env::write_whole(file, "old").empty());
    REQUIRE(env::write_whole(file, "new").empty());
    std::ifstream in(file);
    CHECK(std::string(std::istreambuf_iterator<char>(in), {}) == "new");
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
    CHECK(env::write_whole(folder.path() / "none" / "a", "x").find("No such file") != std::string::npos);
}
