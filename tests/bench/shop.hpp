#pragma once
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "env/ids.hpp"
#include "usecase/context.hpp"

namespace aftercare::bench {

/// What a use case answers; an error ends the bench.
template <class T>
T wanted(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().code + " " + result.error().detail);
    return std::move(*result);
}

/// Every room up to the use cases over one database.
class Desk {
   public:
    explicit Desk(const db::Options& options) : database(db::Database::open(options)) {}

    env::SystemClock clock;
    env::SystemRandom random;
    env::TimeIds ids{clock, random};
    const std::unique_ptr<db::Database> database;
    store::Store store{*database};
    usecase::Context context{store, clock, ids, random, {}};
};

/// A shop with delivered orders, each of two lines, so that a return can be asked for each.
struct Shop {
    ShopId id;
    std::string token;  ///< of a program that may open cases
    usecase::Actor agent;
    struct Line {
        OrderId order;
        OrderLineId line;
    };
    std::vector<Line> lines;  ///< the first line of each order

    /// Opens a return of one unit of order i, as a person would through the console.
    void open_case(Desk& desk, std::size_t i) const;
    /// The same as a request over HTTP.
    [[nodiscard]] std::string http_open_case(std::size_t i) const;
    [[nodiscard]] std::string http_get(const std::string& path) const;
};

/// Migrates an empty database and fills it.
Shop make_shop(Desk& desk, std::size_t orders);

}  // namespace aftercare::bench
