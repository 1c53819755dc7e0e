#include "usecase/search.hpp"

#include "store/cases.hpp"
#include "store/customers.hpp"
#include "store/orders.hpp"
#include "store/products.hpp"
#include "usecase/customers.hpp"
#include "usecase/facts.hpp"

namespace aftercare::usecase {
namespace {

constexpr std::int64_t kMostFound = 8;

}  // namespace

Result<SearchFound> search(Context& ctx, const Actor& actor, const Search& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](store::Tx& tx) -> Result<SearchFound> {
        const auto shops = shops_for(tx, actor, in.shop_id);
        SearchFound found;
        found.customers = store::list_customers(tx, shops, in.q, {}, {}, kMostFound).items;
        for (Customer& customer : found.customers) customer = masked(std::move(customer));
        found.orders = store::list_orders(tx, shops, in.q, {}, kMostFound).items;
        found.cases = store::find_cases(tx, shops, in.q);
        if (found.cases.size() > kMostFound) found.cases.resize(kMostFound);
        found.products = store::list_products(tx, shops, in.q, {}, kMostFound).items;
        return found;
    });
}

}  // namespace aftercare::usecase
