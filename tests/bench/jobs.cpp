#include <filesystem>
#include <iostream>

#include "bench/goals.hpp"
#include "bench/raw_postgres.hpp"
#include "bench/raw_sqlite.hpp"
#include "bench/sample.hpp"
#include "bench/shop.hpp"
#include "store/outbox.hpp"

namespace aftercare::bench {

namespace {

constexpr std::size_t kRounds = 300;  ///< of each turn

/// Refunds that wait to be sent, as `count` rows of the outbox; `numbers` makes n = 1 … count on the engine.
std::string waiting(const Shop& shop, const std::string& numbers, Instant now) {
    return "INSERT INTO outbox (id, topic, payload, shop_id, case_id, state, due_at, attempts, lease_owner, lease_until, last_error, created_at, done_at) "
           "SELECT 'MESSAGE' || n, 'submit_refund', '{\"amount_minor\":1990}', '" + shop.id.value + "', 'CASE' || n, 'pending', " + std::to_string(now.ms - 1'000) +
           " + n % 1000, 0, '', 0, '', " + std::to_string(now.ms) + ", 0 FROM " + numbers;
}

/// Claims a batch in one change and finishes it in another, as a dispatcher does whose plugins answer at once.
class Worker {
   public:
    Worker(const db::Options& options, std::int64_t batch) : desk_(options), batch_(batch) {}
    void round(const std::function<void()>& begin = [] {}) {
        const Instant now = desk_.clock.now();
        std::vector<store::OutboxMessage> taken;
        begin();
        desk_.database->change(db::Lane::people, [&](db::Connection& tx) {
            taken = store::claim(tx, now, "bench", now + minutes(5), batch_);
            return true;
        });
        if (std::ssize(taken) != batch_) throw std::runtime_error("the outbox ran dry");
        begin();
        desk_.database->change(db::Lane::people, [&](db::Connection& tx) {
            for (const auto& each : taken) store::finish(tx, {each.id, each.lease_owner, each.attempts}, OutboxState::done, {}, now);
            return true;
        });
    }

   private:
    Desk desk_;
    const std::int64_t batch_;
};

Recording record(db::Options options, std::int64_t batch, std::size_t rounds) {
    Recorder recorder;
    options.observer = recorder.observer();
    Worker worker(options, batch);
    for (std::size_t i = 0; i < rounds; ++i) worker.round([&] { recorder.begin(); });
    return recorder.take();
}

template <class Fn>
double seconds_of(Fn&& work) {
    const Stopwatch watch;
    work();
    return watch.seconds();
}

Goal against(const std::string& id, const std::string& words, std::int64_t batch, const Plan& plan, const std::function<void(std::size_t)>& raw,
             const std::function<void()>& own) {
    std::vector<double> limit, rate, ratios;
    const double jobs = static_cast<double>(kRounds) * static_cast<double>(batch);
    for (int turn = 0; turn < plan.turns; ++turn) {
        std::cerr << "  job queue, turn " << turn + 1 << " of " << plan.turns << '\n';
        const std::size_t first = static_cast<std::size_t>(turn) * kRounds;
        limit.push_back(jobs / seconds_of([&] {
                            for (std::size_t i = first; i < first + kRounds; ++i) raw(i);
                        }));
        rate.push_back(jobs / seconds_of([&] {
                           for (std::size_t i = 0; i < kRounds; ++i) own();
                       }));
        ratios.push_back(rate.back() / limit.back());
    }
    return {id, words, number(median(limit)) + " jobs/s", number(median(rate)) + " jobs/s", median(ratios), 0.5};
}

Goal on_sqlite(const Plan& plan) {
    constexpr std::int64_t kBatch = 10;
    const auto rounds = static_cast<std::size_t>(plan.turns) * kRounds;
    const std::string base = plan.folder + "/jobs.db";
    db::Options options;
    options.inline_writer = true;
    options.url = base;
    {
        Desk desk(options);
        const Shop shop = make_shop(desk, 1);
        const std::string last = std::to_string(rounds * kBatch);
        const std::string text = waiting(shop, "(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < " + last + ") SELECT n FROM s) AS numbers", desk.clock.now());
        const auto fill = db::Query::both("fill", text);
        desk.database->change(db::Lane::bulk, [&](db::Connection& tx) {
            tx.write(fill, {});
            return true;
        });
        desk.database->checkpoint();
    }
    const auto copy = [&](const std::string& name) {
        const std::string file = plan.folder + "/jobs_" + name + ".db";
        std::filesystem::copy_file(base, file, std::filesystem::copy_options::overwrite_existing);
        return file;
    };
    options.url = copy("recorded");
    const Recording recording = record(options, kBatch, rounds);
    RawSqlite raw(copy("raw"), recording.texts);
    options.url = copy("own");
    Worker worker(options, kBatch);
    return against("14-sqlite", "the store's claim and finish by tens, FULL, against raw sqlite3 with the same statements", kBatch, plan,
                   [&](std::size_t i) {
                       for (const std::size_t change : {2 * i, 2 * i + 1}) raw.begin(), raw.run(recording.changes[change]), raw.commit();
                   },
                   [&] { worker.round(); });
}

Goal on_postgres(const Plan& plan) {
    constexpr std::int64_t kBatch = 20;
    const auto rounds = static_cast<std::size_t>(plan.turns) * kRounds;
    const auto url = [&](const std::string& name) { return "postgresql:///" + name + "?host=" + plan.postgres + "&user=aftercare"; };
    const auto create = [&](const std::string& name, const std::string& from) {
        postgres_script(url("postgres"), "CREATE DATABASE " + name + " TEMPLATE " + from);
        return url(name);
    };
    db::Options options;
    options.url = create("jobs_base", "template1");
    options.connections = 1;
    {
        Desk desk(options);
        const Shop shop = make_shop(desk, 1);
        postgres_script(options.url, waiting(shop, "generate_series(1, " + std::to_string(rounds * kBatch) + ") AS numbers(n)", desk.clock.now()));
    }
    postgres_script(options.url, "VACUUM ANALYZE");
    options.url = create("jobs_recorded", "jobs_base");
    const Recording recording = record(options, kBatch, rounds);
    RawPostgres raw(create("jobs_raw", "jobs_base"), recording.texts);
    options.url = create("jobs_own", "jobs_base");
    Worker worker(options, kBatch);
    return against("14-postgres", "the store's claim 20 and finish 20, one connection, against a raw libpq pipeline of the same statements", kBatch, plan,
                   [&](std::size_t i) { raw.run_pipelined(recording.changes[2 * i]), raw.run_pipelined(recording.changes[2 * i + 1]); }, [&] { worker.round(); });
}

}  // namespace

std::vector<Goal> measure_jobs(const Plan& plan) {
    std::vector<Goal> goals{on_sqlite(plan)};
    if (!plan.postgres.empty()) goals.push_back(on_postgres(plan));
    return goals;
}

}  // namespace aftercare::bench
