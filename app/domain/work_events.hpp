#pragma once
#include <string>
#include <vector>

#include "domain/moves.hpp"

/// What happens to goods that go out to the customer in place of others, and to those that are repaired.
namespace aftercare::domain {

/// A parcel for the customer is to be packed: other goods, or theirs repaired.
struct OutboundPlanned {
    static constexpr std::string_view kType = "outbound_planned/1";
    OutboundLeg leg;
    std::vector<OutboundLine> lines;
    Moves moves;
};
template <class Io>
void fields(Io& io, OutboundPlanned& e) {
    io("leg", e.leg);
    io("lines", e.lines);
    io("moves", e.moves, maybe);
}

struct StockAnswered {
    static constexpr std::string_view kType = "stock_answered/1";
    OperationId operation_id;
    StockState state{};
    Instant until;
    Moves moves;
};
template <class Io>
void fields(Io& io, StockAnswered& e) {
    io("operation_id", e.operation_id);
    io("state", e.state);
    io("until", e.until, maybe);
    io("moves", e.moves, maybe);
}

/// Other goods were chosen; `lines` and `quote` as they are now.
struct GoodsSwapped {
    static constexpr std::string_view kType = "goods_swapped/1";
    OperationId operation_id;
    std::vector<OperationLine> lines;
    Quote quote;
    Moves moves;
};
template <class Io>
void fields(Io& io, GoodsSwapped& e) {
    io("operation_id", e.operation_id);
    io("lines", e.lines);
    io("quote", e.quote);
    io("moves", e.moves, maybe);
}

/// The goods that the customer waits for will not be sent; what they were worth is paid back. `quote` changes what was settled.
struct ReplacementCancelled {
    static constexpr std::string_view kType = "replacement_cancelled/1";
    OperationId operation_id;
    std::vector<OutboundLegId> legs;
    std::vector<LineCount> lines;
    Quote quote;
    Moves moves;
};
template <class Io>
void fields(Io& io, ReplacementCancelled& e) {
    io("operation_id", e.operation_id);
    io("legs", e.legs, maybe);
    io("lines", e.lines, maybe);
    io("quote", e.quote);
    io("moves", e.moves, maybe);
}

struct DifferencePaid {
    static constexpr std::string_view kType = "difference_paid/1";
    OperationId operation_id;
    MoneyLegId money_leg_id;
    Moves moves;
};
template <class Io>
void fields(Io& io, DifferencePaid& e) {
    io("operation_id", e.operation_id);
    io("money_leg_id", e.money_leg_id);
    io("moves", e.moves, maybe);
}

/// A repair goes on: diagnosed, quoted, answered, or a step of the technician.
struct RepairWent {
    static constexpr std::string_view kType = "repair_went/1";
    OperationId operation_id;
    RepairStage stage{};
    bool warranty = false;
    std::int64_t parts_minor = 0, labour_minor = 0, price_minor = 0;
    Instant promised_at;
    Quote quote;  ///< changes what is settled: an accepted price is owed by the customer
    Moves moves;
};
template <class Io>
void fields(Io& io, RepairWent& e) {
    io("operation_id", e.operation_id);
    io("stage", e.stage);
    io("warranty", e.warranty, maybe);
    io("parts_minor", e.parts_minor, maybe);
    io("labour_minor", e.labour_minor, maybe);
    io("price_minor", e.price_minor, maybe);
    io("promised_at", e.promised_at, maybe);
    io("quote", e.quote);
    io("moves", e.moves, maybe);
}

/// The replacement is with the customer and the old goods did not come.
struct GoodsMissed {
    static constexpr std::string_view kType = "goods_missed/1";
    OperationId operation_id;
    Moves moves;
};
template <class Io>
void fields(Io& io, GoodsMissed& e) {
    io("operation_id", e.operation_id);
    io("moves", e.moves, maybe);
}

}  // namespace aftercare::domain
