#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/base/result.hpp>
#include <aftercare/codec/fields.hpp>
#include <aftercare/model/order.hpp>
#include <aftercare/model/words.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/goods_rules.hpp"

namespace aftercare::domain {

/// The terms of one policy version. Data, edited by shops; the defaults are what ships. Amounts in minor units of the shop's currency.
struct PolicyTerms {
    static constexpr std::string_view kSchema = "PolicyTerms";
    std::int64_t window_days = 7;          ///< no-reason returns, counted from delivery (else payment)
    std::int64_t warranty_days = 365;      ///< window for quality reasons
    std::int64_t auto_approve_minor = 0;   ///< approve at once up to here; 0 = never
    std::int64_t agent_limit_minor = 50'000;
    std::int64_t restocking_fee_bp = 0;    ///< basis points of goods, customer fault only
    bool refund_original_shipping = true;  ///< on merchant or courier fault, once per order
    std::int64_t return_shipping_cap_minor = 1'500;
    bool instant_refund = false;
    std::int64_t max_appeals = 1;
    std::int64_t decision_working_hours = 24, inspection_working_hours = 24, dispute_working_hours = 24;
    std::int64_t not_received_days = 10;       ///< so long a parcel may be under way before it counts as not received
    std::int64_t price_adjust_days = 30;       ///< after payment
    std::int64_t keep_goods_limit_minor = 5'000;      ///< above it a lead lets the customer keep the goods
    std::int64_t compensation_limit_minor = 2'000;    ///< of one case, by an agent; above it a lead
    std::int64_t reissue_cost_limit_minor = 10'000;   ///< Σ cost of what is sent again for an order, by an agent; above it a lead (I32)
    bool advance_exchange = false;             ///< an agent may send the replacement first; otherwise a lead
    bool restart_window = false;               ///< the goods of an exchange have a return window of their own
    std::int64_t max_repairs = 2;              ///< of the same units in one case
    std::int64_t check_working_hours = 24, reserve_days = 10, collect_days = 7, repair_working_hours = 80;
    std::int64_t info_hours = 72, ship_back_days = 7, refund_hours = 24, appeal_days = 7, quiet_hours = 72;
    std::int64_t keep_goods_count = 0;         ///< so often a customer keeps the goods within keep_goods_days; from then on a lead; 0 = however often
    std::int64_t keep_goods_days = 90;
    std::optional<std::int64_t> quality_return_days, quality_exchange_days;  ///< windows for quality reasons of their own; not said: warranty_days
    std::vector<GoodsRule> goods;              ///< at most one for each SKU and category
    std::vector<TermSource> sources;
    std::int64_t chat_first_reply_seconds = 180, chat_next_reply_seconds = 600;  ///< working time; other channels below
    std::int64_t first_reply_minutes = 240, next_reply_minutes = 240;
    std::optional<std::int64_t> compensation_budget_minor;  ///< of a calendar month in the shop's zone; above it a lead; not said: as much as the limits allow
    std::int64_t reopen_days = 15;             ///< so long a closed case opens again; later a new one follows it
    std::vector<CaseKind> topic_kinds{CaseKind::consultation};  ///< kinds that are closed with a topic only
    std::int64_t prevention_severity = 2;      ///< complaints this severe or worse are closed with a word on how it will not happen again
    bool operator==(const PolicyTerms&) const = default;
};
template <class Io>
void fields(Io& io, PolicyTerms& t) {
    io("window_days", t.window_days, or_default, between(0, 3650));
    io("warranty_days", t.warranty_days, or_default, between(0, 36500));
    io("auto_approve_minor", t.auto_approve_minor, maybe, between(0, 1'000'000'000'000));
    io("agent_limit_minor", t.agent_limit_minor, or_default, between(0, 1'000'000'000'000));
    io("restocking_fee_bp", t.restocking_fee_bp, maybe, between(0, 10'000));
    io("refund_original_shipping", t.refund_original_shipping);
    io("return_shipping_cap_minor", t.return_shipping_cap_minor, or_default, between(0, 1'000'000'000'000));
    io("instant_refund", t.instant_refund);
    io("max_appeals", t.max_appeals, or_default, between(0, 10));
    io("decision_working_hours", t.decision_working_hours, between(1, 1000));
    io("inspection_working_hours", t.inspection_working_hours, between(1, 1000));
    io("dispute_working_hours", t.dispute_working_hours, between(1, 1000));
    io("not_received_days", t.not_received_days, or_default, between(0, 365));
    io("price_adjust_days", t.price_adjust_days, or_default, between(0, 3650));
    io("keep_goods_limit_minor", t.keep_goods_limit_minor, or_default, between(0, 1'000'000'000'000));
    io("compensation_limit_minor", t.compensation_limit_minor, or_default, between(0, 1'000'000'000'000));
    io("reissue_cost_limit_minor", t.reissue_cost_limit_minor, or_default, between(0, 1'000'000'000'000));
    io("advance_exchange", t.advance_exchange, maybe);
    io("restart_window", t.restart_window, maybe);
    io("max_repairs", t.max_repairs, or_default, between(0, 100));
    io("check_working_hours", t.check_working_hours, or_default, between(1, 1000));
    io("reserve_days", t.reserve_days, or_default, between(1, 365));
    io("collect_days", t.collect_days, or_default, between(1, 365));
    io("repair_working_hours", t.repair_working_hours, or_default, between(1, 10'000));
    io("info_hours", t.info_hours, between(1, 10'000));
    io("ship_back_days", t.ship_back_days, between(1, 365));
    io("refund_hours", t.refund_hours, between(1, 10'000));
    io("appeal_days", t.appeal_days, between(1, 365));
    io("quiet_hours", t.quiet_hours, between(1, 10'000));
    io("keep_goods_count", t.keep_goods_count, maybe, between(0, 100));
    io("keep_goods_days", t.keep_goods_days, or_default, between(1, 3650));
    io("quality_return_days", t.quality_return_days, between(0, 36500));
    io("quality_exchange_days", t.quality_exchange_days, between(0, 36500));
    io("goods", t.goods, maybe, length(0, 1000));
    io("sources", t.sources, maybe, length(0, 100));
    io("chat_first_reply_seconds", t.chat_first_reply_seconds, or_default, between(1, 1'000'000));
    io("chat_next_reply_seconds", t.chat_next_reply_seconds, or_default, between(1, 1'000'000));
    io("first_reply_minutes", t.first_reply_minutes, or_default, between(1, 100'000));
    io("next_reply_minutes", t.next_reply_minutes, or_default, between(1, 100'000));
    io("compensation_budget_minor", t.compensation_budget_minor, between(0, 1'000'000'000'000));
    io("reopen_days", t.reopen_days, or_default, between(0, 365));
    io("topic_kinds", t.topic_kinds, or_default, length(0, 20));
    io("prevention_severity", t.prevention_severity, or_default, between(2, 4));
}

/// A version of the policy of a shop, or of one channel (marketplace) of it. Its terms are never edited: a change is a new version, and
/// ends the former one of its scope. Versions are numbered over the whole shop.
struct Policy {
    PolicyId id;
    ShopId shop_id;
    std::int64_t version = 1;
    Instant valid_from;
    PolicyTerms terms;
    Instant valid_to{};        ///< no longer valid from then on; 0: open
    std::string channel{};     ///< empty: the shop's own, for whatever has none
    std::string source{}, source_url{};  ///< where its terms come from

    [[nodiscard]] bool valid_at(Instant at) const { return valid_from <= at && (valid_to.ms == 0 || at < valid_to); }
};
/// The one in force: of those valid at `at` the channel's own, else the shop's, and of these the newest. Null: none is valid.
const Policy* in_force(std::span<const Policy> policies, std::string_view channel, Instant at);

/// The terms as they are for one line's goods.
struct LineTerms {
    std::int64_t window_days, warranty_days, restocking_fee_bp, auto_approve_minor;
    Exclusion excluded;
    PhotoRule photo;
    std::optional<std::int64_t> quality_return_days, quality_exchange_days;

    /// Of a request for a quality reason.
    [[nodiscard]] std::int64_t quality_days(OperationKind kind) const {
        return (kind == OperationKind::exchange ? quality_exchange_days : quality_return_days).value_or(warranty_days);
    }
};
/// The SKU's rule before the category's, and these before the terms.
LineTerms terms_for(const PolicyTerms& terms, std::string_view sku, std::string_view category);
/// Every rule names one category or one SKU, and none is named twice. `invalid` below /terms/goods: "one_of_sku_category", "duplicate".
Result<void> check_terms(const PolicyTerms& terms);

/// What a reason brings with it (G-reason, G-evidence).
struct ReasonRule {
    Reason reason;
    std::uint32_t kinds;  ///< rows of table::kKinds (kinds.hpp) that it may be given for, as bits
    Fault fault;
    bool needs_photo;
    bool warranty;  ///< counts in the warranty window
    bool instant;   ///< may be refunded before inspection when the policy says so
};
const ReasonRule& rule_of(Reason reason);
/// G-reason. `kind` is a row of table::kKinds.
struct KindRule;
bool suits(Reason reason, const KindRule& kind);
/// From when the line's window counts: its own, else the order's: delivered, else paid, else placed.
Instant window_anchor(const Order& order, const OrderLine& line);

}  // namespace aftercare::domain
