#include "usecase/articles.hpp"
#include "usecase/tasks.hpp"
#include "usecase/errands.hpp"
#include "usecase/trainings.hpp"
#include "world.hpp"

using namespace aftercare;
using test::ShopWorld;

namespace {

usecase::Training written(ShopWorld& w) {
    const auto article = w.must(usecase::add_article(*w.ctx, w.lead, w.guard(w.lead), {w.shop, {ArticleKind::service, "Calls", "Greet, ask, promise.", "", {}, {}}}));
    return w.must(usecase::add_training(*w.ctx, w.lead, w.guard(w.lead), {w.shop, {"New at the desk", {{"read how to call", article.id, 0}, {"listen in", {}, 2}, {"ten on your own", {}, 14}}}}));
}

}  // namespace

TEST_CASE("a training that is started is an errand a step, due at the end of its day at the shop, and its progress is seen") {
    test::on_each_engine([](ShopWorld& w) {
        const auto ann = hired(w, "ann", {Role::agent}), bob = hired(w, "bob", {Role::agent});
        const auto training = written(w);
        CHECK(training.steps.size() == 3);
        const auto run = w.must(usecase::start_training(*w.ctx, w.lead, w.guard(w.lead), {training.id, ann.staff_id}));
        CHECK(run.of == 3);
        CHECK(run.done == 0);
        const Instant today = run.steps[0].due_at;
        CHECK((today + hours(8) + Duration{1}).ms % days(1).ms == 0);  // midnight in Shanghai
        CHECK(today - w.clock.now() < days(1));
        CHECK(run.steps[1].due_at == today + days(2));
        const auto tasks = w.must(usecase::list_tasks(*w.ctx, ann, {})).items;
        REQUIRE(tasks.size() == 3);
        CHECK(tasks[0].errand->article_title == "Calls");
        CHECK(tasks[0].errand->training_title == "New at the desk");

        w.must(usecase::finish_errand(*w.ctx, ann, w.guard(ann), {run.steps[0].id, "read"}));
        w.must(usecase::drop_errand(*w.ctx, w.lead, w.guard(w.lead), {run.steps[2].id, ""}));
        w.clock.advance(days(4));
        w.must(usecase::start_training(*w.ctx, w.lead, w.guard(w.lead), {training.id, bob.staff_id}));
        const auto seen = w.must(usecase::training_progress(*w.ctx, w.lead, {})).items;
        REQUIRE(seen.size() == 2);
        CHECK(seen[0].staff_name == "bob");
        CHECK(seen[1].done == 1);
        CHECK(seen[1].of == 2);
        CHECK(seen[1].late == 1);
        CHECK(seen[1].steps.at(0).result == "read");
        CHECK(w.must(usecase::training_progress(*w.ctx, bob, {})).items.size() == 1);  // of others only a lead sees it
        const usecase::Actor stranger{StaffId("S"), {Role::lead}, {ShopId("OTHER")}, false, "staff:s"};
        CHECK(w.must(usecase::training_progress(*w.ctx, stranger, {})).items.empty());
        CHECK(usecase::start_training(*w.ctx, stranger, w.guard(stranger), {training.id, bob.staff_id}).error().code == "training_not_found");
    });
}

TEST_CASE("a training runs once for a person at a time, and not at all when it is retired; what was started stays") {
    test::on_each_engine([](ShopWorld& w) {
        const auto ann = hired(w, "ann", {Role::agent}), lee = hired(w, "lee", {Role::lead});
        auto training = written(w);
        const auto start = [&](const usecase::Actor& by) { return usecase::start_training(*w.ctx, by, w.guard(by), {training.id, ann.staff_id}); };
        CHECK(start(ann).error().code == "permission_missing");
        const auto run = w.must(start(lee));
        const auto again = start(lee);
        CHECK(again.error().code == "training_runs");
        CHECK(again.error().params == std::vector<std::pair<std::string, std::string>>{{"name", "ann"}});
        for (const auto& step : run.steps) w.must(usecase::finish_errand(*w.ctx, ann, w.guard(ann), {step.id, ""}));
        w.must(start(lee));

        usecase::ChangeTraining change{training.id, {"New at the desk", {{"read", ArticleId("NONE"), 0}}}, true};
        CHECK(usecase::change_training(*w.ctx, w.lead, w.guard(w.lead), change).error().fields == std::vector<FieldError>{{"/steps/0/article_id", "unknown_article"}});
        change.training.steps[0].article_id = {};
        auto guard = w.guard(w.lead);
        guard.expected_version = 7;
        CHECK(usecase::change_training(*w.ctx, w.lead, guard, change).error().code == "stale");
        CHECK(w.must(usecase::change_training(*w.ctx, w.lead, w.guard(w.lead), change)).version == 2);
        CHECK(start(lee).error().code == "training_retired");
        CHECK(usecase::start_training(*w.ctx, w.lead, w.guard(w.lead), {training.id, StaffId("NOBODY")}).error().fields == std::vector<FieldError>{{"/staff_id", "unknown_person"}});
        const auto seen = w.must(usecase::training_progress(*w.ctx, ann, {})).items;
        REQUIRE(seen.size() == 2);
        CHECK(seen[0].steps.size() == 3);
        CHECK(w.must(usecase::list_trainings(*w.ctx, ann, {})).items.at(0).retired);
        CHECK(w.differences().empty());
    });
}
