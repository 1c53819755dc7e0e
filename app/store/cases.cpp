#include "store/cases.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <tuple>

#include "sql/case_events.hpp"
#include "sql/cases.hpp"
#include "store/answers.hpp"
#include "store/event_codec.hpp"

namespace aftercare::store {
namespace {

constexpr std::int64_t kMostFound = 200;

std::vector<CaseRow> rows_by_id(Tx& tx, const std::vector<std::string>& ids, const std::vector<std::string>& shops) {
    if (ids.empty()) return {};
    return all<CaseRow>(tx, sql::cases::rows_by_id, {{"ids", std::span(ids)}, {"shops", std::span(shops)}});
}

/// The walk that finds what is asked for. `fallen`: from the latest to the oldest.
struct Walk {
    const db::Query* query;
    bool fallen;
};
Walk walk_for(const CaseFilter& f) {
    namespace q = sql::cases;
    if (f.cause) return {&q::opened_of_cause, true};
    if (f.opened_from || f.opened_before) return {&q::opened_between, true};
    const bool fallen = f.sort != CaseSort::due;
    if (f.urgent) return {fallen ? &q::latest_of_urgent : &q::due_of_urgent, fallen};
    if (f.owner) return {fallen ? &q::latest_of_owner : &q::due_of_owner, fallen};
    if (f.unowned) return {fallen ? &q::latest_of_nobody : &q::due_of_nobody, fallen};
    if (f.header) return {fallen ? &q::latest_of_header : &q::due_of_header, fallen};
    if (f.kind) return {fallen ? &q::latest_of_kind : &q::due_of_kind, fallen};
    return {!fallen ? &q::due : f.sort == CaseSort::changed ? &q::changed : &q::opened, fallen};
}

/// Where the first `limit` stand after `after`, shop by shop and status by status; at least `limit` unless there are fewer.
std::vector<Cursor> walk(Tx& tx, const CaseFilter& filter, const Walk& walk, const Cursor& after, std::int64_t limit) {
    std::vector<Cursor> found;
    for (const auto& shop : filter.shops)
        for (const auto& status : filter.statuses)
            tx.run(*walk.query,
                   {{"shop", shop},
                    {"status", status},
                    {"kind", db::or_null(filter.kind)},
                    {"header", db::or_null(filter.header)},
                    {"owner", db::or_null(filter.owner)},
                    {"unowned", std::int64_t{filter.unowned}},
                    {"urgent", std::int64_t{filter.urgent}},
                    {"cause", db::or_null(filter.cause)},
                    {"from", filter.opened_from.value_or(Instant{}).ms},
                    {"before", filter.opened_before.value_or(Instant{kLatest.ms + 1}).ms},
                    {"opened", std::int64_t{filter.sort == CaseSort::opened}},
                    {"due_before", filter.due_before.ms},
                    {"after_at", after.at},
                    {"after_id", after.id},
                    {"limit", limit}},
                   [&](const db::Row& row) { found.push_back({row.integer(1), std::string(row.text(0))}); });
    return found;
}

/// Beyond the last page of a falling order stands the largest value.
Cursor start_of(const Walk& walk) { return walk.fallen ? Cursor{kLatest.ms + 1, ""} : Cursor{-1, ""}; }

MessageId note_of(const TimelineEvent& event) {
    const auto body = decode_event(event.type, event.data.text, {});
    if (!body) return {};
    return std::visit(
        [](const auto& each) -> MessageId {
            if constexpr (requires { each.note_id; }) return each.note_id;
            else return {};
        },
        *body);
}

}  // namespace

Result<std::optional<Cursor>> parse_cursor(const std::string& text) {
    if (text.empty()) return std::optional<Cursor>{};
    Cursor cursor;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, cursor.at);
    if (error != std::errc{} || stop == end || *stop != '.') return fail_field("/after", "bad_cursor");
    cursor.id.assign(stop + 1, end);
    return std::optional(std::move(cursor));
}

std::string print_cursor(const Cursor& cursor) { return std::to_string(cursor.at) + "." + cursor.id; }

std::string prefix_end(std::string prefix) { return prefix + "\xF4\x8F\xBF\xBF"; }  // U+10FFFF sorts after every text

std::string phone_last4(const std::string& text) {
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9') digits.push_back(c);
        else if (c == '-' && digits.size() >= 11) break;  // the extension of a relay number
        else if (c != ' ' && c != '+' && c != '-' && c != '*') return {};
    }
    return digits.size() < 4 ? std::string() : digits.substr(digits.size() - 4);
}

PageOf<CaseRow> list_cases(Tx& tx, const CaseFilter& filter, const std::optional<Cursor>& after, std::int64_t limit) {
    const Walk way = walk_for(filter);
    auto found = walk(tx, filter, way, after.value_or(start_of(way)), limit + 1);
    std::sort(found.begin(), found.end(), [&](const Cursor& a, const Cursor& b) {
        return way.fallen ? std::tie(a.at, a.id) > std::tie(b.at, b.id) : std::tie(a.at, a.id) < std::tie(b.at, b.id);
    });
    PageOf<CaseRow> page;
    if (std::ssize(found) > limit) {  // one more than asked: there is a next page
        found.resize(static_cast<std::size_t>(limit));
        page.next = found.back();
    }
    std::vector<std::string> ids;
    for (const Cursor& each : found) ids.push_back(each.id);
    std::map<std::string, CaseRow> rows;
    for (CaseRow& row : rows_by_id(tx, ids, filter.shops)) rows.emplace(row.c.id.value, std::move(row));
    for (const auto& id : ids)
        if (const auto row = rows.find(id); row != rows.end()) page.items.push_back(std::move(row->second));
    return page;
}

std::int64_t count_filtered(Tx& tx, const CaseFilter& filter, std::int64_t limit) {
    const Walk way = walk_for(filter);
    return std::min<std::int64_t>(std::ssize(walk(tx, filter, way, start_of(way), limit)), limit);
}

std::vector<CaseRow> find_cases(Tx& tx, const std::vector<std::string>& shops, const std::string& text) {
    std::vector<std::string> ids;
    const std::string number = text.starts_with('#') ? text.substr(1) : text;
    const std::string end = prefix_end(text), number_end = prefix_end(number), last4 = phone_last4(text);
    for (const std::string& shop : shops)
        tx.run(sql::cases::find,
               {{"shop", shop}, {"number", number}, {"number_end", number_end}, {"q", text}, {"q_end", end}, {"last4", last4.empty() ? "none" : last4}, {"limit", kMostFound}},
               [&](const db::Row& row) { ids.emplace_back(row.text(0)); });
    std::sort(ids.begin(), ids.end(), std::greater());
    if (std::ssize(ids) > kMostFound) ids.resize(kMostFound);
    return rows_by_id(tx, ids, shops);
}

std::vector<CaseRow> cases_of_order(Tx& tx, const OrderId& id, const std::vector<std::string>& shops) {
    std::vector<std::string> ids;
    tx.run(sql::cases::ids_of_order, {{"id", id.value}}, [&](const db::Row& row) { ids.emplace_back(row.text(0)); });
    return rows_by_id(tx, ids, shops);
}

std::vector<CaseRow> cases_of_customer(Tx& tx, const CustomerId& id, const std::vector<std::string>& shops) {
    std::vector<std::string> ids;
    tx.run(sql::cases::ids_of_customer, {{"id", id.value}}, [&](const db::Row& row) { ids.emplace_back(row.text(0)); });
    return rows_by_id(tx, ids, shops);
}

CaseCounts count_cases(Tx& tx, const std::vector<std::string>& shops, const StaffId& me, Instant soon) {
    CaseCounts counts;
    const std::map<std::string_view, std::int64_t*> places{{"open", &counts.to_act}, {"waiting_customer", &counts.waiting_customer},
        {"waiting_partner", &counts.waiting_partner}, {"resolved", &counts.resolved}, {"due_soon", &counts.due_soon}, {"unassigned", &counts.unassigned},
        {"my_open", &counts.mine_to_act}, {"my_waiting_customer", &counts.mine_waiting_customer}, {"my_waiting_partner", &counts.mine_waiting_partner},
        {"my_due_soon", &counts.mine_due_soon}, {"refunds", &counts.refunds_to_settle}, {"tasks", &counts.open_tasks}};
    tx.run(sql::cases::counts, {{"shops", std::span(shops)}, {"me", me.value}, {"soon", soon.ms}, {"most", CaseCounts::kMost}},
           [&](const db::Row& row) { *places.at(row.text(0)) = row.integer(1); });
    counts.all_open = std::min(counts.to_act + counts.waiting_customer + counts.waiting_partner, CaseCounts::kMost);
    counts.mine = std::min(counts.mine_to_act + counts.mine_waiting_customer + counts.mine_waiting_partner, CaseCounts::kMost);
    return counts;
}

std::vector<TimelineEvent> timeline(Tx& tx, const CaseId& id, std::int64_t after) {
    std::vector<TimelineEvent> events;
    tx.run(sql::case_events::events_after, {{"stream", id.value}, {"after", after}}, [&](const db::Row& row) {
        TimelineEvent& event = events.emplace_back(db::read_row<TimelineEvent>(row));
        if (const std::string_view words = row.text(9); !words.empty())
            if (const auto body = decode_event(event.type, event.data.text, words)) event.data.text = whole_event(*body);
    });
    std::map<std::string, std::pair<std::string, std::string>> notes;
    tx.run(sql::case_events::notes_of_case, {{"case_id", id.value}},
           [&](const db::Row& row) { notes.emplace(row.text(0), std::pair(row.text(1), row.text(2))); });
    if (notes.empty()) return events;
    for (TimelineEvent& event : events)
        if (const auto note = notes.find(note_of(event).value); note != notes.end()) std::tie(event.note, event.photo_ref) = note->second;
    return events;
}

Result<ShopId> shop_of_case(Tx& tx, const CaseId& id) {
    ShopId found;
    tx.run(sql::cases::shop_of_case, {{"id", id.value}}, [&](const db::Row& row) { found.value = row.text(0); });
    if (found.empty()) return fail(ErrorKind::not_found, "case_not_found");
    return found;
}

Result<CaseId> case_of_task(Tx& tx, const TaskId& id) {
    CaseId found;
    tx.run(sql::cases::case_of_task, {{"id", id.value}}, [&](const db::Row& row) { found.value = row.text(0); });
    if (found.empty()) return fail(ErrorKind::not_found, "task_not_found");
    return found;
}

PageOf<RefundRow> list_refunds(Tx& tx, const std::vector<std::string>& shops, const std::vector<std::string>& states,
                               const std::optional<Cursor>& after, std::int64_t limit) {
    const Cursor start = after.value_or(Cursor{-1, ""});
    PageOf<RefundRow> page;
    page.items = all<RefundRow>(tx, sql::cases::refunds,
                                {{"states", std::span(states)},
                                 {"shops", std::span(shops)},
                                 {"after_at", start.at},
                                 {"after_id", start.id},
                                 {"limit", limit + 1}});
    if (static_cast<std::int64_t>(page.items.size()) > limit) {
        page.items.pop_back();
        page.next = Cursor{page.items.back().leg.changed_at.ms, page.items.back().leg.id.value};
    }
    return page;
}

}  // namespace aftercare::store
