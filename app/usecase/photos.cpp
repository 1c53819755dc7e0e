#include "usecase/photos.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include "env/password.hpp"
#include "env/photo.hpp"
#include "env/whole_file.hpp"
#include "store/staff.hpp"

namespace aftercare::usecase {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kType = "image/jpeg";
constexpr std::size_t kHashLength = 64;
constexpr std::chrono::hours kFilesKept{24};  // of uploads that are under way, or whose row is being written

fs::path file_of(const Context& ctx, const std::string& hash, PhotoSize size) {
    return ctx.photos_folder / hash.substr(0, 2) / (hash + (size == PhotoSize::whole ? ".jpg" : ".thumb.jpg"));
}

tl::unexpected<Error> unusable(std::string why) { return fail(Error{ErrorKind::unavailable, "photos_unusable", {}, {}, {}, std::move(why)}); }

/// Written anew even when it is there: a file that is young is not forgotten.
Result<void> keep_file(const Context& ctx, const std::string& hash, PhotoSize size, std::string_view bytes) {
    const fs::path file = file_of(ctx, hash, size);
    std::error_code failed;
    if (ctx.photos_folder.empty()) return unusable("no folder for photos");
    fs::create_directories(file.parent_path(), failed);
    if (failed) return unusable(file.parent_path().string() + ": " + failed.message());
    fs::permissions(ctx.photos_folder, fs::perms::owner_all, failed);
    if (auto why = env::write_whole(file, bytes); !why.empty()) return unusable(std::move(why));
    return {};
}

PhotoView view_of(const store::Photo& p) { return {p.id, p.shop_id, p.type, p.bytes, p.width, p.height, p.added_at}; }

}  // namespace

Result<PhotoView> put_photo(Context& ctx, const Actor& actor, const Guard& guard, const PutPhoto& in, std::string_view bytes) {
    AC_CHECK(require(actor, allowed(actor, Permission::receive_goods) ? Permission::receive_goods : Permission::open_cases));
    AC_CHECK(require_shop(actor, in.shop_id));
    AC_TRY(const env::CleanPhoto photo, env::clean_photo(bytes));
    const std::string hash = env::hash_secret(photo.jpeg);
    AC_CHECK(keep_file(ctx, hash, PhotoSize::thumbnail, photo.thumbnail));
    AC_CHECK(keep_file(ctx, hash, PhotoSize::whole, photo.jpeg));
    return ctx.store.change(guard, [&](store::Tx& tx) -> Result<PhotoView> {
        if (!store::find_shop(tx, in.shop_id)) return fail(ErrorKind::not_found, "shop_not_found");
        const store::Photo row{ctx.ids.make<PhotoId>(), in.shop_id, hash, std::string(kType), std::ssize(photo.jpeg), photo.width,
                               photo.height, actor.staff_id, guard.now};
        store::insert_photo(tx, row);
        return view_of(row);
    });
}

Result<std::string> photo_file(Context& ctx, const Actor& actor, const OnePhoto& in, PhotoSize size) {
    AC_CHECK(require(actor, Permission::read_cases));
    AC_TRY(const store::Photo photo, ctx.store.read([&](store::Tx& tx) { return store::find_photo(tx, in.photo_id); }));
    if (!actor.may_see(photo.shop_id)) return fail(ErrorKind::not_found, "photo_not_found");
    std::ifstream file(file_of(ctx, photo.hash, size), std::ios::binary);
    if (!file) return fail(ErrorKind::not_found, "photo_not_here");
    return std::string(std::istreambuf_iterator<char>(file), {});
}

store::NamedPhotos named_photos(const Actor& actor, const std::string& ref, std::string pointer) {
    store::NamedPhotos named{{}, std::move(pointer)};
    if (!actor.principal.starts_with("staff:")) return named;
    std::istringstream words(ref);
    named.ids.assign(std::istream_iterator<std::string>(words), {});
    std::sort(named.ids.begin(), named.ids.end());
    named.ids.erase(std::unique(named.ids.begin(), named.ids.end()), named.ids.end());
    return named;
}

Result<void> forget_photo_files(Context& ctx) {
    std::error_code failed;
    const auto before = fs::file_time_type::clock::now() - kFilesKept;
    for (const auto& folder : fs::directory_iterator(ctx.photos_folder, failed)) {
        std::multimap<std::string, fs::path> old;  // by hash
        for (const auto& file : fs::directory_iterator(folder.path(), failed))
            if (file.is_regular_file(failed) && file.last_write_time(failed) < before)
                old.emplace(file.path().filename().string().substr(0, kHashLength), file.path());
        std::vector<std::string> hashes;
        for (const auto& [hash, file] : old)
            if (hashes.empty() || hashes.back() != hash) hashes.push_back(hash);
        AC_TRY(const auto known, ctx.store.read([&](store::Tx& tx) -> Result<std::vector<std::string>> { return store::known_hashes(tx, hashes); }));
        for (const auto& [hash, file] : old)
            if (!std::binary_search(known.begin(), known.end(), hash)) fs::remove(file, failed);
    }
    return {};
}

}  // namespace aftercare::usecase
