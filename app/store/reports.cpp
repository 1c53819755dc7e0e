#include "store/reports.hpp"

#include "db/row.hpp"
#include "sql/reports.hpp"

namespace aftercare::store {

CausesReport causes_report(Tx& tx, const std::vector<std::string>& shops, Instant from, Instant to, const std::string& cause) {
    CausesReport report;
    if (shops.empty()) return report;
    const auto read = [&]<class T>(std::vector<T>& rows, const db::Query& query, std::int64_t limit) {
        tx.run(query, {{"shops", std::span(shops)}, {"from", from.ms}, {"to", to.ms}, {"cause", cause}, {"limit", limit}},
               [&](const db::Row& row) { rows.push_back(db::read_row<T>(row)); });
    };
    read(report.causes, sql::reports::causes, 0);
    read(report.products, sql::reports::products, 50);
    read(report.malfunctions, sql::reports::malfunctions, 0);
    read(report.intents, sql::reports::intents, 0);
    read(report.preventions, sql::reports::preventions, 100);
    return report;
}

}  // namespace aftercare::store
