#pragma once
#include "domain/acts.hpp"
#include "domain/commands.hpp"

namespace aftercare {

/// What a policy judges of a request, in the order of the guards; from `automatic` on: who decides it, and when it is paid.
AC_WORDS(PolicyRule, order, window, exclusion, units, reason, evidence, return_shipping, replacement, amount, automatic, limit, instant);

}  // namespace aftercare

/// What a request would come to under a policy, rule by rule, without asking for it.
namespace aftercare::domain {

/// One rule's word: passed, or the code of its refusal with what would make it legal.
struct RuleVerdict {
    static constexpr std::string_view kSchema = "RuleVerdict";
    PolicyRule rule{};
    bool passed = false;
    std::string code;   ///< of the refusal, or of the field
    std::string field;  ///< the field that is wrong, if it is one
    std::vector<std::pair<std::string, std::string>> params;
    std::vector<WayOut> remedies;
    bool operator==(const RuleVerdict&) const = default;
};
template <class Io>
void fields(Io& io, RuleVerdict& v) {
    io("rule", v.rule);
    io("passed", v.passed);
    io("code", v.code, maybe);
    io("field", v.field, maybe);
    io("params", v.params, maybe);
    io("remedies", v.remedies, maybe);
}

struct Simulation {
    static constexpr std::string_view kSchema = "Simulation";
    std::vector<RuleVerdict> rules;  ///< each once; those that rest on a rule that failed are left out
    bool legal = false;              ///< as request_operation answers
    bool approved = false;           ///< at once, by the policy
    Role decides{};                  ///< otherwise: agent or lead
    std::int64_t window_days = 0;
    Instant window_ends_at;          ///< 0: the kind has no window
    Instant warranty_until_at;       ///< of the goods whose warranty ends first; 0: no goods
    std::optional<Quote> quote;      ///< also of what only the window or an exclusion forbids
    bool operator==(const Simulation&) const = default;
};
template <class Io>
void fields(Io& io, Simulation& s) {
    io("rules", s.rules);
    io("legal", s.legal);
    io("approved", s.approved, maybe);
    io("decides", s.decides);
    io("window_days", s.window_days, maybe);
    io("window_ends_at", s.window_ends_at, maybe);
    io("warranty_until_at", s.warranty_until_at, maybe, doc("of the goods whose warranty ends first"));
    io("quote", s.quote);
}

/// As an agent would ask for it, whoever `facts.actor` is: the same for all. The guards are those of the requests themselves. `invalid` where the
/// kind or the lines are none.
Result<Simulation> simulate(const CaseState&, const RequestOperation&, const Facts&);

}  // namespace aftercare::domain
