#include "api/routes.hpp"
#include "usecase/customers.hpp"
#include "usecase/erasure.hpp"
#include "usecase/orders.hpp"
#include "usecase/products.hpp"
#include "usecase/search.hpp"

namespace aftercare::api {

void add_order_routes(Routes& routes) {
    routes.get("/api/v1/orders", "listOrders", "Orders, newest first; q: number prefix or customer name", usecase::list_orders);
    routes.post("/api/v1/orders", "putOrder", "Hand over an order; its number is unique in the shop", usecase::put_order).creates();
    routes.get("/api/v1/orders/{order_id}", "getOrder", "An order with its ledgers of units and money", usecase::get_order);
}

void add_customer_routes(Routes& routes) {
    routes.get("/api/v1/search", "search", "Customers, orders, cases and products by whatever a person has at hand", usecase::search);
    routes.get("/api/v1/customers", "listCustomers", "Customers; q: name, number, nick or the end of a phone number", usecase::list_customers);
    routes.post("/api/v1/customers", "putCustomer", "Take down a customer", usecase::put_customer).creates();
    routes.get("/api/v1/customer_tags", "listTags", "Tags in use, the most used first", usecase::list_tags);
    const std::string one = "/api/v1/customers/{customer_id}";
    routes.get(one, "getCustomer", "A customer with profile, value, orders and cases", usecase::get_customer);
    routes.get(one + "/timeline", "customerTimeline", "What happened with a customer, newest first", usecase::customer_timeline);
    routes.post(one + "/facts", "setFact", "Say what a field of the profile is, or take one's word back", usecase::set_fact);
    routes.post(one + "/tags", "addTag", "Tag a customer", usecase::add_tag);
    routes.post(one + "/untag", "removeTag", "Take a tag off", usecase::remove_tag);
    routes.post(one + "/notes", "noteCustomer", "Note, preference, need, special request or contact", usecase::note_customer).creates();
    routes.post(one + "/notes/{note_id}", "settleNote", "Grant or refuse a special request, or remove a note", usecase::settle_note);
    routes.post(one + "/reveal", "revealContact", "See one masked value; the reason is kept", usecase::reveal_contact);
    routes.post(one + "/erase", "eraseCustomer", "Take a person's data out for good; orders and cases stay without a name", usecase::erase_customer);
    routes.get("/api/v1/products", "listProducts", "Products; q: start of the SKU, barcode or name", usecase::list_products);
    routes.get("/api/v1/products/{product_id}", "getProduct", "A product with its names, sales and newest orders", usecase::get_product);
}

}  // namespace aftercare::api
