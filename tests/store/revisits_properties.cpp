#include <rapidcheck/catch.h>

#include <map>
#include <set>
#include <thread>

#include "revisits_world.hpp"

// Whatever happens, and whenever a planner dies: one task per plan, occasion and customer (1), planning twice or side by side is
// planning once (2), no task vanishes (4), a calendar never makes a second one (20).
namespace aftercare::test {
namespace {

struct Step {
    int act = 0, x = 0, y = 0;
};

struct Walk {
    ShopWorld w;
    RevisitWorld r{w};
    std::vector<CustomerId> customers;
    std::vector<CaseId> cases;
    std::vector<usecase::PlanView> plans;
    std::set<std::string> ever;

    explicit Walk(db::Engine engine) : w(engine) {
        for (int i = 0; i < 4; ++i) customers.push_back(r.customer("C" + std::to_string(i)));
        for (int i = 0; i < 2; ++i) r.tag(customers[static_cast<std::size_t>(i)]);
        auto closing = RevisitWorld::after_closing(2);
        closing.working_days = true;
        plans = {r.plan(closing), r.plan(RevisitWorld::greeting("women", -2)), r.plan(RevisitWorld::greeting("qingming", 1))};
    }

    template <class T>
    T& pick(std::vector<T>& from, int by) { return from[static_cast<std::size_t>(by) % from.size()]; }

    std::optional<usecase::RevisitItem> some_task(int by) {
        auto tasks = r.tasks();
        if (tasks.empty()) return std::nullopt;
        return pick(tasks, by);
    }

    /// A planner that dies in the middle of a slice: its transaction is gone.
    void crash() {
        struct Dead {};
        try {
            w.database->change(db::Lane::bulk, [&](db::Connection& tx) -> bool {
                store::Revisit task;
                task.id = RevisitId(w.ids.next());
                task.shop_id = w.shop;
                task.plan_id = plans[0].id;
                task.occasion = "lost";
                task.customer_id = task.origin_customer_id = customers[0];
                store::insert_revisit(tx, task);
                store::put_watermark(tx, plans[1].id, "holiday:women@2026", {"lost", "~", true});
                throw Dead{};
            });
        } catch (const Dead&) {
        }
    }

    void step(const Step& step) {
        w.clock.advance(hours(step.y % 40));
        switch (step.act % 13) {
            case 0: cases.push_back(r.open(pick(customers, step.x))); break;
            case 1:
                if (!cases.empty()) static_cast<void>(usecase::close_case(*w.ctx, w.lead, w.guard(w.lead), {pick(cases, step.x), {"other", Fault::merchant, "done"}}));
                break;
            case 2:
                if (!cases.empty()) static_cast<void>(usecase::add_note(*w.ctx, w.agent, w.guard(w.agent), {pick(cases, step.x), NoteKind::from_customer, "again"}));
                break;
            case 3: static_cast<void>(usecase::plan_ahead(*w.ctx, step.x % 3)); break;  // stopped between slices
            case 4: r.plan_ahead(); break;
            case 5: static_cast<void>(usecase::wake_revisits(*w.ctx)); break;
            case 6: {
                auto& plan = pick(plans, step.x);
                auto terms = plan.terms;
                terms.expiry_days = step.y % 20;
                plan = r.change(plan, step.y % 3 != 0, terms);
                break;
            }
            case 7: {
                const auto days = "{\"name\":\"x\",\"date\":\"2026-03-" + std::to_string(10 + step.x % 20) + "\",\"isOffDay\":" + (step.y % 2 == 0 ? "true" : "false") + "}";
                static_cast<void>(usecase::import_calendar(*w.ctx, w.admin, w.guard(w.admin), {"CN", {"{\"year\":2026,\"papers\":[],\"days\":[" + days + "]}"}}));
                break;
            }
            case 8:
                if (const auto task = some_task(step.x))
                    static_cast<void>(r.finish(task->revisit.id, Words<RevisitResult>::all[static_cast<std::size_t>(step.y) % 8].first,
                                               step.y % 3 == 0 ? w.clock.now() + hours(5) : Instant{}));
                break;
            case 9:
                if (const auto task = some_task(step.x)) static_cast<void>(usecase::skip_revisit(*w.ctx, w.agent, w.guard(w.agent), {task->revisit.id, "x"}));
                break;
            case 10:
                if (const auto task = some_task(step.x)) static_cast<void>(usecase::reschedule_revisit(*w.ctx, w.agent, w.guard(w.agent), {task->revisit.id, w.clock.now() + hours(step.y)}));
                break;
            case 11: crash(); break;
            case 12:
                if (const auto& who = pick(customers, step.x); !tagged.count(who)) r.tag(who), tagged.insert(who);
                break;
        }
        check();
    }

    void check() {
        std::set<std::tuple<std::string, std::string, std::string>> occasions;
        std::set<std::string> now;
        for (const auto& task : r.tasks()) {
            const auto& t = task.revisit;
            RC_ASSERT(occasions.insert({t.plan_id.value, t.occasion, t.customer_id.value}).second);
            RC_ASSERT(t.due_at <= t.expires_at);
            RC_ASSERT(t.occasion != "lost");
            now.insert(t.id.value);
        }
        for (const auto& id : ever) RC_ASSERT(now.count(id) == 1);
        ever = std::move(now);
    }

    std::set<CustomerId> tagged{};
};

void walk(db::Engine engine, const std::vector<Step>& steps) {
    Walk walk(engine);
    for (int i = 0; i < 2; ++i) walk.tagged.insert(walk.customers[static_cast<std::size_t>(i)]);
    for (const auto& step : steps) walk.step(step);
    // Planning again, also half of it from another planner, changes nothing.
    walk.r.plan_ahead();
    const auto before = walk.r.tasks();
    static_cast<void>(usecase::plan_ahead(*walk.w.ctx, 1));
    walk.r.plan_ahead();
    const auto after = walk.r.tasks();
    RC_ASSERT(before.size() == after.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
        RC_ASSERT(before[i].revisit.id == after[i].revisit.id);
        RC_ASSERT(before[i].revisit.version == after[i].revisit.version);
    }
}

}  // namespace

TEST_CASE("one task per plan, occasion and customer, whatever happens (1, 2, 4, 20)") {
    for (const db::Engine engine : engines()) {
        rc::prop(engine == db::Engine::sqlite ? "sqlite" : "postgres", [engine] {
            const auto numbers = *rc::gen::scale(0.6, rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 13 * 40 * 40)));
            std::vector<Step> steps;
            for (const int n : numbers) steps.push_back({n % 13, n / 13 % 40, n / 520});
            walk(engine, steps);
        });
    }
}

TEST_CASE("two planners at once make what one makes") {
    for (const db::Engine engine : engines()) {
        ShopWorld w(engine);
        RevisitWorld r(w);
        for (int i = 0; i < 40; ++i) r.tag(r.customer("C" + std::to_string(i)));
        r.plan(RevisitWorld::greeting("women", 2));
        r.plan(RevisitWorld::greeting("qingming", -1));
        usecase::Context other{*w.store, w.clock, w.ids, w.random, {}};
        std::thread second([&] { static_cast<void>(usecase::plan_ahead(other, 100)); });
        static_cast<void>(usecase::plan_ahead(*w.ctx, 100));
        second.join();
        r.plan_ahead();
        std::map<std::string, int> count;
        for (const auto& task : r.tasks()) ++count[task.revisit.occasion + task.revisit.customer_id.value];
        CHECK(count.size() == 80);
        for (const auto& [key, n] : count) CHECK(n == 1);
    }
}

}  // namespace aftercare::test
