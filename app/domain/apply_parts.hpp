#pragma once
#include "domain/events.hpp"

/// The three parts of `apply`. Draft runs them apart, because clocks and tasks are decided on the state that a body leaves.
namespace aftercare::domain {

void fold_body(CaseState& state, const Event& event);                      ///< the event's own meaning
void fold_moves(CaseState& state, const Moves& moves, const Event& event);  ///< money legs, clocks, tasks; not the order
void fold_order(OrderState& order, const Moves& moves);                    ///< units, money ledgers, shipping
void finish_fold(CaseState& state, const Event& event);                    ///< versions and derived fields

const Moves* moves_of(const EventBody& body);
Moves* moves_of(EventBody& body);
OperationId operation_of(const EventBody& body);

}  // namespace aftercare::domain
