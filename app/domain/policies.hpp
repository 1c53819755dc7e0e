#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/codec/fields.hpp>
#include <aftercare/model/order.hpp>
#include <aftercare/model/words.hpp>
#include <string>
#include <vector>

namespace aftercare::domain {

/// The terms of one policy version. Data, edited by shops; the defaults are what ships. Amounts in minor units of the shop's currency.
struct PolicyTerms {
    static constexpr std::string_view kSchema = "PolicyTerms";
    std::int64_t window_days = 7;          ///< no-reason returns, counted from delivery (else payment)
    std::int64_t warranty_days = 365;      ///< window for quality reasons
    std::vector<std::string> excluded_skus;
    std::int64_t auto_approve_minor = 0;   ///< approve at once up to here; 0 = never
    std::int64_t agent_limit_minor = 50'000;
    std::int64_t restocking_fee_bp = 0;    ///< basis points of goods, customer fault only
    bool refund_original_shipping = true;  ///< on merchant or courier fault, once per order
    std::int64_t return_shipping_cap_minor = 1'500;
    bool instant_refund = false;
    std::int64_t max_appeals = 1;
    std::int64_t decision_working_hours = 24, inspection_working_hours = 24, dispute_working_hours = 24;
    std::int64_t info_hours = 72, ship_back_days = 7, refund_hours = 24, appeal_days = 7, quiet_hours = 72;
    bool operator==(const PolicyTerms&) const = default;
};
template <class Io>
void fields(Io& io, PolicyTerms& t) {
    io("window_days", t.window_days, maybe, between(0, 3650));
    io("warranty_days", t.warranty_days, maybe, between(0, 36500));
    io("excluded_skus", t.excluded_skus, maybe, length(0, 1000));
    io("auto_approve_minor", t.auto_approve_minor, maybe, between(0, 1'000'000'000'000));
    io("agent_limit_minor", t.agent_limit_minor, maybe, between(0, 1'000'000'000'000));
    io("restocking_fee_bp", t.restocking_fee_bp, maybe, between(0, 10'000));
    io("refund_original_shipping", t.refund_original_shipping);
    io("return_shipping_cap_minor", t.return_shipping_cap_minor, maybe, between(0, 1'000'000'000'000));
    io("instant_refund", t.instant_refund);
    io("max_appeals", t.max_appeals, maybe, between(0, 10));
    io("decision_working_hours", t.decision_working_hours, between(1, 1000));
    io("inspection_working_hours", t.inspection_working_hours, between(1, 1000));
    io("dispute_working_hours", t.dispute_working_hours, between(1, 1000));
    io("info_hours", t.info_hours, between(1, 10'000));
    io("ship_back_days", t.ship_back_days, between(1, 365));
    io("refund_hours", t.refund_hours, between(1, 10'000));
    io("appeal_days", t.appeal_days, between(1, 365));
    io("quiet_hours", t.quiet_hours, between(1, 10'000));
}

/// A version of a shop's policy. Never edited: a change is a new version with a later `valid_from`.
struct Policy {
    PolicyId id;
    ShopId shop_id;
    std::int64_t version = 1;
    Instant valid_from;
    PolicyTerms terms;
};

/// What a reason of return + refund brings with it (G-reason, G-evidence).
struct ReasonRule {
    Reason reason;
    Fault fault;
    bool needs_photo;
    bool warranty;  ///< counts in the warranty window
    bool instant;   ///< may be refunded before inspection when the policy says so
};
const ReasonRule& rule_of(Reason reason);
bool is_excluded(const PolicyTerms& terms, const std::string& sku);
/// From when the window counts: delivered, else paid, else placed.
Instant window_anchor(const Order& order);

}  // namespace aftercare::domain
