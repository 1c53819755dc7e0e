#pragma once
#include <string>
#include <vector>

#include "domain/moves.hpp"

/// How goods become money, and what became of it.
namespace aftercare::domain {

/// Units of one line that got their final quote.
struct BatchLine {
    OperationLineId operation_line_id;
    std::int64_t accepted = 0;     ///< inspected units, those in dispute included
    std::int64_t disputed = 0;     ///< of them: were in dispute
    std::int64_t written_off = 0;  ///< missing or lost units
    std::int64_t goods_minor = 0;  ///< Σ allocated net of these very units
    std::int64_t lost_back = 0;    ///< of the accepted: lost on their way back to the customer
    std::int64_t kept = 0;         ///< settled where they are, by the approval
    std::int64_t awaiting = 0;     ///< of the accepted: the customer still waits for the goods in their place
};
template <class Io>
void fields(Io& io, BatchLine& l) {
    io("operation_line_id", l.operation_line_id);
    io("accepted", l.accepted);
    io("disputed", l.disputed);
    io("written_off", l.written_off);
    io("goods_minor", l.goods_minor);
    io("lost_back", l.lost_back, maybe);
    io("kept", l.kept, maybe);
    io("awaiting", l.awaiting, maybe);
}

struct BatchSettled {
    static constexpr std::string_view kType = "batch_settled/1";
    OperationId operation_id;
    SettledBy by{};
    std::string reason;  ///< a ruling's code
    std::vector<BatchLine> lines;
    Quote quote;
    std::int64_t advance_used_minor = 0;  ///< of the quote, already authorised before inspection
    Moves moves;
};
template <class Io>
void fields(Io& io, BatchSettled& e) {
    io("operation_id", e.operation_id);
    io("by", e.by);
    io("reason", e.reason, maybe);
    io("lines", e.lines);
    io("quote", e.quote);
    io("advance_used_minor", e.advance_used_minor, maybe);
    io("moves", e.moves, maybe);
}

struct RefundSubmitted {
    static constexpr std::string_view kType = "refund_submitted/1";
    OperationId operation_id;
    MoneyAttempt attempt;
    Moves moves;
};
template <class Io>
void fields(Io& io, RefundSubmitted& e) {
    io("operation_id", e.operation_id);
    io("attempt", e.attempt);
    io("moves", e.moves, maybe);
}

struct RefundAnswered {
    static constexpr std::string_view kType = "refund_answered/1";
    OperationId operation_id;
    MoneyAttemptId attempt_id;
    RefundResult result{};
    AnswerKind answer{};
    std::string provider_ref, code;
    Moves moves;
};
template <class Io>
void fields(Io& io, RefundAnswered& e) {
    io("operation_id", e.operation_id);
    io("attempt_id", e.attempt_id);
    io("result", e.result);
    io("answer", e.answer);
    io("provider_ref", e.provider_ref, maybe);
    io("code", e.code, maybe);
    io("moves", e.moves, maybe);
}

/// An advance (instant refund) that proved too high and was not paid yet is taken back.
struct AdvanceWithdrawn {
    static constexpr std::string_view kType = "advance_withdrawn/1";
    OperationId operation_id;
    std::int64_t amount_minor = 0;
    Moves moves;
};
template <class Io>
void fields(Io& io, AdvanceWithdrawn& e) {
    io("operation_id", e.operation_id);
    io("amount_minor", e.amount_minor);
    io("moves", e.moves, maybe);
}

}  // namespace aftercare::domain
