#pragma once
#include <aftercare/base/result.hpp>

#include "domain/decision.hpp"
#include "domain/matter_commands.hpp"

/// Whoever meets a limit asks a lead (of refunds: finance) in one act; the answer carries the very act out, or refuses it (I19).
namespace aftercare::domain {

inline constexpr std::string_view kApprovalTask = "approval";         ///< blocks closing; answered by answer_approval alone
inline constexpr std::string_view kRefusedTask = "approval_refused";  ///< tells the one who asked
inline constexpr std::string_view kOvertakenTask = "approval_overtaken";  ///< tells them that somebody decided without an answer

/// The act, without what people wrote. approve, submit_refund, rule, resend, write_off: `operation_id`. propose, rule, write_off: `amount_minor`.
struct Asked {
    static constexpr std::string_view kSchema = "Asked";
    AskedWord command{};
    OperationId operation_id;
    std::int64_t amount_minor = 0;
    Instant answer_by;
    std::optional<RequestOperation> request;
};
template <class Io>
void fields(Io& io, Asked& a) {
    io("command", a.command);
    io("operation_id", a.operation_id, maybe);
    io("amount_minor", a.amount_minor, maybe, between(0, kMaxMinor));
    io("answer_by", a.answer_by, maybe);
    io("request", a.request);
}

/// The act itself, by the actor of `facts`. `words`: the note with what the customer is told (propose) or why a rule is overridden (request).
Result<Decision> carry_out(const CaseState&, const Asked&, const MessageId& words, const Facts&);

/// What the act is about in money, tried as a lead would do it.
std::int64_t amount_asked(const CaseState&, const Asked&, const Facts&);

/// A task for a lead or for finance. `note_id`: why. `refused` "may_do_it" when the actor may do it alone, "already_asked", "too_many_tasks";
/// and whatever would keep a lead from it.
Result<Decision> ask_approval(const CaseState&, const Asked&, const MessageId& note_id, const Facts&);

struct Answer {
    TaskId task_id;
    bool granted = false;
    MessageId note_id;   ///< what the answer says
    MessageId words_id;  ///< of the act, when it brings words
};
/// Granted: the act is carried out by the one who answers, by the rules of that moment. Refused: a task tells who asked. The one who asked
/// may take it back (refuse), never grant it: `refused` "same_person". `not_found` "task_not_found", `refused` "approval_answered"; else
/// `forbidden` "permission_missing" and whatever the act answers.
Result<Decision> answer_approval(const CaseState&, const Asked&, const StaffId& asked_by, const Answer&, const Facts&);

/// Asks (Facts::known) that nobody needs to answer after this event, because it did the act, or the operation went another way: they are
/// cancelled, and whoever asked hears of it, unless it was they.
void tend_asks(Moves& moves, const CaseState& after, const EventBody& event, const Facts& facts);

}  // namespace aftercare::domain
