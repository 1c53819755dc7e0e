#include "store/outbox.hpp"

#include <algorithm>

#include "db/row.hpp"
#include "sql/outbox.hpp"

namespace aftercare::store {

std::vector<OutboxMessage> claim(Tx& tx, Instant now, std::string_view owner, Instant lease_until, std::int64_t batch) {
    std::vector<OutboxMessage> messages;
    tx.run(sql::outbox::claim,
           {{"now", now.ms}, {"owner", owner}, {"lease_until", lease_until.ms}, {"batch", batch}},
           [&](const db::Row& row) { messages.push_back(db::read_row<OutboxMessage>(row)); });
    std::sort(messages.begin(), messages.end(), [](const OutboxMessage& a, const OutboxMessage& b) {
        return a.due_at != b.due_at ? a.due_at < b.due_at : a.id < b.id;  // RETURNING promises no order
    });
    return messages;
}

void assign(Tx& tx, const MessageId& id, const ConnectorId& connector, Instant lease_until) {
    tx.write(sql::outbox::assign,
             {{"id", id.value}, {"connector_id", connector.value}, {"lease_until", lease_until.ms}}, 1);
}

std::optional<OutboxMessage> find_message(Tx& tx, const MessageId& id) {
    std::optional<OutboxMessage> message;
    tx.run(sql::outbox::find_message, {{"id", id.value}},
           [&](const db::Row& row) { message = db::read_row<OutboxMessage>(row); });
    return message;
}

void finish(Tx& tx, const Claim& claim, OutboxState state, std::string_view last_error, Instant now) {
    tx.write(sql::outbox::finish,
             {{"id", claim.id.value},
              {"owner", claim.owner},
              {"attempts", claim.attempts},
              {"state", word(state)},
              {"last_error", last_error},
              {"now", now.ms}},
             1);
}

void put_back(Tx& tx, const Claim& claim, Instant due_at, bool uses_attempt, bool in_doubt,
              std::string_view last_error) {
    tx.write(sql::outbox::put_back,
             {{"id", claim.id.value},
              {"owner", claim.owner},
              {"attempts", claim.attempts},
              {"attempts_after", claim.attempts - (uses_attempt ? 0 : 1)},
              {"in_doubt", std::int64_t{in_doubt}},
              {"due_at", due_at.ms},
              {"last_error", last_error}},
             1);
}

void return_unused(Tx& tx, const Claim& claim, Instant due_at, std::string_view note) {
    tx.write(sql::outbox::return_unused,
             {{"id", claim.id.value}, {"owner", claim.owner}, {"attempts", claim.attempts}, {"due_at", due_at.ms}, {"note", note}}, 1);
}

void revive(Tx& tx, const MessageId& id, Instant now) {
    tx.write(sql::outbox::revive, {{"id", id.value}, {"now", now.ms}}, 1);
}

std::optional<MoneyState> attempt_state(Tx& tx, const MoneyAttemptId& id) {
    std::optional<MoneyState> state;
    tx.run(sql::outbox::attempt_state, {{"id", id.value}}, [&](const db::Row& row) { state = from_word<MoneyState>(row.text(0)); });
    return state;
}

ConnectorId connector_of(Tx& tx, const CaseId& case_id, std::string_view topic, std::string_view payload) {
    ConnectorId connector;
    tx.run(sql::outbox::connector_of, {{"case_id", case_id.value}, {"topic", topic}, {"payload", payload}},
           [&](const db::Row& row) { connector.value = row.text(0); });
    return connector;
}

std::optional<Instant> next_due(Tx& tx) {
    std::optional<Instant> due;
    tx.run(sql::outbox::next_due, {}, [&](const db::Row& row) {
        if (!row.is_null(0)) due = Instant{row.integer(0)};
    });
    return due;
}

}  // namespace aftercare::store
