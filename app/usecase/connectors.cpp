#include "usecase/connectors.hpp"

#include <aftercare/codec/json.hpp>
#include <filesystem>

#include "domain/access.hpp"
#include "env/log.hpp"
#include "store/connectors.hpp"
#include "store/staff.hpp"
#include "usecase/settings.hpp"

namespace aftercare::usecase {
namespace {

using store::Tx;

constexpr Duration kCheckDeadline = seconds(5);

std::optional<PluginView> plugin_named(const Context& ctx, std::string_view id) {
    if (!ctx.plugin_catalog) return std::nullopt;
    for (PluginView& plugin : ctx.plugin_catalog())
        if (plugin.id == id) return std::move(plugin);
    return std::nullopt;
}

ConnectorView view_of(const Context& ctx, const store::Connector& c, const store::OutboxCount& count) {
    ConnectorView view{c.id, c.shop_id, c.plugin, c.title, c.enabled, masked_settings(c.settings), c.version, {}, 0, 0,
                       count.waiting, count.dead, {}, {}};
    const auto health = ctx.connector_health ? ctx.connector_health(c.id) : std::nullopt;
    view.state = health ? health->state : c.enabled ? "absent" : "stopped";
    if (!health) return view;
    view.restarts = health->restarts;
    view.p95_ms = health->p95_ms;
    view.last_error = health->last_error;
    view.last_call_at = health->last_call_at;
    return view;
}

/// The connector if the actor may know of it.
Result<store::Connector> find(Tx& tx, const Actor& actor, const ConnectorId& id) {
    auto connector = store::find_connector(tx, id);
    if (!connector || !actor.may_see(connector->shop_id)) return fail(ErrorKind::not_found, "not_found");
    return std::move(*connector);
}

store::OutboxCount count_of(Tx& tx, const ConnectorId& id) {
    const auto counts = store::outbox_counts(tx);
    const auto at = counts.find(id);
    return at == counts.end() ? store::OutboxCount{} : at->second;
}

/// What to store. Unchanged settings are kept as they are: a connector can be switched off when its plugin has gone.
Result<RawJson> settings_to_store(Context& ctx, const std::string& plugin, const RawJson& given, const RawJson& stored) {
    if (stored.text != "{}" && same_json(given, masked_settings(stored))) return stored;
    const auto found = plugin_named(ctx, plugin);
    if (!found) return fail_field("/plugin", "unknown_plugin");
    return accept_settings(found->settings_schema, given, stored, ctx.secret_key, ctx.random);
}

/// The directory that settings name, and the setting; empty when the plugin has none.
struct NamedFolder {
    std::string path, setting;
};
NamedFolder folder_of(const Context& ctx, const std::string& plugin, const RawJson& settings) {
    const auto found = plugin_named(ctx, plugin);
    const auto value = parse_json(settings.text);
    if (!found || found->folder_setting.empty() || !value || !value->is_object()) return {};
    const auto at = value->find(found->folder_setting);
    if (at == value->end() || !at->is_string() || *at == "") return {};
    std::error_code ec;
    const auto path = std::filesystem::weakly_canonical(at->get<std::string>() + "/", ec);
    return {ec ? at->get<std::string>() : path.string(), found->folder_setting};
}

/// Two connectors on one folder would take each other's files.
Result<void> alone_in_folder(const Context& ctx, Tx& tx, const store::Connector& connector) {
    const NamedFolder mine = folder_of(ctx, connector.plugin, connector.settings);
    if (!connector.enabled || mine.path.empty()) return {};
    for (const store::Connector& each : store::connectors(tx))
        if (each.id != connector.id && each.enabled && folder_of(ctx, each.plugin, each.settings).path == mine.path)
            return fail_field("/settings/" + mine.setting, "folder_in_use");
    return {};
}

void tell(const Context& ctx, const ConnectorView& view) {
    ctx.store.hint({"connector", view.id.value, view.shop_id, view.version});
}

}  // namespace

Result<ConnectorView> add_connector(Context& ctx, const Actor& actor, const Guard& guard, const AddConnector& in) {
    AC_CHECK(domain::require(actor, Permission::manage_connectors));
    AC_CHECK(domain::require_shop(actor, in.shop_id));
    store::Connector connector{ctx.ids.make<ConnectorId>(), in.shop_id, in.plugin, in.title, true, {"{}"}, 1, guard.now};
    AC_TRY(connector.settings, settings_to_store(ctx, in.plugin, in.settings, {"{}"}));
    AC_TRY(ConnectorView view, ctx.store.change(guard, [&](Tx& tx) -> Result<ConnectorView> {
        if (!store::find_shop(tx, in.shop_id)) return fail(ErrorKind::not_found, "not_found");
        AC_CHECK(alone_in_folder(ctx, tx, connector));
        store::insert_connector(tx, connector);
        return view_of(ctx, connector, {});
    }));
    tell(ctx, view);
    return view;
}

Result<ConnectorView> change_connector(Context& ctx, const Actor& actor, const Guard& guard, const ChangeConnector& in) {
    AC_CHECK(domain::require(actor, Permission::manage_connectors));
    AC_TRY(const store::Connector before, ctx.store.read([&](Tx& tx) { return find(tx, actor, in.connector_id); }));
    AC_TRY(const RawJson settings, settings_to_store(ctx, before.plugin, in.settings, before.settings));
    AC_TRY(ConnectorView view, ctx.store.change(guard, [&](Tx& tx) -> Result<ConnectorView> {
        AC_TRY(store::Connector connector, find(tx, actor, in.connector_id));
        // The settings were made from `before`, so the row must still be that one, asked for or not.
        if (connector.version != guard.expected_version.value_or(before.version) || connector.version != before.version)
            return fail(Error{ErrorKind::stale, "stale", {}, {}, {{"version", std::to_string(connector.version)}}, {}});
        connector.title = in.title;
        connector.settings = settings;
        connector.enabled = in.enabled;
        AC_CHECK(alone_in_folder(ctx, tx, connector));
        store::change_connector(tx, connector);
        ++connector.version;
        return view_of(ctx, connector, count_of(tx, connector.id));
    }));
    tell(ctx, view);
    return view;
}

Result<ConnectorView> start_connector(Context& ctx, const Actor& actor, const Guard& guard, const OneConnector& in) {
    AC_CHECK(domain::require(actor, Permission::manage_connectors));
    AC_TRY(ConnectorView view, ctx.store.change(guard, [&](Tx& tx) -> Result<ConnectorView> {
        AC_TRY(store::Connector connector, find(tx, actor, in.connector_id));
        if (!connector.enabled) return fail(ErrorKind::refused, "connector_disabled");
        store::change_connector(tx, connector);  // its new version tells every program that runs it
        ++connector.version;
        return view_of(ctx, connector, count_of(tx, connector.id));
    }));
    tell(ctx, view);
    return view;
}

Result<ConnectorList> list_connectors(Context& ctx, const Actor& actor, const Nothing&) {
    AC_CHECK(domain::require(actor, Permission::read_cases));
    return ctx.store.read([&](Tx& tx) -> Result<ConnectorList> {
        auto counts = store::outbox_counts(tx);
        ConnectorList list;
        for (const store::Connector& connector : store::connectors(tx))
            if (actor.may_see(connector.shop_id)) list.items.push_back(view_of(ctx, connector, counts[connector.id]));
        return list;
    });
}

Result<CheckResult> check_connector(Context& ctx, const Actor& actor, const Guard&, const OneConnector& in) {
    AC_CHECK(domain::require(actor, Permission::manage_connectors));
    AC_TRY(const store::Connector connector, ctx.store.read([&](Tx& tx) { return find(tx, actor, in.connector_id); }));
    if (!connector.enabled) return CheckResult{false, "connector_disabled", {}};
    if (!ctx.plugins) return fail(ErrorKind::unavailable, "plugins_not_running");
    PluginReply reply = ctx.plugins(connector.id, "check/1", "{}", kCheckDeadline);
    return CheckResult{reply.ok, reply.ok || !reply.code.empty() ? reply.code : reply.error_class, std::move(reply.message)};
}

Result<PluginList> list_plugins(Context& ctx, const Actor& actor, const Nothing&) {
    AC_CHECK(domain::require(actor, Permission::manage_connectors));
    return PluginList{ctx.plugin_catalog ? ctx.plugin_catalog() : std::vector<PluginView>{}};
}

Result<std::vector<RunnableConnector>> runnable_connectors(Context& ctx) {
    AC_TRY(const auto connectors, ctx.store.read([](Tx& tx) -> Result<std::vector<store::Connector>> { return store::connectors(tx); }));
    std::vector<RunnableConnector> runnable;
    for (const store::Connector& each : connectors) {
        if (!each.enabled) continue;
        auto settings = opened_settings(each.settings, ctx.secret_key);
        if (settings) runnable.push_back({each.id, each.shop_id, each.plugin, std::move(*settings), each.version});
        else env::log_error("connector_settings_unreadable", {{"connector_id", each.id.value}, {"code", settings.error().code}});
    }
    return runnable;
}

}  // namespace aftercare::usecase
