#include "store/products.hpp"

#include "domain/profile.hpp"
#include "sql/products.hpp"
#include "store/answers.hpp"
#include "store/customers.hpp"

namespace aftercare::store {
std::optional<Product> product_by_sku(Tx& tx, const ShopId& shop, const std::string& sku) {
    return first(all<Product>(tx, sql::products::product_by_sku, {{"shop_id", shop.value}, {"sku", sku}}));
}

Result<Product> find_product(Tx& tx, const ProductId& id) {
    auto found = first(all<Product>(tx, sql::products::find_product, {{"id", id.value}}));
    if (!found) return fail(ErrorKind::not_found, "product_not_found");
    return std::move(*found);
}

void insert_product(Tx& tx, const Product& product) {
    tx.write(sql::products::insert_product, db::bind_row(product), 1);
    put_tokens(tx, product.shop_id, "product", product.id.value, product.name);
}

void update_product(Tx& tx, const Product& product) {
    tx.write(sql::products::update_product, db::bind_row(product), 1);
    delete_tokens(tx, product.id.value);
    put_tokens(tx, product.shop_id, "product", product.id.value, product.name);
}

void use_name(Tx& tx, const ProductId& id, const ProductName& name) {
    tx.write(sql::products::use_name, {{"product_id", id.value}, {"name", name.name}, {"uses", name.uses}}, 1);
}

std::vector<ProductName> names_of(Tx& tx, const ProductId& id) {
    std::vector<ProductName> names;
    tx.run(sql::products::names_of, {{"product_id", id.value}}, [&](const db::Row& row) { names.push_back({std::string(row.text(0)), row.integer(1)}); });
    return names;
}

PageOf<Product> list_products(Tx& tx, const std::vector<std::string>& shops, const std::string& text, const std::optional<Cursor>& after,
                              std::int64_t limit) {
    const std::string start = after ? after->id : "";
    const auto cut = std::min(start.find('\n'), start.size());
    const std::string after_sku = start.substr(0, cut), after_id = cut < start.size() ? start.substr(cut + 1) : "";
    std::vector<std::string> ids;
    if (!text.empty()) {
        const auto tokens = domain::search_tokens(text);
        const std::string end = prefix_end(text), token = tokens.empty() ? "" : tokens.back();
        tx.run(sql::products::match_products, {{"shops", std::span(shops)}, {"q", text}, {"q_end", end}, {"token", token}, {"limit", 1'000}},
               [&](const db::Row& row) { ids.emplace_back(row.text(0)); });
    }
    PageOf<Product> page;
    tx.run(text.empty() ? sql::products::list_products : sql::products::products_by_ids,
           {{"shops", std::span(shops)}, {"ids", std::span(ids)}, {"after_sku", after_sku}, {"after_id", after_id}, {"limit", limit + 1}},
           [&](const db::Row& row) { page.items.push_back(db::read_row<Product>(row)); });
    if (static_cast<std::int64_t>(page.items.size()) > limit) {
        page.items.pop_back();
        page.next = Cursor{0, page.items.back().sku + "\n" + page.items.back().id.value};
    }
    return page;
}

ProductSales sales_of_product(Tx& tx, const Product& product) {
    ProductSales sales;
    tx.run(sql::products::sales_of_product, {{"shop_id", product.shop_id.value}, {"sku", product.sku}}, [&](const db::Row& row) {
        sales = {row.integer(0), row.integer(1), row.integer(2), row.integer(3)};
    });
    return sales;
}

std::vector<OrderRow> orders_with_product(Tx& tx, const Product& product) {
    std::vector<OrderRow> rows;
    tx.run(sql::products::orders_with_product, {{"shop_id", product.shop_id.value}, {"sku", product.sku}},
           [&](const db::Row& row) { rows.push_back(db::read_row<OrderRow>(row)); });
    return rows;
}

std::vector<std::string> categories_of_shop(Tx& tx, const ShopId& shop, std::int64_t limit) {
    std::vector<std::string> found;
    tx.run(sql::products::categories_of_shop, {{"shop_id", shop.value}, {"limit", limit}}, [&](const db::Row& row) { found.emplace_back(row.text(0)); });
    return found;
}

}  // namespace aftercare::store
