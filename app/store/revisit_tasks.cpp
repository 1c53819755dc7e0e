#include <aftercare/codec/codec.hpp>

#include "db/row.hpp"
#include "sql/revisits.hpp"
#include "store/revisits.hpp"

namespace aftercare::store {
namespace {

/// Of a change that returns (id, shop_id, version) of what it changed.
Hint revisit_of(const db::Row& row) { return {"revisit", std::string(row.text(0)), ShopId(std::string(row.text(1))), row.integer(2)}; }

std::int64_t changed(Tx& tx, const db::Query& query, db::Args args, std::vector<Hint>& hints) {
    std::int64_t count = 0;
    tx.run(query, args, [&](const db::Row& row) {
        hints.push_back(revisit_of(row));
        ++count;
    });
    return count;
}
/// Goes with whatever is sent next, at the latest with COMMIT; `hints` must live until then.
void change_later(Tx& tx, const db::Query& query, db::Args args, std::vector<Hint>& hints) {
    tx.later(query, args, [&hints](const db::Row& row) { hints.push_back(revisit_of(row)); });
}

RevisitRow read_list_row(const db::Row& row) {
    RevisitRow read;
    read.revisit = db::read_row<Revisit>(row);
    const auto text = [&](std::string_view name) { return std::string(row.text(row.find(name))); };
    read.customer_name = text("customer_name");
    read.owner_name = text("owner_name");
    read.case_number = text("case_number");
    if (!row.is_null(row.find("result"))) read.result = from_word<RevisitResult>(text("result"));
    read.note = text("note");
    read.result_at = {row.integer(row.find("result_at"))};
    if (auto terms = decode<domain::PlanTerms>(text("terms"))) read.terms = std::move(*terms);
    return read;
}

/// The tasks of a shop's enabled plans for one closing.
void plan_closing(Tx& tx, const Case& closed, const domain::Calendar& calendar, std::vector<Hint>& hints) {
    std::int64_t closing_no = 0;
    tx.run(sql::revisits::count_closings, {{"case_id", closed.id.value}}, [&](const db::Row& row) { closing_no = row.integer(0); });
    const std::string occasion = domain::closing_occasion(closed.id, closing_no);
    changed(tx, sql::revisits::supersede_of_case, {{"case_id", closed.id.value}, {"occasion", occasion}, {"now", closed.closed_at.ms}}, hints);
    for (const Plan& plan : plans_of(tx, {closed.shop_id.value})) {
        if (!plan.enabled || plan.terms.trigger != PlanTrigger::case_closed) continue;
        Revisit task;
        // A plan has one task per closing, so the id needs no source of its own.
        task.id = RevisitId(closed.id.value + "-" + std::to_string(closing_no) + "-" + plan.id.value);
        task.shop_id = closed.shop_id;
        task.plan_id = plan.id;
        task.plan_version = plan.version;
        task.occasion = occasion;
        task.customer_id = task.origin_customer_id = closed.customer_id;
        task.case_id = closed.id;
        task.owner_id = closed.owner_id;
        task.anchor_day = calendar.day_of(closed.closed_at);
        const auto times = domain::revisit_times(plan.terms, task.anchor_day, calendar, closed.closed_at);
        task.due_day = times.day;
        task.due_at = times.due_at;
        task.expires_at = times.expires_at;
        task.created_at = task.changed_at = closed.closed_at;
        if (insert_revisit(tx, task)) hints.push_back({"revisit", task.id.value, task.shop_id, task.version});
    }
}

}  // namespace

bool insert_revisit(Tx& tx, const Revisit& task) { return tx.run(sql::revisits::insert_task, db::bind_row(task)) == 1; }

std::optional<Revisit> find_revisit(Tx& tx, const RevisitId& id, bool holds) {
    if (holds) tx.run(sql::revisits::hold_task, {{"id", id.value}});
    std::optional<Revisit> found;
    tx.run(sql::revisits::find_task, {{"id", id.value}}, [&](const db::Row& row) { found = db::read_row<Revisit>(row); });
    return found;
}

void update_revisit(Tx& tx, const Revisit& task) {
    tx.write(sql::revisits::update_task, db::bind_row(task).with("version_before", task.version - 1), 1);
}

PageOf<RevisitRow> list_revisits(Tx& tx, const RevisitFilter& filter, const std::optional<Cursor>& after, std::int64_t limit) {
    const bool of_one = filter.customer_id || filter.case_id || filter.id, newest = of_one || filter.newest_first;
    const Cursor start = after.value_or(newest ? Cursor{kLatest.ms + 1, ""} : Cursor{-1, ""});
    PageOf<RevisitRow> page;
    tx.run(of_one ? sql::revisits::rows_of : newest ? sql::revisits::rows_newest : sql::revisits::rows,
           {{"shops", std::span(filter.shops)},
            {"states", std::span(filter.states)},
            {"owner", db::or_null(filter.owner)},
            {"unowned", std::int64_t{filter.unowned}},
            {"plan_id", db::or_null(filter.plan_id)},
            {"customer_id", db::or_null(filter.customer_id)},
            {"case_id", db::or_null(filter.case_id)},
            {"id", db::or_null(filter.id)},
            {"from_day", filter.from_day},
            {"to_day", filter.to_day},
            {"after_at", start.at},
            {"after_id", start.id},
            {"limit", limit + 1}},
           [&](const db::Row& row) {
               if (static_cast<std::int64_t>(page.items.size()) == limit) {
                   const Revisit& last = page.items.back().revisit;
                   page.next = Cursor{last.due_at.ms, last.id.value};
                   return;
               }
               page.items.push_back(read_list_row(row));
           });
    return page;
}

std::vector<DayCount> count_by_day(Tx& tx, const std::vector<std::string>& shops, std::int64_t from_day, std::int64_t to_day) {
    std::vector<DayCount> days;
    tx.run(sql::revisits::month, {{"shops", std::span(shops)}, {"from_day", from_day}, {"to_day", to_day}},
           [&](const db::Row& row) { days.push_back(db::read_row<DayCount>(row)); });
    return days;
}

RevisitCounts count_revisits(Tx& tx, const std::vector<std::string>& shops, const StaffId& me) {
    RevisitCounts counts;
    tx.run(sql::revisits::counts, {{"shops", std::span(shops)}, {"me", me.value}}, [&](const db::Row& row) {
        counts = {row.integer(0), row.integer(1), row.integer(2), row.integer(3), row.integer(4)};
    });
    return counts;
}

std::string open_case_of(Tx& tx, const CustomerId& id) {
    std::string number;
    tx.run(sql::revisits::has_open_case, {{"customer_id", id.value}}, [&](const db::Row& row) { number = row.text(0); });
    return number;
}

std::int64_t expire_revisits(Tx& tx, Instant now, std::int64_t limit, std::vector<Hint>& hints) {
    return changed(tx, sql::revisits::expire_tasks, {{"now", now.ms}, {"limit", limit}}, hints);
}
std::int64_t wake_revisits(Tx& tx, Instant now, std::int64_t limit, std::vector<Hint>& hints) {
    return changed(tx, sql::revisits::wake_tasks, {{"now", now.ms}, {"limit", limit}}, hints);
}
std::vector<std::string> unsettled_holds(Tx& tx, std::int64_t limit) {
    std::vector<std::string> ids;
    tx.run(sql::revisits::unsettled_tasks, {{"limit", limit}}, [&](const db::Row& row) { ids.emplace_back(row.text(0)); });
    return ids;
}
void settle_holds(Tx& tx, Instant now, const std::vector<std::string>& ids, std::vector<Hint>& hints) {
    if (!ids.empty()) changed(tx, sql::revisits::settle_tasks, {{"now", now.ms}, {"ids", std::span(ids)}}, hints);
}

void tend_revisits(Tx& tx, const domain::CaseState& before, const domain::CaseState& after, const domain::Calendar* calendar, bool is_new,
                   std::vector<Hint>& hints) {
    const Case& c = after.c;
    const bool was_closed = !is_new && before.c.closed_at.ms != 0, is_closed = c.closed_at.ms != 0;
    if (c.customer_id.empty() || !calendar || (is_closed == was_closed && !is_new)) return;
    if (!is_closed) {
        change_later(tx, sql::revisits::hold_of_customer, {{"customer_id", c.customer_id.value}, {"now", c.changed_at.ms}}, hints);
        return;
    }
    plan_closing(tx, c, *calendar, hints);
    change_later(tx, sql::revisits::release_of_customer, {{"customer_id", c.customer_id.value}, {"now", c.changed_at.ms}}, hints);
}

std::vector<Revisit> datable(Tx& tx, const PlanId& id, const std::string& after_id, std::int64_t limit) {
    std::vector<Revisit> found;
    tx.run(sql::revisits::planned_of_plan, {{"plan_id", id.value}, {"after_id", after_id}, {"limit", limit}},
           [&](const db::Row& row) { found.push_back(db::read_row<Revisit>(row)); });
    return found;
}

void put_outcome(Tx& tx, const RevisitId& id, const domain::Outcome& outcome, const StaffId& by, Instant at) {
    tx.write(sql::revisits::put_outcome,
             {{"task_id", id.value},
              {"result", word(outcome.result)},
              {"note", outcome.note},
              {"next_at", outcome.next_at.ms},
              {"agent_id", by.empty() ? db::Value(nullptr) : db::Value(std::string_view(by.value))},
              {"at", at.ms}},
             1);
}

void withdraw_consent(Tx& tx, const std::string& id, const CustomerId& customer, const StaffId& by, Instant at, std::vector<Hint>& hints) {
    tx.write(sql::revisits::insert_consent,
             {{"id", id},
              {"customer_id", customer.value},
              {"channel", "all"},
              {"purpose", "marketing"},
              {"state", "withdrawn"},
              {"source", "revisit"},
              {"agent_id", by.empty() ? db::Value(nullptr) : db::Value(std::string_view(by.value))},
              {"at", at.ms}},
             1);
    changed(tx, sql::revisits::skip_of_customer, {{"customer_id", customer.value}, {"reason", "opted_out"}, {"now", at.ms}}, hints);
}

}  // namespace aftercare::store
