#include "usecase/tasks.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

#include "store/ties.hpp"
#include "usecase/facts.hpp"
#include "usecase/teams.hpp"

namespace aftercare::usecase {
namespace {

constexpr std::int64_t kMostTasks = 200;

std::vector<std::string> words_of(const std::vector<Department>& departments) {
    std::vector<std::string> words;
    for (const Department each : departments) words.emplace_back(word(each));
    return words;
}

std::vector<std::string> departments_for(store::Tx& tx, const std::vector<std::string>& shops, const Actor& actor, const TaskQuery& in, Instant now) {
    if (in.department) return words_of({*in.department});
    if (in.scope != TaskScope::all) return words_of(teams_of(tx, actor, shops, now));
    std::vector<std::string> words;
    for (const auto& each : Words<Department>::all) words.emplace_back(each.second);
    return words;
}

bool is_mine(const TaskQuery& in) { return in.scope.value_or(TaskScope::mine) == TaskScope::mine; }

/// The tasks of these rows, with what tells of their cases.
std::vector<TaskItem> of_cases(store::Tx& tx, const std::vector<std::string>& shops, std::vector<store::TaskRow> rows) {
    std::vector<std::string> ids;
    for (const auto& row : rows) ids.push_back(row.case_id.value);
    std::map<std::string, CaseRow> cases;
    for (CaseRow& row : store::case_rows(tx, ids, shops)) cases.emplace(row.c.id.value, std::move(row));
    std::vector<TaskItem> items;
    for (auto& row : rows) {
        const auto found = cases.find(row.case_id.value);
        if (found == cases.end()) continue;
        const Case& c = found->second.c;
        items.push_back({std::move(row), c.number, c.topic, found->second.customer_name, c.kind, c.matter.severity});
    }
    return items;
}

/// Open errands in the same scope, as tasks of no case.
std::vector<TaskItem> of_errands(store::Tx& tx, const std::vector<std::string>& shops, const Actor& actor, const TaskQuery& in, Instant now) {
    store::ErrandFilter filter{shops, ErrandState::open};
    if (is_mine(in)) filter.owner_id = actor.staff_id;
    else if (in.department || in.scope == TaskScope::team) filter.departments = departments_for(tx, shops, actor, in, now);
    if (!domain::leads(actor)) filter.seen_by = actor.staff_id;
    std::vector<TaskItem> items;
    for (auto& errand : store::errands(tx, filter, kMostTasks + 1)) {
        const auto& of = errand.stand;
        items.push_back({{TaskId(errand.id.value), {}, errand.shop_id, {}, of.department, "errand", errand.opened_at, errand.due_at, of.owner_id, errand.owner_name, errand.words, errand.asked_name}});
        items.back().errand = std::move(errand);
    }
    return items;
}

bool sooner(const TaskItem& a, const TaskItem& b) {
    return std::tuple(a.task.due_at.ms == 0, a.task.due_at, a.task.id) < std::tuple(b.task.due_at.ms == 0, b.task.due_at, b.task.id);
}

}  // namespace

Result<TaskList> list_tasks(Context& ctx, const Actor& actor, const TaskQuery& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](store::Tx& tx) -> Result<TaskList> {
        const auto shops = shops_for(tx, actor, in.shop_id);
        auto rows = is_mine(in) ? store::tasks_of_owner(tx, shops, actor.staff_id, kMostTasks + 1) : store::tasks_of_departments(tx, shops, departments_for(tx, shops, actor, in, ctx.clock.now()), kMostTasks + 1);
        TaskList list;
        list.more = std::ssize(rows) > kMostTasks;
        const auto tasks = of_cases(tx, shops, std::move(rows)), errands = of_errands(tx, shops, actor, in, ctx.clock.now());
        std::merge(tasks.begin(), tasks.end(), errands.begin(), errands.end(), std::back_inserter(list.items), sooner);
        if (std::ssize(list.items) > kMostTasks) list.items.resize(kMostTasks), list.more = true;
        return list;
    });
}

Result<TaskCount> count_tasks(Context& ctx, const Actor& actor, const TasksOfMine& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](store::Tx& tx) -> Result<TaskCount> {
        const auto shops = shops_for(tx, actor, in.shop_id);
        const Instant now = ctx.clock.now();
        const auto tasks = store::count_tasks_of(tx, shops, actor.staff_id, now), errands = store::count_errands_of(tx, shops, actor.staff_id, now);
        const auto teams = words_of(teams_of(tx, actor, shops, now));
        return TaskCount{tasks.waiting + errands.waiting, tasks.late + errands.late, store::count_unowned_tasks(tx, shops, teams) + store::count_unowned_errands(tx, shops, teams)};
    });
}

}  // namespace aftercare::usecase
