#include "domain/closing.hpp"

#include "domain/cases.hpp"
#include "domain/matters.hpp"

namespace aftercare::domain {
namespace {

using T = MatterStage;

/// The acts that what was said stands for; none where the case holds it already.
Result<Decision> tell_facts(const CaseState& state, const CloseWith& command, const Facts& facts) {
    Decision told;
    if (state.c.topic.empty() && !command.topic.empty() && state.c.kind == CaseKind::consultation) {
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

std::string missing_facts(const CaseState& state) {
    const Matter& m = state.c.matter;
    if (state.c.kind == CaseKind::consultation) return m.stage == T::answered && state.c.topic.empty() ? "topic" : "";
    if (state.c.kind != CaseKind::complaint) return "";
    const std::string prevention = m.severity <= 2 ? "prevention" : "";
    if (m.stage == T::executing) return prevention.empty() ? "satisfied" : "satisfied," + prevention;
    return m.stage == T::follow_up ? prevention : "";
}

Result<Decision> close_with(const CaseState& state, const CloseWith& command, const Facts& facts) {
    if (state.c.closed_at.ms != 0) return close_case(state, command.close, facts);
    AC_TRY(Decision decision, tell_facts(state, command, facts));
    AC_TRY(auto closed, close_case(after(state, decision), command.close, facts));
    append(decision, std::move(closed));
    return decision;
}

}  // namespace aftercare::domain
