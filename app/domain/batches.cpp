#include "domain/batches.hpp"

#include <algorithm>

#include "domain/clocks.hpp"
#include "domain/ledgers.hpp"
#include "domain/platform.hpp"
#include "domain/quotes.hpp"

namespace aftercare::domain {
namespace {

Batch make_batch(const CaseState& state, const Operation& operation, const PolicyTerms& terms, bool disputed_too) {
    Batch batch;
    for (const auto& line : state.lines) {
        if (line.operation_id != operation.id) continue;
        const Counts c = counts(line);
        BatchLine row{line.id, c.pending, 0, 0, 0, 0};
        if (disputed_too) {
            row.accepted += c.disputed + c.lost_back;
            row.disputed = c.disputed;
            row.lost_back = c.lost_back;
            row.written_off = c.unresolved;
        }
        if (row.accepted + row.written_off == 0) continue;
        auto here = pick_units(state.order, line.order_line_id, Bucket::with_us, line.id, row.accepted - row.lost_back);
        auto gone = pick_units(state.order, line.order_line_id, Bucket::in_transit_back, line.id, row.written_off);
        for (auto& run : pick_units(state.order, line.order_line_id, Bucket::lost_out, line.id, row.lost_back)) gone.push_back(std::move(run));
        row.goods_minor = net_of(state.order, here) + net_of(state.order, gone);
        batch.full.goods_minor += row.goods_minor;
        batch.accepted.insert(batch.accepted.end(), here.begin(), here.end());
        batch.written_off.insert(batch.written_off.end(), gone.begin(), gone.end());
        batch.lines.push_back(row);
    }
    batch.full = batch_quote(operation, terms, batch.full.goods_minor);
    return batch;
}

}  // namespace

Batch undisputed(const CaseState& state, const Operation& operation, const PolicyTerms& terms) {
    return make_batch(state, operation, terms, false);
}
Batch everything(const CaseState& state, const Operation& operation, const PolicyTerms& terms) {
    return make_batch(state, operation, terms, true);
}

Result<void> settle(Draft& draft, const OperationId& id, const Batch& batch, const Quote& quote, SettledBy by,
                    const std::string& reason, bool system) {
    const auto& facts = draft.facts();
    const Operation operation = draft.operation(id);
    BatchSettled event{id, by, reason, batch.lines, quote, 0, {}};
    for (auto& run : moved(batch.accepted, Bucket::returned, {})) event.moves.units.push_back(std::move(run));
    for (auto& run : moved(batch.written_off, Bucket::consumed, {})) event.moves.units.push_back(std::move(run));
    event.advance_used_minor = std::min({operation.advanced_minor, quote.net_minor, batch.full.net_minor});
    if (quote.shipping_minor > 0 && operation.quote.shipping_minor == 0) event.moves.shipping_refunded = true;

    Operation after = operation;  // what stays promised is owed for the units that remain
    after.settled = after.settled + quote;
    const auto owed = ceiling(draft.state(), after, facts.policy.terms, event.moves.units) -
                      (operation.advanced_minor - event.advance_used_minor);
    if (!shift_money(event.moves, draft.state(), operation, quote.net_minor - event.advance_used_minor,
                     std::max<std::int64_t>(owed, 0), facts)) {
        const auto free = std::to_string(free_money(draft.state().order));
        return refuse("not_enough_captured", {{"needed", std::to_string(quote.net_minor)}, {"free", free}},
                      {{"lower_amount", {}}});
    }
    if (system) draft.add_system(std::move(event));
    else draft.add(std::move(event));
    finish(draft, id);
    return {};
}

bool pending_needs_person(const CaseState& state, const OperationId& id) {
    for (const auto& line : state.lines) {
        if (line.operation_id != id) continue;
        std::int64_t pending = counts(line).pending;  // the newest of the line's undisputed records cover it
        std::vector<const InspectionRecord*> records;
        for (const auto& record : state.inspections)
            if (record.operation_line_id == line.id && !is_mismatch(record.grade)) records.push_back(&record);
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
