#include <cmath>
#include <filesystem>
#include <iostream>

#include "bench/goals.hpp"
#include "bench/raw_postgres.hpp"
#include "bench/raw_sqlite.hpp"
#include "bench/sample.hpp"
#include "bench/shop.hpp"
#include "sql/order_state.hpp"

namespace aftercare::bench {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kChanges = 400;  // of each turn

constexpr auto read_all = [](const db::Row& row) {
    for (int column = 0; column < row.size(); ++column) row.text(column);
};

/// The recorded texts as the layer takes them: `?1` or `$1` is `:p1`.
class LayerTexts {
   public:
    explicit LayerTexts(const Recording& recording) {
        for (const std::string& text : recording.texts) {
            std::string named;
            for (std::size_t i = 0; i < text.size(); ++i) {
                const bool parameter = (text[i] == '?' || text[i] == '$') && i + 1 < text.size() && std::isdigit(static_cast<unsigned char>(text[i + 1]));
                named += parameter ? std::string(":p") : std::string(1, text[i]);
            }
            texts_.push_back(std::move(named));
        }
        for (const std::string& text : texts_) queries_.push_back(db::Query::both("recorded", text));
        for (int i = 1; i <= 64; ++i) names_.push_back("p" + std::to_string(i));
    }
    LayerTexts(const LayerTexts&) = delete;
    LayerTexts& operator=(const LayerTexts&) = delete;

    void run(db::Connection& tx, const Change& change) {
        for (const Step& step : change) {
            args_.clear();
            for (std::size_t i = 0; i < step.values.size(); ++i) args_.push_back({names_.at(i), value_of(step.values[i])});
            // A read's rows are looked at, as whoever asked would
            if (queries_[step.text].sqlite.starts_with("SELECT")) tx.later(queries_[step.text], args_, read_all);
            else tx.write(queries_[step.text], args_);
        }
    }
   private:
    static db::Value value_of(const Bound& bound) {
        if (const auto* integer = std::get_if<std::int64_t>(&bound)) return *integer;
        if (const auto* text = std::get_if<std::string>(&bound)) return std::string_view(*text);
        return nullptr;
    }

    std::vector<std::string> texts_, names_;
    std::vector<db::Query> queries_;
    std::vector<db::Arg> args_;
};

/// Prepared on both sides: find_order by a random id.
std::vector<Step> random_lookups(const Shop& shop, int count) {
    std::vector<Step> steps;
    std::uint64_t state = 1;
    for (int i = 0; i < count; ++i) {
        state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        steps.push_back({0, {shop.lines[(state >> 33) % shop.lines.size()].order.value}});
    }
    return steps;
}

std::string numbered_find_order(char mark) {
    std::string text(sql::order_state::find_order.sqlite);
    return text.replace(text.find(":id"), 3, std::string(1, mark) + "1");
}

void look_up(db::Connection& tx, const std::vector<Step>& steps) {
    for (const Step& step : steps)
        tx.run(sql::order_state::find_order, {{"id", std::string_view(std::get<std::string>(step.values[0]))}}, read_all);
}

/// The seconds that `work` took: of this thread's CPU, or of the wall.
template <class Fn>
double cpu_of(Fn&& work) {
    const double before = thread_cpu_seconds();
    work();
    return thread_cpu_seconds() - before;
}
template <class Fn>
double wall_of(Fn&& work) {
    const Stopwatch watch;
    work();
    return watch.seconds();
}

/// A turn's seconds on both sides, and how often each did it.
struct Pair {
    std::vector<double> raw, own, each_ratio;
    void add(double raw_seconds, double own_seconds) {
        raw.push_back(raw_seconds);
        own.push_back(own_seconds);
        each_ratio.push_back(own_seconds / raw_seconds);
    }
    [[nodiscard]] Goal goal(std::string id, std::string words, std::string_view unit, double times, double bound) const {
        const auto micros = [&](const std::vector<double>& of) { return number(median(of) / times * 1e6) + " us" + std::string(unit); };
        return {std::move(id), std::move(words), micros(raw), micros(own), median(each_ratio), bound, false};
    }
};

Recording record_all(const db::Options& with, const Shop& shop, std::size_t first, std::size_t count) {
    Recorder recorder;
    db::Options options = with;
    options.observer = recorder.observer();
    Desk desk(options);
    for (std::size_t i = first; i < first + count; ++i) {
        recorder.begin();
        shop.open_case(desk, i);
    }
    return recorder.take();
}

}  // namespace

std::vector<Goal> measure_layer(const Plan& plan) {
    const auto turns = static_cast<std::size_t>(plan.turns);
    const std::string base = plan.folder + "/layer.db";
    db::Options options;
    options.inline_writer = true;
    options.url = base;
    Shop shop;
    {
        Desk desk(options);
        shop = make_shop(desk, std::max<std::size_t>(plan.orders / 10, turns * kChanges));
    }
    const auto copy = [&](const std::string& name) {
        const std::string file = plan.folder + "/layer_" + name + ".db";
        fs::copy_file(base, file, fs::copy_options::overwrite_existing);
        return file;
    };
    options.url = copy("recorded");
    const Recording recording = record_all(options, shop, 0, turns * kChanges);
    LayerTexts texts(recording);
    options.url = copy("own");
    const auto own = db::Database::open(options);
    options.url = copy("own_point");  // as quiet as the raw one: what a WAL costs a read is SQLite's, not the layer's
    const auto own_point = db::Database::open(options);
    RawSqlite raw(copy("raw"), recording.texts), raw_point(base, {numbered_find_order('?')});
    const auto lookups = random_lookups(shop, plan.lookups);
    Pair point, change;
    for (std::size_t turn = 0; turn < turns; ++turn) {
        std::cerr << "  database layer, turn " << turn + 1 << " of " << turns << '\n';
        point.add(cpu_of([&] {
                      raw_point.begin();
                      for (const Step& step : lookups) raw_point.run(step);
                      raw_point.commit();
                  }),
                  cpu_of([&] {
                      own_point->change(db::Lane::people, [&](db::Connection& tx) {
                          look_up(tx, lookups);
                          return true;
                      });
                  }));
        const auto each_change = [&](auto&& run) {
            for (std::size_t i = turn * kChanges; i < (turn + 1) * kChanges; ++i) run(recording.changes[i]);
        };
        change.add(cpu_of([&] {
                       each_change([&](const Change& one) {
                           raw.begin();
                           raw.run(one);
                           raw.commit();
                       });
                   }),
                   cpu_of([&] {
                       each_change([&](const Change& one) {
                           own->change(db::Lane::people, [&](db::Connection& tx) {
                               texts.run(tx, one);
                               return true;
                           });
                       });
                   }));
    }
    const std::string many = std::to_string(recording.changes.front().size()) + " statements of a creation in one transaction";
    return {point.goal("15-point", "database layer, SQLite: an order by id against raw sqlite3, prepared", " CPU", plan.lookups, 1.25),
            change.goal("15-tx", "database layer, SQLite: the " + many + " against raw sqlite3", " CPU", kChanges, 1.1)};
}

std::vector<Goal> measure_postgres(const Plan& plan) {
    if (plan.postgres.empty()) return {};
    const auto turns = static_cast<std::size_t>(plan.turns);
    const auto url = [&](const std::string& name) { return "postgresql:///" + name + "?host=" + plan.postgres + "&user=aftercare"; };
    const auto create = [&](const std::string& name, const std::string& from) {
        postgres_script(url("postgres"), "CREATE DATABASE " + name + " TEMPLATE " + from);
        return url(name);
    };
    constexpr int kConnections = 8;
    const std::size_t burst = std::max<std::size_t>(plan.burst / 2, 500), layer_first = turns * burst;
    db::Options options;
    options.url = create("bench_base", "template1");
    options.connections = kConnections;
    Shop shop;
    {
        Desk desk(options);
        shop = make_shop(desk, std::max(plan.orders / 2, turns * (burst + kChanges)));
    }
    options.url = create("bench_recorded", "bench_base");
    const Recording recording = record_all(options, shop, 0, turns * (burst + kChanges));
    postgres_script(url("bench_base"), "VACUUM ANALYZE");
    const std::string raw_url = create("bench_raw", "bench_base");
    options.url = create("bench_own", "bench_base");
    Desk desk(options);
    std::vector<std::unique_ptr<RawPostgres>> raw;
    for (int i = 0; i < kConnections; ++i) raw.push_back(std::make_unique<RawPostgres>(raw_url, recording.texts));
    RawPostgres raw_point(raw_url, {numbered_find_order('$')});
    LayerTexts texts(recording);
    const auto lookups = random_lookups(shop, plan.lookups / 5);

    std::vector<double> limit, own, ratios;
    Pair point, change;
    double trips = 0;
    for (std::size_t turn = 0; turn < turns; ++turn) {
        std::cerr << "  PostgreSQL, turn " << turn + 1 << " of " << turns << '\n';
        std::atomic<std::size_t> seats{0};
        const Sample raw_sample = measure_parallel(kConnections, turn * burst, burst, [&](std::size_t i) {
            thread_local std::size_t turn_of_seat = 0, seat = 0;
            if (std::exchange(turn_of_seat, turn + 1) != turn + 1) seat = seats++;
            raw[seat]->run_pipelined(recording.changes[i]);
        });
        const auto before = desk.database->counters().round_trips.load();
        const Sample own_sample = measure_parallel(kConnections, turn * burst, burst, [&](std::size_t i) { shop.open_case(desk, i); });
        const double blocks = 2 * std::ceil(static_cast<double>(burst) / 100);  // of a hundred numbers, two trips each
        trips = (static_cast<double>(desk.database->counters().round_trips - before) - blocks) / static_cast<double>(burst);
        limit.push_back(raw_sample.per_second());
        own.push_back(own_sample.per_second());
        ratios.push_back(own.back() / limit.back());

        point.add(wall_of([&] {
                      for (const Step& step : lookups) raw_point.run(step);
                  }),
                  wall_of([&] { desk.database->read([&](db::Connection& tx) { look_up(tx, lookups); }); }));
        const auto each_change = [&](auto&& run) {
            for (std::size_t i = layer_first + turn * kChanges; i < layer_first + (turn + 1) * kChanges; ++i) run(recording.changes[i]);
        };
        change.add(wall_of([&] { each_change([&](const Change& one) { raw[0]->run_pipelined(one); }); }), wall_of([&] {
                       each_change([&](const Change& one) {
                           desk.database->change(db::Lane::people, [&](db::Connection& tx) {
                               texts.run(tx, one);
                               return true;
                           });
                       });
                   }));
    }
    return {{"13", "PostgreSQL: case creation, 8 connections, against a raw libpq pipeline of the same statements", number(median(limit)) + "/s",
             number(median(own)) + "/s", median(ratios), 0.65},
            {"13-trips", "PostgreSQL: round trips a created case (number blocks apart)", "3", number(trips), trips, 3, false},
            point.goal("15-pg-point", "database layer, PostgreSQL: an order by id against libpq, prepared", "", plan.lookups / 5, 1.25),
            change.goal("15-pg-tx", "database layer, PostgreSQL: the statements of a creation against libpq's pipeline", "", kChanges, 1.1)};
}

}  // namespace aftercare::bench
