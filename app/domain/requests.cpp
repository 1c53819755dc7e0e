#include <algorithm>

#include "domain/approvals.hpp"
#include "domain/batches.hpp"
#include "domain/clocks.hpp"
#include "domain/draft.hpp"
#include "domain/guards.hpp"
#include "domain/ladder.hpp"
#include "domain/ledgers.hpp"
#include "domain/operation_rules.hpp"
#include "domain/platform.hpp"
#include "domain/quotes.hpp"
#include "domain/release.hpp"
#include "domain/requests.hpp"
#include "domain/work.hpp"

/// Rows 1 to 10: a request, what is asked about it, and how it ends without goods.
namespace aftercare::domain {

Result<OperationRequested> make_request(const CaseState& state, const RequestOperation& command, const KindRule& kind, Fault fault, const Facts& facts) {
    OperationRequested event;
    auto& o = event.operation;
    o = new_operation(state, kind, facts);
    o.reason = command.reason;
    o.fault = fault;
    o.malfunction = command.malfunction;
    o.frequency = command.frequency;
    o.asked_minor = command.amount_minor.value_or(0);
    o.parts_minor = kind.kind == OperationKind::reissue ? command.cost_minor : 0;
    o.quote.return_shipping_minor = command.return_shipping_minor;
    event.photo_ref = command.photo_ref;
    std::vector<LineUnits> units;
    std::int64_t goods = 0;
    for (const auto& wanted : command.lines) {
        OperationLine line;
        line.id = OperationLineId(facts.next_id());
        line.operation_id = o.id;
        line.order_line_id = wanted.order_line_id;
        line.qty = wanted.qty;
        line.fee_bp = terms_of(state.order, wanted.order_line_id, facts).restocking_fee_bp;
        if (kind.kind == OperationKind::exchange || kind.kind == OperationKind::reissue) promise_goods(line, &wanted, state.order);
        auto picked = pick_in(state.order, wanted.order_line_id, kind.home, {}, wanted.qty);
        goods += net_of(state.order, picked);
        for (auto run : picked) {
            run.held_by = line.id;
            event.moves.units.push_back(std::move(run));
        }
        units.push_back({line, std::move(picked)});
        event.lines.push_back(std::move(line));
    }
    AC_CHECK(check_amount(state.order, command, o, goods));
    o.quote = first_quote(state.order, facts.policy.terms, o, units);
    event.window_ends_at = window_of(state.order, command, kind, facts).ends;
    return event;
}

Result<void> check_automatic(const CaseState& state, const Operation& operation, const Facts& facts) {
    if (operation.kind != OperationKind::return_refund && operation.sub_kind != SubKind::unshipped_cancel) return refuse("auto_approval_not_for_kind");
    if (operation.window_overridden) return refuse("auto_approval_not_overridden");
    std::int64_t limit = facts.policy.terms.auto_approve_minor;
    const auto lines = lines_of(state, operation.id);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto own = terms_of(state.order, lines[i]->order_line_id, facts).auto_approve_minor;
        limit = i == 0 ? own : std::min(limit, own);
    }
    if (limit <= 0) return refuse("auto_approval_off");
    const auto amount = operation.quote.net_minor;
    if (amount > limit) return refuse("over_auto_limit", {{"amount", text(amount)}, {"limit", text(limit)}});
    return check_money(state, operation, operation.quote, facts);
}

Result<Decision> request_operation(const CaseState& state, const RequestOperation& command, const Facts& facts) {
    AC_CHECK(permitted(facts.actor, CommandWord::request));
    AC_CHECK(check_order(state, facts));
    AC_TRY(const KindRule* kind, kind_asked(command.kind, command.sub_kind));
    AC_CHECK(check_lines(state.order, command, *kind));
    AC_TRY(const OverriddenRule overridden, check_window(state.order, command, *kind, facts));
    AC_TRY(const Fault fault, check_request(state, command, *kind, facts));

    Draft draft(state, CommandWord::request, facts);
    AC_TRY(auto event, make_request(state, command, *kind, fault, facts));
    event.operation.overridden = overridden;
    event.operation.window_overridden = overridden != OverriddenRule::none;
    const OperationId id = event.operation.id;
    draft.add(std::move(event));

    const auto& operation = draft.operation(id);
    if (check_automatic(draft.state(), operation, facts)) approve_now(draft, id, Quote(operation.quote), {}, true);
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
    InfoGiven event{operation->id, command.photo_ref, {}};
    for (const Clock& clock : state.clocks)  // the decision was late before we asked
        if (clock.operation_id == operation->id && clock.kind == ClockKind::first_decision && is_owed(clock))
            ask_for_overdue(event.moves, state, clock, Department::lead, "decision_overdue", facts);
    draft.add(std::move(event));
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

Result<Decision> withdraw(const CaseState& state, const Withdraw& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::withdraw));
    AC_CHECK(platform_allows(state, CommandWord::withdraw, facts));
    std::vector<LineCount> lines;
    if (command.lines.empty()) {
        lines = unshipped(state, operation->id);
        const bool none_held = lines_of(state, operation->id).empty();  // goodwill, shipping: nothing but the request itself
        if (none_held && in(table::kUnderWay, operation->decision)) return refuse("already_agreed");
        if (lines.empty() && !none_held) return refuse("parcel_scanned", {}, {{"wait_for_arrival", {}}});
    }
    AC_CHECK(pick_unshipped(state, *operation, command.lines, lines));
    Draft draft(state, CommandWord::withdraw, facts);
    if (sends_first(*operation)) {
        if (outbound_open(state, operation->id) && !command.lines.empty()) return refuse("withdraw_whole", {}, {{"withdraw", {}}});
        AC_CHECK(cancel_advance(draft, operation->id, false));
        if (std::any_of(lines.begin(), lines.end(), [&](const LineCount& l) { return owed_back(*find_line(state, l.operation_line_id)) > 0; }))
            return refuse("goods_replaced", {}, {{"ship_back", {}}, {"write_off", {}}});
    }
    release(draft, operation->id, ReleaseCause::withdrawn, std::move(lines), DecisionState::cancelled, false);
    return draft.take();
}

}  // namespace aftercare::domain
