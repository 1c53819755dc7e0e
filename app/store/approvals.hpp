#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/codec/fields.hpp>
#include <aftercare/model/matter.hpp>
#include <aftercare/model/words.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/open_ask.hpp"
#include "store/store.hpp"

/// What waits for somebody who may do more (domain/asked.hpp): what was asked for, and what only they may decide.
namespace aftercare::store {

/// What a task of code "approval" asks for.
struct Approval {
    TaskId task_id;
    CaseId case_id;
    ShopId shop_id;
    RawJson asked;      ///< domain::Asked
    std::string words;  ///< of the one who asked, for the act
    std::int64_t amount_minor = 0;
    std::string currency;
    StaffId asked_by;
    Instant asked_at;
};
template <class Io>
void fields(Io& io, Approval& a) {
    io("task_id", a.task_id);
    io("case_id", a.case_id);
    io("shop_id", a.shop_id);
    io("asked", a.asked);
    io("words", a.words, maybe);
    io("amount_minor", a.amount_minor);
    io("currency", a.currency, maybe);
    io("asked_by", a.asked_by, maybe);
    io("asked_at", a.asked_at);
}

/// The same with its task and the names, as lists show it.
struct AskedRow {
    Approval approval;
    std::string asked_name;
    Department department{};
    TaskState state{};
    Instant due_at, done_at;
    TaskResult result{};
    std::string reason, answer;
    OperationId operation_id;
};
template <class Io>
void fields(Io& io, AskedRow& r) {
    fields(io, r.approval);
    io("asked_name", r.asked_name, maybe);
    io("department", r.department);
    io("state", r.state);
    io("due_at", r.due_at, maybe);
    io("done_at", r.done_at, maybe);
    io("result", r.result);
    io("reason", r.reason, maybe);
    io("answer", r.answer, maybe);
    io("operation_id", r.operation_id, maybe);
}

/// An operation above what agents may decide or pay; `asked_by` made, or approved it.
struct AboveRow {
    OperationId operation_id;
    CaseId case_id;
    ShopId shop_id;
    std::int64_t amount_minor = 0;
    std::string currency;
    StaffId asked_by;
    Instant asked_at;
    std::string asked_name;
    Instant due_at;
};
template <class Io>
void fields(Io& io, AboveRow& r) {
    io("operation_id", r.operation_id);
    io("case_id", r.case_id);
    io("shop_id", r.shop_id);
    io("amount_minor", r.amount_minor);
    io("currency", r.currency);
    io("asked_by", r.asked_by, maybe);
    io("asked_at", r.asked_at);
    io("asked_name", r.asked_name, maybe);
    io("due_at", r.due_at, maybe);
}

void insert_approval(Tx&, const Approval&);
std::optional<Approval> find_approval(Tx&, const TaskId&);
/// Those of a case that wait for their answer, as rules look at them.
std::vector<domain::OpenAsk> open_asks(Tx&, const CaseId&);
/// Open ones of these departments that somebody else asked for, oldest first.
std::vector<AskedRow> open_asked(Tx&, const std::vector<std::string>& shops, const std::vector<std::string>& departments, const StaffId& me,
                                 std::int64_t limit);
std::vector<AskedRow> asked_by(Tx&, const std::vector<std::string>& shops, const StaffId& me, std::int64_t limit);
/// Requested under one of these policies, with a quote above; what somebody asked for already is not among them. Oldest first.
std::vector<AboveRow> requested_above(Tx&, const std::string& shop, const std::vector<std::string>& policies, std::int64_t above, std::int64_t limit);
/// Payable in all above, and neither made nor approved by `me`. Oldest first.
std::vector<AboveRow> payable_above(Tx&, const std::string& shop, const std::vector<std::string>& policies, std::int64_t above, const StaffId& me, std::int64_t limit);

}  // namespace aftercare::store
