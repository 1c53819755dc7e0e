#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/codec/fields.hpp>
#include <aftercare/model/words.hpp>
#include <optional>
#include <string>
#include <vector>

#include "store/store.hpp"

/// Open tasks over all cases, as lists show them; approvals are not among them (store/approvals.hpp), what belongs to no case is in store/errands.hpp.
namespace aftercare::store {

struct TaskRow {
    TaskId id;
    CaseId case_id;
    ShopId shop_id;
    OperationId operation_id;
    std::optional<Department> department;  ///< none: an errand that is a person's
    std::string code;
    Instant opened_at, due_at;  ///< due 0: whenever it can be
    StaffId owner_id;
    std::string owner_name, words, asked_name;  ///< what a person asked for, and who; empty: the rules ask
};
template <class Io>
void fields(Io& io, TaskRow& r) {
    io("id", r.id);
    io("case_id", r.case_id, maybe, doc("an errand has none"));
    io("shop_id", r.shop_id);
    io("operation_id", r.operation_id, maybe);
    io("department", r.department);
    io("code", r.code);
    io("opened_at", r.opened_at);
    io("due_at", r.due_at, maybe);
    io("owner_id", r.owner_id, maybe);
    io("owner_name", r.owner_name, maybe);
    io("words", r.words, maybe);
    io("asked_name", r.asked_name, maybe);
}

struct TaskCount {
    static constexpr std::string_view kSchema = "TaskCount";
    std::int64_t waiting = 0, late = 0, unowned = 0;
};
template <class Io>
void fields(Io& io, TaskCount& c) {
    io("waiting", c.waiting);
    io("late", c.late, doc("of them, past their due time"));
    io("unowned", c.unowned, doc("beside them, what waits for one's departments and is nobody's own; counted up to 1000"));
}

/// The nearest due first, then those without a due time; at most `limit`.
std::vector<TaskRow> tasks_of_owner(Tx&, const std::vector<std::string>& shops, const StaffId& owner, std::int64_t limit);
std::vector<TaskRow> tasks_of_departments(Tx&, const std::vector<std::string>& shops, const std::vector<std::string>& departments, std::int64_t limit);
TaskCount count_tasks_of(Tx&, const std::vector<std::string>& shops, const StaffId& owner, Instant now);
/// Counted up to 1000.
std::int64_t count_unowned_tasks(Tx&, const std::vector<std::string>& shops, const std::vector<std::string>& departments);

}  // namespace aftercare::store
