#include "env/password.hpp"
#include "usecase/facts.hpp"
#include "usecase/staff_parts.hpp"
#include "usecase/teams.hpp"

namespace aftercare::usecase {

Result<SignedIn> sign_in(Context& ctx, const SignIn& in, std::string_view client_address) {
    const Instant now = ctx.clock.now();
    const std::string login = lower(in.login);
    AC_TRY(const auto staff, ctx.store.read([&](Tx& tx) -> Result<std::optional<store::Staff>> {
        AC_CHECK(under_limit(tx, login, now));
        return store::staff_by_login(tx, login);
    }));
    const bool right = right_password(staff, in.password);

    const std::string secret = env::make_secret(ctx.random), csrf = env::make_secret(ctx.random);
    AC_TRY(const Done done, ctx.store.change(Guard{{}, {}, {}, {}, now}, [&](Tx& tx) -> Result<Done> {
        AC_CHECK(under_limit(tx, login, now));  // again: of many guesses at once only so many are answered
        if (!right) {
            store::insert_failure(tx, login, client_address, now);
            return Done{false};
        }
        store::clear_failures(tx, login);
        store::insert_session(tx, {env::hash_secret(secret), staff->id, csrf, now, now + ctx.session_length});
        return Done{};
    }));
    if (!done.done) return fail(ErrorKind::unauthenticated, "wrong_login");
    AC_TRY(SessionView view, my_session(ctx, actor_of(*staff), csrf));
    return SignedIn{secret, std::move(view)};
}

Result<Session> find_session(Context& ctx, std::string_view cookie_secret) {
    const std::string hash = env::hash_secret(cookie_secret);
    AC_TRY(auto found, ctx.store.read([&, now = ctx.clock.now()](Tx& tx) -> Result<std::optional<store::StaffSession>> {
        return store::find_session(tx, hash, now);
    }));
    if (!found) return fail(ErrorKind::unauthenticated, "no_session");
    return Session{actor_of(found->staff), std::move(found->csrf_token)};
}

Result<Session> find_token(Context& ctx, std::string_view bearer) {
    if (!bearer.starts_with(kTokenPrefix)) return fail(ErrorKind::unauthenticated, "no_session");
    const std::string hash = env::hash_secret(bearer);
    AC_TRY(const auto token, ctx.store.read([&](Tx& tx) -> Result<std::optional<store::Token>> {
        return store::token_by_secret(tx, hash);
    }));
    if (!token) return fail(ErrorKind::unauthenticated, "no_session");
    return Session{actor_of(*token), {}};
}

Result<SessionView> my_session(Context& ctx, const Actor& actor, std::string csrf_token) {
    return ctx.store.read([&](Tx& tx) -> Result<SessionView> {
        SessionView view;
        if (const auto staff = store::find_staff(tx, actor.staff_id)) view.staff = view_of(actor, *staff);
        else if (const auto token = store::find_token(tx, actor.staff_id.value))
            view.staff = {actor.staff_id, {}, token->name, token->roles, token->shops, true};
        else return fail(ErrorKind::unauthenticated, "no_session");
        view.shops = shops_of(tx, actor);
        view.all_shops = actor.all_shops;
        for (int each = 0; each <= static_cast<int>(Permission::reveal_contacts); ++each)
            if (const auto permission = static_cast<Permission>(each); domain::allowed(actor, permission))
                view.permissions.emplace_back(domain::word(permission));
        view.teams = teams_of(tx, actor, shops_for(tx, actor, {}), ctx.clock.now());
        view.csrf_token = csrf_token;
        return view;
    });
}

Result<Done> sign_out(Context& ctx, std::string_view cookie_secret) {
    const std::string hash = env::hash_secret(cookie_secret);
    return ctx.store.change(Guard{{}, {}, {}, {}, ctx.clock.now()}, [&](Tx& tx) -> Result<Done> {
        store::end_session(tx, hash);
        return Done{};
    });
}

Result<Done> change_my_password(Context& ctx, const Actor& actor, const Guard& guard, const ChangeMyPassword& in,
                                std::string_view cookie_secret) {
    AC_TRY(const auto staff, ctx.store.read([&](Tx& tx) -> Result<std::optional<store::Staff>> {
        auto found = store::find_staff(tx, actor.staff_id);
        if (!found) return fail(ErrorKind::forbidden, "not_a_person");
        AC_CHECK(under_limit(tx, found->login, guard.now));
        return found;
    }));
    const bool right = right_password(staff, in.old_password);
    std::string hash;
    if (right) {
        AC_TRY(hash, hashed(in.new_password, "/new_password"));
    }
    const std::string kept = env::hash_secret(cookie_secret);
    AC_TRY(const Done done, ctx.store.change(guard, [&](Tx& tx) -> Result<Done> {
        AC_CHECK(under_limit(tx, staff->login, guard.now));
        if (!right) {
            store::insert_failure(tx, staff->login, {}, guard.now);
            return Done{false};
        }
        store::set_password(tx, staff->id, hash);
        store::end_other_sessions(tx, staff->id, kept);
        return Done{};
    }));
    if (!done.done) return fail_field("/old_password", "wrong_password");
    return done;
}

}  // namespace aftercare::usecase
