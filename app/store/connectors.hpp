#pragma once
#include <aftercare/codec/fields.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "store/store.hpp"

/// Configured plugin instances. `settings` hold their secrets sealed (usecase/settings.hpp). Functions may throw DbError.
namespace aftercare::store {

struct Connector {
    ConnectorId id;
    ShopId shop_id;
    std::string plugin, title;
    bool enabled = true;
    RawJson settings{"{}"};
    std::int64_t version = 1;
    Instant created_at;
};
template <class Io>
void fields(Io& io, Connector& c) {
    io("id", c.id);
    io("shop_id", c.shop_id);
    io("plugin", c.plugin);
    io("title", c.title);
    io("enabled", c.enabled);
    io("settings", c.settings);
    io("version", c.version);
    io("created_at", c.created_at);
}
void insert_connector(Tx&, const Connector&);
std::vector<Connector> connectors(Tx&);  ///< oldest first
std::optional<Connector> find_connector(Tx&, const ConnectorId&);
/// Writes title, enabled and settings of the row that still has `version`, and counts it up; DbError when it has not.
void change_connector(Tx&, const Connector&);

/// The marketplace connector that a case came from; empty: from none.
ConnectorId platform_source(Tx&, const CaseId&);
void put_platform_source(Tx&, const CaseId&, const ConnectorId&);
/// A case by the marketplace's number of its after-sale, with its newest operation.
struct PlatformCase {
    CaseId case_id;
    OperationId operation_id;  ///< empty: none
};
template <class Io>
void fields(Io& io, PlatformCase& c) {
    io("case_id", c.case_id);
    io("operation_id", c.operation_id);
}
std::optional<PlatformCase> case_of_after_sale(Tx&, const ShopId&, const std::string& external_ref);

/// What a case's marketplace was told, or not.
struct WriteBack {
    MessageId id;
    std::string payload;
    std::string state, last_error;
    std::int64_t attempts = 0;
    Instant at;
};
template <class Io>
void fields(Io& io, WriteBack& w) {
    io("id", w.id);
    io("payload", w.payload);
    io("state", w.state);
    io("last_error", w.last_error);
    io("attempts", w.attempts);
    io("at", w.at);
}
std::vector<WriteBack> write_backs(Tx&, const CaseId&);  ///< newest first

/// Outbox rows of a connector that wait or gave up.
struct OutboxCount {
    std::int64_t waiting = 0, dead = 0;
};
std::map<ConnectorId, OutboxCount> outbox_counts(Tx&);

/// A message that a connector did not take and that is not tried again.
struct DeadMessage {
    MessageId id;
    std::string topic, payload;
    ShopId shop_id;
    CaseId case_id;
    std::string case_number;
    std::int64_t attempts = 0;
    std::string last_error;
    Instant done_at;
};
template <class Io>
void fields(Io& io, DeadMessage& m) {
    io("id", m.id);
    io("topic", m.topic);
    io("payload", m.payload);
    io("shop_id", m.shop_id);
    io("case_id", m.case_id);
    io("case_number", m.case_number);
    io("attempts", m.attempts);
    io("last_error", m.last_error);
    io("done_at", m.done_at);
}
std::vector<DeadMessage> dead_messages(Tx&, const ConnectorId&);  ///< newest first, at most 200

}  // namespace aftercare::store
