#pragma once
#include <compare>
#include <functional>
#include <string>
#include <utility>

namespace aftercare {

/// A typed id: text made by IdSource (time-ordered, upper-case base32), opaque to everybody else. Empty means "none".
template <class Tag>
struct Id {
    std::string value;

    Id() = default;
    explicit Id(std::string text) : value(std::move(text)) {}
    [[nodiscard]] bool empty() const { return value.empty(); }
    auto operator<=>(const Id&) const = default;
};

using ShopId = Id<struct ShopTag>;
using StaffId = Id<struct StaffTag>;
using CustomerId = Id<struct CustomerTag>;
using OrderId = Id<struct OrderTag>;
using OrderLineId = Id<struct OrderLineTag>;
using PaymentId = Id<struct PaymentTag>;
using ShipmentId = Id<struct ShipmentTag>;
using CaseId = Id<struct CaseTag>;
using OperationId = Id<struct OperationTag>;
using OperationLineId = Id<struct OperationLineTag>;
using InboundLegId = Id<struct InboundLegTag>;
using OutboundLegId = Id<struct OutboundLegTag>;
using InspectionId = Id<struct InspectionTag>;
using MoneyLegId = Id<struct MoneyLegTag>;
using MoneyAttemptId = Id<struct MoneyAttemptTag>;
using ClockId = Id<struct ClockTag>;
using TaskId = Id<struct TaskTag>;
using PolicyId = Id<struct PolicyTag>;
using ConnectorId = Id<struct ConnectorTag>;
using MessageId = Id<struct MessageTag>;
using AddressId = Id<struct AddressTag>;
using IdentityId = Id<struct IdentityTag>;
using CustomerNoteId = Id<struct CustomerNoteTag>;
using ProductId = Id<struct ProductTag>;
using ImportRunId = Id<struct ImportRunTag>;

}  // namespace aftercare

template <class Tag>
struct std::hash<aftercare::Id<Tag>> {
    std::size_t operator()(const aftercare::Id<Tag>& id) const noexcept { return std::hash<std::string>{}(id.value); }
};
