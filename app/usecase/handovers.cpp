#include "usecase/handovers.hpp"

#include <algorithm>
#include <set>

#include "domain/operations.hpp"
#include "store/rosters.hpp"
#include "store/staff.hpp"
#include "usecase/facts.hpp"
#include "usecase/staff_parts.hpp"
#include "usecase/teams.hpp"

namespace aftercare::usecase {
namespace {

constexpr std::int64_t kMostLooked = 1'000, kMostListed = 50;
constexpr std::size_t kMostTold = 300, kMostOthers = 200;

Risk risk_of(const store::Standing& s, Instant now) {
    if (s.due_at.ms == 0) return Risk::none;
    if (now >= s.due_at) return Risk::overdue;
    return (s.due_at.ms - now.ms) * 4 < s.due_at.ms - s.started_at.ms ? Risk::at_risk : Risk::none;
}

HandoverItem item_of(const store::Standing& s, Instant now) {
    HandoverItem item;
    item.case_id = s.case_id;
    item.status = s.status;
    item.header = s.header;
    item.stage = s.stage;
    item.promised_at = s.promised_at;
    item.clock = s.clock;
    item.due_at = s.due_at;
    item.risk = risk_of(s, now);
    item.offered_minor = s.proposal_minor > 0 ? s.proposal_minor : s.quoted_minor;
    item.currency = s.currency;
    item.reply_id = s.reply_id;
    return item;
}

bool worth_telling(const HandoverItem& item) { return item.promised_at.ms != 0 || item.risk != Risk::none || item.offered_minor > 0; }

/// Of the first team that one of their roles belongs to: a lead who is an agent, too, is a lead.
bool is_of(const store::Staff& staff, Department team) {
    for (const auto& [role, of] : kTeamOfRole)
        if (std::find(staff.roles.begin(), staff.roles.end(), role) != staff.roles.end()) return of == team;
    return false;
}

/// Those of its role, and those whom the roster had in it within the last day.
store::Owners people_of(store::Tx& tx, const ShopId& shop, Department team, Instant now) {
    std::set<std::string> ids;
    for (const auto& staff : store::staff_list(tx))
        if (works_in(staff, shop) && is_of(staff, team)) ids.insert(staff.id.value);
    for (const auto& shift : store::shifts_between(tx, shop, now - days(1), now + Duration{1}))
        if (shift.team == team) ids.insert(shift.staff_id.value);
    return {false, {ids.begin(), ids.end()}, team == Department::service};
}

StaffId owner_of(const Actor& actor, const HandoverScope& scope) {
    if (!scope.owner || scope.owner->empty()) return {};
    return *scope.owner == "me" ? actor.staff_id : StaffId(*scope.owner);
}

/// Whose open cases a sheet holds.
store::Owners owners_of(store::Tx& tx, const ShopId& shop, const StaffId& owner, const std::optional<Department>& team, Instant now) {
    if (!owner.empty()) return {false, {owner.value}, false};
    if (team) return people_of(tx, shop, *team, now);
    return {};
}

HandoverSheet sheet_now(store::Tx& tx, const ShopId& shop, const StaffId& owner, const std::optional<Department>& team, Instant now) {
    const auto owners = owners_of(tx, shop, owner, team, now);
    HandoverSheet sheet{now, {}};
    std::vector<HandoverItem> others;
    for (const auto& each : store::standing(tx, shop, owners, kMostLooked)) {
        auto item = item_of(each, now);
        auto& part = worth_telling(item) ? sheet.items : others;
        if (part.size() < (&part == &others ? kMostOthers : kMostTold)) part.push_back(std::move(item));
    }
    sheet.items.insert(sheet.items.end(), others.begin(), others.end());
    sheet.left_out = std::max<std::int64_t>(store::count_standing(tx, shop, owners) - std::ssize(sheet.items), 0);
    return sheet;
}

Result<void> works_here(store::Tx& tx, const StaffId& id, const ShopId& shop, std::string pointer) {
    if (id.empty()) return {};
    const auto who = store::find_staff(tx, id);
    if (!who || !works_in(*who, shop)) return fail_field(std::move(pointer), "unknown_person");
    return {};
}

Result<void> one_scope(const HandoverScope& scope) {
    if (scope.team && scope.owner && !scope.owner->empty()) return fail_field("/team", "one_of_owner_team");
    return {};
}

Result<Handover> visible(store::Tx& tx, const Actor& actor, const HandoverId& id) {
    auto found = store::find_handover(tx, id);
    if (!found || !actor.may_see(found->shop_id)) return fail(ErrorKind::not_found, "handover_not_found");
    return std::move(*found);
}

store::Hint hint_of(const Handover& handover) { return {"handover", handover.id.value, handover.shop_id, handover.version}; }

}  // namespace

Result<HandoverSheet> handover_sheet(Context& ctx, const Actor& actor, const HandoverScope& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    AC_CHECK(require_shop(actor, in.shop_id));
    AC_CHECK(one_scope(in));
    const Instant now = ctx.clock.now();
    return ctx.store.read([&](store::Tx& tx) -> Result<HandoverSheet> {
        auto sheet = sheet_now(tx, in.shop_id, owner_of(actor, in), in.team, now);
        store::read_details(tx, sheet.items);
        return sheet;
    });
}

Result<Handover> hand_over(Context& ctx, const Actor& actor, const Guard& guard, const HandOver& in) {
    AC_CHECK(require(actor, Permission::open_cases));
    AC_CHECK(require_shop(actor, in.scope.shop_id));
    AC_CHECK(one_scope(in.scope));
    Handover made;
    auto answer = ctx.store.change(guard, [&](store::Tx& tx) -> Result<Handover> {
        if (!store::find_shop(tx, in.scope.shop_id)) return fail(ErrorKind::not_found, "shop_not_found");
        made = {ctx.ids.make<HandoverId>(), in.scope.shop_id, owner_of(actor, in.scope), in.scope.team, in.to_id, in.note, actor.staff_id, guard.now, {}, {}, 1};
        AC_CHECK(works_here(tx, made.to_id, made.shop_id, "/to_id"));
        AC_CHECK(works_here(tx, made.owner_id == actor.staff_id ? StaffId{} : made.owner_id, made.shop_id, "/owner"));
        const auto sheet = sheet_now(tx, made.shop_id, made.owner_id, made.team, guard.now);
        if (sheet.items.empty() && in.note.empty()) return domain::refuse("nothing_to_hand_over");
        made.left_out = sheet.left_out;
        store::insert_handover(tx, made, sheet.items);
        return visible(tx, actor, made.id);  // with the names
    });
    if (answer) ctx.store.hint(hint_of(*answer));
    return answer;
}

Result<HandoverList> list_handovers(Context& ctx, const Actor& actor, const HandoverQuery& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](store::Tx& tx) -> Result<HandoverList> {
        const auto shops = shops_for(tx, actor, in.shop_id);
        if (shops.empty()) return HandoverList{};
        return HandoverList{store::list_handovers(tx, shops, kMostListed)};
    });
}

Result<HandoverView> get_handover(Context& ctx, const Actor& actor, const OneHandover& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](store::Tx& tx) -> Result<HandoverView> {
        AC_TRY(auto handover, visible(tx, actor, in.handover_id));
        return HandoverView{std::move(handover), store::items_of(tx, in.handover_id)};
    });
}

Result<Handover> acknowledge_handover(Context& ctx, const Actor& actor, const Guard& guard, const OneHandover& in) {
    AC_CHECK(require(actor, Permission::open_cases));
    auto answer = ctx.store.change(guard, [&](store::Tx& tx) -> Result<Handover> {
        AC_TRY(const auto handover, visible(tx, actor, in.handover_id));
        if (!handover.made_by.empty() && handover.made_by == actor.staff_id) return domain::refuse("own_handover");
        if (handover.team && !actor.has(Role::lead)) return domain::refuse("handover_needs_lead", {{"team", std::string(word(*handover.team))}}, {{"ask_a_lead", {}}});
        if (!handover.to_id.empty() && handover.to_id != actor.staff_id && !actor.has(Role::lead))
            return domain::refuse("handover_for_other", {{"name", handover.to_name}}, {{"ask_a_lead", {}}});
        if (!store::acknowledge(tx, in.handover_id, actor.staff_id, guard.now))
            return domain::refuse("handover_acknowledged", {{"name", handover.acknowledged_name}});
        return visible(tx, actor, in.handover_id);
    });
    if (answer) ctx.store.hint(hint_of(*answer));
    return answer;
}

}  // namespace aftercare::usecase
