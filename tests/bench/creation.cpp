#include <cmath>
#include <filesystem>
#include <iostream>

#include "bench/goals.hpp"
#include "bench/load.hpp"
#include "bench/raw_sqlite.hpp"
#include "bench/service.hpp"
#include "bench/shop.hpp"

namespace aftercare::bench {

namespace {

namespace fs = std::filesystem;

/// Hands out ranges of the shop's orders: each database takes a case of each order once.
class Range {
   public:
    std::size_t take(std::size_t count) { return std::exchange(next_, next_ + count); }

   private:
    std::size_t next_ = 0;
};

/// What five turns gave of one thing.
struct Turns {
    std::vector<double> per_second, p50, p99;
    void add(const Sample& sample) {
        per_second.push_back(sample.per_second());
        p50.push_back(sample.quantile(0.5));
        p99.push_back(sample.quantile(0.99));
    }
};

double ratio(const std::vector<double>& a, const std::vector<double>& b) {
    std::vector<double> each;
    for (std::size_t i = 0; i < a.size(); ++i) each.push_back(a[i] / b[i]);
    return median(each);
}

std::string rate(const Turns& turns) { return number(median(turns.per_second)) + "/s"; }

/// One base file, and copies of it that stay apart.
class Files {
   public:
    Files(const Plan& plan, std::string base) : folder_(plan.folder), base_(std::move(base)) {}
    [[nodiscard]] std::string base() const { return folder_ + "/" + base_ + ".db"; }
    std::string copy(const std::string& name) {
        const std::string file = folder_ + "/" + name + ".db";
        fs::copy_file(base(), file, fs::copy_options::overwrite_existing);
        return file;
    }

   private:
    std::string folder_, base_;
};

Shop make_base(const Files& files, std::size_t orders) {
    db::Options options;
    options.url = files.base();
    options.inline_writer = true;
    Desk desk(options);
    return make_shop(desk, orders);
}

/// The statements of so many creations, taken from the use case itself.
Recording record(const std::string& file, const Shop& shop, std::size_t count) {
    Recorder recorder;
    db::Options options;
    options.url = file;
    options.inline_writer = true;
    options.observer = recorder.observer();
    Desk desk(options);
    for (std::size_t i = 0; i < count; ++i) {
        recorder.begin();
        shop.open_case(desk, i);
    }
    return recorder.take();
}

class Creation {
   public:
    explicit Creation(const Plan& plan)
        : plan_(plan), single_(std::max<std::size_t>(plan.burst / 8, 100)), files_(plan, "base"), shop_(make_base(files_, plan.orders)),
          service_(Service::desk(files_.copy("service"), true)), alone_(Service::desk(files_.copy("alone"), false)),
          recording_(record(files_.copy("recorded"), shop_, static_cast<std::size_t>(plan.turns) * plan.burst)),
          raw_single_(files_.copy("raw_single"), recording_.texts), raw_group_(files_.copy("raw_group"), recording_.texts) {}

    std::vector<Goal> run() {
        for (int turn = 0; turn < plan_.turns; ++turn) {
            std::cerr << "  creation, turn " << turn + 1 << " of " << plan_.turns << '\n';
            one_turn();
        }
        std::vector<Goal> goals = speeds();
        for (Goal& each : counters()) goals.push_back(std::move(each));
        return goals;
    }

   private:
    Sample http(Service& service, Range& range, int connections, std::size_t count) {
        std::vector<std::string> requests;
        const std::size_t first = range.take(count);
        for (std::size_t i = first; i < first + count; ++i) requests.push_back(shop_.http_open_case(i));
        return measure_http(service.port(), connections, requests);
    }

    void one_turn() {
        fsync_.add(measure_fdatasync(plan_.folder, 300));
        raw_one_.add(measure_parallel(1, raw_single_range_.take(single_), single_, [&](std::size_t i) {
            raw_single_.begin();
            raw_single_.run(recording_.changes.at(i));
            raw_single_.commit();
        }));
        own_one_.add(http(service_, service_range_, 1, single_));
        {
            RawGroup group(raw_group_);
            raw_32_.add(measure_parallel(32, raw_group_range_.take(plan_.burst), plan_.burst,
                                         [&](std::size_t i) { group.run(recording_.changes.at(i)); }));
        }
        own_32_.add(http(service_, service_range_, 32, plan_.burst));
        const std::size_t fewer = plan_.burst / 3;
        alone_32_.add(http(alone_, alone_range_, 32, fewer));
    }

    [[nodiscard]] std::vector<Goal> speeds() const {
        const double fsync = median(fsync_.p50);
        const bool slow_disk = fsync >= 800;
        const double p50_limit = 2 * fsync + 500;
        const std::string disk = "fdatasync p50 " + number(fsync) + " us";
        return {
            {"4", "case creation over HTTP, c=32, against raw group commit of the same statements, 32 threads", rate(raw_32_), rate(own_32_),
             ratio(own_32_.per_second, raw_32_.per_second), 0.45},
            {"5", "the same against raw one commit a request, 1 client", rate(raw_one_), rate(own_32_), ratio(own_32_.per_second, raw_one_.per_second), 0.8},
            {"5-one-client", "creation at c=1 against raw one commit a request", rate(raw_one_), rate(own_one_),
             ratio(own_one_.per_second, raw_one_.per_second), 0.8, true, false},
            {"5-slow-disk", "goal 5 where fdatasync p50 >= 0.8 ms (else not judged)", rate(raw_one_) + ", " + disk, rate(own_32_),
             ratio(own_32_.per_second, raw_one_.per_second), 3, true, slow_disk},
            {"5-own-path", "creation, c=32, against the service with group commit off", rate(alone_32_), rate(own_32_),
             ratio(own_32_.per_second, alone_32_.per_second), 1.5},
            {"7-p50", "creation p50 at c=1 against 2 x fdatasync p50 + 0.5 ms", number(p50_limit) + " us (" + disk + "; raw p50 " + number(median(raw_one_.p50)) + " us)",
             number(median(own_one_.p50)) + " us", median(own_one_.p50) / p50_limit, 1, false},
            {"7-p99", "creation p99 at c=32 against raw group commit's p99", number(median(raw_32_.p99)) + " us",
             number(median(own_32_.p99)) + " us", ratio(own_32_.p99, raw_32_.p99), 2, false},
        };
    }

    // Commits a case, those of the blocks of 100 numbers apart: a commit is one fsync of the WAL.
    std::vector<Goal> counters() {
        std::vector<Goal> goals;
        for (const auto& [connections, count, bound] : {std::tuple{1, single_, 1.0}, std::tuple{32, plan_.burst, 1.0 / 8}, std::tuple{128, plan_.burst, 1.0 / 16}}) {
            const std::int64_t before = service_.commits();
            http(service_, service_range_, connections, count);
            const double cases = static_cast<double>(count), blocks = std::ceil(cases / 100);
            const double commits = static_cast<double>(service_.commits() - before) - blocks;
            goals.push_back({"6-c" + std::to_string(connections), "fsyncs a created case at c=" + std::to_string(connections) + " (checkpoints and number blocks apart)",
                             number(bound) + " a case", number(commits / cases) + " a case", commits / cases, bound, false});
        }
        return goals;
    }

    const Plan& plan_;
    const std::size_t single_;
    Files files_;
    const Shop shop_;
    Service service_, alone_;
    const Recording recording_;
    RawSqlite raw_single_, raw_group_;
    Range service_range_, alone_range_, raw_single_range_, raw_group_range_;
    Turns fsync_, raw_one_, own_one_, raw_32_, own_32_, alone_32_;
};

}  // namespace

std::vector<Goal> measure_creation(const Plan& plan) { return Creation(plan).run(); }

std::vector<Goal> measure_hello(const Plan& plan) {
    const Files files(plan, "hello");
    const Shop shop = make_base(files, 1);
    Service bare = Service::hello(), desk = Service::desk(files.base(), true);
    const std::vector<std::string> requests(plan.burst * 5, shop.http_get("/api/v1/session"));
    Turns limit, own;
    for (int turn = 0; turn < plan.turns; ++turn) {
        limit.add(measure_http(bare.port(), 32, requests));
        own.add(measure_http(desk.port(), 32, requests));
    }
    return {{"1", "a session's check through the whole stack against bare Poco hello, c=32", rate(limit), rate(own), ratio(own.per_second, limit.per_second), 0.7, true, false}};
}

}  // namespace aftercare::bench
