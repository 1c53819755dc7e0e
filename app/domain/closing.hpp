#pragma once
#include <aftercare/base/result.hpp>

#include "domain/commands.hpp"
#include "domain/decision.hpp"

/// What a case must hold before it is closed, and a closing that brings what is missing.
namespace aftercare::domain {

/// Facts that its closing still needs, out of "topic" (kinds that the terms name), "satisfied" (a complaint that is carried out), "prevention"
/// (a complaint as severe as the terms say); cause, responsibility and summary are always said.
std::string missing_facts(const CaseState&, const PolicyTerms&);

/// A closing with the facts that are missing; what is held already is not said again.
struct CloseWith {
    static constexpr std::string_view kSchema = "CloseWith";
    CloseCase close;
    std::string topic;
    Satisfied satisfied{};
    MessageId prevention_id{};  ///< the note that says how it will not happen again
};
template <class Io>
void fields(Io& io, CloseWith& c) {
    fields(io, c.close);
    io("topic", c.topic, maybe, length(0, 200));
    io("satisfied", c.satisfied, maybe);
}

/// `refused` "facts_missing" {facts: "satisfied,prevention"}, and whatever close_case answers.
Result<Decision> close_with(const CaseState&, const CloseWith&, const Facts&);

}  // namespace aftercare::domain
