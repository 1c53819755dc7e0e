#include "usecase/staff.hpp"

#include <algorithm>

#include "domain/access.hpp"
#include "env/password.hpp"
#include "usecase/staff_parts.hpp"

namespace aftercare::usecase {
namespace {

TokenView view_of(const store::Token& t) { return {t.id, t.name, {}, t.roles, t.shops, t.created_at}; }

bool colleagues(const Actor& actor, const store::Staff& staff) {
    return actor.all_shops || actor_of(staff).all_shops ||
           std::any_of(staff.shops.begin(), staff.shops.end(), [&](const ShopId& shop) { return actor.may_see(shop); });
}

}  // namespace

Result<StaffList> list_staff(Context& ctx, const Actor& actor, const Nothing&) {
    AC_CHECK(domain::require(actor, Permission::read_cases));
    return ctx.store.read([&](Tx& tx) -> Result<StaffList> {
        StaffList list;
        for (const store::Staff& staff : store::staff_list(tx))
            if (colleagues(actor, staff)) list.items.push_back(view_of(actor, staff));
        return list;
    });
}

Result<StaffView> add_staff(Context& ctx, const Actor& actor, const Guard& guard, const AddStaff& in) {
    AC_CHECK(domain::require(actor, Permission::manage_staff));
    store::Staff staff{ctx.ids.make<StaffId>(), lower(in.login), in.name, {}, in.roles, in.shops, true, guard.now};
    AC_CHECK(none_of(bad_person(actor, staff)));
    AC_TRY(staff.password_hash, hashed(in.password));
    return ctx.store.change(guard, [&](Tx& tx) -> Result<StaffView> {
        AC_CHECK(none_of(bad_shops(tx, actor, in.shops)));
        if (store::staff_by_login(tx, staff.login)) return taken("/login");
        store::insert_staff(tx, staff);
        return view_of(actor, staff);
    });
}

namespace {

Result<Done> give_password(Context& ctx, const Actor& actor, const Guard& guard, std::string_view password,
                           const std::function<std::optional<store::Staff>(Tx&)>& find) {
    AC_CHECK(domain::require(actor, Permission::manage_staff));
    AC_TRY(const std::string hash, hashed(password));
    return ctx.store.change(guard, [&](Tx& tx) -> Result<Done> {
        const auto staff = find(tx);
        if (!staff || !within_reach(actor, *staff)) return fail(ErrorKind::not_found, "not_found");
        store::set_password(tx, staff->id, hash);
        store::end_sessions_of(tx, staff->id);
        return Done{};
    });
}

/// The house must not be left without whoever keeps it.
Result<void> not_the_last(Tx& tx, const store::Staff& before, const store::Staff& after) {
    if (!keeps_house(before) || keeps_house(after)) return {};
    for (const store::Staff& each : store::staff_list(tx))
        if (each.id != before.id && keeps_house(each)) return {};
    return fail(ErrorKind::refused, "last_admin");
}

}  // namespace

Result<Done> set_password(Context& ctx, const Actor& actor, const Guard& guard, const SetPassword& in) {
    return give_password(ctx, actor, guard, in.password, [&](Tx& tx) { return store::staff_by_login(tx, lower(in.login)); });
}
Result<Done> reset_password(Context& ctx, const Actor& actor, const Guard& guard, const ResetPassword& in) {
    return give_password(ctx, actor, guard, in.password, [&](Tx& tx) { return store::find_staff(tx, in.staff_id); });
}

Result<StaffView> change_staff(Context& ctx, const Actor& actor, const Guard& guard, const ChangeStaff& in) {
    AC_CHECK(domain::require(actor, Permission::manage_staff));
    return ctx.store.change(
        guard,
        [&](Tx& tx) -> Result<StaffView> {
            const auto before = store::find_staff(tx, in.staff_id);
            if (!before || !within_reach(actor, *before)) return fail(ErrorKind::not_found, "not_found");
            if (guard.expected_version.value_or(before->version) != before->version) return stale(before->version);
            store::Staff after = *before;
            after.name = in.name, after.roles = in.roles, after.shops = in.shops, after.active = in.active;
            AC_CHECK(none_of(bad_person(actor, after)));
            AC_CHECK(none_of(bad_shops(tx, actor, in.shops)));
            AC_CHECK(not_the_last(tx, *before, after));
            store::change_staff(tx, after);
            ++after.version;
            if (!after.active) store::end_sessions_of(tx, after.id);
            return view_of(actor, after);
        },
        store::hold_house);
}

Result<ShopView> add_shop(Context& ctx, const Actor& actor, const Guard& guard, const AddShop& in) {
    AC_CHECK(domain::require(actor, Permission::manage_staff));
    if (!actor.all_shops) return fail(ErrorKind::forbidden, "all_shops_needed");
    const store::Shop shop{ctx.ids.make<ShopId>(), in.code, in.name, in.currency, in.zone, guard.now};
    AC_CHECK(none_of(bad_shop(shop)));
    return ctx.store.change(guard, [&, policy = ctx.ids.make<PolicyId>()](Tx& tx) -> Result<ShopView> {
        AC_CHECK(insert_shop(tx, shop, policy, in.policy));
        return view_of(shop);
    });
}

Result<ShopView> change_shop(Context& ctx, const Actor& actor, const Guard& guard, const ChangeShop& in) {
    AC_CHECK(domain::require(actor, Permission::manage_staff));
    AC_CHECK(domain::require_shop(actor, in.shop_id));
    return ctx.store.change(guard, [&](Tx& tx) -> Result<ShopView> {
        auto shop = store::find_shop(tx, in.shop_id);
        if (!shop) return fail(ErrorKind::not_found, "not_found");
        if (guard.expected_version.value_or(shop->version) != shop->version) return stale(shop->version);
        const bool other_currency = shop->currency != in.currency;
        shop->name = in.name, shop->currency = in.currency, shop->zone = in.zone;
        AC_CHECK(none_of(bad_shop(*shop)));
        if (other_currency && store::has_orders(tx, shop->id)) return fail(ErrorKind::refused, "currency_fixed");
        store::change_shop(tx, *shop);
        ++shop->version;
        return view_of(*shop);
    });
}

Result<ShopList> list_shops(Context& ctx, const Actor& actor, const Nothing&) {
    return ctx.store.read([&](Tx& tx) -> Result<ShopList> { return ShopList{shops_of(tx, actor)}; });
}

Result<TokenView> add_token(Context& ctx, const Actor& actor, const Guard& guard, const AddToken& in) {
    AC_CHECK(domain::require(actor, Permission::manage_staff));
    std::vector<FieldError> errors = bad_roles(in.roles);
    if (in.name.empty() || !printable(in.name, true)) errors.push_back({"/name", "bad_format"});
    if (in.shops.empty()) errors.push_back({"/shops", "too_short"});
    AC_CHECK(none_of(std::move(errors)));

    const store::Token token{ctx.ids.next(), in.name, in.roles, in.shops, guard.now};
    const std::string secret = std::string(kTokenPrefix) + env::make_secret(ctx.random);
    AC_TRY(TokenView view, ctx.store.change(guard, [&](Tx& tx) -> Result<TokenView> {
        AC_CHECK(none_of(bad_shops(tx, actor, in.shops)));
        store::insert_token(tx, token, env::hash_secret(secret), actor.staff_id.value);
        return view_of(token);
    }));
    // The answer kept under an idempotency key must not hold the secret; a repeated request gets it without.
    if (view.id == token.id) view.secret = secret;
    return view;
}

Result<TokenList> list_tokens(Context& ctx, const Actor& actor, const Nothing&) {
    AC_CHECK(domain::require(actor, Permission::manage_staff));
    return ctx.store.read([&](Tx& tx) -> Result<TokenList> {
        TokenList list;
        for (const store::Token& token : store::tokens(tx))
            if (within_reach(actor, token.shops)) list.items.push_back(view_of(token));
        return list;
    });
}

Result<Done> revoke_token(Context& ctx, const Actor& actor, const Guard& guard, const OneToken& in) {
    AC_CHECK(domain::require(actor, Permission::manage_staff));
    return ctx.store.change(guard, [&](Tx& tx) -> Result<Done> {
        const auto token = store::find_token(tx, in.token_id);
        if (!token || !within_reach(actor, token->shops)) return fail(ErrorKind::not_found, "not_found");
        store::revoke_token(tx, in.token_id, guard.now);
        return Done{};
    });
}

}  // namespace aftercare::usecase
