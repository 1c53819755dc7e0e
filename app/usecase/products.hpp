#pragma once
#include "store/products.hpp"
#include "usecase/context.hpp"
#include "usecase/views.hpp"

/// Products: what the shop sells, from imports and marketplaces.
namespace aftercare::usecase {

struct ProductList {
    static constexpr std::string_view kSchema = "ProductList";
    std::vector<Product> items;
    std::string next;
};
template <class Io>
void fields(Io& io, ProductList& l) {
    io("items", l.items);
    io("next", l.next, maybe);
}
struct ListProducts {
    Page page;
    std::optional<ShopId> shop_id;
    std::optional<std::string> q;
};
template <class Io>
void fields(Io& io, ListProducts& in) {
    fields(io, in.page);
    io("shop_id", in.shop_id);
    io("q", in.q, length(0, 100));
}
/// In order of SKUs; q: start of a SKU, a barcode, two Han characters or a word of the name.
Result<ProductList> list_products(Context&, const Actor&, const ListProducts&);

struct ProductView {
    static constexpr std::string_view kSchema = "ProductView";
    Product product;
    std::string currency;
    std::vector<store::ProductName> names;
    store::ProductSales sales;
    std::vector<OrderRow> orders;  // newest 20
};
template <class Io>
void fields(Io& io, ProductView& v) {
    io("product", v.product);
    io("currency", v.currency);
    io("names", v.names);
    io("sales", v.sales);
    io("orders", v.orders);
}
struct OneProduct {
    ProductId product_id;
};
template <class Io>
void fields(Io& io, OneProduct& in) {
    io("product_id", in.product_id);
}
Result<ProductView> get_product(Context&, const Actor&, const OneProduct&);

}  // namespace aftercare::usecase
