#include "api/routes.hpp"
#include "usecase/demo.hpp"
#include "usecase/hours.hpp"
#include "usecase/policies.hpp"
#include "usecase/saved_views.hpp"

namespace aftercare::api {

void add_staff_routes(Routes& routes) {
    routes.get("/api/v1/shops", "listShops", "The shops that you were given", usecase::list_shops);
    routes.post("/api/v1/shops", "addShop", "Add a shop", usecase::add_shop).creates();
    routes.post("/api/v1/shops/{shop_id}", "changeShop", "Change a shop's name and time zone, and its currency while it has no orders",
                usecase::change_shop).needs_version();
    routes.get("/api/v1/staff", "listStaff", "People who work in your shops", usecase::list_staff);
    routes.post("/api/v1/staff", "addStaff", "Add a person", usecase::add_staff).creates();
    routes.post("/api/v1/staff/{staff_id}", "changeStaff", "Change a person's name, roles, shops, or whether they may come in",
                usecase::change_staff).needs_version();
    routes.post("/api/v1/staff/{staff_id}/password", "resetPassword", "Give a person a new password; ends their sessions",
                usecase::reset_password);
    routes.get("/api/v1/tokens", "listTokens", "API tokens, without their secrets", usecase::list_tokens);
    routes.post("/api/v1/tokens", "addToken", "Make an API token; its secret is shown this once", usecase::add_token).creates();
    routes.remove("/api/v1/tokens/{token_id}", "revokeToken", "End an API token", usecase::revoke_token);
    routes.get("/api/v1/policies", "listPolicies", "The versions of the policies of a shop and of its channels, newest first", usecase::list_policies);
    routes.post("/api/v1/policies", "putPolicy", "A new version of the policy of a shop, or of one channel of it", usecase::put_policy).creates();
    routes.get("/api/v1/policies/defaults", "policyDefaults", "The defaults that come with the program, over the shop's own terms", usecase::policy_defaults);
    routes.post("/api/v1/policies/simulate", "simulatePolicy", "What a request would meet, rule by rule, under the policy in force and under edited terms; writes nothing",
                usecase::simulate_policy);
    routes.get("/api/v1/policies/overrides", "listOverrides", "Rules of policies that leads let pass", usecase::list_overrides);
    routes.get("/api/v1/shops/{shop_id}/hours", "shopHours", "A shop's working hours, its teams' and its own special days", usecase::get_hours);
    routes.post("/api/v1/shops/{shop_id}/hours", "putShopHours", "New working hours of a shop; running clocks keep their due time", usecase::put_hours);
    routes.get("/api/v1/shops/{shop_id}/roster", "shopRoster", "Who is on duty when", usecase::list_roster);
    routes.post("/api/v1/shops/{shop_id}/roster", "putShopRoster", "All shifts that begin in a stretch of time, in place of those it had", usecase::put_roster);
    routes.get("/api/v1/views", "listViews", "Saved views of the queue, with how many cases each has", usecase::list_views);
    routes.post("/api/v1/views", "saveView", "Save a view, for yourself or for everybody in a shop", usecase::save_view).creates();
    routes.post("/api/v1/views/{view_id}", "changeView", "Change what a view asks, its name or who has it", usecase::change_view).needs_version();
    routes.remove("/api/v1/views/{view_id}", "dropView", "Delete a saved view", usecase::drop_view);
    routes.get("/api/v1/demo", "demoContents", "What is in the demo shop", usecase::demo_contents);
    routes.post("/api/v1/demo", "bringDemo", "Make the demo shop", usecase::bring_demo).creates();
    routes.remove("/api/v1/demo", "removeDemo", "Take the demo shop away with everything in it", usecase::remove_demo);
}

}  // namespace aftercare::api
