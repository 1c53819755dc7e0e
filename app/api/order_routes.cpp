#include "api/routes.hpp"
#include "usecase/orders.hpp"

namespace aftercare::api {

void add_order_routes(Routes& routes) {
    routes.get("/api/v1/orders", "listOrders", "Orders, newest first; q: number prefix or customer name", usecase::list_orders);
    routes.post("/api/v1/orders", "putOrder", "Hand over an order; its number is unique in the shop", usecase::put_order).creates();
    routes.get("/api/v1/orders/{order_id}", "getOrder", "An order with its ledgers of units and money", usecase::get_order);
    routes.get("/api/v1/customers", "listCustomers", "Customers; q: name, number or the end of a phone number",
               usecase::list_customers);
    routes.get("/api/v1/customers/{customer_id}", "getCustomer", "A customer with orders and cases", usecase::get_customer);
}

}  // namespace aftercare::api
