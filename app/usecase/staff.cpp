#include "usecase/staff.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>

#include "domain/access.hpp"
#include "env/password.hpp"
#include "env/zone.hpp"
#include "store/policies.hpp"
#include "store/staff.hpp"

namespace aftercare::usecase {
namespace {

using store::Tx;

constexpr std::int64_t kMaxFailures = 10;
constexpr std::string_view kTokenPrefix = "ac_";
constexpr std::array kStaffRoles{Role::agent,   Role::lead,    Role::warehouse, Role::technician,
                                 Role::finance, Role::quality, Role::marketer,  Role::admin};

// Hashing takes a core and 19 MiB: a crowd at the door waits here and not for memory. No std::counting_semaphore: the one of
// gcc 12.2 can miss a release.
class HashingPlace {
   public:
    HashingPlace() {
        std::unique_lock lock(mutex_);
        freed_.wait(lock, [] { return places_ > 0; });
        --places_;
    }
    ~HashingPlace() {
        const std::lock_guard lock(mutex_);
        ++places_;
        freed_.notify_one();
    }
    HashingPlace(const HashingPlace&) = delete;
    HashingPlace& operator=(const HashingPlace&) = delete;

   private:
    static inline std::mutex mutex_;
    static inline std::condition_variable freed_;
    static inline int places_ = 4;
};

// Verified in place of a hash that is not there, so that an unknown login takes as long as a wrong password.
const std::string kNobody =
    "$argon2id$v=19$m=19456,t=2,p=1$zzkzTHF8Csxdb4PNPVk0Tw$dCjJTFxDK03d4N5LVAEJ6+7LJ8vrz83H3mZBkPqk5bE";

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}
bool printable(std::string_view text, bool blanks) {
    return std::all_of(text.begin(), text.end(), [&](char c) {
        const auto u = static_cast<unsigned char>(c);
        return u > 0x20 ? u != 0x7f : (u == 0x20 && blanks);
    });
}

Actor actor_of(const store::Staff& staff) {
    const bool admin = std::find(staff.roles.begin(), staff.roles.end(), Role::admin) != staff.roles.end();
    return {staff.id, staff.roles, staff.shops, admin && staff.shops.empty(), "staff:" + staff.id.value};
}
// A token has no person, but its acts need a name of their own: who made and who approved must stay two.
Actor actor_of(const store::Token& token) {
    return {StaffId(token.id), token.roles, token.shops, false, "token:" + token.id};
}

/// Only the shops that the actor may see: what others have is not told.
std::vector<ShopId> seen(const Actor& actor, std::vector<ShopId> shops) {
    std::erase_if(shops, [&](const ShopId& shop) { return !actor.may_see(shop); });
    return shops;
}
StaffView view_of(const Actor& actor, const store::Staff& s) {
    return {s.id, s.login, s.name, s.roles, seen(actor, s.shops), s.active};
}
ShopView view_of(const store::Shop& s) { return {s.id, s.code, s.name, s.currency, s.zone}; }
TokenView view_of(const store::Token& t) { return {t.id, t.name, {}, t.roles, t.shops, t.created_at}; }
PolicyView view_of(const domain::Policy& p) { return {p.id, p.shop_id, p.version, p.valid_from, p.terms}; }

bool colleagues(const Actor& actor, const store::Staff& staff) {
    return actor.all_shops || actor_of(staff).all_shops ||
           std::any_of(staff.shops.begin(), staff.shops.end(), [&](const ShopId& shop) { return actor.may_see(shop); });
}
bool within_reach(const Actor& actor, const std::vector<ShopId>& shops) {
    return std::all_of(shops.begin(), shops.end(), [&](const ShopId& shop) { return actor.may_see(shop); });
}

std::vector<ShopView> shops_of(Tx& tx, const Actor& actor) {
    std::vector<ShopView> views;
    for (const store::Shop& shop : store::shops(tx))
        if (actor.may_see(shop.id)) views.push_back(view_of(shop));
    return views;
}

/// `limited` once a login has failed too often lately; "seconds" says when the oldest of those failures is forgotten.
Result<void> under_limit(Tx& tx, std::string_view login, Instant now) {
    const auto failures = store::failures_since(tx, login, now - kFailureWindow, kMaxFailures);
    if (std::ssize(failures) < kMaxFailures) return {};
    const Duration wait = failures.back() + kFailureWindow - now;
    return fail(Error{ErrorKind::limited, "too_many_attempts", {}, {},
                      {{"seconds", std::to_string((wait.ms + 999) / 1000)}}, {}});
}

bool right_password(const std::optional<store::Staff>& staff, std::string_view password) {
    const HashingPlace place;
    const bool known = staff && staff->active;
    return env::verify_password(known ? staff->password_hash : kNobody, password) && known;
}
Result<std::string> hashed(std::string_view password) {
    if (password.size() < 10) return fail_field("/password", "too_short");
    const HashingPlace place;
    return env::hash_password(password);
}

std::vector<FieldError> bad_roles(const std::vector<Role>& roles) {
    std::vector<FieldError> errors;
    if (roles.empty()) errors.push_back({"/roles", "too_short"});
    for (std::size_t i = 0; i < roles.size(); ++i)
        if (std::find(kStaffRoles.begin(), kStaffRoles.end(), roles[i]) == kStaffRoles.end())
            errors.push_back({"/roles/" + std::to_string(i), "not_a_staff_role"});
    return errors;
}
// A shop of others and one that is none look alike.
std::vector<FieldError> bad_shops(Tx& tx, const Actor& actor, const std::vector<ShopId>& shops) {
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < shops.size(); ++i)
        if (!actor.may_see(shops[i]) || !store::find_shop(tx, shops[i]))
            errors.push_back({"/shops/" + std::to_string(i), "unknown_shop"});
    return errors;
}
Result<void> none_of(std::vector<FieldError> errors) {
    if (errors.empty()) return {};
    return fail(Error{ErrorKind::invalid, "invalid_fields", std::move(errors), {}, {}, {}});
}
tl::unexpected<Error> taken(std::string pointer) {
    return fail(Error{ErrorKind::conflict, "already_taken", {{std::move(pointer), "already_taken"}}, {}, {}, {}});
}
tl::unexpected<Error> stale(std::int64_t version) {
    return fail(Error{ErrorKind::stale, "stale", {}, {}, {{"version", std::to_string(version)}}, {}});
}

}  // namespace

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
        for (int each = 0; each <= static_cast<int>(Permission::import_data); ++each)
            if (const auto permission = static_cast<Permission>(each); domain::allowed(actor, permission))
                view.permissions.emplace_back(domain::word(permission));
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
    std::vector<FieldError> errors = bad_roles(in.roles);
    if (in.login.empty() || !printable(in.login, false)) errors.push_back({"/login", "bad_format"});
    if (in.name.empty() || !printable(in.name, true)) errors.push_back({"/name", "bad_format"});
    if (in.shops.empty() && !(actor.all_shops && actor_of(staff).all_shops)) errors.push_back({"/shops", "too_short"});
    AC_CHECK(none_of(std::move(errors)));
    AC_TRY(staff.password_hash, hashed(in.password));
    return ctx.store.change(guard, [&](Tx& tx) -> Result<StaffView> {
        AC_CHECK(none_of(bad_shops(tx, actor, in.shops)));
        if (store::staff_by_login(tx, staff.login)) return taken("/login");
        store::insert_staff(tx, staff);
        return view_of(actor, staff);
    });
}

Result<Done> set_password(Context& ctx, const Actor& actor, const Guard& guard, const SetPassword& in) {
    AC_CHECK(domain::require(actor, Permission::manage_staff));
    AC_TRY(const std::string hash, hashed(in.password));
    return ctx.store.change(guard, [&](Tx& tx) -> Result<Done> {
        const auto staff = store::staff_by_login(tx, lower(in.login));
        // Whoever has more shops than the actor is out of reach: the password would open them.
        const bool reachable = staff && (actor.all_shops || (!staff->shops.empty() && within_reach(actor, staff->shops)));
        if (!reachable) return fail(ErrorKind::not_found, "not_found");
        store::set_password(tx, staff->id, hash);
        store::end_sessions_of(tx, staff->id);
        return Done{};
    });
}

Result<ShopView> add_shop(Context& ctx, const Actor& actor, const Guard& guard, const AddShop& in) {
    AC_CHECK(domain::require(actor, Permission::manage_staff));
    if (!actor.all_shops) return fail(ErrorKind::forbidden, "all_shops_needed");
    std::vector<FieldError> errors;
    if (in.code.empty() || !printable(in.code, false)) errors.push_back({"/code", "bad_format"});
    if (in.name.empty() || !printable(in.name, true)) errors.push_back({"/name", "bad_format"});
    if (in.currency.size() != 3 || !std::all_of(in.currency.begin(), in.currency.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
        errors.push_back({"/currency", "bad_format"});
    if (!env::Zone::find(in.zone)) errors.push_back({"/zone", "unknown_zone"});
    AC_CHECK(none_of(std::move(errors)));

    const store::Shop shop{ctx.ids.make<ShopId>(), in.code, in.name, in.currency, in.zone, guard.now};
    // Valid from the beginning: imported history is judged by the terms the shop started with.
    const domain::Policy policy{ctx.ids.make<PolicyId>(), shop.id, 1, kEarliest, {}};
    return ctx.store.change(guard, [&](Tx& tx) -> Result<ShopView> {
        if (store::shop_by_code(tx, shop.code)) return taken("/code");
        store::insert_shop(tx, shop);
        store::insert_policy(tx, policy, {});
        return view_of(shop);
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

Result<PolicyList> list_policies(Context& ctx, const Actor& actor, const OneShop& in) {
    AC_CHECK(domain::require(actor, Permission::read_cases));
    AC_CHECK(domain::require_shop(actor, in.shop_id));
    return ctx.store.read([&](Tx& tx) -> Result<PolicyList> {
        PolicyList list;
        for (const domain::Policy& policy : store::policies_of_shop(tx, in.shop_id)) list.items.push_back(view_of(policy));
        if (list.items.empty()) return fail(ErrorKind::not_found, "not_found");  // every shop has its first version
        return list;
    });
}

Result<PolicyView> put_policy(Context& ctx, const Actor& actor, const Guard& guard, const PutPolicy& in) {
    AC_CHECK(domain::require(actor, Permission::manage_policies));
    AC_CHECK(domain::require_shop(actor, in.shop_id));
    const PolicyId id = ctx.ids.make<PolicyId>();
    return ctx.store.change(guard, [&](Tx& tx) -> Result<PolicyView> {
        const auto last = store::last_policy(tx, in.shop_id);
        if (!last) return fail(ErrorKind::not_found, "not_found");
        if (guard.expected_version && *guard.expected_version != last->version) return stale(last->version);
        const domain::Policy next{id, in.shop_id, last->version + 1, std::max(guard.now, last->valid_from), in.terms};
        store::insert_policy(tx, next, actor.staff_id);
        return view_of(next);
    });
}

}  // namespace aftercare::usecase
