#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "domain/decision.hpp"

/// Typed requests to plugins, built from a case as it is now. Pure.
namespace aftercare::usecase {

/// A request, or why there is nothing to ask any more ("already_answered", "nothing_left").
struct PluginRequest {
    std::string_view op;
    std::string json, idempotency_key;
    bool writes = true;
    std::string skip;
};
/// What the request depends on beside the case. `key`: of what is not money, stable over retries. `shop`: its code.
struct Setting {
    std::string shop, key;
    bool asks_first = false;   ///< of a refund: ask what became of it
    bool at_platform = false;  ///< the case came from a marketplace connector, whose money it moves itself
};
PluginRequest build_request(const domain::CaseState&, const domain::Effect&, const Setting&);

}  // namespace aftercare::usecase
