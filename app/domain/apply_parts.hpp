#pragma once
#include <algorithm>

#include "domain/events.hpp"

/// The three parts of `apply`. Draft runs them apart, because clocks and tasks are decided on the state that a body leaves.
namespace aftercare::domain {

void fold_body(CaseState& state, const Event& event);                      ///< the event's own meaning
void fold_moves(CaseState& state, const Moves& moves, const Event& event);  ///< money legs, clocks, tasks; not the order
void fold_order(OrderState& order, const Moves& moves);                    ///< units, money ledgers, shipping
void finish_fold(CaseState& state, const Event& event);                    ///< versions and derived fields

/// Puts a row in, or over the one with its id; the list stays sorted by id.
template <class T>
void put_row(std::vector<T>& all, const T& row) {
    const auto at = std::lower_bound(all.begin(), all.end(), row, [](const T& a, const T& b) { return a.id < b.id; });
    if (at != all.end() && at->id == row.id) *at = row;
    else all.insert(at, row);
}

/// The row with this id, of a list that is sorted by it; null: none.
template <class T, class Id>
T* find_row(std::vector<T>& all, const Id& id) {
    const auto at = std::lower_bound(all.begin(), all.end(), id, [](const T& a, const Id& b) { return a.id < b; });
    return at != all.end() && at->id == id ? &*at : nullptr;
}

const Moves* moves_of(const EventBody& body);
Moves* moves_of(EventBody& body);
OperationId operation_of(const EventBody& body);

}  // namespace aftercare::domain
