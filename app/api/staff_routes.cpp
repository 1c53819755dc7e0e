#include "api/routes.hpp"
#include "usecase/staff.hpp"

namespace aftercare::api {

void add_staff_routes(Routes& routes) {
    routes.get("/api/v1/shops", "listShops", "The shops that you were given", usecase::list_shops);
    routes.post("/api/v1/shops", "addShop", "Add a shop", usecase::add_shop).creates();
    routes.get("/api/v1/staff", "listStaff", "People who work in your shops", usecase::list_staff);
    routes.post("/api/v1/staff", "addStaff", "Add a person", usecase::add_staff).creates();
    routes.get("/api/v1/tokens", "listTokens", "API tokens, without their secrets", usecase::list_tokens);
    routes.post("/api/v1/tokens", "addToken", "Make an API token; its secret is shown this once", usecase::add_token).creates();
    routes.remove("/api/v1/tokens/{token_id}", "revokeToken", "End an API token", usecase::revoke_token);
    routes.get("/api/v1/policies", "listPolicies", "The versions of a shop's policy, newest first", usecase::list_policies);
    routes.post("/api/v1/policies", "putPolicy", "A new version of a shop's policy, valid from now", usecase::put_policy).creates();
}

}  // namespace aftercare::api
