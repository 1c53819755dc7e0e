#include "usecase/tasks.hpp"

#include <algorithm>
#include <map>

#include "store/ties.hpp"
#include "usecase/facts.hpp"
#include "usecase/teams.hpp"

namespace aftercare::usecase {
namespace {

constexpr std::int64_t kMost = 200;

std::vector<std::string> departments_for(const Actor& actor, const TaskQuery& in) {
    std::vector<std::string> words;
    for (const auto& [department, name] : Words<Department>::all) {
        const bool is_mine = std::any_of(kTeamOfRole.begin(), kTeamOfRole.end(), [&](const auto& team) { return team.second == department && actor.has(team.first); });
        if (in.department ? *in.department == department : in.scope == TaskScope::all || is_mine) words.emplace_back(name);
    }
    return words;
}

}  // namespace

Result<TaskList> list_tasks(Context& ctx, const Actor& actor, const TaskQuery& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](store::Tx& tx) -> Result<TaskList> {
        const auto shops = shops_for(tx, actor, in.shop_id);
        const bool mine = in.scope.value_or(TaskScope::mine) == TaskScope::mine;
        auto rows = mine ? store::tasks_of_owner(tx, shops, actor.staff_id, kMost + 1) : store::tasks_of_departments(tx, shops, departments_for(actor, in), kMost + 1);
        TaskList list;
        list.more = std::ssize(rows) > kMost;
        if (list.more) rows.pop_back();
        std::vector<std::string> ids;
        for (const auto& row : rows) ids.push_back(row.case_id.value);
        std::map<std::string, CaseRow> cases;
        for (CaseRow& row : store::case_rows(tx, ids, shops)) cases.emplace(row.c.id.value, std::move(row));
        for (auto& row : rows) {
            const auto found = cases.find(row.case_id.value);
            if (found == cases.end()) continue;
            const Case& c = found->second.c;
            list.items.push_back({std::move(row), c.number, c.topic, found->second.customer_name, c.kind, c.matter.severity});
        }
        return list;
    });
}

Result<TaskCount> count_tasks(Context& ctx, const Actor& actor, const TasksOfMine& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](store::Tx& tx) -> Result<TaskCount> {
        return store::count_tasks_of(tx, shops_for(tx, actor, in.shop_id), actor.staff_id, ctx.clock.now());
    });
}

}  // namespace aftercare::usecase
