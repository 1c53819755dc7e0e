#include "usecase/staff_parts.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>

#include "env/password.hpp"
#include "env/zone.hpp"
#include "store/policies.hpp"
#include "usecase/facts.hpp"
#include "usecase/policies.hpp"

namespace aftercare::usecase {
namespace {

constexpr std::int64_t kMaxFailures = 10;
constexpr std::array kStaffRoles{Role::agent,   Role::lead,    Role::warehouse, Role::technician,
                                 Role::finance, Role::quality, Role::marketer,  Role::admin};

// A crowd at the door waits here and not for memory. No std::counting_semaphore: the one of gcc 12.2 can miss a release.
std::mutex places_lock;
std::condition_variable place_freed;
int places = 4;

// Verified in place of a hash that is not there, so that an unknown login takes as long as a wrong password.
const std::string kNobody =
    "$argon2id$v=19$m=19456,t=2,p=1$zzkzTHF8Csxdb4PNPVk0Tw$dCjJTFxDK03d4N5LVAEJ6+7LJ8vrz83H3mZBkPqk5bE";

bool is_admin(const std::vector<Role>& roles) { return std::find(roles.begin(), roles.end(), Role::admin) != roles.end(); }

/// Only the shops that the actor may see: what others have is not told.
std::vector<ShopId> seen(const Actor& actor, std::vector<ShopId> shops) {
    std::erase_if(shops, [&](const ShopId& shop) { return !actor.may_see(shop); });
    return shops;
}

}  // namespace

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

HashingPlace::HashingPlace() {
    std::unique_lock lock(places_lock);
    place_freed.wait(lock, [] { return places > 0; });
    --places;
}
HashingPlace::~HashingPlace() {
    const std::lock_guard lock(places_lock);
    ++places;
    place_freed.notify_one();
}

Result<std::string> hashed(std::string_view password, const std::string& pointer) {
    if (password.size() < 10) return fail_field(pointer, "too_short");
    const HashingPlace place;
    return env::hash_password(password);
}
bool right_password(const std::optional<store::Staff>& staff, std::string_view password) {
    const HashingPlace place;
    const bool known = staff && staff->active;
    return env::verify_password(known ? staff->password_hash : kNobody, password) && known;
}
Result<void> under_limit(Tx& tx, std::string_view login, Instant now) {
    const auto failures = store::failures_since(tx, login, now - kFailureWindow, kMaxFailures);
    if (std::ssize(failures) < kMaxFailures) return {};
    const Duration wait = failures.back() + kFailureWindow - now;
    return fail(Error{ErrorKind::limited, "too_many_attempts", {}, {},
                      {{"seconds", std::to_string((wait.ms + 999) / 1000)}}, {}});
}

Actor actor_of(const store::Staff& staff) {
    return {staff.id, staff.roles, staff.shops, is_admin(staff.roles) && staff.shops.empty(), "staff:" + staff.id.value};
}
// A token has no person, but its acts need a name of their own: who made and who approved must stay two.
Actor actor_of(const store::Token& token) {
    return {StaffId(token.id), token.roles, token.shops, false, "token:" + token.id};
}
bool works_in(const store::Staff& staff, const ShopId& shop) {
    return staff.active && (staff.shops.empty() || std::find(staff.shops.begin(), staff.shops.end(), shop) != staff.shops.end());
}
Result<void> check_owner(Context& ctx, const Actor& actor, const CaseId& id, const StaffId& owner) {
    return ctx.store.read([&](Tx& tx) -> Result<void> {
        AC_TRY(const ShopId shop, seen_shop(tx, actor, id));
        const auto person = store::find_staff(tx, owner);
        if (!person || !works_in(*person, shop)) return fail_field("/owner_id", "unknown_person");
        return {};
    });
}
bool keeps_house(const store::Staff& staff) { return staff.active && actor_of(staff).all_shops; }
bool within_reach(const Actor& actor, const std::vector<ShopId>& shops) {
    return std::all_of(shops.begin(), shops.end(), [&](const ShopId& shop) { return actor.may_see(shop); });
}
bool within_reach(const Actor& actor, const store::Staff& staff) {
    return actor.all_shops || (!staff.shops.empty() && within_reach(actor, staff.shops));
}

StaffView view_of(const Actor& actor, const store::Staff& s) {
    return {s.id, s.login, s.name, s.roles, seen(actor, s.shops), s.active, within_reach(actor, s), s.version};
}
ShopView view_of(const store::Shop& s) { return {s.id, s.code, s.name, s.currency, s.zone, s.demo, s.version}; }
std::vector<ShopView> shops_of(Tx& tx, const Actor& actor) {
    std::vector<ShopView> views;
    for (const store::Shop& shop : store::shops(tx))
        if (actor.may_see(shop.id)) views.push_back(view_of(shop));
    return views;
}

std::vector<FieldError> bad_roles(const std::vector<Role>& roles) {
    std::vector<FieldError> errors;
    if (roles.empty()) errors.push_back({"/roles", "too_short"});
    for (std::size_t i = 0; i < roles.size(); ++i)
        if (std::find(kStaffRoles.begin(), kStaffRoles.end(), roles[i]) == kStaffRoles.end())
            errors.push_back({"/roles/" + std::to_string(i), "not_a_staff_role"});
    return errors;
}
std::vector<FieldError> bad_person(const Actor& actor, const store::Staff& staff) {
    std::vector<FieldError> errors = bad_roles(staff.roles);
    if (staff.login.empty() || !printable(staff.login, false)) errors.push_back({"/login", "bad_format"});
    if (staff.name.empty() || !printable(staff.name, true)) errors.push_back({"/name", "bad_format"});
    if (staff.shops.empty() && !(actor.all_shops && actor_of(staff).all_shops)) errors.push_back({"/shops", "too_short"});
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
std::vector<FieldError> bad_shop(const store::Shop& shop) {
    std::vector<FieldError> errors;
    if (shop.code.empty() || !printable(shop.code, false)) errors.push_back({"/code", "bad_format"});
    if (shop.name.empty() || !printable(shop.name, true)) errors.push_back({"/name", "bad_format"});
    if (shop.currency.size() != 3 || !std::all_of(shop.currency.begin(), shop.currency.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
        errors.push_back({"/currency", "bad_format"});
    if (!env::Zone::find(shop.zone)) errors.push_back({"/zone", "unknown_zone"});
    return errors;
}
Result<void> none_of(std::vector<FieldError> errors) {
    if (errors.empty()) return {};
    return fail(Error{ErrorKind::invalid, "invalid_fields", std::move(errors), {}, {}, {}});
}
std::vector<FieldError> below(const std::string& field, std::vector<FieldError> errors) {
    for (FieldError& error : errors) error.pointer = "/" + field + error.pointer;
    return errors;
}
tl::unexpected<Error> taken(std::string pointer) {
    return fail(Error{ErrorKind::conflict, "already_taken", {{std::move(pointer), "already_taken"}}, {}, {}, {}});
}
tl::unexpected<Error> stale(std::int64_t version) {
    return fail(Error{ErrorKind::stale, "stale", {}, {}, {{"version", std::to_string(version)}}, {}});
}

Result<void> insert_shop(Tx& tx, const store::Shop& shop, const PolicyId& policy, FirstPolicy choice) {
    if (store::shop_by_code(tx, shop.code)) return taken("/code");
    store::insert_shop(tx, shop);
    store::insert_policy(tx, first_policy(policy, shop.id, shop.zone, choice), {});
    return {};
}

}  // namespace aftercare::usecase
