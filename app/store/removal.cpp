#include "store/removal.hpp"

#include "sql/removal.hpp"
#include "store/named.hpp"

namespace aftercare::store {
namespace {

using Ids = std::vector<std::string>;

constexpr std::int64_t kRowsPerThing = 30;  // an order with its cases is about so many rows

Ids ids(Tx& tx, const db::Query& query, db::Args args) {
    Ids found;
    tx.run(query, args, [&](const db::Row& row) { found.emplace_back(row.text(0)); });
    return found;
}

void remove_cases(Tx& tx, const ShopId& shop, const Ids& cases) {
    if (!cases.empty()) run_each(tx, "removal.cases_", {{"shop", shop.value}, {"cases", std::span(cases)}});
}

}  // namespace

ShopContents contents(Tx& tx, const ShopId& shop) {
    ShopContents found;
    tx.run(sql::removal::contents, {{"shop", shop.value}},
           [&](const db::Row& row) { found = {row.integer(0), row.integer(1), row.integer(2)}; });
    return found;
}

std::vector<ConnectorId> stop_connectors(Tx& tx, const ShopId& shop) {
    std::vector<ConnectorId> stopped;
    for (const std::string& id : ids(tx, sql::removal::stop_connectors, {{"shop", shop.value}})) stopped.emplace_back(id);
    return stopped;
}

bool remove_slice(Tx& tx, const ShopId& shop, std::int64_t limit) {
    if (const Ids orders = ids(tx, sql::removal::hold_orders, {{"shop", shop.value}, {"limit", limit}}); !orders.empty()) {
        remove_cases(tx, shop, ids(tx, sql::removal::order_cases, {{"orders", std::span(orders)}}));
        run_each(tx, "removal.orders_", {{"shop", shop.value}, {"orders", std::span(orders)}});
        return true;
    }
    if (const Ids cases = ids(tx, sql::removal::other_cases, {{"shop", shop.value}, {"limit", limit}}); !cases.empty()) {
        remove_cases(tx, shop, cases);
        return true;
    }
    if (const Ids customers = ids(tx, sql::removal::some_customers, {{"shop", shop.value}, {"limit", limit}}); !customers.empty()) {
        run_each(tx, "removal.customers_", {{"shop", shop.value}, {"customers", std::span(customers)}});
        return true;
    }
    return run_each(tx, "removal.rows_", {{"shop", shop.value}, {"limit", limit * kRowsPerThing}}) > 0;
}

void remove_shop(Tx& tx, const ShopId& shop) { run_each(tx, "removal.last_", {{"shop", shop.value}}); }

bool named_elsewhere(Tx& tx, const StaffId& staff, const ShopId& shop) {
    return !ids(tx, sql::removal::named_elsewhere, {{"staff", staff.value}, {"shop", shop.value}}).empty();
}

void remove_staff(Tx& tx, const Staff& staff) {
    const std::string principal = "staff:" + staff.id.value;
    run_each(tx, "removal.person_", {{"staff", staff.id.value}, {"login", staff.login}, {"principal", principal}});
}
void remove_token(Tx& tx, const Token& token) {
    const std::string principal = "token:" + token.id;
    run_each(tx, "removal.token_", {{"token", token.id}, {"principal", principal}});
}

}  // namespace aftercare::store
