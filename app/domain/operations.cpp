#include "domain/operations.hpp"

#include <algorithm>

namespace aftercare::domain {
namespace {

template <class T, class Id>
const T* find_by_id(const std::vector<T>& all, const Id& id) {
    const auto at = std::find_if(all.begin(), all.end(), [&](const T& each) { return each.id == id; });
    return at == all.end() ? nullptr : &*at;
}

std::string allowed_states(StateSet from) {
    std::string text;
    for (const auto& [state, name] : Words<DecisionState>::all)
        if (in(from, state)) text.append(text.empty() ? "" : ",").append(name);
    return text;
}

}  // namespace

tl::unexpected<Error> refuse(std::string code, Params params, std::vector<Remedy> remedies) {
    return fail(Error{ErrorKind::refused, std::move(code), {}, std::move(remedies), std::move(params), {}});
}

Result<void> permitted(const Actor& actor, CommandWord command) {
    const auto& rule = rule_of(command);
    if (actor.has(Role::system)) return {};
    for (const Role role : actor.roles)
        if (in(rule.who, role)) return {};
    return fail(Error{ErrorKind::forbidden, "permission_missing", {}, {}, {{"permission", std::string(word(rule.permission))}}, {}});
}

Role acting_role(const Actor& actor, CommandWord command) {
    for (const Role role : actor.roles)
        if (in(rule_of(command).who, role)) return role;
    return actor.roles.empty() ? Role::system : actor.roles.front();
}

Result<const Operation*> known(const CaseState& state, const OperationId& id, const Actor& actor, CommandWord command) {
    AC_CHECK(permitted(actor, command));
    const Operation* operation = find_operation(state, id);
    if (!operation) return fail(ErrorKind::not_found, "operation_not_found");
    return operation;
}

Result<void> in_state(const Operation& operation, CommandWord command) {
    if (const auto& rule = rule_of(command); !in(rule.from, operation.decision))
        return refuse("wrong_state", {{"state", std::string(word(operation.decision))}, {"allowed", allowed_states(rule.from)}});
    return {};
}

Result<const Operation*> admitted(const CaseState& state, const OperationId& id, const Actor& actor, CommandWord command) {
    AC_TRY(const Operation* operation, known(state, id, actor, command));
    AC_CHECK(in_state(*operation, command));
    return operation;
}

Counts& Counts::operator+=(const Counts& other) {
    to_ship += other.to_ship;
    in_transit += other.in_transit;
    uninspected += other.uninspected;
    pending += other.pending;
    disputed += other.disputed;
    unresolved += other.unresolved;
    lost_back += other.lost_back;
    awaiting += other.awaiting;
    open += other.open;
    shipped += other.shipped;
    settled += other.settled;
    sent_back += other.sent_back;
    return *this;
}

Counts counts(const OperationLine& l) {
    Counts c;
    c.to_ship = l.qty - l.released - l.kept - l.shipped;
    c.in_transit = l.shipped - l.arrived - l.missing - l.lost;
    c.uninspected = l.arrived - l.inspected;
    c.pending = l.inspected - l.accepted - l.sent_back - l.lost_back - l.disputed;
    c.disputed = l.disputed;
    c.unresolved = l.missing + l.lost - l.written_off;
    c.lost_back = l.lost_back;
    c.awaiting = l.awaiting;
    c.open = l.qty - l.released - l.kept - l.accepted + l.awaiting - l.sent_back - l.written_off;
    c.shipped = l.shipped;
    c.settled = l.accepted + l.kept + l.written_off;
    c.sent_back = l.sent_back;
    return c;
}

Counts counts(const CaseState& state, const OperationId& id) {
    Counts sum;
    for (const auto& line : state.lines)
        if (line.operation_id == id) sum += counts(line);
    return sum;
}

const Operation* find_operation(const CaseState& state, const OperationId& id) { return find_by_id(state.operations, id); }
const OperationLine* find_line(const CaseState& state, const OperationLineId& id) { return find_by_id(state.lines, id); }
const OrderLine* find_order_line(const OrderState& order, const OrderLineId& id) { return find_by_id(order.lines, id); }
const MoneyLeg* find_leg(const CaseState& state, const MoneyLegId& id) { return find_by_id(state.money, id); }

const OperationLine* find_line(const CaseState& state, const OperationId& id, const OrderLineId& order_line) {
    for (const auto& line : state.lines)
        if (line.operation_id == id && line.order_line_id == order_line) return &line;
    return nullptr;
}

const MoneyAttempt* latest_attempt(const CaseState& state, const MoneyLegId& id) {
    const MoneyAttempt* latest = nullptr;
    for (const auto& attempt : state.attempts)
        if (attempt.money_leg_id == id && (!latest || attempt.submitted_at >= latest->submitted_at)) latest = &attempt;
    return latest;
}

bool outbound_open(const CaseState& state, const OperationId& id) {
    return std::any_of(state.outbound.begin(), state.outbound.end(), [&](const OutboundLeg& leg) {
        return leg.operation_id == id && (leg.state == OutboundState::planned || leg.state == OutboundState::dispatched);
    });
}

bool any_leg(const CaseState& state, const OperationId& id, std::initializer_list<MoneyState> states) {
    return std::any_of(state.money.begin(), state.money.end(), [&](const MoneyLeg& leg) {
        return leg.operation_id == id && leg.kind != MoneyKind::collect && std::find(states.begin(), states.end(), leg.state) != states.end();
    });
}

std::int64_t paid_out(const Operation& operation) { return std::max<std::int64_t>(operation.settled.net_minor - operation.settled.collect_minor, 0); }

const MoneyLeg* unpaid_difference(const CaseState& state, const OperationId& id) {
    for (const auto& leg : state.money)
        if (leg.operation_id == id && leg.kind == MoneyKind::collect && !(leg.state == MoneyState::succeeded || leg.state == MoneyState::voided))
            return &leg;
    return nullptr;
}

std::vector<const OperationLine*> lines_of(const CaseState& state, const OperationId& id) {
    std::vector<const OperationLine*> lines;
    for (const auto& line : state.lines)
        if (line.operation_id == id) lines.push_back(&line);
    return lines;
}

}  // namespace aftercare::domain
