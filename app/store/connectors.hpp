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

/// Outbox rows of a connector that wait or gave up.
struct OutboxCount {
    std::int64_t waiting = 0, dead = 0;
};
std::map<ConnectorId, OutboxCount> outbox_counts(Tx&);

}  // namespace aftercare::store
