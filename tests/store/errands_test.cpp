#include "usecase/articles.hpp"
#include "usecase/errands.hpp"
#include "usecase/matters.hpp"
#include "usecase/tasks.hpp"
#include "world.hpp"

using namespace aftercare;
using test::ShopWorld;

namespace {

using Texts = std::vector<std::string>;

/// A shop where a lead gives work: `ann` at the desk, `hall` in the warehouse.
struct ErrandDesk {
    ShopWorld& w;
    usecase::Actor ann = hired(w, "ann", {Role::agent}), hall = hired(w, "hall", {Role::warehouse}), chief = hired(w, "chief", {Role::lead});

    Result<usecase::Errand> give(const usecase::Actor& by, const std::string& title, const StaffId& owner, std::optional<Department> department = {}, Instant due = {}) {
        return usecase::give_errand(*w.ctx, by, w.guard(by), {w.shop, title, {}, owner, department, due, {}});
    }
    Texts listed(const usecase::Actor& who, ErrandScope scope, std::optional<ErrandState> state = {}) {
        Texts found;
        for (const auto& one : w.must(usecase::list_errands(*w.ctx, who, {{}, scope, state})).items) found.push_back(one.title);
        return found;
    }
    Texts tasks(const usecase::Actor& who, std::optional<TaskScope> scope = {}, std::optional<Department> department = {}) {
        Texts found;
        for (const auto& one : w.must(usecase::list_tasks(*w.ctx, who, {{}, scope, department})).items) found.push_back(one.errand ? one.errand->title : one.task.words);
        return found;
    }
};

}  // namespace

TEST_CASE("what a lead gives stands among one's tasks by its due time, is counted and late like them, and ends with words") {
    test::on_each_engine([](ShopWorld& w) {
        ErrandDesk d{w};
        const Instant now = w.clock.now();
        const CaseId id = w.opened(CaseKind::complaint);
        w.must(usecase::ask_task(*w.ctx, w.agent, w.guard(w.agent), {id, {Department::service, d.ann.staff_id, now + hours(5)}, "call back"}));
        const auto shelf = w.must(d.give(d.chief, "count the shelf", d.ann.staff_id, {}, now + hours(9)));
        w.must(d.give(d.chief, "tidy up", d.ann.staff_id));
        w.must(d.give(d.chief, "send the report", d.ann.staff_id, {}, now + hours(2)));
        w.must(d.give(d.ann, "read the rules", d.ann.staff_id, {}, now + hours(7)));
        CHECK(d.tasks(d.ann) == Texts{"send the report", "call back", "read the rules", "count the shelf", "tidy up"});
        CHECK(w.must(usecase::count_tasks(*w.ctx, d.ann, {})).waiting == 5);
        w.clock.advance(hours(3));
        CHECK(w.must(usecase::count_tasks(*w.ctx, d.ann, {})).late == 1);
        CHECK(d.listed(d.chief, ErrandScope::given) == Texts{"send the report", "count the shelf", "tidy up"});

        CHECK(usecase::finish_errand(*w.ctx, d.chief, w.guard(d.chief), {shelf.id, ""}).error().code == "errand_not_yours");
        const auto done = w.must(usecase::finish_errand(*w.ctx, d.ann, w.guard(d.ann), {shelf.id, "412 cups"}));
        CHECK(done.stand.state == ErrandState::done);
        CHECK(done.finished_name == "ann");
        CHECK(done.result == "412 cups");
        CHECK(usecase::drop_errand(*w.ctx, d.chief, w.guard(d.chief), {shelf.id, ""}).error().code == "errand_done");
        CHECK(d.tasks(d.ann) == Texts{"send the report", "call back", "read the rules", "tidy up"});
        CHECK(d.listed(d.chief, ErrandScope::given) == Texts{"send the report", "tidy up", "count the shelf"});
        CHECK(d.listed(d.ann, ErrandScope::mine, ErrandState::done) == Texts{"count the shelf"});
        CHECK(w.differences().empty());
    });
}

TEST_CASE("an errand of a department waits for whoever takes it there, and others see only what concerns them") {
    test::on_each_engine([](ShopWorld& w) {
        ErrandDesk d{w};
        const auto sweep = w.must(d.give(d.chief, "sweep the hall", {}, Department::warehouse));
        w.must(d.give(d.chief, "talk to me", d.ann.staff_id));
        CHECK(d.tasks(d.hall, TaskScope::team) == Texts{"sweep the hall"});
        CHECK(d.tasks(d.hall).empty());
        CHECK(d.tasks(d.hall, TaskScope::all) == Texts{"sweep the hall"});
        CHECK(d.tasks(d.chief, TaskScope::all) == Texts{"sweep the hall", "talk to me"});
        CHECK(d.tasks(d.chief, TaskScope::all, Department::finance).empty());
        CHECK(d.listed(d.hall, ErrandScope::all) == Texts{"sweep the hall"});
        CHECK(usecase::take_errand(*w.ctx, d.ann, w.guard(d.ann), {sweep.id}).error().code == "errand_not_yours");
        auto guard = w.guard(d.hall);
        guard.expected_version = 7;
        CHECK(usecase::take_errand(*w.ctx, d.hall, guard, {sweep.id}).error().code == "stale");
        const auto taken = w.must(usecase::take_errand(*w.ctx, d.hall, w.guard(d.hall), {sweep.id}));
        CHECK(taken.owner_name == "hall");
        CHECK_FALSE(taken.stand.department);
        CHECK(taken.version == 2);
        CHECK(d.tasks(d.hall) == Texts{"sweep the hall"});
        CHECK(d.tasks(d.hall, TaskScope::team).empty());
        w.must(usecase::drop_errand(*w.ctx, d.chief, w.guard(d.chief), {sweep.id, "not today"}));
        CHECK(d.tasks(d.hall).empty());
        const usecase::Actor stranger{StaffId("S"), {Role::lead}, {ShopId("OTHER")}, false, "staff:s"};
        CHECK(usecase::drop_errand(*w.ctx, stranger, w.guard(stranger), {sweep.id, ""}).error().code == "errand_not_found");
        CHECK(d.listed(stranger, ErrandScope::all).empty());
    });
}

TEST_CASE("whoever the roster has in a department that has no role finds its work, is shown how much, and does it") {
    test::on_each_engine([](ShopWorld& w) {
        ErrandDesk d{w};
        const auto tess = hired(w, "tess", {Role::agent});
        const auto bug = w.must(d.give(d.chief, "the shop's page does not open", {}, Department::technical));
        CHECK(d.tasks(tess, TaskScope::team).empty());
        CHECK(usecase::take_errand(*w.ctx, tess, w.guard(tess), {bug.id}).error().code == "errand_not_yours");
        const Instant from = w.clock.now() - hours(1);
        w.must(usecase::put_roster(*w.ctx, w.admin, w.guard(w.admin), {w.shop, from, from + days(7), {{tess.staff_id, Department::technical, from, from + hours(8)}}}));
        CHECK(d.tasks(tess, TaskScope::team) == Texts{"the shop's page does not open"});
        CHECK(w.must(usecase::count_tasks(*w.ctx, tess, {})).unowned == 1);
        CHECK(w.must(usecase::count_tasks(*w.ctx, d.ann, {})).unowned == 0);
        w.must(usecase::take_errand(*w.ctx, tess, w.guard(tess), {bug.id}));
        CHECK(w.must(usecase::count_tasks(*w.ctx, tess, {})).waiting == 1);
        CHECK(w.must(usecase::count_tasks(*w.ctx, tess, {})).unowned == 0);
        w.must(usecase::finish_errand(*w.ctx, tess, w.guard(tess), {bug.id, "mended"}));
        w.clock.advance(days(20));
        w.must(d.give(d.chief, "again", {}, Department::technical));
        CHECK(d.tasks(tess, TaskScope::team).empty());  // long off that roster
    });
}

TEST_CASE("an errand is for people of its shop, is due later than now, and names articles of its shop") {
    test::on_each_engine([](ShopWorld& w) {
        ErrandDesk d{w};
        using Fields = std::vector<FieldError>;
        CHECK(d.give(d.ann, "do it", d.hall.staff_id).error().code == "errand_needs_lead");
        CHECK(d.give(d.chief, "do it", StaffId("NOBODY")).error().fields == Fields{{"/owner_id", "unknown_person"}});
        CHECK(d.give(d.chief, "do it", d.ann.staff_id, {}, w.clock.now()).error().fields == Fields{{"/due_at", "in_the_past"}});
        const auto article = w.must(usecase::add_article(*w.ctx, w.lead, w.guard(w.lead), {w.shop, {ArticleKind::service, "Calls", "Greet, ask, promise.", "", {}, {}}}));
        usecase::GiveErrand in{w.shop, "learn to call", {}, d.ann.staff_id, {}, {}, article.id};
        CHECK(w.must(usecase::give_errand(*w.ctx, d.chief, w.guard(d.chief), in)).article_title == "Calls");
        in.article_id = ArticleId("NONE");
        CHECK(usecase::give_errand(*w.ctx, d.chief, w.guard(d.chief), in).error().fields == Fields{{"/article_id", "unknown_article"}});
    });
}
