#include "domain/apply_parts.hpp"
#include "domain/headers.hpp"
#include "domain/ledgers.hpp"
#include "domain/operations.hpp"

/// What an event moves, whichever it is: money legs, clocks and tasks of the case, units and money of the order.
namespace aftercare::domain {

const Moves* moves_of(const EventBody& body) {
    return std::visit(
        [](const auto& e) -> const Moves* {
            if constexpr (requires { e.moves; }) return &e.moves;
            else return nullptr;
        },
        body);
}
Moves* moves_of(EventBody& body) { return const_cast<Moves*>(moves_of(std::as_const(body))); }

void fold_moves(CaseState& state, const Moves& moves, const Event& event) {
    const Operation* o = find_operation(state, operation_of(event));
    for (const auto& step : moves.money) {
        if (MoneyLeg* leg = find_row(state.money, step.id)) {
            leg->state = step.state;
            leg->amount_minor = step.amount_minor;
            leg->changed_at = event.at;
        } else if (o) {
            put_row(state.money, MoneyLeg{step.id, o->id, step.payment_id, step.kind, step.state, step.amount_minor,
                                      o->currency, event.at});
        }
    }
    for (const auto& clock : moves.clocks) put_row(state.clocks, clock);
    for (const auto& task : moves.tasks) put_row(state.tasks, task);
}

void fold_order(OrderState& order, const Moves& moves) {
    for (const auto& line : moves.lines) order.lines.push_back(line);
    for (const auto& payment : moves.payments) {
        order.payments.push_back(payment);
        order.money.push_back({payment.id, payment.captured_minor, 0, 0, 0});
    }
    for (const auto& run : moves.units) put_units(order.units, run);
    for (const auto& step : moves.money) step_money(order.money, step);
    if (moves.shipping_refunded) order.shipping_refunded = *moves.shipping_refunded;
    if (moves.moves_order()) ++order.seq;
}

void finish_fold(CaseState& state, const Event& event) {
    ++state.c.version;
    state.c.changed_at = event.at;
    derive(state);
}

void apply(CaseState& state, const Event& event) {
    fold_body(state, event);
    if (const Moves* moves = moves_of(event.body)) {
        fold_moves(state, *moves, event);
        fold_order(state.order, *moves);
    }
    finish_fold(state, event);
}

void apply_order(OrderState& order, const Event& event) {
    if (const Moves* moves = moves_of(event.body)) fold_order(order, *moves);
}

bool moves_order(const Event& event) {
    const Moves* moves = moves_of(event.body);
    return moves && moves->moves_order();
}

std::string_view type_of(const Event& event) {
    return std::visit([](const auto& e) { return std::decay_t<decltype(e)>::kType; }, event.body);
}

OperationId operation_of(const Event& event) { return operation_of(event.body); }

}  // namespace aftercare::domain
