#include <algorithm>

#include "store/removal.hpp"
#include "usecase/demo.hpp"
#include "usecase/staff_parts.hpp"

namespace aftercare::usecase {
namespace {

constexpr std::int64_t kRemovalSlice = 10;  // orders with all their cases: some milliseconds of the writer

std::optional<store::Shop> demo_shop(Tx& tx) {
    for (store::Shop& shop : store::shops(tx))
        if (shop.demo) return std::move(shop);
    return std::nullopt;
}
/// The shop if it may be removed, whatever was known of it before.
Result<store::Shop> still_demo(Tx& tx, const ShopId& id) {
    auto shop = store::find_shop(tx, id);
    if (!shop || !shop->demo) return fail(ErrorKind::not_found, "no_demo");
    return std::move(*shop);
}

bool works_in(const std::vector<ShopId>& shops, const ShopId& shop) { return std::find(shops.begin(), shops.end(), shop) != shops.end(); }
/// The demo's people who work in its shop alone, and whom no other shop's handover, roster or case names, in the order of the list. Where
/// nobody but them is, the one who keeps the installation goes too; else others' cases may name him, so he stays.
std::vector<store::Staff> leaving(Tx& tx, const ShopId& shop, const Actor& actor) {
    auto people = store::staff_list(tx);
    const bool alone = std::all_of(people.begin(), people.end(), [](const store::Staff& each) { return each.demo; });
    std::erase_if(people, [&](const store::Staff& each) {
        return !each.demo || each.id == actor.staff_id || !(each.shops == std::vector{shop} || (alone && each.shops.empty())) || store::named_elsewhere(tx, each.id, shop);
    });
    return people;
}

/// Takes the shop from a person who stays. Whoever is left with nothing is switched off, and no admin any more: without shops
/// that would be one of the whole installation.
void take_shop(Tx& tx, store::Staff staff, const ShopId& shop, const Actor& actor) {
    std::erase(staff.shops, shop);
    staff.demo = false;
    if (staff.shops.empty() && staff.id != actor.staff_id) {
        staff.active = false;
        std::erase(staff.roles, Role::admin);
        if (staff.roles.empty()) staff.roles = {Role::agent};
        store::end_sessions_of(tx, staff.id);
    }
    store::change_staff(tx, staff);
}

void part(Tx& tx, const Actor& actor, const ShopId& shop) {
    for (const store::Staff& staff : leaving(tx, shop, actor)) store::remove_staff(tx, staff);
    for (const store::Staff& staff : store::staff_list(tx))
        if (staff.demo || works_in(staff.shops, shop)) take_shop(tx, staff, shop, actor);
    for (store::Token& token : store::all_tokens(tx)) {
        if (!works_in(token.shops, shop)) continue;
        std::erase(token.shops, shop);
        if (token.shops.empty()) store::remove_token(tx, token);
        else store::change_token_shops(tx, token);
    }
}

/// One change of the removal: `step(tx)` says whether there was something left to do.
template <class Step>
Result<bool> slice(Context& ctx, const Guard& guard, const ShopId& shop, Step step) {
    const Guard once{guard.principal, {}, {}, {}, guard.now};  // the key of the request is for none of its slices
    AC_TRY(const Done done, ctx.store.change(
                                once,
                                [&](Tx& tx) -> Result<Done> {
                                    AC_CHECK(still_demo(tx, shop));
                                    return Done{step(tx)};
                                },
                                {}, db::Lane::bulk));
    return done.done;
}

}  // namespace

Result<DemoContents> demo_contents(Context& ctx, const Actor& actor, const Nothing&) {
    AC_CHECK(domain::require(actor, Permission::manage_staff));
    return ctx.store.read([&](Tx& tx) -> Result<DemoContents> {
        const auto shop = demo_shop(tx);
        if (!shop || !actor.may_see(shop->id)) return DemoContents{};
        const auto inside = store::contents(tx, shop->id);
        DemoContents found{shop->id, shop->name, inside.orders, inside.cases, inside.customers, {}};
        for (const store::Staff& staff : leaving(tx, shop->id, actor)) found.people.push_back(staff.name);
        return found;
    });
}

Result<DemoContents> remove_demo(Context& ctx, const Actor& actor, const Guard& guard, const Nothing& nothing) {
    AC_TRY(DemoContents gone, demo_contents(ctx, actor, nothing));
    if (gone.shop_id.empty()) return fail(ErrorKind::not_found, "no_demo");
    if (!actor.all_shops) return fail(ErrorKind::forbidden, "all_shops_needed");
    const ShopId& shop = gone.shop_id;
    std::vector<ConnectorId> stopped;
    AC_CHECK(slice(ctx, guard, shop, [&](Tx& tx) { return stopped = store::stop_connectors(tx, shop), false; }));
    for (const ConnectorId& id : stopped) ctx.store.hint({"connector", id.value, shop, 0});
    for (bool more = true; more;) {
        AC_TRY(more, slice(ctx, guard, shop, [&](Tx& tx) { return store::remove_slice(tx, shop, kRemovalSlice); }));
    }
    AC_CHECK(slice(ctx, guard, shop, [&](Tx& tx) { return part(tx, actor, shop), store::remove_shop(tx, shop), false; }));
    return gone;
}

}  // namespace aftercare::usecase
