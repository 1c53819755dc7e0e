#pragma once
#include <optional>
#include <vector>

#include "db/row.hpp"
#include "store/store.hpp"

namespace aftercare::store {

/// What a query answers, each row as a T by its fields' names.
template <class T>
std::vector<T> all(Tx& tx, const db::Query& query, db::Args args) {
    std::vector<T> rows;
    tx.run(query, args, [&](const db::Row& row) { rows.push_back(db::read_row<T>(row)); });
    return rows;
}

template <class T>
std::optional<T> first(std::vector<T> rows) {
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

}  // namespace aftercare::store
