#include "domain/release.hpp"

#include <algorithm>

#include "domain/ledgers.hpp"
#include "domain/quotes.hpp"

namespace aftercare::domain {

std::vector<LineCount> unshipped(const CaseState& state, const OperationId& id) {
    std::vector<LineCount> lines;
    for (const auto& line : state.lines)
        if (line.operation_id == id && counts(line).to_ship > 0) lines.push_back({line.id, counts(line).to_ship});
    return lines;
}

Result<void> pick_unshipped(const CaseState& state, const Operation& operation, const std::vector<LineQty>& wanted,
                            std::vector<LineCount>& lines) {
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const std::string at = "/lines/" + std::to_string(i);
        const OperationLine* line = find_line(state, operation.id, wanted[i].order_line_id);
        if (!line) return fail_field(at + "/order_line_id", "unknown_line");
        if (wanted[i].qty < 1) return fail_field(at + "/qty", "out_of_range");
        if (std::any_of(lines.begin(), lines.end(), [&](const LineCount& l) { return l.operation_line_id == line->id; }))
            return fail_field(at + "/order_line_id", "duplicate_line");
        const auto most = counts(*line).to_ship;
        if (wanted[i].qty > most)
            return refuse("qty_not_to_ship",
                          {{"order_line_id", line->order_line_id.value}, {"requested", std::to_string(wanted[i].qty)},
                           {"available", std::to_string(most)}},
                          {{"take_fewer", {{"qty", std::to_string(most)}}}});
        lines.push_back({line->id, wanted[i].qty});
    }
    std::sort(lines.begin(), lines.end(), [](const LineCount& a, const LineCount& b) { return a.operation_line_id < b.operation_line_id; });
    return {};
}

namespace {

/// The operation's units once `freed` have left it.
std::vector<LineUnits> units_kept(const CaseState& state, const OperationId& id, const std::vector<UnitRun>& freed) {
    auto order = state.order;
    for (const auto& run : freed) put_units(order.units, run);
    std::vector<LineUnits> kept;
    for (const OperationLine* line : lines_of(state, id))
        if (auto units = held_units(order, line->id); !units.empty()) kept.push_back({*line, std::move(units)});
    return kept;
}

void end_operation(Draft& draft, const OperationId& id, DecisionState end, bool announced) {
    OperationEnded event{id, end, {}};
    if (announced && draft.operation(id).quote.shipping_minor > 0) event.moves.shipping_refunded = false;
    draft.add_system(std::move(event));
    if (announced && kind_of(draft.operation(id)).comes_back) draft.effect(CancelReturn{id});
}

}  // namespace

void release(Draft& draft, const OperationId& id, ReleaseCause cause, std::vector<LineCount> lines, DecisionState end, bool system) {
    const auto& facts = draft.facts();
    const bool approved = in(table::kUnderWay, draft.operation(id).decision) || draft.operation(id).decision == DecisionState::verifying;
    UnitsReleased event{id, cause, std::move(lines), {}, {}};
    for (const auto& each : event.lines) {
        const OperationLine& line = *find_line(draft.state(), each.operation_line_id);
        for (auto run : pick_in(draft.state().order, line.order_line_id, kind_of(draft.operation(id)).home, line.id, each.qty)) {
            run.held_by = {};
            event.moves.units.push_back(std::move(run));
        }
    }
    const auto& operation = draft.operation(id);
    const bool at_once = kind_of(operation).settles != Settles::later;  // what is promised then is its quote
    if (const auto kept = units_kept(draft.state(), id, event.moves.units); !kept.empty() && (!approved || at_once)) {
        OrderState order = draft.state().order;
        const bool own = approved && operation.quote.shipping_minor > 0;  // the mark on the order is its own
        if (own) order.shipping_refunded = false;
        const Quote now = first_quote(order, facts.policy.terms, operation, kept);
        event.quote = approved ? lowered(now, std::min(now.net_minor, operation.quote.net_minor)) : now;
        if (own && event.quote->shipping_minor == 0) event.moves.shipping_refunded = false;
    }
    if (approved && at_once) (void)shift_money(event.moves, draft.state(), operation, 0, event.quote ? event.quote->net_minor : 0, facts);
    else if (approved) promise_less(event.moves, draft.state(), operation, facts);
    if (system) draft.add_system(std::move(event));
    else draft.add(std::move(event));
    if (approved && draft.operation(id).sub_kind == SubKind::unshipped_cancel) draft.effect(ReleaseOrder{id});

    const Counts left = counts(draft.state(), id);
    const bool pays = draft.operation(id).settled.net_minor > 0;  // a difference back
    if (left.open == 0 && left.settled == 0 && left.sent_back == 0 && !pays) end_operation(draft, id, end, approved);
    else finish(draft, id);
}

}  // namespace aftercare::domain
