#pragma once
#include <string_view>

#include "sql/all.hpp"
#include "store/store.hpp"

namespace aftercare::store {

/// Every statement whose name begins so ("removal.cases_"), in the order of its file; how many rows they wrote.
inline std::int64_t run_each(Tx& tx, std::string_view begin, db::Args args) {
    std::int64_t rows = 0;
    for (const db::Query* each : sql::all())
        if (each->name.starts_with(begin)) rows += tx.run(*each, args);
    return rows;
}

}  // namespace aftercare::store
