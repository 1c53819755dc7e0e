#include "store/incidents.hpp"

#include <set>

#include "sql/incidents.hpp"
#include "store/answers.hpp"
#include "store/ties.hpp"

namespace aftercare::store {
namespace {

std::vector<LinkedCase> recipients(Tx& tx, const std::vector<std::string>& ids, const ShopId& shop) {
    if (ids.empty()) return {};
    return all<LinkedCase>(tx, sql::incidents::recipients, {{"ids", std::span(ids)}, {"shop_id", shop.value}});
}

}  // namespace

std::vector<LinkedCase> linked_cases(Tx& tx, const CaseId& incident, const ShopId& shop) {
    std::set<std::string> ids;
    std::vector<CaseId> merged;
    tx.run(sql::incidents::linked, {{"id", incident.value}}, [&](const db::Row& row) {
        if (row.is_null(1)) ids.emplace(row.text(0));
        else merged.emplace_back(std::string(row.text(1)));
    });
    for (const CaseId& into : merged) ids.insert(target_of(tx, into).value);
    ids.erase(incident.value);
    return recipients(tx, {ids.begin(), ids.end()}, shop);
}

std::optional<LinkedCase> linked_case(Tx& tx, const CaseId& id, const ShopId& shop) { return first(recipients(tx, {id.value}, shop)); }

void insert_reply(Tx& tx, const UnifiedReply& r) {
    tx.write(sql::incidents::insert_reply,
             {{"id", r.id.value}, {"case_id", r.case_id.value}, {"shop_id", r.shop_id.value}, {"note_id", r.note_id.value},
              {"sent_by", r.sent_by.empty() ? db::Value(nullptr) : db::Value(r.sent_by.value)}, {"sent_at", r.sent_at.ms}}, 1);
}

std::optional<UnifiedReply> find_reply(Tx& tx, const UnifiedReplyId& id) { return first(all<UnifiedReply>(tx, sql::incidents::reply_by_id, {{"id", id.value}})); }

std::vector<UnifiedReply> replies_of(Tx& tx, const CaseId& incident, std::int64_t limit) {
    return all<UnifiedReply>(tx, sql::incidents::replies_of, {{"id", incident.value}, {"limit", limit}});
}

bool put_waiting(Tx& tx, const UnifiedReplyId& reply, const CaseId& of) {
    return tx.run(sql::incidents::put_waiting, {{"reply_id", reply.value}, {"case_id", of.value}}) > 0;
}

std::vector<ReachedRow> waiting_cases(Tx& tx, const UnifiedReplyId& reply, const CaseId& of, std::int64_t limit) {
    return all<ReachedRow>(tx, sql::incidents::waiting, {{"reply_id", reply.value}, {"case_id", of.value}, {"limit", limit}});
}

bool still_waits(Tx& tx, const UnifiedReplyId& reply, const CaseId& of) {
    bool waits = false;
    tx.run(sql::incidents::state_in, {{"reply_id", reply.value}, {"case_id", of.value}}, [&](const db::Row& row) { waits = row.text(0) == word(Reached::waiting); });
    return waits;
}

void settle(Tx& tx, const ReachedRow& row) { tx.write(sql::incidents::settle, db::bind_row(row), 1); }

std::vector<ReachedCase> reached_cases(Tx& tx, const UnifiedReplyId& id) { return all<ReachedCase>(tx, sql::incidents::reached, {{"id", id.value}}); }

}  // namespace aftercare::store
