#include "usecase/products.hpp"

#include "store/staff.hpp"
#include "usecase/facts.hpp"

namespace aftercare::usecase {

Result<ProductList> list_products(Context& ctx, const Actor& actor, const ListProducts& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    AC_TRY(const auto after, store::parse_cursor(in.page.after));
    return ctx.store.read([&](store::Tx& tx) -> Result<ProductList> {
        auto page = store::list_products(tx, shops_for(tx, actor, in.shop_id), in.q.value_or(""), after, in.page.limit);
        return ProductList{std::move(page.items), page.next ? store::print_cursor(*page.next) : ""};
    });
}

Result<ProductView> get_product(Context& ctx, const Actor& actor, const OneProduct& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](store::Tx& tx) -> Result<ProductView> {
        AC_TRY(auto product, store::find_product(tx, in.product_id));
        if (!actor.may_see(product.shop_id)) return fail(ErrorKind::not_found, "product_not_found");
        ProductView view{product, {}, store::names_of(tx, product.id), store::sales_of_product(tx, product), store::orders_with_product(tx, product)};
        if (const auto shop = store::find_shop(tx, product.shop_id)) view.currency = shop->currency;
        return view;
    });
}

}  // namespace aftercare::usecase
