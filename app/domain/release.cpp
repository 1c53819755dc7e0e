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

/// What the operation's units are worth once `freed` have left it; −1 when none is left.
std::int64_t goods_kept(const CaseState& state, const OperationId& id, const std::vector<UnitRun>& freed) {
    auto order = state.order;
    for (const auto& run : freed) put_units(order.units, run);
    std::vector<UnitRun> kept;
    for (const auto& line : state.lines)
        if (line.operation_id == id)
            for (auto& run : held_units(order, line.id)) kept.push_back(std::move(run));
    return kept.empty() ? -1 : net_of(order, kept);
}

void end_operation(Draft& draft, const OperationId& id, DecisionState end, bool announced) {
    OperationEnded event{id, end, {}};
    if (announced && draft.operation(id).quote.shipping_minor > 0) event.moves.shipping_refunded = false;
    draft.add_system(std::move(event));
    if (announced) draft.effect(CancelReturn{id});
}

}  // namespace

void release(Draft& draft, const OperationId& id, ReleaseCause cause, std::vector<LineCount> lines, DecisionState end, bool system) {
    const auto& facts = draft.facts();
    const bool approved = in(table::kUnderWay, draft.operation(id).decision);
    UnitsReleased event{id, cause, std::move(lines), {}, {}};
    for (const auto& each : event.lines)
        move_held(event.moves, draft.state().order, *find_line(draft.state(), each.operation_line_id), Bucket::with_customer,
                  each.qty, Bucket::with_customer, true);
    const auto& operation = draft.operation(id);
    if (approved) promise_less(event.moves, draft.state(), operation, facts);
    else if (const auto goods = goods_kept(draft.state(), id, event.moves.units); goods >= 0)
        event.quote = first_quote(draft.state().order, facts.policy.terms, operation.fault, goods,
                                  operation.quote.return_shipping_minor);
    if (system) draft.add_system(std::move(event));
    else draft.add(std::move(event));

    const Counts left = counts(draft.state(), id);
    if (left.open == 0 && left.settled == 0 && left.sent_back == 0) end_operation(draft, id, end, approved);
    else finish(draft, id);
}

}  // namespace aftercare::domain
