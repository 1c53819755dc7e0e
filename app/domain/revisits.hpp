#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/base/result.hpp>
#include <aftercare/base/words.hpp>
#include <aftercare/codec/fields.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/calendar.hpp"

/// Revisits: whom to call back, when, and what became of it (customers-and-revisits.md, sections 4 to 6).
namespace aftercare {

using PlanId = Id<struct PlanTag>;
using RevisitId = Id<struct RevisitTag>;

AC_WORDS(PlanTrigger, case_closed, holiday);
AC_WORDS(Outreach, phone, chat);
AC_WORDS(RevisitState, planned, held, due, done, skipped, expired, cancelled, superseded);
AC_WORDS(RevisitResult, reached, no_answer, refused, wrong_person, call_back, opted_out, new_case, repurchased);

namespace domain {

/// One version of a plan. Data, edited by shops.
struct PlanTerms {
    static constexpr std::string_view kSchema = "PlanTerms";
    std::string title, script;
    PlanTrigger trigger = PlanTrigger::case_closed;
    Outreach outreach = Outreach::phone;
    std::int64_t offset_days = 3;  ///< after the closing; before (negative) or after the festival
    bool working_days = false;     ///< the offset counts working days
    std::string festival, tag;     ///< holiday only: which, and the customers it greets
    std::int64_t from_minute = 9 * 60, to_minute = 18 * 60;  ///< local minutes of the day
    std::int64_t expiry_days = 7;
    bool operator==(const PlanTerms&) const = default;
};
template <class Io>
void fields(Io& io, PlanTerms& t) {
    io("title", t.title, length(1, 100));
    io("script", t.script, maybe, length(0, 4'000));
    io("trigger", t.trigger);
    io("outreach", t.outreach);
    io("offset_days", t.offset_days, between(-60, 365), doc("after the closing; before (negative) or after the festival"));
    io("working_days", t.working_days, doc("count the offset in working days of the shop"));
    io("festival", t.festival, maybe, length(0, 40));
    io("tag", t.tag, maybe, length(0, 60), doc("holiday: the customers with this tag"));
    io("from_minute", t.from_minute, between(0, 1'439), doc("minutes after local midnight"));
    io("to_minute", t.to_minute, between(1, 1'440));
    io("expiry_days", t.expiry_days, between(0, 90), doc("days after the due day until which it still makes sense"));
}
/// What does not fit together: a holiday plan without festival or tag, an empty window, an offset before a closing.
std::vector<FieldError> bad_terms(const PlanTerms&, const std::string& path);

struct Plan {
    PlanId id;
    ShopId shop_id;
    std::int64_t version = 1;
    bool enabled = true;
    PlanTerms terms;
    StaffId changed_by;
    Instant changed_at;
};

/// When a revisit is due and over: from the window's start on its day to the window's end on its last day.
struct RevisitTimes {
    std::int64_t day = 0;
    Instant due_at, expires_at;
    bool operator==(const RevisitTimes&) const = default;
};
/// `after`: when what it follows happened; a day whose window had ended by then is no due day, the next one is.
RevisitTimes revisit_times(const PlanTerms&, std::int64_t anchor_day, const Calendar&, Instant after = {});

/// A festival of a holiday plan: its occasion names the year it belongs to, whatever day it falls on.
struct HolidayOccasion {
    std::string occasion;
    std::int64_t anchor_day = 0;
    RevisitTimes times;
};
inline constexpr std::int64_t kHorizonDays = 35;
/// Those not over by `now` and due until so many days ahead, soonest first.
std::vector<HolidayOccasion> holiday_occasions(const PlanTerms&, const Calendar&, Instant now, std::int64_t horizon_days);

std::string closing_occasion(const CaseId&, std::int64_t closing_no);
inline constexpr std::int64_t kMaxCallbacks = 3;
/// The next call in a chain: `callback:task/<first>#<n>`; nothing after the third.
std::optional<std::string> callback_occasion(const RevisitId& task, const std::string& occasion);

struct Revisit {
    RevisitId id;
    ShopId shop_id;
    PlanId plan_id;
    std::int64_t plan_version = 1;
    std::string occasion;
    CustomerId customer_id, origin_customer_id;
    CaseId case_id;        ///< of a closed case
    RevisitId parent_id;   ///< of a call that was agreed in another one
    RevisitState state = RevisitState::planned;
    std::string reason;    ///< of what was skipped or cancelled
    StaffId owner_id;
    std::int64_t anchor_day = 0, due_day = 0;
    Instant due_at, expires_at;
    bool moved = false;    ///< by hand: no plan and no calendar dates it again
    Instant created_at, changed_at;
    std::int64_t version = 1;
};
template <class Io>
void fields(Io& io, Revisit& r) {
    io("id", r.id);
    io("shop_id", r.shop_id);
    io("plan_id", r.plan_id);
    io("plan_version", r.plan_version);
    io("occasion", r.occasion);
    io("customer_id", r.customer_id);
    io("origin_customer_id", r.origin_customer_id);
    io("case_id", r.case_id, maybe);
    io("parent_id", r.parent_id, maybe);
    io("state", r.state);
    io("reason", r.reason, maybe);
    io("owner_id", r.owner_id, maybe);
    io("anchor_day", r.anchor_day, doc("days since 1970-01-01"));
    io("due_day", r.due_day, doc("days since 1970-01-01, in the shop's zone"));
    io("due_at", r.due_at);
    io("expires_at", r.expires_at);
    io("moved", r.moved);
    io("created_at", r.created_at);
    io("changed_at", r.changed_at);
    io("version", r.version);
}
constexpr bool is_open(RevisitState s) { return s == RevisitState::planned || s == RevisitState::held || s == RevisitState::due; }

/// What a person does to a revisit, checked against its state: `refused` "revisit_over", "revisit_held", "revisit_in_past",
/// "callbacks_used_up". Pure; the store keeps what comes back.
struct Outcome {
    RevisitResult result{};
    std::string note;
    Instant next_at;  ///< call_back: when; no_answer: perhaps
};
/// The task as done, and the call that was agreed, without its id.
struct Finished {
    Revisit task;
    std::optional<Revisit> next;
};
Result<Finished> finish(Revisit, const Outcome&, const StaffId& by, const Calendar&, Instant now);
Result<Revisit> reschedule(Revisit, Instant due_at, const Calendar&, Instant now);
Result<Revisit> skip(Revisit, const std::string& reason, Instant now);
Result<Revisit> assign(Revisit, const StaffId& to, Instant now);

}  // namespace domain
}  // namespace aftercare
