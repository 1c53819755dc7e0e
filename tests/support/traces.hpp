#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/database.hpp"

namespace aftercare::test {

/// Columns ("note.body") that hold this text in some row, anywhere in the database.
inline std::vector<std::string> traces(db::Database& database, std::string_view text) {
    static constexpr db::Query kColumns{
        "text_columns", "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND p.type = 'TEXT' ORDER BY 1, 2",
        "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = current_schema() AND data_type = 'text' ORDER BY 1, 2"};
    const std::string like = "%" + std::string(text) + "%";
    std::vector<std::pair<std::string, std::string>> columns;
    std::vector<std::string> found;
    database.read([&](db::Connection& tx) {
        tx.run(kColumns, {}, [&](const db::Row& row) { columns.emplace_back(row.text(0), row.text(1)); });
        for (const auto& [table, column] : columns) {
            const std::string count = "SELECT COUNT(*) FROM " + table + " WHERE \"" + column + "\" LIKE :text";
            tx.run(db::Query::both("traces", count), {{"text", like}}, [&](const db::Row& row) {
                if (row.integer(0) > 0) found.push_back(table + "." + column);
            });
        }
    });
    return found;
}

}  // namespace aftercare::test
