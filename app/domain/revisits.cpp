#include "domain/revisits.hpp"

#include <algorithm>
#include <charconv>

#include "domain/festivals.hpp"
#include "domain/operations.hpp"

namespace aftercare::domain {
namespace {

constexpr Duration kLongestDelay = days(90), kCallbackLasts = days(3);
constexpr std::string_view kCallback = "callback:task/";

Result<void> still_open(const Revisit& task) {
    if (is_open(task.state)) return {};
    return fail(Error{ErrorKind::refused, "revisit_over", {}, {}, {{"state", std::string(word(task.state))}}, {}});
}

void touch(Revisit& task, Instant now) {
    task.changed_at = now;
    ++task.version;
}

}  // namespace

std::vector<FieldError> bad_terms(const PlanTerms& terms, const std::string& path) {
    std::vector<FieldError> errors;
    if (terms.to_minute <= terms.from_minute) errors.push_back({path + "/to_minute", "before_start"});
    if (terms.trigger == PlanTrigger::holiday) {
        if (!find_festival(terms.festival)) errors.push_back({path + "/festival", terms.festival.empty() ? "required" : "unknown_word"});
        if (terms.tag.empty()) errors.push_back({path + "/tag", "required"});
        if (terms.offset_days > kHorizonDays) errors.push_back({path + "/offset_days", "out_of_range"});
    } else if (terms.offset_days < 0) {
        errors.push_back({path + "/offset_days", "out_of_range"});
    }
    return errors;
}

RevisitTimes revisit_times(const PlanTerms& terms, std::int64_t anchor_day, const Calendar& calendar, Instant after) {
    const auto later = [&](std::int64_t day, std::int64_t by) { return terms.working_days ? calendar.add_working_days(day, by) : day + by; };
    std::int64_t day = later(anchor_day, terms.offset_days);
    if (calendar.instant_of(day, minutes(terms.to_minute)) <= after) day = later(day, 1);
    return {day, calendar.instant_of(day, minutes(terms.from_minute)), calendar.instant_of(day + terms.expiry_days, minutes(terms.to_minute))};
}

std::vector<HolidayOccasion> holiday_occasions(const PlanTerms& terms, const Calendar& calendar, Instant now, std::int64_t horizon_days) {
    std::vector<HolidayOccasion> found;
    const Festival* festival = find_festival(terms.festival);
    const std::int64_t today = calendar.day_of(now);
    const int year = date_of(today).year;
    for (int each = year - 1; festival && each <= year + 3; ++each) {
        const auto date = festival_in(*festival, each);
        if (!date) continue;
        HolidayOccasion one{"holiday:" + terms.festival + "@" + std::to_string(each), day_number(*date), {}};
        one.times = revisit_times(terms, one.anchor_day, calendar);
        if (one.times.expires_at > now && one.times.day <= today + horizon_days) found.push_back(std::move(one));
    }
    return found;
}

std::string closing_occasion(const CaseId& id, std::int64_t closing_no) {
    return "case-closed:case/" + id.value + "#" + std::to_string(closing_no);
}

std::optional<std::string> callback_occasion(const RevisitId& task, const std::string& occasion) {
    if (!occasion.starts_with(kCallback)) return std::string(kCallback) + task.value + "#1";
    const auto mark = occasion.rfind('#');
    std::int64_t n = 0;
    std::from_chars(occasion.data() + mark + 1, occasion.data() + occasion.size(), n);
    if (n >= kMaxCallbacks) return std::nullopt;
    return occasion.substr(0, mark + 1) + std::to_string(n + 1);
}

Result<Finished> finish(Revisit task, const Outcome& outcome, const StaffId& by, const Calendar& calendar, Instant now) {
    AC_CHECK(still_open(task));
    if (task.state == RevisitState::held) return refuse("revisit_held");
    const bool again = outcome.next_at.ms != 0;
    if (outcome.result == RevisitResult::call_back && !again) return fail_field("/next_at", "required");
    if (again && outcome.result != RevisitResult::call_back && outcome.result != RevisitResult::no_answer) return fail_field("/next_at", "not_with_this_result");
    Finished made{std::move(task), {}};
    if (again) {
        if (outcome.next_at <= now) return refuse("revisit_in_past");
        if (outcome.next_at > now + kLongestDelay) return fail_field("/next_at", "out_of_range");
        auto occasion = callback_occasion(made.task.id, made.task.occasion);
        if (!occasion) return refuse("callbacks_used_up");
        Revisit next = made.task;
        next.id = {};
        next.occasion = std::move(*occasion);
        next.parent_id = made.task.id;
        next.state = RevisitState::planned;
        next.owner_id = by;
        next.anchor_day = next.due_day = calendar.day_of(outcome.next_at);
        next.due_at = outcome.next_at;
        next.expires_at = outcome.next_at + kCallbackLasts;
        next.moved = true;
        next.created_at = next.changed_at = now;
        next.version = 1;
        made.next = std::move(next);
    }
    if (made.task.owner_id.empty()) made.task.owner_id = by;
    made.task.state = RevisitState::done;
    touch(made.task, now);
    return made;
}

Result<Revisit> reschedule(Revisit task, Instant due_at, const Calendar& calendar, Instant now) {
    AC_CHECK(still_open(task));
    if (due_at <= now) return refuse("revisit_in_past");
    if (due_at > now + kLongestDelay) return fail_field("/due_at", "out_of_range");
    task.expires_at = due_at + std::max(task.expires_at - task.due_at, hours(1));
    task.due_at = due_at;
    task.due_day = calendar.day_of(due_at);
    task.state = RevisitState::planned;
    task.moved = true;
    touch(task, now);
    return task;
}

Result<Revisit> skip(Revisit task, const std::string& reason, Instant now) {
    AC_CHECK(still_open(task));
    task.state = RevisitState::skipped;
    task.reason = reason;
    touch(task, now);
    return task;
}

Result<Revisit> assign(Revisit task, const StaffId& to, Instant now) {
    AC_CHECK(still_open(task));
    task.owner_id = to;
    touch(task, now);
    return task;
}

}  // namespace aftercare::domain
