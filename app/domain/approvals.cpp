#include "domain/approvals.hpp"

#include <algorithm>

#include "domain/batches.hpp"
#include "domain/clocks.hpp"
#include "domain/date.hpp"
#include "domain/kind_change.hpp"
#include "domain/ledgers.hpp"
#include "domain/operation_rules.hpp"
#include "domain/platform.hpp"
#include "domain/quotes.hpp"
#include "domain/work.hpp"

namespace aftercare::domain {
namespace {

/// What an approval promises: all of it where nothing comes back, otherwise the most that the goods may bring.
std::int64_t promise_of(const CaseState& state, Operation operation, const Quote& quote, const Facts& facts) {
    operation.quote = quote;
    const bool at_once = kind_of(operation).settles != Settles::later;
    return at_once ? quote.net_minor : ceiling(state, operation, facts.policy.terms);
}

OperationApproved make_approval(const CaseState& state, const Operation& operation, const Quote& quote, const Facts& facts) {
    OperationApproved event{operation.id, quote, operation.approver_id, {}, false, {}};
    const auto& terms = facts.policy.terms;
    if (kind_of(operation).comes_back) event.ship_by_at = capped(facts.calendar.end_of_day(facts.now + days(terms.ship_back_days)));
    event.instant_refund = pays_at_once(terms, operation);
    if (operation.decision == DecisionState::verifying) return event;  // promised when the check began
    if (quote.shipping_minor > 0) event.moves.shipping_refunded = true;
    (void)shift_money(event.moves, state, operation, 0, promise_of(state, operation, quote, facts), facts);  // check_money came first
    return event;
}

/// What the case's approved operations promise already.
template <class Amount>
std::int64_t approved_before(const CaseState& state, const Operation& operation, Amount&& amount) {
    std::int64_t sum = 0;
    for (const auto& other : state.operations)
        if (other.id != operation.id && other.decided_at.ms != 0 && other.decision != DecisionState::rejected &&
            (!is_terminal(other.decision) || other.decision == DecisionState::closed))
            sum += amount(other);
    return sum;
}

/// Above a limit, whoever asked does not approve.
Result<void> check_other(const Operation& operation, const Facts& facts) {
    if (!facts.actor.staff_id.empty() && facts.actor.staff_id == operation.maker_id)
        return refuse("same_person", {{"made", "request"}}, {{"ask_other_lead", {}}});
    return {};
}

Result<void> check_limit(const Operation& operation, std::int64_t amount, std::int64_t limit, const Facts& facts) {
    if (amount <= limit || facts.actor.has(Role::system)) return {};
    if (!facts.actor.has(Role::lead))
        return refuse("over_limit", {{"amount", text(amount)}, {"limit", text(limit)}}, {{"ask_lead", {{"amount", text(amount)}}}});
    return check_other(operation, facts);
}

/// How often this customer was let keep the goods.
Result<void> check_kept(const Operation& operation, const Facts& facts) {
    const auto& terms = facts.policy.terms;
    if (terms.keep_goods_count == 0 || facts.actor.has(Role::lead) || facts.actor.has(Role::system)) return {};
    const Instant since = facts.now - days(terms.keep_goods_days);
    const auto count = std::count_if(facts.known.kept.begin(), facts.known.kept.end(),
                                     [&](const Known::Kept& kept) { return kept.operation_id != operation.id && kept.at >= since; });
    if (count < terms.keep_goods_count) return {};
    return refuse("keep_goods_too_often", {{"count", text(count)}, {"days", text(terms.keep_goods_days)}}, {{"ask_a_lead", {}}});
}

/// The month's money for compensation, of the shop or of one channel of it.
Result<void> check_budget(const Operation& operation, const Facts& facts) {
    const auto& budget = facts.policy.terms.compensation_budget_minor;
    if (!budget || facts.actor.has(Role::system)) return {};
    const auto left = *budget - given_this_month(facts);
    if (operation.asked_minor <= left) return {};
    if (!facts.actor.has(Role::lead))
        return refuse("over_budget", {{"amount", text(operation.asked_minor)}, {"left", text(std::max<std::int64_t>(left, 0))}}, {{"ask_lead", {{"amount", text(operation.asked_minor)}}}});
    return check_other(operation, facts);
}

/// Asks the warehouse or the courier, and leaves the same question to a person.
void ask_check(Draft& draft, const OperationId& id, const Quote& quote, const StaffId& approver, bool system) {
    const auto& facts = draft.facts();
    const Operation operation = draft.operation(id);
    CheckAsked event{id, quote, approver, {}};
    if (quote.shipping_minor > 0) event.moves.shipping_refunded = true;
    (void)shift_money(event.moves, draft.state(), operation, 0, promise_of(draft.state(), operation, quote, facts), facts);
    const bool by_hall = operation.sub_kind == SubKind::unshipped_cancel || operation.kind == OperationKind::reissue;
    open_task(event.moves, draft.state(), id, by_hall ? Department::warehouse : Department::service, check_task(operation), facts);
    if (system) draft.add_system(std::move(event));
    else draft.add(std::move(event));
    if (operation.sub_kind == SubKind::unshipped_cancel) draft.effect(HoldOrder{id});
    if (operation.sub_kind == SubKind::intercept) draft.effect(InterceptParcel{id});
}

/// What an approval sets going.
void proceed(Draft& draft, const OperationId& id, const std::string& carrier, const std::string& tracking) {
    const Operation operation = draft.operation(id);
    if (kind_of(operation).settles != Settles::later) {
        settle_in_place(draft, id);
        if (kind_of(operation).goes_out) ask_stock(draft, id);
        return;
    }
    if (operation.sub_kind == SubKind::intercept) ship_all(draft, id, carrier, tracking);
    draft.effect(AnnounceReturn{id});
    if (operation.kind == OperationKind::exchange) ask_stock(draft, id);
    if (sends_first(operation)) plan_in_advance(draft, id);
}

}  // namespace

std::int64_t given_this_month(const Facts& facts) {
    const Date today = date_of(facts.calendar.day_of(facts.now));
    const Instant first = facts.calendar.instant_of(day_number({today.year, today.month, 1}), {});
    std::int64_t sum = 0;
    for (const auto& given : facts.known.given)
        if (given.at >= first) sum += given.minor;
    return sum;
}

Quote quote_now(const CaseState& state, const Operation& operation, const Facts& facts) {
    std::vector<LineUnits> units;
    for (const OperationLine* line : lines_of(state, operation.id)) units.push_back({*line, held_units(state.order, line->id)});
    const auto settles = kind_of(operation).settles;
    const auto ruled = ruled_owed(state);  // a marketplace that ruled for the buyer said how much
    if (ruled == 0 || (settles != Settles::consumed && settles != Settles::cancelled)) return first_quote(state.order, facts.policy.terms, operation, units);
    Operation whole = operation;
    whole.asked_minor = 0;
    const Quote full = first_quote(state.order, facts.policy.terms, whole, units);
    return lowered(full, std::min(ruled, full.net_minor));
}

bool pays_at_once(const PolicyTerms& terms, const Operation& operation) {
    return terms.instant_refund && operation.kind == OperationKind::return_refund && rule_of(operation.reason).instant;
}

Result<void> check_money(const CaseState& state, const Operation& operation, const Quote& quote, const Facts& facts) {
    const auto needed = promise_of(state, operation, quote, facts), free = free_money(state.order);
    if (needed <= free) return {};
    return refuse("not_enough_captured", {{"needed", text(needed)}, {"free", text(free)}},
                  {{"request_fewer", {}}, {"wait_for_payment", {}}});
}

Result<void> check_approver(const CaseState& state, const Operation& operation, const Quote& quote, const Facts& facts) {
    const auto& terms = facts.policy.terms;
    if (sends_first(operation) && !terms.advance_exchange && !facts.actor.has(Role::lead) && !facts.actor.has(Role::system))
        return refuse("advance_needs_lead", {}, {{"ask_a_lead", {}}});
    const auto before = [&](SubKind sub_kind, auto member) {
        return approved_before(state, operation, [&](const Operation& o) { return o.sub_kind == sub_kind ? o.*member : 0; });
    };
    if (operation.sub_kind == SubKind::goodwill) AC_CHECK(check_budget(operation, facts));
    if (operation.sub_kind == SubKind::goodwill)
        return check_limit(operation, operation.asked_minor + before(SubKind::goodwill, &Operation::asked_minor), terms.compensation_limit_minor, facts);
    if (operation.kind == OperationKind::reissue)
        return check_limit(operation,
                           operation.parts_minor + before(SubKind::part, &Operation::parts_minor) + before(SubKind::unit, &Operation::parts_minor) + facts.known.again_cost_minor,
                           terms.reissue_cost_limit_minor, facts);
    if (operation.sub_kind == SubKind::keep_goods) AC_CHECK(check_kept(operation, facts));
    if (operation.sub_kind == SubKind::keep_goods) AC_CHECK(check_limit(operation, quote.net_minor, terms.keep_goods_limit_minor, facts));
    return check_given(state, operation, given(operation, quote), facts);
}

std::int64_t given(const Operation& operation, const Quote& quote) {
    const auto sent = sends_first(operation) ? quote.replacement_minor - quote.collect_minor : 0;  // out of our hands before anything is here
    return quote.net_minor + sent;
}

Result<void> check_given(const CaseState& state, const Operation& operation, std::int64_t amount, const Facts& facts) {
    const auto& terms = facts.policy.terms;
    if (operation.kind == OperationKind::reissue) AC_CHECK(check_limit(operation, amount, terms.keep_goods_limit_minor, facts));
    const auto others = approved_before(state, operation, [](const Operation& o) { return std::max(given(o, o.quote), o.settled.net_minor); });
    return check_limit(operation, amount + others, terms.agent_limit_minor, facts);
}

void approve_now(Draft& draft, const OperationId& id, const Quote& quote, const StaffId& approver, bool system) {
    const auto& facts = draft.facts();
    if (kind_of(draft.operation(id)).checked) return ask_check(draft, id, quote, approver, system);
    auto event = make_approval(draft.state(), draft.operation(id), quote, facts);
    event.approver_id = approver;
    if (system) draft.add_system(std::move(event));
    else draft.add(std::move(event));
    proceed(draft, id, {}, {});
    if (kind_of(draft.operation(id)).comes_back) tell_platform(draft, id, PlatformVerdict::agree_return);
}

std::string_view check_task(const Operation& o) {
    switch (o.sub_kind) {
        case SubKind::unshipped_cancel: return "hold_order";
        case SubKind::intercept: return "intercept_parcel";
        case SubKind::not_received: return "trace_parcel";
        default: return "verify_packing";
    }
}

Result<Decision> approve(const CaseState& state, const Approve& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::approve));
    const Quote quote = quote_now(state, *operation, facts);
    AC_CHECK(check_approver(state, *operation, quote, facts));
    AC_CHECK(check_money(state, *operation, quote, facts));
    Draft draft(state, CommandWord::approve, facts);
    approve_now(draft, operation->id, quote, facts.actor.staff_id, false);
    return draft.take();
}

Result<Decision> answer_check(const CaseState& state, const AnswerCheck& command, const Facts& facts) {
    AC_TRY(const Operation* operation, known(state, command.operation_id, facts.actor, CommandWord::answer_check));
    if (operation->check != CheckResult::none && operation->check == command.result) return Decision{};
    AC_CHECK(in_state(*operation, CommandWord::answer_check));
    if (command.result == CheckResult::none || (command.result == CheckResult::already_shipped && operation->sub_kind != SubKind::unshipped_cancel))
        return fail_field("/result", "not_of_kind");
    Draft draft(state, CommandWord::answer_check, facts);
    CheckAnswered event{operation->id, command.result, {}};
    if (command.result == CheckResult::refuted) {
        (void)shift_money(event.moves, state, *operation, 0, 0, facts);
        if (operation->quote.shipping_minor > 0) event.moves.shipping_refunded = false;
    }
    draft.add(std::move(event));
    if (command.result == CheckResult::confirmed) {
        draft.add_system(make_approval(draft.state(), draft.operation(operation->id), operation->quote, facts));
        proceed(draft, operation->id, command.carrier, command.tracking);
    }
    if (command.result == CheckResult::already_shipped) {  // the same units, and the same promise
        AC_TRY(const OperationId by, supersede(draft, operation->id, *find_kind(OperationKind::refund_only, SubKind::intercept), {}, true));
        approve_now(draft, by, Quote(draft.operation(by).quote), operation->approver_id, true);
    }
    return draft.take();
}

}  // namespace aftercare::domain
