#pragma once
#include "domain/asked.hpp"
#include "usecase/context.hpp"
#include "usecase/views.hpp"

namespace aftercare {
/// Why a row waits: somebody asked, an operation is above what agents approve, a refund is above what agents submit.
AC_WORDS(WaitKind, asked, operation, refund);
}  // namespace aftercare

/// The inbox of whoever may do more: acts that somebody asked for, and operations and refunds above the agents' limit (maker ≠ checker, I19).
namespace aftercare::usecase {

/// `words`: what the act tells the customer, or why a rule is overridden. `note`: why, for the one who answers.
struct AskApproval {
    CaseId case_id;
    domain::Asked asked;
    std::string words, note;
};
template <class Io>
void fields(Io& io, AskApproval& in) {
    io("case_id", in.case_id);
    fields(io, in.asked);
    io("words", in.words, maybe, length(0, 4'000));
    io("note", in.note, length(1, 4'000));
}
Result<CaseChanged> ask_approval(Context&, const Actor&, const Guard&, const AskApproval&);

struct AnswerApproval {
    TaskId task_id;
    bool granted = false;
    std::string note;  ///< needed to refuse
};
template <class Io>
void fields(Io& io, AnswerApproval& in) {
    io("task_id", in.task_id);
    io("granted", in.granted);
    io("note", in.note, maybe, length(0, 4'000));
}
/// Carries the act out as the one who answers, or tells who asked why not. `refused` "not_an_approval" of any other task.
Result<CaseChanged> answer_approval(Context&, const Actor&, const Guard&, const AnswerApproval&);

struct Waiting {
    static constexpr std::string_view kSchema = "Waiting";
    WaitKind wait{};
    CaseId case_id;
    ShopId shop_id;
    std::string number, topic, customer_name;
    CaseKind kind{};
    AskedWord command{};      ///< what is to be done
    OperationId operation_id;
    TaskId task_id;           ///< of what somebody asked for
    std::int64_t amount_minor = 0;
    std::string currency;
    StaffId asked_by;
    std::string asked_name;   ///< who asked, made or approved it
    Instant asked_at, due_at;
    std::string reason, words;
    TaskState state{};        ///< of what one asked for oneself
    TaskResult result{};
    std::string answer;
    Instant answered_at;
};
template <class Io>
void fields(Io& io, Waiting& w) {
    io("wait", w.wait);
    io("case_id", w.case_id);
    io("shop_id", w.shop_id);
    io("number", w.number);
    io("topic", w.topic, maybe);
    io("customer_name", w.customer_name, maybe);
    io("kind", w.kind);
    io("command", w.command);
    io("operation_id", w.operation_id, maybe);
    io("task_id", w.task_id, maybe);
    io("amount_minor", w.amount_minor, maybe);
    io("currency", w.currency, maybe);
    io("asked_by", w.asked_by, maybe);
    io("asked_name", w.asked_name, maybe);
    io("asked_at", w.asked_at);
    io("due_at", w.due_at, maybe);
    io("reason", w.reason, maybe);
    io("words", w.words, maybe);
    io("state", w.state, maybe);
    io("result", w.result, maybe);
    io("answer", w.answer, maybe);
    io("answered_at", w.answered_at, maybe);
}
/// `mine`: what one asked for oneself, the newest first; else what waits for one's decision, the nearest due first. At most 200 of each sort.
struct ApprovalQuery {
    std::optional<ShopId> shop_id;
    std::optional<bool> mine;
};
template <class Io>
void fields(Io& io, ApprovalQuery& q) {
    io("shop_id", q.shop_id);
    io("mine", q.mine);
}
struct ApprovalList {
    static constexpr std::string_view kSchema = "ApprovalList";
    std::vector<Waiting> items;
};
template <class Io>
void fields(Io& io, ApprovalList& l) {
    io("items", l.items);
}
Result<ApprovalList> list_approvals(Context&, const Actor&, const ApprovalQuery&);

struct ApprovalCount {
    static constexpr std::string_view kSchema = "ApprovalCount";
    std::int64_t waiting = 0;
};
template <class Io>
void fields(Io& io, ApprovalCount& c) {
    io("waiting", c.waiting, doc("for the caller's decision"));
}
Result<ApprovalCount> count_approvals(Context&, const Actor&, const ApprovalQuery&);

}  // namespace aftercare::usecase
