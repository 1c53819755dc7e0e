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
/// Window and exclusions, judged now and kept (I18). True: let through by a lead.
Result<bool> check_window(const CaseState&, const RequestOperation&, const KindRule&, const Facts&, Instant& ends);
/// Everything else that the goods, the reason and the kind must fulfil; the fault that it comes to.
Result<Fault> check_request(const CaseState&, const RequestOperation&, const KindRule&, const Facts&);
/// What may be asked for at most, where an amount is asked for. `goods`: what the units are worth.
Result<void> check_amount(const OrderState&, const RequestOperation&, const Operation&, std::int64_t goods);
/// An exchange gives something else, unless what was given is faulty.
Result<void> check_replacement(const OrderState&, const std::vector<RequestLine>&, const KindRule&, Fault);
/// The line says what the customer gets for its units; null: the same again.
void promise_goods(OperationLine& line, const RequestLine* wanted, const OrderState& order);
/// A new operation of the case, requested by the actor now, without lines.
Operation new_operation(const CaseState&, const KindRule&, const Facts&);

}  // namespace aftercare::domain
