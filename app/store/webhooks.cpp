#include "store/webhooks.hpp"

#include <aftercare/codec/json.hpp>

#include "db/row.hpp"
#include "sql/webhooks.hpp"

namespace aftercare::store {

void insert_endpoint(Tx& tx, const Endpoint& endpoint) { tx.write(sql::webhooks::insert_endpoint, db::bind_row(endpoint)); }

std::vector<Endpoint> endpoints(Tx& tx) {
    std::vector<Endpoint> found;
    tx.run(sql::webhooks::endpoints, {}, [&](const db::Row& row) { found.push_back(db::read_row<Endpoint>(row)); });
    return found;
}

std::optional<Endpoint> find_endpoint(Tx& tx, const WebhookId& id) {
    std::optional<Endpoint> found;
    tx.run(sql::webhooks::find_endpoint, {{"id", id.value}}, [&](const db::Row& row) { found = db::read_row<Endpoint>(row); });
    return found;
}

void change_endpoint(Tx& tx, const Endpoint& endpoint) { tx.write(sql::webhooks::change_endpoint, db::bind_row(endpoint), 1); }

void give_up(Tx& tx, const WebhookId& id, std::string_view code) {
    tx.write(sql::webhooks::give_up, {{"id", id.value}, {"code", code}});
}

void take_back(Tx& tx, const WebhookId& id) { tx.write(sql::webhooks::take_back, {{"id", id.value}}); }

bool delivered_since(Tx& tx, const WebhookId& id, Instant since) {
    bool any = false;
    tx.run(sql::webhooks::delivered_since, {{"endpoint_id", id.value}, {"since", since.ms}}, [&](const db::Row&) { any = true; });
    return any;
}

void fan_out(Tx& tx, const std::string& id, const ShopId& shop, const CaseId& case_id, const Occasion& occasion, Instant now) {
    const std::string payload = encode(occasion);
    tx.write(sql::webhooks::fan_out,
             {{"id", id}, {"shop_id", shop.value}, {"case_id", case_id.value}, {"payload", payload}, {"now", now.ms}});
}

void insert_delivery(Tx& tx, const MessageId& id, const Endpoint& endpoint, const Occasion& occasion, Instant now) {
    const std::string payload = encode(occasion);
    tx.write(sql::webhooks::insert_delivery, {{"id", id.value},
                                              {"payload", payload},
                                              {"shop_id", endpoint.shop_id.value},
                                              {"case_id", ""},
                                              {"endpoint_id", endpoint.id.value},
                                              {"now", now.ms}}, 1);
}

void keep_body(Tx& tx, const MessageId& id, std::string_view body, Instant lease_until) {
    tx.write(sql::webhooks::keep_body, {{"id", id.value}, {"body", body}, {"lease_until", lease_until.ms}}, 1);
}

bool replay(Tx& tx, const MessageId& id, Instant now) {
    const auto message = find_message(tx, id);
    if (!message || message->state == OutboxState::pending) return false;
    tx.write(sql::webhooks::replay, {{"id", id.value}, {"now", now.ms}}, 1);
    return true;
}

std::vector<Delivery> deliveries(Tx& tx, const WebhookId& id, std::int64_t limit) {
    std::vector<Delivery> found;
    tx.run(sql::webhooks::deliveries, {{"endpoint_id", id.value}, {"limit", limit}},
           [&](const db::Row& row) { found.push_back(db::read_row<Delivery>(row)); });
    return found;
}

std::map<WebhookId, OutboxCount> delivery_counts(Tx& tx) {
    std::map<WebhookId, OutboxCount> counts;
    tx.run(sql::webhooks::delivery_counts, {}, [&](const db::Row& row) {
        OutboxCount& count = counts[WebhookId(std::string(row.text(0)))];
        (row.text(1) == "dead" ? count.dead : count.waiting) = row.integer(2);
    });
    return counts;
}

std::int64_t forget_deliveries(Tx& tx, Instant before, std::int64_t limit) {
    return tx.run(sql::webhooks::forget_deliveries, {{"before", before.ms}, {"limit", limit}});
}

}  // namespace aftercare::store

namespace aftercare {
template std::string encode(const store::Occasion&);
template Result<store::Occasion> decode(std::string_view);
}  // namespace aftercare
