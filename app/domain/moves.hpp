#pragma once
#include <aftercare/codec/fields.hpp>
#include <aftercare/model/case.hpp>
#include <aftercare/model/ledger.hpp>
#include <aftercare/model/operation.hpp>
#include <aftercare/model/order.hpp>
#include <optional>
#include <vector>

/// What every event may do besides its own meaning.
namespace aftercare::domain {

/// A money leg as it is after the event, and what it was before (so that an order's money can be folded without its cases).
/// A new leg was `voided` with 0.
struct MoneyStep {
    MoneyLegId id;
    PaymentId payment_id;
    MoneyState was = MoneyState::voided, state = MoneyState::voided;
    std::int64_t was_minor = 0, amount_minor = 0;
    MoneyKind kind = MoneyKind::refund;  ///< only refunds are in the order's money ledger
    bool operator==(const MoneyStep&) const = default;
};
template <class Io>
void fields(Io& io, MoneyStep& s) {
    io("id", s.id);
    io("payment_id", s.payment_id);
    io("was", s.was);
    io("was_minor", s.was_minor);
    io("state", s.state);
    io("amount_minor", s.amount_minor);
    io("kind", s.kind, maybe);
}

/// What every event may do besides its own meaning: units, clocks and tasks as they are after it, and money steps.
struct Moves {
    std::vector<OrderLine> lines;   ///< lines that an exchange or reissue made, before their units
    std::vector<Payment> payments;  ///< differences collected
    std::vector<UnitRun> units;
    std::vector<MoneyStep> money;
    std::optional<bool> shipping_refunded;  ///< the order's original shipping becomes promised, or free again
    std::vector<Clock> clocks;
    std::vector<Task> tasks;
    [[nodiscard]] bool empty() const {
        return lines.empty() && payments.empty() && units.empty() && money.empty() && !shipping_refunded && clocks.empty() && tasks.empty();
    }
    [[nodiscard]] bool moves_order() const {
        return !lines.empty() || !payments.empty() || !units.empty() || !money.empty() || shipping_refunded.has_value();
    }
};
template <class Io>
void fields(Io& io, Moves& m) {
    io("lines", m.lines, maybe);
    io("payments", m.payments, maybe);
    io("units", m.units, maybe);
    io("money", m.money, maybe);
    io("shipping_refunded", m.shipping_refunded);
    io("clocks", m.clocks, maybe);
    io("tasks", m.tasks, maybe);
}

/// So many units of one operation line.
struct LineCount {
    OperationLineId operation_line_id;
    std::int64_t qty = 0;
};
template <class Io>
void fields(Io& io, LineCount& l) {
    io("operation_line_id", l.operation_line_id);
    io("qty", l.qty);
}

}  // namespace aftercare::domain
