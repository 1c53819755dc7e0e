#pragma once
#include <string>
#include <vector>

#include "store/store.hpp"

/// What imports need to link returns to sales and to know what was here before.
namespace aftercare::store {

/// An earlier sale of a product to a customer.
struct SaleLine {
    OrderId order_id;
    OrderLineId order_line_id;
};
/// Sales of `sku` to the customer placed at or before `at`: those at `unit_price_minor` first, newest first; at most 20.
std::vector<SaleLine> sales_of(Tx& tx, const CustomerId& customer, const std::string& sku, Instant at,
                               std::int64_t unit_price_minor);

bool return_was_imported(Tx& tx, const ShopId& shop, const std::string& number);
void remember_return(Tx& tx, const ShopId& shop, const std::string& number, const CaseId& case_id);

}  // namespace aftercare::store
