#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/result.hpp>
#include <aftercare/model/words.hpp>
#include <string_view>
#include <vector>

namespace aftercare::domain {

/// What a role may do. One list; use cases name the one they need.
enum class Permission {
    read_cases,
    open_cases,         ///< open a case, request, notes, give_info, ship_back, withdraw
    decide_operations,  ///< approve, reject, ask_info, agree, send_back (amount limits apply in the domain)
    override_rules,     ///< lead: override the window, rule, bear a loss
    receive_goods,      ///< arrive, inspect, accept
    check_goods,        ///< say whether a parcel was stopped, what the carrier found, what is in stock
    repair_goods,       ///< diagnose, repair, test
    submit_refunds,
    settle_refunds,  ///< finance: mark a refund paid, failed, unknown; above every agent limit
    assign_cases,
    manage_connectors,
    manage_policies,
    manage_staff,
    do_revisits,   ///< take, finish, move, skip a revisit
    manage_plans,  ///< revisit plans
    import_data,
    edit_customers,   ///< profile, tags, notes, special requests
    erase_customers,  ///< take a person's data out for good
    reveal_contacts,  ///< see one masked value, for a reason that is kept
};

/// Who asks. `shops` are the shops this actor was given; everything else does not exist for them.
struct Actor {
    StaffId staff_id;  ///< empty for system and plugins
    std::vector<Role> roles;
    std::vector<ShopId> shops;
    bool all_shops = false;  ///< system, plugin outcomes, installation admins
    std::string principal;   ///< idempotency scope: "staff:<id>", "token:<id>", "system"

    [[nodiscard]] bool has(Role role) const;
    [[nodiscard]] bool may_see(const ShopId& shop) const;
};

Actor system_actor();
Actor plugin_actor();

std::string_view word(Permission permission);
[[nodiscard]] bool allowed(const Actor& actor, Permission permission);
/// `forbidden` ("permission_missing", param permission) when the actor lacks it.
Result<void> require(const Actor& actor, Permission permission);
/// `not_found` ("not_found") when the actor does not see the shop: other shops' things do not exist.
Result<void> require_shop(const Actor& actor, const ShopId& shop);

}  // namespace aftercare::domain
