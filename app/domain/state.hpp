#pragma once
#include <aftercare/model/case.hpp>
#include <aftercare/model/ledger.hpp>
#include <aftercare/model/operation.hpp>
#include <aftercare/model/order.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/calendar.hpp"
#include "domain/policies.hpp"

namespace aftercare::domain {

/// An order as one case sees it: facts, and the ledgers that all its cases share.
struct OrderState {
    Order order;
    std::vector<OrderLine> lines;        // by position
    std::vector<Payment> payments;       // by position
    std::vector<UnitRun> units;          // by (order_line_id, first); complete for every line
    std::vector<MoneyLedger> money;      // one per payment
    bool shipping_refunded = false;      ///< original shipping promised or refunded by some case (I17)
    std::int64_t seq = 0;                ///< order_seq of the last event that moved its ledgers
    bool operator==(const OrderState&) const = default;
};

/// Everything one case owns, and its order. A case concerns at most one order (a second order opens a linked case).
/// Loaded and saved by store; changed only by apply (events.hpp).
struct CaseState {
    Case c;
    std::vector<Operation> operations;          // by requested_at, id
    std::vector<OperationLine> lines;           // all vectors: in the order they were made
    std::vector<InboundLeg> inbound;
    std::vector<InboundLine> inbound_lines;
    std::vector<InspectionRecord> inspections;
    std::vector<MoneyLeg> money;
    std::vector<MoneyAttempt> attempts;
    std::vector<OutboundLeg> outbound;
    std::vector<OutboundLine> outbound_lines;
    std::vector<Clock> clocks;
    std::vector<Task> tasks;
    OrderState order;                           // empty order.id: a case without an order
    bool operator==(const CaseState&) const = default;
};

/// The ledgers of an order before its first event (pure; architecture.md section 17): without lines and payments that events made.
OrderState opening(Order order, std::vector<OrderLine> lines, std::vector<Payment> payments);

/// The lines as they are once everything is with the customer; nullopt when there is nothing to deliver, or when units that were
/// still to come have moved or are held meanwhile: then nobody can say which of them arrived. `charges`: SKUs that are no goods.
std::optional<std::vector<OrderLine>> all_delivered(const OrderState& state, const std::set<std::string>& charges = {});

}  // namespace aftercare::domain
