#include "domain/closing.hpp"

#include <algorithm>

#include "domain/cases.hpp"
#include "domain/matters.hpp"

namespace aftercare::domain {
namespace {

using T = MatterStage;

/// Closing is what comes next.
bool is_near_end(MatterStage stage) {
    return in(set_of(T::none, T::executing, T::follow_up, T::reviewed, T::withdrawn, T::answered, T::outcome, T::done), stage);
}

bool needs_topic(const Case& c, const PolicyTerms& terms) {
    const auto& kinds = terms.topic_kinds;
    return c.topic.empty() && is_near_end(c.matter.stage) && std::find(kinds.begin(), kinds.end(), c.kind) != kinds.end();
}

/// The acts that what was said stands for; none where the case holds it already.
Result<Decision> tell_facts(const CaseState& state, const CloseWith& command, const Facts& facts) {
    Decision told;
    if (!command.topic.empty() && needs_topic(state.c, facts.policy.terms)) {
        AC_TRY(told, classify(state, {{}, {}, command.topic, {}}, facts));
    }
    if (state.c.kind != CaseKind::complaint) return told;
    if (state.c.matter.stage == T::executing && command.satisfied != Satisfied::unasked) {
        AC_TRY(auto followed, follow_up(state, {command.satisfied, {}}, facts));
        append(told, std::move(followed));
    }
    const CaseState now = after(state, told);
    if (now.c.matter.stage == T::follow_up && !command.prevention_id.empty()) {
        AC_TRY(auto reviewed, review(now, {command.close.cause_code, command.close.responsibility, command.prevention_id}, facts));
        append(told, std::move(reviewed));
    }
    return told;
}

}  // namespace

std::string missing_facts(const CaseState& state, const PolicyTerms& terms) {
    const Matter& m = state.c.matter;
    const bool followed = m.stage == T::executing || m.stage == T::follow_up;
    std::string facts;
    const auto need = [&](bool missing, std::string_view fact) {
        if (missing) facts.append(facts.empty() ? "" : ",").append(fact);
    };
    need(needs_topic(state.c, terms), "topic");
    if (state.c.kind != CaseKind::complaint) return facts;
    need(m.stage == T::executing, "satisfied");
    need(followed && m.severity <= terms.prevention_severity, "prevention");
    return facts;
}

Result<Decision> close_with(const CaseState& state, const CloseWith& command, const Facts& facts) {
    if (state.c.closed_at.ms != 0) return close_case(state, command.close, facts);
    AC_TRY(Decision decision, tell_facts(state, command, facts));
    AC_TRY(auto closed, close_case(after(state, decision), command.close, facts));
    append(decision, std::move(closed));
    return decision;
}

}  // namespace aftercare::domain
