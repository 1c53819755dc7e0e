#pragma once
#include <string>
#include <vector>

#include "domain/moves.hpp"

namespace aftercare {
/// Why a case has another owner. off_duty: a customer waited too long for an owner who is not on duty.
AC_WORDS(AssignCause, by_hand, off_duty);
}  // namespace aftercare

/// What happens to a case around its operations: opened, owned, noted, timed, closed.
namespace aftercare::domain {

struct CaseOpened {
    static constexpr std::string_view kType = "case_opened/1";
    Case c;  // version, due_at, header, amount are derived by apply
    Moves moves;
};
template <class Io>
void fields(Io& io, CaseOpened& e) {
    io("case", e.c);
    io("moves", e.moves, maybe);
}

struct CaseAssigned {
    static constexpr std::string_view kType = "case_assigned/1";
    StaffId owner_id;
    AssignCause cause{};
};
template <class Io>
void fields(Io& io, CaseAssigned& e) {
    io("owner_id", e.owner_id, maybe);
    io("cause", e.cause, maybe);
}

struct NoteAdded {
    static constexpr std::string_view kType = "note_added/1";
    MessageId note_id;
    NoteKind kind{};
    bool reopens = false;  ///< a closed case opens again
    Moves moves;
};
template <class Io>
void fields(Io& io, NoteAdded& e) {
    io("note_id", e.note_id);
    io("kind", e.kind);
    io("reopens", e.reopens, maybe);
    io("moves", e.moves, maybe);
}

struct TaskFinished {
    static constexpr std::string_view kType = "task_finished/1";
    TaskId task_id;
    Moves moves;
    MessageId note_id{};  ///< what came of it
};
template <class Io>
void fields(Io& io, TaskFinished& e) {
    io("task_id", e.task_id);
    io("moves", e.moves, maybe);
    io("note_id", e.note_id, maybe);
}

/// A clock ran out (or took its next step: a reconcile, a parcel overdue).
struct ClockFired {
    static constexpr std::string_view kType = "clock_fired/1";
    OperationId operation_id;
    ClockId clock_id;
    ClockKind kind{};
    bool escalated = false;                  ///< the operation's escalation rises by one
    std::vector<InboundLegId> overdue_legs;  ///< parcels that became overdue
    Moves moves;
};
template <class Io>
void fields(Io& io, ClockFired& e) {
    io("operation_id", e.operation_id, maybe);
    io("clock_id", e.clock_id);
    io("kind", e.kind);
    io("escalated", e.escalated, maybe);
    io("overdue_legs", e.overdue_legs, maybe);
    io("moves", e.moves, maybe);
}

/// A promise of ours is about to run out, or ran out long ago: somebody on duty gets a task. The clock itself goes on as it was.
struct ClockWarned {
    static constexpr std::string_view kType = "clock_warned/1";
    OperationId operation_id;
    ClockId clock_id;
    ClockKind kind{};
    ClockLevel level{};
    Moves moves;
};
template <class Io>
void fields(Io& io, ClockWarned& e) {
    io("operation_id", e.operation_id, maybe);
    io("clock_id", e.clock_id);
    io("kind", e.kind);
    io("level", e.level);
    io("moves", e.moves, maybe);
}

/// Time runs out for the customer, who is told so. Each reminder of a clock happens once.
struct CustomerReminded {
    static constexpr std::string_view kType = "customer_reminded/1";
    OperationId operation_id;
    MessageTemplate message{};
    Instant due_at;  ///< when it will be too late
    Moves moves;
};
template <class Io>
void fields(Io& io, CustomerReminded& e) {
    io("operation_id", e.operation_id);
    io("message", e.message);
    io("due_at", e.due_at);
    io("moves", e.moves, maybe);
}

struct MessageSent {
    static constexpr std::string_view kType = "message_sent/1";
    OperationId operation_id;
    MessageTemplate message{};
    std::string external_id;  ///< the channel's own id of it
    Moves moves;
};
template <class Io>
void fields(Io& io, MessageSent& e) {
    io("operation_id", e.operation_id);
    io("message", e.message);
    io("external_id", e.external_id, maybe);
    io("moves", e.moves, maybe);
}

/// Nobody could send it; a task asks an agent to tell the customer.
struct MessageFailed {
    static constexpr std::string_view kType = "message_failed/1";
    OperationId operation_id;
    MessageTemplate message{};
    std::string code;
    Moves moves;
};
template <class Io>
void fields(Io& io, MessageFailed& e) {
    io("operation_id", e.operation_id);
    io("message", e.message);
    io("code", e.code);
    io("moves", e.moves, maybe);
}

/// The marketplace spoke: what it says now takes the place of what it said before.
struct PlatformHeard {
    static constexpr std::string_view kType = "platform_heard/1";
    Platform platform;
    Moves moves;
};
template <class Io>
void fields(Io& io, PlatformHeard& e) {
    io("platform", e.platform);
    io("moves", e.moves, maybe);
}

/// The marketplace took a decision of ours, or (`code`) did not.
struct PlatformTold {
    static constexpr std::string_view kType = "platform_told/1";
    OperationId operation_id;
    PlatformVerdict verdict{};
    std::string external_id, code;
    Moves moves;
};
template <class Io>
void fields(Io& io, PlatformTold& e) {
    io("operation_id", e.operation_id);
    io("verdict", e.verdict);
    io("external_id", e.external_id, maybe);
    io("code", e.code, maybe);
    io("moves", e.moves, maybe);
}

struct CaseClosed {
    static constexpr std::string_view kType = "case_closed/1";
    std::string cause_code, responsibility, summary;
    bool automatic = false;
    Moves moves;
};
template <class Io>
void fields(Io& io, CaseClosed& e) {
    io("cause_code", e.cause_code);
    io("responsibility", e.responsibility);
    io("summary", e.summary);
    io("automatic", e.automatic, maybe);
    io("moves", e.moves, maybe);
}

/// A return that was over before this program knew of it: its end state, no invented steps.
struct CaseImported {
    static constexpr std::string_view kType = "case_imported/1";
    Case c;
    Operation operation;
    std::vector<OperationLine> lines;
    Moves moves;
};
template <class Io>
void fields(Io& io, CaseImported& e) {
    io("case", e.c);
    io("operation", e.operation);
    io("lines", e.lines);
    io("moves", e.moves, maybe);
}

}  // namespace aftercare::domain
