#pragma once
#include <optional>
#include <string>
#include <vector>

#include "store/cases.hpp"
#include "store/rows.hpp"
#include "store/store.hpp"

/// Orders as facts. Ledgers are in case_state.hpp.
namespace aftercare::store {

/// One order with everything that came with it. Written once, never edited by rules.
struct NewOrder {
    Order order;
    std::vector<OrderLine> lines;
    std::vector<Payment> payments;
    std::vector<Shipment> shipments;
};
/// DbError unique when the number is taken in the shop.
void insert_order(Tx& tx, const NewOrder& order);
/// Empty when there is none.
OrderId order_by_number(Tx& tx, const ShopId& shop, const std::string& number);
std::vector<Shipment> shipments_of(Tx& tx, const OrderId& id);

/// `text`: start of an order number, whole waybill, or whatever finds a customer (customers.hpp).
PageOf<OrderRow> list_orders(Tx& tx, const std::vector<std::string>& shops, const std::string& text,
                             const std::optional<Cursor>& after, std::int64_t limit);
std::vector<OrderRow> orders_of_customer(Tx& tx, const CustomerId& id);

std::string staff_name(Tx& tx, const StaffId& id);

}  // namespace aftercare::store
