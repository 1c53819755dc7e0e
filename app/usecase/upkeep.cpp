#include "usecase/upkeep.hpp"

#include <algorithm>

#include "store/photos.hpp"
#include "store/staff.hpp"
#include "usecase/imports/imports.hpp"
#include "store/webhooks.hpp"
#include "usecase/photos.hpp"
#include "usecase/staff.hpp"

namespace aftercare::usecase {
namespace {

constexpr std::int64_t kBatch = 1'000;
constexpr Duration kAnswersKept = hours(24), kPhotosKept = hours(24), kDeliveriesKept = days(30);

}  // namespace

Result<bool> forget_old(Context& ctx) {
    const Guard guard{{}, {}, {}, {}, ctx.clock.now()};
    bool more = false;
    const auto done = ctx.store.change(
        guard,
        [&](store::Tx& tx) -> Result<Done> {
            const auto answers = store::forget_answers(tx, guard.now - kAnswersKept, kBatch);
            const auto sessions = store::forget_sessions(tx, guard.now, kBatch);
            const auto failures = store::forget_failures(tx, guard.now - kFailureWindow, kBatch);
            const auto deliveries = store::forget_deliveries(tx, guard.now - kDeliveriesKept, kBatch);
            const auto photos = store::forget_photos(tx, guard.now - kPhotosKept, kBatch);
            more = std::max({answers, sessions, failures, deliveries, photos}) >= kBatch;
            return Done{};
        },
        {}, db::Lane::bulk);
    AC_CHECK(done);
    if (!ctx.imports_folder.empty()) forget_import_files(ctx);
    if (!more && !ctx.photos_folder.empty()) {
        AC_CHECK(forget_photo_files(ctx));
    }
    return more;
}

}  // namespace aftercare::usecase
