#include <algorithm>
#include <set>

#include "domain/clocks.hpp"
#include "domain/headers.hpp"
#include "domain/ladder.hpp"
#include "domain/matters.hpp"
#include "domain/quotes.hpp"
#include "domain/recalls.hpp"
#include "world.hpp"

// What holds of every state; invariants_changes.cpp: what may change.
namespace world {
namespace {

std::string told(const Quote& q) {
    std::string text;
    for (const auto part : {q.goods_minor, q.shipping_minor, q.return_shipping_minor, q.fee_minor, q.deduction_minor, q.net_minor, q.replacement_minor, q.collect_minor})
        text += std::to_string(part) + " ";
    return text;
}

/// Where the units of one operation line are, by its counters and its kind.
void check_line(const OrderState& order, const CaseState& state, const OperationLine& line, std::int64_t held) {
    const Counts c = counts(line);
    for (const auto n : {c.to_ship, c.in_transit, c.uninspected, c.pending, c.disputed, c.unresolved, c.lost_back, c.awaiting, c.open})
        expect(n >= 0, "I1: a counter of an operation line is below 0 in " + std::string(word(find_operation(state, line.operation_id)->sub_kind)) + ": " + std::to_string(c.to_ship) + " to ship, " +
                           std::to_string(c.pending) + " pending, " + std::to_string(c.awaiting) + " awaiting, " + std::to_string(c.open) + " open");
    const Operation& o = *find_operation(state, line.operation_id);
    const KindRule& kind = kind_of(o);
    if (is_over(o.decision) || kind.home == 0) {
        expect(held == 0, "I12: units held by an operation that is over, or holds none");
        return;
    }
    const auto in_bucket = [&](Bucket bucket) { return count_units(order, line.order_line_id, bucket, line.id); };
    const bool waits_out = in(kind.home, Bucket::in_transit_out) && c.to_ship > 0;
    const auto going = waits_out ? 0 : in_bucket(Bucket::in_transit_out);
    std::int64_t at_home = waits_out ? in_bucket(Bucket::in_transit_out) : 0;
    for (const Bucket bucket : {Bucket::unshipped, Bucket::with_customer}) at_home += in_bucket(bucket);
    expect(at_home == c.to_ship, "I1: to ship: " + std::to_string(at_home) + " at home, " + std::to_string(c.to_ship) + " counted, " + std::string(word(o.kind)) + "/" + std::string(word(o.sub_kind)) + " " + std::string(word(o.decision)));
    expect(in_bucket(Bucket::in_transit_back) == c.in_transit + c.unresolved, "I1: under way");
    std::int64_t on_bench = 0, going_repaired = 0;  // what is repaired stays the customer's, and is held
    if (o.kind == OperationKind::repair) {
        for (const auto& leg : state.outbound)
            if (leg.operation_id == o.id && leg.purpose == OutboundPurpose::repaired && leg.state == OutboundState::dispatched)
                for (const auto& parcel : state.outbound_lines)
                    if (parcel.outbound_leg_id == leg.id && parcel.operation_line_id == line.id) going_repaired += parcel.qty;
        on_bench = c.awaiting - going_repaired;
    }
    expect(in_bucket(Bucket::with_us) == c.uninspected + c.pending + c.disputed + on_bench, "I1: with us");
    expect(in_bucket(Bucket::lost_out) == c.lost_back, "I1: lost on the way to the customer");
    const auto not_held = o.kind == OperationKind::repair ? going_repaired : c.awaiting;
    expect(held == c.open - not_held + going, "I2: held units are not the open ones");
}

/// I1, I2: every unit once, in order, merged; held only by operations that are not over.
void check_units(const OrderState& order, const std::vector<CaseState>& cases) {
    std::map<OperationLineId, std::int64_t> held;
    for (const auto& line : order.lines) {
        std::int64_t next = 0;
        const UnitRun* last = nullptr;
        for (const auto& run : order.units) {
            if (run.order_line_id != line.id) continue;
            expect(run.first == next && run.qty > 0, "I1: runs do not touch");
            expect(!last || last->bucket != run.bucket || last->held_by != run.held_by || last->off_minor != run.off_minor, "I21: runs are not merged");
            next += run.qty;
            last = &run;
            if (!run.held_by.empty()) held[run.held_by] += run.qty;
        }
        expect(next == line.qty, "I1: buckets do not add up to what was ordered");
    }
    for (const auto& each : cases)
        for (const auto& line : each.lines) check_line(order, each, line, held[line.id]);
}

/// I3, I5: ledgers are the sums of all legs, and never more than was captured.
void check_money(const OrderState& order, const std::vector<CaseState>& cases) {
    for (const auto& ledger : order.money) {
        std::int64_t promised = 0, in_flight = 0, refunded = 0;
        for (const auto& each : cases)
            for (const auto& leg : each.money) {
                if (leg.payment_id != ledger.payment_id || leg.kind != MoneyKind::refund) continue;
                expect(leg.amount_minor > 0 || leg.state == MoneyState::voided, "a leg without an amount");
                if (is_promised(leg.state)) promised += leg.amount_minor;
                if (is_in_flight(leg.state)) in_flight += leg.amount_minor;
                if (leg.state == MoneyState::succeeded) refunded += leg.amount_minor;
            }
        expect(promised == ledger.promised_minor && in_flight == ledger.in_flight_minor && refunded == ledger.refunded_minor,
               "I5: the money ledger is not the sum of its legs");
        expect(promised >= 0 && in_flight >= 0 && refunded >= 0 && promised + in_flight + refunded <= ledger.captured_minor,
               "I3: more money than was captured");
    }
}

/// What was really paid for these units, told again and apart from the product: the first ones carry the remainder.
std::int64_t paid_for(const OrderLine& line, const UnitRun& run) {
    std::int64_t sum = 0;
    for (std::int64_t i = run.first; i < run.first + run.qty; ++i) sum += line.allocated_minor / line.qty + (i < line.allocated_minor % line.qty ? 1 : 0) - run.off_minor;
    return sum;
}

/// I4: what final quotes count for a line's goods is exactly the net of its units that are gone for good, and what was taken off their price.
void check_goods(const OrderState& order, const std::vector<CaseState>& cases) {
    for (const auto& line : order.lines) {
        std::int64_t settled = 0, gone = 0;
        for (const auto& each : cases)
            for (const auto& l : each.lines)
                if (l.order_line_id == line.id) settled += l.goods_minor;
        for (const auto& run : order.units) {
            if (run.order_line_id != line.id) continue;
            for (std::int64_t i = run.first; i < run.first + run.qty; ++i)
                expect(paid_for(line, {run.order_line_id, i, 1, run.bucket, {}, run.off_minor}) >= 0, "I4: a unit is worth less than nothing");
            gone += run.off_minor * run.qty;
            const bool is_final = run.bucket == Bucket::returned || run.bucket == Bucket::consumed || run.bucket == Bucket::exchanged || run.bucket == Bucket::cancelled;
            if (is_final) gone += paid_for(line, run);
        }
        expect(settled == gone && settled <= line.allocated_minor, "I4: goods refunded are not the net of the units");
    }
}

/// I14: what is sent in place of other goods is worth what was given for them, and the order's new lines carry it.
void check_replacements(const OrderState& order, const CaseState& state, const Operation& o) {
    std::int64_t sent = 0, collected = 0, given = 0;
    for (const auto& leg : state.outbound) {
        if (leg.operation_id != o.id || leg.purpose != OutboundPurpose::replacement) continue;
        std::int64_t value = 0, carried = 0;
        for (const auto& line : state.outbound_lines)
            if (line.outbound_leg_id == leg.id) value += line.value_minor;
        for (const auto& line : order.lines)
            if (line.origin_leg_id == leg.id) carried += line.allocated_minor;
        expect(carried == (leg.state == OutboundState::delivered ? value : 0), "I14: the new goods do not carry what was paid for them");
        if (leg.state != OutboundState::lost && leg.state != OutboundState::voided) sent += value;
    }
    for (const auto& leg : state.money) {
        if (leg.operation_id != o.id || leg.state == MoneyState::voided) continue;
        if (leg.kind == MoneyKind::collect) collected += leg.amount_minor;
        if (leg.kind == MoneyKind::compensation) given += leg.amount_minor;
    }
    const bool done = !sends_first(o) || o.decision == DecisionState::settled || o.decision == DecisionState::closed;
    expect(o.kind == OperationKind::repair || (done ? sent == o.settled.replacement_minor : sent >= o.settled.replacement_minor), "I14: goods sent are not what was settled: " + std::to_string(sent) + " for " + std::to_string(o.settled.replacement_minor) + " in " + std::string(word(o.sub_kind)) + " " + std::string(word(o.decision)));
    expect(sends_first(o) ? collected >= o.settled.collect_minor : collected == o.settled.collect_minor, "I14: what is collected is not what was settled");
    const bool paid_out = o.sub_kind == SubKind::goodwill && (o.decision == DecisionState::settling || o.decision == DecisionState::settled || o.decision == DecisionState::closed) && o.reject_code.empty();
    expect(given == (paid_out ? o.asked_minor : 0), "compensation is not what was asked for");
}

void check_operation(const OrderState& order, const CaseState& state, const Operation& o, const Policy& policy) {
    expect(in_bounds(o.quote) && in_bounds(o.settled), "I16: a quote out of bounds: " + std::string(word(o.sub_kind)) + " " + std::string(word(o.decision)) + " " + told(o.quote) + "; " + told(o.settled));
    if (o.fault != Fault::customer) expect(o.quote.fee_minor == 0 && o.settled.fee_minor == 0, "I16: a fee without the customer's fault");
    const bool our_fault = o.fault != Fault::customer && o.fault != Fault::unknown;
    expect(o.quote.return_shipping_minor <= (our_fault && kind_of(o).comes_back ? policy.terms.return_shipping_cap_minor : 0), "I16: the way back is paid above its cap, or without our fault");
    std::int64_t by_terms = 0;  // each line has the fee that its goods had when it was asked for
    for (const auto& line : state.lines)
        if (line.operation_id == o.id) by_terms += line.goods_minor * line.fee_bp.value_or(policy.terms.restocking_fee_bp);
    expect(o.settled.fee_minor <= by_terms / 10'000, "I16: a fee above the terms: " + std::string(word(o.decision)) + " " + told(o.settled));
    std::int64_t planned = 0, payable = 0, goods = 0;
    for (const auto& leg : state.money) {
        if (leg.operation_id != o.id || leg.kind != MoneyKind::refund) continue;
        if (leg.state == MoneyState::planned) planned += leg.amount_minor;
        else if (leg.state != MoneyState::voided) payable += leg.amount_minor;
    }
    for (const auto& line : state.lines)
        if (line.operation_id == o.id) goods += line.goods_minor;
    expect(goods == o.settled.goods_minor, "I4: the settled quote is not its lines");
    const Counts c = counts(state, o.id);
    const bool under_way = o.decision == DecisionState::verifying || o.decision == DecisionState::approved || o.decision == DecisionState::disputed || o.decision == DecisionState::settling;
    if (under_way) {
        const auto owed = std::max<std::int64_t>(ceiling(state, o, policy.terms) - o.advanced_minor, 0);
        expect(planned == owed, "the promise is not what open units are worth: " + std::to_string(planned) + " for " + std::to_string(owed));
    } else {
        expect(planned == 0, "a promise without an operation under way");
    }
    expect(o.advanced_minor >= 0, "an advance below 0");
    const bool doubled = std::any_of(state.tasks.begin(), state.tasks.end(), [&](const Task& t) { return t.operation_id == o.id && t.code == "refund_doubled"; });
    const auto due = o.settled.net_minor + o.advanced_minor;  // a void leg that was paid after all is above it, with a task
    expect(payable == due || (doubled && payable > due), "I7: payable money is not what final quotes say");
    if (o.advanced_minor > 0) {
        expect(o.instant_refund, "I7: money before inspection without the policy");
        const auto open = [&](std::string_view code) {
            return std::any_of(state.tasks.begin(), state.tasks.end(), [&](const Task& t) { return t.operation_id == o.id && t.code == code; });
        };
        expect(open(is_over(o.decision) ? "collect_overpaid" : "recover_advance"), "I7: nobody watches over an advance");
    }
    std::int64_t inspected = 0, settled_goods = 0;
    std::set<std::string> records;
    for (const auto& record : state.inspections) {
        if (record.operation_id != o.id || !record.inbound_leg_id.empty()) continue;
        inspected += record.qty;
        expect(record.external_id.empty() || records.insert(record.external_id).second, "I8: a record counted twice");
        expect(record.grade == Grade::pass || !record.photo_ref.empty(), "G-evidence: a finding without a photo");
    }
    std::int64_t line_inspected = 0, arrived = 0;
    for (const auto& line : state.lines) {
        if (line.operation_id != o.id) continue;
        line_inspected += line.inspected;
        arrived += line.arrived;
        settled_goods += line.accepted;
    }
    expect(inspected == line_inspected && inspected <= arrived && settled_goods <= inspected, "I8: stock without an inspection");
    if (is_over(o.decision)) expect(c.open == 0, "an operation ended with open units");
    if (o.decision == DecisionState::disputed) expect(o.dispute != Dispute::none && (c.disputed + c.unresolved + c.lost_back > 0 || o.stock == StockState::out_of_stock || o.dispute == Dispute::not_returned), "a dispute about nothing");
    else expect(o.dispute == Dispute::none, "a dispute in another state");
    expect(o.header == header_of(state, o), "I9: the header is not derived");
    expect(o.currency == order.order.currency, "another currency");
    check_replacements(order, state, o);
}

/// I32: parts are sent again at most as often as there are units that left the house, whichever cases asked for it.
void check_parts(const OrderState& order, const std::vector<CaseState>& cases) {
    std::map<OrderLineId, std::int64_t> again;
    for (const auto& each : cases)
        for (const auto& line : each.lines)
            if (find_operation(each, line.operation_id)->sub_kind == SubKind::part) again[line.order_line_id] += line.qty - line.released;
    for (const auto& [id, qty] : again) {
        std::int64_t sent = 0;
        for (const auto& run : order.units)
            if (run.order_line_id == id && run.bucket != Bucket::unshipped && run.bucket != Bucket::cancelled) sent += run.qty;
        expect(qty <= sent, "I32: more was sent again than was sent");
    }
}

/// It is a reissue for a wrong item, or took one over.
bool had_wrong_item(const CaseState& state, const Operation& o) {
    return (o.kind == OperationKind::reissue && o.reason == Reason::wrong_item) ||
           std::any_of(state.operations.begin(), state.operations.end(), [&](const Operation& each) { return each.superseded_by == o.id && had_wrong_item(state, each); });
}

/// I8 of what comes beside the units: no more is looked at than came, nor comes than was announced; and no money follows (I7 sees to that).
void check_recalls(const CaseState& state) {
    for (const auto& leg : state.inbound) {
        if (!is_aside(leg)) continue;
        std::int64_t inspected = 0;
        for (const auto& record : state.inspections)
            if (record.inbound_leg_id == leg.id) inspected += record.qty;
        expect(inspected <= leg.arrived && leg.arrived <= leg.qty, "I8: more was looked at than came, or came than was announced");
        const Operation& o = *find_operation(state, leg.operation_id);
        expect(leg.purpose == InboundPurpose::recovered || had_wrong_item(state, o), "a recall without a wrong item");
        expect(find_line(state, o.id, leg.order_line_id) != nullptr, "a recall of a line that its operation does not have");
        const OperationLine* line = find_line(state, leg.operation_id, leg.order_line_id);
        expect(line && (leg.purpose == InboundPurpose::recall || still_lost(state, *line) >= 0), "more came back than was lost");
    }
}

/// No state without an exit by time or by somebody's task. What is late and still owed stands first in the queue.
void check_exit(const CaseState& state, const Operation& o) {
    if (is_terminal(o.decision) || (is_over(o.decision) && state.c.closed_at.ms != 0)) return;
    const bool waits =
        std::any_of(state.clocks.begin(), state.clocks.end(),
                    [&](const Clock& k) {
                        return k.operation_id == o.id && (k.state == ClockState::running || k.state == ClockState::paused || is_owed(k));
                    }) ||
        std::any_of(state.tasks.begin(), state.tasks.end(), [&](const Task& t) { return t.operation_id == o.id && t.state == TaskState::open; });
    expect(waits, "I11: neither a clock nor a task waits on an operation in " + std::string(word(o.decision)));
}

/// Section 9, reservation hold: goods that are kept for a parcel are not kept for ever.
void check_reservation(const CaseState& state, const Operation& o) {
    if (o.stock != StockState::reserved || !in(domain::table::kUnderWay, o.decision)) return;
    const bool planned = std::any_of(state.outbound.begin(), state.outbound.end(),
                                     [&](const OutboundLeg& leg) { return leg.operation_id == o.id && leg.purpose == OutboundPurpose::replacement && leg.state == OutboundState::planned; });
    const Clock* hold = live_clock(state, o.id, ClockKind::reserve_due);
    expect(!planned || (hold && hold->due_at == capped(o.reserved_until)), "I11: a reservation that no clock ends");
}

}  // namespace

/// Row 11: a tracking number is on its way once.
void check_tracking(const std::vector<CaseState>& cases) {
    std::set<std::string> open;
    for (const auto& each : cases)
        for (const auto& leg : each.inbound)
            if (leg.state == InboundState::in_transit || leg.state == InboundState::overdue)
                expect(leg.tracking.empty() || open.insert(leg.tracking).second, "a tracking number is on its way twice");
}

void check_state(const OrderState& order, const std::vector<CaseState>& cases, const Policy& policy) {
    check_tracking(cases);
    check_units(order, cases);
    check_money(order, cases);
    check_goods(order, cases);
    check_parts(order, cases);
    for (const auto& each : cases) check_recalls(each);
    std::int64_t shipping = 0;
    for (const auto& each : cases) {
        expect(each.c.status == status_of(each), "I9: the case's status is not derived");
        for (const auto& o : each.operations) {
            check_operation(order, each, o, policy);
            check_exit(each, o);
            check_reservation(each, o);
            const bool promised = o.decision == DecisionState::verifying || o.decision == DecisionState::approved || o.decision == DecisionState::disputed || o.decision == DecisionState::settling;
            shipping += promised ? std::max(o.quote.shipping_minor, o.settled.shipping_minor) : o.settled.shipping_minor;
        }
        std::set<std::pair<OperationId, ClockKind>> live;
        for (const auto& clock : each.clocks) {
            if (clock.state != ClockState::running && clock.state != ClockState::paused) continue;
            expect(clock.remind_at.ms == 0 || clock.remind_at < clock.due_at, "a reminder after the end");
            expect(live.insert({clock.operation_id, clock.kind}).second, "two clocks of a kind run for one operation");
        }
    }
    expect(shipping <= order.order.shipping_minor, "I17: original shipping promised twice");
    expect(shipping == 0 || order.shipping_refunded, "I17: shipping promised without its mark");
}

}  // namespace world
