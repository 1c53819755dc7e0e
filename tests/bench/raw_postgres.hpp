#pragma once
#include <libpq-fe.h>

#include <memory>

#include "bench/recording.hpp"

namespace aftercare::bench {

/// libpq and nothing else, in pipeline mode: a whole change in one round trip. One thread at a time.
class RawPostgres {
   public:
    RawPostgres(const std::string& url, const std::vector<std::string>& texts);
    /// BEGIN, every statement, COMMIT, one wait.
    void run_pipelined(const Change& change);
    /// One prepared statement and its answer, outside the pipeline.
    void run(const Step& step);

   private:
    struct Close {
        void operator()(PGconn* connection) const { PQfinish(connection); }
    };
    void send(const Step& step);
    void check(PGresult* result) const;
    [[noreturn]] void fail(const PGresult* result) const;

    std::unique_ptr<PGconn, Close> connection_;
};

/// Runs one statement through a connection of its own: CREATE DATABASE and the like.
void postgres_script(const std::string& url, const std::string& text);

}  // namespace aftercare::bench
