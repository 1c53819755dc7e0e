#include "usecase/saved_views.hpp"

#include <aftercare/codec/json.hpp>

#include "store/saved_views.hpp"
#include "usecase/facts.hpp"
#include "usecase/staff_parts.hpp"

namespace aftercare::usecase {
namespace {

constexpr std::int64_t kMostViews = 50, kCountUpTo = 1'000;

bool is_mine(const Actor& actor, const store::SavedView& view) { return view.owner_id == actor.staff_id; }
bool may_see(const Actor& actor, const store::SavedView& view) {
    return is_mine(actor, view) || (!view.shop_id.empty() && actor.may_see(view.shop_id));
}
bool may_change(const Actor& actor, const store::SavedView& view) {
    return is_mine(actor, view) || (may_see(actor, view) && domain::allowed(actor, Permission::manage_policies));
}

SavedViewView view_of(Context& ctx, Tx& tx, const Actor& actor, const store::SavedView& view, const std::optional<ShopId>& shop = {}) {
    SavedViewView seen{view.id, view.name, view.shop_id, is_mine(actor, view), may_change(actor, view), {}, 0, view.version};
    if (auto filter = decode<ViewFilter>(view.filter.text)) seen.filter = std::move(*filter);
    CaseQuery counted = seen.filter.query;
    if (!counted.shop_id) counted.shop_id = shop;
    seen.count = count_matching(ctx, tx, actor, counted, kCountUpTo);
    return seen;
}

Result<void> check(const Actor& actor, const SaveView& in) {
    if (in.name.empty() || !printable(in.name, true)) return fail_field("/name", "bad_format");
    if (in.shop_id) return domain::require_shop(actor, *in.shop_id);
    return {};
}

Result<store::SavedView> find(Tx& tx, const Actor& actor, const std::string& id) {
    auto view = store::find_view(tx, id);
    if (!view || !may_see(actor, *view)) return fail(ErrorKind::not_found, "not_found");
    if (!may_change(actor, *view)) return fail(ErrorKind::forbidden, "not_your_view");
    return std::move(*view);
}

}  // namespace

Result<SavedViewList> list_views(Context& ctx, const Actor& actor, const InShop& in) {
    AC_CHECK(domain::require(actor, Permission::read_cases));
    return ctx.store.read([&](Tx& tx) -> Result<SavedViewList> {
        SavedViewList list;
        for (const auto& each : store::views_seen_by(tx, actor.staff_id, shops_for(tx, actor, {})))
            list.items.push_back(view_of(ctx, tx, actor, each, in.shop_id));
        return list;
    });
}

Result<SavedViewView> save_view(Context& ctx, const Actor& actor, const Guard& guard, const SaveView& in) {
    AC_CHECK(domain::require(actor, Permission::read_cases));
    AC_CHECK(check(actor, in));
    const store::SavedView view{ctx.ids.next(), actor.staff_id, in.shop_id.value_or(ShopId{}), in.name, {encode(in.filter)}, 1, guard.now};
    return ctx.store.change(guard, [&](Tx& tx) -> Result<SavedViewView> {
        if (!store::find_staff(tx, actor.staff_id)) return fail(ErrorKind::forbidden, "not_a_person");
        const auto known = store::views_seen_by(tx, actor.staff_id, {});
        if (std::ssize(known) >= kMostViews)
            return fail(Error{ErrorKind::refused, "too_many_views", {}, {}, {{"limit", std::to_string(kMostViews)}}, {}});
        store::insert_view(tx, view);
        return view_of(ctx, tx, actor, view);
    });
}

Result<SavedViewView> change_view(Context& ctx, const Actor& actor, const Guard& guard, const ChangeView& in) {
    AC_CHECK(domain::require(actor, Permission::read_cases));
    AC_CHECK(check(actor, in.view));
    return ctx.store.change(guard, [&](Tx& tx) -> Result<SavedViewView> {
        AC_TRY(store::SavedView view, find(tx, actor, in.view_id));
        if (guard.expected_version.value_or(view.version) != view.version) return stale(view.version);
        view.name = in.view.name, view.shop_id = in.view.shop_id.value_or(ShopId{}), view.filter = {encode(in.view.filter)};
        store::change_view(tx, view);
        ++view.version;
        return view_of(ctx, tx, actor, view);
    });
}

Result<Done> drop_view(Context& ctx, const Actor& actor, const Guard& guard, const OneView& in) {
    AC_CHECK(domain::require(actor, Permission::read_cases));
    return ctx.store.change(guard, [&](Tx& tx) -> Result<Done> {
        AC_CHECK(find(tx, actor, in.view_id));
        store::drop_view(tx, in.view_id);
        return Done{};
    });
}

}  // namespace aftercare::usecase
