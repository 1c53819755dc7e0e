#include "domain/kind_change.hpp"

#include <algorithm>

#include "domain/approvals.hpp"
#include "domain/batches.hpp"
#include "domain/guards.hpp"
#include "domain/ledgers.hpp"
#include "domain/operation_rules.hpp"
#include "domain/quotes.hpp"
#include "domain/work.hpp"

namespace aftercare::domain {
namespace {

/// Nothing of it may have been settled, be on its way to the customer, or be argued about.
Result<void> check_movable(const CaseState& state, const Operation& o, const KindRule& kind) {
    const Counts c = counts(state, o.id);
    if (kind.home == 0 || kind_of(o).home == 0 || c.open == 0) return refuse("kind_not_available", {{"kind", std::string(word(kind.kind))}}, {{"withdraw_and_request", {}}});
    if ((!kind.comes_back || kind.checked) && c.shipped > 0) return refuse("parcel_scanned", {}, {{"wait_for_arrival", {}}});
    if (outbound_open(state, o.id)) return refuse("parcel_still_out", {}, {{"wait_for_delivery", {}}});
    for (const OperationLine* line : lines_of(state, o.id))
        if (line->replaced > 0) return refuse("goods_replaced", {}, {{"ship_back", {}}});
    if (c.settled - c.awaiting + c.sent_back > 0) return refuse("units_settled", {}, {{"withdraw_and_request", {}}});
    if (c.unresolved + c.lost_back > 0) return refuse("units_in_dispute", {}, {{"agree", {}}, {"rule", {}}});
    for (const auto& leg : state.money)
        if (leg.operation_id == o.id && leg.kind == MoneyKind::collect && leg.state == MoneyState::succeeded)
            return refuse("difference_paid", {{"amount", std::to_string(leg.amount_minor)}}, {{"withdraw", {}}});
    const bool money = any_leg(state, o.id, {MoneyState::authorised, MoneyState::submitted, MoneyState::succeeded, MoneyState::failed, MoneyState::unknown});
    if (money || o.advanced_minor > 0) return refuse("money_moving", {}, {{"wait_for_answer", {}}});
    return {};
}

/// Goods travel in one direction only; the kind must look for them where they are, or where they have come meanwhile.
Result<Bucket> bucket_for(const KindRule& kind, Bucket now) {
    if (now == Bucket::in_transit_back || now == Bucket::with_us) return now;
    for (const Bucket each : {Bucket::unshipped, Bucket::in_transit_out, Bucket::with_customer})
        if (each >= now && in(kind.home, each)) return each;
    return refuse("kind_not_available", {{"kind", std::string(word(kind.kind))}}, {{"withdraw_and_request", {}}});
}

std::vector<RequestLine> open_lines(const CaseState& state, const OperationId& id) {
    std::vector<RequestLine> lines;
    for (const OperationLine* line : lines_of(state, id))
        if (const auto open = counts(*line).open; open > 0) lines.push_back({line->order_line_id, open, {}, {}, {}});
    return lines;
}

/// What a repair was to send home stays here: it is what the new kind is about.
void keep_repaired(Draft& draft, const OperationId& id) {
    ReplacementCancelled event{id, {}, {}, {}, {}};
    for (const auto& leg : draft.state().outbound)
        if (leg.operation_id == id && leg.purpose == OutboundPurpose::repaired && leg.state == OutboundState::planned) event.legs.push_back(leg.id);
    if (!event.legs.empty()) draft.add_system(std::move(event));
}

Operation successor(const CaseState& state, const Operation& old, const KindRule& kind, const Facts& facts) {
    Operation o = new_operation(state, kind, facts);
    o.reason = suits(old.reason, kind) ? old.reason : Reason::other;
    o.malfunction = old.malfunction;
    o.frequency = old.frequency;
    o.fault = old.fault;
    o.policy_id = old.policy_id;
    o.maker_id = old.maker_id;
    o.window_overridden = old.window_overridden;
    o.quote.return_shipping_minor = kind.comes_back ? old.quote.return_shipping_minor : 0;
    return o;
}

/// The line as the new operation has it: only what is open, with what has become of it.
OperationLine taken_over(OperationLine line, const Operation& by, const std::vector<RequestLine>& wanted, const OrderState& order) {
    line.operation_id = by.id;
    line.qty -= line.released + line.kept;
    line.accepted -= line.awaiting;
    line.released = line.kept = line.awaiting = 0;
    line.new_sku.clear();
    line.new_name.clear();
    line.even = false;
    line.new_price_minor = 0;
    if (by.kind != OperationKind::exchange && by.kind != OperationKind::reissue) return line;
    const auto at = std::find_if(wanted.begin(), wanted.end(), [&](const RequestLine& l) { return l.order_line_id == line.order_line_id; });
    promise_goods(line, at == wanted.end() ? nullptr : &*at, order);
    return line;
}

/// A request that had no window to keep is judged by the new kind's at the time when it was made.
Result<void> check_new_window(const CaseState& state, const Operation& old, const KindRule& kind, const Facts& facts) {
    if (!kind.window || kind_of(old).window || old.window_overridden) return {};
    RequestOperation as_if{kind.kind, kind.sub_kind, {}, suits(old.reason, kind) ? old.reason : Reason::other, {}, 0, {}, 0, {}, false, {}};
    for (const OperationLine* line : lines_of(state, old.id)) as_if.lines.push_back({line->order_line_id, 1, {}, {}, {}});
    const Facts then{old.requested_at, facts.actor, facts.policy, facts.calendar, facts.next_id, {}, facts.known};
    AC_CHECK(check_window(state.order, as_if, kind, then));
    return {};
}

}  // namespace

Result<OperationId> supersede(Draft& draft, const OperationId& id, const KindRule& kind, const std::vector<RequestLine>& lines, bool system) {
    const CaseState& state = draft.state();
    const Facts& facts = draft.facts();
    const Operation old = draft.operation(id);
    AC_CHECK(check_movable(state, old, kind));
    OperationSuperseded event{id, successor(state, old, kind, facts), {}, {}};
    OrderState order = state.order;
    std::vector<LineUnits> units;
    for (const OperationLine* line : lines_of(state, id)) {
        if (counts(*line).open == 0) continue;
        LineUnits each{taken_over(*line, event.by, lines, order), held_units(order, line->id)};
        for (auto& run : each.units) {
            AC_TRY(const Bucket bucket, bucket_for(kind, run.bucket));
            if (bucket == run.bucket) continue;
            run.bucket = bucket;
            event.moves.units.push_back(run);
        }
        event.lines.push_back(each.line);
        units.push_back(std::move(each));
    }
    (void)shift_money(event.moves, state, old, 0, 0, facts);
    const bool promised = old.decision == DecisionState::verifying || in(table::kUnderWay, old.decision);
    if (promised && old.quote.shipping_minor > 0) event.moves.shipping_refunded = order.shipping_refunded = false;
    event.by.quote = first_quote(order, facts.policy.terms, event.by, units);
    for (const auto& leg : state.money)
        if (leg.operation_id == id && leg.kind == MoneyKind::collect && leg.state == MoneyState::authorised)
            event.moves.money.push_back({leg.id, leg.payment_id, leg.state, MoneyState::voided, leg.amount_minor, leg.amount_minor, leg.kind});
    const OperationId by = event.by.id;
    if (system) draft.add_system(std::move(event));
    else draft.add(std::move(event));
    if (promised && kind_of(old).comes_back) draft.effect(CancelReturn{id});
    if (promised && old.sub_kind == SubKind::unshipped_cancel && kind.sub_kind != SubKind::intercept) draft.effect(ReleaseOrder{id});
    return by;
}

void pay_instead(Draft& draft, const OperationId& id) {
    if (counts(draft.state(), id).awaiting > 0) {
        (void)cancel_replacement(draft, id, true);
        return;
    }
    if (sends_first(draft.operation(id)) && !cancel_advance(draft, id, true)) return;
    Draft tried = draft;
    const auto by = supersede(tried, id, *find_kind(OperationKind::return_refund, SubKind::none), {}, true);
    if (!by || !check_money(tried.state(), tried.operation(*by), tried.operation(*by).quote, tried.facts())) return;
    approve_now(tried, *by, Quote(tried.operation(*by).quote), {}, true);
    judge_goods(tried, *by);
    draft = std::move(tried);
}

Result<Decision> change_kind(const CaseState& state, const ChangeKind& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::change_kind));
    AC_TRY(const KindRule* kind, kind_asked(command.kind, command.sub_kind));
    if (kind == &kind_of(*operation)) return fail_field("/kind", "same_as_before");
    if (!command.customer_consent && acting_role(facts.actor, CommandWord::change_kind) != Role::plugin)
        return refuse("consent_missing", {}, {{"record_consent", {}}});
    Draft draft(state, CommandWord::change_kind, facts);
    if (kind->kind == OperationKind::return_refund && counts(state, operation->id).awaiting > 0 && operation->kind != OperationKind::repair) {
        AC_CHECK(cancel_replacement(draft, operation->id, false));
        return draft.take();
    }
    AC_CHECK(check_new_window(state, *operation, *kind, facts));
    const bool under_way = operation->decision == DecisionState::verifying || in(table::kUnderWay, operation->decision);
    const bool scanned = counts(state, operation->id).shipped > 0;
    AC_CHECK(check_lines_of(state, operation->id, command.lines));
    AC_CHECK(check_kind(state, open_lines(state, operation->id), *kind, facts));
    AC_CHECK(check_replacement(state.order, command.lines, *kind, operation->fault));
    if (sends_first(*operation)) AC_CHECK(cancel_advance(draft, operation->id, false));
    keep_repaired(draft, operation->id);
    AC_TRY(const OperationId by, supersede(draft, operation->id, *kind, command.lines, false));
    if (!under_way) return draft.take();
    const Operation made = draft.operation(by);  // it had been approved: whoever may, approves it again at once (I13)
    Result<void> may = check_approver(draft.state(), made, made.quote, facts);
    if (may) may = check_money(draft.state(), made, made.quote, facts);
    const bool by_plugin = acting_role(facts.actor, CommandWord::change_kind) == Role::plugin;  // it says what was agreed elsewhere
    if (may) approve_now(draft, by, made.quote, facts.actor.staff_id, by_plugin);
    else if (scanned) return fail(std::move(may.error()));  // goods on their way need an operation that takes them
    if (may) judge_goods(draft, by);
    return draft.take();
}

}  // namespace aftercare::domain
