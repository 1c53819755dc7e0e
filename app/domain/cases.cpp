#include "domain/cases.hpp"

#include <algorithm>

#include "domain/asked.hpp"
#include "domain/clocks.hpp"
#include "domain/draft.hpp"
#include "domain/ledgers.hpp"
#include "domain/matters.hpp"
#include "domain/platform.hpp"
#include "domain/quotes.hpp"
#include "domain/ties.hpp"
#include "domain/operation_rules.hpp"

namespace aftercare::domain {
namespace {

/// The new case as its first event says it.
Result<Case> new_case(const CaseState& state, const OpenCase& command, const Facts& facts) {
    const Order& order = state.order.order;
    if (!command.order_id.empty() && order.id != command.order_id) return fail(ErrorKind::not_found, "order_not_found");
    if (!order.id.empty() && order.shop_id != state.c.shop_id) return refuse("order_of_other_shop");
    if (!order.customer_id.empty() && !command.customer_id.empty() && command.customer_id != order.customer_id) return fail_field("/customer_id", "unknown_customer");
    Case c = state.c;
    c.kind = command.kind;
    c.channel = command.channel;
    c.order_id = order.id;
    c.customer_id = command.customer_id.empty() ? order.customer_id : command.customer_id;
    c.topic = command.topic;
    c.currency = order.currency;
    c.opened_at = facts.now;
    c.matter.stage = first_stage(c.kind);
    return c;
}

}  // namespace

Result<Decision> open_case(const CaseState& state, const OpenCase& command, const Facts& facts) {
    AC_CHECK(permitted(facts.actor, CommandWord::request));
    AC_TRY(Case c, new_case(state, command, facts));
    Draft draft(state, CommandWord::request, facts);
    CaseOpened event{std::move(c), {}};
    raise_alarm(event.moves, state, command.kind, facts);
    draft.add(std::move(event));
    return draft.take();
}

Result<Decision> add_note(const CaseState& state, const AddNote& command, const Facts& facts) {
    AC_CHECK(permitted(facts.actor, CommandWord::note));
    AC_CHECK(not_merged(state));
    Draft draft(state, CommandWord::note, facts);
    NoteAdded event{command.note_id, command.kind, false, {}};
    if (command.kind == NoteKind::from_customer) {
        event.reopens = state.c.closed_at.ms != 0 && facts.now <= state.c.closed_at + days(facts.policy.terms.reopen_days) && matter_reopens(state, facts);
        for (Clock clock : state.clocks) {  // the customer spoke: quiet time starts again
            if (clock.kind != ClockKind::quiet_close || clock.state != ClockState::running) continue;
            clock.due_at = std::max(clock.due_at, capped(facts.now + hours(facts.policy.terms.quiet_hours)));
            event.moves.clocks.push_back(std::move(clock));
        }
        if (event.reopens && !state.operations.empty()) {
            Clock clock;
            clock.id = ClockId(facts.next_id());
            clock.case_id = state.c.id;
            clock.operation_id = state.operations.back().id;
            clock.kind = ClockKind::quiet_close;
            clock.started_at = facts.now;
            clock.due_at = capped(facts.now + hours(facts.policy.terms.quiet_hours));
            event.moves.clocks.push_back(std::move(clock));
        }
    }
    draft.add(std::move(event));
    return draft.take();
}

Result<Decision> assign_case(const CaseState& state, const AssignCase& command, const Facts& facts) {
    AC_CHECK(permitted(facts.actor, CommandWord::assign));
    AC_CHECK(not_merged(state));
    if (state.c.owner_id == command.owner_id) return Decision{};
    AC_CHECK(matter_allows_owner(state, command.owner_id, facts));
    Draft draft(state, CommandWord::assign, facts);
    draft.add(CaseAssigned{command.owner_id, AssignCause::by_hand});
    return draft.take();
}

Result<Decision> finish_task(const CaseState& state, const FinishTask& command, const Facts& facts) {
    AC_CHECK(permitted(facts.actor, CommandWord::finish_task));
    const auto task = std::find_if(state.tasks.begin(), state.tasks.end(), [&](const Task& t) { return t.id == command.task_id; });
    if (task == state.tasks.end()) return fail(ErrorKind::not_found, "task_not_found");
    if (task->state != TaskState::open) return Decision{};
    if (task->code == kApprovalTask) return refuse("answer_approval", {}, {{"open_approvals", {}}});
    if (task->code == kAskedTask && command.result == TaskResult::none) return fail_field("/result", "required");
    Draft draft(state, CommandWord::finish_task, facts);
    TaskFinished event{task->id, {}, command.note_id};
    event.moves.tasks.push_back(*task);
    event.moves.tasks.back().state = TaskState::done;
    event.moves.tasks.back().done_at = facts.now;
    event.moves.tasks.back().result = command.result;
    event.moves.tasks.back().result_note_id = command.note_id;
    draft.add(std::move(event));
    return draft.take();
}

Result<Decision> close_case(const CaseState& state, const CloseCase& command, const Facts& facts) {
    AC_CHECK(permitted(facts.actor, CommandWord::close));
    if (state.c.closed_at.ms != 0) return refuse("case_already_closed");
    AC_CHECK(platform_allows(state, CommandWord::close, facts));
    for (const auto& operation : state.operations) {
        const Clock* appeal = operation.decision == DecisionState::rejected ? live_clock(state, operation.id, ClockKind::appeal_due) : nullptr;
        if (appeal) return refuse("appeal_open", {{"until", std::to_string(appeal->due_at.ms)}});
        if (!is_over(operation.decision))
            return refuse("operation_open", {{"operation_id", operation.id.value}, {"state", std::string(word(operation.decision))}},
                          {{"finish_operation", {{"operation_id", operation.id.value}}}});
    }
    AC_CHECK(matter_allows_close(state, facts.policy.terms));
    if (command.cause_code.empty()) return fail_field("/cause_code", "required");
    if (command.cause_code == kMergedCause) return fail_field("/cause_code", "unknown_word");
    if (command.summary.empty()) return fail_field("/summary", "required");
    Draft draft(state, CommandWord::close, facts);
    for (const auto& operation : state.operations)
        if (operation.decision == DecisionState::settled) draft.add(OperationEnded{operation.id, DecisionState::closed, {}});
    CaseClosed event{command.cause_code, std::string(word(command.responsibility)), command.summary, false, {}};
    for (Clock clock : draft.state().clocks) {
        if (clock.state != ClockState::running && clock.state != ClockState::paused) continue;
        clock.state = clock.kind == ClockKind::quiet_close ? ClockState::met : ClockState::cancelled;
        clock.due_at = clock.remind_at = {};
        clock.remaining = {};
        clock.ended_at = facts.now;
        event.moves.clocks.push_back(std::move(clock));
    }
    draft.add(std::move(event));
    return draft.take();
}

Result<Decision> return_announced(const CaseState& state, const OperationId& id, const std::string& external_id, const Facts& facts) {
    const Operation* operation = find_operation(state, id);
    if (!operation) return fail(ErrorKind::not_found, "operation_not_found");
    if (operation->return_ref == external_id || is_over(operation->decision)) return Decision{};
    Draft draft(state, CommandWord::note, facts);
    ReturnAnnounced event{id, external_id, {}};
    finish_task_of(event.moves, state, id, "announce_failed", facts);
    draft.add(std::move(event));
    return draft.take();
}

Result<Decision> shipment_ordered(const CaseState& state, const ShipReplacement& asked, const std::string& external_id, const Facts& facts) {
    const Operation* operation = find_operation(state, asked.operation_id);
    if (!operation) return fail(ErrorKind::not_found, "operation_not_found");
    const auto leg = std::find_if(state.outbound.begin(), state.outbound.end(), [&](const OutboundLeg& l) { return l.id == asked.outbound_leg_id; });
    if (leg == state.outbound.end() || leg->order_ref == external_id || is_over(operation->decision)) return Decision{};
    Draft draft(state, CommandWord::note, facts);
    ShipmentOrdered event{operation->id, leg->id, external_id, {}};
    finish_task_of(event.moves, state, operation->id, "ship_failed", facts);
    draft.add(std::move(event));
    return draft.take();
}

Result<Decision> announce_failed(const CaseState& state, const OperationId& id, const std::string& code, const Facts& facts,
                                 std::string_view task) {
    const Operation* operation = find_operation(state, id);
    if (!operation) return fail(ErrorKind::not_found, "operation_not_found");
    if (is_over(operation->decision)) return Decision{};
    Draft draft(state, CommandWord::note, facts);
    AnnounceFailed event{id, code, {}};
    open_task(event.moves, state, id, Department::service, task, facts);
    draft.add(std::move(event));
    return draft.take();
}

Result<Decision> book_return(const CaseState& state, const OperationId& id, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, id, facts.actor, CommandWord::ship_back));
    if (counts(state, id).to_ship == 0) return refuse("nothing_to_ship", {}, {{"request_again", {}}});
    if (!operation->booking_ref.empty()) return refuse("already_booked", {{"booking_ref", operation->booking_ref}});
    Draft draft(state, CommandWord::ship_back, facts);
    draft.add(BookingAsked{id, {}});
    draft.effect(BookReturn{id});
    return draft.take();
}

Result<Decision> return_booked(const CaseState& state, const OperationId& id, const std::string& booking_ref, const std::string& carrier,
                               const std::string& waybill, const Facts& facts) {
    const Operation* operation = find_operation(state, id);
    if (!operation) return fail(ErrorKind::not_found, "operation_not_found");
    if ((operation->booking_ref == booking_ref && operation->waybill == waybill) || is_over(operation->decision)) return Decision{};
    Draft draft(state, CommandWord::note, facts);
    ReturnBooked event{id, booking_ref, carrier, waybill, {}};
    finish_task_of(event.moves, state, id, "book_parcel", facts);
    draft.add(std::move(event));
    return draft.take();
}

Result<Decision> platform_told(const CaseState& state, const TellPlatform& effect, const std::string& external_id, const std::string& code,
                               const Facts& facts) {
    if (!find_operation(state, effect.operation_id)) return fail(ErrorKind::not_found, "operation_not_found");
    Draft draft(state, CommandWord::note, facts);
    PlatformTold event{effect.operation_id, effect.verdict, external_id, code, {}};
    if (code.empty()) finish_task_of(event.moves, state, effect.operation_id, "tell_platform", facts);
    else open_task(event.moves, state, effect.operation_id, Department::service, "tell_platform", facts);
    draft.add(std::move(event));
    return draft.take();
}

Result<Decision> message_sent(const CaseState& state, const SendMessage& effect, const std::string& external_id, const Facts& facts) {
    const Operation* operation = find_operation(state, effect.operation_id);
    if (!operation) return fail(ErrorKind::not_found, "operation_not_found");
    if (is_over(operation->decision)) return Decision{};
    Draft draft(state, CommandWord::note, facts);
    MessageSent event{operation->id, effect.message, external_id, {}};
    finish_task_of(event.moves, state, operation->id, "tell_customer", facts);
    draft.add(std::move(event));
    return draft.take();
}

Result<Decision> message_failed(const CaseState& state, const SendMessage& effect, const std::string& code, const Facts& facts) {
    const Operation* operation = find_operation(state, effect.operation_id);
    if (!operation) return fail(ErrorKind::not_found, "operation_not_found");
    if (is_over(operation->decision)) return Decision{};
    Draft draft(state, CommandWord::note, facts);
    MessageFailed event{operation->id, effect.message, code, {}};
    open_task(event.moves, state, operation->id, Department::service, "tell_customer", facts);
    draft.add(std::move(event));
    return draft.take();
}

namespace {

/// Free units wherever they are, those with the customer first.
std::vector<UnitRun> pick_anywhere(const OrderState& order, const LineQty& wanted) {
    std::vector<UnitRun> picked;
    std::int64_t left = wanted.qty;
    for (const Bucket bucket : {Bucket::with_customer, Bucket::in_transit_out, Bucket::unshipped}) {
        for (auto& run : pick_units(order, wanted.order_line_id, bucket, {}, left)) {
            left -= run.qty;
            picked.push_back(std::move(run));
        }
    }
    return picked;
}

Result<void> import_lines(CaseImported& event, const OrderState& order, const ImportedReturn& command, const Facts& facts) {
    for (const auto& wanted : command.lines) {
        if (!find_order_line(order, wanted.order_line_id)) return fail(ErrorKind::not_found, "order_line_not_found");
        const auto picked = pick_anywhere(order, wanted);
        std::int64_t qty = 0;
        for (const auto& run : picked) qty += run.qty;
        const auto same = std::any_of(event.lines.begin(), event.lines.end(), [&](const OperationLine& l) { return l.order_line_id == wanted.order_line_id; });
        if (qty < wanted.qty || wanted.qty < 1 || same)
            return refuse("qty_not_available", {{"order_line_id", wanted.order_line_id.value}, {"requested", std::to_string(wanted.qty)},
                                                {"available", std::to_string(same ? 0 : qty)}});
        OperationLine line;
        line.id = OperationLineId(facts.next_id());
        line.operation_id = event.operation.id;
        line.order_line_id = wanted.order_line_id;
        line.qty = line.shipped = line.arrived = line.inspected = line.accepted = wanted.qty;
        line.goods_minor = net_of(order, picked);
        event.operation.quote.goods_minor += line.goods_minor;
        for (auto& run : moved(picked, Bucket::returned, {})) event.moves.units.push_back(std::move(run));
        event.lines.push_back(std::move(line));
    }
    return {};
}

Result<void> import_money(CaseImported& event, const OrderState& order, std::int64_t amount, const Facts& facts) {
    Quote& quote = event.operation.quote;
    quote = with_net(quote);
    if (amount < 0 || amount > quote.net_minor) return refuse("amount_over_value", {{"max", std::to_string(quote.net_minor)}});
    quote = lowered(quote, amount);
    event.operation.settled = quote;
    for (const auto& payment : order.payments) {
        const auto ledger = std::find_if(order.money.begin(), order.money.end(), [&](const MoneyLedger& l) { return l.payment_id == payment.id; });
        const auto part = ledger == order.money.end() ? 0 : std::min(amount, ledger->free_minor());
        if (part <= 0) continue;
        amount -= part;
        event.moves.money.push_back({MoneyLegId(facts.next_id()), payment.id, MoneyState::voided, MoneyState::succeeded, 0, part});
    }
    if (amount > 0) return refuse("not_enough_captured", {{"free", std::to_string(free_money(order))}});
    return {};
}

}  // namespace

Result<Decision> imported(const CaseState& state, const ImportedReturn& command, const Facts& facts) {
    AC_CHECK(require(facts.actor, Permission::import_data));
    AC_TRY(Case c, new_case(state, command.open, facts));
    CaseImported event;
    auto& o = event.operation;
    o.id = OperationId(facts.next_id());
    o.case_id = c.id;
    o.order_id = c.order_id;
    o.kind = OperationKind::return_refund;
    o.decision = DecisionState::closed;
    o.reason = command.reason;
    o.fault = rule_of(command.reason).fault;
    o.policy_id = facts.policy.id;
    o.currency = c.currency;
    o.requested_at = o.decided_at = o.settled_at = o.ended_at = command.at;
    if (command.lines.empty() || command.lines.size() > kMaxLines)
        return fail_field("/lines", command.lines.empty() ? "too_short" : "too_long");
    AC_CHECK(import_lines(event, state.order, command, facts));
    AC_CHECK(import_money(event, state.order, command.refunded_minor, facts));
    c.opened_at = c.closed_at = command.at;
    c.matter = {};
    c.cause_code = word(command.reason);
    c.responsibility = word(o.fault);
    event.c = std::move(c);
    Draft draft(state, CommandWord::note, facts);
    draft.add_system(std::move(event));
    return draft.take();
}

CaseState after(CaseState state, const Decision& decision) {
    for (const auto& event : decision.events) apply(state, event);
    return state;
}

void append(Decision& first, Decision second) {
    std::move(second.events.begin(), second.events.end(), std::back_inserter(first.events));
    std::move(second.effects.begin(), second.effects.end(), std::back_inserter(first.effects));
}

}  // namespace aftercare::domain
