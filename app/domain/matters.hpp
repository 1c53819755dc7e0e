#pragma once
#include <aftercare/base/result.hpp>
#include <array>
#include <optional>

#include "domain/decision.hpp"
#include "domain/matter_commands.hpp"
#include "domain/operations.hpp"

/// Complaints, consultations, reviews and things to look after (after-sales.md sections 4 and 5): who may do what at which stage, as one table.
namespace aftercare::domain {

using KindSet = std::uint32_t;
using StageSet = std::uint32_t;

/// `to` none: the stage stays. `note`: what its words are, and whether they must be said.
struct MatterRule {
    MatterWord word;
    Permission permission;
    RoleSet who;
    KindSet kinds;
    StageSet from;
    MatterStage to;
    NoteKind note;
    bool must_say;
};

// clang-format off
namespace table {
using W = MatterWord; using T = MatterStage; using K = CaseKind; using N = NoteKind;
inline constexpr KindSet kAnyKind = ~0u, kComplaint = set_of(K::complaint), kConsultation = set_of(K::consultation), kReview = set_of(K::review_followup),
                         kPlain = set_of(K::order_check, K::unpaid_reminder, K::stock_out, K::logistics_exception, K::incident, K::product_defect);
inline constexpr StageSet kNotClosed = ~set_of(T::closed);
inline constexpr StageSet kPromising = set_of(T::received, T::acknowledged, T::verifying, T::proposed, T::accepted, T::declined, T::executing);
/// Where a word to the customer may be promised: a complaint under way, and all else until it has its answer or its end.
inline constexpr StageSet kOwing = kPromising | set_of(T::none, T::open, T::waiting_customer, T::waiting_internal, T::working);
inline constexpr RoleSet kDesk = set_of(R::agent, R::lead), kOrCustomer = kDesk | set_of(R::customer);
inline constexpr std::array kMatterRules{
    MatterRule{W::acknowledge,      P::decide_operations, kDesk,                     kComplaint,    set_of(T::received),                                          T::acknowledged,     N::to_customer,   true},
    MatterRule{W::verify,           P::decide_operations, kDesk,                     kComplaint,    set_of(T::acknowledged, T::declined, T::follow_up),           T::verifying,        N::internal,      false},
    MatterRule{W::propose,          P::decide_operations, kDesk,                     kComplaint,    set_of(T::verifying),                                         T::proposed,         N::to_customer,   true},
    MatterRule{W::accept_proposal,  P::open_cases,        kOrCustomer,               kComplaint,    set_of(T::proposed),                                          T::accepted,         N::from_customer, false},
    MatterRule{W::decline_proposal, P::open_cases,        kOrCustomer,               kComplaint,    set_of(T::proposed),                                          T::declined,         N::from_customer, false},
    MatterRule{W::execute,          P::decide_operations, kDesk,                     kComplaint,    set_of(T::accepted),                                          T::executing,        N::internal,      false},
    MatterRule{W::follow_up,        P::decide_operations, kDesk,                     kComplaint,    set_of(T::executing, T::follow_up),                           T::follow_up,        N::from_customer, false},
    MatterRule{W::review,           P::decide_operations, kDesk | set_of(R::quality), kComplaint,   set_of(T::follow_up),                                         T::reviewed,         N::internal,      true},
    MatterRule{W::retract,          P::open_cases,        kOrCustomer,               kComplaint,    kPromising & ~set_of(T::executing),                           T::withdrawn,        N::from_customer, false},
    MatterRule{W::update_customer,  P::decide_operations, kDesk,                     kAnyKind & ~kReview, kOwing & ~set_of(T::received),                          T::none,             N::to_customer,   true},
    MatterRule{W::answer,           P::decide_operations, kDesk,                     kConsultation, set_of(T::open, T::waiting_customer, T::waiting_internal),     T::answered,         N::to_customer,   true},
    MatterRule{W::ask_customer,     P::decide_operations, kDesk,                     kConsultation, set_of(T::open, T::waiting_internal, T::answered),             T::waiting_customer, N::to_customer,   true},
    MatterRule{W::wait_internal,    P::decide_operations, kDesk,                     kConsultation, set_of(T::open, T::waiting_customer),                          T::waiting_internal, N::internal,      false},
    MatterRule{W::triage,           P::decide_operations, kDesk,                     kReview,       set_of(T::detected),                                          T::triaged,          N::internal,      false},
    MatterRule{W::plan_contact,     P::decide_operations, kDesk,                     kReview,       set_of(T::triaged, T::contacted),                             T::contact_planned,  N::internal,      false},
    MatterRule{W::record_contact,   P::decide_operations, kDesk,                     kReview,       set_of(T::contact_planned),                                   T::contacted,        N::internal,      false},
    MatterRule{W::decide_remedy,    P::decide_operations, kDesk,                     kReview,       set_of(T::contacted),                                         T::no_remedy,        N::internal,      false},
    MatterRule{W::record_outcome,   P::decide_operations, kDesk,                     kReview,       set_of(T::triaged, T::contacted, T::remedy, T::no_remedy),     T::outcome,          N::internal,      false},
    MatterRule{W::start_work,       P::decide_operations, kDesk,                     kPlain,        set_of(T::open),                                              T::working,          N::internal,      false},
    MatterRule{W::finish_work,      P::decide_operations, kDesk,                     kPlain,        set_of(T::working),                                           T::done,             N::internal,      false},
    MatterRule{W::classify,         P::decide_operations, kDesk,                     kAnyKind,      kNotClosed,                                                   T::none,             N::internal,      false},
    MatterRule{W::escalate,         P::open_cases,        kOrCustomer,               kAnyKind,      kNotClosed,                                                   T::none,             N::internal,      false},
    MatterRule{W::outside,          P::decide_operations, kDesk | set_of(R::plugin),  kAnyKind,      kNotClosed,                                                   T::none,             N::internal,      false},
    MatterRule{W::convert,          P::decide_operations, kDesk,                     kAnyKind & ~kReview, kNotClosed,                                             T::none,             N::internal,      false},
    MatterRule{W::ask_task,         P::decide_operations, kDesk,                     kAnyKind,      kNotClosed,                                                   T::none,             N::internal,      true},
};
}  // namespace table
// clang-format on

constexpr const MatterRule& rule_of(MatterWord w) { return table::kMatterRules[static_cast<std::size_t>(w)]; }
static_assert([] {
    for (std::size_t i = 0; i < table::kMatterRules.size(); ++i)
        if (static_cast<std::size_t>(table::kMatterRules[i].word) != i) return false;
    return table::kMatterRules.size() == Words<MatterWord>::all.size();
}());

inline constexpr std::int64_t kMaxRounds = 3;    ///< proposals that agents may make; then a lead does
inline constexpr std::int64_t kMaxContacts = 3;  ///< attempts to speak about one review
inline constexpr std::size_t kMaxTasks = 200;    ///< of one case: keeps a state small enough to hold
inline constexpr std::string_view kAskedTask = "asked";
inline constexpr std::string_view kEscalatedTask = "case_escalated";

/// All of them answer, besides what each says: `forbidden` "permission_missing"; `refused` "case_already_closed",
/// "wrong_kind" {kind}, "wrong_stage" {stage, allowed}; `invalid` "/note" when its words are missing.
Result<Decision> step_matter(const CaseState&, MatterWord, const StepMatter&, const Facts&);
/// Up by a level. `refused` "highest_level"; "no_promise" when there is nothing that the customer could hear more about, or they want no contact.
Result<Decision> escalate(const CaseState&, const Escalate&, const Facts&);
/// `refused` "over_limit", "rounds_used_up" {rounds}: then a lead; "case_has_no_order" for an amount without one.
Result<Decision> propose(const CaseState&, const Propose&, const Facts&);
Result<Decision> update_customer(const CaseState&, const UpdateCustomer&, const Facts&);
/// `refused` "operation_open", "task_open", or "proposal_not_carried_out" when money was proposed and nothing was done.
Result<Decision> follow_up(const CaseState&, const FollowUp&, const Facts&);
Result<Decision> review(const CaseState&, const Review&, const Facts&);
/// `refused` "outside_is_severe", "severity_needs_lead".
Result<Decision> classify(const CaseState&, const Classify&, const Facts&);
/// The case is as severe as can be and a lead's: the one who tells it, else a lead is asked to take it.
Result<Decision> tell_outside(const CaseState&, const TellOutside&, const Facts&);
/// `refused` "same_kind", "complaint_needs_lead", "no_money_under_review".
Result<Decision> convert_case(const CaseState&, const ConvertCase&, const Facts&);
/// `refused` "contact_refused", "contacts_used_up" {contacts}, "quiet_hours" {from, to}.
Result<Decision> plan_contact(const CaseState&, const PlanContact&, const Facts&);
Result<Decision> record_contact(const CaseState&, const RecordContact&, const Facts&);  ///< a refusal ends it
Result<Decision> decide_remedy(const CaseState&, const DecideRemedy&, const Facts&);
Result<Decision> record_outcome(const CaseState&, const RecordOutcome&, const Facts&);
/// `refused` "fact_missing" {fact}: what a case of this kind must hold before it is done.
Result<Decision> finish_work(const CaseState&, const RecordOutcome&, const Facts&);
/// Work for another department, with an owner and a due time. `refused` "too_many_tasks".
Result<Decision> ask_task(const CaseState&, const AskTask&, const Facts&);

/// `forbidden` "permission_missing" when none of the actor's roles may give it.
Result<void> permitted(const Actor&, MatterWord);

/// No money under a review (I31): `refused` "no_money_under_review". Asked by whatever requests an operation.
Result<void> matter_allows_money(const CaseState&);
/// What keeps it from being closed besides its operations (I29): "task_open", "approval_open", "facts_missing", "wrong_stage".
Result<void> matter_allows_close(const CaseState&, const PolicyTerms&);
/// While somebody outside has it, only a lead takes it: "lead_must_own".
Result<void> matter_allows_owner(const CaseState&, const StaffId&, const Facts&);
/// Once by the customer's own word; then only a lead opens it again.
bool matter_reopens(const CaseState&, const Facts&);

/// Parts of the fold.
MatterStage first_stage(CaseKind);
/// A case that becomes a defect tells quality, one that becomes an incident tells a lead: whoever is on duty, at once.
void raise_alarm(Moves& moves, const CaseState& state, CaseKind kind, const Facts& facts);
void matter_heard(Case&, NoteKind, Instant at);  ///< a note: a first word to the customer, or theirs to us
void matter_reopened(Case&);
void matter_closed(Case&);

/// "received,acknowledged": for refusals.
std::string stage_words(StageSet);

/// The customer is still to hear of it: not closed, and at a stage where that may be promised.
bool may_promise(const Case&);
/// The clocks of its first word and of what was promised, and tasks that are asked for no more.
void tend_matter(Moves&, const CaseState& after, const Facts&);
/// One of them ran out: a lead is asked, and a promise that was not kept raises the level.
void clock_of_matter(Moves&, bool& escalated, const CaseState&, ClockKind, const Facts&);
/// Who must move next at this stage; nothing when the operations say it.
std::optional<CaseStatus> turn_of_matter(const CaseState&);

}  // namespace aftercare::domain
