#include <algorithm>

#include "domain/apply_parts.hpp"
#include "domain/headers.hpp"
#include "domain/ledgers.hpp"
#include "domain/matters.hpp"
#include "domain/operations.hpp"
#include "domain/quotes.hpp"

namespace aftercare::domain {
namespace {

/// Operations are few and sorted by request, not by id.
Operation& operation(CaseState& state, const OperationId& id) {
    static thread_local Operation nowhere;  // an event of an unknown operation: `check` reports the difference
    const auto at = std::find_if(state.operations.begin(), state.operations.end(), [&](const Operation& o) { return o.id == id; });
    return at == state.operations.end() ? (nowhere = {}) : *at;
}
OperationLine& line(CaseState& state, const OperationLineId& id) {
    static thread_local OperationLine nowhere;
    OperationLine* at = find_row(state.lines, id);
    return at ? *at : (nowhere = {});
}

void put_operation(CaseState& state, const Operation& made) {
    const auto key = [](const Operation& o) { return std::pair(o.requested_at, o.id); };
    const auto at = std::lower_bound(state.operations.begin(), state.operations.end(), made,
                                     [&](const Operation& a, const Operation& b) { return key(a) < key(b); });
    state.operations.insert(at, made);
}

void put_inbound_line(CaseState& state, const InboundLine& made) {
    const auto key = [](const InboundLine& l) { return std::pair(l.inbound_leg_id, l.operation_line_id); };
    const auto at = std::lower_bound(state.inbound_lines.begin(), state.inbound_lines.end(), made,
                                     [&](const InboundLine& a, const InboundLine& b) { return key(a) < key(b); });
    state.inbound_lines.insert(at, made);
}

using UnitCount = std::int64_t OperationLine::*;
/// So many units of each line are counted elsewhere now.
void recount(CaseState& state, const std::vector<LineCount>& lines, UnitCount from, UnitCount to) {
    for (const auto& each : lines) {
        auto& l = line(state, each.operation_line_id);
        l.*from -= each.qty;
        l.*to += each.qty;
    }
}

/// A dispute ends when nothing is left to argue about.
void end_dispute(CaseState& state, Operation& o) {
    const Counts c = counts(state, o.id);
    if (c.disputed > 0 || c.unresolved > 0 || c.lost_back > 0) return;
    if (o.stock == StockState::out_of_stock) {  // what is left of it
        o.dispute = Dispute::out_of_stock;
        return;
    }
    if (o.dispute == Dispute::not_returned && c.to_ship > 0) return;
    if (o.decision == DecisionState::disputed)
        o.decision = c.settled + c.sent_back > 0 ? DecisionState::settling : DecisionState::approved;
    o.dispute = Dispute::none;
}

void begin_dispute(Operation& o, Dispute about) {
    o.decision = DecisionState::disputed;
    if (o.dispute == Dispute::none) o.dispute = about;
}

void put_outbound_line(CaseState& state, const OutboundLine& made) {
    const auto key = [](const OutboundLine& l) { return std::pair(l.outbound_leg_id, l.operation_line_id); };
    const auto at = std::lower_bound(state.outbound_lines.begin(), state.outbound_lines.end(), made,
                                     [&](const OutboundLine& a, const OutboundLine& b) { return key(a) < key(b); });
    state.outbound_lines.insert(at, made);
}

/// Parcels, and what was seen in them, become those of the operation that took the lines over. What comes beside the goods follows its line,
/// and stays where the line stays.
void hand_over(CaseState& state, const OperationId& from, const OperationId& to) {
    const auto stays = [&](const InboundLeg& leg) { return is_aside(leg) && !find_line(state, to, leg.order_line_id); };
    for (auto& each : state.inspections) {
        const InboundLeg* leg = find_row(state.inbound, each.inbound_leg_id);
        if (each.operation_id == from && !(leg && stays(*leg))) each.operation_id = to;
    }
    for (auto& leg : state.inbound)
        if (leg.operation_id == from && !stays(leg)) leg.operation_id = to;
}

struct Fold {
    CaseState& state;
    const Event& event;

    void operator()(const CaseOpened& e) const {
        state.c = e.c;
        state.c.opened_at = event.at;
    }
    void operator()(const OperationRequested& e) const {
        put_operation(state, e.operation);
        for (const auto& made : e.lines) put_row(state.lines, made);
        state.c.closed_at = {};  // a closed case opens again
        matter_reopened(state.c);
        state.c.currency = e.operation.currency;
    }
    void operator()(const OperationApproved& e) const {
        auto& o = operation(state, e.operation_id);
        o.decision = DecisionState::approved;
        o.quote = e.quote;
        o.approver_id = e.approver_id;
        o.decided_at = event.at;
        o.ship_by_at = e.ship_by_at;
        o.instant_refund = e.instant_refund;
    }
    void operator()(const InfoAsked& e) const { operation(state, e.operation_id).decision = DecisionState::need_info; }
    void operator()(const InfoGiven& e) const { operation(state, e.operation_id).decision = DecisionState::requested; }
    void operator()(const OperationRejected& e) const {
        auto& o = operation(state, e.operation_id);
        o.decision = DecisionState::rejected;
        o.reject_code = word(e.code);
        o.decided_at = event.at;
    }
    void operator()(const OperationAppealed& e) const {
        auto& o = operation(state, e.operation_id);
        o.decision = DecisionState::requested;
        o.reject_code.clear();
        o.decided_at = {};
        ++o.appeals;
        ++o.escalation;
    }
    void operator()(const UnitsReleased& e) const {
        for (const auto& each : e.lines) line(state, each.operation_line_id).released += each.qty;
        if (e.quote) operation(state, e.operation_id).quote = *e.quote;
    }
    void operator()(const ParcelShipped& e) const {
        put_row(state.inbound, e.leg);
        for (const auto& each : e.lines) {
            put_inbound_line(state, each);
            line(state, each.operation_line_id).shipped += each.qty;
        }
        operation(state, e.leg.operation_id).advanced_minor += e.advanced_minor;
    }
    void operator()(const ParcelArrived& e) const {
        InboundLeg* leg = find_row(state.inbound, e.inbound_leg_id);
        if (!leg) return;
        const bool was_lost = leg->state == InboundState::lost;
        const bool first = was_lost || leg->state == InboundState::in_transit || leg->state == InboundState::overdue;
        leg->state = InboundState::arrived;
        leg->arrived_at = event.at;
        if (!e.receipt.empty()) leg->receipts += e.receipt + "\n";
        for (auto& row : state.inbound_lines) {
            if (row.inbound_leg_id != leg->id) continue;
            auto& l = line(state, row.operation_line_id);
            if (was_lost) l.lost -= row.qty;
            if (first) l.missing += row.qty;
            for (const auto& each : e.counted) {
                if (each.operation_line_id != row.operation_line_id) continue;
                row.arrived += each.qty;
                l.arrived += each.qty;
                l.missing -= each.qty;
            }
        }
        auto& o = operation(state, e.operation_id);
        if (o.dispute != Dispute::none) end_dispute(state, o);  // what was lost or missing came after all
    }
    void operator()(const ParcelLost& e) const {
        InboundLeg* leg = find_row(state.inbound, e.inbound_leg_id);
        if (!leg) return;
        leg->state = InboundState::lost;
        for (const auto& row : state.inbound_lines)
            if (row.inbound_leg_id == leg->id) line(state, row.operation_line_id).lost += row.qty;
        begin_dispute(operation(state, e.operation_id), Dispute::lost);
    }
    void operator()(const GoodsInspected& e) const {
        put_row(state.inspections, e.record);
        auto& l = line(state, e.record.operation_line_id);
        l.inspected += e.record.qty;
        if (is_mismatch(operation(state, e.record.operation_id).kind, e.record.grade)) l.disputed += e.record.qty;
        if (counts(state, e.record.operation_id).uninspected > 0) return;
        for (auto& leg : state.inbound)
            if (leg.operation_id == e.record.operation_id && !is_aside(leg) && leg.state == InboundState::arrived) leg.state = InboundState::inspected;
    }
    void operator()(const MismatchFound& e) const {
        auto& o = operation(state, e.operation_id);
        o.decision = DecisionState::disputed;
        o.dispute = Dispute::mismatch;
    }
    void operator()(const BatchSettled& e) const {
        auto& o = operation(state, e.operation_id);
        for (const auto& each : e.lines) {
            auto& l = line(state, each.operation_line_id);
            l.accepted += each.accepted;
            l.disputed -= each.disputed;
            l.lost_back -= each.lost_back;
            l.written_off += each.written_off;
            l.goods_minor += each.goods_minor;
            l.kept += each.kept;
            l.awaiting += each.awaiting;
        }
        o.settled = o.settled + e.quote;
        o.advanced_minor -= e.advance_used_minor;
        if (o.decision == DecisionState::approved) o.decision = DecisionState::settling;
        const bool off_bench = o.repair == RepairStage::none || o.repair == RepairStage::done || o.repair == RepairStage::unrepaired;
        const bool to_bench = std::any_of(e.lines.begin(), e.lines.end(), [](const BatchLine& l) { return l.awaiting > 0; });
        if (o.kind == OperationKind::repair && off_bench && to_bench) {
            o.repair = RepairStage::diagnosing;
            o.asked_minor = 0;
        }
        end_dispute(state, o);
    }
    void operator()(const SendBackOrdered& e) const {
        put_row(state.outbound, e.leg);
        for (const auto& each : e.lines) {
            auto& l = line(state, each.operation_line_id);
            l.disputed -= each.qty;
            l.sent_back += each.qty;
        }
        end_dispute(state, operation(state, e.leg.operation_id));
    }
    void operator()(const GoodsDispatched& e) const {
        OutboundLeg* leg = find_row(state.outbound, e.outbound_leg_id);
        if (!leg) return;
        leg->state = OutboundState::dispatched;
        leg->carrier = e.carrier;
        leg->tracking = e.tracking;
        leg->dispatched_at = event.at;
    }
    void operator()(const GoodsDelivered& e) const {
        OutboundLeg* leg = find_row(state.outbound, e.outbound_leg_id);
        if (!leg) return;
        leg->state = OutboundState::delivered;
        leg->delivered_at = event.at;
        recount(state, e.found, &OperationLine::lost_back, &OperationLine::sent_back);
        for (const auto& each : e.lines) {
            auto& l = line(state, each.operation_line_id);
            l.awaiting -= std::min(l.awaiting, each.qty);
            if (leg->purpose == OutboundPurpose::replacement) l.replaced += each.qty;
        }
        auto& o = operation(state, e.operation_id);
        if (o.dispute != Dispute::none) end_dispute(state, o);
    }
    void operator()(const OutboundParcelLost& e) const {
        OutboundLeg* leg = find_row(state.outbound, e.outbound_leg_id);
        if (!leg) return;
        leg->state = OutboundState::lost;
        if (e.lines.empty()) return;  // a replacement: another one goes out
        if (leg->purpose == OutboundPurpose::repaired) {
            recount(state, e.lines, &OperationLine::accepted, &OperationLine::lost_back);
            for (const auto& each : e.lines) line(state, each.operation_line_id).awaiting -= each.qty;
        } else {
            recount(state, e.lines, &OperationLine::sent_back, &OperationLine::lost_back);
        }
        begin_dispute(operation(state, e.operation_id), Dispute::lost);
    }
    void operator()(const ResendOrdered& e) const {
        put_row(state.outbound, e.leg);
        recount(state, e.lines, &OperationLine::lost_back, &OperationLine::sent_back);
        end_dispute(state, operation(state, e.leg.operation_id));
    }
    void operator()(const RefundSubmitted& e) const { put_row(state.attempts, e.attempt); }
    void operator()(const RefundAnswered& e) const {
        MoneyAttempt* attempt = find_row(state.attempts, e.attempt_id);
        if (!attempt) return;
        attempt->state = e.result == RefundResult::ok     ? MoneyState::succeeded
                         : e.result == RefundResult::fail ? MoneyState::failed
                                                          : MoneyState::unknown;
        if (!e.provider_ref.empty()) attempt->provider_ref = e.provider_ref;
        attempt->code = e.code;
        attempt->resolved_at = e.result == RefundResult::unknown ? Instant{} : event.at;
    }
    void operator()(const AdvanceWithdrawn& e) const { operation(state, e.operation_id).advanced_minor -= e.amount_minor; }
    void operator()(const OperationSettled& e) const {
        auto& o = operation(state, e.operation_id);
        o.decision = DecisionState::settled;
        o.dispute = Dispute::none;
        o.settled_at = event.at;
    }
    void operator()(const OperationEnded& e) const {
        auto& o = operation(state, e.operation_id);
        o.decision = e.decision;
        o.dispute = Dispute::none;
        o.ended_at = event.at;
    }
    void operator()(const ClockFired& e) const {
        for (const auto& id : e.overdue_legs)
            if (InboundLeg* leg = find_row(state.inbound, id)) leg->state = InboundState::overdue;
        if (e.kind == ClockKind::update_due) state.c.matter.promised_at = {};
        if (e.escalated) ++(e.operation_id.empty() ? state.c.matter.escalation : operation(state, e.operation_id).escalation);
    }
    void operator()(const ClockWarned&) const {}
    void operator()(const RecallWent& e) const {
        put_row(state.inbound, e.leg);
        if (e.record) put_row(state.inspections, *e.record);
    }
    void operator()(const ShipmentOrdered& e) const {
        if (OutboundLeg* leg = find_row(state.outbound, e.outbound_leg_id)) leg->order_ref = e.external_id;
    }
    void operator()(const ReturnAnnounced& e) const { operation(state, e.operation_id).return_ref = e.external_id; }
    void operator()(const AnnounceFailed&) const {}
    void operator()(const BookingAsked&) const {}
    void operator()(const ReturnBooked& e) const {
        auto& o = operation(state, e.operation_id);
        o.booking_ref = e.booking_ref;
        o.waybill = e.waybill;
    }
    void operator()(const PlatformTold&) const {}
    void operator()(const CheckAsked& e) const {
        auto& o = operation(state, e.operation_id);
        o.decision = DecisionState::verifying;
        o.quote = e.quote;
        o.approver_id = e.approver_id;
        o.check = CheckResult::none;
        o.decided_at = event.at;
    }
    void operator()(const CheckAnswered& e) const {
        auto& o = operation(state, e.operation_id);
        o.check = e.result;
        if (e.result != CheckResult::refuted) return;
        o.decision = DecisionState::requested;
        o.approver_id = {};
        o.decided_at = {};
    }
    void operator()(const OperationSuperseded& e) const {
        put_operation(state, e.by);
        for (const auto& made : e.lines) put_row(state.lines, made);
        hand_over(state, e.operation_id, e.by.id);
        auto& o = operation(state, e.operation_id);
        o.decision = DecisionState::superseded;
        o.dispute = Dispute::none;
        o.superseded_by = e.by.id;
        for (const auto& step : e.moves.money) {  // a price that was accepted and never paid
            if (step.kind != MoneyKind::collect || step.state != MoneyState::voided) continue;
            o.settled.collect_minor -= step.amount_minor;
            o.settled.replacement_minor -= step.amount_minor;
        }
        o.ended_at = event.at;
    }
    void operator()(const OutboundPlanned& e) const {
        put_row(state.outbound, e.leg);
        for (const auto& each : e.lines) put_outbound_line(state, each);
    }
    void operator()(const ReplacementCancelled& e) const {
        for (const auto& id : e.legs)
            if (OutboundLeg* leg = find_row(state.outbound, id)) leg->state = OutboundState::voided;
        for (const auto& each : e.lines) line(state, each.operation_line_id).awaiting -= each.qty;
        auto& o = operation(state, e.operation_id);
        o.settled = o.settled + e.quote;
        o.stock = StockState::none;
        end_dispute(state, o);
    }
    void operator()(const StockAnswered& e) const {
        auto& o = operation(state, e.operation_id);
        o.stock = e.state;
        o.reserved_until = e.until;
        if (e.state == StockState::out_of_stock) begin_dispute(o, Dispute::out_of_stock);
        else if (o.dispute != Dispute::none) end_dispute(state, o);
    }
    void operator()(const GoodsSwapped& e) const {
        for (const auto& made : e.lines) put_row(state.lines, made);
        auto& o = operation(state, e.operation_id);
        o.quote = e.quote;
        o.stock = StockState::asked;
        if (o.dispute != Dispute::none) end_dispute(state, o);
    }
    void operator()(const DifferencePaid&) const {}
    void operator()(const RepairWent& e) const {
        auto& o = operation(state, e.operation_id);
        o.repair = e.stage;
        o.warranty = e.warranty;
        o.parts_minor = e.parts_minor;
        o.labour_minor = e.labour_minor;
        o.asked_minor = e.price_minor;
        o.promised_at = e.promised_at;
        o.settled = o.settled + e.quote;
    }
    void operator()(const GoodsMissed& e) const { begin_dispute(operation(state, e.operation_id), Dispute::not_returned); }
    void operator()(const CaseAssigned& e) const { state.c.owner_id = e.owner_id; }
    void operator()(const NoteAdded& e) const {
        if (e.reopens) {
            state.c.closed_at = {};
            matter_reopened(state.c);
        }
        matter_heard(state.c, e.kind, event.at);
    }
    void operator()(const TaskFinished&) const {}
    void operator()(const CustomerReminded&) const {}
    void operator()(const MessageSent&) const {}
    void operator()(const MessageFailed&) const {}
    void operator()(const PlatformHeard& e) const { state.c.platform = e.platform; }
    void operator()(const CaseClosed& e) const {
        state.c.cause_code = e.cause_code;
        state.c.responsibility = e.responsibility;
        state.c.summary = e.summary;
        state.c.closed_at = event.at;
        matter_closed(state.c);
    }
    void operator()(const MatterMoved& e) const {
        state.c.matter = e.matter;
        if (!e.topic.empty()) state.c.topic = e.topic;
        if (!e.cause_code.empty()) state.c.cause_code = e.cause_code;
        if (!e.responsibility.empty()) state.c.responsibility = e.responsibility;
        if (e.reassigned) state.c.owner_id = e.owner_id;
    }
    void operator()(const CaseConverted& e) const {
        state.c.kind = e.kind;
        state.c.matter = e.matter;
    }
    void operator()(const CaseImported& e) const {
        state.c = e.c;
        put_operation(state, e.operation);
        for (const auto& made : e.lines) put_row(state.lines, made);
    }
};

}  // namespace

OperationId operation_of(const EventBody& body) {
    return std::visit(
        [](const auto& e) -> OperationId {
            if constexpr (requires { e.operation_id; }) return e.operation_id;
            else if constexpr (requires { e.operation; }) return e.operation.id;
            else if constexpr (requires { e.leg; }) return e.leg.operation_id;
            else if constexpr (requires { e.record; }) return e.record.operation_id;
            else return {};
        },
        body);
}

void fold_body(CaseState& state, const Event& event) { std::visit(Fold{state, event}, event.body); }

}  // namespace aftercare::domain
