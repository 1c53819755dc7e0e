#pragma once
#include <optional>
#include <vector>

#include "domain/clock_history.hpp"
#include "domain/hours.hpp"
#include "store/rosters.hpp"
#include "usecase/cases.hpp"
#include "usecase/context.hpp"
#include "usecase/staff.hpp"

/// Working hours and rosters of a shop, and the history of a case's clocks.
namespace aftercare::usecase {

struct HoursView {
    static constexpr std::string_view kSchema = "ShopHours";
    ShopId shop_id;
    std::string zone;
    std::int64_t version = 0;
    domain::WorkHours hours;
};
template <class Io>
void fields(Io& io, HoursView& v) {
    io("shop_id", v.shop_id);
    io("zone", v.zone);
    io("version", v.version, doc("0: nobody set any yet"));
    io("hours", v.hours);
}
Result<HoursView> get_hours(Context&, const Actor&, const OneShop&);
/// A new version. Clocks that run keep their due time; what starts later follows it.
struct PutHours {
    ShopId shop_id;
    domain::WorkHours hours;
};
template <class Io>
void fields(Io& io, PutHours& in) {
    io("shop_id", in.shop_id);
    io("hours", in.hours);
}
Result<HoursView> put_hours(Context&, const Actor&, const Guard&, const PutHours&);

struct Roster {
    static constexpr std::string_view kSchema = "Roster";
    std::vector<store::RosterShift> items;
    std::int64_t version = 0;
};
template <class Io>
void fields(Io& io, Roster& r) {
    io("items", r.items);
    io("version", r.version, doc("stands for the shifts that begin in the time asked for; 0: there are none. If-Match of a change of the same time"));
}
struct RosterQuery {
    ShopId shop_id;
    std::optional<Instant> from, to;
};
template <class Io>
void fields(Io& io, RosterQuery& q) {
    io("shop_id", q.shop_id);
    io("from", q.from, doc("shifts that touch the time between; without it from now"));
    io("to", q.to, doc("at most 62 days later; without it a week later"));
}
Result<Roster> list_roster(Context&, const Actor&, const RosterQuery&);

struct ShiftIn {
    StaffId staff_id;
    Department team{};
    Instant from, to;
};
template <class Io>
void fields(Io& io, ShiftIn& s) {
    io("staff_id", s.staff_id);
    io("team", s.team);
    io("from_at", s.from);
    io("to_at", s.to);
}
/// All shifts of a shop that begin in [from, to), in place of those it had there.
struct PutRoster {
    ShopId shop_id;
    Instant from, to;
    std::vector<ShiftIn> shifts;
};
template <class Io>
void fields(Io& io, PutRoster& in) {
    io("shop_id", in.shop_id);
    io("from", in.from);
    io("to", in.to);
    io("shifts", in.shifts, length(0, 1'000));
}
/// `invalid` at /shifts/N: "unknown_person", "before_start", "out_of_range" (it begins outside, or is longer than two days), "twice" (a person's
/// shifts of one team overlap).
Result<Roster> put_roster(Context&, const Actor&, const Guard&, const PutRoster&);

struct ClockHistory {
    static constexpr std::string_view kSchema = "ClockHistory";
    std::vector<domain::ClockStep> items;
};
template <class Io>
void fields(Io& io, ClockHistory& h) {
    io("items", h.items);
}
/// Every turn of the clocks of a case, read from its events.
Result<ClockHistory> clock_history(Context&, const Actor&, const OneCase&);

}  // namespace aftercare::usecase
