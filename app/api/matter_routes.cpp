#include "api/routes.hpp"
#include "usecase/matters.hpp"

namespace aftercare::api {

namespace {

using W = MatterWord;
namespace d = domain;
std::string on(W w) { return std::string("/api/v1/cases/{case_id}/").append(word(w)); }

}  // namespace

void add_matter_routes(Routes& routes) {
    using namespace usecase;
    const auto step = [&]<W kWord>(std::integral_constant<W, kWord>, std::string id, std::string summary) {
        routes.post(on(kWord), std::move(id), std::move(summary), matter_step<kWord>);
    };
#define AC_STEP(word, id, summary) step(std::integral_constant<W, W::word>{}, id, summary)
    AC_STEP(acknowledge, "acknowledgeComplaint", "Complaint: the first words, with an apology");
    AC_STEP(verify, "verifyComplaint", "Complaint: find out the facts, again after a refusal");
    routes.post(on(W::propose), "proposeSolution", "Complaint: offer a solution, within one's limit", matter_act<W::propose, d::Propose, d::propose>);
    AC_STEP(accept_proposal, "acceptProposal", "Complaint: the customer takes the offer");
    AC_STEP(decline_proposal, "declineProposal", "Complaint: the customer declines the offer");
    AC_STEP(execute, "executeProposal", "Complaint: carry out what was agreed");
    routes.post(on(W::follow_up), "followUpComplaint", "Complaint: whether the customer is satisfied", matter_act<W::follow_up, d::FollowUp, d::follow_up>);
    routes.post(on(W::review), "reviewComplaint", "Complaint: cause, responsibility and prevention", matter_act<W::review, d::Review, d::review>);
    AC_STEP(retract, "retractComplaint", "Complaint: the customer takes it back");
    routes.post(on(W::update_customer), "updateCustomer", "Complaint: how far it is, and when the customer hears more",
                matter_act<W::update_customer, d::UpdateCustomer, d::update_customer>);
    AC_STEP(answer, "answerConsultation", "Consultation: the answer");
    AC_STEP(ask_customer, "askCustomer", "Consultation: a question to the customer");
    AC_STEP(wait_internal, "waitInternal", "Consultation: somebody here finds it out");
    AC_STEP(triage, "triageReview", "Review: whether it is spoken about");
    routes.post(on(W::plan_contact), "planContact", "Review: when to speak with the customer", matter_act<W::plan_contact, d::PlanContact, d::plan_contact>);
    routes.post(on(W::record_contact), "recordContact", "Review: how it went; a refusal ends it", matter_act<W::record_contact, d::RecordContact, d::record_contact>);
    routes.post(on(W::decide_remedy), "decideRemedy", "Review: the case that mends it, or none", decide_remedy);
    routes.post(on(W::record_outcome), "recordOutcome", "Review: what became of it", matter_act<W::record_outcome, d::RecordOutcome, d::record_outcome>);
    AC_STEP(start_work, "startWork", "Work on it begins");
    routes.post(on(W::finish_work), "finishWork", "It is done, with its outcome", matter_act<W::finish_work, d::RecordOutcome, d::finish_work>);
    routes.post(on(W::classify), "classifyCase", "Severity, mood and topic", matter_act<W::classify, d::Classify, d::classify>);
    routes.post(on(W::escalate), "escalateCase", "Raise the case by a level: who looks at it, and by when the customer hears", escalate);
    routes.post(on(W::outside), "tellOutside", "A marketplace, the hotline or the press took it up", matter_act<W::outside, d::TellOutside, d::tell_outside>);
    routes.post(on(W::convert), "convertCase", "Go on as a case of another kind", matter_act<W::convert, d::ConvertCase, d::convert_case>);
    routes.post(on(W::ask_task), "askTask", "Ask a person of a department for something until a time", ask_task);
#undef AC_STEP
}

}  // namespace aftercare::api
