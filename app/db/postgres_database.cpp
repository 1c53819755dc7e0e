#include "db/postgres_database.hpp"

namespace aftercare::db {

namespace {

bool usable(PostgresConnection& connection) { return connection.usable(); }

// After an error: a connection that cannot even roll back is thrown away.
void undo(Pool<PostgresConnection>::Borrowed& connection) {
    try {
        if (!connection->lost()) return connection->rollback();
    } catch (const DbError&) {
        return connection.discard();
    }
    connection.discard();
}

}  // namespace

PostgresDatabase::PostgresDatabase(const Options& options)
    : counters_{.observer = options.observer}, pool_(options.connections > 0 ? options.connections : 8, options.queue_timeout, [this, options] {
          return std::make_unique<PostgresConnection>(options.url, options.busy_timeout, counters_);
      }) {
    pool_.borrow(usable);  // says at once when the server cannot be reached
}

void PostgresDatabase::read(FunctionRef<void(Connection&)> job) {
    auto connection = pool_.borrow(usable);
    connection->begin_read();
    try {
        job(*connection);
        connection->flush();
        connection->end_read();
    } catch (...) {
        undo(connection);
        throw;
    }
}

void PostgresDatabase::attempt(Lane, ChangeFn job) {
    auto connection = pool_.borrow(usable);
    connection->begin_change();
    try {
        if (!job(*connection)) return connection->rollback();
        connection->commit();
        health_.clear();
    } catch (const DbError& error) {
        health_.note(error);
        undo(connection);
        throw;
    } catch (...) {
        undo(connection);
        throw;
    }
}

void PostgresDatabase::run_group(std::span<Job> jobs) {
    for (Job& job : jobs) {
        try {
            job.error = nullptr;
            attempt(Lane::people, job.run);
        } catch (...) {
            job.error = std::current_exception();
        }
    }
}

}  // namespace aftercare::db
