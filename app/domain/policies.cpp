#include "domain/policies.hpp"

#include <algorithm>
#include <array>

namespace aftercare::domain {
namespace {

// reason, whose fault, photo needed, warranty window, instant refund
constexpr std::array kReasons{
    ReasonRule{Reason::no_longer_wanted, Fault::customer, false, false, true},
    ReasonRule{Reason::wrong_size, Fault::customer, false, false, true},
    ReasonRule{Reason::not_as_described, Fault::merchant, true, false, false},
    ReasonRule{Reason::quality, Fault::merchant, true, true, false},
    ReasonRule{Reason::damaged_in_transit, Fault::courier, true, false, false},
    ReasonRule{Reason::wrong_item, Fault::merchant, true, false, false},
    ReasonRule{Reason::missing_parts, Fault::merchant, true, false, false},
    ReasonRule{Reason::late_delivery, Fault::courier, false, false, true},
    ReasonRule{Reason::other, Fault::unknown, false, false, false},
};
static_assert([] {
    for (std::size_t i = 0; i < kReasons.size(); ++i)
        if (static_cast<std::size_t>(kReasons[i].reason) != i) return false;
    return kReasons.size() == Words<Reason>::all.size();
}());

}  // namespace

const ReasonRule& rule_of(Reason reason) { return kReasons[static_cast<std::size_t>(reason)]; }

bool is_excluded(const PolicyTerms& terms, const std::string& sku) {
    return std::find(terms.excluded_skus.begin(), terms.excluded_skus.end(), sku) != terms.excluded_skus.end();
}

Instant window_anchor(const Order& order) {
    if (order.delivered_at.ms != 0) return order.delivered_at;
    return order.paid_at.ms != 0 ? order.paid_at : order.placed_at;
}

}  // namespace aftercare::domain
