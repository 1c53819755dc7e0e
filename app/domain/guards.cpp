#include "domain/guards.hpp"

#include <algorithm>
#include <set>

#include "domain/ledgers.hpp"
#include "domain/matters.hpp"
#include "domain/operations.hpp"
#include "domain/quotes.hpp"
#include "domain/ties.hpp"

namespace aftercare::domain {
namespace {

constexpr std::size_t kMaxOperations = 100;  ///< of one case: keeps a state small enough to hold

}  // namespace

Result<void> check_lines(const OrderState& order, const RequestOperation& command, const KindRule& kind) {
    const auto& lines = command.lines;
    const bool needed = needs_lines(kind, command.reason);
    std::vector<FieldError> wrong;
    std::set<OrderLineId> seen;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string at = "/lines/" + std::to_string(i);
        if (!find_order_line(order, lines[i].order_line_id)) wrong.push_back({at + "/order_line_id", "unknown_line"});
        else if (!seen.insert(lines[i].order_line_id).second) wrong.push_back({at + "/order_line_id", "duplicate_line"});
        if (lines[i].qty < 1) wrong.push_back({at + "/qty", "out_of_range"});
        if (lines[i].new_price_minor.value_or(0) < 0) wrong.push_back({at + "/new_price_minor", "out_of_range"});
    }
    if (needed ? lines.empty() : !lines.empty()) wrong.push_back({"/lines", needed ? "too_short" : "too_long"});
    if (lines.size() > kMaxLines) wrong.push_back({"/lines", "too_long"});
    if (!wrong.empty()) return fail(Error{ErrorKind::invalid, "invalid_fields", std::move(wrong), {}, {}, {}});
    return {};
}

LineTerms terms_of(const OrderState& order, const OrderLineId& id, const Facts& facts) {
    const std::string& sku = find_order_line(order, id)->sku;
    return terms_for(facts.policy.terms, sku, facts.known.category_of(sku));
}

Window window_of(const OrderState& order, const RequestOperation& command, const KindRule& kind, const Facts& facts) {
    if (kind.settles == Settles::repriced) {
        const Instant paid = order.order.paid_at.ms != 0 ? order.order.paid_at : order.order.placed_at;
        const auto days = facts.policy.terms.price_adjust_days;
        return {facts.calendar.window_end(paid, days), days, {}};
    }
    Window first;
    if (!kind.window) return first;
    for (const auto& line : command.lines) {
        const LineTerms terms = terms_of(order, line.order_line_id, facts);
        const auto days = rule_of(command.reason).warranty ? terms.quality_days(kind.kind) : terms.window_days;
        const Instant end = facts.calendar.window_end(window_anchor(order.order, *find_order_line(order, line.order_line_id)), days);
        if (first.ends.ms == 0 || end < first.ends) first = {end, days, line.order_line_id};
    }
    return first;
}

Instant warranty_ends(const OrderState& order, const std::vector<OrderLineId>& lines, const Facts& facts) {
    Instant first;
    for (const OrderLineId& id : lines) {
        const Instant end = facts.calendar.window_end(window_anchor(order.order, *find_order_line(order, id)), terms_of(order, id, facts).warranty_days);
        if (first.ms == 0 || end < first) first = end;
    }
    return first;
}

namespace {

std::int64_t available_in(const OrderState& order, const OrderLineId& line, WordSet buckets) {
    std::int64_t sum = 0;
    for (const Bucket bucket : {Bucket::unshipped, Bucket::in_transit_out, Bucket::with_customer})
        if (in(buckets, bucket)) sum += available(order, line, bucket);
    return sum;
}

/// G-units: free units where the kind looks for them, whoever else holds some.
Result<void> check_free(const OrderState& order, const std::vector<RequestLine>& lines, WordSet home) {
    for (const auto& line : lines) {
        const auto free = available_in(order, line.order_line_id, home);
        if (home == 0 || line.qty <= free) continue;
        std::vector<Remedy> remedies;
        if (free > 0) remedies.push_back({"request_fewer", {{"qty", text(free)}}});
        const auto unshipped = available(order, line.order_line_id, Bucket::unshipped), going = available(order, line.order_line_id, Bucket::in_transit_out);
        if (!in(home, Bucket::unshipped) && unshipped > 0) remedies.push_back({"cancel_unshipped", {{"qty", text(unshipped)}}});
        if (!in(home, Bucket::in_transit_out) && going > 0) remedies.push_back({"intercept_parcel", {{"qty", text(going)}}});
        if (in(home, Bucket::with_customer) && unshipped + going > 0) remedies.push_back({"wait_for_delivery", {}});
        if (home == set_of(Bucket::unshipped) && available(order, line.order_line_id, Bucket::with_customer) > 0) remedies.push_back({"request_return", {}});
        return refuse("qty_not_available",
                      {{"order_line_id", line.order_line_id.value}, {"requested", text(line.qty)}, {"available", text(free)}},
                      std::move(remedies));
    }
    return {};
}

/// A part may be sent again as often as there are units of the line that left the house, whichever cases ask for it (I32). One that was
/// rejected counts until nobody can appeal any more, as held units do.
Result<void> check_parts(const CaseState& state, const std::vector<RequestLine>& lines, const Known& known) {
    for (const auto& line : lines) {
        std::int64_t sent = 0, again = 0;
        for (const auto& run : state.order.units)
            if (run.order_line_id == line.order_line_id && run.bucket != Bucket::unshipped && run.bucket != Bucket::cancelled) sent += run.qty;
        for (const auto& l : state.lines) {
            const Operation* o = find_operation(state, l.operation_id);
            if (l.order_line_id == line.order_line_id && o && o->sub_kind == SubKind::part) again += l.qty - l.released;
        }
        for (const auto& other : known.again)
            if (other.order_line_id == line.order_line_id) again += other.qty;
        if (again + line.qty > sent)
            return refuse("reissue_over_shipped", {{"order_line_id", line.order_line_id.value}, {"available", text(std::max<std::int64_t>(sent - again, 0))}},
                          sent > again ? std::vector<Remedy>{{"request_fewer", {{"qty", text(sent - again)}}}} : std::vector<Remedy>{});
    }
    return {};
}

/// A thing is repaired only so often; then it is replaced or paid back.
Result<void> check_repairs(const CaseState& state, const std::vector<RequestLine>& lines, const Facts& facts) {
    for (const auto& line : lines) {
        std::int64_t times = 0;
        for (const auto& l : state.lines) {
            const Operation* o = find_operation(state, l.operation_id);
            times += l.order_line_id == line.order_line_id && o && o->kind == OperationKind::repair && o->repair == RepairStage::done && is_over(o->decision);
        }
        if (const auto most = facts.policy.terms.max_repairs; times >= most)
            return refuse("repair_limit_reached", {{"max", text(most)}}, {{"request_exchange", {}}, {"request_return", {}}});
    }
    return {};
}

/// The parcel must have had its time before it counts as not received.
Result<void> check_waited(const OrderState& order, const KindRule& kind, const Facts& facts) {
    if (kind.sub_kind != SubKind::not_received || order.order.delivered_at.ms != 0) return {};
    const Instant paid = order.order.paid_at.ms != 0 ? order.order.paid_at : order.order.placed_at;
    const Instant from = paid + days(facts.policy.terms.not_received_days);
    if (facts.now >= from) return {};
    std::int64_t going = 0;
    for (const auto& run : order.units) going += run.bucket == Bucket::in_transit_out && run.held_by.empty() ? run.qty : 0;
    return refuse("parcel_still_under_way", {{"from", text(from.ms)}}, {{"wait_for_delivery", {}}, {"intercept_parcel", {{"qty", text(going)}}}});
}

/// Some line's goods want one, or the reason or kind does and there are other goods than such that never want one.
bool wants_photo(const OrderState& order, const RequestOperation& command, const KindRule& kind, const Facts& facts) {
    const bool usually = needs_photo(kind, command.reason);
    if (command.lines.empty()) return usually;
    return std::any_of(command.lines.begin(), command.lines.end(), [&](const RequestLine& line) {
        const PhotoRule rule = terms_of(order, line.order_line_id, facts).photo;
        return rule == PhotoRule::always || (usually && rule == PhotoRule::by_reason);
    });
}

}  // namespace

Result<Fault> check_reason(const RequestOperation& command, const KindRule& kind, const Facts& facts) {
    const auto& rule = rule_of(command.reason);
    if (!suits(command.reason, kind)) return fail_field("/reason", "not_of_kind");
    if (command.fault && *command.fault != rule.fault) AC_CHECK(require(facts.actor, Permission::decide_operations));
    return command.fault.value_or(rule.fault);
}

Result<void> check_evidence(const OrderState& order, const RequestOperation& command, const KindRule& kind, const Facts& facts) {
    if (!command.photo_ref.empty() || !wants_photo(order, command, kind, facts)) return {};
    return refuse("photo_required", {{"reason", std::string(word(command.reason))}}, {{"attach_photo", {}}});
}

Result<void> check_way(const RequestOperation& command, const KindRule& kind, Fault fault, const Facts& facts) {
    if (command.return_shipping_minor < 0) return fail_field("/return_shipping_minor", "out_of_range");
    if (command.return_shipping_minor > 0 && (!kind.comes_back || !shop_pays_the_way(fault)))
        return refuse("return_shipping_not_owed", {{"fault", std::string(word(fault))}}, {{"leave_out_return_shipping", {}}});
    if (const auto cap = facts.policy.terms.return_shipping_cap_minor; command.return_shipping_minor > cap)
        return refuse("return_shipping_over_cap", {{"max", text(cap)}}, {{"claim_at_most", {{"max", text(cap)}}}});
    return {};
}

Result<void> check_order(const CaseState& state, const Facts& facts) {
    AC_CHECK(matter_allows_money(state));
    AC_CHECK(not_merged(state));
    if (state.order.order.id.empty()) return refuse("case_has_no_order", {}, {{"open_case_for_order", {}}});
    if (state.c.closed_at.ms != 0 && facts.now > state.c.closed_at + days(facts.policy.terms.reopen_days))
        return refuse("reopen_window_passed", {}, {{"continue_case", {}}});
    if (state.c.closed_at.ms != 0 && !matter_reopens(state, facts)) return refuse("reopened_once", {}, {{"continue_case", {}}, {"ask_a_lead", {}}});
    if (state.operations.size() >= kMaxOperations) return refuse("too_many_operations", {}, {{"open_new_case", {}}});
    std::int64_t captured = 0;
    for (const auto& ledger : state.order.money) captured += ledger.captured_minor;
    if (captured <= 0) return refuse("order_not_paid", {}, {{"wait_for_payment", {}}});
    return {};
}

bool needs_lines(const KindRule& kind, Reason reason) {
    return kind.settles != Settles::no_units && !(kind.settles == Settles::repriced && reason == Reason::shipping_overcharged);
}
bool needs_photo(const KindRule& kind, Reason reason) { return rule_of(reason).needs_photo || kind.sub_kind == SubKind::keep_goods; }

Result<const KindRule*> kind_asked(OperationKind kind, SubKind sub_kind) {
    const KindRule* rule = sub_kind == SubKind::none ? &usual_of(kind) : find_kind(kind, sub_kind);
    if (!rule) return fail_field("/sub_kind", "not_of_kind");
    return rule;
}

Result<void> check_deadline(const OrderState& order, const RequestOperation& command, const KindRule& kind, const Facts& facts) {
    const Window window = window_of(order, command, kind, facts);
    if (window.ends.ms == 0 || facts.now <= window.ends) return {};
    return refuse("return_window_passed", {{"ended_at", text(window.ends.ms)}, {"days", text(window.days)}, {"order_line_id", window.line.value}},
                  {{"ask_lead_override", {{"until", text(window.ends.ms)}}}});
}

Result<void> check_excluded(const OrderState& order, const RequestOperation& command, const KindRule& kind, const Facts& facts) {
    if (!kind.window) return {};
    for (const auto& line : command.lines)
        if (const auto why = terms_of(order, line.order_line_id, facts).excluded; why != Exclusion::returnable)
            return refuse("line_not_returnable", {{"order_line_id", line.order_line_id.value}, {"why", std::string(word(why))}}, {{"ask_lead_override", {}}});
    return {};
}

Result<OverriddenRule> check_window(const OrderState& order, const RequestOperation& command, const KindRule& kind, const Facts& facts) {
    Result<void> in_time = check_deadline(order, command, kind, facts), allowed = check_excluded(order, command, kind, facts);
    if (in_time && allowed) return OverriddenRule::none;
    if (!command.override_window) return fail(std::move(in_time ? allowed.error() : in_time.error()));
    AC_CHECK(require(facts.actor, Permission::override_rules));
    if (command.override_reason.empty()) return fail_field("/override_reason", "required");
    if (in_time) return OverriddenRule::exclusion;
    return allowed ? OverriddenRule::window : OverriddenRule::both;
}

Result<void> check_amount(const OrderState& order, const RequestOperation& command, const Operation& operation, std::int64_t goods) {
    const auto asked = kind_of(operation).amount;
    if (asked == AmountAsked::never) return command.amount_minor ? Result<void>(fail_field("/amount_minor", "not_of_kind")) : Result<void>();
    if (!command.amount_minor) return asked == AmountAsked::may ? Result<void>() : Result<void>(fail_field("/amount_minor", "required"));
    if (*command.amount_minor < 1 || *command.amount_minor > kMaxMinor) return fail_field("/amount_minor", "out_of_range");
    std::int64_t most = operation.sub_kind == SubKind::goodwill ? kMaxMinor : goods;
    if (operation.reason == Reason::shipping_overcharged) most = order.shipping_refunded ? 0 : order.order.shipping_minor;
    if (*command.amount_minor > most) return refuse("amount_over_value", {{"max", text(most)}}, most > 0 ? std::vector<Remedy>{{"lower_amount", {{"max", text(most)}}}} : std::vector<Remedy>{});
    return {};
}

Result<void> check_lines_of(const CaseState& state, const OperationId& id, const std::vector<RequestLine>& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string at = "/lines/" + text(std::int64_t(i)) + "/order_line_id";
        if (!find_line(state, id, lines[i].order_line_id)) return fail_field(at, "unknown_line");
        const auto before = lines.begin() + std::ptrdiff_t(i);
        if (std::any_of(lines.begin(), before, [&](const RequestLine& l) { return l.order_line_id == lines[i].order_line_id; })) return fail_field(at, "duplicate_line");
    }
    return {};
}

void promise_goods(OperationLine& line, const RequestLine* wanted, const OrderState& order) {
    const OrderLine& bought = *find_order_line(order, line.order_line_id);
    line.new_sku = !wanted || wanted->new_sku.empty() ? bought.sku : wanted->new_sku;
    line.new_name = !wanted || wanted->new_name.empty() ? bought.name : wanted->new_name;
    line.even = !wanted || !wanted->new_price_minor;
    line.new_price_minor = line.even ? 0 : *wanted->new_price_minor;
}

Result<void> check_replacement(const OrderState& order, const std::vector<RequestLine>& lines, const KindRule& kind, Fault fault) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string at = "/lines/" + text(std::int64_t(i));
        const bool other = !lines[i].new_sku.empty() && lines[i].new_sku != find_order_line(order, lines[i].order_line_id)->sku;
        if (kind.kind == OperationKind::exchange && !other && fault == Fault::customer) return fail_field(at + "/new_sku", "same_as_before");
        if (kind.kind != OperationKind::exchange && lines[i].new_price_minor) return fail_field(at + "/new_price_minor", "not_of_kind");
        if (lines[i].new_price_minor.value_or(0) > kMaxMinor / std::max<std::int64_t>(lines[i].qty, 1)) return fail_field(at + "/new_price_minor", "out_of_range");
    }
    return {};
}

Result<void> check_kind(const CaseState& state, const std::vector<RequestLine>& lines, const KindRule& kind, const Facts& facts) {
    if (kind.kind == OperationKind::repair) AC_CHECK(check_repairs(state, lines, facts));
    return check_waited(state.order, kind, facts);
}

Result<void> check_units(const CaseState& state, const RequestOperation& command, const KindRule& kind, const Facts& facts) {
    AC_CHECK(check_free(state.order, command.lines, kind.home));
    if (kind.sub_kind == SubKind::part) AC_CHECK(check_parts(state, command.lines, facts.known));
    return check_kind(state, command.lines, kind, facts);
}

Result<Fault> check_request(const CaseState& state, const RequestOperation& command, const KindRule& kind, const Facts& facts) {
    AC_CHECK(check_units(state, command, kind, facts));
    AC_TRY(const Fault fault, check_reason(command, kind, facts));
    AC_CHECK(check_evidence(state.order, command, kind, facts));
    AC_CHECK(check_way(command, kind, fault, facts));
    AC_CHECK(check_replacement(state.order, command.lines, kind, fault));
    return fault;
}

Operation new_operation(const CaseState& state, const KindRule& kind, const Facts& facts) {
    Operation o;
    o.id = OperationId(facts.next_id());
    o.case_id = state.c.id;
    o.order_id = state.order.order.id;
    o.kind = kind.kind;
    o.sub_kind = kind.sub_kind;
    o.decision = DecisionState::requested;
    o.policy_id = facts.policy.id;
    o.currency = state.order.order.currency;
    o.maker_id = facts.actor.staff_id;
    o.requested_at = facts.now;
    return o;
}

}  // namespace aftercare::domain
