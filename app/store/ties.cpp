#include "store/ties.hpp"

#include <algorithm>
#include <set>

#include "sql/cases.hpp"
#include "sql/order_state.hpp"
#include "sql/ties.hpp"
#include "store/answers.hpp"

namespace aftercare::store {
std::vector<CaseLink> links_of(Tx& tx, const CaseId& id) { return all<CaseLink>(tx, sql::ties::links_of, {{"id", id.value}}); }
void put_link(Tx& tx, const CaseLink& link) { tx.write(sql::ties::put_link, db::bind_row(link), 1); }
std::int64_t drop_link(Tx& tx, const CaseId& id, const CaseId& other) {
    return tx.run(sql::ties::drop_link, {{"id", id.value}, {"other_id", other.value}});
}

std::vector<CaseMerge> merges_of(Tx& tx, const CaseId& id) { return all<CaseMerge>(tx, sql::ties::merges_of, {{"id", id.value}}); }
std::vector<MergedOperation> merged_operations(Tx& tx, const CaseId& id) {
    std::vector<std::string> cases;
    std::vector<CaseId> open{id};
    while (!open.empty()) {
        const CaseId into = open.back();
        open.pop_back();
        for (const auto& merge : merges_of(tx, into))
            if (merge.into_id == into && std::find(cases.begin(), cases.end(), merge.case_id.value) == cases.end()) {
                cases.push_back(merge.case_id.value);
                open.push_back(merge.case_id);
            }
    }
    std::vector<MergedOperation> found;
    if (cases.empty()) return found;
    tx.run(sql::ties::merged_operations, {{"cases", std::span(cases)}},
           [&](const db::Row& row) { found.push_back(db::read_row<MergedOperation>(row)); });
    return found;
}

void insert_merge(Tx& tx, const CaseMerge& merge) { tx.write(sql::ties::insert_merge, db::bind_row(merge), 1); }
void drop_merge(Tx& tx, const CaseId& id) { tx.write(sql::ties::drop_merge, {{"id", id.value}}, 1); }

std::vector<CaseRow> case_rows(Tx& tx, const std::vector<std::string>& ids, const std::vector<std::string>& shops) {
    std::vector<CaseRow> rows;
    if (ids.empty() || shops.empty()) return rows;
    tx.run(sql::cases::rows_by_id, {{"ids", std::span(ids)}, {"shops", std::span(shops)}},
           [&](const db::Row& row) { rows.push_back(db::read_row<CaseRow>(row)); });
    return rows;
}

void hold_cases(Tx& tx, const std::vector<CaseId>& ids) {
    std::set<std::string> orders, cases;
    for (const CaseId& id : ids) {
        cases.insert(id.value);
        tx.run(sql::order_state::order_of_case, {{"id", id.value}}, [&](const db::Row& row) {
            if (!row.is_null(0)) orders.emplace(row.text(0));
        });
    }
    for (const auto& id : orders) tx.run(sql::order_state::hold_order, {{"id", id}}, [](const db::Row&) {});
    for (const auto& id : cases) tx.run(sql::order_state::hold_case, {{"id", id}}, [](const db::Row&) {});
}

CaseId target_of(Tx& tx, CaseId id) {
    for (bool on = true; on;) {  // a case is merged into one that is not, so the chain ends
        on = false;
        tx.run(sql::ties::target_of, {{"id", id.value}}, [&](const db::Row& row) { on = true, id.value = row.text(0); });
    }
    return id;
}

}  // namespace aftercare::store
