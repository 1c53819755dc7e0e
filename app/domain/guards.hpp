#pragma once
#include "domain/commands.hpp"
#include "domain/decision.hpp"
#include "domain/kinds.hpp"

/// The guards of a request (after-sales.md section 6): G-order, G-window, G-units, G-reason, G-evidence, and what a kind adds.
namespace aftercare::domain {

/// The row asked for; no sub-kind: the usual one. `invalid` "/sub_kind" "not_of_kind".
Result<const KindRule*> kind_asked(OperationKind kind, SubKind sub_kind);
/// Goodwill concerns no goods, overcharged shipping none either.
bool needs_lines(const KindRule&, Reason);
bool needs_photo(const KindRule&, Reason);
/// The order exists and is paid, and the case may still take an operation.
Result<void> check_order(const CaseState&, const Facts&);
/// The lines are of the order and there are as many as the kind wants. Everything below but check_evidence and check_way rests on it.
Result<void> check_lines(const OrderState&, const RequestOperation&, const KindRule&);
/// The terms for one line's goods, as they are now.
LineTerms terms_of(const OrderState&, const OrderLineId&, const Facts&);
/// When the window of that line ends which ends first: G-window, or the time for price adjustments, which counts from payment. 0: it has none.
struct Window {
    Instant ends;
    std::int64_t days = 0;
    OrderLineId line;
};
Window window_of(const OrderState&, const RequestOperation&, const KindRule&, const Facts&);
/// When the warranty of the goods ends, of the line whose ends first; what the technician finds may be another matter. 0: no lines.
Instant warranty_ends(const OrderState&, const std::vector<OrderLineId>&, const Facts&);
/// `refused` "return_window_passed" {ended_at, days, order_line_id}.
Result<void> check_deadline(const OrderState&, const RequestOperation&, const KindRule&, const Facts&);
/// `refused` "line_not_returnable" {order_line_id, why}.
Result<void> check_excluded(const OrderState&, const RequestOperation&, const KindRule&, const Facts&);
/// Window and exclusions, judged now and kept (I18): what a lead let pass, with a reason.
Result<OverriddenRule> check_window(const OrderState&, const RequestOperation&, const KindRule&, const Facts&);

/// G-units, and what a kind adds: parts sent again, repairs of the same goods, the time a parcel must have had.
Result<void> check_units(const CaseState&, const RequestOperation&, const KindRule&, const Facts&);
/// The last two of them: they hold for a change to the kind, too.
Result<void> check_kind(const CaseState&, const std::vector<RequestLine>&, const KindRule&, const Facts&);
/// G-reason: whose fault it comes to.
Result<Fault> check_reason(const RequestOperation&, const KindRule&, const Facts&);
/// G-evidence: a photo, as the reason, the kind or the goods ask for one. `refused` "photo_required".
Result<void> check_evidence(const OrderState&, const RequestOperation&, const KindRule&, const Facts&);
/// What the customer paid to send it back.
Result<void> check_way(const RequestOperation&, const KindRule&, Fault, const Facts&);
/// All of these; the fault that it comes to.
Result<Fault> check_request(const CaseState&, const RequestOperation&, const KindRule&, const Facts&);
/// What may be asked for at most, where an amount is asked for. `goods`: what the units are worth.
Result<void> check_amount(const OrderState&, const RequestOperation&, const Operation&, std::int64_t goods);
/// Lines of this operation, each once. `invalid_fields` "unknown_line" or "duplicate_line".
Result<void> check_lines_of(const CaseState&, const OperationId&, const std::vector<RequestLine>&);
/// An exchange gives something else, unless what was given is faulty. The lines are the order's.
Result<void> check_replacement(const OrderState&, const std::vector<RequestLine>&, const KindRule&, Fault);
/// The line says what the customer gets for its units; null: the same again.
void promise_goods(OperationLine& line, const RequestLine* wanted, const OrderState& order);
/// A new operation of the case, requested by the actor now, without lines.
Operation new_operation(const CaseState&, const KindRule&, const Facts&);

}  // namespace aftercare::domain
