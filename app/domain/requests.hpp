#pragma once
#include "domain/commands.hpp"
#include "domain/decision.hpp"
#include "domain/kinds.hpp"

/// What a request comes to once its guards have passed. Shared by requests and their simulation.
namespace aftercare::domain {

/// Holds the units and writes the operation down, with its quote and the end of its window. The guards of the request came first.
Result<OperationRequested> make_request(const CaseState&, const RequestOperation&, const KindRule&, Fault, const Facts&);
/// Row 2: the policy approves the request at once. `refused` "auto_approval_not_for_kind", "auto_approval_not_overridden", "auto_approval_off",
/// "over_auto_limit" {amount, limit} or "not_enough_captured".
Result<void> check_automatic(const CaseState&, const Operation&, const Facts&);

}  // namespace aftercare::domain
