#include "domain/roster.hpp"

#include <algorithm>

namespace aftercare::domain {

std::vector<StaffId> on_duty(const std::vector<Shift>& shifts, Department team, Instant at) {
    std::vector<Shift> now;
    std::copy_if(shifts.begin(), shifts.end(), std::back_inserter(now),
                 [&](const Shift& s) { return s.team == team && s.from <= at && at < s.to; });
    std::sort(now.begin(), now.end(), [](const Shift& a, const Shift& b) {
        return a.from != b.from ? a.from > b.from : a.staff_id.value < b.staff_id.value;
    });
    std::vector<StaffId> people;
    for (const auto& shift : now)
        if (std::find(people.begin(), people.end(), shift.staff_id) == people.end()) people.push_back(shift.staff_id);
    return people;
}

bool is_on_duty(const std::vector<Shift>& shifts, const StaffId& who, Instant at) {
    return std::any_of(shifts.begin(), shifts.end(), [&](const Shift& s) { return s.staff_id == who && s.from <= at && at < s.to; });
}

StaffId person_on_duty(const std::vector<Shift>& shifts, Department team, Instant at, const StaffId& besides) {
    const auto people = on_duty(shifts, team, at);
    const auto other = std::find_if(people.begin(), people.end(), [&](const StaffId& id) { return id != besides; });
    if (other != people.end()) return *other;
    return people.empty() ? StaffId{} : besides;
}

}  // namespace aftercare::domain
