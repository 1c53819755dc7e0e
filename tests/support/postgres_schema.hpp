#pragma once
#include <unistd.h>

#include <string>

#include "db/database.hpp"

namespace aftercare::test {

/// A schema of its own on a server; gone with the object.
class PostgresSchema {
   public:
    explicit PostgresSchema(std::string base) : base_(std::move(base)) {
        static int next = 0;
        name_ = "s" + std::to_string(getpid()) + "_" + std::to_string(++next);
        script("CREATE SCHEMA " + name_);
    }
    ~PostgresSchema() { script("DROP SCHEMA " + name_ + " CASCADE"); }
    PostgresSchema(const PostgresSchema&) = delete;
    PostgresSchema& operator=(const PostgresSchema&) = delete;
    [[nodiscard]] std::string url() const {
        return base_ + (base_.find('?') == std::string::npos ? "?" : "&") + "options=-csearch_path%3D" + name_;
    }

   private:
    void script(const std::string& text) {
        db::Options options;
        options.url = base_;
        db::Database::open(options)->change(db::Lane::people, [&](db::Connection& connection) {
            connection.execute_script(text);
            return true;
        });
    }
    std::string base_, name_;
};

}  // namespace aftercare::test
