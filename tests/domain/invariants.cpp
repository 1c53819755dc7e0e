#include <algorithm>
#include <set>

#include "domain/headers.hpp"
#include "domain/matters.hpp"
#include "domain/quotes.hpp"
#include "domain/recalls.hpp"
#include "world.hpp"

namespace world {
namespace {

void expect(bool holds, const std::string& what) {
    if (!holds) throw what;
}

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
    expect(o.settled.fee_minor <= o.settled.goods_minor * policy.terms.restocking_fee_bp / 10'000, "I16: a fee above the terms");
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

/// I8 of what comes beside the units: no more is looked at than came, nor comes than was announced; and no money follows (I7 sees to that).
void check_recalls(const CaseState& state) {
    for (const auto& leg : state.inbound) {
        if (!is_aside(leg)) continue;
        std::int64_t inspected = 0;
        for (const auto& record : state.inspections)
            if (record.inbound_leg_id == leg.id) inspected += record.qty;
        expect(inspected <= leg.arrived && leg.arrived <= leg.qty, "I8: more was looked at than came, or came than was announced");
        const Operation& o = *find_operation(state, leg.operation_id);
        expect(leg.purpose == InboundPurpose::recovered || (o.kind == OperationKind::reissue && o.reason == Reason::wrong_item) || o.decision == DecisionState::superseded, "a recall without a wrong item");
        const OperationLine* line = find_line(state, leg.operation_id, leg.order_line_id);
        expect(line && (leg.purpose == InboundPurpose::recall || still_lost(state, *line) >= 0), "more came back than was lost");
    }
}

/// No state without an exit by time or by somebody's task.
void check_exit(const CaseState& state, const Operation& o) {
    if (is_terminal(o.decision)) return;
    bool waits = std::any_of(state.clocks.begin(), state.clocks.end(), [&](const Clock& k) { return k.operation_id == o.id && k.state == ClockState::running; });
    waits = waits || std::any_of(state.tasks.begin(), state.tasks.end(), [&](const Task& t) { return t.operation_id == o.id; });
    expect(waits, "I11: neither a clock nor a task waits on an operation in " + std::string(word(o.decision)));
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

namespace {

/// What comes beside an operation's units may come when it is long over.
template <class Row>
bool comes_beside(const Row& row) {
    if constexpr (std::is_same_v<Row, InboundLeg>) return is_aside(row);
    else if constexpr (std::is_same_v<Row, InspectionRecord>) return !row.inbound_leg_id.empty();
    else return false;
}

/// I10: an operation that is over changes only from settled to closed; of its parts only attempts learn news.
void check_over(const CaseState& before, const CaseState& after) {
    for (const auto& old : before.operations) {
        if (!is_over(old.decision)) continue;
        Operation now = *find_operation(after, old.id);
        if (old.decision == DecisionState::settled && now.decision == DecisionState::closed) {
            now.decision = old.decision;
            now.header = old.header;
            now.ended_at = old.ended_at;
        }
        expect(now == old, "I10: an operation that is over changed");
        const auto same = [&](const auto& was, const auto& is) {
            const auto is_part = [&](const auto& each) { return each.operation_id == old.id && !comes_beside(each); };
            for (const auto& each : was)
                if (is_part(each) && std::find(is.begin(), is.end(), each) == is.end()) return false;
            return std::count_if(was.begin(), was.end(), is_part) == std::count_if(is.begin(), is.end(), is_part);
        };
        expect(same(before.lines, after.lines) && same(before.money, after.money) && same(before.inbound, after.inbound) &&
                   same(before.outbound, after.outbound) && same(before.inspections, after.inspections),
               "I10: a part of an operation that is over changed");
    }
}

/// I5, I6: unknown money waits for its answer; nothing leaves success.
void check_legs(const CaseState& before, const CaseState& after) {
    for (const auto& old : before.money) {
        const MoneyLeg& now = *find_leg(after, old.id);
        const auto attempts = [&](const CaseState& s) {
            return std::count_if(s.attempts.begin(), s.attempts.end(), [&](const MoneyAttempt& a) { return a.money_leg_id == old.id; });
        };
        if (is_in_flight(old.state)) {
            expect(attempts(before) == attempts(after), "I6: a new key while the last one has no answer");
            // one act may hear that the money failed and withdraw the advance it was for
            const bool heard_no = std::any_of(after.attempts.begin(), after.attempts.end(), [&](const MoneyAttempt& a) {
                return a.money_leg_id == old.id && a.state == MoneyState::failed;
            }) && std::none_of(after.attempts.begin(), after.attempts.end(), [&](const MoneyAttempt& a) {
                return a.money_leg_id == old.id && is_in_flight(a.state);
            });
            expect(now.state != MoneyState::planned && now.state != MoneyState::authorised && (now.state != MoneyState::voided || heard_no) &&
                       !(old.state == MoneyState::unknown && now.state == MoneyState::submitted),
                   "I6: a wrong exit from in flight: " + std::string(word(old.state)) + " to " + std::string(word(now.state)));
            expect(now.amount_minor == old.amount_minor, "money in flight changed its amount");
        }
        if (old.state == MoneyState::succeeded) expect(now == old, "I5: money that succeeded changed");
    }
}

/// I19, told again and apart from the product's own table: whose role may bring about which event.
bool role_may(const Event& event, const Actor& actor) {
    const auto any = [&](std::initializer_list<Role> roles) {
        return std::any_of(roles.begin(), roles.end(), [&](Role r) { return actor.has(r); });
    };
    if (actor.has(Role::system) || event.actor_role == Role::system) return true;
    using R = Role;
    const std::string type(type_of(event));
    if (type == "operation_approved/1" || type == "operation_rejected/1" || type == "info_asked/1" || type == "send_back_ordered/1" || type == "case_closed/1")
        return any({R::agent, R::lead});
    if (type == "check_asked/1" || type == "goods_missed/1") return any({R::agent, R::lead});
    if (type == "check_answered/1" || type == "stock_answered/1") return any({R::agent, R::lead, R::warehouse, R::plugin});
    if (type == "operation_superseded/1" || type == "goods_swapped/1") return any({R::agent, R::lead, R::plugin});
    if (type == "replacement_cancelled/1") return any({R::agent, R::lead, R::plugin, R::customer});
    if (type == "difference_paid/1") return any({R::finance, R::plugin});
    if (type == "repair_went/1") return any({R::technician, R::agent, R::lead, R::customer});
    if (type == "outbound_planned/1") return false;  // follows by rule
    if (type == "resend_ordered/1") return actor.has(R::lead);
    if (type == "recall_went/1") return any({R::agent, R::lead, R::warehouse, R::technician, R::plugin});
    if (type == "outbound_parcel_lost/1") return any({R::agent, R::lead, R::plugin});
    if (type == "operation_appealed/1") return any({R::customer, R::lead});
    if (type == "operation_requested/1" || type == "parcel_shipped/1") return any({R::customer, R::agent, R::lead, R::plugin, R::warehouse});
    if (type == "parcel_arrived/1" || type == "goods_dispatched/1") return any({R::warehouse, R::plugin});
    if (type == "goods_inspected/1") return any({R::warehouse, R::technician, R::plugin});
    if (type == "refund_submitted/1") return any({R::agent, R::lead, R::finance});
    if (type == "refund_answered/1") return any({R::finance, R::plugin});
    if (type == "parcel_lost/1") return any({R::agent, R::lead, R::plugin});
    if (const auto* batch = std::get_if<BatchSettled>(&event.body)) {
        if (batch->by == SettledBy::rule) return any({R::lead, R::plugin});
        if (batch->by == SettledBy::agree) return any({R::agent, R::lead});
        return any({R::warehouse, R::agent, R::lead});
    }
    return true;
}

void check_limits(const CaseState& after, const Event& event, const Actor& actor, const Policy& policy) {
    if (event.actor_role == Role::system) return;
    const auto limit = policy.terms.agent_limit_minor;
    if (const auto* e = std::get_if<OperationApproved>(&event.body); e && e->quote.net_minor > limit) {
        const Operation& o = *find_operation(after, e->operation_id);
        expect(actor.has(Role::lead) && o.maker_id != actor.staff_id, "I19: approved above the limit");
    }
    if (const auto* e = std::get_if<CheckAsked>(&event.body)) {
        const Operation& o = *find_operation(after, e->operation_id);
        expect(e->quote.net_minor <= limit || (actor.has(Role::lead) && o.maker_id != actor.staff_id), "I19: approved above the limit, before the check");
    }
    if (const auto* e = std::get_if<OperationApproved>(&event.body)) {
        const Operation& o = *find_operation(after, e->operation_id);
        expect(!sends_first(o) || policy.terms.advance_exchange || actor.has(Role::lead), "I19: goods sent first without a lead");
        expect(o.sub_kind != SubKind::keep_goods || e->quote.net_minor <= policy.terms.keep_goods_limit_minor || actor.has(Role::lead), "I19: goods left with the customer above the limit");
        expect(o.sub_kind != SubKind::goodwill || o.asked_minor <= policy.terms.compensation_limit_minor || actor.has(Role::lead), "I19: goodwill above the limit");
    }
    if (const auto* e = std::get_if<RefundSubmitted>(&event.body); e && e->moves.money.front().amount_minor > limit) {
        const Operation& o = *find_operation(after, e->operation_id);
        expect(actor.has(Role::finance) && o.maker_id != actor.staff_id && o.approver_id != actor.staff_id, "I19: submitted above the limit");
    }
    if (const auto* e = std::get_if<OperationRequested>(&event.body); e && e->operation.window_overridden)
        expect(actor.has(Role::lead), "I19: a rule was overridden without a lead");
}

}  // namespace

namespace {

/// Section 8, overlays that affect legality; section 7, rules b, d and e.
void check_platform(const CaseState& before, const Event& event) {
    const Platform& known = before.c.platform;
    std::int64_t owed = known.ruled_minor;
    for (const auto& o : before.operations) owed -= o.settled.net_minor;
    const bool in_hand = known.intervention == Intervention::in_progress, for_buyer = known.intervention == Intervention::ruled_for_buyer && owed > 0;
    if (const auto* e = std::get_if<PlatformHeard>(&event.body)) expect(e->platform.version > known.version || (e->platform.version == known.version && event.actor_role == Role::lead), "I22: an older version was heard");
    if (std::holds_alternative<OperationRejected>(event.body)) expect(!in_hand && !for_buyer && !known.cannot_refuse, "rejected against the platform");
    if (std::holds_alternative<CaseClosed>(event.body)) expect(!in_hand, "closed while the platform has it in hand");
    if (const auto* e = std::get_if<UnitsReleased>(&event.body)) {
        expect(!in_hand || e->cause != ReleaseCause::withdrawn || event.actor_role == Role::customer, "withdrawn by staff while the platform has it in hand");
        const bool unpaid = for_buyer && find_operation(before, e->operation_id)->settled.net_minor == 0;
        expect(!(known.undecided() || unpaid) || e->cause == ReleaseCause::withdrawn, "units let go by a clock before the platform decided");
    }
    if (const auto* e = std::get_if<BatchSettled>(&event.body); e && for_buyer) {
        const Operation* o = find_operation(before, e->operation_id);  // null: requested by the same decision
        const bool by_approval = e->by == SettledBy::approval;
        const bool about_money = o && (by_approval ? kind_of(*o).settles == Settles::consumed || kind_of(*o).settles == Settles::cancelled : kind_of(*o).comes_back);
        const bool replaced = std::any_of(before.lines.begin(), before.lines.end(), [&](const OperationLine& l) { return l.operation_id == e->operation_id && l.replaced > 0; });
        const bool promised_before = o && by_approval && o->decision == DecisionState::verifying;
        if (about_money && !replaced && !promised_before && o->kind != OperationKind::repair)
            expect(e->by != SettledBy::accept && e->quote.net_minor <= owed, "settled otherwise than the platform ruled");
    }
}

}  // namespace

namespace {

/// I12, I13: the new operation holds what the old one held, and nothing more is promised unless it was approved.
void check_handover(const CaseState& before, const CaseState& after, const Decision& decision) {
    const auto held = [](const CaseState& s) {
        std::int64_t sum = 0;
        for (const auto& run : s.order.units) sum += run.held_by.empty() ? 0 : run.qty;
        return sum;
    };
    const auto promised = [](const CaseState& s) {
        std::int64_t sum = 0;
        for (const auto& ledger : s.order.money) sum += ledger.promised_minor;
        return sum;
    };
    const bool approved = std::any_of(decision.events.begin(), decision.events.end(), [](const Event& e) {
        return std::holds_alternative<OperationApproved>(e.body) || std::holds_alternative<CheckAsked>(e.body);
    });
    if (!approved) expect(held(before) == held(after), "I13: a change of kind lost or took units");
    expect(approved || promised(after) <= promised(before), "I13: a change of kind promised more");
}

/// I29: nothing is left open behind a closed case.
void check_closed(const CaseState& after) {
    for (const auto& o : after.operations) expect(is_over(o.decision), "I29: closed over an open operation");
    for (const auto& task : after.tasks) expect(task.code != kAskedTask || task.state != TaskState::open, "I29: closed over an open task");
    for (const auto& line : after.lines)
        expect(count_units(after.order, line.order_line_id, Bucket::with_us, line.id) == 0, "I29: closed over goods that are with us");
}

/// An answer counts once; an appeal is counted.
void check_heard(const CaseState& before, const Event& event) {
    if (const auto* e = std::get_if<RefundAnswered>(&event.body)) {
        const auto known = std::find_if(before.attempts.begin(), before.attempts.end(), [&](const MoneyAttempt& a) { return a.id == e->attempt_id; });
        const auto state = known == before.attempts.end() ? MoneyState::submitted : known->state;
        expect(state != MoneyState::succeeded, "I5: an answer was heard after success");
        expect(e->result != RefundResult::fail || state != MoneyState::failed, "I5: a failure was heard twice");
        expect(e->result != RefundResult::unknown || state == MoneyState::submitted, "I6: known money became unknown");
    }
    if (const auto* e = std::get_if<ParcelArrived>(&event.body)) {
        const InboundLeg* leg = nullptr;
        for (const auto& each : before.inbound)
            if (each.id == e->inbound_leg_id) leg = &each;
        expect(!leg || e->receipt.empty() || leg->receipts.find(e->receipt + "\n") == std::string::npos, "I8: a receipt counted twice");
    }
    if (const auto* e = std::get_if<OperationRequested>(&event.body)) {
        const bool needed = rule_of(e->operation.reason).needs_photo || e->operation.sub_kind == SubKind::keep_goods;
        expect(!needed || !e->photo_ref.empty(), "G-evidence: requested without a photo");
    }
}

void check_appeal(const CaseState& before, const CaseState& after, const Event& event, const Policy& policy) {
    const auto* e = std::get_if<OperationAppealed>(&event.body);
    if (!e) return;
    expect(find_operation(after, e->operation_id)->appeals == find_operation(before, e->operation_id)->appeals + 1, "an appeal is not counted");
    const bool ruled = ruled_owed(before) > 0;  // opens it again, however often
    expect(ruled || find_operation(after, e->operation_id)->appeals <= policy.terms.max_appeals, "more appeals than the terms allow");
}

}  // namespace

void check_costs(const std::vector<CaseState>& cases, const CaseState& after, const Decision& decision, const Actor& actor, const Policy& policy) {
    for (const auto& event : decision.events) {
        const auto* asked = std::get_if<CheckAsked>(&event.body);
        if (!asked || event.actor_role == Role::system || find_operation(after, asked->operation_id)->kind != OperationKind::reissue) continue;
        const auto cost = sent_again(cases, {}).again_cost_minor;
        expect(cost <= policy.terms.reissue_cost_limit_minor || actor.has(Role::lead), "I32: sent again above the limit");
    }
}

void check_change(const CaseState& before, const CaseState& after, const Decision& decision, const Actor& actor, const Policy& policy, const Calendar& calendar) {
    expect(after.c.version == before.c.version + std::int64_t(decision.events.size()), "I21: version is not the number of events");
    check_over(before, after);
    check_legs(before, after);
    for (const auto& event : decision.events) {
        expect(role_may(event, actor), "I19: " + std::string(type_of(event)) + " by " + actor.principal);
        check_limits(after, event, actor, policy);
        check_platform(before, event);
        if (const auto* e = std::get_if<OperationRequested>(&event.body))
            expect(e->window_ends_at.ms == 0 || event.at <= e->window_ends_at || e->operation.window_overridden, "I18: requested after the window");
        if (const auto* e = std::get_if<GoodsDispatched>(&event.body)) {
            const auto leg = std::find_if(before.outbound.begin(), before.outbound.end(), [&](const OutboundLeg& l) { return l.id == e->outbound_leg_id; });
            expect(leg->purpose == OutboundPurpose::send_back || !unpaid_difference(before, e->operation_id), "I15: sent before the difference was paid");
        }
        if (std::holds_alternative<OperationSuperseded>(event.body)) check_handover(before, after, decision);
        if (std::holds_alternative<CaseClosed>(event.body)) check_closed(after);
        check_heard(before, event);
        check_appeal(before, after, event, policy);
    }
    check_clocks(before, after, decision, policy, calendar);
}

}  // namespace world
