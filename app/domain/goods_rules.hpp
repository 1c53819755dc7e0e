#pragma once
#include <aftercare/base/instant.hpp>
#include <aftercare/base/id.hpp>
#include <aftercare/base/words.hpp>
#include <aftercare/codec/fields.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/open_ask.hpp"

namespace aftercare {

/// Why goods are not taken back without a reason. `returnable` in a SKU's rule: taken back although its category is not.
AC_WORDS(Exclusion, returnable, sealed, custom_made, fresh, digital, hygiene, by_policy);
/// When a request must show a photo: as its reason says, whatever the reason, or never.
AC_WORDS(PhotoRule, by_reason, always, never);

}  // namespace aftercare

/// Rules of a policy for some goods.
namespace aftercare::domain {

/// What a policy says of the goods of one SKU or of one category. What is not said is as in the category's rule, then as in the terms.
struct GoodsRule {
    static constexpr std::string_view kSchema = "GoodsRule";
    std::string category, sku;  ///< exactly one is not empty
    std::optional<std::int64_t> window_days, warranty_days, quality_return_days, quality_exchange_days;
    std::optional<std::int64_t> restocking_fee_bp;   ///< basis points
    std::optional<std::int64_t> auto_approve_minor;  ///< of a request with these goods; 0 = never
    std::optional<Exclusion> excluded;
    std::optional<PhotoRule> photo;
    std::string source;  ///< where the rule comes from
    bool operator==(const GoodsRule&) const = default;
};
template <class Io>
void fields(Io& io, GoodsRule& r) {
    io("category", r.category, maybe, length(0, 200));
    io("sku", r.sku, maybe, length(0, 128));
    io("window_days", r.window_days, between(0, 3650));
    io("warranty_days", r.warranty_days, between(0, 36500));
    io("quality_return_days", r.quality_return_days, between(0, 36500));
    io("quality_exchange_days", r.quality_exchange_days, between(0, 36500));
    io("restocking_fee_bp", r.restocking_fee_bp, between(0, 10'000));
    io("auto_approve_minor", r.auto_approve_minor, between(0, 1'000'000'000'000));
    io("excluded", r.excluded);
    io("photo", r.photo);
    io("source", r.source, maybe, length(0, 300));
}

/// Where one of the terms comes from.
struct TermSource {
    static constexpr std::string_view kSchema = "TermSource";
    std::string term, source, url;
    bool operator==(const TermSource&) const = default;
};
template <class Io>
void fields(Io& io, TermSource& s) {
    io("term", s.term, length(1, 60));
    io("source", s.source, length(1, 300));
    io("url", s.url, maybe, length(0, 300));
}

/// What is known beside the case: of the goods of its order, and of its customer.
struct Known {
    struct Kept {
        OperationId operation_id;
        Instant at;
    };
    std::vector<std::pair<std::string, std::string>> categories;  ///< SKU and category, of the order's goods that have one
    std::vector<OpenAsk> asks;  ///< of the case itself
    std::vector<Kept> kept;  ///< approved keep_goods of the customer, newest first; only as many as a policy may ask for
    struct Again {
        OrderLineId order_line_id;
        std::int64_t qty = 0;
    };
    std::vector<Again> again;           ///< parts that other cases of the order sent again, or are asked to (I32)
    std::int64_t again_cost_minor = 0;  ///< what those of them cost that were approved, whole units too
    struct Given {
        Instant at;  ///< to a quarter of an hour, in which every zone's months begin
        std::int64_t minor = 0;
    };
    std::vector<Given> given;  ///< compensation promised lately within the policy's scope, where it has a budget

    /// Empty: it has none.
    [[nodiscard]] std::string_view category_of(std::string_view sku) const {
        for (const auto& [of, category] : categories)
            if (of == sku) return category;
        return {};
    }
};

}  // namespace aftercare::domain
