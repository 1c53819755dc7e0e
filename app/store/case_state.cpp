#include "store/case_state.hpp"

#include <algorithm>

#include "db/row.hpp"
#include "domain/asked.hpp"
#include "domain/operations.hpp"
#include "sql/case_events.hpp"
#include "sql/case_state.hpp"
#include "sql/order_state.hpp"
#include "store/approvals.hpp"
#include "store/event_codec.hpp"
#include "store/hash_chain.hpp"
#include "store/policies.hpp"
#include "store/revisits.hpp"
#include "store/rosters.hpp"
#include "store/webhooks.hpp"

namespace aftercare::store {
namespace {

constexpr std::int64_t kMostKept = 101;       // PolicyTerms::keep_goods_count is at most 100
constexpr Duration kLongestKept = days(3650);  // PolicyTerms::keep_goods_days
constexpr Duration kLongestMonth = days(32);  // and the day by which its begin may differ in another zone

using db::bind_row;
using db::read_row;

/// What whoever receives the goods hears, by a plugin or a webhook.
bool is_about_a_return(const domain::Effect& effect) {
    return std::holds_alternative<domain::AnnounceReturn>(effect) || std::holds_alternative<domain::UpdateReturn>(effect) ||
           std::holds_alternative<domain::CancelReturn>(effect);
}

// Reads a child table of a case into `rows`; PostgreSQL sends several of these in one trip.
template <class T>
void collect(Tx& tx, const db::Query& query, std::string_view name, const std::string& id, std::vector<T>& rows) {
    tx.later(query, {{name, id}}, [&rows](const db::Row& row) { rows.push_back(read_row<T>(row)); });
}

// apply only appends and edits, so rows of `after` beyond `before` are new and the rest may have changed.
template <class T>
void put_changed(Tx& tx, const db::Query& put, const std::vector<T>& before, const std::vector<T>& after,
                 const CaseId& case_id) {
    for (std::size_t i = 0; i < after.size(); ++i)
        if (i >= before.size() || !(before[i] == after[i]))
            tx.write(put, bind_row(after[i]).with("case_id", std::string_view(case_id.value)), 1);
}

void put_ledgers(Tx& tx, const domain::OrderState& before, const domain::OrderState& after) {
    if (before.seq == after.seq) return;
    const std::string_view order_id = after.order.id.value;
    tx.write(sql::order_state::put_ledger,
             {{"order_id", order_id}, {"seq", after.seq}, {"shipping_refunded", std::int64_t{after.shipping_refunded}}}, 1);
    for (std::size_t i = before.lines.size(); i < after.lines.size(); ++i)
        if (!after.lines[i].origin_leg_id.empty()) tx.write(sql::order_state::put_made_line, bind_row(after.lines[i]), 1);
    for (std::size_t i = before.payments.size(); i < after.payments.size(); ++i)
        if (!after.payments[i].origin_leg_id.empty()) tx.write(sql::order_state::put_made_payment, bind_row(after.payments[i]), 1);
    for (const OrderLine& line : after.lines) {
        const auto runs_of = [&](const std::vector<UnitRun>& units) {
            std::vector<UnitRun> runs;
            std::copy_if(units.begin(), units.end(), std::back_inserter(runs),
                         [&](const UnitRun& run) { return run.order_line_id == line.id; });
            return runs;
        };
        const auto runs = runs_of(after.units);
        if (before.seq > 0 && runs == runs_of(before.units)) continue;
        if (before.seq > 0) tx.write(sql::order_state::drop_units, {{"order_id", order_id}, {"order_line_id", line.id.value}});
        for (const UnitRun& run : runs) tx.write(sql::order_state::insert_units, bind_row(run).with("order_id", order_id), 1);
    }
    for (std::size_t i = 0; i < after.money.size(); ++i)
        if (before.seq == 0 || i >= before.money.size() || !(before.money[i] == after.money[i]))
            tx.write(sql::order_state::put_money, bind_row(after.money[i]).with("order_id", order_id), 1);
}

// Rows without a clock sort last in the queue.
std::int64_t due_sort(const Case& c) { return c.due_at.ms == 0 ? kLatest.ms : c.due_at.ms; }

void put_case(Tx& tx, const Case& c, std::int64_t version_before, bool is_new) {
    auto row = bind_row(c).with("due_sort", due_sort(c));
    if (is_new) tx.write(sql::case_state::insert_case, row, 1);
    else tx.write(sql::case_state::update_case, std::move(row).with("version_before", version_before), 1);
}

void put_children(Tx& tx, const domain::CaseState& before, const domain::CaseState& after) {
    const CaseId& id = after.c.id;
    put_changed(tx, sql::case_state::put_operation, before.operations, after.operations, id);
    put_changed(tx, sql::case_state::put_operation_line, before.lines, after.lines, id);
    put_changed(tx, sql::case_state::put_inbound_leg, before.inbound, after.inbound, id);
    put_changed(tx, sql::case_state::put_inbound_line, before.inbound_lines, after.inbound_lines, id);
    put_changed(tx, sql::case_state::put_inspection_record, before.inspections, after.inspections, id);
    put_changed(tx, sql::case_state::put_money_leg, before.money, after.money, id);
    put_changed(tx, sql::case_state::put_money_attempt, before.attempts, after.attempts, id);
    put_changed(tx, sql::case_state::put_outbound_leg, before.outbound, after.outbound, id);
    put_changed(tx, sql::case_state::put_outbound_line, before.outbound_lines, after.outbound_lines, id);
    put_changed(tx, sql::case_state::put_clock, before.clocks, after.clocks, id);
    put_changed(tx, sql::case_state::put_task, before.tasks, after.tasks, id);
}

std::string last_hash(Tx& tx, const Case& c) {
    std::string hash;
    tx.run(sql::case_events::last_hash, {{"stream", c.id.value}, {"seq", c.version}},
           [&](const db::Row& row) { hash = row.text(0); });
    return hash;
}

// The case in which this number is on its way. Whoever else asks for the number waits until this change has ended.
std::string hold_tracking(Tx& tx, const ShopId& shop, const std::string& tracking) {
    tx.run(sql::case_state::hold_tracking, {{"tracking", shop.value + " " + tracking}});
    std::string number;
    tx.run(sql::case_state::case_with_tracking, {{"shop_id", shop.value}, {"tracking", tracking}},
           [&](const db::Row& row) { number = row.text(0); });
    return number;
}

/// Queued: `around` is filled by the next flush and must live until then.
void ask_surroundings(Tx& tx, const Case& c, Instant now, CaseSurroundings& around) {
    tx.later(sql::order_state::policies_for, {{"case_id", c.id.value}, {"shop_id", c.shop_id.value}, {"now", now.ms}},
             [&](const db::Row& row) { around.policies.push_back(read_policy(row)); });
    ask_calendar(tx, c.shop_id, around.calendar);
    if (!c.order_id.empty())
        tx.later(sql::order_state::categories_of_order, {{"shop_id", c.shop_id.value}, {"order_id", c.order_id.value}},
                 [&](const db::Row& row) { around.known.categories.emplace_back(row.text(0), row.text(1)); });
}

/// Goods that the customer keeps wait to be approved.
bool asks_kept(const domain::CaseState& state) {
    return std::any_of(state.operations.begin(), state.operations.end(),
                       [](const Operation& o) { return o.sub_kind == SubKind::keep_goods && !domain::is_over(o.decision); });
}

bool is_reissue(const Operation& operation) { return operation.kind == OperationKind::reissue; }
bool has_reissue(const domain::CaseState& state) { return std::any_of(state.operations.begin(), state.operations.end(), is_reissue); }

/// A compensation waits to be approved, and some policy has a budget for it.
bool asks_budget(const domain::CaseState& state, const std::vector<domain::Policy>& policies) {
    const bool asks = std::any_of(state.operations.begin(), state.operations.end(),
                                  [](const Operation& o) { return o.sub_kind == SubKind::goodwill && o.decision == DecisionState::requested; });
    return asks && std::any_of(policies.begin(), policies.end(), [](const domain::Policy& p) { return p.terms.compensation_budget_minor.has_value(); });
}

/// What the answers come to once they are there. The newest of valid versions came first, so a policy of a foreign channel may stand in front.
void finish_surroundings(Tx& tx, const domain::CaseState& state, Instant now, CaseSurroundings& around) {
    load_special(tx, around.calendar);
    auto& policies = around.policies;
    const domain::Policy* now_in_force = domain::in_force(policies, state.order.order.channel, now);
    if (!now_in_force) throw db::DbError(db::DbErrorKind::corrupt, "shop " + state.c.shop_id.value + " has no policy in force");
    std::swap(policies.front(), policies[static_cast<std::size_t>(now_in_force - policies.data())]);
    if (asks_kept(state)) load_kept(tx, state, now, around.known);
    if (has_reissue(state)) load_again(tx, state, around.known);
    if (asks_budget(state, policies)) load_given(tx, state.c.shop_id, policies.front(), now, around.known);
    const auto& tasks = state.tasks;
    if (std::any_of(tasks.begin(), tasks.end(), [](const Task& t) { return t.code == domain::kApprovalTask && t.state == TaskState::open; }))
        around.known.asks = open_asks(tx, state.c.id);
}

/// Queued: whoever comes later waits until this change ends. What is asked after it sees what was committed before.
void hold(Tx& tx, const db::Query& query, std::string_view id) {
    tx.later(query, {{"id", id}}, [](const db::Row&) {});
}

bool asks_reissue(const CaseDecision& made) {
    return std::any_of(made.decision.events.begin(), made.decision.events.end(), [](const domain::Event& event) {
        const auto* asked = std::get_if<domain::OperationRequested>(&event.body);
        return asked && is_reissue(asked->operation);
    });
}

/// A case that asks for its first reissue is decided twice: only then does it matter what other cases of the order send again.
Result<CaseDecision> decide_knowing(Tx& tx, const domain::CaseState& before, CaseSurroundings& around, const Decide& decide) {
    AC_TRY(CaseDecision made, decide(before, around));
    if (has_reissue(before) || !asks_reissue(made)) return made;
    load_again(tx, before, around.known);
    return decide(before, around);
}

Result<CaseChanged> decide_and_save(Tx& tx, const domain::CaseState& before, CaseSurroundings around, const Decide& decide,
                                    bool is_new, std::vector<Hint>& hints, const Wanted& wanted = {}) {
    if (!wanted.tracking.empty()) around.tracking_used_by = hold_tracking(tx, before.c.shop_id, wanted.tracking);
    AC_TRY(const CaseDecision decided, decide_knowing(tx, before, around, decide));
    if (decided.decision.events.empty())  // a repeated answer, receipt or record: nothing to do
        return CaseChanged{before.c.id, before.c.number, before.c.status, before.c.version, {}, {}};
    AC_CHECK(name_photos(tx, before.c.shop_id, before.c.id.value, decided.photos));
    const domain::CaseState after = save_decision(tx, before, decided, is_new);
    CaseChanged answer{after.c.id, after.c.number, after.c.status, after.c.version, {}, {}};
    for (const domain::Event& event : decided.decision.events) {
        answer.events.emplace_back(domain::type_of(event));
        if (auto operation = operation_of(event); !operation.empty()) answer.operation_id = std::move(operation);
    }
    tend_revisits(tx, before, after, decided.calendar, is_new, hints);
    hints.push_back({"case", after.c.id.value, after.c.shop_id, after.c.version});
    if (!decided.decision.effects.empty()) hints.push_back({"outbox", after.c.id.value, after.c.shop_id, after.c.version});
    return answer;
}

}  // namespace

const domain::Policy& CaseSurroundings::policy_for(const domain::CaseState& state, const OperationId& operation) const {
    const auto wanted = std::find_if(state.operations.begin(), state.operations.end(),
                                     [&](const Operation& o) { return o.id == operation; });
    if (wanted != state.operations.end())
        for (const auto& policy : policies)
            if (policy.id == wanted->policy_id) return policy;
    return policies.front();
}

void load_kept(Tx& tx, const domain::CaseState& state, Instant now, domain::Known& known) {
    known.kept.clear();
    const CustomerId& customer = state.c.customer_id.empty() ? state.order.order.customer_id : state.c.customer_id;
    if (customer.empty()) return;
    tx.run(sql::order_state::kept_by_customer, {{"customer_id", customer.value}, {"since", (now - kLongestKept).ms}, {"limit", kMostKept}},
           [&](const db::Row& row) { known.kept.push_back({OperationId(std::string(row.text(0))), {row.integer(1)}}); });
}

void load_again(Tx& tx, const domain::CaseState& state, domain::Known& known) {
    if (state.order.order.id.empty()) return;
    known.again.clear();
    known.again_cost_minor = 0;
    OperationId last;
    tx.run(sql::order_state::sent_again, {{"order_id", state.order.order.id.value}, {"case_id", state.c.id.value}}, [&](const db::Row& row) {
        const OperationId id{std::string(row.text(0))};
        if (row.integer(4) > 0) known.again.push_back({OrderLineId(std::string(row.text(3))), row.integer(4)});
        if (id != last) known.again_cost_minor += row.integer(2);
        last = id;
    });
}

void load_given(Tx& tx, const ShopId& shop, const domain::Policy& policy, Instant now, domain::Known& known) {
    known.given.clear();
    tx.run(sql::order_state::compensated, {{"shop_id", shop.value}, {"channel", policy.channel}, {"since", (now - kLongestMonth).ms}},
           [&](const db::Row& row) { known.given.push_back({{row.integer(0)}, row.integer(1)}); });
}

Result<domain::OrderState> order_of_line(Tx& tx, const OrderLineId& line) {
    OrderId order;
    tx.run(sql::order_state::order_of_line, {{"id", line.value}}, [&](const db::Row& row) { order = OrderId(std::string(row.text(0))); });
    if (order.empty()) return fail(ErrorKind::not_found, "order_not_found");
    return load_order(tx, order, false);
}

Result<domain::OrderState> load_order(Tx& tx, const OrderId& id, bool holds) {
    if (holds) hold(tx, sql::order_state::hold_order, id.value);
    Order order;
    std::vector<OrderLine> lines;
    std::vector<Payment> payments;
    std::vector<UnitRun> units;
    std::vector<MoneyLedger> money;
    std::int64_t seq = 0;
    bool shipping_refunded = false;
    tx.later(sql::order_state::find_order, {{"id", id.value}}, [&](const db::Row& row) { order = read_row<Order>(row); });
    collect(tx, sql::order_state::lines_of_order, "order_id", id.value, lines);
    collect(tx, sql::order_state::payments_of_order, "order_id", id.value, payments);
    tx.later(sql::order_state::ledger_of_order, {{"order_id", id.value}}, [&](const db::Row& row) {
        seq = row.integer(0);
        shipping_refunded = row.integer(1) != 0;
    });
    collect(tx, sql::order_state::units_of_order, "order_id", id.value, units);
    collect(tx, sql::order_state::money_of_order, "order_id", id.value, money);
    tx.flush();
    if (order.id.empty()) return fail(ErrorKind::not_found, "order_not_found");
    auto state = domain::opening(std::move(order), lines, payments);
    if (seq == 0) return state;
    state.lines = std::move(lines);  // those too that exchanges made
    for (const Payment& payment : payments)
        if (!payment.origin_leg_id.empty()) state.money.push_back({payment.id, payment.captured_minor, 0, 0, 0});
    state.payments = std::move(payments);
    state.seq = seq;
    state.shipping_refunded = shipping_refunded;
    state.units = std::move(units);
    for (MoneyLedger& ledger : state.money)  // in payment order, whatever order the rows have
        for (const MoneyLedger& row : money)
            if (row.payment_id == ledger.payment_id) ledger = row;
    return state;
}

Result<domain::CaseState> load_case(Tx& tx, const CaseId& id, bool holds) {
    OrderId order_id;
    tx.run(sql::order_state::order_of_case, {{"id", id.value}},
           [&](const db::Row& row) { order_id = OrderId(std::string(row.text(0))); });
    if (holds) {
        if (!order_id.empty()) hold(tx, sql::order_state::hold_order, order_id.value);
        hold(tx, sql::order_state::hold_case, id.value);
    }
    domain::CaseState state;
    tx.later(sql::case_state::find_case, {{"id", id.value}}, [&](const db::Row& row) { state.c = read_row<Case>(row); });
    collect(tx, sql::case_state::operations_of_case, "case_id", id.value, state.operations);
    collect(tx, sql::case_state::operation_lines_of_case, "case_id", id.value, state.lines);
    collect(tx, sql::case_state::inbound_legs_of_case, "case_id", id.value, state.inbound);
    collect(tx, sql::case_state::inbound_lines_of_case, "case_id", id.value, state.inbound_lines);
    collect(tx, sql::case_state::inspection_records_of_case, "case_id", id.value, state.inspections);
    collect(tx, sql::case_state::money_legs_of_case, "case_id", id.value, state.money);
    collect(tx, sql::case_state::money_attempts_of_case, "case_id", id.value, state.attempts);
    collect(tx, sql::case_state::outbound_legs_of_case, "case_id", id.value, state.outbound);
    collect(tx, sql::case_state::outbound_lines_of_case, "case_id", id.value, state.outbound_lines);
    collect(tx, sql::case_state::clocks_of_case, "case_id", id.value, state.clocks);
    collect(tx, sql::case_state::tasks_of_case, "case_id", id.value, state.tasks);
    tx.flush();
    if (state.c.id.empty()) return fail(ErrorKind::not_found, "case_not_found");
    if (!order_id.empty()) {
        AC_TRY(state.order, load_order(tx, order_id, false));
    }
    return state;
}

CaseSurroundings load_surroundings(Tx& tx, const domain::CaseState& state, Instant now) {
    CaseSurroundings around;
    ask_surroundings(tx, state.c, now, around);
    tx.flush();
    finish_surroundings(tx, state, now, around);
    return around;
}

domain::CaseState save_decision(Tx& tx, const domain::CaseState& before, const CaseDecision& decided, bool is_new) {
    domain::CaseState after = before;
    std::string prev_hash = is_new ? std::string() : last_hash(tx, before.c);
    struct EventRow {
        const domain::Event& event;
        std::int64_t seq, order_seq;
        EncodedEvent kept;
        std::string prev_hash, hash;
    };
    std::vector<EventRow> rows;
    for (const domain::Event& event : decided.decision.events) {
        const std::int64_t order_seq = after.order.seq;
        domain::apply(after, event);
        EventRow row{event, after.c.version, after.order.seq == order_seq ? 0 : after.order.seq, encode_event(event.body), prev_hash, {}};
        row.hash = chain_hash(prev_hash, after.c.id.value, row.seq, event, row.kept.payload);
        prev_hash = row.hash;
        rows.push_back(std::move(row));
    }
    put_case(tx, after.c, before.c.version, is_new);
    for (const EventRow& row : rows) {
        const bool moves = row.order_seq > 0;
        tx.write(sql::case_events::insert_event,
                 {{"stream", after.c.id.value},
                  {"seq", row.seq},
                  {"type", domain::type_of(row.event)},
                  {"at", row.event.at.ms},
                  {"actor_id", row.event.actor_id.empty() ? db::Value(nullptr) : db::Value(row.event.actor_id.value)},
                  {"actor_role", word(row.event.actor_role)},
                  {"payload", row.kept.payload},
                  {"order_id", moves ? db::Value(after.order.order.id.value) : db::Value(nullptr)},
                  {"order_seq", moves ? db::Value(row.order_seq) : db::Value(nullptr)},
                  {"prev_hash", row.prev_hash},
                  {"hash", row.hash},
                  {"words", row.kept.words}},
                 1);
    }
    put_children(tx, before, after);
    put_ledgers(tx, before.order, after.order);
    for (const Note& note : decided.notes) tx.write(sql::case_events::insert_note, bind_row(note), 1);
    for (std::size_t i = 0; i < decided.decision.effects.size(); ++i) {
        const domain::Effect& effect = decided.decision.effects[i];
        // One change makes at most 99 effects, and a case version is used once: the id needs no source of its own.
        const std::string id = after.c.id.value + "-" + std::to_string(after.c.version) + "-" + std::to_string(i);
        const std::string payload = encode_effect(effect);
        tx.write(sql::case_events::insert_effect,
                 {{"id", id},
                  {"topic", topic_of(effect)},
                  {"payload", payload},
                  {"shop_id", after.c.shop_id.value},
                  {"case_id", after.c.id.value},
                  {"now", after.c.changed_at.ms}},
                 1);
        if (is_about_a_return(effect))
            fan_out(tx, id, after.c.shop_id, after.c.id, {std::string(topic_of(effect)), {payload}}, after.c.changed_at);
    }
    return after;
}

void rewrite_case(Tx& tx, const Case& stored, const domain::CaseState& derived) {
    for (const db::Query* drop :
         {&sql::case_state::drop_operation, &sql::case_state::drop_operation_line, &sql::case_state::drop_inbound_leg,
          &sql::case_state::drop_inbound_line, &sql::case_state::drop_inspection_record, &sql::case_state::drop_money_leg,
          &sql::case_state::drop_money_attempt, &sql::case_state::drop_outbound_leg, &sql::case_state::drop_outbound_line,
          &sql::case_state::drop_clock, &sql::case_state::drop_task})
        tx.write(*drop, {{"case_id", stored.id.value}});
    put_case(tx, derived.c, stored.version, false);
    put_children(tx, {}, derived);
    tx.write(sql::order_state::drop_all_units, {{"order_id", derived.order.order.id.value}});
    domain::OrderState nothing;
    put_ledgers(tx, nothing, derived.order);
}

namespace {

Result<CaseChanged> change_loaded(Tx& tx, const domain::CaseState& before, const domain::Actor& actor, const Guard& guard,
                                  const Decide& decide, std::vector<Hint>& hints, const Wanted& wanted) {
    if (!actor.may_see(before.c.shop_id)) return fail(ErrorKind::not_found, "case_not_found");
    if (guard.expected_version && *guard.expected_version != before.c.version)
        return fail(Error{ErrorKind::stale, "stale", {}, {}, {{"version", std::to_string(before.c.version)}}, {}});
    auto around = load_surroundings(tx, before, guard.now);
    if (asks_budget(before, around.policies)) {  // one after the other: what both would spend is there once
        tx.run(sql::case_state::hold_tracking, {{"tracking", before.c.shop_id.value + " compensation"}});
        load_given(tx, before.c.shop_id, around.policies.front(), guard.now, around.known);
    }
    if (wanted.shifts) around.shifts = shifts_at(tx, before.c.shop_id, guard.now);
    return decide_and_save(tx, before, std::move(around), decide, false, hints, wanted);
}

}  // namespace

Result<CaseChanged> change_case_in(Tx& tx, const CaseId& id, const domain::Actor& actor, const Guard& guard,
                                   const Decide& decide, std::vector<Hint>& hints, const Wanted& wanted) {
    AC_TRY(const domain::CaseState before, load_case(tx, id, true));
    return change_loaded(tx, before, actor, guard, decide, hints, wanted);
}

Result<CaseChanged> change_case(Store& store, const CaseId& id, const domain::Actor& actor, const Guard& guard,
                                const Decide& decide, const Wanted& wanted) {
    std::vector<Hint> hints;
    auto answer = store.change(
        guard,
        [&](Tx& tx) -> Result<CaseChanged> {
            hints.clear();
            AC_TRY(const domain::CaseState before, load_case(tx, id, false));  // held already
            return change_loaded(tx, before, actor, guard, decide, hints, wanted);
        },
        [&](Tx& tx) {
            tx.run(sql::order_state::order_of_case, {{"id", id.value}}, [&](const db::Row& row) {
                if (!row.is_null(0)) hold(tx, sql::order_state::hold_order, row.text(0));
            });
            hold(tx, sql::order_state::hold_case, id.value);
        });
    if (answer)
        for (const Hint& hint : hints) store.hint(hint);
    return answer;
}

Result<CaseChanged> new_case_in(Tx& tx, const CaseId& id, const std::string& number, const ShopId& shop,
                                const OrderId& order_id, const Guard& guard, const Decide& decide, std::vector<Hint>& hints) {
    domain::CaseState before;
    before.c.id = id;
    before.c.number = number;
    before.c.shop_id = shop;
    before.c.order_id = order_id;
    CaseSurroundings around;
    ask_surroundings(tx, before.c, guard.now, around);
    if (order_id.empty()) {
        tx.flush();
    } else {
        AC_TRY(before.order, load_order(tx, order_id, false));  // which flushes
        if (before.order.order.shop_id != shop) return fail(ErrorKind::not_found, "order_not_found");
    }
    finish_surroundings(tx, before, guard.now, around);
    return decide_and_save(tx, before, std::move(around), decide, true, hints);
}

Result<CaseChanged> new_case(Store& store, const CaseId& id, const std::string& number, const ShopId& shop,
                             const OrderId& order_id, const Guard& guard, const Decide& decide) {
    std::vector<Hint> hints;
    auto answer = store.change(
        guard,
        [&](Tx& tx) -> Result<CaseChanged> {
            hints.clear();
            return new_case_in(tx, id, number, shop, order_id, guard, decide, hints);
        },
        [&](Tx& tx) {
            if (!order_id.empty()) hold(tx, sql::order_state::hold_order, order_id.value);
        });
    if (answer)
        for (const Hint& hint : hints) store.hint(hint);
    return answer;
}

}  // namespace aftercare::store
