#pragma once
#include <functional>

#include "domain/matters.hpp"
#include "usecase/context.hpp"
#include "usecase/views.hpp"

/// Complaints, consultations, reviews and things to look after. Every act may bring words; they become a note of the kind its row of the table says.
namespace aftercare::usecase {

template <class Command>
struct OnMatter {
    CaseId case_id;
    Command command;
    std::string note;
};
template <class Io, class Command>
void fields(Io& io, OnMatter<Command>& in) {
    io("case_id", in.case_id);
    fields(io, in.command);
    io("note", in.note, maybe, length(0, 4'000));
}

using DecideMatter = std::function<Result<domain::Decision>(const domain::CaseState&, const MessageId& note, const domain::Facts&)>;
/// Permission, the words as a note, then the decision.
Result<CaseChanged> change_matter(Context&, const Actor&, const Guard&, MatterWord, const CaseId&, const std::string& words, const DecideMatter&);

/// An act that says nothing but that it happens.
template <MatterWord kWord>
Result<CaseChanged> matter_step(Context& ctx, const Actor& actor, const Guard& guard, const OnMatter<domain::StepMatter>& in) {
    return change_matter(ctx, actor, guard, kWord, in.case_id, in.note, [](const auto& state, const MessageId& note, const auto& facts) {
        return domain::step_matter(state, kWord, {note}, facts);
    });
}

template <MatterWord kWord, class Command, auto kDecide>
Result<CaseChanged> matter_act(Context& ctx, const Actor& actor, const Guard& guard, const OnMatter<Command>& in) {
    return change_matter(ctx, actor, guard, kWord, in.case_id, in.note, [&](const auto& state, const MessageId& note, const auto& facts) {
        Command command = in.command;
        command.note_id = note;
        return kDecide(state, command, facts);
    });
}

/// `invalid` "/owner_id" when nobody goes by it.
Result<CaseChanged> ask_task(Context&, const Actor&, const Guard&, const OnMatter<domain::AskTask>&);
/// With `answer_by` its words go to the customer, and must be said.
Result<CaseChanged> escalate(Context&, const Actor&, const Guard&, const OnMatter<domain::Escalate>&);
/// The linked case is of the same shop: `not_found` "case_not_found".
Result<CaseChanged> decide_remedy(Context&, const Actor&, const Guard&, const OnMatter<domain::DecideRemedy>&);

}  // namespace aftercare::usecase
