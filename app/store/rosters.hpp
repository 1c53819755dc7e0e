#pragma once
#include <aftercare/codec/fields.hpp>
#include <string>
#include <vector>

#include "domain/roster.hpp"
#include "store/store.hpp"

/// Rosters: who is on duty when, by shop. Functions may throw DbError and need no permission.
namespace aftercare::store {

inline constexpr Duration kLongestShift = days(2);

struct RosterShift {
    static constexpr std::string_view kSchema = "RosterShift";
    std::string id;
    ShopId shop_id;
    StaffId staff_id;
    Department team{};
    Instant from, to;
    std::string staff_name;
};
template <class Io>
void fields(Io& io, RosterShift& s) {
    io("id", s.id);
    io("shop_id", s.shop_id);
    io("staff_id", s.staff_id);
    io("team", s.team);
    io("from_at", s.from);
    io("to_at", s.to);
    io("staff_name", s.staff_name);
}

/// Those of a shop that touch [from, to), by their beginning.
std::vector<RosterShift> shifts_between(Tx&, const ShopId&, Instant from, Instant to);
/// Those on duty at an instant, as rules look at them.
std::vector<domain::Shift> shifts_at(Tx&, const ShopId&, Instant at);
/// The teams in which these shops had somebody on duty after `since`, or will have.
std::vector<Department> teams_of(Tx&, const std::vector<std::string>& shops, const StaffId&, Instant since);
/// Stands for the shifts that begin in [from, to), so that whoever changes them can tell whether somebody did meanwhile; 0: there are none.
std::int64_t roster_version(const std::vector<RosterShift>&, Instant from, Instant to);
/// Nobody else puts shifts of the shop until this change ends.
void hold_roster(Tx&, const ShopId&);
/// Takes the place of all shifts that begin in [from, to).
void put_shifts(Tx&, const ShopId&, Instant from, Instant to, const std::vector<RosterShift>&);

}  // namespace aftercare::store
