#include "store/handovers.hpp"

#include <algorithm>

#include "sql/handovers.hpp"
#include "store/answers.hpp"

namespace aftercare::store {
namespace {

struct Details {
    CaseId case_id;
    std::string number;
    CaseKind kind{};
    std::string topic, customer_name, owner_name, reply;
    Instant said_at;
};
template <class Io>
void fields(Io& io, Details& d) {
    io("case_id", d.case_id);
    io("number", d.number);
    io("kind", d.kind);
    io("topic", d.topic);
    io("customer_name", d.customer_name, maybe);
    io("owner_name", d.owner_name, maybe);
    io("reply", d.reply, maybe);
    io("said_at", d.said_at, maybe);
}

/// A list is never empty.
const std::vector<std::string>& some(const std::vector<std::string>& ids) {
    static const std::vector<std::string> none{""};
    return ids.empty() ? none : ids;
}

}  // namespace

std::vector<Standing> standing(Tx& tx, const ShopId& shop, const Owners& owners, std::int64_t limit) {
    return all<Standing>(tx, sql::handovers::standing,
                         {{"shop", shop.value}, {"everybody", std::int64_t{owners.all}}, {"owners", std::span(some(owners.ids))}, {"nobody", std::int64_t{owners.nobody}}, {"limit", limit}});
}

std::int64_t count_standing(Tx& tx, const ShopId& shop, const Owners& owners) {
    std::int64_t n = 0;
    tx.run(sql::handovers::count_standing,
           {{"shop", shop.value}, {"everybody", std::int64_t{owners.all}}, {"owners", std::span(some(owners.ids))}, {"nobody", std::int64_t{owners.nobody}}},
           [&](const db::Row& row) { n = row.integer(0); });
    return n;
}

void read_details(Tx& tx, std::vector<HandoverItem>& items) {
    if (items.empty()) return;
    std::vector<std::string> ids;
    for (const auto& item : items) ids.push_back(item.case_id.value);
    const auto rows = all<Details>(tx, sql::handovers::details_of, {{"ids", std::span(ids)}});
    for (auto& item : items) {
        const auto at = std::lower_bound(rows.begin(), rows.end(), item.case_id, [](const Details& d, const CaseId& id) { return d.case_id < id; });
        if (at == rows.end() || at->case_id != item.case_id) continue;
        item.number = at->number;
        item.kind = at->kind;
        item.topic = at->topic;
        item.customer_name = at->customer_name;
        item.owner_name = at->owner_name;
        item.reply = at->reply;
        item.said_at = at->said_at;
    }
}

void insert_handover(Tx& tx, const Handover& handover, const std::vector<HandoverItem>& items) {
    tx.write(sql::handovers::insert, db::bind_row(handover), 1);
    std::int64_t position = 0;
    for (const auto& item : items)
        tx.write(sql::handovers::insert_item,
                 db::bind_row(item).with("handover_id", std::string_view(handover.id.value)).with("position", position++), 1);
}

std::optional<Handover> find_handover(Tx& tx, const HandoverId& id) {
    return first(all<Handover>(tx, sql::handovers::find, {{"id", id.value}}));
}

std::vector<HandoverItem> items_of(Tx& tx, const HandoverId& id) { return all<HandoverItem>(tx, sql::handovers::items_of, {{"id", id.value}}); }

std::vector<Handover> list_handovers(Tx& tx, const std::vector<std::string>& shops, std::int64_t limit) {
    return all<Handover>(tx, sql::handovers::list, {{"shops", std::span(shops)}, {"limit", limit}});
}

bool acknowledge(Tx& tx, const HandoverId& id, const StaffId& by, Instant at) {
    return tx.run(sql::handovers::acknowledge, {{"id", id.value}, {"by", by.value}, {"at", at.ms}}) == 1;
}

}  // namespace aftercare::store
