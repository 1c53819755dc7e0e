#pragma once
#include <optional>
#include <string>
#include <vector>

#include "domain/revisits.hpp"
#include "domain/state.hpp"
#include "store/cases.hpp"
#include "store/store.hpp"

/// Plans, revisits, outcomes, consent. Functions may throw DbError and need no permission.
namespace aftercare::store {

using domain::Plan;
using domain::Revisit;

void insert_plan(Tx&, const Plan&);
/// Its next version; `changed_terms`: with terms of its own.
void update_plan(Tx&, const Plan&, bool changed_terms);
std::vector<Plan> plans_of(Tx&, const std::vector<std::string>& shops);
std::vector<Plan> enabled_plans(Tx&);
std::optional<Plan> find_plan(Tx&, const PlanId&, bool holds = false);

/// False when this plan, occasion and customer have a task already: then nothing is written.
bool insert_revisit(Tx&, const Revisit&);
std::optional<Revisit> find_revisit(Tx&, const RevisitId&, bool holds = false);
void update_revisit(Tx&, const Revisit&);  ///< from the version before

/// A revisit with what lists show beside it.
struct RevisitRow {
    static constexpr std::string_view kSchema = "RevisitRow";
    Revisit revisit;
    domain::PlanTerms terms;  ///< of its version
    std::string customer_name, owner_name, case_number;
    std::optional<RevisitResult> result;
    std::string note;
    Instant result_at;
};
struct RevisitFilter {
    std::vector<std::string> shops, states;
    std::optional<std::string> owner, plan_id, customer_id, case_id, id;
    bool unowned = false, newest_first = false;
    std::int64_t from_day = -1'000'000, to_day = 1'000'000;
};
/// A page by due time. With a customer, a case or an id: newest first. All that is given must fit.
PageOf<RevisitRow> list_revisits(Tx&, const RevisitFilter&, const std::optional<Cursor>& after, std::int64_t limit);

struct DayCount {
    static constexpr std::string_view kSchema = "DayCount";
    std::int64_t due_day = 0;
    PlanId plan_id;
    std::int64_t tasks = 0, open_tasks = 0;
};
template <class Io>
void fields(Io& io, DayCount& d) {
    io("due_day", d.due_day);
    io("plan_id", d.plan_id);
    io("tasks", d.tasks);
    io("open_tasks", d.open_tasks);
}
std::vector<DayCount> count_by_day(Tx&, const std::vector<std::string>& shops, std::int64_t from_day, std::int64_t to_day);
struct RevisitCounts {
    static constexpr std::string_view kSchema = "RevisitCounts";
    std::int64_t mine = 0, due = 0, held = 0, planned = 0, unassigned = 0;
};
template <class Io>
void fields(Io& io, RevisitCounts& c) {
    io("mine", c.mine, doc("due and yours"));
    io("due", c.due, doc("at most 10,000, like the others"));
    io("held", c.held);
    io("planned", c.planned);
    io("unassigned", c.unassigned, doc("due and nobody's"));
}
RevisitCounts count_revisits(Tx&, const std::vector<std::string>& shops, const StaffId& me);
/// The number of a case of the customer that is not closed; empty: none.
std::string open_case_of(Tx&, const CustomerId&);

/// What time and cases bring, a slice at a time; the number of tasks that changed. Each adds its hints.
std::int64_t expire_revisits(Tx&, Instant now, std::int64_t limit, std::vector<Hint>&);
std::int64_t wake_revisits(Tx&, Instant now, std::int64_t limit, std::vector<Hint>&);  ///< due, held while a case is open, or skipped: a greeting that is not wanted
/// due ↔ held, as cases are now: for those that opened or closed without `tend_revisits`. The first looks at every due and held
/// task, so it is for a read.
std::vector<std::string> unsettled_holds(Tx&, std::int64_t limit);
void settle_holds(Tx&, Instant now, const std::vector<std::string>& ids, std::vector<Hint>&);
/// The end of a case: its plans get their tasks, earlier closings' are superseded, held ones of the customer are due. A case
/// that opens holds the customer's due ones. Nothing is planned, held or released without a calendar. The hints must live until the
/// change has ended: PostgreSQL fills them with COMMIT.
void tend_revisits(Tx&, const domain::CaseState& before, const domain::CaseState& after, const domain::Calendar*, bool is_new, std::vector<Hint>&);

void cancel_planned(Tx&, const PlanId&, Instant now);
/// Back to planned; greetings only of those who still want them.
void revive_cancelled(Tx&, const Plan&, Instant now);
/// Of an occasion: what was cancelled because its customer had lost the tag, and has it again.
void revive_tagged(Tx&, const Plan&, const std::string& occasion, Instant now);
bool has_tag(Tx&, const CustomerId&, const std::string& tag);

struct Watermark {
    std::string pass, after_id;
    bool done = false;
};
Watermark find_watermark(Tx&, const PlanId&, const std::string& occasion);
void put_watermark(Tx&, const PlanId&, const std::string& occasion, const Watermark&);
struct Tagged {
    CustomerId id;
    bool planned = false, refuses = false;
};
/// The next customers of a holiday plan's tag after an id, by id.
std::vector<Tagged> tagged(Tx&, const Plan&, const std::string& occasion, const std::string& after_id, std::int64_t limit);
std::int64_t count_tagged(Tx&, const ShopId&, const std::string& tag);
/// Planned tasks of a plan that nobody moved, after an id.
std::vector<Revisit> datable(Tx&, const PlanId&, const std::string& after_id, std::int64_t limit);

void put_outcome(Tx&, const RevisitId&, const domain::Outcome&, const StaffId& by, Instant at);
/// No more marketing; what greets this customer is skipped.
void withdraw_consent(Tx&, const std::string& id, const CustomerId&, const StaffId& by, Instant at, std::vector<Hint>&);

}  // namespace aftercare::store
