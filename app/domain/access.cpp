#include "domain/access.hpp"

#include <algorithm>
#include <array>

namespace aftercare::domain {
namespace {

struct Grant {
    Permission permission;
    std::string_view name;
    std::vector<Role> roles;
};

// The whole of who may do what, one row a permission. The system may do everything.
const std::array kGrants{
    Grant{Permission::read_cases, "read_cases",
          {Role::agent, Role::lead, Role::warehouse, Role::technician, Role::finance, Role::quality, Role::marketer,
           Role::admin, Role::plugin}},
    Grant{Permission::open_cases, "open_cases", {Role::customer, Role::agent, Role::lead, Role::plugin}},
    Grant{Permission::decide_operations, "decide_operations", {Role::agent, Role::lead}},
    Grant{Permission::override_rules, "override_rules", {Role::lead}},
    Grant{Permission::receive_goods, "receive_goods", {Role::warehouse, Role::technician, Role::plugin}},
    Grant{Permission::check_goods, "check_goods", {Role::agent, Role::lead, Role::warehouse, Role::plugin}},
    Grant{Permission::repair_goods, "repair_goods", {Role::technician}},
    Grant{Permission::submit_refunds, "submit_refunds", {Role::agent, Role::lead, Role::finance}},
    Grant{Permission::settle_refunds, "settle_refunds", {Role::finance, Role::plugin}},
    Grant{Permission::assign_cases, "assign_cases", {Role::agent, Role::lead, Role::admin}},
    Grant{Permission::manage_connectors, "manage_connectors", {Role::admin}},
    Grant{Permission::manage_policies, "manage_policies", {Role::lead, Role::admin}},
    Grant{Permission::manage_staff, "manage_staff", {Role::admin}},
    Grant{Permission::import_data, "import_data", {Role::admin}},
    Grant{Permission::edit_customers, "edit_customers", {Role::agent, Role::lead, Role::marketer, Role::admin, Role::plugin}},
    Grant{Permission::reveal_contacts, "reveal_contacts", {Role::agent, Role::lead, Role::marketer, Role::admin}},
    Grant{Permission::erase_customers, "erase_customers", {Role::lead, Role::admin}},
    Grant{Permission::do_revisits, "do_revisits", {Role::agent, Role::lead, Role::marketer}},
    Grant{Permission::manage_plans, "manage_plans", {Role::lead, Role::marketer, Role::admin}},
};

const Grant& grant_of(Permission permission) {
    return *std::find_if(kGrants.begin(), kGrants.end(), [&](const Grant& g) { return g.permission == permission; });
}

}  // namespace

bool Actor::has(Role role) const { return std::find(roles.begin(), roles.end(), role) != roles.end(); }

bool Actor::may_see(const ShopId& shop) const {
    return all_shops || std::find(shops.begin(), shops.end(), shop) != shops.end();
}

Actor system_actor() { return {{}, {Role::system}, {}, true, "system"}; }
Actor plugin_actor() { return {{}, {Role::plugin}, {}, true, "plugin"}; }

std::string_view word(Permission permission) { return grant_of(permission).name; }

bool allowed(const Actor& actor, Permission permission) {
    if (actor.has(Role::system)) return true;
    const auto& roles = grant_of(permission).roles;
    return std::any_of(roles.begin(), roles.end(), [&](Role role) { return actor.has(role); });
}

Result<void> require(const Actor& actor, Permission permission) {
    if (allowed(actor, permission)) return {};
    return fail(Error{ErrorKind::forbidden, "permission_missing", {}, {}, {{"permission", std::string(word(permission))}}, {}});
}

Result<void> require_shop(const Actor& actor, const ShopId& shop) {
    if (actor.may_see(shop)) return {};
    return fail(ErrorKind::not_found, "not_found");
}

}  // namespace aftercare::domain
