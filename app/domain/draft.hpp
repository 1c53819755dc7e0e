#pragma once
#include <utility>

#include "domain/decision.hpp"
#include "domain/operations.hpp"

namespace aftercare::domain {

/// A decision under construction: every event is applied at once to a copy of the state, so that what follows in the same
/// decision (inspected → accepted → settled) looks at the state after it.
class Draft {
   public:
    Draft(const CaseState& state, CommandWord command, const Facts& facts)
        : Draft(state, acting_role(facts.actor, command), facts) {}
    Draft(const CaseState& state, Role role, const Facts& facts) : state_(state), facts_(&facts), role_(role) {}

    /// What the actor did. Clocks and tasks of the event's operation are tended here.
    void add(EventBody body) { add(std::move(body), facts_->actor.staff_id, role_); }
    /// What follows from it by rule.
    void add_system(EventBody body) { add(std::move(body), {}, Role::system); }
    void effect(Effect effect) { decision_.effects.push_back(std::move(effect)); }

    [[nodiscard]] const CaseState& state() const { return state_; }
    [[nodiscard]] const Facts& facts() const { return *facts_; }
    [[nodiscard]] const Operation& operation(const OperationId& id) const { return *find_operation(state_, id); }
    Decision take() { return std::move(decision_); }

   private:
    void add(EventBody body, const StaffId& actor, Role role);

    CaseState state_;
    const Facts* facts_;
    Role role_;
    Decision decision_;
};

/// A new leg of this kind, payable now: a difference that the customer owes, or compensation out of the shop's own budget.
void owe(Moves& moves, const CaseState& state, MoneyKind kind, std::int64_t amount, const Facts& facts);
/// The units of `lines` that each operation line holds in `from` become `to`, still held by it (or free when `release`).
void move_held(Moves& moves, const OrderState& order, const OperationLine& line, Bucket from, std::int64_t qty, Bucket to,
               bool release);
/// Money of an operation after the goods that it is owed for changed: `authorise` becomes payable, and what is promised beyond
/// it shrinks to `planned_after`. False when the order's free money does not suffice (then `moves` is unusable).
bool shift_money(Moves& moves, const CaseState& state, const Operation& operation, std::int64_t authorise,
                 std::int64_t planned_after, const Facts& facts);
/// The promise shrinks to what is owed once the units in `moves` have moved.
void promise_less(Moves& moves, const CaseState& state, const Operation& operation, const Facts& facts);
/// Follows up: takes back an advance that is not owed, and settles the operation when nothing is open.
void finish(Draft& draft, const OperationId& id);

}  // namespace aftercare::domain
