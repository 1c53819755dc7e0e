#include "store/errands.hpp"

#include "sql/errands.hpp"
#include "store/answers.hpp"

namespace aftercare::store {
void insert_errand(Tx& tx, const Errand& errand) { tx.write(sql::errands::insert, db::bind_row(errand), 1); }

std::optional<Errand> find_errand(Tx& tx, const ErrandId& id) {
    return first(all<Errand>(tx, sql::errands::find, {{"id", id.value}}));
}

std::vector<Errand> errands(Tx& tx, const ErrandFilter& filter, std::int64_t limit) {
    const std::vector<std::string> none{""};  // a list is never empty
    if (filter.shops.empty() || (filter.departments && filter.departments->empty())) return {};
    return all<Errand>(tx, sql::errands::list,
                {{"shops", std::span(filter.shops)}, {"state", filter.state ? word(*filter.state) : std::string_view()}, {"owner", filter.owner_id.value},
                 {"asker", filter.asked_by.value}, {"everywhere", std::int64_t{!filter.departments}},
                 {"departments", std::span(filter.departments ? *filter.departments : none)}, {"everything", std::int64_t{filter.seen_by.empty()}},
                 {"me", filter.seen_by.value}, {"limit", limit}});
}

std::vector<Errand> training_steps(Tx& tx, const std::vector<std::string>& shops, const StaffId& owner, std::int64_t limit) {
    if (shops.empty()) return {};
    return all<Errand>(tx, sql::errands::training_steps, {{"shops", std::span(shops)}, {"owner", owner.value}, {"limit", limit}});
}

TaskCount count_errands_of(Tx& tx, const std::vector<std::string>& shops, const StaffId& owner, Instant now) {
    TaskCount count;
    if (shops.empty()) return count;
    tx.run(sql::errands::count_of_owner, {{"owner", owner.value}, {"now", now.ms}, {"shops", std::span(shops)}},
           [&](const db::Row& row) { count = {row.integer(0), row.integer(1)}; });
    return count;
}

std::int64_t count_unowned_errands(Tx& tx, const std::vector<std::string>& shops, const std::vector<std::string>& departments) {
    std::int64_t count = 0;
    if (shops.empty() || departments.empty()) return count;
    tx.run(sql::errands::count_unowned, {{"departments", std::span(departments)}, {"shops", std::span(shops)}}, [&](const db::Row& row) { count = row.integer(0); });
    return count;
}

void change_errand(Tx& tx, const Errand& errand) { tx.write(sql::errands::change, db::bind_row(errand), 1); }

}  // namespace aftercare::store
