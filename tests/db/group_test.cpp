#include "db/support.hpp"

namespace aftercare::db {

namespace {

struct Group {
    std::vector<std::function<bool(Connection&)>> work;
    std::vector<int> runs;

    void add(std::function<bool(Connection&)> job) {
        const std::size_t at = work.size();
        runs.push_back(0);
        work.push_back([this, at, job = std::move(job)](Connection& connection) {
            ++runs[at];
            return job(connection);
        });
    }
    std::vector<Job> run(Database& database) {
        std::vector<Job> jobs;
        for (auto& each : work) jobs.push_back({each});
        database.run_group(jobs);
        return jobs;
    }
};

auto insert(const char* id) {
    return [id](Connection& connection) {
        insert_thing(connection, id);
        return true;
    };
}

std::string text_of(const std::exception_ptr& error) {
    try {
        if (error) std::rethrow_exception(error);
    } catch (const std::exception& thrown) {
        return thrown.what();
    }
    return "none";
}

}  // namespace

TEST_CASE("a group is one commit") {
    const TempFolder folder;
    const auto database = migrated(sqlite_file(folder, true));
    const auto before = database->counters().commits.load();
    Group group;
    for (const char* id : {"A", "B", "C"}) group.add(insert(id));
    for (const Job& job : group.run(*database)) CHECK_FALSE(job.error);
    CHECK(database->counters().commits == before + 1);
    CHECK(all_ids(*database) == Ids{"A", "B", "C"});
}

TEST_CASE("a job sees the earlier jobs of its group") {
    const TempFolder folder;
    const auto database = migrated(sqlite_file(folder, true));
    Group group;
    std::int64_t seen = -1;
    group.add(insert("A"));
    group.add([&](Connection& connection) {
        seen = connection.run(things::all_things);
        return false;
    });
    group.run(*database);
    CHECK(seen == 1);
}

TEST_CASE("the guilty job alone fails; its neighbours are run again and committed") {
    const TempFolder folder;
    const auto database = migrated(sqlite_file(folder, true));
    Group group;
    group.add(insert("A"));
    group.add([](Connection& connection) {
        insert_thing(connection, "half");
        connection.write(things::insert_part, {{"id", "P"}, {"thing_id", "none"}});
        return true;
    });
    group.add(insert("C"));
    const auto jobs = group.run(*database);
    CHECK_FALSE(jobs[0].error);
    CHECK_THAT(text_of(jobs[1].error), Catch::Contains("FOREIGN KEY"));
    CHECK_FALSE(jobs[2].error);
    CHECK(group.runs == std::vector<int>{2, 2, 1});
    CHECK(all_ids(*database) == Ids{"A", "C"});
}

TEST_CASE("a refusal and a first statement that fails leave the group alone") {
    const TempFolder folder;
    const auto database = migrated(sqlite_file(folder, true));
    Group group;
    group.add(insert("A"));
    group.add([](Connection& connection) { return connection.run(things::all_things) == 0; });
    group.add(insert("A"));
    group.add([](Connection&) -> bool { throw std::runtime_error("my own"); });
    group.add(insert("B"));
    const auto jobs = group.run(*database);
    CHECK_FALSE(jobs[1].error);
    CHECK_THAT(text_of(jobs[2].error), Catch::Contains("UNIQUE"));
    CHECK(text_of(jobs[3].error) == "my own");
    CHECK(group.runs == std::vector<int>{1, 1, 1, 1, 1});
    CHECK(all_ids(*database) == Ids{"A", "B"});
}

TEST_CASE("a refusal that had written is undone without its neighbours") {
    const TempFolder folder;
    const auto database = migrated(sqlite_file(folder, true));
    Group group;
    group.add(insert("A"));
    group.add([](Connection& connection) {
        insert_thing(connection, "refused");
        return false;
    });
    const auto jobs = group.run(*database);
    CHECK_FALSE(jobs[1].error);
    CHECK(all_ids(*database) == Ids{"A"});
}

TEST_CASE("a broken deferred constraint at COMMIT hits its job alone") {
    const TempFolder folder;
    const auto database = migrated(sqlite_file(folder, true));
    change(*database, [](Connection& c) {
        c.execute_script("CREATE TABLE late (thing_id TEXT REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED)");
    });
    static constexpr Query kLate = Query::both("late", "INSERT INTO late (thing_id) VALUES ('none')");
    Group group;
    group.add(insert("A"));
    group.add([](Connection& connection) {
        connection.write(kLate, {});
        return true;
    });
    const auto jobs = group.run(*database);
    CHECK_FALSE(jobs[0].error);
    CHECK_THAT(text_of(jobs[1].error), Catch::Contains("FOREIGN KEY"));
    CHECK(all_ids(*database) == Ids{"A"});
    CHECK_FALSE(database->failure());
}

TEST_CASE("a group on PostgreSQL is one transaction a job") {
    const auto schema = PostgresSchema::make();
    if (!schema) return;
    const auto database = migrated(schema->options());
    Group group;
    group.add(insert("A"));
    group.add(insert("A"));
    group.add(insert("B"));
    const auto jobs = group.run(*database);
    CHECK_FALSE(jobs[0].error);
    CHECK(jobs[1].error);
    CHECK(all_ids(*database) == Ids{"A", "B"});
}

}  // namespace aftercare::db
