#pragma once
#include "store/photos.hpp"
#include "usecase/context.hpp"

/// Photos as evidence. Their files lie in the data folder under the hash of their bytes: `ab/abcd….jpg` and its thumbnail `ab/abcd….thumb.jpg`.
/// Nodes that share a database must share that folder too (AFTERCARE_DATA_DIR on a network disk); without it a photo is seen where it was
/// sent to alone, and the others answer "photo_not_here".
namespace aftercare::usecase {

struct PhotoView {
    static constexpr std::string_view kSchema = "Photo";
    PhotoId id;
    ShopId shop_id;
    std::string type;
    std::int64_t bytes = 0, width = 0, height = 0;
    Instant added_at;
};
template <class Io>
void fields(Io& io, PhotoView& p) {
    io("id", p.id, doc("to be named in photo_ref; of several with a space between them"));
    io("shop_id", p.shop_id);
    io("type", p.type);
    io("bytes", p.bytes);
    io("width", p.width);
    io("height", p.height);
    io("added_at", p.added_at);
}

struct PutPhoto {
    ShopId shop_id;
};
template <class Io>
void fields(Io& io, PutPhoto& in) {
    io("shop_id", in.shop_id);
}
/// Keeps a JPEG, PNG or WebP, drawn anew (env/photo.hpp says how, and what it refuses). What no case or parcel names within a day is
/// forgotten. `unavailable` "photos_unusable" where no folder can be written.
Result<PhotoView> put_photo(Context&, const Actor&, const Guard&, const PutPhoto&, std::string_view bytes);

struct OnePhoto {
    PhotoId photo_id;
};
template <class Io>
void fields(Io& io, OnePhoto& in) {
    io("photo_id", in.photo_id);
}
enum class PhotoSize { whole, thumbnail };
/// The bytes, an image/jpeg. `not_found` "photo_not_found", "photo_not_here".
Result<std::string> photo_file(Context&, const Actor&, const OnePhoto&, PhotoSize);

/// The photos that a `photo_ref` of a person names, at most as many as fit into it; programs and plugins name what they like.
store::NamedPhotos named_photos(const Actor&, const std::string& ref, std::string pointer);

/// For the hourly upkeep: removes files of a day ago that no photo has.
Result<void> forget_photo_files(Context&);

}  // namespace aftercare::usecase
