#pragma once
#include <aftercare/model/customer.hpp>
#include <optional>
#include <string>
#include <vector>

#include "store/cases.hpp"
#include "store/store.hpp"

/// Products: what a shop sells, as its files and marketplaces name it.
namespace aftercare::store {

std::optional<Product> product_by_sku(Tx& tx, const ShopId& shop, const std::string& sku);
/// `not_found` "product_not_found".
Result<Product> find_product(Tx& tx, const ProductId& id);
/// With the search tokens of its name.
void insert_product(Tx& tx, const Product& product);
void update_product(Tx& tx, const Product& product);

struct ProductName {
    static constexpr std::string_view kSchema = "ProductName";
    std::string name;
    std::int64_t uses = 0;
};
template <class Io>
void fields(Io& io, ProductName& n) {
    io("name", n.name);
    io("uses", n.uses);
}
void use_name(Tx& tx, const ProductId& id, const ProductName& name);
/// Those used most first.
std::vector<ProductName> names_of(Tx& tx, const ProductId& id);

/// By start of the SKU, barcode, or two Han characters or a word of the name; in order of SKUs. The cursor's id is "sku\nid".
PageOf<Product> list_products(Tx& tx, const std::vector<std::string>& shops, const std::string& text, const std::optional<Cursor>& after,
                              std::int64_t limit);

std::vector<std::string> categories_of_shop(Tx& tx, const ShopId& shop, std::int64_t limit);  ///< by name

struct ProductSales {
    static constexpr std::string_view kSchema = "ProductSales";
    std::int64_t line_count = 0, units_sold = 0, sold_minor = 0, units_returned = 0;
};
template <class Io>
void fields(Io& io, ProductSales& s) {
    io("line_count", s.line_count);
    io("units_sold", s.units_sold);
    io("sold_minor", s.sold_minor);
    io("units_returned", s.units_returned);
}
ProductSales sales_of_product(Tx& tx, const Product& product);
std::vector<OrderRow> orders_with_product(Tx& tx, const Product& product);

}  // namespace aftercare::store
