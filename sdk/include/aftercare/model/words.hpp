#pragma once
#include <aftercare/base/words.hpp>

/// The field's words, spelled once (after-sales.md sections 1, 2, 8, 9).
namespace aftercare {

AC_WORDS(CaseKind, return_refund, refund_only, exchange, repair, reissue, complaint, consultation, order_check,
         unpaid_reminder, stock_out, logistics_exception, review_followup, incident, product_defect);
AC_WORDS(CaseStatus, open, waiting_customer, waiting_partner, resolved, closed);
AC_WORDS(Channel, console, api, file, phone, chat, email, marketplace);

AC_WORDS(OperationKind, return_refund, refund_only, exchange, repair, reissue);
/// How an operation of its kind is done: the five of refund_only and the goodwill of a complaint, the modes of exchange, and what is
/// sent again (after-sales.md section 3). none: the kind has but one way.
AC_WORDS(SubKind, none, unshipped_cancel, intercept, not_received, keep_goods, price_adjust, goodwill, after_receipt, advance, cross,
         part, unit);
AC_WORDS(DecisionState, requested, need_info, verifying, approved, rejected, disputed, settling, settled, closed, cancelled, expired,
         superseded);
/// What a check found before goods or money move: it is as the customer says, it is not, or the parcel had left already.
AC_WORDS(CheckResult, none, confirmed, refuted, already_shipped);
/// What lists and the screen show of an operation: its decision, or what its legs say. Derived, never written by hand; none: there is no operation.
AC_WORDS(Header, none, requested, need_info, verifying, awaiting_goods, in_transit, arrived, inspected, part_returned, disputed, settling,
         refund_failed, refund_unknown, sending_back, waiting_payment, to_dispatch, dispatched, diagnosing, quoted, repairing,
         waiting_parts, testing, settled, rejected, closed, cancelled, expired, superseded);
/// Whether the marketplace has taken the matter into its own hands, and how it ended (after-sales.md sections 1 and 8).
AC_WORDS(Intervention, none, requested, in_progress, ruled_for_buyer, ruled_for_seller);
/// Where an after-sale stands at the marketplace, in neutral words (plugin-sdk.md section 5.3); unknown: it did not say.
AC_WORDS(AfterSaleState, unknown, requested, awaiting_return, return_shipped, refused, platform_review, agreed_refunding, done, closed);
/// What the shop decided and the marketplace has to hear.
AC_WORDS(PlatformVerdict, agree_return, refuse);
AC_WORDS(Dispute, none, mismatch, lost, refused, out_of_stock, not_returned);
/// Where a repair stands between arrival and the way back; done: it works; unrepaired: the customer declined, or nobody can.
AC_WORDS(RepairStage, none, diagnosing, quoted, repairing, waiting_parts, testing, done, unrepaired);
AC_WORDS(RepairStep, parts_wanted, parts_came, repaired, test_passed, test_failed, gave_up);
/// Goods set aside for the customer.
AC_WORDS(StockState, none, asked, reserved, backordered, out_of_stock, lapsed);
/// Why a parcel comes: the operation's own goods, wrongly sent ones that are called back, or lost ones that turned up.
AC_WORDS(InboundPurpose, goods, recall, recovered);
AC_WORDS(OutboundPurpose, send_back, replacement, repaired);
AC_WORDS(RejectCode, window_passed, not_returnable, evidence_missing, not_our_fault, used_by_customer, duplicate,
         fraud_suspected, other);
AC_WORDS(Fault, customer, merchant, courier, platform, unknown);
AC_WORDS(Reason, no_longer_wanted, wrong_size, not_as_described, quality, damaged_in_transit, wrong_item, missing_parts,
         late_delivery, other, not_received, refused_delivery, price_drop, shipping_overcharged, goodwill, forgotten_gift);

/// What is wrong with goods that do not work as they should, and how often it shows; what it looks like is in the customer's words.
AC_WORDS(Malfunction, none, function, quality, appearance, safety, other);
AC_WORDS(Frequency, unsaid, once, sometimes, always);

AC_WORDS(InboundState, expected, in_transit, arrived, inspected, overdue, lost, refused, wrong_parcel);
AC_WORDS(OutboundState, planned, reserved, dispatched, delivered, backordered, lost, refused, voided);
AC_WORDS(MoneyKind, refund, collect, store_credit, compensation);
AC_WORDS(MoneyState, planned, authorised, submitted, succeeded, failed, unknown, voided);
AC_WORDS(RefundResult, ok, fail, unknown);
AC_WORDS(Bucket, unshipped, in_transit_out, with_customer, lost_out, in_transit_back, with_us, returned, consumed,
         exchanged, cancelled);
AC_WORDS(Grade, pass, opened, used, damaged, wrong_item, counterfeit);
/// What a lead let pass in a request.
AC_WORDS(OverriddenRule, none, window, exclusion, both);
AC_WORDS(Disposition, restock, refurbish, scrap, return_to_customer, return_to_supplier, hold);

AC_WORDS(ClockKind, first_decision, info_due, ship_back_due, inspection_due, refund_due, reconcile, appeal_due, dispute_due,
         quiet_close, transit_due, platform_due, check_due, reserve_due, collect_due, bench_due, repair_due, first_reply, update_due,
         next_reply, task_due);
/// How far the running out of a promise of ours was told: its owner at 80 %, a lead when it broke, and again at 150 %.
AC_WORDS(ClockLevel, none, warned, broken, long_broken);
/// What the customer is told by itself.
AC_WORDS(MessageTemplate, ship_back_reminder, info_reminder);
AC_WORDS(ClockState, running, paused, met, breached, cancelled);
AC_WORDS(Department, service, lead, warehouse, finance, quality, product, logistics, technical);
AC_WORDS(TaskState, open, done, cancelled);
AC_WORDS(Role, customer, agent, lead, warehouse, technician, finance, quality, marketer, admin, plugin, system);
/// How a batch of goods became money: accepted as sent, agreed with the customer, ruled by a lead or a platform, or by the approval
/// itself where nothing comes back.
AC_WORDS(SettledBy, accept, agree, rule, approval);
/// Why units left an operation without money.
AC_WORDS(ReleaseCause, withdrawn, expired, rejected);
/// What a provider's answer meant: in time, a success after a failure, or a second success of a leg already paid.
AC_WORDS(AnswerKind, normal, late_success, doubled);
AC_WORDS(NoteKind, internal, from_customer, to_customer);

constexpr bool is_terminal(DecisionState s) {
    return s == DecisionState::closed || s == DecisionState::cancelled || s == DecisionState::expired ||
           s == DecisionState::superseded;
}

}  // namespace aftercare
