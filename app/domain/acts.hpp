#pragma once
#include <aftercare/base/result.hpp>
#include <aftercare/codec/fields.hpp>
#include <aftercare/base/id.hpp>
#include <aftercare/model/words.hpp>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/decision.hpp"

namespace aftercare::domain {

/// One refusal's way out, as data for the screen.
struct WayOut {
    std::string code;
    std::vector<std::pair<std::string, std::string>> params;
    bool operator==(const WayOut&) const = default;
};
template <class Io>
void fields(Io& io, WayOut& w) {
    io("code", w.code);
    io("params", w.params, maybe);
}

/// One next act of a case for one actor: legal, or illegal with the reason and what would make it legal.
struct Act {
    static constexpr std::string_view kSchema = "Act";
    std::string command;  ///< the last part of its route: "approve", "submit_refund" …
    OperationId operation_id;
    std::optional<OperationKind> kind;  ///< of the operation
    bool legal = false;
    std::string code;  ///< refusal code when not legal
    std::vector<std::pair<std::string, std::string>> params;
    std::vector<WayOut> remedies;
    std::int64_t amount_minor = 0;  ///< money acts only
    bool operator==(const Act&) const = default;
};
template <class Io>
void fields(Io& io, Act& a) {
    io("command", a.command);
    io("operation_id", a.operation_id, maybe);
    io("kind", a.kind);
    io("legal", a.legal);
    io("code", a.code, maybe);
    io("params", a.params, maybe);
    io("remedies", a.remedies, maybe);
    io("amount_minor", a.amount_minor, maybe);
}

using PolicyOf = std::function<const Policy&(const OperationId&)>;
/// Every act of every operation and of the case, likeliest first (after-sales.md section 2). `policy_of` an operation is the version
/// that it keeps; facts.policy is the one in force, for what is new.
std::vector<Act> legal_acts(const CaseState& state, const Facts& facts, const PolicyOf& policy_of);

}  // namespace aftercare::domain
