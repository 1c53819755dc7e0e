#include <aftercare/codec/json.hpp>
#include <functional>
#include <iostream>

#include "bench/backlog.hpp"
#include "bench/sample.hpp"
#include "bench/shop.hpp"
#include "store/schedules.hpp"
#include "usecase/cases.hpp"
#include "usecase/saved_views.hpp"

namespace aftercare::bench {

namespace {

/// What an agent's day reads, of a backlog of one size. Each returns the answer's JSON.
class Reading {
   public:
    explicit Reading(Backlog backlog) : backlog_(std::move(backlog)), desk_(options(backlog_.file)) {
        for (const auto& each : cases({}).items) ids_.push_back(each.c.id);
        desk_.database->read([&](db::Connection& tx) { due_at_ = store::due_clocks(tx, kLatest, {}, kDue).back().due_at; });
    }
    std::string queue(std::size_t i) {
        usecase::CaseQuery query;
        query.unfinished = true;
        if (i % 4 == 1) query.owner = "me";
        if (i % 4 == 2) query.kind = CaseKind::consultation;
        if (i % 4 == 3) query.status = CaseStatus::waiting_customer;
        if (i % 8 == 4 || i % 8 == 7) query.sort = CaseOrder::changed;
        return encode(cases(query));
    }
    /// All of a kind in the order of their changes: found by an index, then sorted.
    std::string sorted(std::size_t) {
        usecase::CaseQuery query;
        query.unfinished = true, query.kind = CaseKind::consultation, query.sort = CaseOrder::changed;
        return encode(cases(query));
    }
    std::string page(std::size_t i) {
        const usecase::OneCase one{ids_[i % ids_.size()]};
        return encode(must(usecase::get_case(desk_.context, backlog_.person, one))) +
               encode(must(usecase::case_timeline(desk_.context, backlog_.person, {one.case_id, 0})));
    }
    std::string counts(std::size_t) { return encode(must(usecase::count_cases(desk_.context, backlog_.person, {}))); }
    std::string views(std::size_t) { return encode(must(usecase::list_views(desk_.context, backlog_.person, {}))); }
    /// A hundred of the clocks are due.
    std::string sweep(std::size_t) {
        std::size_t found = 0;
        desk_.database->read([&](db::Connection& tx) {
            found = store::due_clocks(tx, due_at_, {}, kDue).size();
            if (!store::next_clock(tx)) throw std::runtime_error("no clock runs");
        });
        return std::to_string(found);
    }

   private:
    static constexpr std::int64_t kDue = 100;
    static db::Options options(const std::string& file) {
        db::Options options;
        options.url = file;
        options.inline_writer = true;
        return options;
    }
    template <class T>
    static T must(Result<T> result) {
        if (!result) throw std::runtime_error(result.error().code);
        return std::move(*result);
    }
    usecase::CaseList cases(const usecase::CaseQuery& query) { return must(usecase::list_cases(desk_.context, backlog_.person, query)); }

    const Backlog backlog_;
    Desk desk_;
    std::vector<CaseId> ids_;
    Instant due_at_;
};

/// Thread CPU of each of `times` calls, in microseconds.
Sample cpu_of_each(std::size_t times, const std::function<std::string(std::size_t)>& call) {
    Sample sample;
    for (std::size_t i = 0; i < times; ++i) {
        const double began = thread_cpu_seconds();
        if (call(i).empty()) throw std::runtime_error("an empty answer");
        sample.micros.push_back((thread_cpu_seconds() - began) * 1e6);
    }
    return sample;
}

}  // namespace

std::vector<Goal> measure_queue(const Plan& plan) {
    const std::size_t few = plan.backlog / 10;
    Reading small(need_backlog(plan, few)), large(need_backlog(plan, plan.backlog));
    struct What {
        const char *id, *words;
        std::string (Reading::*call)(std::size_t);
        bool judged;
        std::vector<double> small, large, ratios;
    };
    std::vector<What> all{{"8-queue", "a page of the case queue", &Reading::queue, true, {}, {}, {}},
                          {"8-sorted", "the queue of one kind, latest change first", &Reading::sorted, false, {}, {}, {}},
                          {"8-case", "a case with its timeline", &Reading::page, true, {}, {}, {}},
                          {"8-counts", "the numbers beside the built-in views", &Reading::counts, true, {}, {}, {}},
                          {"8-views", "five saved views with their numbers", &Reading::views, true, {}, {}, {}},
                          {"8-timers", "a look at the clocks that are due", &Reading::sweep, true, {}, {}, {}}};
    for (int turn = 0; turn < plan.turns; ++turn) {
        std::cerr << "  queue, turn " << turn + 1 << " of " << plan.turns << '\n';
        for (What& what : all) {
            const auto p99 = [&](Reading& reading) { return cpu_of_each(400, [&](std::size_t i) { return (reading.*what.call)(i); }).quantile(0.99); };
            what.small.push_back(p99(small));
            what.large.push_back(p99(large));
            what.ratios.push_back(what.large.back() / what.small.back());
        }
    }
    std::vector<Goal> goals;
    const auto cases = [](std::size_t open) { return number(static_cast<double>(open)) + " open cases"; };
    for (const What& what : all)
        goals.push_back({what.id, std::string(what.words) + ", p99 of thread CPU at " + cases(plan.backlog) + " against " + cases(few), number(median(what.small)) + " us",
                         number(median(what.large)) + " us", median(what.ratios), 2, false, what.judged});
    return goals;
}

}  // namespace aftercare::bench
