#pragma once
#include <aftercare/codec/fields.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/revisits.hpp"
#include "store/customers.hpp"
#include "store/revisits.hpp"
#include "usecase/cases.hpp"
#include "usecase/context.hpp"
#include "usecase/views.hpp"

/// Revisit plans and the calls they ask for.
namespace aftercare::usecase {

struct PlanView {
    static constexpr std::string_view kSchema = "Plan";
    PlanId id;
    ShopId shop_id;
    std::int64_t version = 1;
    bool enabled = true;
    domain::PlanTerms terms;
    Instant changed_at;
};
template <class Io>
void fields(Io& io, PlanView& p) {
    io("id", p.id);
    io("shop_id", p.shop_id);
    io("version", p.version);
    io("enabled", p.enabled);
    io("terms", p.terms);
    io("changed_at", p.changed_at);
}
struct PlanList {
    static constexpr std::string_view kSchema = "PlanList";
    std::vector<PlanView> items;
};
template <class Io>
void fields(Io& io, PlanList& l) {
    io("items", l.items);
}
Result<PlanList> list_plans(Context&, const Actor&, const InShop&);

struct AddPlan {
    ShopId shop_id;
    domain::PlanTerms terms;
};
template <class Io>
void fields(Io& io, AddPlan& in) {
    io("shop_id", in.shop_id);
    io("terms", in.terms);
}
Result<PlanView> add_plan(Context&, const Actor&, const Guard&, const AddPlan&);
struct ChangePlan {
    PlanId plan_id;
    bool enabled = true;
    domain::PlanTerms terms;
};
template <class Io>
void fields(Io& io, ChangePlan& in) {
    io("plan_id", in.plan_id);
    io("enabled", in.enabled);
    io("terms", in.terms);
}
/// Its next version. Planned tasks follow it with the next planning; those that are due keep what they were made under. A plan
/// that is switched off has its planned tasks cancelled, one that is switched on again has them back.
Result<PlanView> change_plan(Context&, const Actor&, const Guard&, const ChangePlan&);

struct PlanDate {
    static constexpr std::string_view kSchema = "PlanDate";
    std::string date, anchor;
    Instant due_at;
};
template <class Io>
void fields(Io& io, PlanDate& d) {
    io("date", d.date);
    io("anchor", d.anchor, doc("the festival's day, or today as the day of a closing"));
    io("due_at", d.due_at);
}
struct PlanPreview {
    static constexpr std::string_view kSchema = "PlanPreview";
    std::vector<PlanDate> dates;
    std::int64_t customers = 0;
    std::vector<store::TagCount> tags;
};
template <class Io>
void fields(Io& io, PlanPreview& p) {
    io("dates", p.dates, doc("holiday: the next three; case_closed: of a case closed today"));
    io("customers", p.customers, doc("holiday: how many have the tag"));
    io("tags", p.tags, doc("the tags of the shop's customers"));
}
/// What these terms would do; nothing is kept.
Result<PlanPreview> preview_plan(Context&, const Actor&, const Guard&, const AddPlan&);

struct RevisitItem {
    static constexpr std::string_view kSchema = "Revisit";
    domain::Revisit revisit;
    std::string due_date, anchor_date, title, script, festival, festival_zh, festival_en, customer_name, owner_name, case_number, note;
    PlanTrigger trigger{};
    Outreach outreach{};
    std::int64_t offset_days = 0;
    std::optional<RevisitResult> result;
    Instant result_at;
};
template <class Io>
void fields(Io& io, RevisitItem& r) {
    fields(io, r.revisit);
    io("due_date", r.due_date);
    io("anchor_date", r.anchor_date, doc("of the closing, the festival, or what was agreed"));
    io("title", r.title);
    io("script", r.script, maybe);
    io("trigger", r.trigger);
    io("outreach", r.outreach);
    io("offset_days", r.offset_days);
    io("festival", r.festival, maybe);
    io("festival_zh", r.festival_zh, maybe);
    io("festival_en", r.festival_en, maybe);
    io("customer_name", r.customer_name, maybe);
    io("owner_name", r.owner_name, maybe);
    io("case_number", r.case_number, maybe);
    io("result", r.result);
    io("note", r.note, maybe);
    io("result_at", r.result_at, maybe);
}
struct RevisitList {
    static constexpr std::string_view kSchema = "RevisitList";
    std::vector<RevisitItem> items;
    std::string next;
};
template <class Io>
void fields(Io& io, RevisitList& l) {
    io("items", l.items);
    io("next", l.next, maybe);
}
struct RevisitQuery {
    std::optional<ShopId> shop_id;
    std::optional<RevisitState> state;
    bool open = false, newest = false;
    std::optional<std::string> owner, from, to;
    std::optional<PlanId> plan_id;
    std::optional<CustomerId> customer_id;
    std::optional<CaseId> case_id;
    Page page;
};
template <class Io>
void fields(Io& io, RevisitQuery& q) {
    io("shop_id", q.shop_id);
    io("state", q.state);
    io("open", q.open, maybe, doc("planned, held or due"));
    io("owner", q.owner, length(1, 128), doc("a staff id, me, or none"));
    io("from", q.from, length(10, 10), doc("first due day, YYYY-MM-DD"));
    io("to", q.to, length(10, 10), doc("last due day"));
    io("plan_id", q.plan_id);
    io("customer_id", q.customer_id, doc("with a customer or a case only theirs, newest first"));
    io("case_id", q.case_id);
    io("newest", q.newest, maybe, doc("by falling due time"));
    fields(io, q.page);
}
Result<RevisitList> list_revisits(Context&, const Actor&, const RevisitQuery&);
using store::RevisitCounts;
Result<RevisitCounts> count_revisits(Context&, const Actor&, const InShop&);

struct MonthQuery {
    std::string month;
    std::optional<ShopId> shop_id;
};
template <class Io>
void fields(Io& io, MonthQuery& q) {
    io("month", q.month, length(7, 7), doc("YYYY-MM"));
    io("shop_id", q.shop_id);
}
struct MonthPlan {
    static constexpr std::string_view kSchema = "MonthPlan";
    std::string date;
    PlanId plan_id;
    std::string title;
    Outreach outreach{};
    std::int64_t tasks = 0, open = 0;
};
template <class Io>
void fields(Io& io, MonthPlan& d) {
    io("date", d.date);
    io("plan_id", d.plan_id);
    io("title", d.title);
    io("outreach", d.outreach);
    io("tasks", d.tasks, doc("all but cancelled and superseded ones"));
    io("open", d.open);
}
struct RevisitMonth {
    static constexpr std::string_view kSchema = "RevisitMonth";
    std::string from, to;
    std::vector<MonthPlan> items;
};
template <class Io>
void fields(Io& io, RevisitMonth& m) {
    io("from", m.from, doc("the Monday on or before the first of the month"));
    io("to", m.to, doc("the Sunday on or after its last day"));
    io("items", m.items);
}
Result<RevisitMonth> revisit_month(Context&, const Actor&, const MonthQuery&);

struct OneRevisit {
    RevisitId revisit_id;
};
template <class Io>
void fields(Io& io, OneRevisit& in) {
    io("revisit_id", in.revisit_id);
}
struct RevisitView {
    static constexpr std::string_view kSchema = "RevisitView";
    RevisitItem item;
    std::string phone, zone, open_case;
    std::int64_t version = 0;
    std::vector<RevisitItem> others;
};
template <class Io>
void fields(Io& io, RevisitView& v) {
    io("item", v.item);
    io("phone", v.phone, maybe, doc("masked"));
    io("zone", v.zone);
    io("open_case", v.open_case, maybe, doc("number of a case of the customer that is not closed"));
    io("version", v.version);
    io("others", v.others, doc("the customer's other revisits, newest first, at most ten"));
}
Result<RevisitView> get_revisit(Context&, const Actor&, const OneRevisit&);

/// The answer of every change of a revisit.
struct RevisitChanged {
    static constexpr std::string_view kSchema = "RevisitChanged";
    RevisitId id;
    RevisitState state{};
    std::int64_t version = 0;
    RevisitId next_id;
};
template <class Io>
void fields(Io& io, RevisitChanged& c) {
    io("id", c.id);
    io("state", c.state);
    io("version", c.version);
    io("next_id", c.next_id, maybe, doc("the call that was agreed"));
}
struct FinishRevisit {
    RevisitId revisit_id;
    RevisitResult result{};
    std::string note;
    Instant next_at;
};
template <class Io>
void fields(Io& io, FinishRevisit& in) {
    io("revisit_id", in.revisit_id);
    io("result", in.result);
    io("note", in.note, maybe, length(0, 2'000));
    io("next_at", in.next_at, maybe, doc("call_back: when; no_answer: perhaps"));
}
Result<RevisitChanged> finish_revisit(Context&, const Actor&, const Guard&, const FinishRevisit&);
struct RescheduleRevisit {
    RevisitId revisit_id;
    Instant due_at;
};
template <class Io>
void fields(Io& io, RescheduleRevisit& in) {
    io("revisit_id", in.revisit_id);
    io("due_at", in.due_at);
}
Result<RevisitChanged> reschedule_revisit(Context&, const Actor&, const Guard&, const RescheduleRevisit&);
struct SkipRevisit {
    RevisitId revisit_id;
    std::string reason;
};
template <class Io>
void fields(Io& io, SkipRevisit& in) {
    io("revisit_id", in.revisit_id);
    io("reason", in.reason, length(1, 500));
}
Result<RevisitChanged> skip_revisit(Context&, const Actor&, const Guard&, const SkipRevisit&);
struct AssignRevisit {
    RevisitId revisit_id;
    StaffId owner_id;
};
template <class Io>
void fields(Io& io, AssignRevisit& in) {
    io("revisit_id", in.revisit_id);
    io("owner_id", in.owner_id, maybe, doc("absent: back to everybody"));
}
Result<RevisitChanged> assign_revisit(Context&, const Actor&, const Guard&, const AssignRevisit&);

/// What time brings: tasks that expire or become due (on hold while a case is open). `settles`: holds are compared with the
/// cases too, which looks at every due task. True when there may be more at once.
Result<bool> wake_revisits(Context&, bool settles = false);
/// Sends the hints of a batch: one a shop when they are many.
void tell_batch(Context&, const std::vector<store::Hint>&);
/// Plans holidays ahead and re-dates what a new plan version or calendar moved, a slice of at most 500 customers a transaction,
/// each with its watermark, at most `slices` of them. True when there is more to do. Repeating it changes nothing.
Result<bool> plan_ahead(Context&, std::int64_t slices);

}  // namespace aftercare::usecase
