#include "bench/raw_postgres.hpp"

#include <stdexcept>

namespace aftercare::bench {

namespace {

std::string name_of(std::size_t text) { return "r" + std::to_string(text); }

/// The values as libpq wants them; lives as long as the call.
struct Parameters {
    explicit Parameters(const Step& step) {
        for (const Bound& value : step.values) {
            const auto* integer = std::get_if<std::int64_t>(&value);
            texts.push_back(integer ? std::to_string(*integer) : std::holds_alternative<std::string>(value) ? std::get<std::string>(value) : "");
        }
        for (std::size_t i = 0; i < texts.size(); ++i)
            pointers.push_back(std::holds_alternative<std::nullptr_t>(step.values[i]) ? nullptr : texts[i].c_str());
    }
    std::vector<std::string> texts;
    std::vector<const char*> pointers;
};

}  // namespace

RawPostgres::RawPostgres(const std::string& url, const std::vector<std::string>& texts) : connection_(PQconnectdb(url.c_str())) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) fail(nullptr);
    for (std::size_t i = 0; i < texts.size(); ++i) check(PQprepare(connection_.get(), name_of(i).c_str(), texts[i].c_str(), 0, nullptr));
}

void RawPostgres::fail(const PGresult* result) const {
    throw std::runtime_error(std::string("raw libpq: ") + (result ? PQresultErrorMessage(result) : PQerrorMessage(connection_.get())));
}

void RawPostgres::check(PGresult* result) const {
    const std::unique_ptr<PGresult, decltype([](PGresult* r) { PQclear(r); })> owned(result);
    const auto status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_PIPELINE_SYNC) fail(result);
    for (int row = 0; row < PQntuples(result); ++row)
        for (int column = 0; column < PQnfields(result); ++column) PQgetvalue(result, row, column);
}

void RawPostgres::send(const Step& step) {
    const Parameters values(step);
    if (PQsendQueryPrepared(connection_.get(), name_of(step.text).c_str(), static_cast<int>(values.pointers.size()), values.pointers.data(), nullptr, nullptr, 0) != 1)
        fail(nullptr);
}

void RawPostgres::run_pipelined(const Change& change) {
    PGconn* const connection = connection_.get();
    const auto say = [&](const char* sql) {
        if (PQsendQueryParams(connection, sql, 0, nullptr, nullptr, nullptr, nullptr, 0) != 1) fail(nullptr);
    };
    if (PQenterPipelineMode(connection) != 1) fail(nullptr);
    say("BEGIN");
    for (const Step& step : change) send(step);
    say("COMMIT");
    if (PQpipelineSync(connection) != 1) fail(nullptr);
    for (std::size_t i = 0; i < change.size() + 2; ++i) {
        check(PQgetResult(connection));
        while (PGresult* more = PQgetResult(connection)) check(more);
    }
    check(PQgetResult(connection));  // the sync
    if (PQexitPipelineMode(connection) != 1) fail(nullptr);
}

void RawPostgres::run(const Step& step) {
    const Parameters values(step);
    check(PQexecPrepared(connection_.get(), name_of(step.text).c_str(), static_cast<int>(values.pointers.size()), values.pointers.data(), nullptr, nullptr, 0));
}

void postgres_script(const std::string& url, const std::string& text) {
    const std::unique_ptr<PGconn, decltype([](PGconn* c) { PQfinish(c); })> connection(PQconnectdb(url.c_str()));
    const std::unique_ptr<PGresult, decltype([](PGresult* r) { PQclear(r); })> result(PQexec(connection.get(), text.c_str()));
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) throw std::runtime_error(PQerrorMessage(connection.get()));
}

}  // namespace aftercare::bench
