#pragma once
#include <optional>
#include <string>
#include <vector>

#include "domain/moves.hpp"

/// What happens to an operation up to its decision, and how it ends.
namespace aftercare::domain {

struct OperationRequested {
    static constexpr std::string_view kType = "operation_requested/1";
    Operation operation;
    std::vector<OperationLine> lines;
    std::string photo_ref;
    Instant window_ends_at;
    Moves moves;
};
template <class Io>
void fields(Io& io, OperationRequested& e) {
    io("operation", e.operation);
    io("lines", e.lines);
    io("photo_ref", e.photo_ref, maybe);
    io("window_ends_at", e.window_ends_at, maybe);
    io("moves", e.moves, maybe);
}

struct OperationApproved {
    static constexpr std::string_view kType = "operation_approved/1";
    OperationId operation_id;
    Quote quote;
    StaffId approver_id;  ///< empty: by policy
    Instant ship_by_at;
    bool instant_refund = false;
    Moves moves;
};
template <class Io>
void fields(Io& io, OperationApproved& e) {
    io("operation_id", e.operation_id);
    io("quote", e.quote);
    io("approver_id", e.approver_id, maybe);
    io("ship_by_at", e.ship_by_at);
    io("instant_refund", e.instant_refund, maybe);
    io("moves", e.moves, maybe);
}

struct InfoAsked {
    static constexpr std::string_view kType = "info_asked/1";
    OperationId operation_id;
    MessageId note_id;
    Moves moves;
};
template <class Io>
void fields(Io& io, InfoAsked& e) {
    io("operation_id", e.operation_id);
    io("note_id", e.note_id, maybe);
    io("moves", e.moves, maybe);
}

struct InfoGiven {
    static constexpr std::string_view kType = "info_given/1";
    OperationId operation_id;
    std::string photo_ref;
    Moves moves;
};
template <class Io>
void fields(Io& io, InfoGiven& e) {
    io("operation_id", e.operation_id);
    io("photo_ref", e.photo_ref, maybe);
    io("moves", e.moves, maybe);
}

struct OperationRejected {
    static constexpr std::string_view kType = "operation_rejected/1";
    OperationId operation_id;
    RejectCode code{};
    Moves moves;
};
template <class Io>
void fields(Io& io, OperationRejected& e) {
    io("operation_id", e.operation_id);
    io("code", e.code);
    io("moves", e.moves, maybe);
}

struct OperationAppealed {
    static constexpr std::string_view kType = "operation_appealed/1";
    OperationId operation_id;
    Moves moves;
};
template <class Io>
void fields(Io& io, OperationAppealed& e) {
    io("operation_id", e.operation_id);
    io("moves", e.moves, maybe);
}

/// Units that never shipped leave the operation.
struct UnitsReleased {
    static constexpr std::string_view kType = "units_released/1";
    OperationId operation_id;
    ReleaseCause cause{};
    std::vector<LineCount> lines;
    std::optional<Quote> quote;  ///< the new estimate, before approval
    Moves moves;
};
template <class Io>
void fields(Io& io, UnitsReleased& e) {
    io("operation_id", e.operation_id);
    io("cause", e.cause);
    io("lines", e.lines);
    io("quote", e.quote);
    io("moves", e.moves, maybe);
}

struct OperationSettled {
    static constexpr std::string_view kType = "operation_settled/1";
    OperationId operation_id;
    Moves moves;
};
template <class Io>
void fields(Io& io, OperationSettled& e) {
    io("operation_id", e.operation_id);
    io("moves", e.moves, maybe);
}

/// The operation is over: closed, cancelled or expired.
struct OperationEnded {
    static constexpr std::string_view kType = "operation_ended/1";
    OperationId operation_id;
    DecisionState decision{};
    Moves moves;
};
template <class Io>
void fields(Io& io, OperationEnded& e) {
    io("operation_id", e.operation_id);
    io("decision", e.decision);
    io("moves", e.moves, maybe);
}

/// Approved, but goods or a carrier must be asked first; the amount is promised meanwhile.
struct CheckAsked {
    static constexpr std::string_view kType = "check_asked/1";
    OperationId operation_id;
    Quote quote;
    StaffId approver_id;  ///< empty: by policy
    Moves moves;
};
template <class Io>
void fields(Io& io, CheckAsked& e) {
    io("operation_id", e.operation_id);
    io("quote", e.quote);
    io("approver_id", e.approver_id, maybe);
    io("moves", e.moves, maybe);
}

/// Refuted: the request waits for a decision again.
struct CheckAnswered {
    static constexpr std::string_view kType = "check_answered/1";
    OperationId operation_id;
    CheckResult result{};
    Moves moves;
};
template <class Io>
void fields(Io& io, CheckAnswered& e) {
    io("operation_id", e.operation_id);
    io("result", e.result);
    io("moves", e.moves, maybe);
}

/// The operation's units, parcels and inspections belong to one of another kind now; its lines keep their ids.
struct OperationSuperseded {
    static constexpr std::string_view kType = "operation_superseded/1";
    OperationId operation_id;
    Operation by;
    std::vector<OperationLine> lines;
    Moves moves;
};
template <class Io>
void fields(Io& io, OperationSuperseded& e) {
    io("operation_id", e.operation_id);
    io("by", e.by);
    io("lines", e.lines, maybe);
    io("moves", e.moves, maybe);
}

}  // namespace aftercare::domain
