#pragma once
#include <stdlib.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>

#include "db/database.hpp"
#include "db/migrate.hpp"
#include "test_sql/migrations.hpp"
#include "test_sql/things.hpp"

namespace aftercare::db {

namespace things = test_sql::things;

/// A folder that goes away with the test.
class TempFolder {
   public:
    TempFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "aftercare-db-XXXXXX").string();
        path_ = mkdtemp(pattern.data());
    }
    ~TempFolder() { std::filesystem::remove_all(path_); }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    std::string file(const std::string& name = "test.db") const { return (path_ / name).string(); }
    const std::filesystem::path& path() const { return path_; }

   private:
    std::filesystem::path path_;
};

inline Options sqlite_file(const TempFolder& folder, bool inline_writer = false) {
    Options options;
    options.url = folder.file();
    options.inline_writer = inline_writer;
    return options;
}

inline std::unique_ptr<Database> migrated(const Options& options) {
    auto database = Database::open(options);
    migrate(*database, test_sql::migrations(), Instant{1});
    return database;
}

/// A schema of its own on the server of AFTERCARE_TEST_POSTGRES; null when that is not set.
class PostgresSchema {
   public:
    static std::unique_ptr<PostgresSchema> make() {
        const char* url = std::getenv("AFTERCARE_TEST_POSTGRES");
        return url ? std::unique_ptr<PostgresSchema>(new PostgresSchema(url)) : nullptr;
    }
    ~PostgresSchema() { script("DROP SCHEMA " + name_ + " CASCADE"); }
    PostgresSchema(const PostgresSchema&) = delete;
    PostgresSchema& operator=(const PostgresSchema&) = delete;
    Options options() const {
        Options options;
        options.url = base_ + (base_.find('?') == std::string::npos ? "?" : "&") + "options=-csearch_path%3D" + name_;
        return options;
    }

   private:
    explicit PostgresSchema(std::string base) : base_(std::move(base)) {
        static int next = 0;
        name_ = "t" + std::to_string(getpid()) + "_" + std::to_string(++next);
        script("CREATE SCHEMA " + name_);
    }
    void script(const std::string& text) {
        Options options;
        options.url = base_;
        Database::open(options)->change(Lane::people, [&](Connection& connection) {
            connection.execute_script(text);
            return true;
        });
    }
    std::string base_, name_;
};

/// Runs the story on SQLite in memory, on a SQLite file with its threads, and on PostgreSQL when there is one.
inline void on_each_engine(const std::function<void(Database&)>& story) {
    Options memory;
    memory.url = ":memory:";
    story(*migrated(memory));
    const TempFolder folder;
    story(*migrated(sqlite_file(folder)));
    if (const auto schema = PostgresSchema::make()) story(*migrated(schema->options()));
}

inline void change(Database& database, const std::function<void(Connection&)>& job) {
    database.change(Lane::people, [&](Connection& connection) {
        job(connection);
        return true;
    });
}

inline void insert_thing(Connection& connection, std::string_view id, std::int64_t weight = 1) {
    connection.write(things::insert_thing, {{"id", id}, {"label", id}, {"weight", weight}, {"flag", false}}, 1);
}

inline std::vector<std::string> all_ids(Database& database) {
    std::vector<std::string> ids;
    database.read([&](Connection& connection) {
        connection.run(things::all_things, {}, [&](const Row& row) { ids.emplace_back(row.text(0)); });
    });
    return ids;
}

using Ids = std::vector<std::string>;

/// The kind and text of the DbError a callable throws.
inline DbError error_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const DbError& error) {
        return error;
    }
    FAIL("no DbError");
    throw std::logic_error("unreachable");
}

}  // namespace aftercare::db
