#pragma once
#include <string>
#include <vector>

#include "domain/events.hpp"
#include "store/check.hpp"
#include "store/store.hpp"

namespace aftercare::store {

/// The cases of one order (or one case without an order), twice: as stored, and derived from their events.
struct Replay {
    std::vector<domain::CaseState> stored, derived;  // same order; each with the order's final ledgers
    std::int64_t events = 0;
    std::vector<Difference> broken;  ///< gaps, broken chains, payloads that cannot be read; `derived` is then not to be trusted
};

/// Merges the streams by order_seq: a case's events between two that move the order are applied just before the second.
Result<Replay> replay_order(Tx& tx, const OrderId& order_id);
/// Writes the order's ledgers and cases anew as their events derive them. False, with everything as it was, when they do not.
bool derive_again(Tx& tx, const OrderId& order_id);
Result<Replay> replay_case(Tx& tx, const CaseId& case_id);
/// The events of a case, in order; those that cannot be read are left out (`check` tells of them).
std::vector<domain::Event> events_of(Tx& tx, const CaseId& case_id);

}  // namespace aftercare::store
