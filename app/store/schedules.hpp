#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/codec/fields.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.hpp"

/// What becomes due by time: clocks, and the streams that connectors are asked for. Functions may throw DbError.
namespace aftercare::store {

struct DueClock {
    ClockId id;
    CaseId case_id;
    OperationId operation_id;
    Instant due_at;
};
template <class Io>
void fields(Io& io, DueClock& c) {
    io("id", c.id);
    io("case_id", c.case_id);
    io("operation_id", c.operation_id);
    io("due_at", c.due_at);
}
/// Running clocks that are due, or remind, by `now`, oldest first, after the last one of the page before.
std::vector<DueClock> due_clocks(Tx&, Instant now, const std::optional<DueClock>& after, std::int64_t limit);
std::optional<Instant> next_clock(Tx&);

/// Empty when the stream was never read.
std::string find_cursor(Tx&, const ConnectorId&, std::string_view stream);
void put_cursor(Tx&, const ConnectorId&, std::string_view stream, std::string_view cursor, Instant now);

/// The case of an operation of this shop; nothing when there is none.
std::optional<CaseId> case_of_operation(Tx&, const std::string& operation_id, const ShopId&);
/// The operation of a parcel to the customer, in this shop.
struct SentFor {
    OperationId operation_id;
    CaseId case_id;
};
std::optional<SentFor> operation_of_parcel(Tx&, const std::string& outbound_leg_id, const ShopId&);

/// An operation as people outside call it.
struct NamedOperation {
    OperationId operation_id;
    CaseId case_id;
    std::string case_number;
    bool under_way = false;
};
template <class Io>
void fields(Io& io, NamedOperation& o) {
    io("operation_id", o.operation_id);
    io("case_id", o.case_id);
    io("case_number", o.case_number);
    io("under_way", o.under_way);
}
/// By id or case number, or, when that is empty, by a parcel's tracking number: those under way first.
std::vector<NamedOperation> operations_named(Tx&, const ShopId&, const std::string& name, const std::string& tracking);

/// A delivered item that nobody could use. `item` is its JSON as it came.
struct ConnectorProblem {
    ConnectorId connector_id;
    std::string stream, external_id, code;
    RawJson item;
    CaseId case_id;
    Instant at;
    std::string case_number{};  ///< only read
};
template <class Io>
void fields(Io& io, ConnectorProblem& p) {
    io("connector_id", p.connector_id);
    io("stream", p.stream);
    io("external_id", p.external_id);
    io("code", p.code);
    io("item", p.item);
    io("case_id", p.case_id, maybe);
    io("at", p.at);
    io("case_number", p.case_number, maybe);
}
/// True when it is new, or its reason is; of a known one the newest item is kept.
bool put_problem(Tx&, const ConnectorProblem&);
void solve_problem(Tx&, const ConnectorId&, std::string_view stream, std::string_view external_id);
std::vector<ConnectorProblem> problems_of(Tx&, const ConnectorId&);  ///< newest first, at most 200
/// Those of one stream and reason, newest first, at most 1,000.
std::vector<ConnectorProblem> problems_with(Tx&, const ConnectorId&, std::string_view stream, std::string_view code);

}  // namespace aftercare::store
