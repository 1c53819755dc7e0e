#pragma once
#include <optional>
#include <string>
#include <vector>

#include "store/cases.hpp"
#include "store/rows.hpp"
#include "store/store.hpp"

/// Orders and customers as facts. Ledgers are in case_state.hpp.
namespace aftercare::store {

/// One order with everything that came with it. Written once, never edited by rules.
struct NewOrder {
    Order order;
    std::vector<OrderLine> lines;
    std::vector<Payment> payments;
};
/// DbError unique when the number is taken in the shop.
void insert_order(Tx& tx, const NewOrder& order);
void insert_customer(Tx& tx, const Customer& customer);
/// Empty when there is none.
OrderId order_by_number(Tx& tx, const ShopId& shop, const std::string& number);
CustomerId customer_by_ref(Tx& tx, const ShopId& shop, const std::string& external_ref);

/// `not_found` "customer_not_found".
Result<Customer> find_customer(Tx& tx, const CustomerId& id);

PageOf<OrderRow> list_orders(Tx& tx, const std::vector<std::string>& shops, const std::string& text,
                             const std::optional<Cursor>& after, std::int64_t limit);
PageOf<Customer> list_customers(Tx& tx, const std::vector<std::string>& shops, const std::string& text,
                                const std::optional<Cursor>& after, std::int64_t limit);
std::vector<OrderRow> orders_of_customer(Tx& tx, const CustomerId& id);

/// Σ over all orders and cases of a customer, in one currency (that of the shop).
struct CustomerValue {
    std::int64_t order_count = 0, case_count = 0, spent_minor = 0, refunded_minor = 0;
    std::string currency;
};
CustomerValue value_of_customer(Tx& tx, const CustomerId& id);

std::string staff_name(Tx& tx, const StaffId& id);

}  // namespace aftercare::store
