#include "store/tasks.hpp"

#include <limits>

#include "db/row.hpp"
#include "sql/tasks.hpp"

namespace aftercare::store {
namespace {

/// Those with a due time, then those without: each half in the order of its index.
std::vector<TaskRow> due_first(Tx& tx, const db::Query& query, const std::vector<std::string>& shops, const db::Arg& whose, std::int64_t limit) {
    std::vector<TaskRow> rows;
    const auto more = [&](std::int64_t from, std::int64_t to) {
        tx.run(query, {whose, {"shops", std::span(shops)}, {"from", from}, {"to", to}, {"limit", limit - std::ssize(rows)}}, [&](const db::Row& row) { rows.push_back(db::read_row<TaskRow>(row)); });
    };
    if (shops.empty()) return rows;
    more(1, std::numeric_limits<std::int64_t>::max());
    if (std::ssize(rows) < limit) more(0, 0);
    return rows;
}

}  // namespace

std::vector<TaskRow> tasks_of_owner(Tx& tx, const std::vector<std::string>& shops, const StaffId& owner, std::int64_t limit) {
    return due_first(tx, sql::tasks::of_owner, shops, {"owner", owner.value}, limit);
}

std::vector<TaskRow> tasks_of_departments(Tx& tx, const std::vector<std::string>& shops, const std::vector<std::string>& departments, std::int64_t limit) {
    if (departments.empty()) return {};
    return due_first(tx, sql::tasks::of_departments, shops, {"departments", std::span(departments)}, limit);
}

TaskCount count_tasks_of(Tx& tx, const std::vector<std::string>& shops, const StaffId& owner, Instant now) {
    TaskCount count;
    if (shops.empty()) return count;
    tx.run(sql::tasks::count_of_owner, {{"owner", owner.value}, {"now", now.ms}, {"shops", std::span(shops)}},
           [&](const db::Row& row) { count = {row.integer(0), row.integer(1)}; });
    return count;
}

std::int64_t count_unowned_tasks(Tx& tx, const std::vector<std::string>& shops, const std::vector<std::string>& departments) {
    std::int64_t count = 0;
    if (shops.empty() || departments.empty()) return count;
    tx.run(sql::tasks::count_unowned, {{"departments", std::span(departments)}, {"shops", std::span(shops)}}, [&](const db::Row& row) { count = row.integer(0); });
    return count;
}

}  // namespace aftercare::store
