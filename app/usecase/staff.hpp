#pragma once
#include "usecase/context.hpp"
#include "usecase/views.hpp"

namespace aftercare {
/// The shipped default that a shop's first policy takes over (schema/policies). by_zone: the one for its time zone, if there is one.
AC_WORDS(FirstPolicy, by_zone, cn, eu, none);
}  // namespace aftercare

/// Staff, shops, sessions, API tokens.
namespace aftercare::usecase {

inline constexpr Duration kFailureWindow = minutes(15);  ///< so long a failed sign-in counts

struct SignIn {
    std::string login, password;
};
template <class Io>
void fields(Io& io, SignIn& in) {
    io("login", in.login, length(1, 100));
    io("password", in.password, length(1, 500));
}
/// A fresh session: its secret goes into the cookie, its view to the caller. Only hashes are stored.
struct SignedIn {
    std::string cookie_secret;
    SessionView view;
};
/// `unauthenticated` "wrong_login" (same for unknown login and wrong password); `limited` "too_many_attempts" after 10 in 15 min.
/// Verifies the password before any transaction. Wire-level: no Actor yet.
Result<SignedIn> sign_in(Context&, const SignIn&, std::string_view client_address);
/// The actor behind a cookie secret or an API token; `unauthenticated` "no_session" when unknown, expired or switched off.
struct Session {
    Actor actor;
    std::string csrf_token;  ///< empty for API tokens
};
Result<Session> find_session(Context&, std::string_view cookie_secret);
Result<Session> find_token(Context&, std::string_view bearer);
Result<SessionView> my_session(Context&, const Actor&, std::string csrf_token);
Result<Done> sign_out(Context&, std::string_view cookie_secret);

struct Nothing {};
template <class Io>
void fields(Io&, Nothing&) {}
struct OneShop {
    ShopId shop_id;
};
template <class Io>
void fields(Io& io, OneShop& in) {
    io("shop_id", in.shop_id);
}

struct StaffList {
    static constexpr std::string_view kSchema = "StaffList";
    std::vector<StaffView> items;
};
template <class Io>
void fields(Io& io, StaffList& l) {
    io("items", l.items);
}
Result<StaffList> list_staff(Context&, const Actor&, const Nothing&);

struct AddStaff {
    std::string login, name, password;
    std::vector<Role> roles;
    std::vector<ShopId> shops;
};
template <class Io>
void fields(Io& io, AddStaff& in) {
    io("login", in.login, length(1, 100));
    io("name", in.name, length(1, 100));
    io("password", in.password, length(10, 500));
    io("roles", in.roles, length(1, 12));
    io("shops", in.shops, length(0, 1'000));
}
/// Logins are kept in lower case. An admin without shops is one of the whole installation; only such a one makes another.
Result<StaffView> add_staff(Context&, const Actor&, const Guard&, const AddStaff&);

/// A new password; every session of that person ends.
struct SetPassword {
    std::string login, password;
};
template <class Io>
void fields(Io& io, SetPassword& in) {
    io("login", in.login, length(1, 100));
    io("password", in.password, length(10, 500));
}
Result<Done> set_password(Context&, const Actor&, const Guard&, const SetPassword&);
struct ResetPassword {
    StaffId staff_id;
    std::string password;
};
template <class Io>
void fields(Io& io, ResetPassword& in) {
    io("staff_id", in.staff_id);
    io("password", in.password, length(10, 500));
}
Result<Done> reset_password(Context&, const Actor&, const Guard&, const ResetPassword&);
/// One's own password. Every other session ends. A wrong old one counts like a failed sign-in: `invalid` "wrong_password" at
/// /old_password. `forbidden` "not_a_person" for a token.
struct ChangeMyPassword {
    std::string old_password, new_password;
};
template <class Io>
void fields(Io& io, ChangeMyPassword& in) {
    io("old_password", in.old_password, length(1, 500));
    io("new_password", in.new_password, length(10, 500));
}
Result<Done> change_my_password(Context&, const Actor&, const Guard&, const ChangeMyPassword&, std::string_view cookie_secret);

/// A person's name, roles, shops, and whether they may come in; out of reach for whoever has fewer shops than they.
/// `refused` "last_admin" when nobody would be left who keeps the whole installation. Who is switched off is signed out.
struct ChangeStaff {
    StaffId staff_id;
    std::string name;
    std::vector<Role> roles;
    std::vector<ShopId> shops;
    bool active = true;
};
template <class Io>
void fields(Io& io, ChangeStaff& in) {
    io("staff_id", in.staff_id);
    io("name", in.name, length(1, 100));
    io("roles", in.roles, length(1, 12));
    io("shops", in.shops, length(0, 1'000));
    io("active", in.active);
}
Result<StaffView> change_staff(Context&, const Actor&, const Guard&, const ChangeStaff&);

struct AddShop {
    std::string code, name, currency = "CNY", zone = "Asia/Shanghai";
    FirstPolicy policy{};
};
template <class Io>
void fields(Io& io, AddShop& in) {
    io("code", in.code, length(1, 40));
    io("name", in.name, length(1, 100));
    io("currency", in.currency, length(3, 3));
    io("zone", in.zone, length(1, 60));
    io("policy", in.policy, maybe, doc("the shipped default that its first policy takes over; by_zone: the one of its time zone, if any"));
}
Result<ShopView> add_shop(Context&, const Actor&, const Guard&, const AddShop&);
/// `refused` "currency_fixed": once a shop has an order, its amounts mean that currency.
struct ChangeShop {
    ShopId shop_id;
    std::string name, currency, zone;
};
template <class Io>
void fields(Io& io, ChangeShop& in) {
    io("shop_id", in.shop_id);
    io("name", in.name, length(1, 100));
    io("currency", in.currency, length(3, 3));
    io("zone", in.zone, length(1, 60));
}
Result<ShopView> change_shop(Context&, const Actor&, const Guard&, const ChangeShop&);
struct ShopList {
    static constexpr std::string_view kSchema = "ShopList";
    std::vector<ShopView> items;
};
template <class Io>
void fields(Io& io, ShopList& l) {
    io("items", l.items);
}
Result<ShopList> list_shops(Context&, const Actor&, const Nothing&);

/// An API token for a program. The secret is shown once; only its hash is kept.
struct AddToken {
    std::string name;
    std::vector<Role> roles;
    std::vector<ShopId> shops;
};
template <class Io>
void fields(Io& io, AddToken& in) {
    io("name", in.name, length(1, 100));
    io("roles", in.roles, length(1, 12));
    io("shops", in.shops, length(1, 1'000));
}
struct TokenView {
    static constexpr std::string_view kSchema = "Token";
    std::string id, name, secret;  // secret only in the answer of add_token
    std::vector<Role> roles;
    std::vector<ShopId> shops;
    Instant created_at;
};
template <class Io>
void fields(Io& io, TokenView& t) {
    io("id", t.id);
    io("name", t.name);
    io("secret", t.secret, maybe);
    io("roles", t.roles);
    io("shops", t.shops);
    io("created_at", t.created_at);
}
Result<TokenView> add_token(Context&, const Actor&, const Guard&, const AddToken&);
struct TokenList {
    static constexpr std::string_view kSchema = "TokenList";
    std::vector<TokenView> items;
};
template <class Io>
void fields(Io& io, TokenList& l) {
    io("items", l.items);
}
Result<TokenList> list_tokens(Context&, const Actor&, const Nothing&);
struct OneToken {
    std::string token_id;
};
template <class Io>
void fields(Io& io, OneToken& in) {
    io("token_id", in.token_id, length(1, 128));
}
Result<Done> revoke_token(Context&, const Actor&, const Guard&, const OneToken&);

}  // namespace aftercare::usecase
