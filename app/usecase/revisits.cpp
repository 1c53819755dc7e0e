#include "usecase/revisits.hpp"

#include <algorithm>
#include <set>

#include "domain/date.hpp"
#include "domain/festivals.hpp"
#include "store/calendar.hpp"
#include "store/staff.hpp"
#include "usecase/customers.hpp"
#include "usecase/facts.hpp"
#include "usecase/staff_parts.hpp"

namespace aftercare::usecase {
namespace {

using store::Tx;

constexpr std::int64_t kSlice = 500, kOthers = 10;
constexpr std::size_t kManyHints = 20;

std::string date_text(std::int64_t day) { return domain::text_of(domain::date_of(day)); }

RevisitItem view_of(store::RevisitRow row) {
    RevisitItem item;
    item.due_date = date_text(row.revisit.due_day);
    item.anchor_date = date_text(row.revisit.anchor_day);
    item.title = std::move(row.terms.title);
    item.script = std::move(row.terms.script);
    item.trigger = row.terms.trigger;
    item.outreach = row.terms.outreach;
    item.offset_days = row.terms.offset_days;
    if (const auto* festival = domain::find_festival(row.terms.festival)) {
        item.festival = festival->id;
        item.festival_zh = festival->name_zh;
        item.festival_en = festival->name_en;
    }
    item.customer_name = std::move(row.customer_name);
    item.owner_name = std::move(row.owner_name);
    item.case_number = std::move(row.case_number);
    item.result = row.result;
    item.note = std::move(row.note);
    item.result_at = row.result_at;
    item.revisit = std::move(row.revisit);
    return item;
}

RevisitList view_of(store::PageOf<store::RevisitRow> page) {
    RevisitList list;
    for (auto& row : page.items) list.items.push_back(view_of(std::move(row)));
    if (page.next) list.next = store::print_cursor(*page.next);
    return list;
}

std::vector<std::string> states_of(const RevisitQuery& in) {
    std::vector<std::string> states;
    for (const auto& [state, name] : Words<RevisitState>::all)
        if (in.state ? state == *in.state : !in.open || domain::is_open(state)) states.emplace_back(name);
    return states;
}

Result<std::int64_t> day_or(const std::optional<std::string>& text, std::int64_t otherwise, const char* pointer) {
    if (!text) return otherwise;
    const auto date = domain::parse_date(*text);
    if (!date) return fail_field(pointer, "bad_date");
    return domain::day_number(*date);
}

template <class Id>
std::optional<std::string> text_of(const std::optional<Id>& id) {
    return id ? std::optional(id->value) : std::nullopt;
}

/// Changes one task under its row's lock; hints after the commit.
template <class Decide>
Result<RevisitChanged> change_revisit(Context& ctx, const Actor& actor, const Guard& guard, const RevisitId& id, Decide&& decide) {
    AC_CHECK(require(actor, Permission::do_revisits));
    std::vector<store::Hint> hints;
    auto answer = ctx.store.change(guard, [&](Tx& tx) -> Result<RevisitChanged> {
        hints.clear();
        auto task = store::find_revisit(tx, id, true);
        if (!task || !actor.may_see(task->shop_id)) return fail(ErrorKind::not_found, "revisit_not_found");
        if (guard.expected_version && *guard.expected_version != task->version)
            return fail(Error{ErrorKind::stale, "stale", {}, {}, {{"version", std::to_string(task->version)}}, {}});
        AC_TRY(const RevisitChanged made, decide(tx, std::move(*task), hints));
        return made;
    });
    if (answer)
        for (const auto& hint : hints) ctx.store.hint(hint);
    return answer;
}

RevisitChanged keep(Tx& tx, const store::Revisit& task, std::vector<store::Hint>& hints) {
    store::update_revisit(tx, task);
    hints.push_back({"revisit", task.id.value, task.shop_id, task.version});
    return {task.id, task.state, task.version, {}};
}

}  // namespace

Result<RevisitList> list_revisits(Context& ctx, const Actor& actor, const RevisitQuery& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    AC_TRY(const auto after, store::parse_cursor(in.page.after));
    store::RevisitFilter filter;
    AC_TRY(filter.from_day, day_or(in.from, filter.from_day, "/from"));
    AC_TRY(filter.to_day, day_or(in.to, filter.to_day, "/to"));
    filter.states = states_of(in);
    filter.newest_first = in.newest;
    if (in.owner == "none") filter.unowned = true;
    else if (in.owner) filter.owner = *in.owner == "me" ? actor.staff_id.value : *in.owner;
    filter.plan_id = text_of(in.plan_id);
    filter.customer_id = text_of(in.customer_id);
    filter.case_id = text_of(in.case_id);
    return ctx.store.read([&](Tx& tx) -> Result<RevisitList> {
        filter.shops = shops_for(tx, actor, in.shop_id);
        return view_of(store::list_revisits(tx, filter, after, in.page.limit));
    });
}

Result<RevisitCounts> count_revisits(Context& ctx, const Actor& actor, const InShop& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](Tx& tx) -> Result<RevisitCounts> { return store::count_revisits(tx, shops_for(tx, actor, in.shop_id), actor.staff_id); });
}

Result<RevisitMonth> revisit_month(Context& ctx, const Actor& actor, const MonthQuery& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    const auto first = domain::parse_date(in.month + "-01");
    if (!first) return fail_field("/month", "bad_date");
    const std::int64_t start = domain::day_number(*first), next = domain::day_number(first->month == 12 ? domain::Date{first->year + 1, 1, 1} : domain::Date{first->year, first->month + 1, 1});
    const std::int64_t from = start - domain::weekday(start), to = next - 1 + (6 - domain::weekday(next - 1));
    return ctx.store.read([&](Tx& tx) -> Result<RevisitMonth> {
        const auto shops = shops_for(tx, actor, in.shop_id);
        const auto plans = store::plans_of(tx, shops);
        RevisitMonth month{date_text(from), date_text(to), {}};
        for (const auto& each : store::count_by_day(tx, shops, from, to)) {
            const auto plan = std::find_if(plans.begin(), plans.end(), [&](const auto& p) { return p.id == each.plan_id; });
            if (plan != plans.end())
                month.items.push_back({date_text(each.due_day), each.plan_id, plan->terms.title, plan->terms.outreach, each.tasks, each.open_tasks});
        }
        return month;
    });
}

Result<RevisitView> get_revisit(Context& ctx, const Actor& actor, const OneRevisit& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](Tx& tx) -> Result<RevisitView> {
        store::RevisitFilter filter;
        filter.shops = shops_for(tx, actor, {});
        filter.states = states_of({});
        filter.id = in.revisit_id.value;
        auto page = store::list_revisits(tx, filter, {}, 1);
        if (page.items.empty()) return fail(ErrorKind::not_found, "revisit_not_found");
        RevisitView view;
        view.item = view_of(std::move(page.items.front()));
        const auto& task = view.item.revisit;
        view.version = task.version;
        AC_TRY(auto customer, store::find_customer(tx, task.customer_id));
        view.phone = masked(std::move(customer)).phone;
        view.zone = store::calendar_of_shop(tx, task.shop_id).zone;
        view.open_case = store::open_case_of(tx, task.customer_id);
        filter.id.reset();
        filter.customer_id = task.customer_id.value;
        for (auto& row : store::list_revisits(tx, filter, {}, kOthers + 1).items)
            if (row.revisit.id != task.id) view.others.push_back(view_of(std::move(row)));
        return view;
    });
}

Result<RevisitChanged> finish_revisit(Context& ctx, const Actor& actor, const Guard& guard, const FinishRevisit& in) {
    const domain::Outcome outcome{in.result, in.note, in.next_at};
    return change_revisit(ctx, actor, guard, in.revisit_id, [&](Tx& tx, store::Revisit task, auto& hints) -> Result<RevisitChanged> {
        // Never ask how it was in the middle of a dispute.
        if (domain::is_open(task.state))
            if (const auto number = store::open_case_of(tx, task.customer_id); !number.empty())
                return fail(Error{ErrorKind::refused, "revisit_held", {}, {}, {{"case", number}}, {}});
        if (task.state == RevisitState::held) task.state = RevisitState::due;
        const auto& calendar = calendar_of(store::calendar_of_shop(tx, task.shop_id));
        AC_TRY(domain::Finished made, domain::finish(std::move(task), outcome, actor.staff_id, calendar, guard.now));
        auto answer = keep(tx, made.task, hints);
        store::put_outcome(tx, made.task.id, outcome, actor.staff_id, guard.now);
        if (made.next) {
            made.next->id = ctx.ids.make<RevisitId>();
            if (store::insert_revisit(tx, *made.next)) answer.next_id = made.next->id;
            hints.push_back({"revisit", made.next->id.value, made.next->shop_id, 1});
        }
        if (in.result == RevisitResult::opted_out) store::withdraw_consent(tx, ctx.ids.next(), made.task.customer_id, actor.staff_id, guard.now, hints);
        return answer;
    });
}

Result<RevisitChanged> reschedule_revisit(Context& ctx, const Actor& actor, const Guard& guard, const RescheduleRevisit& in) {
    return change_revisit(ctx, actor, guard, in.revisit_id, [&](Tx& tx, store::Revisit task, auto& hints) -> Result<RevisitChanged> {
        const auto& calendar = calendar_of(store::calendar_of_shop(tx, task.shop_id));
        AC_TRY(const auto moved, domain::reschedule(std::move(task), in.due_at, calendar, guard.now));
        return keep(tx, moved, hints);
    });
}

Result<RevisitChanged> skip_revisit(Context& ctx, const Actor& actor, const Guard& guard, const SkipRevisit& in) {
    return change_revisit(ctx, actor, guard, in.revisit_id, [&](Tx& tx, store::Revisit task, auto& hints) -> Result<RevisitChanged> {
        AC_TRY(const auto skipped, domain::skip(std::move(task), in.reason, guard.now));
        return keep(tx, skipped, hints);
    });
}

Result<RevisitChanged> assign_revisit(Context& ctx, const Actor& actor, const Guard& guard, const AssignRevisit& in) {
    return change_revisit(ctx, actor, guard, in.revisit_id, [&](Tx& tx, store::Revisit task, auto& hints) -> Result<RevisitChanged> {
        if (!in.owner_id.empty() && in.owner_id != actor.staff_id) {
            const auto owner = store::find_staff(tx, in.owner_id);
            if (!owner || !works_in(*owner, task.shop_id)) return fail_field("/owner_id", "unknown_person");
        }
        AC_TRY(const auto given, domain::assign(std::move(task), in.owner_id, guard.now));
        return keep(tx, given, hints);
    });
}

void tell_batch(Context& ctx, const std::vector<store::Hint>& hints) {
    std::set<ShopId> shops;
    for (const auto& hint : hints)
        if (hints.size() <= kManyHints) ctx.store.hint(hint);
        else if (shops.insert(hint.shop_id).second) ctx.store.hint({hint.topic, "", hint.shop_id, 0});
}

Result<bool> wake_revisits(Context& ctx, bool settles) {
    const Guard guard{{}, {}, {}, {}, ctx.clock.now()};
    std::vector<store::Hint> hints;
    std::vector<std::string> unsettled;
    if (settles) {
        AC_TRY(unsettled, ctx.store.read([](Tx& tx) -> Result<std::vector<std::string>> { return store::unsettled_holds(tx, kSlice); }));
    }
    bool more = false;
    const auto done = ctx.store.change(
        guard,
        [&](Tx& tx) -> Result<Done> {
            hints.clear();
            const auto expired = store::expire_revisits(tx, guard.now, kSlice, hints);
            const auto woken = store::wake_revisits(tx, guard.now, kSlice, hints);
            store::settle_holds(tx, guard.now, unsettled, hints);
            more = std::max({expired, woken, static_cast<std::int64_t>(unsettled.size())}) >= kSlice;
            return Done{};
        },
        {}, db::Lane::bulk);
    if (!done) return fail(done.error());
    tell_batch(ctx, hints);
    return more;
}

}  // namespace aftercare::usecase
