#include "usecase/errands.hpp"

#include <algorithm>

#include "usecase/facts.hpp"
#include "usecase/staff_parts.hpp"
#include "usecase/teams.hpp"

namespace aftercare::usecase {
namespace {

constexpr std::size_t kMostErrands = 200;

store::Hint hint_of(const Errand& errand) { return {"errand", errand.id.value, errand.shop_id, errand.version}; }

Result<Errand> visible(Tx& tx, const Actor& actor, const ErrandId& id) {
    auto found = store::find_errand(tx, id);
    if (!found || !actor.may_see(found->shop_id)) return fail(ErrorKind::not_found, "errand_not_found");
    return std::move(*found);
}

/// What must be there: the person or department, and the article.
Result<void> check(Tx& tx, const GiveErrand& in) {
    if (!in.owner_id.empty()) {
        const auto who = store::find_staff(tx, in.owner_id);
        if (!who || !works_in(*who, in.shop_id)) return fail_field("/owner_id", "unknown_person");
    }
    if (!in.article_id.empty()) {
        const auto article = store::find_article(tx, in.article_id);
        if (!article || article->shop_id != in.shop_id) return fail_field("/article_id", "unknown_article");
    }
    return {};
}

bool is_member(Tx& tx, const Actor& actor, const Errand& errand, Instant now) {
    if (!errand.stand.department) return false;
    const auto teams = teams_of(tx, actor, {errand.shop_id.value}, now);
    return std::find(teams.begin(), teams.end(), *errand.stand.department) != teams.end();
}

/// `act`: from whose it is to whose it is then, told whether the actor works where it stands.
template <class Act>
Result<Errand> changed(Context& ctx, const Actor& actor, const Guard& guard, const ErrandId& id, const std::string& note, Act&& act) {
    AC_CHECK(require(actor, Permission::read_cases));
    auto after = ctx.store.change(guard, [&](Tx& tx) -> Result<Errand> {
        AC_TRY(Errand errand, visible(tx, actor, id));
        if (guard.expected_version.value_or(errand.version) != errand.version) return stale(errand.version);
        AC_TRY(errand.stand, act(errand.stand, is_member(tx, actor, errand, guard.now)));
        if (errand.stand.state != ErrandState::open) {
            errand.result = note;
            errand.finished_by = actor.staff_id;
            errand.finished_at = guard.now;
        }
        store::change_errand(tx, errand);
        return visible(tx, actor, id);  // with the names
    });
    if (after) ctx.store.hint(hint_of(*after));
    return after;
}

store::ErrandFilter filter_of(Tx& tx, const Actor& actor, const ErrandQuery& in, Instant now) {
    store::ErrandFilter filter;
    filter.shops = shops_for(tx, actor, in.shop_id);
    filter.state = in.state;
    if (!domain::leads(actor)) filter.seen_by = actor.staff_id;
    switch (in.scope.value_or(ErrandScope::mine)) {
        case ErrandScope::mine: filter.owner_id = actor.staff_id; break;
        case ErrandScope::given: filter.asked_by = actor.staff_id; break;
        case ErrandScope::team:
            filter.departments.emplace();
            for (const Department each : teams_of(tx, actor, filter.shops, now)) filter.departments->emplace_back(word(each));
            break;
        case ErrandScope::all: break;
    }
    return filter;
}

}  // namespace

Result<Errand> give_errand(Context& ctx, const Actor& actor, const Guard& guard, const GiveErrand& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    AC_CHECK(require_shop(actor, in.shop_id));
    if (!printable(in.title, true)) return fail_field("/title", "bad_format");
    if (in.due_at.ms != 0 && in.due_at <= guard.now) return fail_field("/due_at", "in_the_past");
    const domain::ErrandStand stand{in.owner_id, in.department, actor.staff_id, ErrandState::open};
    AC_CHECK(domain::check_given(stand, actor));
    Errand errand{ctx.ids.make<ErrandId>(), in.shop_id, in.title, in.words, stand, in.article_id, guard.now, in.due_at, {}, {}, {}};
    auto given = ctx.store.change(guard, [&](Tx& tx) -> Result<Errand> {
        AC_CHECK(check(tx, in));
        store::insert_errand(tx, errand);
        return visible(tx, actor, errand.id);
    });
    if (given) ctx.store.hint(hint_of(*given));
    return given;
}

Result<Errand> take_errand(Context& ctx, const Actor& actor, const Guard& guard, const OneErrand& in) {
    return changed(ctx, actor, guard, in.errand_id, {}, [&](const domain::ErrandStand& now, bool member) { return domain::take_errand(now, actor, member); });
}

Result<Errand> finish_errand(Context& ctx, const Actor& actor, const Guard& guard, const EndErrand& in) {
    return changed(ctx, actor, guard, in.errand_id, in.note, [&](const domain::ErrandStand& now, bool member) { return domain::finish_errand(now, actor, member); });
}

Result<Errand> drop_errand(Context& ctx, const Actor& actor, const Guard& guard, const EndErrand& in) {
    return changed(ctx, actor, guard, in.errand_id, in.note, [&](const domain::ErrandStand& now, bool) { return domain::drop_errand(now, actor); });
}

Result<ErrandList> list_errands(Context& ctx, const Actor& actor, const ErrandQuery& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](Tx& tx) -> Result<ErrandList> {
        const auto filter = filter_of(tx, actor, in, ctx.clock.now());
        ErrandList list{store::errands(tx, filter, kMostErrands + 1)};
        list.more = list.items.size() > kMostErrands;
        if (list.more) list.items.pop_back();
        return list;
    });
}

}  // namespace aftercare::usecase
