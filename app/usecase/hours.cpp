#include "usecase/hours.hpp"

#include <aftercare/codec/codec.hpp>
#include <algorithm>
#include <map>

#include "store/cases.hpp"
#include "store/replay.hpp"
#include "store/staff.hpp"
#include "usecase/facts.hpp"
#include "usecase/staff_parts.hpp"

namespace aftercare::usecase {
namespace {

using store::Tx;
constexpr Duration kLongestRoster = days(62);

/// Everybody who may be given a shift of the shop.
std::map<StaffId, std::string> people_of(Tx& tx, const ShopId& shop) {
    std::map<StaffId, std::string> people;
    for (const auto& staff : store::staff_list(tx))
        if (works_in(staff, shop)) people.emplace(staff.id, staff.name);
    return people;
}

bool overlap(const ShiftIn& a, const ShiftIn& b) { return a.staff_id == b.staff_id && a.team == b.team && a.from < b.to && b.from < a.to; }

std::vector<FieldError> bad_shifts(const PutRoster& in, const std::map<StaffId, std::string>& people) {
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < in.shifts.size(); ++i) {
        const ShiftIn& shift = in.shifts[i];
        const std::string path = "/shifts/" + std::to_string(i);
        if (!people.contains(shift.staff_id)) errors.push_back({path + "/staff_id", "unknown_person"});
        if (shift.to <= shift.from) errors.push_back({path + "/to_at", "before_start"});
        else if (shift.to - shift.from > store::kLongestShift) errors.push_back({path + "/to_at", "out_of_range"});
        if (shift.from < in.from || shift.from >= in.to) errors.push_back({path + "/from_at", "out_of_range"});
        const auto earlier = in.shifts.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::any_of(in.shifts.begin(), earlier, [&](const ShiftIn& other) { return overlap(shift, other); })) errors.push_back({path, "twice"});
    }
    return errors;
}

Result<void> in_range(Instant from, Instant to) {
    if (to <= from) return fail_field("/to", "before_start");
    if (to - from > kLongestRoster) return fail_field("/to", "out_of_range");
    return {};
}

Roster roster_of(Tx& tx, const ShopId& shop, Instant from, Instant to) {
    Roster roster{store::shifts_between(tx, shop, from, to), 0};
    roster.version = store::roster_version(roster.items, from, to);
    return roster;
}

}  // namespace

Result<HoursView> get_hours(Context& ctx, const Actor& actor, const OneShop& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    AC_CHECK(domain::require_shop(actor, in.shop_id));
    return ctx.store.read([&](Tx& tx) -> Result<HoursView> {
        const auto shop = store::find_shop(tx, in.shop_id);
        if (!shop) return fail(ErrorKind::not_found, "not_found");
        const auto stored = store::hours_of_shop(tx, in.shop_id);
        return HoursView{shop->id, shop->zone, stored.version, hours_of(stored.version == 0 ? std::string() : stored.hours.text)};
    });
}

Result<HoursView> put_hours(Context& ctx, const Actor& actor, const Guard& guard, const PutHours& in) {
    AC_CHECK(require(actor, Permission::manage_policies));
    AC_CHECK(domain::require_shop(actor, in.shop_id));
    if (auto checked = domain::check_hours(in.hours); !checked) {
        for (auto& field : checked.error().fields) field.pointer = "/hours" + field.pointer;
        return fail(std::move(checked.error()));
    }
    auto made = ctx.store.change(guard, [&](Tx& tx) -> Result<HoursView> {
        const auto shop = store::find_shop(tx, in.shop_id);
        if (!shop) return fail(ErrorKind::not_found, "not_found");
        const auto last = store::hours_of_shop(tx, in.shop_id);
        if (guard.expected_version.value_or(last.version) != last.version) return stale(last.version);
        store::insert_hours(tx, in.shop_id, {last.version + 1, {encode(in.hours)}, guard.now}, actor.staff_id);
        return HoursView{shop->id, shop->zone, last.version + 1, in.hours};
    });
    if (made) ctx.store.hint({"calendar", "hours", in.shop_id, made->version});
    return made;
}

Result<Roster> list_roster(Context& ctx, const Actor& actor, const RosterQuery& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    AC_CHECK(domain::require_shop(actor, in.shop_id));
    const Instant from = in.from.value_or(ctx.clock.now()), to = in.to.value_or(from + days(7));
    AC_CHECK(in_range(from, to));
    return ctx.store.read([&](Tx& tx) -> Result<Roster> { return roster_of(tx, in.shop_id, from, to); });
}

Result<Roster> put_roster(Context& ctx, const Actor& actor, const Guard& guard, const PutRoster& in) {
    AC_CHECK(require(actor, Permission::manage_policies));
    AC_CHECK(domain::require_shop(actor, in.shop_id));
    AC_CHECK(in_range(in.from, in.to));
    auto put = ctx.store.change(guard, [&](Tx& tx) -> Result<Roster> {
        AC_CHECK(none_of(bad_shifts(in, people_of(tx, in.shop_id))));
        store::hold_roster(tx, in.shop_id);
        const auto version = roster_of(tx, in.shop_id, in.from, in.to).version;
        if (guard.expected_version.value_or(version) != version) return stale(version);
        std::vector<store::RosterShift> shifts;
        for (const ShiftIn& each : in.shifts) shifts.push_back({ctx.ids.next(), in.shop_id, each.staff_id, each.team, each.from, each.to, {}});
        store::put_shifts(tx, in.shop_id, in.from, in.to, shifts);
        return roster_of(tx, in.shop_id, in.from, in.to);
    });
    if (put) ctx.store.hint({"roster", in.shop_id.value, in.shop_id, 0});
    return put;
}

Result<ClockHistory> clock_history(Context& ctx, const Actor& actor, const OneCase& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](Tx& tx) -> Result<ClockHistory> {
        AC_TRY(const auto shop, store::shop_of_case(tx, in.case_id));
        if (!actor.may_see(shop)) return fail(ErrorKind::not_found, "case_not_found");
        return ClockHistory{domain::clock_history(store::events_of(tx, in.case_id))};
    });
}

}  // namespace aftercare::usecase
