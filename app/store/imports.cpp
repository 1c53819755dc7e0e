#include "store/imports.hpp"

#include "sql/imports.hpp"

namespace aftercare::store {

std::vector<SaleLine> sales_of(Tx& tx, const CustomerId& customer, const std::string& sku, Instant at,
                               std::int64_t unit_price_minor) {
    std::vector<SaleLine> found;
    tx.run(sql::imports::sales_of,
           {{"customer_id", customer.value}, {"sku", sku}, {"at", at.ms}, {"unit_price_minor", unit_price_minor}},
           [&](const db::Row& row) {
               found.push_back({OrderId(std::string(row.text(0))), OrderLineId(std::string(row.text(1)))});
           });
    return found;
}

bool return_was_imported(Tx& tx, const ShopId& shop, const std::string& number) {
    return tx.run(sql::imports::find_return, {{"shop_id", shop.value}, {"number", number}}) > 0;
}

void remember_return(Tx& tx, const ShopId& shop, const std::string& number, const CaseId& case_id) {
    tx.write(sql::imports::insert_return, {{"shop_id", shop.value}, {"number", number}, {"case_id", case_id.value}}, 1);
}

}  // namespace aftercare::store
