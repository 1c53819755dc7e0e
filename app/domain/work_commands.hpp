#pragma once
#include "domain/commands.hpp"

/// What is asked of goods that go out to the customer, of the checks an approval waits for, and of repairs. What comes of them is
/// in work_events.hpp.
namespace aftercare::domain {

/// What a check found that an approval waits for: the warehouse held the parcel, the courier stopped it, nothing was delivered, the
/// parts were missing. `carrier`, `tracking`: of the parcel that comes back, when an interception was confirmed.
struct AnswerCheck {
    static constexpr std::string_view kSchema = "AnswerCheck";
    OperationId operation_id;
    CheckResult result{};
    std::string carrier, tracking;
};
template <class Io>
void fields(Io& io, AnswerCheck& c) {
    io("operation_id", c.operation_id);
    io("result", c.result);
    io("carrier", c.carrier, maybe, length(0, 60));
    io("tracking", c.tracking, maybe, length(0, 60));
}

/// The goods for the customer are set aside until `until`, will come by then (backordered), or cannot be had (out_of_stock).
struct Reserve {
    static constexpr std::string_view kSchema = "Reserve";
    OperationId operation_id;
    StockState state = StockState::reserved;
    Instant until;  ///< 0: as long as the policy says
};
template <class Io>
void fields(Io& io, Reserve& c) {
    io("operation_id", c.operation_id);
    io("state", c.state, maybe);
    io("until", c.until, maybe);
}

/// Other goods than those promised, before anything is sent.
struct Swap {
    static constexpr std::string_view kSchema = "Swap";
    OperationId operation_id;
    std::vector<RequestLine> lines;
    bool customer_consent = false;
};
template <class Io>
void fields(Io& io, Swap& c) {
    io("operation_id", c.operation_id);
    io("lines", c.lines, length(1, kMaxLines));
    io("customer_consent", c.customer_consent, maybe);
}

/// The customer paid what they owed.
struct Collected {
    static constexpr std::string_view kSchema = "Collected";
    OperationId operation_id;
    MoneyLegId money_leg_id;
    std::string provider, reference;
};
template <class Io>
void fields(Io& io, Collected& c) {
    io("operation_id", c.operation_id);
    io("money_leg_id", c.money_leg_id, maybe);
    io("provider", c.provider, maybe, length(0, 60));
    io("reference", c.reference, maybe, length(0, 120));
}

/// What the technician found. In warranty: free; otherwise the customer is asked first.
struct Diagnose {
    static constexpr std::string_view kSchema = "Diagnose";
    OperationId operation_id;
    bool repairable = true, warranty = false;
    std::int64_t parts_minor = 0, labour_minor = 0;  ///< what it will cost the shop
};
template <class Io>
void fields(Io& io, Diagnose& c) {
    io("operation_id", c.operation_id);
    io("repairable", c.repairable, maybe);
    io("warranty", c.warranty, maybe);
    io("parts_minor", c.parts_minor, maybe, between(0, kMaxMinor));
    io("labour_minor", c.labour_minor, maybe, between(0, kMaxMinor));
}

/// What the customer is to pay for the repair, and by when it is promised.
struct QuoteRepair {
    static constexpr std::string_view kSchema = "QuoteRepair";
    OperationId operation_id;
    std::int64_t price_minor = 0;
    Instant promised_at;
};
template <class Io>
void fields(Io& io, QuoteRepair& c) {
    io("operation_id", c.operation_id);
    io("price_minor", c.price_minor, between(0, kMaxMinor));
    io("promised_at", c.promised_at, maybe);
}

struct AnswerQuote {
    static constexpr std::string_view kSchema = "AnswerQuote";
    OperationId operation_id;
    bool accepted = false;
};
template <class Io>
void fields(Io& io, AnswerQuote& c) {
    io("operation_id", c.operation_id);
    io("accepted", c.accepted);
}

struct StepRepair {
    static constexpr std::string_view kSchema = "StepRepair";
    OperationId operation_id;
    RepairStep step{};
};
template <class Io>
void fields(Io& io, StepRepair& c) {
    io("operation_id", c.operation_id);
    io("step", c.step);
}

/// The customer has the replacement and has not sent the old goods.
struct Recover {
    static constexpr std::string_view kSchema = "Recover";
    OperationId operation_id;
};
template <class Io>
void fields(Io& io, Recover& c) {
    io("operation_id", c.operation_id);
}

/// The old goods stay with the customer for good, who pays `collect_minor` for them, at most what they were worth.
struct WriteOff {
    static constexpr std::string_view kSchema = "WriteOff";
    OperationId operation_id;
    std::int64_t collect_minor = 0;
};
template <class Io>
void fields(Io& io, WriteOff& c) {
    io("operation_id", c.operation_id);
    io("collect_minor", c.collect_minor, maybe, between(0, kMaxMinor));
}

}  // namespace aftercare::domain
