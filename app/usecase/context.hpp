#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/base/result.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "domain/access.hpp"
#include "env/clock.hpp"
#include "env/ids.hpp"
#include "env/random.hpp"
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

/// What every use case stands on. Thread safe; lives as long as the program.
struct Context {
    store::Store& store;
    env::Clock& clock;
    env::IdSource& ids;
    env::Random& random;
    PluginGate plugins;
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
