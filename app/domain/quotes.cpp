#include "domain/quotes.hpp"

#include <algorithm>

#include "domain/ledgers.hpp"
#include "domain/operations.hpp"

namespace aftercare::domain {

std::int64_t fee_of(const OperationLine& line, const PolicyTerms& terms) { return line.fee_bp.value_or(terms.restocking_fee_bp); }

GoodsByFee settled_goods(const CaseState& state, const Operation& operation, const PolicyTerms& terms) {
    GoodsByFee goods;
    for (const OperationLine* line : lines_of(state, operation.id)) goods[fee_of(*line, terms)] += line->goods_minor;
    return goods;
}

GoodsByFee operator+(GoodsByFee a, const GoodsByFee& b) {
    for (const auto& [bp, minor] : b) a[bp] += minor;
    return a;
}

std::int64_t restocking_fee(const GoodsByFee& goods, Fault fault) {
    if (fault != Fault::customer) return 0;
    constexpr std::int64_t kWhole = 10'000;
    std::int64_t fee = 0;
    for (const auto& [bp, minor] : goods) fee += minor / kWhole * bp + minor % kWhole * bp / kWhole;
    return fee;
}

Quote with_net(Quote q) {
    const auto sum = q.goods_minor + q.shipping_minor + q.return_shipping_minor - q.fee_minor - q.deduction_minor - q.replacement_minor;
    q.net_minor = std::max<std::int64_t>(sum, 0);
    q.collect_minor = std::max<std::int64_t>(-sum, 0);
    return q;
}

bool in_bounds(const Quote& q) {
    return q.goods_minor >= 0 && q.shipping_minor >= 0 && q.return_shipping_minor >= 0 && q.fee_minor >= 0 &&
           q.deduction_minor >= 0 && q.fee_minor <= q.goods_minor && q.deduction_minor <= q.goods_minor - q.fee_minor &&
           q.replacement_minor >= 0 && q.collect_minor >= 0 &&
           q.net_minor - q.collect_minor ==
               q.goods_minor + q.shipping_minor + q.return_shipping_minor - q.fee_minor - q.deduction_minor - q.replacement_minor;
}

namespace {

/// Nothing of the order is left but these units, and none of them was sent.
bool cancels_all(const OrderState& order, const std::vector<LineUnits>& units) {
    std::int64_t left = 0;
    for (const auto& run : order.units)
        if (run.bucket != Bucket::cancelled) left += run.qty;
    for (const auto& each : units)
        for (const auto& run : each.units)
            if (run.bucket == Bucket::unshipped) left -= run.qty;
    return left == 0;
}

GoodsByFee goods_of(const OrderState& order, const std::vector<LineUnits>& units, const PolicyTerms& terms) {
    GoodsByFee goods;
    for (const auto& each : units) goods[fee_of(each.line, terms)] += net_of(order, each.units);
    return goods;
}
std::int64_t sum_of(const GoodsByFee& goods) {
    std::int64_t sum = 0;
    for (const auto& [bp, minor] : goods) sum += minor;
    return sum;
}

}  // namespace

std::int64_t replacement_value(const OrderState& order, const LineUnits& each) {
    if (each.line.even) return net_of(order, each.units);
    std::int64_t qty = 0;
    for (const auto& run : each.units) qty += run.qty;
    return qty * each.line.new_price_minor;
}

Quote first_quote(const OrderState& order, const PolicyTerms& terms, const Operation& o, const std::vector<LineUnits>& units) {
    Quote q;
    const auto by_fee = goods_of(order, units, terms);
    const auto goods = sum_of(by_fee);
    const bool by_us = shop_pays_the_way(o.fault) && terms.refund_original_shipping;
    const auto shipping = order.shipping_refunded ? 0 : order.order.shipping_minor;
    switch (o.kind) {
        case OperationKind::reissue: return q;
        case OperationKind::repair: q.return_shipping_minor = o.quote.return_shipping_minor; return with_net(q);
        case OperationKind::exchange:
            q.goods_minor = goods;
            q.return_shipping_minor = o.quote.return_shipping_minor;
            for (const auto& each : units) q.replacement_minor += replacement_value(order, each);
            return with_net(q);
        default: break;
    }
    switch (o.sub_kind) {
        case SubKind::goodwill: return q;
        case SubKind::price_adjust:
            if (o.reason == Reason::shipping_overcharged) q.shipping_minor = std::min(o.asked_minor, shipping);
            else q.goods_minor = std::min(o.asked_minor, goods);
            break;
        case SubKind::keep_goods:
            q.goods_minor = goods;
            if (o.asked_minor > 0) q.deduction_minor = goods - std::min(goods, o.asked_minor);
            break;
        case SubKind::unshipped_cancel:
            q.goods_minor = goods;
            if (by_us || cancels_all(order, units)) q.shipping_minor = shipping;
            break;
        default:
            q.goods_minor = goods;
            if (by_us) q.shipping_minor = shipping;
            q.return_shipping_minor = o.quote.return_shipping_minor;
            if (is_return(o)) q.fee_minor = restocking_fee(by_fee, o.fault);
    }
    return with_net(q);
}

Quote batch_quote(const Operation& operation, const GoodsByFee& before, const GoodsByFee& goods, std::int64_t replacement_minor) {
    Quote q;
    q.goods_minor = sum_of(goods);
    q.replacement_minor = replacement_minor;
    q.shipping_minor = std::max<std::int64_t>(operation.quote.shipping_minor - operation.settled.shipping_minor, 0);
    q.return_shipping_minor =
        std::max<std::int64_t>(operation.quote.return_shipping_minor - operation.settled.return_shipping_minor, 0);
    if (is_return(operation))
        q.fee_minor = restocking_fee(before + goods, operation.fault) - restocking_fee(before, operation.fault);
    return with_net(q);
}

Quote lowered(Quote q, std::int64_t net, std::int64_t collect) {
    std::int64_t cut = (q.net_minor - q.collect_minor) - (net - collect);
    const auto take = [&](std::int64_t room) {
        const std::int64_t part = std::min(cut, room);
        cut -= part;
        return part;
    };
    q.deduction_minor += take(q.goods_minor - q.fee_minor - q.deduction_minor);
    q.return_shipping_minor -= take(q.return_shipping_minor);
    q.shipping_minor -= take(q.shipping_minor);
    return with_net(q);
}

Quote ruled(Quote q, std::int64_t net, std::int64_t spare_shipping) {
    if (net <= q.net_minor) return lowered(q, net);
    const std::int64_t waived = std::min(q.fee_minor, net - q.net_minor);
    q.fee_minor -= waived;
    q.shipping_minor += std::min(spare_shipping, net - q.net_minor - waived);
    return with_net(q);
}

Quote operator+(const Quote& a, const Quote& b) {
    return {a.goods_minor + b.goods_minor,
            a.shipping_minor + b.shipping_minor,
            a.return_shipping_minor + b.return_shipping_minor,
            a.fee_minor + b.fee_minor,
            a.deduction_minor + b.deduction_minor,
            a.net_minor + b.net_minor,
            a.replacement_minor + b.replacement_minor,
            a.collect_minor + b.collect_minor};
}

namespace {

/// Units without a final quote, line by line.
std::vector<LineUnits> open_units(const CaseState& state, const Operation& operation, const std::vector<UnitRun>& moving) {
    auto units = state.order.units;
    for (const auto& run : moving) put_units(units, run);
    std::vector<LineUnits> open;
    for (const OperationLine* line : lines_of(state, operation.id)) {
        LineUnits each{*line, {}};
        for (const auto& run : units) {
            if (run.held_by != line->id || run.bucket == Bucket::lost_out) continue;  // lost there: open who bears it
            const bool going = run.bucket == Bucket::in_transit_out && (counts(*line).to_ship == 0 || !in(kind_of(operation).home, run.bucket));
            if (!going) each.units.push_back(run);
        }
        if (!each.units.empty()) open.push_back(std::move(each));
    }
    return open;
}

}  // namespace

std::int64_t ceiling(const CaseState& state, const Operation& operation, const PolicyTerms& terms,
                     const std::vector<UnitRun>& moving, const GoodsByFee& settling) {
    const auto open = open_units(state, operation, moving);
    if (open.empty()) return 0;
    switch (operation.kind) {
        case OperationKind::repair: return batch_quote(operation, {}, {}).net_minor;
        case OperationKind::reissue: return 0;
        case OperationKind::exchange: {
            std::int64_t most = batch_quote(operation, {}, {}).net_minor;
            for (const auto& each : open)
                most += std::max<std::int64_t>(net_of(state.order, each.units) - replacement_value(state.order, each), 0);
            return most;
        }
        default: break;
    }
    const auto worth = batch_quote(operation, settled_goods(state, operation, terms) + settling, goods_of(state.order, open, terms)).net_minor;
    return kind_of(operation).settles == Settles::later ? worth : std::min(worth, operation.quote.net_minor);  // a marketplace may have ruled less
}

}  // namespace aftercare::domain
