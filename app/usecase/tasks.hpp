#pragma once
#include "store/errands.hpp"
#include "store/tasks.hpp"
#include "usecase/context.hpp"
#include "usecase/views.hpp"

namespace aftercare {
/// mine: what one owns oneself; team: what stands with one's departments, by role and roster; all: with any department.
AC_WORDS(TaskScope, mine, team, all);
}  // namespace aftercare

/// Work that waits for people: over all cases what the rules ask for and what a person asked another department for (after-sales.md, section 10), and
/// errands, which belong to no case.
namespace aftercare::usecase {

using store::TaskCount;

struct TaskItem {
    static constexpr std::string_view kSchema = "TaskItem";
    store::TaskRow task;
    std::string number{}, topic{}, customer_name{};  ///< from here on of its case
    std::optional<CaseKind> kind{};
    std::int64_t severity = 0;
    std::optional<store::Errand> errand{};  ///< in place of a case
};
template <class Io>
void fields(Io& io, TaskItem& i) {
    fields(io, i.task);
    io("number", i.number, maybe);
    io("topic", i.topic, maybe);
    io("customer_name", i.customer_name, maybe);
    io("kind", i.kind);
    io("severity", i.severity, maybe);
    io("errand", i.errand, doc("in place of a case"));
}
struct TaskQuery {
    std::optional<ShopId> shop_id;
    std::optional<TaskScope> scope;            ///< without: mine
    std::optional<Department> department;      ///< narrows `team` and `all`
};
template <class Io>
void fields(Io& io, TaskQuery& q) {
    io("shop_id", q.shop_id);
    io("scope", q.scope);
    io("department", q.department, doc("of scope team or all"));
}
struct TaskList {
    static constexpr std::string_view kSchema = "TaskList";
    std::vector<TaskItem> items;
    bool more = false;
};
template <class Io>
void fields(Io& io, TaskList& l) {
    io("items", l.items);
    io("more", l.more, doc("there are more than these"));
}
/// The nearest due first, then those without a due time; at most 200.
Result<TaskList> list_tasks(Context&, const Actor&, const TaskQuery&);

struct TasksOfMine {
    std::optional<ShopId> shop_id;
};
template <class Io>
void fields(Io& io, TasksOfMine& q) {
    io("shop_id", q.shop_id);
}
Result<TaskCount> count_tasks(Context&, const Actor&, const TasksOfMine&);

}  // namespace aftercare::usecase
