#include "store/schedules.hpp"

#include "db/row.hpp"
#include "sql/schedules.hpp"

namespace aftercare::store {

std::vector<DueClock> due_clocks(Tx& tx, Instant now, const std::optional<DueClock>& after, std::int64_t limit) {
    std::vector<DueClock> clocks;
    tx.run(sql::schedules::due_clocks,
           {{"now", now.ms},
            {"after_at", after ? after->due_at.ms : std::int64_t{-1}},
            {"after_id", after ? after->id.value : std::string()},
            {"limit", limit}},
           [&](const db::Row& row) { clocks.push_back(db::read_row<DueClock>(row)); });
    return clocks;
}

std::optional<Instant> next_clock(Tx& tx) {
    std::optional<Instant> due;
    tx.run(sql::schedules::next_clock, {}, [&](const db::Row& row) {
        if (!row.is_null(0)) due = Instant{row.integer(0)};
    });
    return due;
}

std::string find_cursor(Tx& tx, const ConnectorId& connector, std::string_view stream) {
    std::string cursor;
    tx.run(sql::schedules::find_cursor, {{"connector_id", connector.value}, {"stream", stream}},
           [&](const db::Row& row) { cursor = row.text(0); });
    return cursor;
}

void put_cursor(Tx& tx, const ConnectorId& connector, std::string_view stream, std::string_view cursor, Instant now) {
    tx.write(sql::schedules::put_cursor,
             {{"connector_id", connector.value}, {"stream", stream}, {"cursor", cursor}, {"now", now.ms}}, 1);
}

std::optional<CaseId> case_of_operation(Tx& tx, const std::string& operation_id, const ShopId& shop) {
    std::optional<CaseId> found;
    tx.run(sql::schedules::case_of_operation, {{"id", operation_id}, {"shop_id", shop.value}},
           [&](const db::Row& row) { found = CaseId(std::string(row.text(0))); });
    return found;
}

std::optional<SentFor> operation_of_parcel(Tx& tx, const std::string& outbound_leg_id, const ShopId& shop) {
    std::optional<SentFor> found;
    tx.run(sql::schedules::operation_of_parcel, {{"id", outbound_leg_id}, {"shop_id", shop.value}},
           [&](const db::Row& row) { found = SentFor{OperationId(std::string(row.text(0))), CaseId(std::string(row.text(1)))}; });
    return found;
}

std::vector<NamedOperation> operations_named(Tx& tx, const ShopId& shop, const std::string& name, const std::string& tracking) {
    std::vector<NamedOperation> found;
    const auto take = [&](const db::Row& row) { found.push_back(db::read_row<NamedOperation>(row)); };
    if (name.empty()) {
        tx.run(sql::schedules::operations_by_tracking, {{"shop_id", shop.value}, {"tracking", tracking}}, take);
        return found;
    }
    tx.run(sql::schedules::operation_by_id, {{"shop_id", shop.value}, {"id", name}}, take);
    if (found.empty()) tx.run(sql::schedules::operations_by_case_number, {{"shop_id", shop.value}, {"number", name}}, take);
    return found;
}

bool put_problem(Tx& tx, const ConnectorProblem& problem) {
    bool known = false, same = false;
    tx.run(sql::schedules::find_problem,
           {{"connector_id", problem.connector_id.value}, {"stream", problem.stream}, {"external_id", problem.external_id}},
           [&](const db::Row& row) {
               known = row.text(0) == problem.code;
               same = known && row.text(1) == problem.item.text;
           });
    if (!same) tx.write(sql::schedules::put_problem, db::bind_row(problem), 1);
    return !known;
}

void solve_problem(Tx& tx, const ConnectorId& connector, std::string_view stream, std::string_view external_id) {
    tx.write(sql::schedules::solve_problem,
             {{"connector_id", connector.value}, {"stream", stream}, {"external_id", external_id}});
}

std::vector<ConnectorProblem> problems_of(Tx& tx, const ConnectorId& connector) {
    std::vector<ConnectorProblem> problems;
    tx.run(sql::schedules::problems_of, {{"connector_id", connector.value}},
           [&](const db::Row& row) { problems.push_back(db::read_row<ConnectorProblem>(row)); });
    return problems;
}

std::vector<ConnectorProblem> problems_with(Tx& tx, const ConnectorId& connector, std::string_view stream, std::string_view code) {
    std::vector<ConnectorProblem> problems;
    tx.run(sql::schedules::problems_with, {{"connector_id", connector.value}, {"stream", stream}, {"code", code}},
           [&](const db::Row& row) { problems.push_back(db::read_row<ConnectorProblem>(row)); });
    return problems;
}

}  // namespace aftercare::store
