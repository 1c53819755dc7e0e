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
/// `asks_first`: of a refund, ask what became of it. `shop`: its code. `key`: of warehouse operations, stable over retries.
PluginRequest build_request(const domain::CaseState&, const domain::Effect&, const std::string& shop, const std::string& key,
                            bool asks_first);
/// The operation a plugin needs for this effect.
std::string_view op_of(const domain::Effect&, bool asks_first);

}  // namespace aftercare::usecase
