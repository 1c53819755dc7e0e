#pragma once
#include <aftercare/codec/fields.hpp>
#include <aftercare/model/case.hpp>
#include <aftercare/model/operation.hpp>
#include <aftercare/model/order.hpp>
#include <string>

/// Rows of lists that join several tables. They go to the wire as they are.
namespace aftercare::store {

/// One row of the case queue.
struct CaseRow {
    static constexpr std::string_view kSchema = "CaseRow";
    Case c;
    std::string customer_name, order_number, owner_name, last_note;
};
template <class Io>
void fields(Io& io, CaseRow& r) {
    fields(io, r.c);
    io("customer_name", r.customer_name, maybe);
    io("order_number", r.order_number, maybe);
    io("owner_name", r.owner_name, maybe);
    io("last_note", r.last_note, maybe);
}

/// Ready numbers per saved view, for tabs and rail.
struct CaseCounts {
    static constexpr std::string_view kSchema = "CaseCounts";
    static constexpr std::int64_t kMost = 5'000;  ///< no number is counted further
    std::int64_t mine = 0, due_soon = 0, all_open = 0, to_act = 0, waiting_customer = 0, waiting_partner = 0, resolved = 0,
                 unassigned = 0, refunds_to_settle = 0, open_tasks = 0,
                 mine_due_soon = 0, mine_to_act = 0, mine_waiting_customer = 0, mine_waiting_partner = 0;
};
template <class Io>
void fields(Io& io, CaseCounts& c) {
    io("mine", c.mine, doc("no number here goes beyond 5000: so many or more"));
    io("due_soon", c.due_soon, doc("nearest clock within one hour or over"));
    io("all_open", c.all_open, doc("every case that is not closed or resolved"));
    io("to_act", c.to_act, doc("status open"));
    io("waiting_customer", c.waiting_customer);
    io("waiting_partner", c.waiting_partner);
    io("resolved", c.resolved);
    io("unassigned", c.unassigned);
    io("refunds_to_settle", c.refunds_to_settle);
    io("open_tasks", c.open_tasks);
    io("mine_due_soon", c.mine_due_soon);
    io("mine_to_act", c.mine_to_act);
    io("mine_waiting_customer", c.mine_waiting_customer);
    io("mine_waiting_partner", c.mine_waiting_partner);
}

struct OrderRow {
    static constexpr std::string_view kSchema = "OrderRow";
    Order order;
    std::string customer_name;
    std::int64_t line_count = 0, case_count = 0;
};
template <class Io>
void fields(Io& io, OrderRow& r) {
    fields(io, r.order);
    io("customer_name", r.customer_name, maybe);
    io("line_count", r.line_count);
    io("case_count", r.case_count);
}

/// One event of the timeline; `data` is the event with its words, `note` the text of the note it names.
struct TimelineEvent {
    static constexpr std::string_view kSchema = "TimelineEvent";
    std::int64_t seq = 0;
    std::string type;  ///< "operation_approved/1"
    Instant at;
    StaffId actor_id;
    std::string actor_name;
    Role actor_role{};
    RawJson data;
    std::string note, photo_ref;  ///< the words of it, and what was shown with them
};
template <class Io>
void fields(Io& io, TimelineEvent& e) {
    io("seq", e.seq);
    io("type", e.type);
    io("at", e.at);
    io("actor_id", e.actor_id, maybe);
    io("actor_name", e.actor_name, maybe);
    io("actor_role", e.actor_role);
    io("data", e.data);
    io("note", e.note, maybe);
    io("photo_ref", e.photo_ref, maybe);
}

/// A refund in the finance queue.
struct RefundRow {
    static constexpr std::string_view kSchema = "RefundRow";
    MoneyLeg leg;
    CaseId case_id;
    std::string case_number, order_number, customer_name, payment_provider, payment_reference;
    MoneyAttemptId attempt_id;
    Instant submitted_at;
    std::string submitted_by;
};
template <class Io>
void fields(Io& io, RefundRow& r) {
    io("leg", r.leg);
    io("case_id", r.case_id);
    io("case_number", r.case_number);
    io("order_number", r.order_number, maybe);
    io("customer_name", r.customer_name, maybe);
    io("payment_provider", r.payment_provider, maybe);
    io("payment_reference", r.payment_reference, maybe);
    io("attempt_id", r.attempt_id, maybe);
    io("submitted_at", r.submitted_at, maybe);
    io("submitted_by", r.submitted_by, maybe);
}

}  // namespace aftercare::store
