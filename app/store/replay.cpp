#include "store/replay.hpp"

#include <algorithm>

#include "sql/case_events.hpp"
#include "sql/erase.hpp"
#include "store/case_state.hpp"
#include "store/event_codec.hpp"
#include "store/hash_chain.hpp"

namespace aftercare::store {
namespace {

struct StoredEvent {
    domain::Event event;
    std::int64_t order_seq = 0;
};
struct Stream {
    domain::CaseState state;
    std::vector<StoredEvent> events;
    std::size_t next = 0;
};

// Reads one stream and checks what can be seen of it alone: seq, chain, payloads.
std::vector<StoredEvent> read_stream(Tx& tx, const CaseId& id, std::vector<Difference>& broken) {
    std::vector<StoredEvent> events;
    std::string prev_hash;
    tx.run(sql::case_events::stream_of, {{"stream", id.value}}, [&](const db::Row& row) {
        const std::int64_t seq = row.integer(0), expected = static_cast<std::int64_t>(events.size()) + 1;
        const auto complain = [&](std::string column, std::string stored, std::string derived) {
            broken.push_back({id.value, "event", std::move(column), std::move(stored), std::move(derived)});
        };
        if (seq != expected) complain("seq", std::to_string(seq), std::to_string(expected));
        auto body = decode_event(row.text(1), row.text(5), row.text(10));
        if (!body) {
            complain("payload", std::string(row.text(1)), body.error().code);
            return;
        }
        StoredEvent each{{Instant{row.integer(2)}, StaffId(std::string(row.text(3))),
                          from_word<Role>(row.text(4)).value_or(Role::system), std::move(*body)},
                         row.integer(7)};
        const std::string hash = chain_hash(prev_hash, id.value, seq, each.event, row.text(5));
        if (row.text(8) != prev_hash) complain("prev_hash", std::string(row.text(8)), prev_hash);
        if (row.text(9) != hash) complain("hash", std::string(row.text(9)), hash);
        prev_hash = row.text(9);
        events.push_back(std::move(each));
    });
    return events;
}

// Applies the next event of a stream on the order's shared ledgers.
void step(Stream& stream, domain::OrderState& shared, std::vector<Difference>& broken) {
    const StoredEvent& each = stream.events[stream.next++];
    stream.state.order = shared;
    domain::apply(stream.state, each.event);
    const std::int64_t moved = stream.state.order.seq == shared.seq ? 0 : stream.state.order.seq;
    if (moved != each.order_seq)
        broken.push_back({stream.state.c.id.value, "event", "order_seq", std::to_string(each.order_seq), std::to_string(moved)});
    shared = std::move(stream.state.order);
}

void run_to_next_move(Stream& stream, domain::OrderState& shared, std::vector<Difference>& broken) {
    while (stream.next < stream.events.size() && stream.events[stream.next].order_seq == 0) step(stream, shared, broken);
}

void merge(std::vector<Stream>& streams, domain::OrderState& shared, std::vector<Difference>& broken) {
    for (;;) {
        Stream* first = nullptr;
        for (Stream& stream : streams) {
            run_to_next_move(stream, shared, broken);
            if (stream.next < stream.events.size() &&
                (!first || stream.events[stream.next].order_seq < first->events[first->next].order_seq))
                first = &stream;
        }
        if (!first) return;
        step(*first, shared, broken);
    }
}

Result<Replay> replay(Tx& tx, const std::vector<CaseId>& ids) {
    Replay result;
    std::vector<Stream> streams;
    domain::OrderState shared;
    for (const CaseId& id : ids) {
        AC_TRY(auto stored, load_case(tx, id, false));
        Stream stream;
        stream.state.c.id = stored.c.id;
        stream.state.c.shop_id = stored.c.shop_id;
        stream.state.c.number = stored.c.number;
        stream.events = read_stream(tx, id, result.broken);
        result.events += static_cast<std::int64_t>(stream.events.size());
        if (!stored.order.order.id.empty())
            shared = domain::opening(stored.order.order, stored.order.lines, stored.order.payments);
        streams.push_back(std::move(stream));
        result.stored.push_back(std::move(stored));
    }
    merge(streams, shared, result.broken);
    for (Stream& stream : streams) {
        stream.state.order = shared;
        result.derived.push_back(std::move(stream.state));
    }
    return result;
}

}  // namespace

Result<Replay> replay_order(Tx& tx, const OrderId& order_id) {
    std::vector<CaseId> ids;
    tx.run(sql::case_events::cases_of_order, {{"order_id", order_id.value}},
           [&](const db::Row& row) { ids.emplace_back(std::string(row.text(0))); });
    return replay(tx, ids);
}

bool derive_again(Tx& tx, const OrderId& order_id) {
    const auto all = replay_order(tx, order_id);
    if (!all || !all->broken.empty()) return false;
    for (const db::Query* part : {&sql::erase::ledger_units, &sql::erase::ledger_money, &sql::erase::ledger_order})
        tx.write(*part, {{"id", order_id.value}});
    for (std::size_t i = 0; i < all->stored.size(); ++i) rewrite_case(tx, all->stored[i].c, all->derived[i]);
    return true;
}

std::vector<domain::Event> events_of(Tx& tx, const CaseId& case_id) {
    std::vector<Difference> broken;
    std::vector<domain::Event> events;
    for (auto& each : read_stream(tx, case_id, broken)) events.push_back(std::move(each.event));
    return events;
}

Result<Replay> replay_case(Tx& tx, const CaseId& case_id) { return replay(tx, {case_id}); }

}  // namespace aftercare::store
