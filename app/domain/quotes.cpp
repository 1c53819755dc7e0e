#include "domain/quotes.hpp"

#include <algorithm>

#include "domain/ledgers.hpp"
#include "domain/operations.hpp"

namespace aftercare::domain {

std::int64_t restocking_fee(std::int64_t goods_minor, const PolicyTerms& terms, Fault fault) {
    if (fault != Fault::customer) return 0;
    constexpr std::int64_t kWhole = 10'000;
    const std::int64_t bp = terms.restocking_fee_bp;
    return goods_minor / kWhole * bp + goods_minor % kWhole * bp / kWhole;
}

Quote with_net(Quote q) {
    q.net_minor = q.goods_minor + q.shipping_minor + q.return_shipping_minor - q.fee_minor - q.deduction_minor;
    return q;
}

bool in_bounds(const Quote& q) {
    return q.goods_minor >= 0 && q.shipping_minor >= 0 && q.return_shipping_minor >= 0 && q.fee_minor >= 0 &&
           q.deduction_minor >= 0 && q.fee_minor <= q.goods_minor && q.deduction_minor <= q.goods_minor - q.fee_minor &&
           q.net_minor >= 0 && q == with_net(q);
}

Quote first_quote(const OrderState& order, const PolicyTerms& terms, Fault fault, std::int64_t goods_minor,
                  std::int64_t return_shipping_minor) {
    Quote q;
    q.goods_minor = goods_minor;
    if (shop_pays_the_way(fault) && terms.refund_original_shipping && !order.shipping_refunded)
        q.shipping_minor = order.order.shipping_minor;
    q.return_shipping_minor = return_shipping_minor;
    q.fee_minor = restocking_fee(goods_minor, terms, fault);
    return with_net(q);
}

Quote batch_quote(const Operation& operation, const PolicyTerms& terms, std::int64_t goods_minor) {
    const std::int64_t before = operation.settled.goods_minor;
    Quote q;
    q.goods_minor = goods_minor;
    q.shipping_minor = std::max<std::int64_t>(operation.quote.shipping_minor - operation.settled.shipping_minor, 0);
    q.return_shipping_minor =
        std::max<std::int64_t>(operation.quote.return_shipping_minor - operation.settled.return_shipping_minor, 0);
    q.fee_minor = restocking_fee(before + goods_minor, terms, operation.fault) - restocking_fee(before, terms, operation.fault);
    return with_net(q);
}

Quote lowered(Quote q, std::int64_t net) {
    std::int64_t cut = q.net_minor - net;
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
            a.net_minor + b.net_minor};
}

std::int64_t ceiling(const CaseState& state, const Operation& operation, const PolicyTerms& terms,
                     const std::vector<UnitRun>& moving) {
    auto units = state.order.units;
    for (const auto& run : moving) put_units(units, run);
    std::vector<UnitRun> open;
    for (const auto& run : units) {
        if (run.held_by.empty()) continue;
        if (run.bucket == Bucket::in_transit_out || run.bucket == Bucket::lost_out) continue;  // on its way back to the customer; lost there: open who bears it
        const OperationLine* line = find_line(state, run.held_by);
        if (line && line->operation_id == operation.id) open.push_back(run);
    }
    return open.empty() ? 0 : batch_quote(operation, terms, net_of(state.order, open)).net_minor;
}

}  // namespace aftercare::domain
