#include "db/connection.hpp"

#include "db/row.hpp"

namespace aftercare::db {

bool retryable(const DbError& error) {
    switch (error.kind) {
        case DbErrorKind::busy:
        case DbErrorKind::serialization:
        case DbErrorKind::deadlock:
        case DbErrorKind::lost: return true;
        case DbErrorKind::unique: return error.constraint.find("idempotency") != std::string::npos;
        default: return false;
    }
}

int Row::find(std::string_view name) const {
    for (int i = 0; i < size(); ++i)
        if (column_name(i) == name) return i;
    return -1;
}

void detail::bad_column(std::string_view column, std::string_view why) {
    throw DbError(DbErrorKind::other, "column " + std::string(column) + " " + std::string(why));
}

}  // namespace aftercare::db
