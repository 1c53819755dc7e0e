#pragma once
#include "domain/state.hpp"

/// What lists show: derived from decisions and legs, stored, never written by hand (I9). Pure.
namespace aftercare::domain {

Header header_of(const CaseState& state, const Operation& operation);
CaseStatus status_of(const CaseState& state);
/// Sets every operation's header and the case's status, header, amount and due_at.
void derive(CaseState& state);

}  // namespace aftercare::domain
