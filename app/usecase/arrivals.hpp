#pragma once
#include <aftercare/connector/warehouse.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/decision.hpp"
#include "store/case_state.hpp"
#include "store/schedules.hpp"
#include "usecase/context.hpp"

/// What others saw of a return, on its way into the case: receipts, inspections.
namespace aftercare::usecase {

/// Enough of an item to find it again when nothing else of it can be read. `key`: the operation.
struct ItemName {
    std::string id, key;
};
template <class Io>
void fields(Io& io, ItemName& n) {
    io("id", n.id, maybe, length(0, 60));
    io("key", n.key, maybe, length(0, 128));
}

/// What the item means for the case. Lines are found by id, else by sku; a repeated item changes nothing.
Result<domain::Decision> take(const domain::CaseState&, const Receipt&, const domain::Facts&);
Result<domain::Decision> take(const domain::CaseState&, const Inspection&, const domain::Facts&);
/// Whether the operation has this receipt, this inspection already.
bool has_taken(const domain::CaseState&, const OperationId&, const Receipt&);
bool has_taken(const domain::CaseState&, const OperationId&, const Inspection&);
/// The parcel left the house.
Result<domain::Decision> take(const domain::CaseState&, const GoodsSent&, const domain::Facts&);

/// Who delivers, and as whom: problems are kept under `id`.
struct Source {
    ConnectorId id;
    Actor actor;
};
using DecideArrival = std::function<Result<domain::Decision>(const domain::CaseState&, const domain::Facts&)>;

/// Items of one stream being taken, inside a change.
struct Arrivals {
    Context& ctx;
    store::Tx& tx;
    Source source;
    std::string_view stream;
    Instant now;
    std::vector<store::Hint>& hints;

    /// Empty: taken, and its earlier problem solved. Else why not; it is kept as a problem then.
    std::string into_case(const ItemName&, const RawJson&, const std::optional<CaseId>&, const DecideArrival&,
                          const store::Wanted& wanted = {}) const;
    /// Keeps an item that cannot be used, with a task where there is a case; once for each reason.
    void keep(const ItemName&, const RawJson&, const CaseId&, const std::string& code) const;
};

}  // namespace aftercare::usecase
