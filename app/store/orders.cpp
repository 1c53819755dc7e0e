#include "store/orders.hpp"

#include "db/row.hpp"
#include "sql/orders.hpp"

namespace aftercare::store {
namespace {

db::Value text_or_null(const std::string& text) { return text.empty() ? db::Value(nullptr) : db::Value(text); }

std::string first_text(Tx& tx, const db::Query& query, db::Args args) {
    std::string found;
    tx.run(query, args, [&](const db::Row& row) { found = row.text(0); });
    return found;
}

}  // namespace

void insert_order(Tx& tx, const NewOrder& order) {
    tx.write(sql::orders::insert_order, db::bind_row(order.order), 1);
    for (const OrderLine& line : order.lines) tx.write(sql::orders::insert_line, db::bind_row(line), 1);
    for (const Payment& payment : order.payments) tx.write(sql::orders::insert_payment, db::bind_row(payment), 1);
}

void insert_customer(Tx& tx, const Customer& customer) {
    const std::string last4 = phone_last4(customer.phone);
    tx.write(sql::orders::insert_customer,
             db::bind_row(customer)
                 .with("external_ref", text_or_null(customer.external_ref))
                 .with("phone_last4", std::string_view(last4)),
             1);
}

OrderId order_by_number(Tx& tx, const ShopId& shop, const std::string& number) {
    return OrderId(first_text(tx, sql::orders::order_by_number, {{"shop_id", shop.value}, {"number", number}}));
}

CustomerId customer_by_ref(Tx& tx, const ShopId& shop, const std::string& external_ref) {
    return CustomerId(first_text(tx, sql::orders::customer_by_ref, {{"shop_id", shop.value}, {"external_ref", external_ref}}));
}

Result<Customer> find_customer(Tx& tx, const CustomerId& id) {
    std::optional<Customer> found;
    tx.run(sql::orders::find_customer, {{"id", id.value}}, [&](const db::Row& row) { found = db::read_row<Customer>(row); });
    if (!found) return fail(ErrorKind::not_found, "customer_not_found");
    return std::move(*found);
}

PageOf<OrderRow> list_orders(Tx& tx, const std::vector<std::string>& shops, const std::string& text,
                             const std::optional<Cursor>& after, std::int64_t limit) {
    const Cursor start = after.value_or(Cursor{kLatest.ms + 1, ""});
    const std::string end = prefix_end(text), last4 = phone_last4(text);
    PageOf<OrderRow> page;
    tx.run(text.empty() ? sql::orders::list_orders : sql::orders::find_orders,
           {{"shops", std::span(shops)},
            {"q", text},
            {"q_end", end},
            {"last4", last4.empty() ? "none" : last4},
            {"after_at", start.at},
            {"after_id", start.id},
            {"limit", limit + 1}},
           [&](const db::Row& row) { page.items.push_back(db::read_row<OrderRow>(row)); });
    if (static_cast<std::int64_t>(page.items.size()) > limit) {
        page.items.pop_back();
        page.next = Cursor{page.items.back().order.placed_at.ms, page.items.back().order.id.value};
    }
    return page;
}

PageOf<Customer> list_customers(Tx& tx, const std::vector<std::string>& shops, const std::string& text,
                                const std::optional<Cursor>& after, std::int64_t limit) {
    const std::string end = prefix_end(text), last4 = phone_last4(text), start = after ? after->id : "";
    PageOf<Customer> page;
    tx.run(text.empty() ? sql::orders::list_customers : sql::orders::find_customers,
           {{"shops", std::span(shops)},
            {"q", text},
            {"q_end", end},
            {"last4", last4.empty() ? "none" : last4},
            {"after_id", start},
            {"limit", limit + 1}},
           [&](const db::Row& row) { page.items.push_back(db::read_row<Customer>(row)); });
    if (static_cast<std::int64_t>(page.items.size()) > limit) {
        page.items.pop_back();
        page.next = Cursor{0, page.items.back().id.value};
    }
    return page;
}

std::vector<OrderRow> orders_of_customer(Tx& tx, const CustomerId& id) {
    std::vector<OrderRow> rows;
    tx.run(sql::orders::orders_of_customer, {{"customer_id", id.value}},
           [&](const db::Row& row) { rows.push_back(db::read_row<OrderRow>(row)); });
    return rows;
}

CustomerValue value_of_customer(Tx& tx, const CustomerId& id) {
    CustomerValue value;
    tx.run(sql::orders::value_of_customer, {{"customer_id", id.value}}, [&](const db::Row& row) {
        value.order_count = row.integer(0);
        value.spent_minor = row.integer(1);
        value.currency = row.text(2);
    });
    tx.run(sql::orders::refunded_to_customer, {{"customer_id", id.value}},
           [&](const db::Row& row) { value.refunded_minor = row.integer(0); });
    tx.run(sql::orders::count_cases_of_customer, {{"customer_id", id.value}},
           [&](const db::Row& row) { value.case_count = row.integer(0); });
    return value;
}

std::string staff_name(Tx& tx, const StaffId& id) { return first_text(tx, sql::orders::staff_name, {{"id", id.value}}); }

}  // namespace aftercare::store
