#include "store/connectors.hpp"

#include "db/row.hpp"
#include "sql/connectors.hpp"

namespace aftercare::store {

void insert_connector(Tx& tx, const Connector& connector) {
    tx.write(sql::connectors::insert_connector, db::bind_row(connector));
}

std::vector<Connector> connectors(Tx& tx) {
    std::vector<Connector> found;
    tx.run(sql::connectors::connectors, {}, [&](const db::Row& row) { found.push_back(db::read_row<Connector>(row)); });
    return found;
}

std::optional<Connector> find_connector(Tx& tx, const ConnectorId& id) {
    std::optional<Connector> found;
    tx.run(sql::connectors::find_connector, {{"id", id.value}}, [&](const db::Row& row) { found = db::read_row<Connector>(row); });
    return found;
}

void change_connector(Tx& tx, const Connector& connector) {
    tx.write(sql::connectors::change_connector, db::bind_row(connector), 1);
}

std::vector<DeadMessage> dead_messages(Tx& tx, const ConnectorId& id) {
    std::vector<DeadMessage> found;
    tx.run(sql::connectors::dead_messages, {{"connector_id", id.value}},
           [&](const db::Row& row) { found.push_back(db::read_row<DeadMessage>(row)); });
    return found;
}

ConnectorId platform_source(Tx& tx, const CaseId& id) {
    ConnectorId connector;
    tx.run(sql::connectors::platform_source, {{"case_id", id.value}}, [&](const db::Row& row) { connector.value = row.text(0); });
    return connector;
}

void put_platform_source(Tx& tx, const CaseId& id, const ConnectorId& connector) {
    tx.write(sql::connectors::put_platform_source, {{"case_id", id.value}, {"connector_id", connector.value}}, 1);
}

std::optional<PlatformCase> case_of_after_sale(Tx& tx, const ShopId& shop, const std::string& external_ref) {
    std::optional<PlatformCase> found;
    tx.run(sql::connectors::case_of_after_sale, {{"shop_id", shop.value}, {"external_ref", external_ref}},
           [&](const db::Row& row) { found = db::read_row<PlatformCase>(row); });
    return found;
}

std::vector<WriteBack> write_backs(Tx& tx, const CaseId& id) {
    std::vector<WriteBack> found;
    tx.run(sql::connectors::write_backs, {{"case_id", id.value}}, [&](const db::Row& row) { found.push_back(db::read_row<WriteBack>(row)); });
    return found;
}

std::map<ConnectorId, OutboxCount> outbox_counts(Tx& tx) {
    std::map<ConnectorId, OutboxCount> counts;
    tx.run(sql::connectors::outbox_counts, {}, [&](const db::Row& row) {
        OutboxCount& count = counts[ConnectorId(std::string(row.text(0)))];
        (row.text(1) == "dead" ? count.dead : count.waiting) = row.integer(2);
    });
    return counts;
}

}  // namespace aftercare::store
