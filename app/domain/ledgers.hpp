#pragma once
#include <cstdint>
#include <vector>

#include "domain/events.hpp"
#include "domain/state.hpp"

/// Arithmetic of the unit and money ledgers (after-sales.md section 8). Pure.
namespace aftercare::domain {

/// Allocated net of the units first … first + qty − 1 of a line, to the cent (order.hpp says the formula).
std::int64_t net_of(const OrderLine& line, std::int64_t first, std::int64_t qty);
/// Σ net_of over runs of any lines of the order, without what price adjustments took off.
std::int64_t net_of(const OrderState& order, const std::vector<UnitRun>& runs);

/// Units of the line in `bucket` held by `holder` (empty: free).
std::int64_t count_units(const OrderState& order, const OrderLineId& line, Bucket bucket, const OperationLineId& holder);
/// Free units of the line in `bucket`.
std::int64_t available(const OrderState& order, const OrderLineId& line, Bucket bucket);
/// The first `qty` such units, lowest index first; fewer when there are fewer.
std::vector<UnitRun> pick_units(const OrderState& order, const OrderLineId& line, Bucket bucket,
                                const OperationLineId& holder, std::int64_t qty);
/// All units that `holder` holds.
std::vector<UnitRun> held_units(const OrderState& order, const OperationLineId& holder);
/// The first `qty` units that `holder` holds in any of these buckets, bucket by bucket in the order that goods travel.
std::vector<UnitRun> pick_in(const OrderState& order, const OrderLineId& line, std::uint32_t buckets, const OperationLineId& holder,
                             std::int64_t qty);
/// `amount` ≤ net_of(runs) taken off their value, unit by unit in proportion; the runs come split where shares differ.
std::vector<UnitRun> repriced(const OrderState& order, const std::vector<UnitRun>& runs, std::int64_t amount);
/// The same units, elsewhere.
std::vector<UnitRun> moved(std::vector<UnitRun> runs, Bucket to, const OperationLineId& holder);

/// Gives these units their new bucket and holder; runs stay sorted, touching, complete and merged.
void put_units(std::vector<UnitRun>& units, const UnitRun& moved);
/// Takes the leg's amount out of the ledger where it was and puts it where it is now.
void step_money(std::vector<MoneyLedger>& ledgers, const MoneyStep& step);

/// What a leg in this state counts as: promised (owed), in flight, refunded, or nothing.
constexpr bool is_promised(MoneyState s) {
    return s == MoneyState::planned || s == MoneyState::authorised || s == MoneyState::failed;
}
constexpr bool is_in_flight(MoneyState s) { return s == MoneyState::submitted || s == MoneyState::unknown; }
constexpr bool is_final(MoneyState s) { return s == MoneyState::succeeded || s == MoneyState::voided; }

/// Money of the order that is neither promised, nor in flight, nor refunded.
std::int64_t free_money(const OrderState& order);
/// `amount` over the payments by position, at most `room[i]` each; false when it does not fit.
bool split_by_position(std::int64_t amount, const std::vector<std::int64_t>& room, std::vector<std::int64_t>& shares);

}  // namespace aftercare::domain
