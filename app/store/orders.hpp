#pragma once
#include <optional>
#include <string>
#include <vector>

#include "domain/state.hpp"
#include "store/cases.hpp"
#include "store/rows.hpp"
#include "store/store.hpp"

/// Orders as facts. Ledgers are in case_state.hpp.
namespace aftercare::store {

/// One order with everything that came with it. Written once, never edited by rules; only its delivery may become known later.
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
/// What came with the order is now all with the customer. False, and nothing changed, when that cannot be said by now
/// (domain::all_delivered, also for `charges`) or the order's earlier cases would not follow. `shipped_at` 0: not said.
bool deliver_order(Tx& tx, const domain::OrderState& state, Instant shipped_at, Instant delivered_at, const std::set<std::string>& charges = {});
std::vector<Shipment> shipments_of(Tx& tx, const OrderId& id);

/// `text`: start of an order number, whole waybill, or whatever finds a customer (customers.hpp).
PageOf<OrderRow> list_orders(Tx& tx, const std::vector<std::string>& shops, const std::string& text,
                             const std::optional<Cursor>& after, std::int64_t limit);
std::vector<OrderRow> orders_of_customer(Tx& tx, const CustomerId& id);

std::string staff_name(Tx& tx, const StaffId& id);

}  // namespace aftercare::store
