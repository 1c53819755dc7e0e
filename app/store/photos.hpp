#pragma once
#include <aftercare/codec/fields.hpp>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace aftercare {

using PhotoId = Id<struct PhotoTag>;

}  // namespace aftercare

/// Photos that cases and parcels name; their files are the use case's.
namespace aftercare::store {

struct Photo {
    PhotoId id;
    ShopId shop_id;
    std::string hash, type;  ///< of the file
    std::int64_t bytes = 0, width = 0, height = 0;
    StaffId added_by;
    Instant added_at;
};
template <class Io>
void fields(Io& io, Photo& p) {
    io("id", p.id);
    io("shop_id", p.shop_id);
    io("hash", p.hash);
    io("type", p.type);
    io("bytes", p.bytes);
    io("width", p.width);
    io("height", p.height);
    io("added_by", p.added_by);
    io("added_at", p.added_at);
}

/// Photos as a command names them, and where it does.
struct NamedPhotos {
    std::vector<std::string> ids;
    std::string pointer;
};

void insert_photo(Tx&, const Photo&);
/// `not_found` "photo_not_found".
Result<Photo> find_photo(Tx&, const PhotoId&);
/// From now on `by` (a case, a parcel) names them, so they stay. `invalid` "unknown_photo" at the pointer when one is not this shop's.
Result<void> name_photos(Tx&, const ShopId&, const std::string& by, const NamedPhotos&);
/// Deletes rows that nobody names and that are older, oldest first, at most `limit`; how many it were.
std::int64_t forget_photos(Tx&, Instant before, std::int64_t limit);
/// Those of `hashes` that a photo has.
std::vector<std::string> known_hashes(Tx&, const std::vector<std::string>& hashes);

}  // namespace aftercare::store
