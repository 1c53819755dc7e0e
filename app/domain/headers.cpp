#include "domain/headers.hpp"

#include <algorithm>
#include <optional>

#include "domain/ladder.hpp"
#include "domain/matters.hpp"
#include "domain/operations.hpp"

namespace aftercare::domain {
namespace {

/// Goods for the customer: to be packed, or gone.
std::optional<Header> header_of_parcel(const CaseState& state, const OperationId& id) {
    for (const auto& leg : state.outbound) {
        if (leg.operation_id != id || leg.purpose == OutboundPurpose::send_back) continue;
        if (leg.state == OutboundState::dispatched) return Header::dispatched;
        if (leg.state == OutboundState::planned) return Header::to_dispatch;
    }
    return {};
}

Header header_of_goods(const CaseState& state, const Operation& operation, const Counts& c) {
    if (sends_first(operation)) {  // what goes out comes first
        if (unpaid_difference(state, operation.id)) return Header::waiting_payment;
        if (const auto header = header_of_parcel(state, operation.id)) return *header;
    }
    if (c.uninspected > 0) return Header::arrived;
    if (c.pending > 0) return Header::inspected;
    if (c.in_transit > 0) return Header::in_transit;
    return Header::awaiting_goods;
}

Header header_of_repair(const CaseState& state, const Operation& operation) {
    switch (operation.repair) {
        case RepairStage::none:
        case RepairStage::diagnosing: return Header::diagnosing;
        case RepairStage::quoted: return Header::quoted;
        case RepairStage::repairing: return Header::repairing;
        case RepairStage::waiting_parts: return Header::waiting_parts;
        case RepairStage::testing: return Header::testing;
        case RepairStage::done:
        case RepairStage::unrepaired: break;
    }
    if (unpaid_difference(state, operation.id)) return Header::waiting_payment;
    return header_of_parcel(state, operation.id).value_or(Header::settling);
}

Header header_of_settling(const CaseState& state, const Operation& operation, const Counts& c) {
    if (any_leg(state, operation.id, {MoneyState::unknown})) return Header::refund_unknown;
    if (any_leg(state, operation.id, {MoneyState::failed})) return Header::refund_failed;
    if (operation.kind == OperationKind::repair && c.awaiting > 0) return header_of_repair(state, operation);
    if (c.open - c.awaiting > 0) return Header::part_returned;
    if (unpaid_difference(state, operation.id)) return Header::waiting_payment;
    if (c.awaiting > 0 || sends_first(operation)) {
        if (const auto header = header_of_parcel(state, operation.id)) return *header;
    }
    if (outbound_open(state, operation.id)) return Header::sending_back;
    return Header::settling;
}

bool on_bench(const Operation& o) { return o.repair != RepairStage::done && o.repair != RepairStage::unrepaired; }

CaseStatus turn_of_repair(const Operation& o) {
    if (o.repair == RepairStage::waiting_parts) return CaseStatus::waiting_partner;
    return o.repair == RepairStage::quoted && o.asked_minor > 0 ? CaseStatus::waiting_customer : CaseStatus::open;
}

/// Who must move next: open (we), waiting_partner, waiting_customer, or resolved.
CaseStatus turn_of(const CaseState& state, const Operation& operation) {
    const Counts c = counts(state, operation.id);
    switch (operation.decision) {
        case DecisionState::requested:
        case DecisionState::disputed: return CaseStatus::open;
        case DecisionState::verifying: return CaseStatus::waiting_partner;
        case DecisionState::need_info:
        case DecisionState::rejected: return CaseStatus::waiting_customer;
        case DecisionState::approved:
        case DecisionState::settling:
            if (any_leg(state, operation.id, {MoneyState::authorised, MoneyState::failed}) || c.pending > 0) return CaseStatus::open;
            if (operation.kind == OperationKind::repair && c.awaiting > 0 && on_bench(operation)) return turn_of_repair(operation);
            if (unpaid_difference(state, operation.id)) return CaseStatus::waiting_customer;
            if (c.in_transit + c.uninspected > 0 || outbound_open(state, operation.id) ||
                any_leg(state, operation.id, {MoneyState::submitted, MoneyState::unknown}))
                return CaseStatus::waiting_partner;
            return CaseStatus::waiting_customer;
        default: return CaseStatus::resolved;
    }
}

bool is_void(const Operation& operation) {
    return operation.decision == DecisionState::rejected || operation.decision == DecisionState::cancelled ||
           operation.decision == DecisionState::expired || operation.decision == DecisionState::superseded ||
           (operation.decision == DecisionState::closed && !operation.reject_code.empty());
}

}  // namespace

Header header_of(const CaseState& state, const Operation& operation) {
    switch (operation.decision) {
        case DecisionState::requested: return Header::requested;
        case DecisionState::need_info: return Header::need_info;
        case DecisionState::verifying: return Header::verifying;
        case DecisionState::approved: return header_of_goods(state, operation, counts(state, operation.id));
        case DecisionState::rejected: return Header::rejected;
        case DecisionState::disputed: return Header::disputed;
        case DecisionState::settling: return header_of_settling(state, operation, counts(state, operation.id));
        case DecisionState::settled: return Header::settled;
        case DecisionState::closed: return Header::closed;
        case DecisionState::cancelled: return Header::cancelled;
        case DecisionState::expired: return Header::expired;
        case DecisionState::superseded: return Header::superseded;
    }
    return Header::none;
}

CaseStatus status_of(const CaseState& state) {
    if (state.c.platform.undecided()) return CaseStatus::open;  // it wants to hear us, even of a closed case
    if (state.c.closed_at.ms != 0) return CaseStatus::closed;
    const auto matter = turn_of_matter(state);
    if (state.operations.empty()) return matter.value_or(CaseStatus::open);
    if (matter == CaseStatus::open) return *matter;
    bool partner = matter == CaseStatus::waiting_partner, customer = matter == CaseStatus::waiting_customer;
    for (const auto& operation : state.operations) {
        const auto turn = turn_of(state, operation);
        if (turn == CaseStatus::open) return turn;
        partner = partner || turn == CaseStatus::waiting_partner;
        customer = customer || turn == CaseStatus::waiting_customer;
    }
    return partner ? CaseStatus::waiting_partner : customer ? CaseStatus::waiting_customer : CaseStatus::resolved;
}

void derive(CaseState& state) {
    state.c.amount_minor = 0;
    for (auto& operation : state.operations) {
        operation.header = header_of(state, operation);
        if (!is_void(operation)) state.c.amount_minor += operation.sub_kind == SubKind::goodwill ? operation.asked_minor : operation.quote.net_minor;
    }
    if (!state.operations.empty()) state.c.header = state.operations.back().header;
    state.c.status = status_of(state);
    Instant due;  // of what runs, or has run out and is still owed
    for (const auto& clock : state.clocks)
        if ((clock.state == ClockState::running || is_owed(clock)) && clock.due_at.ms != 0 && (due.ms == 0 || clock.due_at < due)) due = clock.due_at;
    state.c.due_at = due;
}

}  // namespace aftercare::domain
