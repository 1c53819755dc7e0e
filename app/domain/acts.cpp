#include "domain/acts.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "domain/batches.hpp"
#include "domain/cases.hpp"
#include "domain/closing.hpp"
#include "domain/guards.hpp"
#include "domain/matters.hpp"
#include "domain/operations.hpp"
#include "domain/platform.hpp"
#include "domain/recalls.hpp"
#include "domain/operation_rules.hpp"

/// Legality is never told twice: each act is tried on the state with plausible values, and its refusal is what the screen shows.
namespace aftercare::domain {
namespace {

using C = CommandWord;

struct Trial {
    const CaseState& state;
    const Operation& o;
    const Facts& facts;

    template <class List, class Pred>
    static auto find(const List& list, Pred pred) {
        const auto at = std::find_if(list.begin(), list.end(), pred);
        return at == list.end() ? nullptr : &*at;
    }
    [[nodiscard]] const InboundLeg* parcel() const {
        return find(state.inbound, [&](const InboundLeg& l) {
            return l.operation_id == o.id && !is_aside(l) && (l.state == InboundState::in_transit || l.state == InboundState::overdue);
        });
    }
    [[nodiscard]] const OutboundLeg* outbound(OutboundState wanted) const {
        return find(state.outbound, [&](const OutboundLeg& l) { return l.operation_id == o.id && l.state == wanted; });
    }
    [[nodiscard]] const OutboundLeg* last_lost() const {
        const OutboundLeg* last = nullptr;
        for (const auto& l : state.outbound)
            if (l.operation_id == o.id && l.state == OutboundState::lost) last = &l;
        return last;
    }
    [[nodiscard]] const MoneyAttempt* attempt() const {
        return find(state.attempts, [&](const MoneyAttempt& a) {
            const MoneyLeg* leg = find_leg(state, a.money_leg_id);
            return leg && leg->operation_id == o.id && (a.state == MoneyState::submitted || a.state == MoneyState::unknown);
        });
    }
    /// Permission and state first, then that there is something to do it to.
    [[nodiscard]] Result<Decision> without(C command, std::string code) const {
        AC_CHECK(permitted(facts.actor, command));
        if (rule_of(command).from != 0) AC_CHECK(in_state(o, command));
        return refuse(std::move(code));
    }
    /// What the platform ruled, when it did.
    [[nodiscard]] std::optional<std::int64_t> agreed() const {
        return ruled_rest(state, o, facts.policy.terms);
    }
    [[nodiscard]] std::int64_t most_agreed() const {
        return agreed().value_or(everything(state, o, facts.policy.terms).full.net_minor);
    }
    /// The first other kind that would take it over; otherwise why the likeliest does not.
    [[nodiscard]] Result<Decision> kind_changed() const {
        constexpr std::pair<OperationKind, SubKind> kOthers[] = {
            {OperationKind::return_refund, SubKind::none},     {OperationKind::exchange, SubKind::after_receipt}, {OperationKind::repair, SubKind::none},
            {OperationKind::reissue, SubKind::unit},           {OperationKind::refund_only, SubKind::keep_goods}, {OperationKind::refund_only, SubKind::intercept},
            {OperationKind::refund_only, SubKind::not_received}};
        std::optional<Result<Decision>> first;
        for (const auto& [kind, sub_kind] : kOthers) {
            if (find_kind(kind, sub_kind) == &kind_of(o)) continue;
            auto tried = change_kind(state, {o.id, kind, sub_kind, true, {}}, facts);
            if (tried) return tried;
            if (!first) first = std::move(tried);
        }
        return *first;
    }
    /// As money, and where the customer has the new goods, as an exchange that goes on.
    [[nodiscard]] Result<Decision> agreed_act() const {
        auto money = agree(state, {o.id, agreed().value_or(0), true, false, 0}, facts);
        if (money || money.error().code != "goods_replaced") return money;
        const auto full = everything(state, o, facts.policy.terms, true).full;
        return agree(state, {o.id, full.net_minor, true, true, full.collect_minor}, facts);
    }
    [[nodiscard]] RequestLine swap_line() const {
        const OperationLine* line = find(state.lines, [&](const OperationLine& l) { return l.operation_id == o.id; });
        return {line ? line->order_line_id : OrderLineId{}, 1, "-", {}, {}};
    }
    [[nodiscard]] Result<Decision> stepped() const {
        Result<Decision> last = repair_step(state, {o.id, RepairStep::repaired}, facts);
        for (const RepairStep step : {RepairStep::parts_came, RepairStep::test_passed})
            if (!last) last = repair_step(state, {o.id, step}, facts);
        return last;
    }
    [[nodiscard]] Result<Decision> arrived() const {
        Arrive command{o.id, {}, {}, {}, {}};
        if (const auto* leg = parcel()) command.inbound_leg_id = leg->id;
        return arrive(state, command, facts);
    }
    [[nodiscard]] Result<Decision> inspected() const {
        const OperationLine* line = find(state.lines, [&](const OperationLine& l) { return l.operation_id == o.id && counts(l).uninspected > 0; });
        if (!line) return without(C::inspect, "nothing_to_inspect");
        return inspect(state, {o.id, line->order_line_id, 1, Grade::pass, Disposition::restock, {}, {}, {}}, facts);
    }
    [[nodiscard]] Result<Decision> run(C command) const {
        switch (command) {
            case C::approve: return approve(state, {o.id}, facts);
            case C::ask_info: return ask_info(state, {o.id, {}}, facts);
            case C::give_info: return give_info(state, {o.id, {}}, facts);
            case C::reject: return reject(state, {o.id, RejectCode::other}, facts);
            case C::appeal: return appeal(state, {o.id}, facts);
            case C::change_kind: return kind_changed();
            case C::withdraw: return withdraw(state, {o.id, {}}, facts);
            case C::ship_back: return ship_back(state, {o.id, "-", "-", {}}, facts);
            case C::arrive: return arrived();
            case C::carrier_lost:
                return parcel() ? carrier_lost(state, {o.id, parcel()->id}, facts) : without(command, "no_parcel_under_way");
            case C::inspect: return inspected();
            case C::accept: return accept(state, {o.id, 0}, facts);
            case C::agree: return agreed_act();
            case C::answer_check: return answer_check(state, {o.id, CheckResult::confirmed, {}, {}}, facts);
            case C::reserve: return reserve(state, {o.id, StockState::reserved, {}}, facts);
            case C::swap: return swap(state, {o.id, {swap_line()}, true}, facts);
            case C::collected: return collected(state, {o.id, {}, {}, {}}, facts);
            case C::diagnose: return diagnose(state, {o.id, true, true, 0, 0}, facts);
            case C::quote_repair: return quote_repair(state, {o.id, 1, {}}, facts);
            case C::answer_quote: return answer_quote(state, {o.id, true}, facts);
            case C::repair_step: return stepped();
            case C::recover: return recover(state, {o.id}, facts);
            case C::write_off: return write_off(state, {o.id, 0}, facts);
            case C::send_back: return send_back(state, {o.id, true}, facts);
            case C::dispatch:
                if (const auto* leg = outbound(OutboundState::planned)) return dispatch(state, {o.id, leg->id, "-", "-"}, facts);
                return without(command, "nothing_to_dispatch");
            case C::delivered:
                if (const auto* leg = outbound(OutboundState::dispatched)) return delivered(state, {o.id, leg->id}, facts);
                if (const auto* leg = last_lost()) return delivered(state, {o.id, leg->id}, facts);
                return without(command, "no_parcel_under_way");
            case C::outbound_lost:
                if (const auto* leg = outbound(OutboundState::dispatched)) return outbound_lost(state, {o.id, leg->id}, facts);
                return without(command, "no_parcel_under_way");
            case C::resend: return resend(state, {o.id, true}, facts);
            case C::rule: return rule(state, {o.id, most_agreed(), "-"}, facts);
            case C::submit_refund: return submit_refund(state, {o.id, {}}, facts);
            case C::refund_result:
                if (const auto* waiting = attempt()) return refund_outcome(state, {o.id, waiting->id, RefundResult::ok, {}, {}}, facts);
                return without(command, "no_refund_in_flight");
            default: return refuse("unknown_act");
        }
    }
    /// What the act is about in money: promised, accepted, submitted, or the most that may be agreed.
    [[nodiscard]] std::int64_t amount(C command, const Result<Decision>& decision) const {
        if (command == C::agree || command == C::rule)
            return o.decision == DecisionState::disputed || ruled_owed(state) > 0 ? most_agreed() : 0;
        std::int64_t sum = 0;
        if (!decision) return sum;
        if (command == C::approve && o.sub_kind == SubKind::goodwill) return o.asked_minor;
        for (const auto& event : decision->events) {
            if (const auto* approved = std::get_if<OperationApproved>(&event.body)) sum += approved->quote.net_minor;
            if (const auto* settled = std::get_if<BatchSettled>(&event.body)) sum += settled->quote.net_minor;
            if (const auto* asked = std::get_if<CheckAsked>(&event.body)) sum += asked->quote.net_minor;
            if (const auto* paid = std::get_if<DifferencePaid>(&event.body)) sum += paid->moves.money.front().amount_minor;
            if (const auto* sent = std::get_if<RefundSubmitted>(&event.body)) sum += sent->moves.money.front().amount_minor;
        }
        return sum;
    }
};

template <Worded W>
Act act_of(W command, const OperationId& operation, const Result<Decision>& decision) {
    Act act;
    act.command = word(command);
    act.operation_id = operation;
    act.legal = decision.has_value();
    if (decision) return act;
    act.code = decision.error().code;
    act.params = decision.error().params;
    for (const auto& remedy : decision.error().remedies) act.remedies.push_back({remedy.code, remedy.params});
    return act;
}

/// One unit of the first line that has a free one where the kind looks for it.
RequestOperation plausible(const OrderState& order, const KindRule& kind) {
    RequestOperation command;
    command.kind = kind.kind;
    command.sub_kind = kind.sub_kind;
    command.reason = Reason::other;
    if (kind.amount == AmountAsked::must) command.amount_minor = 1;
    if (!needs_lines(kind, command.reason) || order.lines.empty()) return command;
    const UnitRun* free = Trial::find(order.units, [&](const UnitRun& r) { return in(kind.home, r.bucket) && r.held_by.empty(); });
    command.lines.push_back({free ? free->order_line_id : order.lines.front().id, 1, {}, {}, {}});
    return command;
}

/// Legal when any kind is; else what stands against a return.
Result<Decision> try_request(const CaseState& state, const Facts& facts) {
    auto usual = request_operation(state, plausible(state.order, table::kKinds.front()), facts);
    for (auto kind = std::next(table::kKinds.begin()); !usual && kind != table::kKinds.end(); ++kind)
        if (auto other = request_operation(state, plausible(state.order, *kind), facts)) return other;
    return usual;
}

/// What the act would be with plausible words and times.
Result<Decision> try_matter(const CaseState& state, MatterWord w, const Facts& facts) {
    using W = MatterWord;
    const MessageId note{"-"};
    const Instant later = facts.now + days(1);
    switch (w) {
        case W::propose: return propose(state, {0, {}, note}, facts);
        case W::update_customer: return update_customer(state, {later, note}, facts);
        case W::follow_up: return follow_up(state, {Satisfied::yes, note}, facts);
        case W::review: return review(state, {"-", Fault::unknown, note}, facts);
        case W::plan_contact: return plan_contact(state, {facts.calendar.instant_of(facts.calendar.day_of(later), hours(12)), note}, facts);
        case W::record_contact: return record_contact(state, {ContactResult::reached, note}, facts);
        case W::decide_remedy: return decide_remedy(state, {{}, note}, facts);
        case W::record_outcome: return record_outcome(state, {MatterOutcome::unchanged, note}, facts);
        case W::finish_work: return finish_work(state, {MatterOutcome::solved, note}, facts);
        case W::escalate: return escalate(state, {{}, {}, note}, facts);
        case W::classify: return classify(state, {{}, {}, {}, note}, facts);
        case W::outside: return tell_outside(state, {Outside::platform, {}, note}, facts);
        case W::convert: return convert_case(state, {state.c.kind == CaseKind::complaint ? CaseKind::consultation : CaseKind::complaint, note}, facts);
        case W::ask_task: return ask_task(state, {Department::quality, StaffId("-"), later, note}, facts);
        default: return step_matter(state, w, {note}, facts);
    }
}

/// Legal with whatever facts are missing; its params then say which, for the dialog to ask.
Act closing_act(const CaseState& state, const Facts& facts) {
    Act act = act_of(C::close, {}, close_with(state, {{"-", Fault::unknown, "-"}, "-", Satisfied::yes, MessageId("-")}, facts));
    if (const auto missing = missing_facts(state, facts.policy.terms); act.legal && !missing.empty()) act.params = {{"facts", missing}};
    return act;
}

/// Those of its kind: what moves the matter on, or what is always at hand. What leaves it where it is comes after what moves it,
/// and a step back after all others, unless the customer wants it.
void add_matter_acts(std::vector<Act>& acts, const CaseState& state, const Facts& facts, bool moving) {
    const MatterStage stage = state.c.matter.stage;
    const bool again = state.c.matter.satisfied == Satisfied::no;
    const auto turn = [&](MatterStage to) { return !moving || to > stage || (again && to < stage) ? 0 : to == stage ? 1 : 2; };
    for (const int now : {0, 1, 2})
        for (const auto& rule : table::kMatterRules)
            if (turn(rule.to) == now && in(rule.kinds, state.c.kind) && moving == (rule.to != MatterStage::none))
                acts.push_back(act_of(rule.word, {}, try_matter(state, rule.word, facts)));
}

/// Goods are called back, and come, whether the operation is over or not; where there are none, nothing is refused.
void add_recall_acts(std::vector<Act>& acts, const CaseState& state, const Operation& o, const Facts& facts) {
    const auto add = [&](C command, const Result<Decision>& decision) {
        acts.push_back(act_of(command, o.id, decision));
        acts.back().kind = o.kind;
    };
    if (o.kind == OperationKind::reissue && o.reason == Reason::wrong_item && (!is_over(o.decision) || o.decision == DecisionState::settled))
        add(C::open_recall, open_recall(state, {o.id, "-", {}, 1, {}, {}, {}}, facts));
    const auto leg = std::find_if(state.inbound.begin(), state.inbound.end(), [&](const InboundLeg& l) {
        return l.operation_id == o.id && is_aside(l) && l.state != InboundState::inspected && l.state != InboundState::lost;
    });
    if (leg == state.inbound.end()) return;
    if (leg->arrived > 0) add(C::inspect_recall, inspect_recall(state, {o.id, leg->id, 1, Grade::pass, {}, {}, {}}, facts));
    if (leg->arrived < leg->qty) add(C::recall_arrived, recall_arrived(state, {o.id, leg->id, 1}, facts));
    if (leg->arrived == 0) add(C::end_recall, end_recall(state, {o.id, leg->id}, facts));
}

// Likeliest first among the legal ones, and among the others.
constexpr std::array kOrder{C::submit_refund, C::refund_result, C::collected, C::accept, C::inspect, C::diagnose, C::quote_repair, C::answer_quote,
                            C::repair_step, C::answer_check, C::agree, C::send_back, C::resend, C::write_off, C::rule, C::dispatch, C::delivered,
                            C::reserve, C::arrive, C::ship_back, C::approve, C::ask_info, C::reject, C::give_info, C::appeal, C::carrier_lost,
                            C::outbound_lost, C::recover, C::swap, C::withdraw, C::change_kind};

std::vector<OrderLineId> goods_of(const CaseState& state, const OperationId& id) {
    std::vector<OrderLineId> goods;
    for (const OperationLine* line : lines_of(state, id)) goods.push_back(line->order_line_id);
    return goods;
}

/// Acts that an operation of this kind can never come to are not even refused.
bool concerns(C command, const Operation& o) {
    const KindRule& kind = kind_of(o);
    switch (command) {
        case C::diagnose:
        case C::quote_repair:
        case C::answer_quote:
        case C::repair_step: return kind.kind == OperationKind::repair;
        case C::answer_check: return kind.checked;
        case C::reserve: return kind.kind == OperationKind::exchange || kind.kind == OperationKind::reissue;
        case C::swap: return kind.kind == OperationKind::exchange;
        case C::collected: return kind.kind == OperationKind::exchange || kind.kind == OperationKind::repair;
        case C::recover:
        case C::write_off: return sends_first(o);
        case C::dispatch:
        case C::delivered:
        case C::outbound_lost: return kind.goes_out || kind.comes_back;
        case C::ship_back:
        case C::arrive:
        case C::carrier_lost:
        case C::inspect:
        case C::accept:
        case C::agree:
        case C::send_back:
        case C::resend:
        case C::rule: return kind.comes_back;
        default: return true;
    }
}

}  // namespace

std::vector<Act> legal_acts(const CaseState& state, const Facts& facts, const PolicyOf& policy_of) {
    std::vector<Act> acts;
    // A complaint whose customer was heard has steps left, but none that it needs
    const bool heard = state.c.matter.stage == MatterStage::follow_up && state.c.matter.satisfied == Satisfied::yes && matter_allows_close(state, facts.policy.terms);
    if (heard) acts.push_back(closing_act(state, facts));
    add_matter_acts(acts, state, facts, true);
    for (auto o = state.operations.rbegin(); o != state.operations.rend(); ++o) {
        const Facts of_operation{facts.now, facts.actor, policy_of(o->id), facts.calendar, facts.next_id, {}, facts.known};
        add_recall_acts(acts, state, *o, of_operation);
        if (is_over(o->decision)) continue;
        const Trial trial{state, *o, of_operation};
        for (const C command : kOrder) {
            if (!concerns(command, *o)) continue;
            const auto decision = trial.run(command);
            acts.push_back(act_of(command, o->id, decision));
            acts.back().kind = o->kind;
            acts.back().amount_minor = trial.amount(command, decision);
            if (command == C::diagnose && decision) acts.back().params = {{"warranty_until", std::to_string(warranty_ends(state.order, goods_of(state, o->id), of_operation).ms)}};
        }
    }
    if (!heard) acts.push_back(closing_act(state, facts));
    acts.push_back(act_of(C::request, {}, try_request(state, facts)));
    const auto& ref = state.c.platform.external_ref;
    acts.push_back(act_of(C::hear_platform, {}, hear_platform(state, {ref.empty() ? "-" : ref, {}, {}, 0, {}, false}, facts)));
    add_matter_acts(acts, state, facts, false);
    std::stable_sort(acts.begin(), acts.end(), [](const Act& a, const Act& b) { return a.legal > b.legal; });
    return acts;
}

}  // namespace aftercare::domain
