#include "domain/hours.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "domain/date.hpp"

namespace aftercare::domain {
namespace {

using Errors = std::vector<FieldError>;

void check_slots(const Slots& slots, const std::string& path, Errors& errors) {
    std::int64_t free_from = 0;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        const Slot& slot = slots[i];
        if (slot.from < free_from || slot.from >= slot.to || slot.to > 1'440) errors.push_back({path + "/slots/" + std::to_string(i), "bad_slot"});
        free_from = std::max(free_from, slot.to);
    }
}

void check_week(const std::vector<DayHours>& week, const std::string& path, Errors& errors) {
    if (week.size() != 7) errors.push_back({path, week.size() < 7 ? "too_short" : "too_long"});
    for (std::size_t i = 0; i < week.size(); ++i) check_slots(week[i].slots, path + "/" + std::to_string(i), errors);
}

void check_days(const std::vector<OwnDay>& days, Errors& errors) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < days.size(); ++i) {
        const std::string path = "/days/" + std::to_string(i);
        if (!parse_date(days[i].date)) errors.push_back({path + "/date", "bad_date"});
        else if (!seen.insert(days[i].date).second) errors.push_back({path + "/date", "twice"});
        check_slots(days[i].slots, path, errors);
    }
}

Week week_of(const std::vector<DayHours>& days) {
    if (days.empty()) return usual_week();
    Week week;
    for (std::size_t i = 0; i < week.size(); ++i) week[i] = days[i].slots;
    return week;
}

}  // namespace

WorkHours usual_hours() {
    WorkHours hours;
    for (const Slots& slots : usual_week()) hours.week.push_back({slots});
    return hours;
}

Result<void> check_hours(const WorkHours& hours) {
    Errors errors;
    check_week(hours.week, "/week", errors);
    std::set<Department> teams;
    for (std::size_t i = 0; i < hours.teams.size(); ++i) {
        const std::string path = "/teams/" + std::to_string(i);
        if (!teams.insert(hours.teams[i].team).second) errors.push_back({path + "/team", "twice"});
        check_week(hours.teams[i].week, path + "/week", errors);
    }
    check_days(hours.days, errors);
    if (errors.empty()) return {};
    return fail(Error{ErrorKind::invalid, "invalid_fields", std::move(errors), {}, {}, {}});
}

Calendar calendar_of(const WorkHours& hours, std::vector<ZoneOffset> zone, std::vector<SpecialDay> region) {
    std::map<std::int64_t, SpecialDay> special;
    for (auto& day : region) special[day.day] = std::move(day);
    for (const auto& own : hours.days)
        if (const auto date = parse_date(own.date)) special[day_number(*date)] = {day_number(*date), own.works, own.works ? own.slots : Slots{}};
    Calendar calendar;
    calendar.zone = std::move(zone);
    calendar.week = week_of(hours.week);
    for (auto& [number, day] : special) calendar.special.push_back(std::move(day));
    for (const auto& team : hours.teams) {
        Calendar own{calendar.zone, week_of(team.week), calendar.special, {}};
        calendar.teams.emplace_back(team.team, std::make_shared<const Calendar>(std::move(own)));
    }
    return calendar;
}

}  // namespace aftercare::domain
