#include "usecase/marketplace.hpp"

#include <aftercare/codec/codec.hpp>
#include <algorithm>

#include "domain/cases.hpp"
#include "domain/guards.hpp"
#include "domain/ledgers.hpp"
#include "domain/operations.hpp"
#include "domain/operation_rules.hpp"
#include "domain/platform.hpp"
#include "domain/policies.hpp"
#include "store/connectors.hpp"
#include "store/orders.hpp"
#include "usecase/facts.hpp"
#include "usecase/orders.hpp"
#include "usecase/plugin_change.hpp"

namespace aftercare::usecase {
namespace {

using domain::CaseState;
using domain::Decision;
using domain::Facts;

constexpr const char* kNoOrder = "order_unknown";

/// The decision so far and the state after it; what a rule refuses is remembered and the rest goes on.
class Following {
   public:
    Following(const CaseState& state, const Facts& facts, std::string& refused) : state_(state), facts_(facts), refused_(refused) {
        refused_.clear();
    }
    bool then(Result<Decision> decision) {
        if (!decision) {
            if (refused_.empty()) refused_ = decision.error().code;
            return false;
        }
        state_ = domain::after(std::move(state_), *decision);
        domain::append(decision_, std::move(*decision));
        return true;
    }
    void refuse(const char* code) {
        if (refused_.empty()) refused_ = code;
    }
    [[nodiscard]] const CaseState& state() const { return state_; }
    [[nodiscard]] const Facts& facts() const { return facts_; }
    Decision take() { return std::move(decision_); }

   private:
    CaseState state_;
    const Facts& facts_;
    std::string& refused_;
    Decision decision_;
};

domain::HearPlatform word_of(const AfterSale& sale) {
    return {sale.id, sale.version, sale.intervention, sale.ruled_minor, sale.deadline_at, sale.cannot_refuse, sale.state};
}

/// Free units of a line where this kind looks for them; a part is missing from whatever was sent.
std::int64_t free_units(const CaseState& state, const OrderLine& line, const domain::KindRule& kind) {
    const domain::WordSet home = kind.home != 0 ? kind.home : domain::set_of(Bucket::in_transit_out, Bucket::with_customer);
    std::int64_t sum = 0;
    for (const auto& [bucket, name] : Words<Bucket>::all)
        if (domain::in(home, bucket)) sum += domain::available(state.order, line.id, bucket);
    return sum;
}

/// A marketplace says "refund only"; which way that goes follows from the reason and from where the goods are. Other kinds go the usual way.
const domain::KindRule& way_of(const CaseState& state, const AfterSale& sale) {
    if (sale.kind != OperationKind::refund_only) return domain::usual_of(sale.kind);
    const auto way = [](SubKind sub_kind) -> const domain::KindRule& { return *domain::find_kind(OperationKind::refund_only, sub_kind); };
    switch (sale.reason) {
        case Reason::not_received: return way(SubKind::not_received);
        case Reason::price_drop:
        case Reason::shipping_overcharged: return way(SubKind::price_adjust);
        case Reason::goodwill: return way(SubKind::goodwill);
        default: break;
    }
    for (const SubKind each : {SubKind::unshipped_cancel, SubKind::intercept})
        for (const OrderLine& line : state.order.lines) {
            const bool named = sale.lines.empty() || std::any_of(sale.lines.begin(), sale.lines.end(), [&](const AfterSaleLine& l) { return l.sku == line.sku; });
            if (named && free_units(state, line, way(each)) > 0) return way(each);
        }
    return way(SubKind::keep_goods);
}

/// The lines meant: by sku, spread over the order's lines that have it; none said: all that can be asked for.
std::vector<domain::RequestLine> lines_of(const CaseState& state, const AfterSale& sale, const domain::KindRule& kind) {
    std::vector<domain::RequestLine> lines;
    const auto free_of = [&](const OrderLine& line) { return free_units(state, line, kind); };
    if (sale.lines.empty()) {
        for (const OrderLine& line : state.order.lines)
            if (const auto free = free_of(line); free > 0) lines.push_back({line.id, free, {}, {}, {}});
        if (lines.empty() && !state.order.lines.empty()) lines.push_back({state.order.lines[0].id, 1, {}, {}, {}});  // the rule says why not
        return lines;
    }
    for (const AfterSaleLine& wanted : sale.lines) {
        std::int64_t left = wanted.qty;
        const OrderLine* last = nullptr;
        for (const OrderLine& line : state.order.lines) {
            if (line.sku != wanted.sku || left == 0) continue;
            last = &line;
            const auto here = std::min(left, free_of(line));
            if (here > 0) lines.push_back({line.id, here, kind.goes_out ? wanted.new_sku : std::string(), {}, {}});
            left -= here;
        }
        if (left == 0) continue;
        if (!last) lines.push_back({OrderLineId(wanted.sku), left, {}, {}, {}});  // names nothing: the rule says so
        else if (!lines.empty() && lines.back().order_line_id == last->id) lines.back().qty += left;
        else lines.push_back({last->id, left, {}, {}, {}});
    }
    return lines;
}

bool is_over(AfterSaleState state) { return state == AfterSaleState::done || state == AfterSaleState::closed; }

const Operation* newest(const CaseState& state) { return state.operations.empty() ? nullptr : &state.operations.back(); }

bool has_parcel(const CaseState& state, const OperationId& id, const std::string& tracking) {
    return std::any_of(state.inbound.begin(), state.inbound.end(),
                       [&](const InboundLeg& leg) { return leg.operation_id == id && leg.tracking == tracking; });
}

/// Done there: what was under way has arrived, money and goods alike.
void conclude(Following& f, const OperationId& id, const AfterSale& sale) {
    bool any = false;
    const std::vector<MoneyAttempt> attempts = f.state().attempts;  // each answer moves the state on
    for (const MoneyAttempt& attempt : attempts) {
        const MoneyLeg* leg = domain::find_leg(f.state(), attempt.money_leg_id);
        const bool waits = attempt.state == MoneyState::submitted || attempt.state == MoneyState::unknown;
        if (!leg || leg->operation_id != id || !waits) continue;
        any = f.then(domain::refund_outcome(f.state(), {id, attempt.id, RefundResult::ok, sale.id, {}}, f.facts())) || any;
    }
    const std::vector<OutboundLeg> sent = f.state().outbound;
    for (const OutboundLeg& leg : sent)
        if (leg.operation_id == id && leg.state == OutboundState::dispatched) any = f.then(domain::delivered(f.state(), {id, leg.id}, f.facts())) || any;
    const Operation* operation = domain::find_operation(f.state(), id);
    if (!any && operation && !domain::is_over(operation->decision)) f.refuse("platform_done_first");
}

/// Takes the newest operation where the marketplace has it already. Steps that nobody told of are made by the system.
void follow(Following& f, const AfterSale& sale) {
    const Operation* operation = newest(f.state());
    if (!operation || domain::is_over(operation->decision)) return;
    if (operation->kind != sale.kind) return f.refuse("kind_changed_there");  // a person agrees with the customer to the change
    const OperationId id = operation->id;
    const domain::Actor system = domain::system_actor();
    const Facts as_system{f.facts().now, system, f.facts().policy, f.facts().calendar, f.facts().next_id, f.facts().tracking_used_by, f.facts().known};
    const bool requested = operation->decision == DecisionState::requested;
    switch (sale.state) {
        case AfterSaleState::return_shipped:
        case AfterSaleState::awaiting_return: {
            if (requested && !f.then(domain::approve(f.state(), {id}, as_system))) return;
            if (sale.tracking.empty() || has_parcel(f.state(), id, sale.tracking) || domain::counts(f.state(), id).to_ship == 0) return;
            f.then(domain::ship_back(f.state(), {id, sale.carrier.empty() ? "-" : sale.carrier, sale.tracking, {}}, f.facts()));
            return;
        }
        case AfterSaleState::refused:
            if (requested) f.then(domain::reject(f.state(), {id, RejectCode::other}, as_system));
            return;
        case AfterSaleState::closed: {
            const auto counts = domain::counts(f.state(), id);
            if (counts.open > 0) f.then(domain::withdraw(f.state(), {id, {}}, as_system));
            return;
        }
        case AfterSaleState::done: return conclude(f, id, sale);
        case AfterSaleState::agreed_refunding:  // what comes back is looked at first
            if (requested && !domain::kind_of(*operation).comes_back) f.then(domain::approve(f.state(), {id}, as_system));
            return;
        case AfterSaleState::requested:
        case AfterSaleState::platform_review:
        case AfterSaleState::unknown: return;
    }
}

domain::RequestOperation request_of(const CaseState& state, const AfterSale& sale) {
    const domain::KindRule& kind = way_of(state, sale);
    domain::RequestOperation request;
    request.kind = kind.kind;
    request.sub_kind = kind.sub_kind;
    request.reason = domain::suits(sale.reason, kind) ? sale.reason : Reason::other;
    if (domain::needs_lines(kind, request.reason)) request.lines = lines_of(state, sale, kind);
    if (kind.amount != AmountAsked::never && sale.amount_minor > 0) request.amount_minor = sale.amount_minor;
    request.photo_ref = "marketplace:" + sale.id;  // evidence lies there
    return request;
}

/// A case with what the buyer asks for. Without it, when the rules refuse it: then a person looks.
Result<Decision> open(const CaseState& state, const AfterSale& sale, const MessageId& note, const Facts& facts, std::string& refused) {
    AC_TRY(Decision opened, domain::open_case(state, {*from_word<CaseKind>(word(sale.kind)), Channel::marketplace, state.order.order.id, {}, {}}, facts));
    Following f(state, facts, refused);
    f.then(std::move(opened));
    f.then(domain::request_operation(f.state(), request_of(f.state(), sale), facts));
    if (!note.empty()) f.then(domain::add_note(f.state(), {note, NoteKind::from_customer}, facts));
    f.then(domain::hear_platform(f.state(), word_of(sale), facts));
    follow(f, sale);
    return f.take();
}

std::string open_case_of(const Arrivals& a, const PulledConnector& connector, const AfterSale& sale, const RawJson& raw, const OrderId& order,
                         const std::string& number) {
    const auto case_id = a.ctx.ids.make<CaseId>();
    const std::function<std::string()> next_id = [&] { return a.ctx.ids.next(); };
    std::vector<Note> notes;
    if (!sale.words.empty()) notes.push_back({a.ctx.ids.make<MessageId>(), case_id, NoteKind::from_customer, {}, sale.words, a.now});
    std::string refused;
    const Guard guard{a.source.actor.principal, {}, {}, {}, a.now};
    static_cast<void>(store::load_order(a.tx, order, true));  // holds it
    const auto opened = store::new_case_in(
        a.tx, case_id, number, connector.shop_id, order, guard,
        [&](const CaseState& state, const store::CaseSurroundings& around) -> Result<store::CaseDecision> {
            const Facts facts{a.now, a.source.actor, around.policy_for(state, {}), calendar_of(around.calendar), next_id, {}, around.known};
            refused.clear();
            AC_TRY(Decision decision, open(state, sale, notes.empty() ? MessageId() : notes[0].id, facts, refused));
            return store::CaseDecision{std::move(decision), notes, &facts.calendar};
        },
        a.hints);
    const ItemName name{sale.id, {}};
    if (!opened) {
        a.keep(name, raw, {}, opened.error().code);
        return opened.error().code;
    }
    store::put_platform_source(a.tx, case_id, connector.id);
    if (refused.empty()) store::solve_problem(a.tx, connector.id, a.stream, sale.id);
    else a.keep({sale.id, opened->operation_id.value}, raw, case_id, refused);
    return refused;
}

std::string hear(const Arrivals& a, const PulledConnector& connector, const AfterSale& sale, const RawJson& raw, const store::PlatformCase& known) {
    std::string refused;
    bool settles = true;  // what was kept of it is over, if nothing is refused now
    const ItemName name{sale.id, known.operation_id.value};
    const auto heard = tell_case(
        a.ctx, a.tx, known.case_id, known.operation_id, a.now, a.hints,
        [&](const CaseState& state, const Facts& facts) -> Result<Decision> {
            AC_TRY(Decision word, domain::hear_platform(state, word_of(sale), facts));
            refused.clear();
            const bool older = sale.version < state.c.platform.version;
            settles = !older && (!state.operations.empty() || is_over(sale.state));
            if (older) return word;
            Following f(state, facts, refused);  // also of a version heard before: what could not be followed then may be now
            f.then(std::move(word));
            follow(f, sale);
            return f.take();
        },
        a.source.actor, {sale.tracking});
    if (!heard) refused = heard.error().code;
    else if (store::platform_source(a.tx, known.case_id).empty()) store::put_platform_source(a.tx, known.case_id, connector.id);
    if (!refused.empty()) a.keep(name, raw, known.case_id, refused);
    else if (settles) store::solve_problem(a.tx, connector.id, a.stream, sale.id);
    return refused;
}

/// Why no case opens for an after-sale that has none; empty when one does, of `order`.
std::string why_none(store::Tx& tx, const PulledConnector& connector, const AfterSale& sale, OrderId& order) {
    if (sale.state == AfterSaleState::unknown) return "after_sale_state_unknown";
    if (is_over(sale.state)) return "after_sale_over";
    order = store::order_by_number(tx, connector.shop_id, sale.order_number);
    return order.empty() ? kNoOrder : "";
}

}  // namespace

std::string take_order(const Arrivals& a, const PulledConnector& connector, const SoldOrder& sold, const RawJson& raw) {
    const ItemName name{sold.id, {}};
    PutOrder order;
    order.shop_id = connector.shop_id;
    order.number = sold.number;
    order.channel = sold.channel;
    if (!sold.buyer_ref.empty() || !sold.buyer_name.empty() || !sold.buyer_phone.empty())
        order.customer = PutOrderCustomer{sold.buyer_ref, sold.buyer_name, sold.buyer_phone, {}, {}};
    for (const SoldLine& line : sold.lines) order.lines.push_back({line.sku, line.name, line.qty, line.unit_price_minor, line.discount_minor});
    order.discount_minor = sold.discount_minor;
    order.shipping_minor = sold.shipping_minor;
    order.placed_at = sold.placed_at;
    order.delivered_at = sold.delivered_at.ms == 0 ? Instant{} : std::max(sold.delivered_at, sold.placed_at);
    const auto put = put_order_in(a.ctx, a.tx, a.source.actor, order);
    if (put) a.hints.push_back({"order", put->order.id.value, connector.shop_id, 1});
    if (!put && put.error().code == "order_exists" && order.delivered_at.ms != 0) {
        const auto known = store::load_order(a.tx, store::order_by_number(a.tx, order.shop_id, order.number), true);
        if (known && known->order.delivered_at.ms == 0 && store::deliver_order(a.tx, *known, {}, order.delivered_at))
            a.hints.push_back({"order", known->order.id.value, connector.shop_id, 1});
    }
    if (put || put.error().code == "order_exists") {
        store::solve_problem(a.tx, connector.id, a.stream, sold.id);
        return {};
    }
    a.keep(name, raw, {}, put.error().code);
    return put.error().code;
}

std::string take_after_sale(const Arrivals& a, const PulledConnector& connector, const AfterSale& sale, const RawJson& raw,
                            const std::string& number) {
    if (const auto known = store::case_of_after_sale(a.tx, connector.shop_id, sale.id)) return hear(a, connector, sale, raw, *known);
    OrderId order;
    std::string code = why_none(a.tx, connector, sale, order);
    if (code.empty() && number.empty()) code = kNoOrder;  // it came a moment ago: the next pull has a number for it
    if (code.empty()) return open_case_of(a, connector, sale, raw, order, number);
    a.keep({sale.id, {}}, raw, {}, code);
    return code;
}

bool needs_number(Context& ctx, const PulledConnector& connector, const RawJson& raw) {
    const auto sale = decode<AfterSale>(raw.text);
    if (!sale) return false;
    const auto opens = ctx.store.read([&](store::Tx& tx) -> Result<bool> {
        OrderId order;
        return !store::case_of_after_sale(tx, connector.shop_id, sale->id) && why_none(tx, connector, *sale, order).empty();
    });
    return opens && *opens;
}

Result<std::vector<RawJson>> after_sales_to_retry(Context& ctx, const PulledConnector& connector) {
    return ctx.store.read([&](store::Tx& tx) -> Result<std::vector<RawJson>> {
        std::vector<RawJson> found;
        for (const store::ConnectorProblem& problem : store::problems_with(tx, connector.id, word(PullStream::after_sales), kNoOrder)) {
            const auto sale = decode<AfterSale>(problem.item.text);
            if (sale && !store::order_by_number(tx, connector.shop_id, sale->order_number).empty()) found.push_back(problem.item);
        }
        return found;
    });
}

std::string take_parcel(const Arrivals& a, const PulledConnector& connector, const SentParcel& parcel, const RawJson& raw) {
    const auto found = store::operations_named(a.tx, connector.shop_id, parcel.key, {});
    const bool clear = found.size() == 1 || (found.size() > 1 && found[0].under_way && !found[1].under_way);
    if (!clear) {
        const std::string code = found.empty() ? "unknown_return" : "return_ambiguous";
        a.keep({parcel.id, {}}, raw, {}, code);
        return code;
    }
    const auto& named = found.front();
    const auto decide = [&](const CaseState& state, const Facts& facts) -> Result<Decision> {
        if (has_parcel(state, named.operation_id, parcel.tracking)) return Decision{};
        return domain::ship_back(state, {named.operation_id, parcel.carrier, parcel.tracking, {}}, facts);
    };
    return a.into_case({parcel.id, named.operation_id.value}, raw, named.case_id, decide, {parcel.tracking});
}

}  // namespace aftercare::usecase
