#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/base/result.hpp>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/access.hpp"
#include "env/clock.hpp"
#include "env/ids.hpp"
#include "env/random.hpp"
#include "env/secret_box.hpp"
#include "store/store.hpp"

namespace aftercare::usecase {

using domain::Actor;
using domain::Permission;
using store::Guard;

/// Calls a plugin while somebody outside waits (architecture.md section 6, the one exception). Filled by main from connect.
struct PluginReply {
    bool ok = false;
    std::string reply_json, error_class, code, message;
};
using PluginGate = std::function<PluginReply(const ConnectorId&, std::string_view op, std::string_view request_json, Duration deadline)>;

/// What a plugin's process said.
struct PluginLine {
    Instant at;
    std::string level, message;
};
template <class Io>
void fields(Io& io, PluginLine& l) {
    io("at", l.at);
    io("level", l.level);
    io("message", l.message);
}

/// How a connector's host process does; lives in the memory of whoever runs it.
struct ConnectorHealth {
    std::string state;  ///< starting, ready, backoff, quarantined, stopped, absent
    std::int64_t restarts = 0, p95_ms = 0;
    std::string last_error;
    Instant last_call_at;
    std::vector<PluginLine> log{};  ///< of the process, which its plugin's connectors share; oldest first
};
struct PluginView;

/// What every use case stands on. Thread safe; lives as long as the program.
struct Context {
    store::Store& store;
    env::Clock& clock;
    env::IdSource& ids;
    env::Random& random;
    PluginGate plugins;
    /// Filled by main from connect; empty where nothing runs plugins. Nothing for a connector nobody has started.
    std::function<std::optional<ConnectorHealth>(const ConnectorId&)> connector_health{};
    std::function<std::vector<PluginView>()> plugin_catalog{};  ///< the plugins found on this machine
    env::SecretKey secret_key{};                                ///< seals what connectors' settings keep secret
    Duration session_length = hours(12);
    std::filesystem::path imports_folder{};  ///< where uploaded files and error files lie; empty: nothing can be uploaded
    std::filesystem::path photos_folder{};   ///< where photos lie; empty: none can be kept
    std::string setup_code{};   ///< opens the first run, while there are no people; empty: nothing does
    std::string demo_folder{};  ///< where the demo shop's warehouse, courier and marketplace have a folder each
};

/// Shape of a change: Result<Out> verb(Context&, const Actor&, const Guard&, const In&).
/// Shape of a query:  Result<Out> verb(Context&, const Actor&, const In&).
/// `OnCase<Command>`: a domain command aimed at one case; `case_id` comes from the path.
template <class Command>
struct OnCase {
    CaseId case_id;
    Command command;
};
template <class Io, class Command>
void fields(Io& io, OnCase<Command>& in) {
    io("case_id", in.case_id);
    fields(io, in.command);
}

/// A change with nothing to say but that it was done.
struct Done {
    static constexpr std::string_view kSchema = "Done";
    bool done = true;
};
template <class Io>
void fields(Io& io, Done& d) {
    io("done", d.done);
}

}  // namespace aftercare::usecase
