#pragma once
#include "domain/recalls.hpp"
#include "domain/work_commands.hpp"
#include "usecase/context.hpp"
#include "usecase/views.hpp"

/// The commands of after-sales.md sections 2 and 3. Each checks its permission and lets the store run the domain's decision.
namespace aftercare::usecase {

/// `ask_info` with its question (stored as a note to the customer).
struct AskInfoIn {
    CaseId case_id;
    OperationId operation_id;
    std::string question;
};
template <class Io>
void fields(Io& io, AskInfoIn& in) {
    io("case_id", in.case_id);
    io("operation_id", in.operation_id);
    io("question", in.question, length(1, 1'000));
}

/// `reject` with what the customer is told, stored as a note to them.
struct RejectIn {
    CaseId case_id;
    domain::Reject command;
    std::string note = {};
};
template <class Io>
void fields(Io& io, RejectIn& in) {
    io("case_id", in.case_id);
    fields(io, in.command);
    io("note", in.note, maybe, length(0, 4'000));
}

using domain::Accept;
Result<CaseChanged> request_operation(Context&, const Actor&, const Guard&, const OnCase<domain::RequestOperation>&);
Result<CaseChanged> approve(Context&, const Actor&, const Guard&, const OnCase<domain::Approve>&);
Result<CaseChanged> ask_info(Context&, const Actor&, const Guard&, const AskInfoIn&);
Result<CaseChanged> give_info(Context&, const Actor&, const Guard&, const OnCase<domain::GiveInfo>&);
Result<CaseChanged> reject(Context&, const Actor&, const Guard&, const RejectIn&);
Result<CaseChanged> appeal(Context&, const Actor&, const Guard&, const OnCase<domain::Appeal>&);
Result<CaseChanged> change_kind(Context&, const Actor&, const Guard&, const OnCase<domain::ChangeKind>&);
Result<CaseChanged> withdraw(Context&, const Actor&, const Guard&, const OnCase<domain::Withdraw>&);
Result<CaseChanged> ship_back(Context&, const Actor&, const Guard&, const OnCase<domain::ShipBack>&);
Result<CaseChanged> arrive(Context&, const Actor&, const Guard&, const OnCase<domain::Arrive>&);
Result<CaseChanged> carrier_lost(Context&, const Actor&, const Guard&, const OnCase<domain::CarrierLost>&);
Result<CaseChanged> inspect(Context&, const Actor&, const Guard&, const OnCase<domain::Inspect>&);
Result<CaseChanged> accept(Context&, const Actor&, const Guard&, const OnCase<domain::Accept>&);
Result<CaseChanged> agree(Context&, const Actor&, const Guard&, const OnCase<domain::Agree>&);
Result<CaseChanged> send_back(Context&, const Actor&, const Guard&, const OnCase<domain::SendBack>&);
Result<CaseChanged> dispatch(Context&, const Actor&, const Guard&, const OnCase<domain::Dispatch>&);
Result<CaseChanged> delivered(Context&, const Actor&, const Guard&, const OnCase<domain::Delivered>&);
Result<CaseChanged> outbound_lost(Context&, const Actor&, const Guard&, const OnCase<domain::OutboundLost>&);
Result<CaseChanged> resend(Context&, const Actor&, const Guard&, const OnCase<domain::Resend>&);
Result<CaseChanged> rule(Context&, const Actor&, const Guard&, const OnCase<domain::Rule>&);
Result<CaseChanged> submit_refund(Context&, const Actor&, const Guard&, const OnCase<domain::SubmitRefundNow>&);
Result<CaseChanged> refund_result(Context&, const Actor&, const Guard&, const OnCase<domain::RefundOutcome>&);
Result<CaseChanged> answer_check(Context&, const Actor&, const Guard&, const OnCase<domain::AnswerCheck>&);
Result<CaseChanged> reserve(Context&, const Actor&, const Guard&, const OnCase<domain::Reserve>&);
Result<CaseChanged> swap(Context&, const Actor&, const Guard&, const OnCase<domain::Swap>&);
Result<CaseChanged> collected(Context&, const Actor&, const Guard&, const OnCase<domain::Collected>&);
Result<CaseChanged> diagnose(Context&, const Actor&, const Guard&, const OnCase<domain::Diagnose>&);
Result<CaseChanged> quote_repair(Context&, const Actor&, const Guard&, const OnCase<domain::QuoteRepair>&);
Result<CaseChanged> answer_quote(Context&, const Actor&, const Guard&, const OnCase<domain::AnswerQuote>&);
Result<CaseChanged> repair_step(Context&, const Actor&, const Guard&, const OnCase<domain::StepRepair>&);
Result<CaseChanged> recover(Context&, const Actor&, const Guard&, const OnCase<domain::Recover>&);
Result<CaseChanged> write_off(Context&, const Actor&, const Guard&, const OnCase<domain::WriteOff>&);
Result<CaseChanged> open_recall(Context&, const Actor&, const Guard&, const OnCase<domain::OpenRecall>&);
Result<CaseChanged> recall_arrived(Context&, const Actor&, const Guard&, const OnCase<domain::RecallArrived>&);
Result<CaseChanged> inspect_recall(Context&, const Actor&, const Guard&, const OnCase<domain::InspectRecall>&);
Result<CaseChanged> end_recall(Context&, const Actor&, const Guard&, const OnCase<domain::EndRecall>&);

/// Money legs by state: the finance queue.
struct RefundQuery {
    Page page;
    std::optional<ShopId> shop_id;
    std::optional<MoneyState> state;  ///< default: submitted, unknown and failed
};
template <class Io>
void fields(Io& io, RefundQuery& q) {
    fields(io, q.page);
    io("shop_id", q.shop_id);
    io("state", q.state);
}
Result<RefundList> list_refunds(Context&, const Actor&, const RefundQuery&);

}  // namespace aftercare::usecase
