#include "store/orders.hpp"

#include "db/row.hpp"
#include "sql/orders.hpp"
#include "store/customers.hpp"
#include "store/replay.hpp"

namespace aftercare::store {
namespace {

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
    for (const Shipment& shipment : order.shipments) tx.write(sql::orders::insert_shipment, db::bind_row(shipment), 1);
}

OrderId order_by_number(Tx& tx, const ShopId& shop, const std::string& number) {
    return OrderId(first_text(tx, sql::orders::order_by_number, {{"shop_id", shop.value}, {"number", number}}));
}

bool deliver_order(Tx& tx, const domain::OrderState& state, Instant shipped_at, Instant delivered_at, const std::set<std::string>& charges) {
    const auto lines = domain::all_delivered(state, charges);
    if (!lines) return false;
    const auto put = [&](const std::vector<OrderLine>& all, Instant at) {
        for (const OrderLine& line : all)
            if (line.origin_leg_id.empty()) tx.write(sql::orders::put_delivered, {{"id", line.id.value}, {"shipped_qty", line.shipped_qty}, {"delivered_qty", line.delivered_qty}}, 1);
        tx.write(sql::orders::put_delivered_at, {{"id", state.order.id.value}, {"delivered_at", at.ms}}, 1);
    };
    put(*lines, delivered_at);
    if (state.seq > 0 && !derive_again(tx, state.order.id)) {  // an earlier case counts on what was not there yet
        put(state.lines, state.order.delivered_at);
        return false;
    }
    tx.write(sql::orders::put_shipment_times, {{"order_id", state.order.id.value}, {"shipped_at", shipped_at.ms}, {"delivered_at", delivered_at.ms}});
    return true;
}

std::vector<Shipment> shipments_of(Tx& tx, const OrderId& id) {
    std::vector<Shipment> all;
    tx.run(sql::orders::shipments_of, {{"order_id", id.value}}, [&](const db::Row& row) { all.push_back(db::read_row<Shipment>(row)); });
    return all;
}

PageOf<OrderRow> list_orders(Tx& tx, const std::vector<std::string>& shops, const std::string& text,
                             const std::optional<Cursor>& after, std::int64_t limit) {
    const Cursor start = after.value_or(Cursor{kLatest.ms + 1, ""});
    const std::string end = prefix_end(text);
    const auto customers = text.empty() ? std::vector<std::string>{} : match_customers(tx, shops, text, 200);
    const auto some = [&](const std::vector<std::string>& of) {
        std::vector<OrderRow> rows;
        tx.run(text.empty() ? sql::orders::list_orders : sql::orders::find_orders,
               {{"shops", std::span(of)},
                {"q", text},
                {"q_end", end},
                {"customers", std::span(customers)},
                {"after_at", start.at},
                {"after_id", start.id},
                {"limit", limit + 1}},
               [&](const db::Row& row) { rows.push_back(db::read_row<OrderRow>(row)); });
        return rows;
    };
    PageOf<OrderRow> page;
    page.items = !text.empty() ? some(shops) : merged<OrderRow>(shops, limit + 1, some, [](const OrderRow& a, const OrderRow& b) {
        return std::pair(b.order.placed_at, b.order.id) < std::pair(a.order.placed_at, a.order.id);
    });
    if (static_cast<std::int64_t>(page.items.size()) > limit) {
        page.items.pop_back();
        page.next = Cursor{page.items.back().order.placed_at.ms, page.items.back().order.id.value};
    }
    return page;
}

std::vector<OrderRow> orders_of_customer(Tx& tx, const CustomerId& id) {
    std::vector<OrderRow> rows;
    tx.run(sql::orders::orders_of_customer, {{"customer_id", id.value}},
           [&](const db::Row& row) { rows.push_back(db::read_row<OrderRow>(row)); });
    return rows;
}

std::string staff_name(Tx& tx, const StaffId& id) { return first_text(tx, sql::orders::staff_name, {{"id", id.value}}); }

}  // namespace aftercare::store
