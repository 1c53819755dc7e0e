#pragma once
#include "bench/report.hpp"

/// performance.md, section 8. Each function measures its limits and the service turn about and gives what it found.
namespace aftercare::bench {

struct Plan {
    std::string folder;     ///< for databases; on the disk that is to be measured
    std::string postgres;   ///< the socket folder of a throw-away server of user aftercare; empty: its goals are left out
    std::size_t orders;     ///< in the shop
    std::size_t burst;      ///< cases in one turn at c = 32
    std::size_t customers;  ///< in the history that goals 2 and 3 read, with five orders each
    std::string history;    ///< where that database is kept from run to run
    std::size_t import_rows;
    double soak_seconds;  ///< how long the load lasts that memory must not grow under; goal 12 wants 1,800
    std::size_t backlog;  ///< open cases, with ten closed ones beside each, held against a tenth of both
    int turns = 5;
    int lookups = 20'000;
};

std::vector<Goal> measure_hello(const Plan& plan);     ///< 1
std::vector<Goal> measure_creation(const Plan& plan);  ///< 4 to 7
std::vector<Goal> measure_reading(const Plan& plan);   ///< 2 and 3
std::vector<Goal> measure_queue(const Plan& plan);     ///< 8, for cases
std::vector<Goal> measure_live(const Plan& plan);      ///< 11
std::vector<Goal> measure_memory(const Plan& plan);    ///< 12
std::vector<Goal> measure_jobs(const Plan& plan);      ///< 14
std::vector<Goal> measure_import(const Plan& plan);    ///< 16
std::vector<Goal> measure_layer(const Plan& plan);     ///< 15
std::vector<Goal> measure_postgres(const Plan& plan);  ///< 13, and 15 over libpq

}  // namespace aftercare::bench
