#include "world.hpp"

#include <algorithm>

#include "domain/batches.hpp"
#include "domain/kinds.hpp"
#include "domain/matters.hpp"
#include "domain/recalls.hpp"

namespace world {
namespace {

using C = CommandWord;

template <class T>
const T* pick(const std::vector<T>& all, std::uint8_t n) {
    return all.empty() ? nullptr : &all[n % all.size()];
}

/// Some lines of an operation, small quantities, sometimes too many.
std::vector<LineQty> some_lines(const CaseState& state, const OperationId& id, const Step& s) {
    std::vector<LineQty> lines;
    std::uint8_t n = s.x;
    for (const auto& line : state.lines) {
        if (line.operation_id != id) continue;
        if (n++ % 3 == 0) continue;
        lines.push_back({line.order_line_id, 1 + (s.y + n) % 3});
    }
    return lines;
}

/// For the same, for something dearer or cheaper.
RequestLine a_wish(const OrderLine& line, const KindRule& kind, std::int64_t qty, const Step& s) {
    RequestLine wish{line.id, qty, {}, {}, {}};
    if (kind.kind == OperationKind::exchange && s.z % 3 != 0) {
        wish.new_sku = "OTHER" + std::to_string(s.z % 4);
        if (s.y % 3 != 0) wish.new_price_minor = line.unit_price_minor * (50 + s.x % 100) / 100;
    }
    return wish;
}

RequestOperation a_request(const CaseState& state, const Step& s) {
    RequestOperation command;
    const KindRule& kind = table::kKinds[s.actor % table::kKinds.size()];
    command.kind = kind.kind;
    command.sub_kind = kind.sub_kind;
    for (std::size_t i = 0; i < state.order.lines.size(); ++i)
        if ((s.x >> (i % 8)) & 1) command.lines.push_back(a_wish(state.order.lines[i], kind, 1 + (s.y + std::int64_t(i)) % 4, s));
    if (command.lines.empty()) command.lines.push_back(a_wish(state.order.lines[s.x % state.order.lines.size()], kind, 1, s));
    command.reason = Words<Reason>::all[s.z % Words<Reason>::all.size()].first;
    for (std::size_t i = 0; s.willing && !suits(command.reason, kind); ++i) command.reason = Words<Reason>::all[(s.z + i) % Words<Reason>::all.size()].first;
    if (kind.sub_kind == SubKind::goodwill || command.reason == Reason::shipping_overcharged) command.lines.clear();
    if (kind.sub_kind == SubKind::price_adjust || kind.sub_kind == SubKind::goodwill || (kind.sub_kind == SubKind::keep_goods && s.y % 3 == 0))
        command.amount_minor = 1 + s.y * (s.z % 9);
    command.cost_minor = s.x;
    if (s.y % 4 != 0) command.photo_ref = "photo-1";
    if (s.y % 5 == 0) command.fault = Words<Fault>::all[s.x % Words<Fault>::all.size()].first;
    if (s.z % 4 == 0) command.return_shipping_minor = 700 + s.x * 4;
    if (s.z % 7 == 0) {
        command.override_window = true;
        command.override_reason = "regular";
    }
    return command;
}

Arrive an_arrival(const CaseState& state, const Operation& o, const Step& s) {
    Arrive command{o.id, {}, {}, {}, {}};
    std::vector<InboundLeg> legs;
    for (const auto& leg : state.inbound)
        if (leg.operation_id == o.id) legs.push_back(leg);
    if (const auto* leg = pick(legs, s.x); leg && s.z % 4 != 0) command.inbound_leg_id = leg->id;
    else if (leg && s.z % 8 == 0) command.tracking = leg->tracking;
    else if (s.z % 16 == 4) command.tracking = "T" + std::to_string(s.y % 5);
    if (s.y % 3 == 0) command.lines = some_lines(state, o.id, s);
    if (s.y % 2 == 0) command.external_id = "R" + std::to_string(s.y % 6);
    return command;
}

Inspect an_inspection(const CaseState& state, const Operation& o, const Step& s) {
    std::vector<OperationLine> lines;
    for (const auto& line : state.lines)
        if (line.operation_id == o.id && (counts(line).uninspected > 0 || s.z % 5 == 0)) lines.push_back(line);
    Inspect command{o.id, {}, 1, Grade::pass, Disposition::restock, {}, {}, {}};
    if (const auto* line = pick(lines, s.x)) {
        command.order_line_id = line->order_line_id;
        command.qty = s.y % 2 == 0 ? std::max<std::int64_t>(counts(*line).uninspected, 1) : 1 + s.y % 3;
    }
    if (s.z % 3 == 0) command.grade = Words<Grade>::all[s.y % Words<Grade>::all.size()].first;
    command.disposition = Words<Disposition>::all[s.x % Words<Disposition>::all.size()].first;
    if (s.z % 11 != 0) command.photo_ref = "photo-2";
    if (s.x % 3 == 0) command.external_id = "Q" + std::to_string(s.y % 7);
    return command;
}

std::vector<RequestLine> swap_lines(const CaseState& state, const OperationId& id, const Step& s) {
    std::vector<RequestLine> lines;
    for (const auto& line : state.lines)
        if (line.operation_id == id && (s.x + lines.size()) % 3 != 2)
            lines.push_back(a_wish(*find_order_line(state.order, line.order_line_id), table::kKinds[7], 1, s));
    return lines;
}

/// Versions come in any order, some twice; rulings may be above and below what the goods are worth.
HearPlatform a_word(const CaseState& state, const Step& s, Instant now) {
    HearPlatform command{state.c.platform.empty() || s.z % 17 == 0 ? "AS-" + std::to_string(s.z % 2) : state.c.platform.external_ref, {}, {}, 0, {}, s.z % 4 == 0};
    if (s.y % 3 != 0) command.version = 1 + s.y % 40;
    command.intervention = Words<Intervention>::all[s.x % Words<Intervention>::all.size()].first;
    if (command.intervention == Intervention::ruled_for_buyer) command.ruled_minor = 1 + std::int64_t(s.x) * s.y;
    if (s.y % 2 == 0) command.deadline_at = now + hours(std::int64_t(s.z) - 20);
    return command;
}

/// What becomes of goods that come beside an operation's own.
Result<Decision> beside(const Step& s, const CaseState& state, const Facts& f) {
    std::vector<InboundLeg> legs;
    for (const auto& leg : state.inbound)
        if (is_aside(leg)) legs.push_back(leg);
    const auto leg = pick(legs, s.y);
    if (!leg) return Decision{};
    if (s.z % 3 == 0) return recall_arrived(state, {leg->operation_id, leg->id, 1 + s.y % 3}, f);
    if (s.z % 3 == 1) return inspect_recall(state, {leg->operation_id, leg->id, 1 + s.y % 2, s.y % 2 == 0 ? Grade::pass : Grade::opened, Disposition::restock, "photo", {}}, f);
    return end_recall(state, {leg->operation_id, leg->id}, f);
}

Result<Decision> run(C command, const Step& s, const CaseState& state, const Operation& o, Facts f, const TrackingHolder& holder = {}) {
    const auto inbound = pick(state.inbound, s.x);
    const auto outbound = pick(state.outbound, s.x);
    const auto attempt = pick(state.attempts, s.x);
    const auto task = pick(state.tasks, s.x);
    const std::int64_t amount = s.y % 4 == 0 ? 0 : std::int64_t(s.x) * s.y * 3;
    switch (command) {
        case C::request: return request_operation(state, a_request(state, s), f);
        case C::approve: return approve(state, {o.id}, f);
        case C::ask_info: return ask_info(state, {o.id, MessageId("NOTE")}, f);
        case C::give_info: return give_info(state, {o.id, {}}, f);
        case C::reject: return reject(state, {o.id, RejectCode::not_our_fault}, f);
        case C::appeal: return appeal(state, {o.id}, f);
        case C::change_kind: {
            const KindRule& kind = table::kKinds[s.x % table::kKinds.size()];
            return change_kind(state, {o.id, kind.kind, kind.sub_kind, s.z % 5 != 0, s.y % 3 == 0 ? swap_lines(state, o.id, s) : std::vector<RequestLine>{}}, f);
        }
        case C::answer_check: return answer_check(state, {o.id, Words<CheckResult>::all[1 + s.x % 3].first, "SF", s.z % 2 == 0 ? "" : "I" + std::to_string(f.now.ms)}, f);
        case C::reserve: return reserve(state, {o.id, Words<StockState>::all[2 + s.x % 3].first, s.y % 2 == 0 ? Instant{} : f.now + days(1 + s.y % 9)}, f);
        case C::swap: return domain::swap(state, {o.id, swap_lines(state, o.id, s), s.z % 5 != 0}, f);
        case C::collected: {
            const auto leg = pick(state.money, s.x);
            return collected(state, {o.id, s.z % 3 == 0 && leg ? leg->id : MoneyLegId{}, "card", "C"}, f);
        }
        case C::diagnose: return diagnose(state, {o.id, s.x % 4 != 0, s.y % 2 == 0, s.x, s.y}, f);
        case C::quote_repair: return quote_repair(state, {o.id, std::int64_t(s.x) * (s.y % 5), s.z % 3 == 0 ? f.now + days(3) : Instant{}}, f);
        case C::answer_quote: return answer_quote(state, {o.id, s.x % 3 != 0}, f);
        case C::repair_step: return repair_step(state, {o.id, Words<RepairStep>::all[s.x % 6].first}, f);
        case C::recover: return recover(state, {o.id}, f);
        case C::write_off: return write_off(state, {o.id, s.x % 3 == 0 ? 0 : s.y}, f);
        case C::open_recall:
            if (holder) f.tracking_used_by = holder("T" + std::to_string(s.z % 5));
            return open_recall(state, {o.id, "WRONG", "Another thing", 1 + s.x % 3, {}, s.y % 2 == 0 ? "" : "T" + std::to_string(s.z % 5), {}}, f);
        case C::recall_arrived:
        case C::inspect_recall:
        case C::end_recall: return beside(s, state, f);
        case C::withdraw: return withdraw(state, {o.id, s.z % 2 == 0 ? std::vector<LineQty>{} : some_lines(state, o.id, s)}, f);
        case C::ship_back:
            if (holder) f.tracking_used_by = holder("T" + std::to_string(s.z % 5));
            return ship_back(state, {o.id, s.x % 2 == 0 ? "SF" : "YTO", "T" + std::to_string(s.z % 5), s.y % 2 == 0 ? std::vector<LineQty>{} : some_lines(state, o.id, s)}, f);
        case C::arrive: return arrive(state, an_arrival(state, o, s), f);
        case C::carrier_lost: return carrier_lost(state, {o.id, inbound ? inbound->id : InboundLegId("none")}, f);
        case C::inspect: return inspect(state, an_inspection(state, o, s), f);
        case C::accept: return accept(state, {o.id, s.z % 3 == 0 ? amount : 0}, f);
        case C::agree: {
            const bool replace = o.kind == OperationKind::exchange && s.x % 2 == 0;
            const Quote full = replace ? everything(state, o, f.policy.terms, true).full : Quote{};
            return agree(state, {o.id, replace ? full.net_minor : amount, s.z % 5 != 0, replace, replace ? full.collect_minor + s.y % 3 : 0}, f);
        }
        case C::send_back: return send_back(state, {o.id, s.z % 5 != 0}, f);
        case C::dispatch: return dispatch(state, {o.id, outbound ? outbound->id : OutboundLegId("none"), "SF", "B1"}, f);
        case C::delivered: return delivered(state, {o.id, outbound ? outbound->id : OutboundLegId("none")}, f);
        case C::outbound_lost: return outbound_lost(state, {o.id, outbound ? outbound->id : OutboundLegId("none")}, f);
        case C::resend: return resend(state, {o.id, s.z % 5 != 0}, f);
        case C::rule: {
            const auto ruled = s.z % 3 == 0 || o.id.empty() ? std::nullopt : ruled_rest(state, o, f.policy.terms);
            return rule(state, {o.id, ruled.value_or(amount), "platform"}, f);
        }
        case C::submit_refund: {
            const auto leg = pick(state.money, s.x);
            return submit_refund(state, {o.id, s.z % 3 == 0 && leg ? leg->id : MoneyLegId{}}, f);
        }
        case C::refund_result:
            return refund_outcome(state, {o.id, attempt ? attempt->id : MoneyAttemptId("none"),
                                          Words<RefundResult>::all[s.y % 3].first, "P1", "C1"}, f);
        case C::close: return close_case(state, {"cause", Fault::unknown, "done"}, f);
        case C::assign: return assign_case(state, {StaffId("agent-" + std::to_string(s.x % 3))}, f);
        case C::note: return add_note(state, {MessageId("NOTE"), Words<NoteKind>::all[s.x % 3].first}, f);
        case C::hear_platform: return hear_platform(state, a_word(state, s, f.now), f);
        case C::finish_task: return finish_task(state, {task ? task->id : TaskId("none")}, f);
    }
    return Decision{};
}

/// What plugins answer, and what makes another kind of case of it.
Result<Decision> aside(const Step& s, const CaseState& state, const Operation& o, const Facts& f) {
    const SendMessage message{o.id, Words<MessageTemplate>::all[s.y % 2].first, f.now + days(1)};
    const TellPlatform told{o.id, PlatformVerdict::agree_return};
    switch (s.x % 13) {
        case 10: {
            const auto leg = pick(state.outbound, s.y);
            return leg ? shipment_ordered(state, {leg->operation_id, leg->id}, "W" + std::to_string(s.z % 3), f) : Decision{};
        }
        case 11: return lost_came_back(state, {o.id, "T9", {}, {}}, f);
        case 12: return lost_came_back(state, {o.id, "T9", some_lines(state, o.id, s), "R9"}, f);
        case 0: return return_announced(state, o.id, "RET" + std::to_string(s.y % 3), f);
        case 1: return announce_failed(state, o.id, "refused", f);
        case 2: return book_return(state, o.id, f);
        case 3: return return_booked(state, o.id, "B" + std::to_string(s.y % 3), "SF", s.z % 16 == 7 ? "" : "W" + std::to_string(s.y % 3), f);
        case 4: return platform_told(state, told, "P", s.y % 2 == 0 ? "" : "refused", f);
        case 5: return message_sent(state, message, "M", f);
        case 6: return message_failed(state, message, "refused", f);
        case 7: return convert_case(state, {s.y % 3 == 0 ? CaseKind::complaint : s.y % 3 == 1 ? CaseKind::consultation : CaseKind::refund_only, MessageId("NOTE")}, f);
        case 8: return classify(state, {1 + s.y % 4, {}, "topic", MessageId("NOTE")}, f);
        default: return ask_task(state, {Department::quality, StaffId("quality-1"), f.now + hours(s.y), MessageId("NOTE")}, f);
    }
}

}  // namespace

std::string Ids::next() {
    std::string digits = std::to_string(++drawn);
    return std::string(8 - std::min<std::size_t>(8, digits.size()), '0') + digits;
}

Result<Decision> play(const Step& s, const CaseState& state, Instant now, const Policy& policy, const Calendar& calendar,
                      const std::function<std::string()>& ids, Asked& asked, const TrackingHolder& holder, Money money, const Known& known) {
    static const std::vector<Actor> all = actors();
    constexpr std::size_t kCommands = Words<C>::all.size();
    static const Operation nothing;
    std::vector<Operation> open;
    for (const auto& o : state.operations)
        if (!is_over(o.decision) || s.z % 13 == 0) open.push_back(o);
    const Operation* picked = pick(open, s.y);
    const Operation& o = picked ? *picked : nothing;
    const auto attempt = [&](std::size_t command, std::size_t actor) {
        const auto& [what, name] = Words<C>::all[command % kCommands];
        asked = {all[actor % all.size()], std::string(name)};
        return run(what, s, state, o, Facts{now, asked.actor, policy, calendar, ids, {}, known}, holder);
    };
    const auto barred = [&](C command) { return command == C::refund_result && money == Money::by_provider; };
    if (!s.willing && s.z % 8 == 7) {
        asked = {all[s.actor % all.size()], "aside"};
        return aside(s, state, o, Facts{now, asked.actor, policy, calendar, ids});
    }
    if (!s.willing && barred(Words<C>::all[s.act % kCommands].first)) return Decision{};
    if (!s.willing) return attempt(s.act, s.actor);
    Result<Decision> last = Decision{};
    for (std::size_t i = 0; i < kCommands; ++i) {
        const C command = Words<C>::all[(s.act + i) % kCommands].first;
        if (barred(command) || command == C::note || command == C::assign || command == C::finish_task ||
            (command == C::hear_platform && s.z % 8 != 0))
            continue;  // always legal: no progress
        for (std::size_t a = 0; a < all.size(); ++a) {
            if (!permitted(all[(s.actor + a) % all.size()], command)) continue;
            last = attempt(s.act + i, s.actor + a);
            if (last && !last->events.empty()) return last;
        }
    }
    return last;
}

Known sent_again(const std::vector<CaseState>& cases, const CaseId& apart_from) {
    Known known;
    for (const auto& each : cases) {
        if (each.c.id == apart_from) continue;
        for (const auto& o : each.operations) {
            if (o.kind != OperationKind::reissue) continue;
            const bool gone = o.decision == DecisionState::rejected || o.decision == DecisionState::cancelled || o.decision == DecisionState::expired || o.decision == DecisionState::superseded;
            if (o.decided_at.ms != 0 && !gone) known.again_cost_minor += o.parts_minor;
            for (const auto& line : each.lines)
                if (line.operation_id == o.id && o.sub_kind == SubKind::part) known.again.push_back({line.order_line_id, line.qty - line.released});
        }
    }
    return known;
}

World::World(const Seed& seed) : order(order_of(seed, ShopId("SHOP"))), opening_(order), policy_(policy_of(seed.policy)) {
    next_id_ = [this] { return ids_.next(); };
    for (int i = 0; i < 2; ++i) {
        CaseState born;
        born.c.id = CaseId("CASE" + std::to_string(i));
        born.c.shop_id = ShopId("SHOP");
        born.c.number = std::to_string(100 + i);
        born.order = order;
        cases.push_back(born);
        born_.push_back(born);
        streams_.emplace_back();
        const Actor agent = actors().front();
        const auto opened = open_case(cases.back(), {CaseKind::return_refund, Channel::console, order.order.id, {}, "topic"},
                                      Facts{now, agent, policy_, calendar_, next_id_});
        take(cases.size() - 1, opened.value(), agent);
    }
}

void World::take(std::size_t on, const Decision& decision, const Actor& actor) {
    ++accepted;
    const CaseState before = cases[on];
    for (const auto& event : decision.events) {
        apply(cases[on], event);
        streams_[on].push_back(event);
        if (moves_order(event)) order_events_.push_back(event);
        ++seen[std::string(type_of(event))];
    }
    order = cases[on].order;
    for (auto& each : cases) each.order = order;
    if (told) told(on, decision, actor);
    check(on, before, decision, actor);
}

void World::check(std::size_t on, const CaseState& before, const Decision& decision, const Actor& actor) const {
    check_state(order, cases, policy_);
    check_change(before, cases[on], decision, actor, policy_, calendar_);
    check_costs(cases, cases[on], decision, actor, policy_);
}

void World::step(const Step& s) {
    now = now + minutes(s.minutes);
    if (s.act % 3 == 0) fire_due();
    const std::size_t on = s.on % cases.size();
    Asked asked;
    const auto decision = play(s, cases[on], now, policy_, calendar_, next_id_, asked,
                               [this](const std::string& tracking) { return holder_of(tracking); }, Money::by_hand, sent_again(cases, cases[on].c.id));
    ++commands;
    if (!decision) {
        const auto& error = decision.error();
        if (error.code.empty()) throw std::string("a refusal without a code");
        if (error.code == "return_window_passed" || error.code == "line_not_returnable")  // another kind may have a window that had passed by then
            if (asked.command != word(C::request) && asked.command != word(C::change_kind) && !s.willing)
                throw std::string("I18: a later act was refused for window reasons");
        return;
    }
    take(on, *decision, asked.actor);
}

std::string World::holder_of(const std::string& tracking) const {
    for (const auto& each : cases)
        for (const auto& leg : each.inbound)
            if (leg.tracking == tracking && (leg.state == InboundState::in_transit || leg.state == InboundState::overdue)) return each.c.number;
    return {};
}

namespace {
Instant wake(const Clock& clock) {
    if (clock.state == ClockState::breached) return clock.remind_at;
    return clock.remind_at.ms != 0 ? std::min(clock.remind_at, clock.due_at) : clock.due_at;
}
}  // namespace

void World::fire_due() {
    for (int guard = 0; guard < 1000; ++guard) {
        const Clock* next = nullptr;
        std::size_t on = 0;
        for (std::size_t i = 0; i < cases.size(); ++i)
            for (const auto& clock : cases[i].clocks)
                if ((clock.state == ClockState::running || clock.state == ClockState::breached) && wake(clock).ms != 0 && wake(clock) <= now && (!next || wake(clock) < wake(*next))) {
                    next = &clock;
                    on = i;
                }
        if (!next) return;
        const Actor system = system_actor();
        const auto decision = timer_due(cases[on], next->id, Facts{now, system, policy_, calendar_, next_id_});
        ++commands;
        if (!decision) throw std::string("a due clock was refused: ") + decision.error().code;
        if (decision->events.empty()) throw std::string("a due clock did nothing");
        take(on, *decision, system);
    }
    throw std::string("clocks never stop firing");
}

namespace {
bool platform_holds(const CaseState& state) { return state.c.platform.cannot_refuse || ruled_owed(state) > 0; }
}  // namespace

// What each act that could end it says.
std::string World::why_stuck(const Operation& operation) {
    std::string said;
    for (auto& each : cases)
        for (const auto& o : each.operations) {
            if (o.id != operation.id) continue;
            const Counts c = counts(each, o.id);
            said += " " + std::string(word(o.kind)) + "/" + std::string(word(o.sub_kind)) + " " + std::string(word(o.header)) + " " + std::string(word(o.dispute)) + " " +
                    std::string(word(o.stock)) + " to_ship " + std::to_string(c.to_ship) + " open " + std::to_string(c.open) + " awaiting " + std::to_string(c.awaiting);
            for (const OperationLine* l : lines_of(each, o.id))
                said += " line " + std::to_string(l->qty) + " released " + std::to_string(l->released) + " shipped " + std::to_string(l->shipped) + " accepted " + std::to_string(l->accepted);
            for (const auto& other : each.operations)
                if (other.superseded_by == o.id) said += " after " + std::string(word(other.sub_kind)) + " " + std::string(word(other.kind));
            for (const auto& leg : each.money)
                if (leg.operation_id == o.id) said += " " + std::string(word(leg.kind)) + ":" + std::string(word(leg.state)) + ":" + std::to_string(leg.amount_minor);
            for (const auto& leg : each.outbound)
                if (leg.operation_id == o.id) said += " out:" + std::string(word(leg.state));
            for (const C command : {C::approve, C::reject, C::withdraw, C::accept, C::agree, C::rule, C::send_back, C::dispatch, C::reserve})
                for (const auto& actor : actors()) {
                    if (!permitted(actor, command)) continue;
                    const Step s{static_cast<std::uint8_t>(command), 0, 0, 0, 3, 1, 0, false};
                    const auto decision = run(command, s, each, o, Facts{now, actor, policy_, calendar_, next_id_});
                    said += "; " + std::string(word(command)) + " " + (decision ? std::string("may be done") : decision.error().code);
                }
        }
    return said;
}

void World::wind_down() {
    const auto unfinished = [&]() -> const Operation* {
        for (const auto& each : cases)
            for (const auto& o : each.operations)
                if (!is_terminal(o.decision)) return &o;
        return nullptr;
    };
    // a fair platform decides some day; what it ruled for the buyer stands
    for (std::size_t on = 0; on < cases.size(); ++on) {
        const Platform& platform = cases[on].c.platform;
        if (!platform.undecided()) continue;
        const Actor heard = plugin_actor();
        const auto decision = hear_platform(cases[on], {platform.external_ref, platform.version + 1, Intervention::ruled_for_seller, 0, {}, false},
                                            Facts{now, heard, policy_, calendar_, next_id_});
        take(on, decision.value(), heard);
    }
    for (int round = 0; unfinished(); ++round) {
        if (round > 600) throw "I11: an operation never ends: " + unfinished()->id.value + " " + std::string(word(unfinished()->decision)) + why_stuck(*unfinished());
        now = now + hours(6);
        fire_due();
        // people answer what waits for them; nobody requests or asks for more
        for (std::size_t on = 0; on < cases.size(); ++on) {
            for (const C command : {C::submit_refund, C::refund_result, C::collected, C::answer_check, C::diagnose, C::quote_repair, C::answer_quote, C::repair_step,
                                    C::reserve, C::dispatch, C::delivered, C::accept, C::inspect, C::arrive, C::write_off, C::send_back, C::agree, C::rule, C::approve, C::reject, C::carrier_lost, C::appeal, C::give_info, C::withdraw}) {
                const auto turn = static_cast<std::uint8_t>(round);  // each round looks at another parcel, attempt, amount
                Step s{static_cast<std::uint8_t>(command), 0, static_cast<std::uint8_t>(on), turn, 3, 1, 0, false};
                if (command == C::inspect) s.y = 2;
                if (command == C::reserve) s.x = round < 30 && round % 7 == 6 ? 2 : 0;  // now and then there is none
                if (command == C::write_off || command == C::diagnose) s.x = s.y = 0;
                if (command == C::withdraw) s.z = 2;  // the whole of it
                if (command == C::refund_result || command == C::rule || command == C::agree) s.y = std::uint8_t(turn % 2 == 0 ? 0 : 3);
                for (const auto& o : cases[on].operations) {
                    if (is_over(o.decision) || ((command == C::appeal || command == C::give_info) && ruled_owed(cases[on]) == 0)) continue;
                    // what may be neither rejected nor paid is talked over with the customer
                    if (command == C::withdraw && (!platform_holds(cases[on]) || (o.decision != DecisionState::requested && round < 100))) continue;
                    for (const auto& actor : actors()) {
                        if (!permitted(actor, command)) continue;
                        const auto decision = run(command, s, cases[on], o, Facts{now, actor, policy_, calendar_, next_id_, {}, sent_again(cases, cases[on].c.id)});
                        if (!decision || decision->events.empty()) continue;
                        take(on, *decision, actor);
                        goto next;
                    }
                }
            next:;
            }
        }
    }
}

void World::replay() const {
    OrderState folded = opening_;
    for (const auto& event : order_events_) apply_order(folded, event);
    if (!(folded == order)) throw std::string("I21: the order's ledgers are not the fold of their events");
    for (std::size_t i = 0; i < cases.size(); ++i) {
        CaseState state = born_[i];
        for (const auto& event : streams_[i]) apply(state, event);
        state.order = cases[i].order;  // shared: compared above
        if (!(state == cases[i])) throw std::string("I21: a case is not the fold of its events");
    }
}

}  // namespace world
