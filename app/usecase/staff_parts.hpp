#pragma once
#include "store/staff.hpp"
#include "usecase/staff.hpp"

/// What the use cases of people, shops and sessions share.
namespace aftercare::usecase {

using store::Tx;

inline constexpr std::string_view kTokenPrefix = "ac_";

std::string lower(std::string text);
/// No control characters; blanks only where they may be.
bool printable(std::string_view text, bool blanks);

/// A place among the few who may hash at once, given back with the object: hashing takes a core and 19 MiB.
class HashingPlace {
   public:
    HashingPlace();
    ~HashingPlace();
    HashingPlace(const HashingPlace&) = delete;
    HashingPlace& operator=(const HashingPlace&) = delete;
};
/// `invalid` "too_short" at `pointer` for fewer than ten bytes. Not inside a transaction.
Result<std::string> hashed(std::string_view password, const std::string& pointer = "/password");
/// As slow for nobody as for somebody.
bool right_password(const std::optional<store::Staff>& staff, std::string_view password);
/// `limited` "too_many_attempts" once a login has failed too often lately; "seconds" says when the oldest of those is forgotten.
Result<void> under_limit(Tx& tx, std::string_view login, Instant now);

Actor actor_of(const store::Staff& staff);
Actor actor_of(const store::Token& token);
/// Active, and of the shop or of all shops.
bool works_in(const store::Staff& staff, const ShopId& shop);
/// `invalid` "/owner_id" unknown_person, unless somebody of that id works in the case's shop.
Result<void> check_owner(Context& ctx, const Actor& actor, const CaseId& id, const StaffId& owner);
/// An active admin of the whole installation.
bool keeps_house(const store::Staff& staff);
/// True when everything the person has is the actor's too: a password or a role would open it.
bool within_reach(const Actor& actor, const store::Staff& staff);
bool within_reach(const Actor& actor, const std::vector<ShopId>& shops);

StaffView view_of(const Actor& actor, const store::Staff& s);
ShopView view_of(const store::Shop& s);
std::vector<ShopView> shops_of(Tx& tx, const Actor& actor);

/// What is wrong with these fields of a person, a shop.
std::vector<FieldError> bad_person(const Actor& actor, const store::Staff& staff);
std::vector<FieldError> bad_roles(const std::vector<Role>& roles);
std::vector<FieldError> bad_shops(Tx& tx, const Actor& actor, const std::vector<ShopId>& shops);
std::vector<FieldError> bad_shop(const store::Shop& shop);
Result<void> none_of(std::vector<FieldError> errors);
/// The same errors, one level down: "/code" in `in.shop` is "/shop/code".
std::vector<FieldError> below(const std::string& field, std::vector<FieldError> errors);
tl::unexpected<Error> taken(std::string pointer);
tl::unexpected<Error> stale(std::int64_t version);

/// A new shop with the first version of its policy, valid from the beginning: imported history is judged by the terms the
/// shop started with. `conflict` "already_taken" at /code.
Result<void> insert_shop(Tx& tx, const store::Shop& shop, const PolicyId& policy, FirstPolicy choice = FirstPolicy::by_zone);

}  // namespace aftercare::usecase
