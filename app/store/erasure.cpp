#include "store/erasure.hpp"

#include "sql/case_events.hpp"
#include "sql/erasure.hpp"
#include "store/event_codec.hpp"
#include "store/hash_chain.hpp"
#include "store/named.hpp"

namespace aftercare::store {
namespace {

/// Events from before words stood beside the payload: the words leave it, and the stream is chained anew from there.
void take_words_out(Tx& tx, const std::string& stream) {
    struct Old {
        std::int64_t seq = 0;
        domain::Event event;
        std::string payload;
    };
    std::vector<Old> rows;
    bool any = false, whole = true;
    std::string last;
    tx.run(sql::case_events::stream_of, {{"stream", stream}}, [&](const db::Row& row) {
        auto body = decode_event(row.text(1), row.text(5), {});
        if (!body) throw db::DbError(db::DbErrorKind::corrupt, "event " + std::to_string(row.integer(0)) + " of " + stream + " cannot be read");
        Old each{row.integer(0), {Instant{row.integer(2)}, StaffId(std::string(row.text(3))), from_word<Role>(row.text(4)).value_or(Role::system), std::move(*body)},
                 std::string(row.text(5))};
        const bool holds = row.text(8) == last && row.text(9) == chain_hash(last, stream, each.seq, each.event, each.payload);
        whole = whole && holds;
        last = row.text(9);
        EncodedEvent kept = encode_event(each.event.body);
        if (!kept.words.empty()) {
            each.payload = std::move(kept.payload);
            any = true;
        }
        rows.push_back(std::move(each));
    });
    if (!any) return;
    if (!whole) throw db::DbError(db::DbErrorKind::corrupt, "the chain of " + stream + " is broken (see aftercare check): chained anew it would hide that");
    std::string prev_hash;
    for (const Old& each : rows) {
        const std::string hash = chain_hash(prev_hash, stream, each.seq, each.event, each.payload);
        tx.write(sql::erasure::set_event,
                 {{"stream", stream}, {"seq", each.seq}, {"payload", each.payload}, {"prev_hash", prev_hash}, {"hash", hash}}, 1);
        prev_hash = hash;
    }
}

std::vector<std::string> texts(Tx& tx, const db::Query& query, db::Args args) {
    std::vector<std::string> found;
    tx.run(query, args, [&](const db::Row& row) { found.emplace_back(row.text(0)); });
    return found;
}

}  // namespace

Held hold_person(Tx& tx, const CustomerId& customer) {
    tx.write(sql::erasure::hold, {{"customer", customer.value}});
    const auto orders = texts(tx, sql::erasure::hold_orders, {{"customer", customer.value}});  // before their cases, as whoever changes a case does
    return {std::ssize(orders), texts(tx, sql::erasure::hold_cases, {{"customer", customer.value}})};
}

std::vector<std::string> still_open(Tx& tx, const std::vector<std::string>& cases) {
    if (cases.empty()) return {};
    return texts(tx, sql::erasure::open_cases, {{"cases", std::span(cases)}});
}

std::string still_under_way(Tx& tx, const std::vector<std::string>& cases) {
    if (cases.empty()) return {};
    const auto found = texts(tx, sql::erasure::under_way, {{"cases", std::span(cases)}});
    return found.empty() ? std::string() : found.front();
}

void erase_person(Tx& tx, const Erasure& erasure, const std::vector<std::string>& cases, const std::vector<std::string>& names) {
    for (const std::string& stream : cases) take_words_out(tx, stream);
    if (!cases.empty()) run_each(tx, "erasure.cases_", {{"cases", std::span(cases)}});
    const std::string mention = "%" + erasure.customer_id.value + "%";
    run_each(tx, "erasure.person_",
             {{"customer", erasure.customer_id.value}, {"shop", erasure.shop_id.value}, {"reason", word(erasure.reason)}, {"mention", mention},
              {"by", erasure.by.empty() ? db::Value(nullptr) : db::Value(erasure.by.value)}, {"now", erasure.at.ms}});
    for (const std::string& name : names) {
        const std::string mentioned = "%" + name + "%";
        run_each(tx, "erasure.mention_", {{"shop", erasure.shop_id.value}, {"value", name}, {"mention", mentioned}});
    }
}

void forbid_identities(Tx& tx, const ShopId& shop, const std::vector<std::string>& hashes, Instant now) {
    for (const std::string& hash : hashes) tx.write(sql::erasure::forbid, {{"shop", shop.value}, {"value_hash", hash}, {"now", now.ms}});
}

Instant erased_since(Tx& tx, const ShopId& shop, const std::vector<std::string>& hashes) {
    Instant at;
    if (hashes.empty()) return at;
    tx.run(sql::erasure::erased_since, {{"shop", shop.value}, {"hashes", std::span(hashes)}}, [&](const db::Row& row) {
        if (!row.is_null(0)) at = Instant{row.integer(0)};
    });
    return at;
}

void allow_identities(Tx& tx, const ShopId& shop, const std::vector<std::string>& hashes) {
    if (!hashes.empty()) tx.run(sql::erasure::allow, {{"shop", shop.value}, {"hashes", std::span(hashes)}});
}

}  // namespace aftercare::store
