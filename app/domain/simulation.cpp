#include "domain/simulation.hpp"

#include "domain/approvals.hpp"
#include "domain/draft.hpp"
#include "domain/guards.hpp"
#include "domain/operation_rules.hpp"
#include "domain/requests.hpp"

namespace aftercare::domain {
namespace {

RuleVerdict verdict(PolicyRule rule, const Error* error) {
    RuleVerdict made{rule, !error, {}, {}, {}, {}};
    if (!error) return made;
    made.code = error->fields.empty() ? error->code : error->fields.front().code;
    if (!error->fields.empty()) made.field = error->fields.front().pointer;
    made.params = error->params;
    for (const auto& remedy : error->remedies) made.remedies.push_back({remedy.code, remedy.params});
    return made;
}
template <class T>
RuleVerdict verdict(PolicyRule rule, const Result<T>& result) {
    return verdict(rule, result ? nullptr : &result.error());
}

Result<void> check_instant(const Operation& operation, const Facts& facts) {
    if (pays_at_once(facts.policy.terms, operation)) return {};
    return refuse(facts.policy.terms.instant_refund ? "instant_refund_not_for_reason" : "instant_refund_off");
}

/// Who decides the request, and when it is paid.
void judge_decision(Simulation& made, const CaseState& state, OperationRequested event, const Facts& as_agent) {
    Draft draft(state, CommandWord::request, as_agent);
    const OperationId id = event.operation.id;
    const Quote quote = event.operation.quote;
    draft.add(std::move(event));
    const Operation& operation = draft.operation(id);
    const auto automatic = check_automatic(draft.state(), operation, as_agent);
    const auto limit = check_approver(draft.state(), operation, quote, as_agent);
    made.rules.push_back(verdict(PolicyRule::automatic, automatic));
    made.rules.push_back(verdict(PolicyRule::limit, limit));
    made.rules.push_back(verdict(PolicyRule::instant, check_instant(operation, as_agent)));
    made.approved = made.legal && automatic;
    made.decides = limit ? Role::agent : Role::lead;
    made.quote = quote;
}

}  // namespace

Result<Simulation> simulate(const CaseState& state, const RequestOperation& asked, const Facts& facts) {
    const Actor agent{{}, {Role::agent}, facts.actor.shops, facts.actor.all_shops, "agent"};
    const Facts as_agent{facts.now, agent, facts.policy, facts.calendar, facts.next_id, {}, facts.known};
    RequestOperation command = asked;
    command.override_window = false;
    AC_TRY(const KindRule* kind, kind_asked(command.kind, command.sub_kind));
    AC_CHECK(check_lines(state.order, command, *kind));
    Simulation made;
    const auto judge = [&](PolicyRule rule, const auto& result) {
        made.rules.push_back(verdict(rule, result));
        return result.has_value();
    };
    made.legal = request_operation(state, command, as_agent).has_value();
    const Window window = window_of(state.order, command, *kind, as_agent);
    made.window_days = window.days;
    made.window_ends_at = window.ends;
    std::vector<OrderLineId> goods;
    for (const auto& line : command.lines) goods.push_back(line.order_line_id);
    made.warranty_until_at = warranty_ends(state.order, goods, as_agent);

    judge(PolicyRule::order, check_order(state, as_agent));
    judge(PolicyRule::window, check_deadline(state.order, command, *kind, as_agent));
    judge(PolicyRule::exclusion, check_excluded(state.order, command, *kind, as_agent));
    const bool there = judge(PolicyRule::units, check_units(state, command, *kind, as_agent));
    const auto fault = check_reason(command, *kind, as_agent);
    judge(PolicyRule::reason, fault);
    judge(PolicyRule::evidence, check_evidence(state.order, command, *kind, as_agent));
    if (!fault) return made;
    judge(PolicyRule::return_shipping, check_way(command, *kind, *fault, as_agent));
    judge(PolicyRule::replacement, check_replacement(state.order, command.lines, *kind, *fault));
    if (!there) return made;
    auto event = make_request(state, command, *kind, *fault, as_agent);
    if (judge(PolicyRule::amount, event)) judge_decision(made, state, std::move(*event), as_agent);
    return made;
}

}  // namespace aftercare::domain
