#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/codec/fields.hpp>
#include <aftercare/model/words.hpp>

/// The unit and money ledgers of an order (after-sales.md section 8).
namespace aftercare {

/// A run of neighbouring units of one order line that share bucket, holder and value taken off. The runs of a line are sorted, touch without
/// gap or overlap and cover exactly 0 … ordered − 1, so Σ buckets = ordered by construction and one unit has one holder (I1, I2).
struct UnitRun {
    static constexpr std::string_view kSchema = "UnitRun";
    OrderLineId order_line_id;
    std::int64_t first = 0;
    std::int64_t qty = 0;
    Bucket bucket{};
    OperationLineId held_by;  ///< empty: free
    std::int64_t off_minor = 0;  ///< taken off the value of each of these units by price adjustments
    bool operator==(const UnitRun&) const = default;
};
template <class Io>
void fields(Io& io, UnitRun& r) {
    io("order_line_id", r.order_line_id);
    io("first", r.first);
    io("qty", r.qty);
    io("bucket", r.bucket);
    io("held_by", r.held_by, maybe);
    io("off_minor", r.off_minor, maybe);
}

/// Per payment: promised + in_flight + refunded ≤ captured, always.
struct MoneyLedger {
    static constexpr std::string_view kSchema = "MoneyLedger";
    PaymentId payment_id;
    std::int64_t captured_minor = 0;
    std::int64_t promised_minor = 0;
    std::int64_t in_flight_minor = 0;
    std::int64_t refunded_minor = 0;
    bool operator==(const MoneyLedger&) const = default;
    [[nodiscard]] std::int64_t free_minor() const {
        return captured_minor - promised_minor - in_flight_minor - refunded_minor;
    }
};
template <class Io>
void fields(Io& io, MoneyLedger& l) {
    io("payment_id", l.payment_id);
    io("captured_minor", l.captured_minor);
    io("promised_minor", l.promised_minor);
    io("in_flight_minor", l.in_flight_minor);
    io("refunded_minor", l.refunded_minor);
}

}  // namespace aftercare
