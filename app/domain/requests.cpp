#include <algorithm>
#include <set>

#include "domain/clocks.hpp"
#include "domain/draft.hpp"
#include "domain/ledgers.hpp"
#include "domain/platform.hpp"
#include "domain/quotes.hpp"
#include "domain/release.hpp"
#include "domain/return_refund.hpp"

/// Rows 1 to 10: from a request to the decision.
namespace aftercare::domain {
namespace {

constexpr std::size_t kMaxOperations = 100;  ///< of one case: keeps a state small enough to hold
constexpr Duration kReopenWindow = days(15);

std::string text(std::int64_t number) { return std::to_string(number); }

/// G-order, and that the case may still take an operation.
Result<void> check_order(const CaseState& state, const Facts& facts) {
    if (state.order.order.id.empty()) return refuse("case_has_no_order", {}, {{"open_case_for_order", {}}});
    if (state.c.closed_at.ms != 0 && facts.now > state.c.closed_at + kReopenWindow)
        return refuse("reopen_window_passed", {}, {{"open_new_case", {}}});
    if (state.operations.size() >= kMaxOperations) return refuse("too_many_operations", {}, {{"open_new_case", {}}});
    std::int64_t captured = 0;
    for (const auto& ledger : state.order.money) captured += ledger.captured_minor;
    if (captured <= 0) return refuse("order_not_paid", {}, {{"wait_for_payment", {}}});
    return {};
}

Result<void> check_lines(const OrderState& order, const std::vector<LineQty>& lines) {
    std::vector<FieldError> wrong;
    std::set<OrderLineId> seen;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string at = "/lines/" + std::to_string(i);
        if (!find_order_line(order, lines[i].order_line_id)) wrong.push_back({at + "/order_line_id", "unknown_line"});
        else if (!seen.insert(lines[i].order_line_id).second) wrong.push_back({at + "/order_line_id", "duplicate_line"});
        if (lines[i].qty < 1) wrong.push_back({at + "/qty", "out_of_range"});
    }
    if (lines.empty() || lines.size() > kMaxLines) wrong.push_back({"/lines", lines.empty() ? "too_short" : "too_long"});
    if (!wrong.empty()) return fail(Error{ErrorKind::invalid, "invalid_fields", std::move(wrong), {}, {}, {}});
    return {};
}

/// G-window and exclusions, judged now and kept (I18). True: let through by a lead.
Result<bool> check_window(const CaseState& state, const RequestReturn& command, const Facts& facts, Instant& ends) {
    const auto& terms = facts.policy.terms;
    ends = facts.calendar.window_end(window_anchor(state.order.order),
                                     rule_of(command.reason).warranty ? terms.warranty_days : terms.window_days);
    const bool late = facts.now > ends;
    const auto excluded = std::find_if(command.lines.begin(), command.lines.end(), [&](const LineQty& l) {
        return is_excluded(terms, find_order_line(state.order, l.order_line_id)->sku);
    });
    if (!late && excluded == command.lines.end()) return false;
    if (command.override_window) {
        AC_CHECK(require(facts.actor, Permission::override_rules));
        if (command.override_reason.empty()) return fail_field("/override_reason", "required");
        return true;
    }
    if (late)
        return refuse("return_window_passed", {{"ended_at", text(ends.ms)}}, {{"ask_lead_override", {{"until", text(ends.ms)}}}});
    return refuse("line_not_returnable", {{"order_line_id", excluded->order_line_id.value}}, {{"ask_lead_override", {}}});
}

/// G-units: free units with the customer, whoever else holds some.
Result<void> check_units(const OrderState& order, const std::vector<LineQty>& lines) {
    for (const auto& line : lines) {
        const auto free = available(order, line.order_line_id, Bucket::with_customer);
        if (line.qty <= free) continue;
        std::vector<Remedy> remedies;
        if (free > 0) remedies.push_back({"request_fewer", {{"qty", text(free)}}});
        if (available(order, line.order_line_id, Bucket::in_transit_out) + available(order, line.order_line_id, Bucket::unshipped) > 0)
            remedies.push_back({"wait_for_delivery", {}});
        return refuse("qty_not_available",
                      {{"order_line_id", line.order_line_id.value}, {"requested", text(line.qty)}, {"available", text(free)}},
                      std::move(remedies));
    }
    return {};
}

/// G-reason and G-evidence: whose fault it is, and what must be shown.
Result<Fault> check_reason(const RequestReturn& command, const Facts& facts) {
    const auto& rule = rule_of(command.reason);
    if (command.fault && *command.fault != rule.fault) AC_CHECK(require(facts.actor, Permission::decide_operations));
    const Fault fault = command.fault.value_or(rule.fault);
    if (rule.needs_photo && command.photo_ref.empty())
        return refuse("photo_required", {{"reason", std::string(word(command.reason))}}, {{"attach_photo", {}}});
    if (command.return_shipping_minor < 0) return fail_field("/return_shipping_minor", "out_of_range");
    if (command.return_shipping_minor > 0 && !shop_pays_the_way(fault))
        return refuse("return_shipping_not_owed", {{"fault", std::string(word(fault))}}, {{"leave_out_return_shipping", {}}});
    if (const auto cap = facts.policy.terms.return_shipping_cap_minor; command.return_shipping_minor > cap)
        return refuse("return_shipping_over_cap", {{"max", text(cap)}}, {{"claim_at_most", {{"max", text(cap)}}}});
    return fault;
}

/// Holds the units and writes the operation down.
OperationRequested make_request(const CaseState& state, const RequestReturn& command, Fault fault, const Facts& facts) {
    OperationRequested event;
    auto& o = event.operation;
    o.id = OperationId(facts.next_id());
    o.case_id = state.c.id;
    o.order_id = state.order.order.id;
    o.kind = OperationKind::return_refund;
    o.decision = DecisionState::requested;
    o.reason = command.reason;
    o.fault = fault;
    o.policy_id = facts.policy.id;
    o.currency = state.order.order.currency;
    o.maker_id = facts.actor.staff_id;
    o.requested_at = facts.now;
    event.photo_ref = command.photo_ref;
    std::int64_t goods = 0;
    for (const auto& wanted : command.lines) {
        OperationLine line;
        line.id = OperationLineId(facts.next_id());
        line.operation_id = o.id;
        line.order_line_id = wanted.order_line_id;
        line.qty = wanted.qty;
        const auto picked = pick_units(state.order, wanted.order_line_id, Bucket::with_customer, {}, wanted.qty);
        goods += net_of(state.order, picked);
        for (auto& run : moved(picked, Bucket::with_customer, line.id)) event.moves.units.push_back(std::move(run));
        event.lines.push_back(std::move(line));
    }
    o.quote = first_quote(state.order, facts.policy.terms, fault, goods, command.return_shipping_minor);
    return event;
}

/// The promise as it would be given now, for the units still held.
Quote quote_now(const CaseState& state, const Operation& operation, const Facts& facts) {
    std::int64_t goods = 0;
    for (const auto& line : state.lines)
        if (line.operation_id == operation.id) goods += net_of(state.order, held_units(state.order, line.id));
    return first_quote(state.order, facts.policy.terms, operation.fault, goods, operation.quote.return_shipping_minor);
}

Result<void> check_money(const CaseState& state, const Quote& quote) {
    const auto free = free_money(state.order);
    if (quote.net_minor <= free) return {};
    return refuse("not_enough_captured", {{"needed", text(quote.net_minor)}, {"free", text(free)}},
                  {{"request_fewer", {}}, {"wait_for_payment", {}}});
}

OperationApproved make_approval(const CaseState& state, const Operation& operation, const Quote& quote, const Facts& facts) {
    OperationApproved event{operation.id, quote, {}, {}, false, {}};
    const auto& terms = facts.policy.terms;
    event.ship_by_at = capped(facts.calendar.end_of_day(facts.now + days(terms.ship_back_days)));
    event.instant_refund = terms.instant_refund && rule_of(operation.reason).instant;
    if (quote.shipping_minor > 0) event.moves.shipping_refunded = true;
    (void)shift_money(event.moves, state, operation, 0, quote.net_minor, facts);  // check_money came first
    return event;
}

/// G-limit: what this case's approved operations promise already counts with it.
Result<void> check_approver(const CaseState& state, const Operation& operation, const Quote& quote, const Facts& facts) {
    std::int64_t amount = quote.net_minor;
    for (const auto& other : state.operations)
        if (other.id != operation.id && other.decided_at.ms != 0 && other.decision != DecisionState::rejected &&
            (!is_terminal(other.decision) || other.decision == DecisionState::closed))
            amount += std::max(other.quote.net_minor, other.settled.net_minor);
    const auto limit = facts.policy.terms.agent_limit_minor;
    if (amount <= limit || facts.actor.has(Role::system)) return {};
    if (!facts.actor.has(Role::lead))
        return refuse("over_limit", {{"amount", text(amount)}, {"limit", text(limit)}}, {{"ask_lead", {{"amount", text(amount)}}}});
    if (!facts.actor.staff_id.empty() && facts.actor.staff_id == operation.maker_id)
        return refuse("same_person", {{"made", "request"}}, {{"ask_other_lead", {}}});
    return {};
}

}  // namespace

Result<Decision> request_return(const CaseState& state, const RequestReturn& command, const Facts& facts) {
    AC_CHECK(permitted(facts.actor, CommandWord::request));
    AC_CHECK(check_order(state, facts));
    AC_CHECK(check_lines(state.order, command.lines));
    Instant window_ends;
    AC_TRY(const bool overridden, check_window(state, command, facts, window_ends));
    AC_CHECK(check_units(state.order, command.lines));
    AC_TRY(const Fault fault, check_reason(command, facts));

    Draft draft(state, CommandWord::request, facts);
    auto event = make_request(state, command, fault, facts);
    event.window_ends_at = window_ends;
    event.operation.window_overridden = overridden;
    const OperationId id = event.operation.id;
    draft.add(std::move(event));

    const auto& operation = draft.operation(id);
    const auto automatic = facts.policy.terms.auto_approve_minor;
    if (automatic > 0 && operation.quote.net_minor <= automatic && !overridden && check_money(draft.state(), operation.quote)) {
        draft.add_system(make_approval(draft.state(), operation, operation.quote, facts));
        draft.effect(AnnounceReturn{id});
        tell_platform(draft, id, PlatformVerdict::agree_return);
    }
    return draft.take();
}

Result<Decision> approve(const CaseState& state, const Approve& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::approve));
    const Quote quote = quote_now(state, *operation, facts);
    AC_CHECK(check_approver(state, *operation, quote, facts));
    AC_CHECK(check_money(state, quote));
    Draft draft(state, CommandWord::approve, facts);
    auto event = make_approval(state, *operation, quote, facts);
    event.approver_id = facts.actor.staff_id;
    draft.add(std::move(event));
    draft.effect(AnnounceReturn{operation->id});
    tell_platform(draft, operation->id, PlatformVerdict::agree_return);
    return draft.take();
}

Result<Decision> ask_info(const CaseState& state, const AskInfo& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::ask_info));
    Draft draft(state, CommandWord::ask_info, facts);
    draft.add(InfoAsked{operation->id, command.note_id, {}});
    return draft.take();
}

Result<Decision> give_info(const CaseState& state, const GiveInfo& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::give_info));
    Draft draft(state, CommandWord::give_info, facts);
    draft.add(InfoGiven{operation->id, command.photo_ref, {}});
    return draft.take();
}

Result<Decision> reject(const CaseState& state, const Reject& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::reject));
    AC_CHECK(platform_allows(state, CommandWord::reject, facts));
    Draft draft(state, CommandWord::reject, facts);
    draft.add(OperationRejected{operation->id, command.code, {}});
    tell_platform(draft, operation->id, PlatformVerdict::refuse);
    return draft.take();
}

Result<Decision> appeal(const CaseState& state, const Appeal& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::appeal));
    if (ruled_owed(state) == 0) {  // a ruling opens it again, however late
        const auto most = facts.policy.terms.max_appeals;
        if (operation->appeals >= most) return refuse("no_appeal_left", {{"max", text(most)}}, {{"request_again", {}}});
        const Clock* window = live_clock(state, operation->id, ClockKind::appeal_due);
        if (!window || facts.now > window->due_at) return refuse("appeal_window_passed", {}, {{"request_again", {}}});
    }
    Draft draft(state, CommandWord::appeal, facts);
    draft.add(OperationAppealed{operation->id, {}});
    return draft.take();
}

Result<Decision> change_kind(const CaseState& state, const ChangeKind& command, const Facts& facts) {
    AC_CHECK(admitted(state, command.operation_id, facts.actor, CommandWord::change_kind));
    return refuse("kind_not_available", {{"kind", std::string(word(command.kind))}}, {{"withdraw_and_open_case", {}}});
}

Result<Decision> withdraw(const CaseState& state, const Withdraw& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::withdraw));
    AC_CHECK(platform_allows(state, CommandWord::withdraw, facts));
    std::vector<LineCount> lines;
    if (command.lines.empty()) {
        lines = unshipped(state, operation->id);
        if (lines.empty()) return refuse("parcel_scanned", {}, {{"wait_for_arrival", {}}});
    }
    AC_CHECK(pick_unshipped(state, *operation, command.lines, lines));
    Draft draft(state, CommandWord::withdraw, facts);
    release(draft, operation->id, ReleaseCause::withdrawn, std::move(lines), DecisionState::cancelled, false);
    return draft.take();
}

}  // namespace aftercare::domain
