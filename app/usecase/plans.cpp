#include <algorithm>

#include "domain/date.hpp"
#include "env/zone.hpp"
#include "store/calendar.hpp"
#include "store/staff.hpp"
#include "usecase/facts.hpp"
#include "usecase/revisits.hpp"

namespace aftercare::usecase {
namespace {

using store::Tx;

constexpr std::size_t kPreviewDates = 3;
constexpr std::int64_t kPreviewDays = 1'200;
constexpr std::int64_t kPlanSlice = 500;

PlanView view_of(const store::Plan& p) { return {p.id, p.shop_id, p.version, p.enabled, p.terms, p.changed_at}; }

Result<void> good(const domain::PlanTerms& terms) {
    auto errors = domain::bad_terms(terms, "/terms");
    if (errors.empty()) return {};
    return fail(Error{ErrorKind::invalid, "invalid_fields", std::move(errors), {}, {}, {}});
}

const domain::Calendar& calendar_for(Tx& tx, const ShopId& shop) { return calendar_of(store::calendar_of_shop(tx, shop)); }

/// A pass is one day, plan version and calendar (its zone, days off and hours): a new one walks through the customers again.
std::string pass_of(const store::Plan& plan, const store::ShopCalendar& shop, std::int64_t today) {
    return std::to_string(today) + " " + std::to_string(plan.version) + " " + shop.zone + " " + std::to_string(shop.hours_version) + " " + shop.stamp;
}

store::Revisit task_for(Context& ctx, const store::Plan& plan, const domain::HolidayOccasion& occasion, const store::Tagged& who, Instant now) {
    store::Revisit task;
    task.id = ctx.ids.make<RevisitId>();
    task.shop_id = plan.shop_id;
    task.plan_id = plan.id;
    task.plan_version = plan.version;
    task.occasion = occasion.occasion;
    task.customer_id = task.origin_customer_id = who.id;
    if (who.refuses) {
        task.state = RevisitState::skipped;
        task.reason = "opted_out";
    }
    task.anchor_day = occasion.anchor_day;
    task.due_day = occasion.times.day;
    task.due_at = occasion.times.due_at;
    task.expires_at = occasion.times.expires_at;
    task.created_at = task.changed_at = now;
    return task;
}

/// The next customers of one occasion.
store::Watermark greet(Context& ctx, Tx& tx, const store::Plan& plan, const domain::HolidayOccasion& occasion, store::Watermark mark, Instant now) {
    if (mark.after_id.empty()) store::revive_tagged(tx, plan, occasion.occasion, now);
    const auto who = store::tagged(tx, plan, occasion.occasion, mark.after_id, kPlanSlice);
    for (const auto& each : who)
        if (!each.planned) store::insert_revisit(tx, task_for(ctx, plan, occasion, each, now));
    if (!who.empty()) mark.after_id = who.back().id.value;
    mark.done = static_cast<std::int64_t>(who.size()) < kPlanSlice;
    return mark;
}

/// The next planned tasks, dated as the plan and the calendar say now; greetings of customers without the tag are cancelled. The
/// occasion stays: nobody gets a second one.
store::Watermark date_again(Tx& tx, const store::Plan& plan, const domain::Calendar& calendar, store::Watermark mark, Instant now,
                            std::vector<store::Hint>& hints) {
    const auto tasks = store::datable(tx, plan.id, mark.after_id, kPlanSlice);
    const bool greets = plan.terms.trigger == PlanTrigger::holiday;
    for (store::Revisit task : tasks) {
        const bool meant = !greets || store::has_tag(tx, task.customer_id, plan.terms.tag);
        const auto times = domain::revisit_times(plan.terms, task.anchor_day, calendar, greets ? Instant{} : task.created_at);
        if (meant && task.plan_version == plan.version && times == domain::RevisitTimes{task.due_day, task.due_at, task.expires_at}) continue;
        if (!meant) {
            task.state = RevisitState::cancelled;
            task.reason = "tag_removed";
        }
        task.plan_version = plan.version;
        task.due_day = times.day;
        task.due_at = times.due_at;
        task.expires_at = times.expires_at;
        task.changed_at = now;
        ++task.version;
        store::update_revisit(tx, task);
        hints.push_back({"revisit", task.id.value, task.shop_id, task.version});
    }
    if (!tasks.empty()) mark.after_id = tasks.back().id.value;
    mark.done = static_cast<std::int64_t>(tasks.size()) < kPlanSlice;
    return mark;
}

/// What is left to do in this pass: occasions of enabled plans ("" dates again) whose watermark is not at its end.
struct Work {
    PlanId plan_id;
    std::string occasion;
};
std::vector<Work> open_work(Tx& tx, Instant now) {
    std::vector<Work> work;
    for (const auto& plan : store::enabled_plans(tx)) {
        const auto shop = store::calendar_of_shop(tx, plan.shop_id);
        const auto& calendar = calendar_of(shop);
        const std::string pass = pass_of(plan, shop, calendar.day_of(now));
        std::vector<std::string> occasions{""};
        if (plan.terms.trigger == PlanTrigger::holiday)
            for (auto& each : domain::holiday_occasions(plan.terms, calendar, now, domain::kHorizonDays)) occasions.push_back(std::move(each.occasion));
        for (auto& occasion : occasions) {
            const auto mark = store::find_watermark(tx, plan.id, occasion);
            if (mark.pass != pass || !mark.done) work.push_back({plan.id, std::move(occasion)});
        }
    }
    return work;
}

Result<Done> slice(Context& ctx, const Work& work, Instant now) {
    std::vector<store::Hint> hints;
    auto done = ctx.store.change(
        Guard{{}, {}, {}, {}, now},
        [&](Tx& tx) -> Result<Done> {
            hints.clear();
            const auto plan = store::find_plan(tx, work.plan_id, true);
            if (!plan || !plan->enabled) return Done{};
            const auto shop = store::calendar_of_shop(tx, plan->shop_id);
            const auto& calendar = calendar_of(shop);
            const std::string pass = pass_of(*plan, shop, calendar.day_of(now));
            auto mark = store::find_watermark(tx, plan->id, work.occasion);
            if (mark.pass != pass) mark = {pass, "", false};
            if (mark.done) return Done{};
            if (work.occasion.empty()) {
                mark = date_again(tx, *plan, calendar, std::move(mark), now, hints);
            } else {
                const auto occasions = domain::holiday_occasions(plan->terms, calendar, now, domain::kHorizonDays);
                const auto at = std::find_if(occasions.begin(), occasions.end(), [&](const auto& each) { return each.occasion == work.occasion; });
                if (at == occasions.end()) return Done{};
                mark = greet(ctx, tx, *plan, *at, std::move(mark), now);
                if (mark.done) hints.push_back({"revisit", "", plan->shop_id, 0});
            }
            store::put_watermark(tx, plan->id, work.occasion, mark);
            return Done{};
        },
        {}, db::Lane::bulk);
    if (done) tell_batch(ctx, hints);
    return done;
}

}  // namespace

Result<PlanList> list_plans(Context& ctx, const Actor& actor, const InShop& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](Tx& tx) -> Result<PlanList> {
        PlanList list;
        for (const auto& plan : store::plans_of(tx, shops_for(tx, actor, in.shop_id))) list.items.push_back(view_of(plan));
        return list;
    });
}

Result<PlanView> add_plan(Context& ctx, const Actor& actor, const Guard& guard, const AddPlan& in) {
    AC_CHECK(require(actor, Permission::manage_plans));
    AC_CHECK(require_shop(actor, in.shop_id));
    AC_CHECK(good(in.terms));
    const store::Plan plan{ctx.ids.make<PlanId>(), in.shop_id, 1, true, in.terms, actor.staff_id, guard.now};
    auto made = ctx.store.change(guard, [&](Tx& tx) -> Result<PlanView> {
        if (!store::find_shop(tx, in.shop_id)) return fail(ErrorKind::not_found, "shop_not_found");
        store::insert_plan(tx, plan);
        return view_of(plan);
    });
    if (made) ctx.store.hint({"plan", made->id.value, made->shop_id, made->version});
    return made;
}

Result<PlanView> change_plan(Context& ctx, const Actor& actor, const Guard& guard, const ChangePlan& in) {
    AC_CHECK(require(actor, Permission::manage_plans));
    AC_CHECK(good(in.terms));
    auto made = ctx.store.change(guard, [&](Tx& tx) -> Result<PlanView> {
        auto plan = store::find_plan(tx, in.plan_id, true);
        if (!plan || !actor.may_see(plan->shop_id)) return fail(ErrorKind::not_found, "plan_not_found");
        if (guard.expected_version && *guard.expected_version != plan->version)
            return fail(Error{ErrorKind::stale, "stale", {}, {}, {{"version", std::to_string(plan->version)}}, {}});
        if (plan->terms.trigger != in.terms.trigger || plan->terms.festival != in.terms.festival) return fail_field("/terms/trigger", "cannot_change");
        const bool was_enabled = plan->enabled;
        plan->terms = in.terms;
        plan->enabled = in.enabled;
        plan->changed_by = actor.staff_id;
        plan->changed_at = guard.now;
        ++plan->version;
        store::update_plan(tx, *plan, true);
        if (was_enabled && !in.enabled) store::cancel_planned(tx, plan->id, guard.now);
        if (!was_enabled && in.enabled) store::revive_cancelled(tx, *plan, guard.now);
        return view_of(*plan);
    });
    if (made) ctx.store.hint({"plan", made->id.value, made->shop_id, made->version});
    return made;
}

Result<PlanPreview> preview_plan(Context& ctx, const Actor& actor, const Guard& guard, const AddPlan& in) {
    AC_CHECK(require(actor, Permission::manage_plans));
    AC_CHECK(require_shop(actor, in.shop_id));
    AC_CHECK(good(in.terms));
    return ctx.store.read([&](Tx& tx) -> Result<PlanPreview> {
        const auto& calendar = calendar_for(tx, in.shop_id);
        PlanPreview preview;
        const auto add = [&](const domain::RevisitTimes& times, std::int64_t anchor) {
            preview.dates.push_back({domain::text_of(domain::date_of(times.day)), domain::text_of(domain::date_of(anchor)), times.due_at});
        };
        if (in.terms.trigger == PlanTrigger::case_closed) {
            add(domain::revisit_times(in.terms, calendar.day_of(guard.now), calendar, guard.now), calendar.day_of(guard.now));
        } else {
            for (const auto& each : domain::holiday_occasions(in.terms, calendar, guard.now, kPreviewDays))
                if (preview.dates.size() < kPreviewDates) add(each.times, each.anchor_day);
            preview.customers = store::count_tagged(tx, in.shop_id, in.terms.tag);
        }
        preview.tags = store::tags_in_use(tx, {in.shop_id.value});
        return preview;
    });
}

Result<bool> plan_ahead(Context& ctx, std::int64_t slices) {
    const Instant now = ctx.clock.now();
    while (true) {
        AC_TRY(const auto work, ctx.store.read([&](Tx& tx) -> Result<std::vector<Work>> { return open_work(tx, now); }));
        if (work.empty()) return false;
        for (const auto& each : work) {
            if (slices-- <= 0) return true;
            AC_CHECK(slice(ctx, each, now));
        }
    }
}

}  // namespace aftercare::usecase
