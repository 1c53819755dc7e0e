#include <algorithm>
#include <set>

#include "domain/headers.hpp"
#include "domain/matters.hpp"
#include "domain/quotes.hpp"
#include "world.hpp"

// What may change from one state to the next.
namespace world {
namespace {

/// What comes beside an operation's units may come when it is long over.
template <class Row>
bool comes_beside(const Row& row) {
    if constexpr (std::is_same_v<Row, InboundLeg>) return is_aside(row);
    else if constexpr (std::is_same_v<Row, InspectionRecord>) return !row.inbound_leg_id.empty();
    else return false;
}

/// I10: an operation that is over changes only from settled to closed; of its parts only attempts learn news.
void check_over(const CaseState& before, const CaseState& after) {
    for (const auto& old : before.operations) {
        if (!is_over(old.decision)) continue;
        Operation now = *find_operation(after, old.id);
        if (old.decision == DecisionState::settled && now.decision == DecisionState::closed) {
            now.decision = old.decision;
            now.header = old.header;
            now.ended_at = old.ended_at;
        }
        expect(now == old, "I10: an operation that is over changed");
        const auto same = [&](const auto& was, const auto& is) {
            const auto is_part = [&](const auto& each) { return each.operation_id == old.id && !comes_beside(each); };
            for (const auto& each : was)
                if (is_part(each) && std::find(is.begin(), is.end(), each) == is.end()) return false;
            return std::count_if(was.begin(), was.end(), is_part) == std::count_if(is.begin(), is.end(), is_part);
        };
        expect(same(before.lines, after.lines) && same(before.money, after.money) && same(before.inbound, after.inbound) &&
                   same(before.outbound, after.outbound) && same(before.inspections, after.inspections),
               "I10: a part of an operation that is over changed");
    }
}

/// I5, I6: unknown money waits for its answer; nothing leaves success.
void check_legs(const CaseState& before, const CaseState& after) {
    for (const auto& old : before.money) {
        const MoneyLeg& now = *find_leg(after, old.id);
        const auto attempts = [&](const CaseState& s) {
            return std::count_if(s.attempts.begin(), s.attempts.end(), [&](const MoneyAttempt& a) { return a.money_leg_id == old.id; });
        };
        if (is_in_flight(old.state)) {
            expect(attempts(before) == attempts(after), "I6: a new key while the last one has no answer");
            // one act may hear that the money failed and withdraw the advance it was for
            const bool heard_no = std::any_of(after.attempts.begin(), after.attempts.end(), [&](const MoneyAttempt& a) {
                return a.money_leg_id == old.id && a.state == MoneyState::failed;
            }) && std::none_of(after.attempts.begin(), after.attempts.end(), [&](const MoneyAttempt& a) {
                return a.money_leg_id == old.id && is_in_flight(a.state);
            });
            expect(now.state != MoneyState::planned && now.state != MoneyState::authorised && (now.state != MoneyState::voided || heard_no) &&
                       !(old.state == MoneyState::unknown && now.state == MoneyState::submitted),
                   "I6: a wrong exit from in flight: " + std::string(word(old.state)) + " to " + std::string(word(now.state)));
            expect(now.amount_minor == old.amount_minor, "money in flight changed its amount");
        }
        if (old.state == MoneyState::succeeded) expect(now == old, "I5: money that succeeded changed");
    }
}

/// I19, told again and apart from the product's own table: whose role may bring about which event.
bool role_may(const Event& event, const Actor& actor) {
    const auto any = [&](std::initializer_list<Role> roles) {
        return std::any_of(roles.begin(), roles.end(), [&](Role r) { return actor.has(r); });
    };
    if (actor.has(Role::system) || event.actor_role == Role::system) return true;
    using R = Role;
    const std::string type(type_of(event));
    if (type == "operation_approved/1" || type == "operation_rejected/1" || type == "info_asked/1" || type == "send_back_ordered/1" || type == "case_closed/1")
        return any({R::agent, R::lead});
    if (type == "check_asked/1" || type == "goods_missed/1") return any({R::agent, R::lead});
    if (type == "check_answered/1" || type == "stock_answered/1") return any({R::agent, R::lead, R::warehouse, R::plugin});
    if (type == "operation_superseded/1" || type == "goods_swapped/1") return any({R::agent, R::lead, R::plugin});
    if (type == "replacement_cancelled/1") return any({R::agent, R::lead, R::plugin, R::customer});
    if (type == "difference_paid/1") return any({R::finance, R::plugin});
    if (type == "repair_went/1") return any({R::technician, R::agent, R::lead, R::customer});
    if (type == "outbound_planned/1") return false;  // follows by rule
    if (type == "resend_ordered/1") return actor.has(R::lead);
    if (type == "recall_went/1") return any({R::agent, R::lead, R::warehouse, R::technician, R::plugin});
    if (type == "outbound_parcel_lost/1") return any({R::agent, R::lead, R::plugin});
    if (type == "operation_appealed/1") return any({R::customer, R::lead});
    if (type == "operation_requested/1" || type == "parcel_shipped/1") return any({R::customer, R::agent, R::lead, R::plugin, R::warehouse});
    if (type == "parcel_arrived/1" || type == "goods_dispatched/1") return any({R::warehouse, R::plugin});
    if (type == "goods_inspected/1") return any({R::warehouse, R::technician, R::plugin});
    if (type == "refund_submitted/1") return any({R::agent, R::lead, R::finance});
    if (type == "refund_answered/1") return any({R::finance, R::plugin});
    if (type == "parcel_lost/1") return any({R::agent, R::lead, R::plugin});
    if (const auto* batch = std::get_if<BatchSettled>(&event.body)) {
        if (batch->by == SettledBy::rule) return any({R::lead, R::plugin});
        if (batch->by == SettledBy::agree) return any({R::agent, R::lead});
        return any({R::warehouse, R::agent, R::lead});
    }
    return true;
}

void check_limits(const CaseState& after, const Event& event, const Actor& actor, const Policy& policy) {
    if (event.actor_role == Role::system) return;
    const auto limit = policy.terms.agent_limit_minor;
    if (const auto* e = std::get_if<OperationApproved>(&event.body); e && e->quote.net_minor > limit) {
        const Operation& o = *find_operation(after, e->operation_id);
        expect(actor.has(Role::lead) && o.maker_id != actor.staff_id, "I19: approved above the limit");
    }
    if (const auto* e = std::get_if<CheckAsked>(&event.body)) {
        const Operation& o = *find_operation(after, e->operation_id);
        expect(e->quote.net_minor <= limit || (actor.has(Role::lead) && o.maker_id != actor.staff_id), "I19: approved above the limit, before the check");
    }
    if (const auto* e = std::get_if<OperationApproved>(&event.body)) {
        const Operation& o = *find_operation(after, e->operation_id);
        expect(!sends_first(o) || policy.terms.advance_exchange || actor.has(Role::lead), "I19: goods sent first without a lead");
        expect(o.sub_kind != SubKind::keep_goods || e->quote.net_minor <= policy.terms.keep_goods_limit_minor || actor.has(Role::lead), "I19: goods left with the customer above the limit");
        expect(o.sub_kind != SubKind::goodwill || o.asked_minor <= policy.terms.compensation_limit_minor || actor.has(Role::lead), "I19: goodwill above the limit");
    }
    if (const auto* e = std::get_if<ReplacementCancelled>(&event.body); e && e->quote.collect_minor <= 0)
        expect(e->quote.net_minor <= limit || actor.has(Role::lead), "I19: money for goods that are not sent, above the limit");
    if (const auto* e = std::get_if<RefundSubmitted>(&event.body); e && e->moves.money.front().amount_minor > limit) {
        const Operation& o = *find_operation(after, e->operation_id);
        expect(actor.has(Role::finance) && o.maker_id != actor.staff_id && o.approver_id != actor.staff_id, "I19: submitted above the limit");
    }
    if (const auto* e = std::get_if<OperationRequested>(&event.body); e && e->operation.window_overridden)
        expect(actor.has(Role::lead), "I19: a rule was overridden without a lead");
}

/// Section 8, overlays that affect legality; section 7, rules b, d and e.
void check_platform(const CaseState& before, const Event& event) {
    const Platform& known = before.c.platform;
    std::int64_t owed = known.ruled_minor;
    const auto given = [](const Operation& o) { return std::max<std::int64_t>(o.settled.net_minor - o.settled.collect_minor, 0); };  // not what was collected
    for (const auto& o : before.operations) owed -= given(o);
    const bool in_hand = known.intervention == Intervention::in_progress, for_buyer = known.intervention == Intervention::ruled_for_buyer && owed > 0;
    if (const auto* e = std::get_if<PlatformHeard>(&event.body)) expect(e->platform.version > known.version || (e->platform.version == known.version && event.actor_role == Role::lead), "I22: an older version was heard");
    if (std::holds_alternative<OperationRejected>(event.body)) expect(!in_hand && !for_buyer && !known.cannot_refuse, "rejected against the platform");
    if (std::holds_alternative<CaseClosed>(event.body)) expect(!in_hand, "closed while the platform has it in hand");
    if (const auto* e = std::get_if<UnitsReleased>(&event.body)) {
        expect(!in_hand || e->cause != ReleaseCause::withdrawn || event.actor_role == Role::customer, "withdrawn by staff while the platform has it in hand");
        const bool unpaid = for_buyer && given(*find_operation(before, e->operation_id)) == 0;
        expect(!(known.undecided() || unpaid) || e->cause == ReleaseCause::withdrawn, "units let go by a clock before the platform decided");
    }
    if (const auto* e = std::get_if<BatchSettled>(&event.body); e && for_buyer) {
        const Operation* o = find_operation(before, e->operation_id);  // null: requested by the same decision
        const bool by_approval = e->by == SettledBy::approval;
        const bool about_money = o && (by_approval ? kind_of(*o).settles == Settles::consumed || kind_of(*o).settles == Settles::cancelled : kind_of(*o).comes_back);
        const bool replaced = std::any_of(before.lines.begin(), before.lines.end(), [&](const OperationLine& l) { return l.operation_id == e->operation_id && l.replaced > 0; });
        const bool promised_before = o && by_approval && o->decision == DecisionState::verifying;
        std::int64_t payable = o ? o->advanced_minor : 0;  // of money that no other operation was promised
        for (const auto& ledger : before.order.money) payable += ledger.free_minor();
        for (const auto& leg : before.money) payable += o && leg.operation_id == o->id && leg.state == MoneyState::planned ? leg.amount_minor : 0;
        if (about_money && payable > 0 && !replaced && !promised_before && o->kind != OperationKind::repair)
            expect(e->by != SettledBy::accept && e->quote.net_minor <= owed, "settled otherwise than the platform ruled");
    }
}

/// I12, I13: the new operation holds what the old one held, and nothing more is promised unless it was approved.
void check_handover(const CaseState& before, const CaseState& after, const Decision& decision) {
    const auto held = [](const CaseState& s) {
        std::int64_t sum = 0;
        for (const auto& run : s.order.units) sum += run.held_by.empty() ? 0 : run.qty;
        return sum;
    };
    const auto promised = [](const CaseState& s) {
        std::int64_t sum = 0;
        for (const auto& ledger : s.order.money) sum += ledger.promised_minor;
        return sum;
    };
    const bool approved = std::any_of(decision.events.begin(), decision.events.end(), [](const Event& e) {
        return std::holds_alternative<OperationApproved>(e.body) || std::holds_alternative<CheckAsked>(e.body);
    });
    if (!approved) expect(held(before) == held(after), "I13: a change of kind lost or took units");
    expect(approved || promised(after) <= promised(before), "I13: a change of kind promised more");
}

/// I29: nothing is left open behind a closed case.
void check_closed(const CaseState& after) {
    for (const auto& o : after.operations) expect(is_over(o.decision), "I29: closed over an open operation");
    for (const auto& task : after.tasks) expect(task.code != kAskedTask || task.state != TaskState::open, "I29: closed over an open task");
    for (const auto& line : after.lines)
        expect(count_units(after.order, line.order_line_id, Bucket::with_us, line.id) == 0, "I29: closed over goods that are with us");
}

/// An answer counts once; an appeal is counted.
void check_heard(const CaseState& before, const Event& event) {
    if (const auto* e = std::get_if<RefundAnswered>(&event.body)) {
        const auto known = std::find_if(before.attempts.begin(), before.attempts.end(), [&](const MoneyAttempt& a) { return a.id == e->attempt_id; });
        const auto state = known == before.attempts.end() ? MoneyState::submitted : known->state;
        expect(state != MoneyState::succeeded, "I5: an answer was heard after success");
        expect(e->result != RefundResult::fail || state != MoneyState::failed, "I5: a failure was heard twice");
        expect(e->result != RefundResult::unknown || state == MoneyState::submitted, "I6: known money became unknown");
    }
    if (const auto* e = std::get_if<ParcelArrived>(&event.body)) {
        const InboundLeg* leg = nullptr;
        for (const auto& each : before.inbound)
            if (each.id == e->inbound_leg_id) leg = &each;
        expect(!leg || e->receipt.empty() || leg->receipts.find(e->receipt + "\n") == std::string::npos, "I8: a receipt counted twice");
    }
    if (const auto* e = std::get_if<OperationRequested>(&event.body)) {
        const bool needed = rule_of(e->operation.reason).needs_photo || e->operation.sub_kind == SubKind::keep_goods;
        expect(!needed || !e->photo_ref.empty(), "G-evidence: requested without a photo");
    }
}

void check_appeal(const CaseState& before, const CaseState& after, const Event& event, const Policy& policy) {
    const auto* e = std::get_if<OperationAppealed>(&event.body);
    if (!e) return;
    expect(find_operation(after, e->operation_id)->appeals == find_operation(before, e->operation_id)->appeals + 1, "an appeal is not counted");
    const bool ruled = ruled_owed(before) > 0;  // opens it again, however often
    expect(ruled || find_operation(after, e->operation_id)->appeals <= policy.terms.max_appeals, "more appeals than the terms allow");
}

}  // namespace

void check_costs(const std::vector<CaseState>& cases, const CaseState& after, const Decision& decision, const Actor& actor, const Policy& policy) {
    for (const auto& event : decision.events) {
        const auto* asked = std::get_if<CheckAsked>(&event.body);
        if (!asked || event.actor_role == Role::system || find_operation(after, asked->operation_id)->kind != OperationKind::reissue) continue;
        const auto cost = sent_again(cases, {}).again_cost_minor;
        expect(cost <= policy.terms.reissue_cost_limit_minor || actor.has(Role::lead), "I32: sent again above the limit");
    }
}

void check_change(const CaseState& before, const CaseState& after, const Decision& decision, const Actor& actor, const Policy& policy, const Calendar& calendar) {
    expect(after.c.version == before.c.version + std::int64_t(decision.events.size()), "I21: version is not the number of events");
    check_over(before, after);
    check_legs(before, after);
    for (const auto& event : decision.events) {
        expect(role_may(event, actor), "I19: " + std::string(type_of(event)) + " by " + actor.principal);
        check_limits(after, event, actor, policy);
        check_platform(before, event);
        if (const auto* e = std::get_if<OperationRequested>(&event.body))
            expect(e->window_ends_at.ms == 0 || event.at <= e->window_ends_at || e->operation.window_overridden, "I18: requested after the window");
        if (const auto* e = std::get_if<GoodsDispatched>(&event.body)) {
            const auto leg = std::find_if(before.outbound.begin(), before.outbound.end(), [&](const OutboundLeg& l) { return l.id == e->outbound_leg_id; });
            expect(leg->purpose == OutboundPurpose::send_back || !unpaid_difference(before, e->operation_id), "I15: sent before the difference was paid");
        }
        if (std::holds_alternative<OperationSuperseded>(event.body)) check_handover(before, after, decision);
        if (std::holds_alternative<CaseClosed>(event.body)) check_closed(after);
        check_heard(before, event);
        check_appeal(before, after, event, policy);
    }
    check_clocks(before, after, decision, policy, calendar);
}

}  // namespace world
