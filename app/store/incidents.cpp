#include "store/incidents.hpp"

#include <set>

#include "db/row.hpp"
#include "sql/incidents.hpp"
#include "store/ties.hpp"

namespace aftercare::store {
namespace {

namespace q = sql::incidents;

template <class T>
std::vector<T> all(Tx& tx, const db::Query& query, db::Args args) {
    std::vector<T> rows;
    tx.run(query, args, [&](const db::Row& row) { rows.push_back(db::read_row<T>(row)); });
    return rows;
}

template <class T>
std::optional<T> first(std::vector<T> rows) {
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

std::vector<LinkedCase> recipients(Tx& tx, const std::vector<std::string>& ids, const ShopId& shop) {
    if (ids.empty()) return {};
    return all<LinkedCase>(tx, q::recipients, {{"ids", std::span(ids)}, {"shop_id", shop.value}});
}

}  // namespace

std::vector<LinkedCase> linked_cases(Tx& tx, const CaseId& incident, const ShopId& shop) {
    std::set<std::string> ids;
    std::vector<CaseId> merged;
    tx.run(q::linked, {{"id", incident.value}}, [&](const db::Row& row) {
        if (row.is_null(1)) ids.emplace(row.text(0));
        else merged.emplace_back(std::string(row.text(1)));
    });
    for (const CaseId& into : merged) ids.insert(target_of(tx, into).value);
    ids.erase(incident.value);
    return recipients(tx, {ids.begin(), ids.end()}, shop);
}

std::optional<LinkedCase> linked_case(Tx& tx, const CaseId& id, const ShopId& shop) { return first(recipients(tx, {id.value}, shop)); }

void insert_reply(Tx& tx, const UnifiedReply& r) {
    tx.write(q::insert_reply,
             {{"id", r.id.value}, {"case_id", r.case_id.value}, {"shop_id", r.shop_id.value}, {"note_id", r.note_id.value},
              {"sent_by", r.sent_by.empty() ? db::Value(nullptr) : db::Value(r.sent_by.value)}, {"sent_at", r.sent_at.ms}}, 1);
}

std::optional<UnifiedReply> find_reply(Tx& tx, const UnifiedReplyId& id) { return first(all<UnifiedReply>(tx, q::reply_by_id, {{"id", id.value}})); }

std::vector<UnifiedReply> replies_of(Tx& tx, const CaseId& incident, std::int64_t limit) {
    return all<UnifiedReply>(tx, q::replies_of, {{"id", incident.value}, {"limit", limit}});
}

bool put_waiting(Tx& tx, const UnifiedReplyId& reply, const CaseId& of) {
    return tx.run(q::put_waiting, {{"reply_id", reply.value}, {"case_id", of.value}}) > 0;
}

std::vector<ReachedRow> waiting_cases(Tx& tx, const UnifiedReplyId& reply, const CaseId& of, std::int64_t limit) {
    return all<ReachedRow>(tx, q::waiting, {{"reply_id", reply.value}, {"case_id", of.value}, {"limit", limit}});
}

bool still_waits(Tx& tx, const UnifiedReplyId& reply, const CaseId& of) {
    bool waits = false;
    tx.run(q::state_in, {{"reply_id", reply.value}, {"case_id", of.value}}, [&](const db::Row& row) { waits = row.text(0) == word(Reached::waiting); });
    return waits;
}

void settle(Tx& tx, const ReachedRow& row) { tx.write(q::settle, db::bind_row(row), 1); }

std::vector<ReachedCase> reached_cases(Tx& tx, const UnifiedReplyId& id) { return all<ReachedCase>(tx, q::reached, {{"id", id.value}}); }

}  // namespace aftercare::store
