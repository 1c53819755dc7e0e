#include "domain/draft.hpp"

#include <algorithm>

#include "domain/apply_parts.hpp"
#include "domain/asked.hpp"
#include "domain/clocks.hpp"
#include "domain/ladder.hpp"
#include "domain/ledgers.hpp"
#include "domain/matters.hpp"
#include "domain/platform.hpp"
#include "domain/quotes.hpp"
#include "domain/replies.hpp"
#include "domain/work.hpp"

namespace aftercare::domain {

void Draft::add(EventBody body, const StaffId& actor, Role role) {
    Event event{facts_->now, actor, role, std::move(body)};
    const auto could_leave = parcels_to_send(state_);
    fold_body(state_, event);
    if (Moves* moves = moves_of(event.body)) {
        fold_moves(state_, *moves, event);
        fold_order(state_.order, *moves);
        Moves tended;
        if (const auto id = operation_of(event.body); !id.empty()) tend(tended, state_, id, event.body, *facts_);
        if (const auto* e = std::get_if<OperationSuperseded>(&event.body)) tend(tended, state_, e->by.id, event.body, *facts_);
        if (std::holds_alternative<TaskFinished>(event.body)) tend(tended, state_, moves->tasks.front().operation_id, event.body, *facts_);
        tend_platform(tended, state_, *facts_);
        tend_matter(tended, state_, *facts_);
        tend_next_reply(tended, state_, event.body, *facts_);
        tend_asks(tended, state_, event.body, *facts_);
        finish_ladder(tended, state_, {}, *facts_);
        fold_moves(state_, tended, event);
        moves->clocks.insert(moves->clocks.end(), tended.clocks.begin(), tended.clocks.end());
        moves->tasks.insert(moves->tasks.end(), tended.tasks.begin(), tended.tasks.end());
    }
    finish_fold(state_, event);
    for (const auto& leg : parcels_to_send(state_))
        if (std::find(could_leave.begin(), could_leave.end(), leg) == could_leave.end()) effect(ShipReplacement{leg.first, leg.second});
    for (const auto& leg : state_.outbound)
        if (const std::pair sent(leg.operation_id, leg.id); leg.state == OutboundState::voided && std::find(could_leave.begin(), could_leave.end(), sent) != could_leave.end())
            effect(CancelShipment{leg.operation_id, leg.id});
    decision_.events.push_back(std::move(event));
}

void move_held(Moves& moves, const OrderState& order, const OperationLine& line, Bucket from, std::int64_t qty, Bucket to,
               bool release) {
    const auto picked = pick_units(order, line.order_line_id, from, line.id, qty);
    for (auto& run : moved(picked, to, release ? OperationLineId{} : line.id)) moves.units.push_back(std::move(run));
}

namespace {

/// What one payment has of the operation: its planned leg, if any, and what is free.
struct Purse {
    const MoneyLedger* ledger;
    const MoneyLeg* planned = nullptr;
    std::int64_t take = 0;   ///< becomes authorised
    std::int64_t after = 0;  ///< stays planned
    std::int64_t extra = 0;  ///< authorised out of free money
};

std::vector<Purse> purses_of(const CaseState& state, const OperationId& id) {
    std::vector<Purse> purses;
    for (const auto& payment : state.order.payments) {
        const auto ledger = std::find_if(state.order.money.begin(), state.order.money.end(),
                                         [&](const MoneyLedger& l) { return l.payment_id == payment.id; });
        if (ledger == state.order.money.end()) continue;
        Purse purse{&*ledger};
        for (const auto& leg : state.money)
            if (leg.operation_id == id && leg.payment_id == payment.id && leg.state == MoneyState::planned) purse.planned = &leg;
        purses.push_back(purse);
    }
    return purses;
}

MoneyStep new_leg(const Purse& purse, MoneyState state, std::int64_t amount, const Facts& facts) {
    return {MoneyLegId(facts.next_id()), purse.ledger->payment_id, MoneyState::voided, state, 0, amount};
}

void put_steps(Moves& moves, const Purse& purse, const Facts& facts) {
    const std::int64_t authorised = purse.take + purse.extra;
    if (purse.planned && (purse.after != purse.planned->amount_minor)) {
        MoneyStep step{purse.planned->id, purse.ledger->payment_id, MoneyState::planned, MoneyState::planned,
                       purse.planned->amount_minor, purse.after};
        if (purse.after == 0) {  // the promise itself becomes payable, or is void
            step.state = authorised > 0 ? MoneyState::authorised : MoneyState::voided;
            step.amount_minor = authorised;
            moves.money.push_back(step);
            return;
        }
        moves.money.push_back(step);
    }
    if (authorised > 0) moves.money.push_back(new_leg(purse, MoneyState::authorised, authorised, facts));
    if (!purse.planned && purse.after > 0) moves.money.push_back(new_leg(purse, MoneyState::planned, purse.after, facts));
}

}  // namespace

void owe(Moves& moves, const CaseState& state, MoneyKind kind, std::int64_t amount, const Facts& facts) {
    const bool collects = kind == MoneyKind::collect || state.order.payments.empty();
    const PaymentId payment = collects ? PaymentId(facts.next_id()) : state.order.payments.front().id;  // a collected one is born when paid
    moves.money.push_back({MoneyLegId(facts.next_id()), payment, MoneyState::voided, MoneyState::authorised, 0, amount, kind});
}

bool shift_money(Moves& moves, const CaseState& state, const Operation& operation, std::int64_t authorise,
                 std::int64_t planned_after, const Facts& facts) {
    auto purses = purses_of(state, operation.id);
    std::vector<std::int64_t> planned, free, shares;
    for (const auto& purse : purses) {
        planned.push_back(purse.planned ? purse.planned->amount_minor : 0);
        free.push_back(purse.ledger->free_minor());
    }
    std::int64_t promised = 0;
    for (const auto amount : planned) promised += amount;

    const std::int64_t from_planned = std::clamp<std::int64_t>(promised - planned_after, 0, authorise);
    split_by_position(from_planned, planned, shares);
    for (std::size_t i = 0; i < purses.size(); ++i) {
        purses[i].take = shares[i];
        purses[i].after = planned[i] - shares[i];
    }
    std::int64_t too_much = promised - from_planned - planned_after;  // below 0: more must be promised
    for (auto purse = purses.rbegin(); purse != purses.rend() && too_much > 0; ++purse) {
        const std::int64_t cut = std::min(too_much, purse->after);
        purse->after -= cut;
        too_much -= cut;
    }
    for (std::size_t i = 0; i < purses.size(); ++i) free[i] += planned[i] - purses[i].take - purses[i].after;
    if (too_much < 0) {
        if (!split_by_position(-too_much, free, shares)) return false;
        for (std::size_t i = 0; i < purses.size(); ++i) {
            purses[i].after += shares[i];
            free[i] -= shares[i];
        }
    }
    if (!split_by_position(authorise - from_planned, free, shares)) return false;
    for (std::size_t i = 0; i < purses.size(); ++i) purses[i].extra = shares[i];
    for (const auto& purse : purses) put_steps(moves, purse, facts);
    return true;
}

void promise_less(Moves& moves, const CaseState& state, const Operation& operation, const Facts& facts) {
    const auto owed = ceiling(state, operation, facts.policy.terms, moves.units) - operation.advanced_minor;
    std::int64_t promised = 0;
    for (const auto& leg : state.money)
        if (leg.operation_id == operation.id && leg.state == MoneyState::planned) promised += leg.amount_minor;
    (void)shift_money(moves, state, operation, 0, std::clamp<std::int64_t>(owed, 0, promised), facts);  // needs no free money
}

namespace {

/// Legs of an advance that nobody submitted (or that failed) are void as far as the advance is not owed.
void withdraw_advance(Draft& draft, const OperationId& id) {
    AdvanceWithdrawn event{id, 0, {}};
    std::int64_t excess = draft.operation(id).advanced_minor;
    const auto& legs = draft.state().money;
    for (auto leg = legs.rbegin(); leg != legs.rend() && excess > 0; ++leg) {
        if (leg->operation_id != id || leg->kind != MoneyKind::refund || (leg->state != MoneyState::authorised && leg->state != MoneyState::failed)) continue;
        const std::int64_t cut = std::min(excess, leg->amount_minor), rest = leg->amount_minor - cut;
        const bool tried = leg->state == MoneyState::failed;  // an attempt names its amount: that leg is never resized
        MoneyStep step{leg->id, leg->payment_id, leg->state, leg->state, leg->amount_minor, rest, leg->kind};
        if (rest == 0 || tried) {
            step.state = MoneyState::voided;
            step.amount_minor = leg->amount_minor;
        }
        event.moves.money.push_back(step);
        if (tried && rest > 0)
            event.moves.money.push_back({MoneyLegId(draft.facts().next_id()), leg->payment_id, MoneyState::voided,
                                         MoneyState::authorised, 0, rest});
        excess -= cut;
        event.amount_minor += cut;
    }
    if (event.amount_minor > 0) draft.add_system(std::move(event));
}

}  // namespace

void finish(Draft& draft, const OperationId& id) {
    if (!in(table::kUnderWay, draft.operation(id).decision) || counts(draft.state(), id).open > 0) return;
    withdraw_advance(draft, id);
    if (outbound_open(draft.state(), id) || unpaid_difference(draft.state(), id)) return;
    if (any_leg(draft.state(), id, {MoneyState::planned, MoneyState::authorised, MoneyState::submitted, MoneyState::failed,
                                    MoneyState::unknown}))
        return;
    OperationSettled event{id, {}};
    const auto& operation = draft.operation(id);
    if (operation.advanced_minor > 0)  // paid before inspection, and more than is owed
        open_task(event.moves, draft.state(), id, Department::finance, "collect_overpaid", draft.facts());
    if (operation.quote.shipping_minor > 0 && operation.settled.shipping_minor == 0) event.moves.shipping_refunded = false;
    draft.add_system(std::move(event));
}

}  // namespace aftercare::domain
