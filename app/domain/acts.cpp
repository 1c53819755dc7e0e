#include "domain/acts.hpp"

#include <algorithm>
#include <array>

#include "domain/batches.hpp"
#include "domain/cases.hpp"
#include "domain/operations.hpp"
#include "domain/platform.hpp"
#include "domain/return_refund.hpp"

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
            return l.operation_id == o.id && (l.state == InboundState::in_transit || l.state == InboundState::overdue);
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
        return ruled_rest(state, o, everything(state, o, facts.policy.terms));
    }
    [[nodiscard]] std::int64_t most_agreed() const {
        return agreed().value_or(everything(state, o, facts.policy.terms).full.net_minor);
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
            case C::change_kind: return change_kind(state, {o.id, OperationKind::exchange, true}, facts);
            case C::withdraw: return withdraw(state, {o.id, {}}, facts);
            case C::ship_back: return ship_back(state, {o.id, "-", "-", {}}, facts);
            case C::arrive: return arrived();
            case C::carrier_lost:
                return parcel() ? carrier_lost(state, {o.id, parcel()->id}, facts) : without(command, "no_parcel_under_way");
            case C::inspect: return inspected();
            case C::accept: return accept(state, {o.id, 0}, facts);
            case C::agree: return agree(state, {o.id, agreed().value_or(0), true}, facts);
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
        for (const auto& event : decision->events) {
            if (const auto* approved = std::get_if<OperationApproved>(&event.body)) sum += approved->quote.net_minor;
            if (const auto* settled = std::get_if<BatchSettled>(&event.body)) sum += settled->quote.net_minor;
            if (const auto* sent = std::get_if<RefundSubmitted>(&event.body)) sum += sent->moves.money.front().amount_minor;
        }
        return sum;
    }
};

Act act_of(C command, const OperationId& operation, const Result<Decision>& decision) {
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

/// One unit of the first line that has a free one.
Result<Decision> try_request(const CaseState& state, const Facts& facts) {
    RequestReturn command;
    command.reason = Reason::other;
    if (!state.order.lines.empty()) {
        const UnitRun* free = Trial::find(state.order.units, [](const UnitRun& r) { return r.bucket == Bucket::with_customer && r.held_by.empty(); });
        command.lines.push_back({free ? free->order_line_id : state.order.lines.front().id, 1});
    }
    return request_return(state, command, facts);
}

// Likeliest first among the legal ones, and among the others.
constexpr std::array kOrder{C::submit_refund, C::refund_result, C::accept, C::inspect, C::agree, C::send_back, C::resend, C::rule,
                            C::dispatch, C::delivered, C::arrive, C::ship_back, C::approve, C::ask_info, C::reject,
                            C::give_info, C::appeal, C::carrier_lost, C::outbound_lost, C::withdraw, C::change_kind};

}  // namespace

std::vector<Act> legal_acts(const CaseState& state, const Facts& facts, const PolicyOf& policy_of) {
    std::vector<Act> acts;
    for (auto o = state.operations.rbegin(); o != state.operations.rend(); ++o) {
        if (is_over(o->decision)) continue;
        const Facts of_operation{facts.now, facts.actor, policy_of(o->id), facts.calendar, facts.next_id};
        const Trial trial{state, *o, of_operation};
        for (const C command : kOrder) {
            const auto decision = trial.run(command);
            acts.push_back(act_of(command, o->id, decision));
            acts.back().amount_minor = trial.amount(command, decision);
        }
    }
    acts.push_back(act_of(C::close, {}, close_case(state, {"-", Fault::unknown, "-"}, facts)));
    acts.push_back(act_of(C::request, {}, try_request(state, facts)));
    const auto& ref = state.c.platform.external_ref;
    acts.push_back(act_of(C::hear_platform, {}, hear_platform(state, {ref.empty() ? "-" : ref, {}, {}, 0, {}, false}, facts)));
    std::stable_sort(acts.begin(), acts.end(), [](const Act& a, const Act& b) { return a.legal > b.legal; });
    return acts;
}

}  // namespace aftercare::domain
