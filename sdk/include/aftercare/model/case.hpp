#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/codec/fields.hpp>
#include <aftercare/model/matter.hpp>
#include <aftercare/model/words.hpp>
#include <string>

/// Case, its clocks, tasks and notes. Derived from events, except Note (a fact).
namespace aftercare {

/// What a marketplace last said of a case: it lies over the states and is none of them. The newest version wins
/// (after-sales.md, section 7).
struct Platform {
    static constexpr std::string_view kSchema = "Platform";
    std::string external_ref;      ///< the marketplace's number of the after-sale
    std::int64_t version = 0;      ///< the marketplace's own; 0: only people told of it
    Intervention intervention{};
    std::int64_t ruled_minor = 0;  ///< what the buyer gets in all by ruled_for_buyer, in the case's currency
    Instant deadline_at;           ///< as it was told, never computed; 0: none
    bool cannot_refuse = false;    ///< the shop may not reject
    AfterSaleState state{};        ///< how far it is there
    [[nodiscard]] bool empty() const { return external_ref.empty(); }
    /// It has been asked to decide and has not done so.
    [[nodiscard]] bool undecided() const { return intervention == Intervention::requested || intervention == Intervention::in_progress; }
    bool operator==(const Platform&) const = default;
};
template <class Io>
void fields(Io& io, Platform& p) {
    io("external_ref", p.external_ref);
    io("version", p.version);
    io("intervention", p.intervention);
    io("ruled_minor", p.ruled_minor, maybe);
    io("deadline_at", p.deadline_at, maybe);
    io("cannot_refuse", p.cannot_refuse, maybe);
    io("state", p.state, maybe);
}

struct Case {
    static constexpr std::string_view kSchema = "Case";
    CaseId id;
    ShopId shop_id;
    std::string number;  ///< what people say: "20417"; unique in the installation
    CaseKind kind{};
    CaseStatus status{};  ///< derived
    Channel channel{};
    CustomerId customer_id;
    OrderId order_id;
    StaffId owner_id;
    std::string topic;
    Header header{};                 ///< of the newest operation, for lists; none: it has none
    std::int64_t amount_minor = 0;   ///< Σ quotes of its operations that are not void, for lists
    std::string currency;
    Instant due_at;                  ///< nearest running clock; 0 = none
    Platform platform;
    Matter matter;
    std::string cause_code, responsibility, summary;
    std::int64_t version = 0;  ///< seq of its last event
    Instant opened_at, changed_at, closed_at;
    bool operator==(const Case&) const = default;
};
template <class Io>
void fields(Io& io, Case& c) {
    io("id", c.id);
    io("shop_id", c.shop_id);
    io("number", c.number);
    io("kind", c.kind);
    io("status", c.status);
    io("channel", c.channel);
    io("customer_id", c.customer_id, maybe);
    io("order_id", c.order_id, maybe);
    io("owner_id", c.owner_id, maybe);
    io("topic", c.topic, length(0, 200));
    io("header", c.header);
    io("amount_minor", c.amount_minor);
    io("currency", c.currency, maybe);
    io("due_at", c.due_at, maybe);
    io("platform", c.platform, maybe);
    io("matter", c.matter, maybe);
    io("cause_code", c.cause_code, maybe);
    io("responsibility", c.responsibility, maybe);
    io("summary", c.summary, maybe);
    io("version", c.version);
    io("opened_at", c.opened_at);
    io("changed_at", c.changed_at);
    io("closed_at", c.closed_at, maybe);
}

/// A running promise. `remaining_ms` counts working time left while paused.
struct Clock {
    static constexpr std::string_view kSchema = "Clock";
    ClockId id;
    CaseId case_id;
    OperationId operation_id;
    ClockKind kind{};
    ClockState state{};
    Instant started_at, due_at;  ///< breached: what it promised is still owed since due_at; 0: it has happened, or is void
    Instant remind_at;  ///< when the customer is reminded next, or whoever is to hear that we are late; 0: not (again)
    Duration remaining;
    std::int64_t step = 0;  ///< reminders or reconcile attempts already done
    Instant ended_at;
    Duration promised;      ///< of what we owe: the time it was given, as it counts (working time, or of a refund: time)
    ClockLevel level{};     ///< whom its running out was told to
    PolicyId policy_id;     ///< under which it started; empty: before that was kept
    bool operator==(const Clock&) const = default;
};
template <class Io>
void fields(Io& io, Clock& c) {
    io("id", c.id);
    io("case_id", c.case_id);
    io("operation_id", c.operation_id, maybe);
    io("kind", c.kind);
    io("state", c.state);
    io("started_at", c.started_at);
    io("due_at", c.due_at, maybe);
    io("remind_at", c.remind_at, maybe);
    io("remaining_ms", c.remaining, maybe);
    io("step", c.step, maybe);
    io("ended_at", c.ended_at, maybe);
    io("promised_ms", c.promised, maybe);
    io("level", c.level, maybe);
    io("policy_id", c.policy_id, maybe);
}

/// Work asked of another department. `code` says what, as a word with a sentence in schema/text; "asked": the words are a note, and
/// the case waits for its result.
struct Task {
    static constexpr std::string_view kSchema = "Task";
    TaskId id;
    CaseId case_id;
    OperationId operation_id;
    Department department{};
    TaskState state{};
    std::string code;
    Instant opened_at, due_at, done_at;
    StaffId owner_id;
    MessageId note_id, result_note_id;  ///< what was asked, and what came of it, in words
    TaskResult result{};
    bool operator==(const Task&) const = default;
};
template <class Io>
void fields(Io& io, Task& t) {
    io("id", t.id);
    io("case_id", t.case_id);
    io("operation_id", t.operation_id, maybe);
    io("department", t.department);
    io("state", t.state);
    io("code", t.code);
    io("opened_at", t.opened_at);
    io("due_at", t.due_at, maybe);
    io("done_at", t.done_at, maybe);
    io("owner_id", t.owner_id, maybe);
    io("note_id", t.note_id, maybe);
    io("result_note_id", t.result_note_id, maybe);
    io("result", t.result, maybe);
}

/// Free text lives here, never in events (erasure rewrites no event).
struct Note {
    static constexpr std::string_view kSchema = "Note";
    MessageId id;
    CaseId case_id;
    NoteKind kind{};
    StaffId author_id;
    std::string body;
    Instant at;
    std::string photo_ref{};  ///< what they showed: photos with spaces between them
    bool operator==(const Note&) const = default;
};
template <class Io>
void fields(Io& io, Note& n) {
    io("id", n.id);
    io("case_id", n.case_id);
    io("kind", n.kind);
    io("author_id", n.author_id, maybe);
    io("body", n.body, length(1, 4'000));
    io("at", n.at);
    io("photo_ref", n.photo_ref, maybe, length(0, 200));
}

}  // namespace aftercare
