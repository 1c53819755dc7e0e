#include "domain/work.hpp"

#include <algorithm>
#include <map>

#include "domain/approvals.hpp"
#include "domain/batches.hpp"
#include "domain/clocks.hpp"
#include "domain/work_commands.hpp"
#include "domain/guards.hpp"
#include "domain/ledgers.hpp"
#include "domain/operation_rules.hpp"
#include "domain/quotes.hpp"

namespace aftercare::domain {
namespace {

OutboundLeg new_parcel(const OperationId& id, OutboundPurpose purpose, const Facts& facts) {
    return {OutboundLegId(facts.next_id()), id, OutboundState::planned, purpose, {}, {}, {}, {}, {}};
}

/// What was asked for and not paid: nobody asks for it any more. Returns how much it was.
std::int64_t void_differences(Moves& moves, const CaseState& state, const OperationId& id) {
    std::int64_t sum = 0;
    for (const auto& leg : state.money) {
        if (leg.operation_id != id || leg.kind != MoneyKind::collect || leg.state != MoneyState::authorised) continue;
        moves.money.push_back({leg.id, leg.payment_id, leg.state, MoneyState::voided, leg.amount_minor, leg.amount_minor, leg.kind});
        sum += leg.amount_minor;
    }
    return sum;
}

/// The money of what is cancelled, beside what the operation promises.
Result<void> pay_back(ReplacementCancelled& event, const Draft& draft) {
    const CaseState& state = draft.state();
    std::int64_t planned = 0;
    for (const auto& leg : state.money)
        if (leg.operation_id == event.operation_id && leg.state == MoneyState::planned) planned += leg.amount_minor;
    if (shift_money(event.moves, state, draft.operation(event.operation_id), event.quote.net_minor, planned, draft.facts())) return {};
    return refuse("not_enough_captured", {{"needed", std::to_string(event.quote.net_minor)}, {"free", std::to_string(free_money(state.order))}}, {{"wait_for_payment", {}}});
}

void put(Draft& draft, EventBody event, bool system) {
    if (system) draft.add_system(std::move(event));
    else draft.add(std::move(event));
}

/// Planned parcels in place of others. `refused` when one has left.
Result<std::vector<OutboundLegId>> planned_parcels(const CaseState& state, const OperationId& id) {
    std::vector<OutboundLegId> planned;
    for (const auto& leg : state.outbound) {
        if (leg.operation_id != id || leg.purpose != OutboundPurpose::replacement) continue;
        if (leg.state == OutboundState::dispatched) return refuse("parcel_already_sent", {{"state", std::string(word(leg.state))}}, {{"wait_for_delivery", {}}});
        if (leg.state == OutboundState::planned) planned.push_back(leg.id);
    }
    return planned;
}

}  // namespace

Result<void> may_leave(const CaseState& state, const Operation& operation, const OutboundLeg& leg) {
    if (leg.purpose == OutboundPurpose::send_back) return {};
    if (const MoneyLeg* unpaid = unpaid_difference(state, operation.id))
        return refuse("difference_not_paid", {{"amount", std::to_string(unpaid->amount_minor)}}, {{"collected", {{"amount", std::to_string(unpaid->amount_minor)}}}});
    if (leg.purpose == OutboundPurpose::repaired) {  // units on their way are not told apart by their parcel
        for (const auto& other : state.outbound) {
            if (other.operation_id != operation.id) continue;
            if (other.state == OutboundState::dispatched) return refuse("parcel_still_out", {}, {{"wait_for_delivery", {}}});
            if (other.state == OutboundState::planned && other.purpose == OutboundPurpose::send_back) return refuse("parcel_still_out", {}, {{"dispatch", {}}});
        }
        if (counts(state, operation.id).lost_back > 0) return refuse("parcel_lost_open", {}, {{"resend", {}}, {"agree", {}}, {"rule", {}}});
        return {};
    }
    if (operation.stock == StockState::out_of_stock || operation.stock == StockState::backordered || operation.stock == StockState::lapsed)
        return refuse("goods_not_reserved", {{"stock", std::string(word(operation.stock))}}, {{"reserve", {}}});
    return {};
}

std::vector<std::pair<OperationId, OutboundLegId>> parcels_to_send(const CaseState& state) {
    std::vector<std::pair<OperationId, OutboundLegId>> legs;
    for (const auto& leg : state.outbound) {
        if (leg.state != OutboundState::planned || leg.purpose == OutboundPurpose::send_back) continue;
        const Operation* operation = find_operation(state, leg.operation_id);
        if (operation && may_leave(state, *operation, leg)) legs.emplace_back(leg.operation_id, leg.id);
    }
    return legs;
}

std::vector<OutboundLine> lines_of_parcel(const CaseState& state, const OutboundLegId& id) {
    std::vector<OutboundLine> lines;
    for (const auto& line : state.outbound_lines)
        if (line.outbound_leg_id == id) lines.push_back(line);
    return lines;
}

void ask_stock(Draft& draft, const OperationId& id) {
    StockAnswered event{id, StockState::asked, {}, {}};
    open_task(event.moves, draft.state(), id, Department::warehouse, "reserve_goods", draft.facts());
    draft.add_system(std::move(event));
}

void plan_in_advance(Draft& draft, const OperationId& id) {
    const CaseState& state = draft.state();
    const Operation& operation = draft.operation(id);
    OutboundPlanned event{new_parcel(id, OutboundPurpose::replacement, draft.facts()), {}, {}};
    for (const OperationLine* line : lines_of(state, id)) {
        const LineUnits units{*line, held_units(state.order, line->id)};
        if (const auto qty = counts(*line).open; qty > 0) event.lines.push_back({event.leg.id, line->id, qty, replacement_value(state.order, units)});
    }
    if (operation.quote.collect_minor > 0) owe(event.moves, state, MoneyKind::collect, operation.quote.collect_minor, draft.facts());
    open_task(event.moves, state, id, Department::warehouse, "dispatch_goods", draft.facts());
    draft.add_system(std::move(event));
}

void plan_repaired(Draft& draft, const OperationId& id) {
    const CaseState& state = draft.state();
    OutboundPlanned event{new_parcel(id, OutboundPurpose::repaired, draft.facts()), {}, {}};
    for (const OperationLine* line : lines_of(state, id)) {
        std::int64_t qty = line->awaiting;
        for (const auto& leg : state.outbound)
            if (leg.operation_id == id && leg.purpose == OutboundPurpose::repaired && (leg.state == OutboundState::planned || leg.state == OutboundState::dispatched))
                for (const auto& parcel : lines_of_parcel(state, leg.id)) qty -= parcel.operation_line_id == line->id ? parcel.qty : 0;
        if (qty > 0) event.lines.push_back({event.leg.id, line->id, qty, 0});
    }
    if (event.lines.empty()) return;
    open_task(event.moves, state, id, Department::warehouse, "dispatch_goods", draft.facts());
    draft.add_system(std::move(event));
}

Result<void> cancel_replacement(Draft& draft, const OperationId& id, bool system) {
    const CaseState& state = draft.state();
    const Operation operation = draft.operation(id);
    ReplacementCancelled event{id, {}, {}, {}, {}};
    AC_TRY(event.legs, planned_parcels(state, id));
    std::int64_t value = 0;
    std::map<OperationLineId, std::int64_t> promised;
    for (const auto& leg : event.legs)
        for (const auto& line : lines_of_parcel(state, leg)) {
            event.lines.push_back({line.operation_line_id, line.qty});
            promised[line.operation_line_id] += line.qty;
            value += line.value_minor;
        }
    for (const auto& [line, qty] : promised)  // what is sent first may be promised for goods that are not here
        if (qty > find_line(state, line)->awaiting) return refuse("goods_promised", {}, {{"dispatch", {}}});
    if (event.legs.empty() || counts(state, id).awaiting == 0) return refuse("nothing_awaited", {}, {{"withdraw", {}}});
    const auto refund = value - void_differences(event.moves, state, id);
    if (!system) AC_CHECK(check_given(state, operation, operation.settled.net_minor + refund, draft.facts()));
    event.quote.replacement_minor = -value;
    event.quote.net_minor = refund;
    event.quote.collect_minor = refund - value;
    AC_CHECK(pay_back(event, draft));
    put(draft, std::move(event), system);
    finish(draft, id);
    return {};
}

Result<void> cancel_advance(Draft& draft, const OperationId& id, bool system) {
    const CaseState& state = draft.state();
    ReplacementCancelled event{id, {}, {}, {}, {}};
    AC_TRY(event.legs, planned_parcels(state, id));
    if (event.legs.empty()) return {};
    if (counts(state, id).awaiting > 0) return refuse("goods_promised", {}, {{"dispatch", {}}});
    const auto unpaid = void_differences(event.moves, state, id);
    event.quote.net_minor = event.quote.collect_minor = prepaid(state, draft.operation(id)) - unpaid;
    AC_CHECK(pay_back(event, draft));
    put(draft, std::move(event), system);
    return {};
}

Result<Decision> reserve(const CaseState& state, const Reserve& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::reserve));
    const bool says = command.state == StockState::reserved || command.state == StockState::backordered || command.state == StockState::out_of_stock;
    if (!says) return fail_field("/state", "not_of_kind");
    if (operation->stock == StockState::none) return refuse("nothing_to_reserve");
    const bool waiting = std::any_of(state.outbound.begin(), state.outbound.end(), [&](const OutboundLeg& leg) { return leg.operation_id == operation->id && leg.state == OutboundState::planned; });
    if (!waiting && outbound_open(state, operation->id)) return refuse("parcel_already_sent", {{"state", "dispatched"}});
    if (!waiting && sends_first(*operation) && counts(state, operation->id).awaiting == 0) return refuse("parcel_already_sent", {{"state", "delivered"}});
    if (command.state == StockState::backordered && command.until <= facts.now) return fail_field("/until", "required");
    const Instant until = command.state == StockState::out_of_stock ? Instant{}
                          : command.until > facts.now             ? command.until
                                                                  : facts.now + days(facts.policy.terms.reserve_days);
    if (operation->stock == command.state && operation->reserved_until == until) return Decision{};
    Draft draft(state, CommandWord::reserve, facts);
    draft.add(StockAnswered{operation->id, command.state, capped(until), {}});
    return draft.take();
}

Result<Decision> swap(const CaseState& state, const Swap& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::swap));
    if (operation->kind != OperationKind::exchange) return refuse("nothing_to_swap");
    if (!command.customer_consent && acting_role(facts.actor, CommandWord::swap) != Role::plugin) return refuse("consent_missing", {}, {{"record_consent", {}}});
    const Counts c = counts(state, operation->id);
    const auto lines = lines_of(state, operation->id);
    const bool replaced = std::any_of(lines.begin(), lines.end(), [](const OperationLine* l) { return l->replaced > 0; });
    if (replaced || c.awaiting + c.settled > 0 || outbound_open(state, operation->id)) return refuse("goods_promised", {}, {{"change_kind", {}}});
    GoodsSwapped event{operation->id, {}, {}, {}};
    AC_CHECK(check_lines_of(state, operation->id, command.lines));
    for (const RequestLine& wanted : command.lines) promise_goods(event.lines.emplace_back(*find_line(state, operation->id, wanted.order_line_id)), &wanted, state.order);
    AC_CHECK(check_replacement(state.order, command.lines, kind_of(*operation), operation->fault));
    CaseState changed = state;
    for (const auto& line : event.lines) *std::find_if(changed.lines.begin(), changed.lines.end(), [&](const OperationLine& l) { return l.id == line.id; }) = line;
    std::vector<LineUnits> units;
    for (const OperationLine* line : lines_of(changed, operation->id)) units.push_back({*line, held_units(state.order, line->id)});
    event.quote = first_quote(state.order, facts.policy.terms, *operation, units);
    if (in(table::kUnderWay, operation->decision)) {
        if (const auto now = given(*operation, event.quote); now > given(*operation, operation->quote)) AC_CHECK(check_given(state, *operation, now, facts));
        Operation promised = *operation;
        promised.quote = event.quote;
        if (!shift_money(event.moves, state, *operation, 0, ceiling(changed, promised, facts.policy.terms), facts))
            return refuse("not_enough_captured", {{"needed", std::to_string(event.quote.net_minor)}, {"free", std::to_string(free_money(state.order))}}, {{"lower_amount", {}}});
        open_task(event.moves, state, operation->id, Department::warehouse, "reserve_goods", facts);
    }
    Draft draft(state, CommandWord::swap, facts);
    draft.add(std::move(event));
    return draft.take();
}

Result<Decision> collected(const CaseState& state, const Collected& command, const Facts& facts) {
    AC_TRY(const Operation* operation, known(state, command.operation_id, facts.actor, CommandWord::collected));
    const MoneyLeg* leg = command.money_leg_id.empty() ? unpaid_difference(state, operation->id) : find_leg(state, command.money_leg_id);
    if (!command.money_leg_id.empty() && (!leg || leg->operation_id != operation->id || leg->kind != MoneyKind::collect))
        return fail(ErrorKind::not_found, "money_leg_not_found");
    if (!leg) return refuse("nothing_to_collect");
    if (leg->state == MoneyState::succeeded) return Decision{};
    if (leg->state == MoneyState::voided) return refuse("difference_void");
    AC_CHECK(in_state(*operation, CommandWord::collected));
    Draft draft(state, CommandWord::collected, facts);
    DifferencePaid event{operation->id, leg->id, {}};
    event.moves.money.push_back({leg->id, leg->payment_id, leg->state, MoneyState::succeeded, leg->amount_minor, leg->amount_minor, leg->kind});
    Payment payment{leg->payment_id, state.order.order.id, 0, command.provider, command.reference, leg->amount_minor, leg->currency, facts.now, leg->id};
    for (const auto& other : state.order.payments) payment.position = std::max(payment.position, other.position + 1);
    event.moves.payments.push_back(std::move(payment));
    draft.add(std::move(event));
    finish(draft, operation->id);
    return draft.take();
}

Result<Decision> recover(const CaseState& state, const Recover& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::recover));
    if (goods_owed(state, operation->id) == 0) return refuse("nothing_to_recover");
    if (operation->dispute == Dispute::not_returned) return Decision{};
    if (operation->decision == DecisionState::disputed) return refuse("units_in_dispute", {}, {{"agree", {}}, {"rule", {}}});
    Draft draft(state, CommandWord::recover, facts);
    draft.add(GoodsMissed{operation->id, {}});
    return draft.take();
}

Result<Decision> write_off(const CaseState& state, const WriteOff& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::write_off));
    if (operation->dispute != Dispute::not_returned) return refuse("nothing_to_recover");
    Batch batch;
    batch.replaces = true;
    std::int64_t replacement = 0;
    GoodsByFee goods;
    for (const OperationLine* line : lines_of(state, operation->id)) {
        BatchLine row{line->id};
        row.kept = counts(*line).to_ship;
        if (row.kept == 0) continue;
        LineUnits units{*line, pick_units(state.order, line->order_line_id, Bucket::with_customer, line->id, row.kept)};
        row.awaiting = std::max<std::int64_t>(row.kept - owed_back(*line), 0);
        row.goods_minor = net_of(state.order, units.units);
        goods[fee_of(*line, facts.policy.terms)] += row.goods_minor;
        replacement += replacement_value(state.order, units);
        batch.written_off.insert(batch.written_off.end(), units.units.begin(), units.units.end());
        batch.lines.push_back(row);
    }
    Quote quote = batch_quote(*operation, settled_goods(state, *operation, facts.policy.terms), goods, replacement);
    batch.full = quote;
    if (command.collect_minor > quote.goods_minor) return refuse("amount_over_value", {{"max", std::to_string(quote.goods_minor)}}, {{"lower_amount", {{"max", std::to_string(quote.goods_minor)}}}});
    quote.deduction_minor = command.collect_minor;
    quote = with_net(quote);
    Draft draft(state, CommandWord::write_off, facts);
    AC_CHECK(settle(draft, operation->id, batch, quote, SettledBy::rule, "not_returned", false));
    return draft.take();
}

}  // namespace aftercare::domain
