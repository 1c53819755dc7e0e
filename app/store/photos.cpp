#include "store/photos.hpp"

#include "db/row.hpp"
#include "sql/photos.hpp"

namespace aftercare::store {

void insert_photo(Tx& tx, const Photo& photo) { tx.write(sql::photos::insert, db::bind_row(photo), 1); }

Result<Photo> find_photo(Tx& tx, const PhotoId& id) {
    Photo photo;
    tx.run(sql::photos::find, {{"id", id.value}}, [&](const db::Row& row) { photo = db::read_row<Photo>(row); });
    if (photo.id.empty()) return fail(ErrorKind::not_found, "photo_not_found");
    return photo;
}

Result<void> name_photos(Tx& tx, const ShopId& shop, const std::string& by, const NamedPhotos& photos) {
    if (photos.ids.empty()) return {};
    const auto named = tx.run(sql::photos::give_name, {{"by", by}, {"ids", std::span(photos.ids)}, {"shop_id", shop.value}});
    if (named != std::ssize(photos.ids)) return fail_field(photos.pointer, "unknown_photo");
    return {};
}

std::int64_t forget_photos(Tx& tx, Instant before, std::int64_t limit) {
    return tx.run(sql::photos::forget, {{"before", before.ms}, {"limit", limit}});
}

std::vector<std::string> known_hashes(Tx& tx, const std::vector<std::string>& hashes) {
    std::vector<std::string> known;
    tx.run(sql::photos::known_hashes, {{"hashes", std::span(hashes)}}, [&](const db::Row& row) { known.emplace_back(row.text(0)); });
    return known;
}

}  // namespace aftercare::store
