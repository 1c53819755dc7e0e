#include "api/routes.hpp"
#include "usecase/kinds.hpp"
#include "usecase/labels.hpp"
#include "usecase/operations.hpp"

namespace aftercare::api {

namespace {

constexpr std::string_view kOperation = "/api/v1/cases/{case_id}/operations/{operation_id}/";
std::string on(std::string_view verb) { return std::string(kOperation).append(verb); }

}  // namespace

void add_operation_routes(Routes& routes) {
    routes.get("/api/v1/operation_kinds", "listKinds", "Kinds and ways of operations, with what each asks for", usecase::list_kinds);
    routes.post("/api/v1/cases/{case_id}/operations", "requestOperation", "Ask for a return, refund, exchange, repair or reissue", usecase::request_operation).creates();
    routes.post(on("approve"), "approveOperation", "Approve: promise the quote and hold the units", usecase::approve).needs_key();
    routes.post(on("ask_info"), "askInfo", "Ask the customer for what is missing", usecase::ask_info);
    routes.post(on("give_info"), "giveInfo", "The customer answered", usecase::give_info);
    routes.post(on("reject"), "rejectOperation", "Reject with a reason, and words for the customer", usecase::reject);
    routes.post(on("appeal"), "appealOperation", "The customer appeals the rejection", usecase::appeal);
    routes.post(on("change_kind"), "changeKind", "Make it another kind of operation", usecase::change_kind);
    routes.post(on("withdraw"), "withdrawOperation", "Withdraw units that have not shipped", usecase::withdraw);
    routes.post(on("ship_back"), "shipBack", "The customer handed a parcel to a carrier", usecase::ship_back).needs_key();
    routes.post(on("book_return"), "bookReturn", "Ask the courier for a parcel for what is still to be sent", usecase::book_return).needs_key();
    routes.get(on("label"), "getLabel", "What to print for the parcel that comes back", usecase::get_label);
    routes.post(on("arrive"), "arriveParcel", "A parcel was counted at the dock", usecase::arrive).needs_key();
    routes.post(on("carrier_lost"), "carrierLost", "The carrier lost a parcel", usecase::carrier_lost).needs_key();
    routes.post(on("inspect"), "inspectUnits", "Grade units and say what becomes of them", usecase::inspect).needs_key();
    routes.post(on("accept"), "acceptUnits", "Take what was inspected into a final quote", usecase::accept).needs_key();
    routes.post(on("agree"), "agreeQuote", "The customer agreed to another amount", usecase::agree).needs_key();
    routes.post(on("send_back"), "sendBack", "Send disputed goods back to the customer", usecase::send_back).needs_key();
    routes.post(on("dispatch"), "dispatchOutbound", "Goods left for the customer", usecase::dispatch).needs_key();
    routes.post(on("delivered"), "outboundDelivered", "The customer has the goods", usecase::delivered).needs_key();
    routes.post(on("outbound_lost"), "outboundLost", "The carrier lost the goods on their way to the customer", usecase::outbound_lost).needs_key();
    routes.post(on("resend"), "resendGoods", "Send like goods in place of those lost on the way", usecase::resend).needs_key();
    routes.post(on("rule"), "ruleOperation", "A lead or platform decides the amount", usecase::rule).needs_key();
    routes.post(on("submit_refund"), "submitRefund", "Send the refund to the payment provider", usecase::submit_refund).needs_key();
    routes.post(on("refund_result"), "refundResult", "What became of a refund attempt", usecase::refund_result).needs_key();
    routes.post(on("answer_check"), "answerCheck", "What the warehouse, the courier or a look at the facts found", usecase::answer_check).needs_key();
    routes.post(on("reserve"), "reserveGoods", "Goods for the customer are set aside, on order, or cannot be had", usecase::reserve).needs_key();
    routes.post(on("swap"), "swapGoods", "The customer gets other goods than those promised", usecase::swap).needs_key();
    routes.post(on("collected"), "differenceCollected", "The customer paid the difference or the repair", usecase::collected).needs_key();
    routes.post(on("diagnose"), "diagnoseRepair", "What the technician found", usecase::diagnose).needs_key();
    routes.post(on("quote_repair"), "quoteRepair", "What the customer is to pay for the repair", usecase::quote_repair).needs_key();
    routes.post(on("answer_quote"), "answerRepairQuote", "The customer takes the quote, or not", usecase::answer_quote).needs_key();
    routes.post(on("repair_step"), "stepRepair", "The repair goes on: parts, test, done", usecase::repair_step).needs_key();
    routes.post(on("recover"), "recoverGoods", "The replacement is there and the old goods are not", usecase::recover).needs_key();
    routes.post(on("write_off"), "writeOffGoods", "A lead leaves the old goods with the customer", usecase::write_off).needs_key();
    routes.post(on("open_recall"), "openRecall", "Call back what was sent by mistake; nothing waits for it", usecase::open_recall).needs_key();
    routes.post(on("recall_arrived"), "recallArrived", "What was called back is here", usecase::recall_arrived).needs_key();
    routes.post(on("inspect_recall"), "inspectRecall", "Grade what was called back, or lost and came back", usecase::inspect_recall).needs_key();
    routes.post(on("end_recall"), "endRecall", "What was called back does not come", usecase::end_recall).needs_key();
    routes.get("/api/v1/refunds", "listRefunds", "The finance queue: refunds by state", usecase::list_refunds);
}

}  // namespace aftercare::api
