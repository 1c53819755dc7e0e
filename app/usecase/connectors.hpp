#pragma once
#include "usecase/context.hpp"
#include "usecase/staff.hpp"
#include "usecase/views.hpp"

/// Connectors: configured plugin instances. Health is what jobs last reported (it lives in memory of the jobs role).
namespace aftercare::usecase {

struct AddConnector {
    ShopId shop_id;
    std::string plugin, title;
    RawJson settings{"{}"};
};
template <class Io>
void fields(Io& io, AddConnector& in) {
    io("shop_id", in.shop_id);
    io("plugin", in.plugin, length(1, 100));
    io("title", in.title, length(1, 100));
    io("settings", in.settings);
}
Result<ConnectorView> add_connector(Context&, const Actor&, const Guard&, const AddConnector&);

struct ChangeConnector {
    ConnectorId connector_id;
    std::string title;
    RawJson settings{"{}"};
    bool enabled = true;
};
template <class Io>
void fields(Io& io, ChangeConnector& in) {
    io("connector_id", in.connector_id);
    io("title", in.title, length(1, 100));
    io("settings", in.settings);
    io("enabled", in.enabled);
}
Result<ConnectorView> change_connector(Context&, const Actor&, const Guard&, const ChangeConnector&);
Result<ConnectorList> list_connectors(Context&, const Actor&, const Nothing&);

struct OneConnector {
    ConnectorId connector_id;
};
template <class Io>
void fields(Io& io, OneConnector& in) {
    io("connector_id", in.connector_id);
}
/// Opens it anew, and starts its plugin when that was set aside after too many ends. `refused` "connector_disabled".
Result<ConnectorView> start_connector(Context&, const Actor&, const Guard&, const OneConnector&);
/// What a "test connection" found.
struct CheckResult {
    static constexpr std::string_view kSchema = "CheckResult";
    bool ok = false;
    std::string code, message;
};
template <class Io>
void fields(Io& io, CheckResult& r) {
    io("ok", r.ok);
    io("code", r.code, maybe);
    io("message", r.message, maybe);
}
Result<CheckResult> check_connector(Context&, const Actor&, const Guard&, const OneConnector&);
Result<PluginList> list_plugins(Context&, const Actor&, const Nothing&);

/// A connector as the one who runs it needs it: settings with their secrets. Never shown to anybody, never logged.
struct RunnableConnector {
    ConnectorId id;
    ShopId shop_id;
    std::string plugin;
    RawJson settings{"{}"};
    std::int64_t version = 1;  ///< changes whenever anything else here does
};
/// The enabled connectors, oldest first. One whose secrets cannot be read is left out and logged. For main and jobs.
Result<std::vector<RunnableConnector>> runnable_connectors(Context&);

}  // namespace aftercare::usecase
