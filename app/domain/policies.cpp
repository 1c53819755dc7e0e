#include "domain/policies.hpp"

#include <array>
#include <set>

#include "domain/kinds.hpp"

namespace aftercare::domain {
namespace {

using K = OperationKind;
using U = SubKind;

constexpr std::uint32_t row(K kind, U sub_kind) {
    for (std::size_t i = 0; i < table::kKinds.size(); ++i)
        if (table::kKinds[i].kind == kind && table::kKinds[i].sub_kind == sub_kind) return 1u << i;
    return 0;
}
constexpr std::uint32_t rows(K kind) {
    std::uint32_t all = 0;
    for (std::size_t i = 0; i < table::kKinds.size(); ++i)
        if (table::kKinds[i].kind == kind) all |= 1u << i;
    return all;
}
constexpr auto kReturn = rows(K::return_refund), kExchange = rows(K::exchange), kRepair = rows(K::repair), kReissue = rows(K::reissue),
               kCancel = row(K::refund_only, U::unshipped_cancel), kIntercept = row(K::refund_only, U::intercept),
               kNotReceived = row(K::refund_only, U::not_received), kKeep = row(K::refund_only, U::keep_goods),
               kAdjust = row(K::refund_only, U::price_adjust), kGoodwill = row(K::refund_only, U::goodwill),
               kFaulty = kReturn | kKeep | kExchange, kBeforeDelivery = kCancel | kIntercept;

// reason, for which kinds, whose fault, photo needed, warranty window, instant refund
constexpr std::array kReasons{
    ReasonRule{Reason::no_longer_wanted, kReturn | kExchange | kBeforeDelivery, Fault::customer, false, false, true},
    ReasonRule{Reason::wrong_size, kReturn | kExchange | kBeforeDelivery, Fault::customer, false, false, true},
    ReasonRule{Reason::not_as_described, kFaulty, Fault::merchant, true, false, false},
    ReasonRule{Reason::quality, kFaulty | kRepair, Fault::merchant, true, true, false},
    ReasonRule{Reason::damaged_in_transit, kFaulty | kRepair | kReissue, Fault::courier, true, false, false},
    ReasonRule{Reason::wrong_item, kFaulty | kReissue, Fault::merchant, true, false, false},
    ReasonRule{Reason::missing_parts, kFaulty | kReissue, Fault::merchant, true, false, false},
    ReasonRule{Reason::late_delivery, kReturn | kBeforeDelivery | kGoodwill, Fault::courier, false, false, true},
    ReasonRule{Reason::other, ~0u, Fault::unknown, false, false, false},
    ReasonRule{Reason::not_received, kNotReceived | kReissue, Fault::courier, false, false, false},
    ReasonRule{Reason::refused_delivery, kIntercept, Fault::customer, false, false, false},
    ReasonRule{Reason::price_drop, kAdjust, Fault::merchant, false, false, false},
    ReasonRule{Reason::shipping_overcharged, kAdjust, Fault::merchant, false, false, false},
    ReasonRule{Reason::goodwill, kGoodwill, Fault::merchant, false, false, false},
    ReasonRule{Reason::forgotten_gift, kReissue, Fault::merchant, false, false, false},
};
static_assert([] {
    for (std::size_t i = 0; i < kReasons.size(); ++i)
        if (static_cast<std::size_t>(kReasons[i].reason) != i) return false;
    return kReasons.size() == Words<Reason>::all.size();
}());

}  // namespace

bool suits(Reason reason, const KindRule& kind) { return rule_of(reason).kinds >> (&kind - table::kKinds.data()) & 1u; }

const ReasonRule& rule_of(Reason reason) { return kReasons[static_cast<std::size_t>(reason)]; }

const Policy* in_force(std::span<const Policy> policies, std::string_view channel, Instant at) {
    const Policy* best = nullptr;
    for (const Policy& each : policies) {
        if (!each.valid_at(at) || (!each.channel.empty() && each.channel != channel)) continue;
        if (!best || std::pair(!each.channel.empty(), each.version) > std::pair(!best->channel.empty(), best->version)) best = &each;
    }
    return best;
}

LineTerms terms_for(const PolicyTerms& terms, std::string_view sku, std::string_view category) {
    LineTerms line{terms.window_days, terms.warranty_days, terms.restocking_fee_bp, terms.auto_approve_minor, Exclusion::returnable, PhotoRule::by_reason,
                   terms.quality_return_days, terms.quality_exchange_days};
    const auto lay_over = [&](const GoodsRule& rule) {
        line.window_days = rule.window_days.value_or(line.window_days);
        line.warranty_days = rule.warranty_days.value_or(line.warranty_days);
        line.restocking_fee_bp = rule.restocking_fee_bp.value_or(line.restocking_fee_bp);
        line.auto_approve_minor = rule.auto_approve_minor.value_or(line.auto_approve_minor);
        line.excluded = rule.excluded.value_or(line.excluded);
        line.photo = rule.photo.value_or(line.photo);
        if (rule.quality_return_days) line.quality_return_days = rule.quality_return_days;
        if (rule.quality_exchange_days) line.quality_exchange_days = rule.quality_exchange_days;
    };
    for (const GoodsRule& rule : terms.goods)
        if (rule.sku.empty() && !category.empty() && rule.category == category) lay_over(rule);
    for (const GoodsRule& rule : terms.goods)
        if (!rule.sku.empty() && rule.sku == sku) lay_over(rule);
    return line;
}

Result<void> check_terms(const PolicyTerms& terms) {
    std::vector<FieldError> wrong;
    std::set<std::pair<std::string, std::string>> seen;
    for (std::size_t i = 0; i < terms.goods.size(); ++i) {
        const GoodsRule& rule = terms.goods[i];
        const std::string at = "/terms/goods/" + std::to_string(i) + (rule.sku.empty() ? "/category" : "/sku");
        if (rule.sku.empty() == rule.category.empty()) wrong.push_back({at, "one_of_sku_category"});
        else if (!seen.emplace(rule.sku, rule.category).second) wrong.push_back({at, "duplicate"});
    }
    if (!wrong.empty()) return fail(Error{ErrorKind::invalid, "invalid_fields", std::move(wrong), {}, {}, {}});
    return {};
}

Instant window_anchor(const Order& order, const OrderLine& line) {
    if (line.window_from.ms != 0) return line.window_from;
    if (order.delivered_at.ms != 0) return order.delivered_at;
    return order.paid_at.ms != 0 ? order.paid_at : order.placed_at;
}

}  // namespace aftercare::domain
