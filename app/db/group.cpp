#include "db/group.hpp"

#include <vector>

namespace aftercare::db {

void Health::note(const DbError& error) {
    switch (error.kind) {
        case DbErrorKind::full:
        case DbErrorKind::readonly:
        case DbErrorKind::corrupt:
        case DbErrorKind::lost:
        case DbErrorKind::commit_unknown: break;
        default: return;
    }
    const std::lock_guard lock(mutex_);
    reason_ = error.what();
    failing_ = true;
}

void Health::clear() {
    if (!failing_) return;
    const std::lock_guard lock(mutex_);
    reason_.clear();
    failing_ = false;
}

std::optional<std::string> Health::reason() const {
    const std::lock_guard lock(mutex_);
    if (!failing_) return std::nullopt;
    return reason_;
}

namespace {

void note(const std::exception_ptr& error, Health& health) {
    try {
        std::rethrow_exception(error);
    } catch (const DbError& failure) {
        health.note(failure);
    } catch (...) {
        return;  // the job's own exception says nothing about the database
    }
}

// Runs the job inside the open transaction. True: the transaction may go on with what is in it.
bool run_member(SqliteConnection& connection, Job& job, Health& health) {
    const std::int64_t before = connection.written();
    bool accepted = false;
    job.error = nullptr;
    connection.start_job();
    try {
        accepted = job.run(connection);
        if (accepted && connection.failed()) throw DbError(DbErrorKind::other, "a change went on after one of its statements had failed");
    } catch (...) {
        job.error = std::current_exception();
    }
    if (job.error) note(job.error, health);
    if (!connection.in_transaction()) return false;  // SQLite has rolled back: disk full, I/O error, no memory
    return (accepted && !job.error) || connection.written() == before;
}

// The second run of a member, in a transaction of its own.
void run_alone(SqliteConnection& connection, Job& job, Health& health) {
    try {
        connection.begin_change();
        if (run_member(connection, job, health) && connection.commit()) health.clear();
    } catch (...) {
        job.error = std::current_exception();
        note(job.error, health);
    }
    connection.rollback();
}

// True: sealed, either way. False: a neighbour's deferred constraint broke it, so run them one by one.
bool commit_group(SqliteConnection& connection, const std::vector<Job*>& jobs, Health& health) {
    try {
        if (connection.commit()) health.clear();
        return true;
    } catch (const DbError& error) {
        connection.rollback();
        const bool rule = error.kind == DbErrorKind::foreign_key || error.kind == DbErrorKind::check;
        if (rule && jobs.size() > 1) return false;
        health.note(error);
        for (Job* job : jobs) job->error = std::current_exception();  // refusals too: they may have seen what is now undone
        return true;
    }
}

}  // namespace

void run_in_group(SqliteConnection& connection, FunctionRef<Job*()> next, Health& health) {
    std::vector<Job*> jobs;
    try {
        connection.begin_change();
    } catch (...) {
        const auto error = std::current_exception();
        while (Job* job = next()) job->error = error;
        return note(error, health);
    }
    bool whole = true;
    while (whole) {
        Job* job = next();
        if (!job) break;
        jobs.push_back(job);
        whole = run_member(connection, *job, health);
    }
    if (whole && commit_group(connection, jobs, health)) return;
    connection.rollback();
    if (jobs.size() == 1) return;  // it was alone
    for (Job* job : jobs) run_alone(connection, *job, health);
}

}  // namespace aftercare::db
