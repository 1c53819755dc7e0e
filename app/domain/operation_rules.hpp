#pragma once
#include <aftercare/base/result.hpp>

#include "domain/work_commands.hpp"
#include "domain/decision.hpp"

/// Operations of every kind: after-sales.md sections 2 and 3. Pure: state, command and facts in; events and effects out.
///
/// All of them answer, besides what each says: `not_found` "operation_not_found"; `forbidden` "permission_missing"
/// {permission}; `refused` "wrong_state" {state, allowed}. A refusal's remedies say what would make the act legal.
/// A decision without events: nothing to do (a repeated answer, receipt or record).
/// Facts::policy is the version that the operation keeps (request_operation: the one in force).
namespace aftercare::domain {

// Requests (rows 1 to 10)
Result<Decision> request_operation(const CaseState&, const RequestOperation&, const Facts&);  ///< row 1, and 2 when policy allows
Result<Decision> approve(const CaseState&, const Approve&, const Facts&);
Result<Decision> ask_info(const CaseState&, const AskInfo&, const Facts&);
Result<Decision> give_info(const CaseState&, const GiveInfo&, const Facts&);
Result<Decision> reject(const CaseState&, const Reject&, const Facts&);
Result<Decision> appeal(const CaseState&, const Appeal&, const Facts&);
Result<Decision> answer_check(const CaseState&, const AnswerCheck&, const Facts&);
Result<Decision> change_kind(const CaseState&, const ChangeKind&, const Facts&);  ///< see kind_change.hpp
Result<Decision> withdraw(const CaseState&, const Withdraw&, const Facts&);

// Goods (rows 11 to 16)
Result<Decision> ship_back(const CaseState&, const ShipBack&, const Facts&);
Result<Decision> arrive(const CaseState&, const Arrive&, const Facts&);
Result<Decision> carrier_lost(const CaseState&, const CarrierLost&, const Facts&);
Result<Decision> inspect(const CaseState&, const Inspect&, const Facts&);  ///< and accept or mismatch by the system
Result<Decision> accept(const CaseState&, const Accept&, const Facts&);

// Disputes (rows 18, 19, 19b)
Result<Decision> agree(const CaseState&, const Agree&, const Facts&);
Result<Decision> send_back(const CaseState&, const SendBack&, const Facts&);
Result<Decision> dispatch(const CaseState&, const Dispatch&, const Facts&);
Result<Decision> delivered(const CaseState&, const Delivered&, const Facts&);  ///< also of the parcel lost last
Result<Decision> outbound_lost(const CaseState&, const OutboundLost&, const Facts&);
Result<Decision> resend(const CaseState&, const Resend&, const Facts&);
Result<Decision> rule(const CaseState&, const Rule&, const Facts&);

// Goods for the customer (section 3)
Result<Decision> reserve(const CaseState&, const Reserve&, const Facts&);
Result<Decision> swap(const CaseState&, const Swap&, const Facts&);
Result<Decision> collected(const CaseState&, const Collected&, const Facts&);
Result<Decision> recover(const CaseState&, const Recover&, const Facts&);
Result<Decision> write_off(const CaseState&, const WriteOff&, const Facts&);

// Repair (section 3). `refused` "not_a_repair", "goods_not_here" or "wrong_repair_stage" {repair, allowed}
Result<Decision> diagnose(const CaseState&, const Diagnose&, const Facts&);
Result<Decision> quote_repair(const CaseState&, const QuoteRepair&, const Facts&);
Result<Decision> answer_quote(const CaseState&, const AnswerQuote&, const Facts&);
Result<Decision> repair_step(const CaseState&, const StepRepair&, const Facts&);

// Money (rows 20, 21)
Result<Decision> submit_refund(const CaseState&, const SubmitRefundNow&, const Facts&);
Result<Decision> refund_outcome(const CaseState&, const RefundOutcome&, const Facts&);

// What plugins answered about announcing the return
Result<Decision> return_announced(const CaseState&, const OperationId&, const std::string& external_id, const Facts&);
/// Opens a Task for service; `code` is the plugin's refusal. Also for update_return, cancel_return and, as another task, bookings.
Result<Decision> announce_failed(const CaseState&, const OperationId&, const std::string& code, const Facts&,
                                 std::string_view task = "announce_failed");

/// What the warehouse answered to being asked to send a parcel.
Result<Decision> shipment_ordered(const CaseState&, const ShipReplacement&, const std::string& external_id, const Facts&);

// Parcels of a courier: asked for like shipping back, by the same people and in the same states
Result<Decision> book_return(const CaseState&, const OperationId&, const Facts&);  ///< `refused` "nothing_to_ship", "already_booked"
Result<Decision> return_booked(const CaseState&, const OperationId&, const std::string& booking_ref, const std::string& carrier,
                               const std::string& waybill, const Facts&);

/// What became of telling the marketplace; a `code` says why not, and opens a Task for service.
Result<Decision> platform_told(const CaseState&, const TellPlatform&, const std::string& external_id, const std::string& code, const Facts&);

// What became of a message to the customer; nothing to do when the operation is over
Result<Decision> message_sent(const CaseState&, const SendMessage&, const std::string& external_id, const Facts&);
/// Opens a Task for service: tell the customer.
Result<Decision> message_failed(const CaseState&, const SendMessage&, const std::string& code, const Facts&);

/// A clock's due time came, or its reminder's. A clock that no longer runs, or is due later by now: a decision without events.
Result<Decision> timer_due(const CaseState&, const ClockId&, const Facts&);

}  // namespace aftercare::domain
