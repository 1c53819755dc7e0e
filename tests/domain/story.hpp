#pragma once
#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "domain/acts.hpp"
#include "domain/cases.hpp"
#include "domain/clocks.hpp"
#include "domain/headers.hpp"
#include "domain/ledgers.hpp"
#include "domain/matters.hpp"
#include "domain/operations.hpp"
#include "domain/platform.hpp"
#include "domain/quotes.hpp"
#include "domain/operation_rules.hpp"

/// Short stories about one case: who asks for what, and what the state says after.
namespace story {

using namespace aftercare;
using namespace aftercare::domain;

inline Actor staff(const std::string& name, std::vector<Role> roles) {
    return {StaffId(name), std::move(roles), {ShopId("SHOP")}, false, "staff:" + name};
}
inline const Actor agent = staff("agent", {Role::agent}), agent2 = staff("agent2", {Role::agent}), lead = staff("lead", {Role::lead}),
                   lead2 = staff("lead2", {Role::lead}), finance = staff("finance", {Role::finance}),
                   warehouse = staff("hall", {Role::warehouse}), technician = staff("tech", {Role::technician}),
                   marketer = staff("marketer", {Role::marketer}), customer{{}, {Role::customer}, {}, false, "customer"},
                   plugin = plugin_actor(), timer = system_actor();

/// Monday 2025-10-06 10:00 UTC; the shop's zone is UTC.
inline const MessageId kWords{"NOTE"};  ///< said with an act
inline constexpr Instant kMonday{1'759'744'800'000};

/// Line A: 3 × 10.00 minus 0.01, allocated 29.99 (units 10.00, 10.00, 9.99). Line B: 1 × 5.00. Shipping 4.00; paid 38.99.
inline OrderState an_order() {
    Order order;
    order.id = OrderId("ORDER");
    order.shop_id = ShopId("SHOP");
    order.number = "1001";
    order.customer_id = CustomerId("CUSTOMER");
    order.currency = "EUR";
    order.shipping_minor = 400;
    order.placed_at = order.paid_at = kMonday - days(5);
    order.delivered_at = kMonday - days(2);
    OrderLine a{OrderLineId("A"), order.id, 0, "SKU-A", "Mug", 3, 1'000, 1, 2'999, 3, 3};
    OrderLine b{OrderLineId("B"), order.id, 1, "SKU-B", "Spoon", 1, 500, 0, 500, 1, 1};
    Payment card{PaymentId("CARD"), order.id, 0, "card", "", 3'000, "EUR", order.paid_at};
    Payment points{PaymentId("POINTS"), order.id, 1, "points", "", 899, "EUR", order.paid_at};
    return opening(order, {a, b}, {card, points});
}

/// A rule for the goods of one SKU, or of one category.
inline GoodsRule for_sku(std::string sku, const std::function<void(GoodsRule&)>& say) {
    GoodsRule rule;
    rule.sku = std::move(sku);
    say(rule);
    return rule;
}
inline GoodsRule for_category(std::string category, const std::function<void(GoodsRule&)>& say) {
    GoodsRule rule;
    rule.category = std::move(category);
    say(rule);
    return rule;
}

struct Story {
    Policy policy;
    Known known;
    Calendar calendar;
    CaseState state;
    Instant now = kMonday;
    std::vector<Effect> effects;
    std::vector<std::string> last;  ///< types of the events of the last accepted act
    std::int64_t drawn = 0;
    std::function<std::string()> ids = [this] {
        const auto n = std::to_string(++drawn);
        return std::string(6 - n.size(), '0') + n;
    };

    explicit Story(OrderState order = an_order(), CaseKind kind = CaseKind::return_refund) {
        policy.id = PolicyId("POLICY");
        policy.terms.agent_limit_minor = 50'000;
        state.c.id = CaseId("CASE");
        state.c.shop_id = ShopId("SHOP");
        state.c.number = "20001";
        state.order = std::move(order);
        as(agent, open_case, OpenCase{kind, Channel::phone, state.order.order.id, {}, "broken mug"});
    }
    Story(const Story&) = delete;

    std::vector<Act> acts_for(const Actor& who) {
        return legal_acts(state, facts(who), [this](const OperationId&) -> const Policy& { return policy; });
    }
    std::vector<Shift> shifts;  ///< who is on duty
    std::vector<Event> events;  ///< all of them
    Facts facts(const Actor& actor) { return {now, actor, policy, calendar, ids, {}, known, shifts}; }
    /// Asks; an accepted decision becomes the state. The refusal's code, or "".
    template <class Decide, class Command>
    std::string as(const Actor& actor, Decide decide, const Command& command) {
        return take(decide(state, command, facts(actor)));
    }
    std::string take(const Result<Decision>& decision) {
        last.clear();
        error = {};
        if (!decision) {
            error = decision.error();
            return error.code;
        }
        for (const auto& event : decision->events) {
            apply(state, event);
            last.emplace_back(type_of(event));
            events.push_back(event);
        }
        effects.insert(effects.end(), decision->effects.begin(), decision->effects.end());
        return "";
    }
    Error error;  ///< of the last act, when it was refused

    OperationId request(std::vector<LineQty> lines, Reason reason = Reason::no_longer_wanted, const Actor& who = agent) {
        RequestOperation command;
        for (auto& line : lines) command.lines.push_back({line.order_line_id, line.qty, {}, {}, {}});
        command.reason = reason;
        command.photo_ref = "photo";
        const auto code = as(who, request_operation, command);
        return code.empty() ? state.operations.back().id : OperationId(code);
    }
    /// Asks for an operation of another kind; the refusal's code instead of an id.
    OperationId ask(RequestOperation command, const Actor& who = agent) {
        if (command.photo_ref.empty()) command.photo_ref = "photo";
        const auto code = as(who, request_operation, command);
        return code.empty() ? state.operations.back().id : OperationId(code);
    }
    OperationId approved(std::vector<LineQty> lines, Reason reason = Reason::no_longer_wanted) {
        const auto id = request(std::move(lines), reason);
        as(lead, approve, Approve{id});
        return id;
    }
    OperationId arrived(std::vector<LineQty> lines, Reason reason = Reason::no_longer_wanted) {
        const auto id = approved(std::move(lines), reason);
        as(agent, ship_back, ShipBack{id, "SF", "T1", {}});
        as(warehouse, arrive, Arrive{id, {}, "T1", {}, "R1"});
        return id;
    }
    std::string inspect_all(const OperationId& id, const std::string& line, std::int64_t qty, Grade grade = Grade::pass) {
        return as(warehouse, inspect, Inspect{id, OrderLineId(line), qty, grade, Disposition::restock, "photo", {}, {}});
    }
    /// Lets time pass until the clock of this kind is due, and fires it.
    std::string fire(ClockKind kind) {
        for (const auto& clock : state.clocks) {
            if (clock.kind != kind || clock.state != ClockState::running) continue;
            now = std::max(now, clock.due_at);
            const ClockId id = clock.id;
            return take(timer_due(state, id, facts(timer)));
        }
        return "no such clock";
    }
    /// What the timer does now with the live clock of this kind: the types of its events.
    std::vector<std::string> wake(ClockKind kind) {
        for (const auto& clock : state.clocks) {
            if (clock.kind != kind || clock.state != ClockState::running) continue;
            const ClockId id = clock.id;
            take(timer_due(state, id, facts(timer)));
            return last;
        }
        return {"no such clock"};
    }
    const Operation& op(std::size_t i = 0) const { return state.operations[i]; }
    const Clock* clock(ClockKind kind) const {
        const Clock* found = nullptr;
        for (const auto& c : state.clocks)
            if (c.kind == kind) found = &c;
        return found;
    }
    bool has_task(std::string_view code) const {
        return std::any_of(state.tasks.begin(), state.tasks.end(), [&](const Task& t) { return t.code == code && t.state == TaskState::open; });
    }
    std::int64_t units(const std::string& line, Bucket bucket) const {
        std::int64_t sum = 0;
        for (const auto& run : state.order.units)
            if (run.order_line_id.value == line && run.bucket == bucket) sum += run.qty;
        return sum;
    }
    std::int64_t money(MoneyState s) const {
        std::int64_t sum = 0;
        for (const auto& leg : state.money)
            if (leg.state == s) sum += leg.amount_minor;
        return sum;
    }
    /// Every waiting attempt gets this answer.
    void answer(RefundResult result) {
        const auto attempts = state.attempts;
        for (const auto& attempt : attempts)
            if (attempt.state == MoneyState::submitted || attempt.state == MoneyState::unknown)
                as(finance, refund_outcome, RefundOutcome{find_leg(state, attempt.money_leg_id)->operation_id, attempt.id, result, "P", ""});
    }
};

inline LineQty a(std::int64_t qty) { return {OrderLineId("A"), qty}; }
inline LineQty b(std::int64_t qty) { return {OrderLineId("B"), qty}; }
/// What is asked for some units of line A or B, and what the customer gets for them.
inline RequestLine want(const char* line, std::int64_t qty, std::string sku = {}, std::optional<std::int64_t> price = {}) {
    return {OrderLineId(line), qty, std::move(sku), {}, price};
}
inline RequestOperation ask_for(OperationKind kind, SubKind sub_kind, Reason reason, std::vector<RequestLine> lines) {
    RequestOperation command;
    command.kind = kind;
    command.sub_kind = sub_kind;
    command.reason = reason;
    command.lines = std::move(lines);
    return command;
}

inline RequestOperation exchange(std::vector<RequestLine> lines, SubKind mode = SubKind::after_receipt) {
    return ask_for(OperationKind::exchange, mode, Reason::wrong_size, std::move(lines));
}

/// The parcel that goes out last, and what becomes of it; the order line that came of it.
inline const OutboundLeg& parcel(const Story& s) { return s.state.outbound.back(); }
inline std::string sent(Story& s, const OperationId& id) { return s.as(warehouse, dispatch, Dispatch{id, parcel(s).id, "SF", "OUT1"}); }
inline std::string received(Story& s, const OperationId& id) { return s.as(plugin, delivered, Delivered{id, parcel(s).id}); }
inline const OrderLine& child(const Story& s) { return s.state.order.lines.back(); }

}  // namespace story
