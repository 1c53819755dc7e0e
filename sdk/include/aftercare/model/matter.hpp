#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/base/words.hpp>
#include <aftercare/codec/fields.hpp>
#include <string>

/// What a case is about besides goods and money: complaints, consultations, reviews, things to look after (after-sales.md sections 4 and 5).
namespace aftercare {

/// How far it is. none: the case lives by its operations alone. The first ten belong to a complaint, open to answered to a consultation,
/// detected to outcome to a review; all else is open, working, done.
AC_WORDS(MatterStage, none, received, acknowledged, verifying, proposed, accepted, declined, executing, follow_up, reviewed, withdrawn,
         open, waiting_customer, waiting_internal, answered, detected, triaged, contact_planned, contacted, remedy, no_remedy, outcome,
         working, done, closed);
AC_WORDS(Emotion, unsaid, calm, worried, upset, angry, threatening);
/// What the customer really wants, whatever was said first: to know, to use it, money back, other goods, it mended, it made good, it sooner, to be heard, out of it.
AC_WORDS(Intent, unsaid, information, help_with_use, money_back, other_goods, repair, compensation, faster, apology, cancel);
/// Who else took up the complaint: a marketplace, the consumers' hotline 12315, the press. Then a lead owns it.
AC_WORDS(Outside, none, platform, hotline_12315, media);
AC_WORDS(Satisfied, unasked, yes, no, no_answer);
AC_WORDS(ContactResult, reached, no_answer, refused);
AC_WORDS(MatterOutcome, none, unchanged, updated_by_customer, appealed_to_platform, no_response, do_not_contact, solved, not_solved, not_needed);
AC_WORDS(TaskResult, none, done, confirmed, not_confirmed, not_possible);
/// The acts of a matter, by the last part of their routes.
AC_WORDS(MatterWord, acknowledge, verify, propose, accept_proposal, decline_proposal, execute, follow_up, review, retract, update_customer,
         answer, ask_customer, wait_internal, triage, plan_contact, record_contact, decide_remedy, record_outcome, start_work, finish_work,
         classify, escalate, outside, convert, ask_task);

struct Matter {
    static constexpr std::string_view kSchema = "Matter";
    MatterStage stage{};
    std::int64_t severity = 3;    ///< 1 is the worst, 4 the least
    Emotion emotion{};
    Intent intent{};
    std::int64_t escalation = 0;  ///< 0 to 3
    Outside outside{};
    std::string outside_ref;      ///< their number of it
    Instant replied_at;           ///< the first word to the customer
    Instant promised_at;          ///< when the customer hears more; 0: nothing is promised
    std::int64_t rounds = 0;      ///< proposals made
    std::int64_t proposal_minor = 0;
    Satisfied satisfied{};
    MessageId prevention_id;      ///< the note that says how it will not happen again
    std::int64_t contacts = 0;    ///< attempts to speak about a review
    Instant contact_at;           ///< planned
    bool contact_refused = false;
    CaseId linked_case_id;        ///< where a remedy is carried out
    MatterOutcome outcome{};
    std::int64_t reopened = 0;
    [[nodiscard]] bool empty() const { return *this == Matter{}; }
    bool operator==(const Matter&) const = default;
};
template <class Io>
void fields(Io& io, Matter& m) {
    io("stage", m.stage, maybe);
    io("severity", m.severity, maybe);
    io("emotion", m.emotion, maybe);
    io("intent", m.intent, maybe);
    io("escalation", m.escalation, maybe);
    io("outside", m.outside, maybe);
    io("outside_ref", m.outside_ref, maybe);
    io("replied_at", m.replied_at, maybe);
    io("promised_at", m.promised_at, maybe);
    io("rounds", m.rounds, maybe);
    io("proposal_minor", m.proposal_minor, maybe);
    io("satisfied", m.satisfied, maybe);
    io("prevention_id", m.prevention_id, maybe);
    io("contacts", m.contacts, maybe);
    io("contact_at", m.contact_at, maybe);
    io("contact_refused", m.contact_refused, maybe);
    io("linked_case_id", m.linked_case_id, maybe);
    io("outcome", m.outcome, maybe);
    io("reopened", m.reopened, maybe);
}

}  // namespace aftercare
