#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/model/words.hpp>
#include <vector>

/// Who is on duty (after-sales.md section 9). A team is a department of a shop.
namespace aftercare::domain {

struct Shift {
    StaffId staff_id;
    Department team{};
    Instant from, to;  ///< on duty from `from` until just before `to`
    bool operator==(const Shift&) const = default;
};

/// The people of a team on duty at that instant, each once: whoever came last first, then by id. Pure.
std::vector<StaffId> on_duty(const std::vector<Shift>& shifts, Department team, Instant at);
/// Of whatever team.
bool is_on_duty(const std::vector<Shift>& shifts, const StaffId& who, Instant at);
/// The one to turn to: the first of `on_duty` who is not `besides`, else `besides` when on duty; empty: nobody is, ask the leads.
StaffId person_on_duty(const std::vector<Shift>& shifts, Department team, Instant at, const StaffId& besides = {});

}  // namespace aftercare::domain
