#include "domain/batches.hpp"

#include <algorithm>

#include "domain/allocation.hpp"
#include "domain/clocks.hpp"
#include "domain/ledgers.hpp"
#include "domain/platform.hpp"
#include "domain/quotes.hpp"
#include "domain/work.hpp"

namespace aftercare::domain {
namespace {

/// What of the line gets its quote now.
BatchLine row_of(const Operation& operation, const OperationLine& line, bool disputed_too, bool replaces) {
    const Counts c = counts(line);
    const bool repair = operation.kind == OperationKind::repair;
    BatchLine row{line.id, c.pending};
    if (disputed_too) {
        row.accepted = (repair ? 0 : c.pending) + c.disputed + c.lost_back;
        row.disputed = c.disputed;
        row.lost_back = c.lost_back;
        row.written_off = c.unresolved;
    }
    const auto taken = row.accepted + row.written_off;
    if (repair && !disputed_too) row.awaiting = taken;
    if (replaces) row.awaiting = std::max<std::int64_t>(taken - owed_back(line), 0);
    return row;
}

Batch make_batch(const CaseState& state, const Operation& operation, const PolicyTerms& terms, bool disputed_too, bool replaces) {
    Batch batch;
    batch.replaces = replaces;
    std::int64_t replacement = 0;
    GoodsByFee goods;
    for (const OperationLine* line : lines_of(state, operation.id)) {
        BatchLine row = row_of(operation, *line, disputed_too, replaces);
        if (row.accepted + row.written_off == 0) continue;
        if (operation.kind != OperationKind::repair || disputed_too) {
            auto here = pick_units(state.order, line->order_line_id, Bucket::with_us, line->id, row.accepted - row.lost_back);
            auto gone = pick_units(state.order, line->order_line_id, Bucket::in_transit_back, line->id, row.written_off);
            for (auto& run : pick_units(state.order, line->order_line_id, Bucket::lost_out, line->id, row.lost_back)) gone.push_back(std::move(run));
            row.goods_minor = net_of(state.order, here) + net_of(state.order, gone);
            goods[fee_of(*line, terms)] += row.goods_minor;
            LineUnits units{*line, here};
            units.units.insert(units.units.end(), gone.begin(), gone.end());
            if (replaces) replacement += batch.replacements.emplace_back(replacement_value(state.order, units));
            batch.accepted.insert(batch.accepted.end(), here.begin(), here.end());
            batch.written_off.insert(batch.written_off.end(), gone.begin(), gone.end());
        }
        batch.lines.push_back(row);
    }
    batch.full = batch_quote(operation, settled_goods(state, operation, terms), goods, replacement);
    return batch;
}

/// How much of a settled row must still be planned to go out. An exchange that sends first has planned it already, unless that was called off.
std::int64_t unplanned(const CaseState& state, const Operation& operation, const BatchLine& row) {
    if (!sends_first(operation)) return row.awaiting;
    std::int64_t planned = 0;
    for (const auto& leg : state.outbound) {
        if (leg.operation_id != operation.id || leg.purpose != OutboundPurpose::replacement) continue;
        if (leg.state != OutboundState::planned && leg.state != OutboundState::dispatched) continue;
        for (const auto& line : state.outbound_lines)
            if (line.outbound_leg_id == leg.id && line.operation_line_id == row.operation_line_id) planned += line.qty;
    }
    return std::clamp<std::int64_t>(find_line(state, row.operation_line_id)->awaiting - planned, 0, row.awaiting);
}

/// What goes out for an accepted batch. Its value is what the customer has paid for it in the end (I14).
void plan_replacement(Draft& draft, const OperationId& id, const Batch& batch, const Quote& quote) {
    OutboundPlanned event;
    event.leg = {OutboundLegId(draft.facts().next_id()), id, OutboundState::planned, OutboundPurpose::replacement, {}, {}, {}, {}};
    const auto paid = quote.goods_minor - quote.deduction_minor + quote.collect_minor - (quote.net_minor - quote.return_shipping_minor);
    const auto values = allocate(std::max<std::int64_t>(paid, 0), batch.replacements);
    for (std::size_t i = 0; i < batch.lines.size(); ++i)
        if (const auto qty = unplanned(draft.state(), draft.operation(id), batch.lines[i]); qty > 0)
            event.lines.push_back({event.leg.id, batch.lines[i].operation_line_id, qty, values[i]});
    if (event.lines.empty()) return;
    if (draft.operation(id).stock == StockState::none) ask_stock(draft, id);  // what was set aside was for goods that were called off
    open_task(event.moves, draft.state(), id, Department::warehouse, "dispatch_goods", draft.facts());
    draft.add_system(std::move(event));
}

}  // namespace

std::int64_t prepaid(const CaseState& state, const Operation& operation) {
    std::int64_t sum = -operation.settled.collect_minor;
    for (const auto& leg : state.money)
        if (leg.operation_id == operation.id && leg.kind == MoneyKind::collect && leg.state != MoneyState::voided) sum += leg.amount_minor;
    return std::max<std::int64_t>(sum, 0);
}

std::int64_t owed_back(const OperationLine& l) {
    return std::max<std::int64_t>(l.replaced - (l.accepted + l.written_off + l.kept - l.awaiting), 0);
}

std::int64_t goods_owed(const CaseState& state, const OperationId& id) {
    std::int64_t owed = 0;
    for (const OperationLine* line : lines_of(state, id)) owed += std::min(counts(*line).to_ship, owed_back(*line));
    return owed;
}

Batch undisputed(const CaseState& state, const Operation& operation, const PolicyTerms& terms) {
    return make_batch(state, operation, terms, false, operation.kind == OperationKind::exchange);
}
Batch everything(const CaseState& state, const Operation& operation, const PolicyTerms& terms, bool replaces) {
    return make_batch(state, operation, terms, true, replaces);
}

Result<void> settle(Draft& draft, const OperationId& id, const Batch& batch, const Quote& quote, SettledBy by,
                    const std::string& reason, bool system) {
    const auto& facts = draft.facts();
    const Operation operation = draft.operation(id);
    BatchSettled event{id, by, reason, batch.lines, quote, 0, {}};
    for (auto& run : moved(batch.accepted, batch.replaces ? Bucket::exchanged : Bucket::returned, {})) event.moves.units.push_back(std::move(run));
    for (auto& run : moved(batch.written_off, Bucket::consumed, {})) event.moves.units.push_back(std::move(run));
    event.advance_used_minor = std::min({operation.advanced_minor, quote.net_minor, batch.full.net_minor});
    if (quote.shipping_minor > 0 && operation.quote.shipping_minor == 0) event.moves.shipping_refunded = true;

    Operation after = operation;  // what stays promised is owed for the units that remain
    after.settled = after.settled + quote;
    GoodsByFee settling;
    for (const BatchLine& row : batch.lines) settling[fee_of(*find_line(draft.state(), row.operation_line_id), facts.policy.terms)] += row.goods_minor;
    const auto owed = ceiling(draft.state(), after, facts.policy.terms, event.moves.units, settling) -
                      (operation.advanced_minor - event.advance_used_minor);
    if (!shift_money(event.moves, draft.state(), operation, quote.net_minor - event.advance_used_minor,
                     std::max<std::int64_t>(owed, 0), facts)) {
        const auto free = std::to_string(free_money(draft.state().order));
        return refuse("not_enough_captured", {{"needed", std::to_string(quote.net_minor)}, {"free", free}},
                      {{"lower_amount", {}}});
    }
    if (const auto owed_to_us = quote.collect_minor - prepaid(draft.state(), operation); owed_to_us > 0)
        owe(event.moves, draft.state(), MoneyKind::collect, owed_to_us, facts);
    if (system) draft.add_system(std::move(event));
    else draft.add(std::move(event));
    if (batch.replaces) plan_replacement(draft, id, batch, quote);
    finish(draft, id);
    return {};
}

namespace {

/// Each unit bears its share; then all are free again.
void reprice(BatchSettled& event, const OrderState& order) {
    std::vector<std::int64_t> nets;
    for (const auto& row : event.lines) nets.push_back(row.goods_minor);
    const auto shares = allocate(event.quote.goods_minor, nets);
    for (std::size_t i = 0; i < event.lines.size(); ++i) {
        event.lines[i].goods_minor = shares[i];
        const auto units = repriced(order, held_units(order, event.lines[i].operation_line_id), shares[i]);
        for (auto run : units) {
            run.held_by = {};
            event.moves.units.push_back(std::move(run));
        }
    }
}

OutboundPlanned parcel_in_place(const OperationId& id, const BatchSettled& settled, const CaseState& state, const Facts& facts) {
    OutboundPlanned event;
    event.leg = {OutboundLegId(facts.next_id()), id, OutboundState::planned, OutboundPurpose::replacement, {}, {}, {}, {}};
    for (const auto& row : settled.lines) event.lines.push_back({event.leg.id, row.operation_line_id, row.kept, row.goods_minor});
    open_task(event.moves, state, id, Department::warehouse, "dispatch_goods", facts);
    return event;
}

}  // namespace

void settle_in_place(Draft& draft, const OperationId& id) {
    const auto& state = draft.state();
    const auto& facts = draft.facts();
    const Operation operation = draft.operation(id);
    const Settles how = kind_of(operation).settles;
    BatchSettled event{id, SettledBy::approval, {}, {}, operation.quote, 0, {}};
    std::vector<UnitRun> all;
    for (const OperationLine* line : lines_of(state, id)) {
        BatchLine row{line->id};
        row.kept = counts(*line).to_ship;
        if (how == Settles::sent_again) row.awaiting = row.kept;
        const auto units = held_units(state.order, line->id);
        row.goods_minor = net_of(state.order, units);
        all.insert(all.end(), units.begin(), units.end());
        if (row.kept > 0) event.lines.push_back(row);
    }
    switch (how) {
        case Settles::repriced: reprice(event, state.order); break;
        case Settles::cancelled: event.moves.units = moved(std::move(all), Bucket::cancelled, {}); break;
        case Settles::sent_again:
            event.quote.goods_minor = event.quote.replacement_minor = net_of(state.order, all);
            event.moves.units = moved(std::move(all), Bucket::exchanged, {});
            break;
        default: event.moves.units = moved(std::move(all), Bucket::consumed, {});
    }
    (void)shift_money(event.moves, state, operation, operation.quote.net_minor, 0, facts);  // promised by the approval
    if (how == Settles::no_units) owe(event.moves, state, MoneyKind::compensation, operation.asked_minor, facts);
    if (how == Settles::sent_again) {
        auto parcel = parcel_in_place(id, event, state, facts);
        draft.add_system(std::move(event));
        draft.add_system(std::move(parcel));
    } else {
        draft.add_system(std::move(event));
    }
    finish(draft, id);
}

bool pending_needs_person(const CaseState& state, const OperationId& id) {
    const auto kind = find_operation(state, id)->kind;
    if (kind == OperationKind::repair) return false;
    for (const auto& line : state.lines) {
        if (line.operation_id != id) continue;
        std::int64_t pending = counts(line).pending;  // the newest of the line's undisputed records cover it
        std::vector<const InspectionRecord*> records;
        for (const auto& record : state.inspections)
            if (record.operation_line_id == line.id && !is_mismatch(kind, record.grade)) records.push_back(&record);
        std::sort(records.begin(), records.end(),
                  [](const auto* a, const auto* b) { return std::pair(b->at, b->id) < std::pair(a->at, a->id); });
        for (const auto* record : records) {
            if (pending <= 0) break;
            if (record->grade != Grade::pass) return true;
            pending -= record->qty;
        }
    }
    return false;
}

void judge_goods(Draft& draft, const OperationId& id) {
    const Counts c = counts(draft.state(), id);
    const Operation& operation = draft.operation(id);
    if (c.uninspected > 0 || is_over(operation.decision)) return;
    std::int64_t missing = 0;
    for (const auto& line : draft.state().lines)
        if (line.operation_id == id) missing += line.missing;
    if ((c.disputed > 0 || (missing > 0 && c.unresolved > 0)) && operation.dispute != Dispute::mismatch) {
        draft.add_system(MismatchFound{id, {}});
        return;
    }
    if (c.pending == 0 || c.disputed > 0 || operation.dispute == Dispute::mismatch) return;
    if (!pending_needs_person(draft.state(), id) && ruled_owed(draft.state()) == 0) {
        const Batch batch = undisputed(draft.state(), operation, draft.facts().policy.terms);
        (void)settle(draft, id, batch, batch.full, SettledBy::accept, {}, true);  // the full quote was promised at approval
    }
}

}  // namespace aftercare::domain
