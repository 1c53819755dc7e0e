#pragma once
#include <cstdint>
#include <map>

#include "domain/policies.hpp"
#include "domain/state.hpp"

/// Arithmetic of quotes (G-money of after-sales.md section 6). Pure; integers in minor units; no rounding but the fee's floor.
namespace aftercare::domain {

/// Goods of one operation by the fee that their lines bear: basis points → minor units.
using GoodsByFee = std::map<std::int64_t, std::int64_t>;
/// The fee of a line's goods in basis points: what its request found, else what the terms say.
std::int64_t fee_of(const OperationLine& line, const PolicyTerms& terms);
/// What of the operation is in final quotes already.
GoodsByFee settled_goods(const CaseState& state, const Operation& operation, const PolicyTerms& terms);
GoodsByFee operator+(GoodsByFee a, const GoodsByFee& b);
/// The restocking fee: for each fee floor(Σ goods × basis points); 0 unless the customer is at fault. Never overflows up to 9e15.
std::int64_t restocking_fee(const GoodsByFee& goods, Fault fault);
/// True when the shop pays the way: the merchant's, the courier's or the platform's fault.
constexpr bool shop_pays_the_way(Fault f) { return f == Fault::merchant || f == Fault::courier || f == Fault::platform; }

/// Sets net and collect from the parts; one of them is 0.
Quote with_net(Quote quote);
/// The parts' bounds (I16): all ≥ 0, fee ≤ goods, deduction ≤ goods − fee, net − collect = Σ; in sums of quotes both may be above 0.
bool in_bounds(const Quote& quote);

/// The very units of one line of an operation.
struct LineUnits {
    OperationLine line;
    std::vector<UnitRun> units;
};
/// The promise when an operation with these units is approved (or would be now). Of the operation it reads kind, reason, fault,
/// asked_minor and the return shipping in its quote.
Quote first_quote(const OrderState& order, const PolicyTerms& terms, const Operation& operation, const std::vector<LineUnits>& units);
/// What the goods in their place are worth: the line's price, or for an even exchange what these units are.
std::int64_t replacement_value(const OrderState& order, const LineUnits& units);
/// The full final quote of a batch after what is settled `before`: fees telescope over batches and shipping comes with the first, so
/// that any partition of an operation adds up to its first quote.
Quote batch_quote(const Operation& operation, const GoodsByFee& before, const GoodsByFee& goods, std::int64_t replacement_minor = 0);
/// `full` brought down to `net` − `collect`: deduction first, then return shipping, then original shipping.
Quote lowered(Quote full, std::int64_t net, std::int64_t collect = 0);
/// `full` changed to `net`: lowered, or raised by waiving the fee and then by `spare_shipping` of the order. Needs
/// net ≤ full.net + full.fee + spare_shipping.
Quote ruled(Quote full, std::int64_t net, std::int64_t spare_shipping);
Quote operator+(const Quote& a, const Quote& b);

/// Still owed at most for the open units of the operation (without those lost on their way back): the full quote of a batch of
/// all of them; 0 when there are none. Of an exchange: what any partition into batches may give back.
/// `moving`: units that are about to move; `settling`: what of them gets its final quote with that.
std::int64_t ceiling(const CaseState& state, const Operation& operation, const PolicyTerms& terms,
                     const std::vector<UnitRun>& moving = {}, const GoodsByFee& settling = {});

}  // namespace aftercare::domain
