#include "usecase/trainings.hpp"

#include "domain/operations.hpp"
#include "env/zone.hpp"
#include "usecase/facts.hpp"
#include "usecase/staff_parts.hpp"

namespace aftercare::usecase {
namespace {

constexpr std::size_t kMostTrainings = 200;
constexpr std::int64_t kMostSteps = 2'000;

Result<Training> find(Tx& tx, const Actor& actor, const TrainingId& id) {
    auto found = store::find_training(tx, id);
    if (!found || !actor.may_see(found->shop_id)) return fail(ErrorKind::not_found, "training_not_found");
    return std::move(*found);
}

Result<void> check(Tx& tx, const ShopId& shop, const TrainingIn& in) {
    if (!printable(in.title, true)) return fail_field("/title", "bad_format");
    for (std::size_t i = 0; i < in.steps.size(); ++i) {
        const std::string path = "/steps/" + std::to_string(i);
        if (!printable(in.steps[i].title, true)) return fail_field(path + "/title", "bad_format");
        if (in.steps[i].article_id.empty()) continue;
        const auto article = store::find_article(tx, in.steps[i].article_id);
        if (!article || article->shop_id != shop) return fail_field(path + "/article_id", "unknown_article");
    }
    return {};
}

void put(Training& training, const TrainingIn& in, const Actor& actor, Instant now) {
    training.title = in.title;
    training.steps = in.steps;
    training.changed_by = actor.staff_id;
    training.changed_at = now;
}

/// The last millisecond of the shop's day that comes so many days later; noon keeps clear of clocks that are changed.
Instant due_at(const env::Zone& zone, Instant from, std::int64_t after) {
    const auto day = zone.to_local(from);
    return zone.end_of_day(zone.to_instant({day.year, day.month, day.day, 12}) + days(after));
}

/// Steps of one run stand together.
std::vector<TrainingRun> runs_of(std::vector<Errand> steps, Instant now) {
    std::vector<TrainingRun> runs;
    for (auto& step : steps) {
        if (runs.empty() || runs.back().id != step.run_id)
            runs.push_back({step.run_id, step.training_id, step.shop_id, step.training_title, step.stand.owner_id, step.owner_name, step.opened_at, 0, 0, 0, {}});
        TrainingRun& run = runs.back();
        run.of += step.stand.state != ErrandState::dropped;
        run.done += step.stand.state == ErrandState::done;
        run.late += step.stand.state == ErrandState::open && step.due_at < now;
        run.steps.push_back(std::move(step));
    }
    return runs;
}

}  // namespace

Result<Training> add_training(Context& ctx, const Actor& actor, const Guard& guard, const AddTraining& in) {
    AC_CHECK(require(actor, Permission::manage_policies));
    AC_CHECK(require_shop(actor, in.shop_id));
    return ctx.store.change(guard, [&](Tx& tx) -> Result<Training> {
        AC_CHECK(check(tx, in.shop_id, in.training));
        if (store::trainings(tx, {in.shop_id.value}, kMostTrainings).size() >= kMostTrainings)
            return domain::refuse("too_many_trainings", {{"limit", std::to_string(kMostTrainings)}});
        Training training;
        training.id = ctx.ids.make<TrainingId>();
        training.shop_id = in.shop_id;
        put(training, in.training, actor, guard.now);
        store::insert_training(tx, training);
        return find(tx, actor, training.id);
    });
}

Result<Training> change_training(Context& ctx, const Actor& actor, const Guard& guard, const ChangeTraining& in) {
    AC_CHECK(require(actor, Permission::manage_policies));
    return ctx.store.change(guard, [&](Tx& tx) -> Result<Training> {
        AC_TRY(auto training, find(tx, actor, in.training_id));
        if (guard.expected_version.value_or(training.version) != training.version) return stale(training.version);
        AC_CHECK(check(tx, training.shop_id, in.training));
        put(training, in.training, actor, guard.now);
        training.retired = in.retired;
        store::change_training(tx, training);
        return find(tx, actor, training.id);
    });
}

Result<TrainingList> list_trainings(Context& ctx, const Actor& actor, const TrainingQuery& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](Tx& tx) -> Result<TrainingList> {
        return TrainingList{store::trainings(tx, shops_for(tx, actor, in.shop_id), kMostSteps)};
    });
}

Result<TrainingRun> start_training(Context& ctx, const Actor& actor, const Guard& guard, const StartTraining& in) {
    AC_CHECK(require(actor, Permission::manage_policies));
    auto started = ctx.store.change(guard, [&](Tx& tx) -> Result<TrainingRun> {
        AC_TRY(const auto training, find(tx, actor, in.training_id));
        const auto who = store::find_staff(tx, in.staff_id);
        if (!who || !works_in(*who, training.shop_id)) return fail_field("/staff_id", "unknown_person");
        if (training.retired) return domain::refuse("training_retired");
        if (store::hold_training(tx, training.id, in.staff_id)) return domain::refuse("training_runs", {{"name", who->name}});
        const auto shop = store::find_shop(tx, training.shop_id);
        AC_TRY(const auto zone, env::Zone::find(shop ? shop->zone : "UTC"));
        std::vector<Errand> made;
        const std::string run = ctx.ids.next();
        for (const TrainingStep& step : training.steps) {
            Errand errand{ctx.ids.make<ErrandId>(), training.shop_id, step.title, {}, {in.staff_id, {}, actor.staff_id, ErrandState::open}, step.article_id, guard.now,
                                 due_at(zone, guard.now, step.days), {}, {}, {}};
            errand.training_id = training.id;
            errand.run_id = run;
            errand.step = std::ssize(made);
            store::insert_errand(tx, errand);
            errand.training_title = training.title;
            errand.owner_name = who->name;
            made.push_back(std::move(errand));
        }
        return std::move(runs_of(std::move(made), guard.now).front());
    });
    if (started) ctx.store.hint({"errand", started->id, started->shop_id, 1});
    return started;
}

Result<TrainingProgress> training_progress(Context& ctx, const Actor& actor, const TrainingQuery& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](Tx& tx) -> Result<TrainingProgress> {
        const StaffId owner = domain::leads(actor) ? StaffId{} : actor.staff_id;
        auto steps = store::training_steps(tx, shops_for(tx, actor, in.shop_id), owner, kMostSteps + 1);
        const bool more = std::ssize(steps) > kMostSteps;
        if (more) {
            const std::string cut = steps.back().run_id;
            std::erase_if(steps, [&](const Errand& step) { return step.run_id == cut; });
        }
        return TrainingProgress{runs_of(std::move(steps), ctx.clock.now()), more};
    });
}

}  // namespace aftercare::usecase
