#pragma once
#include "domain/commands.hpp"

/// What people ask of a matter (matters.hpp). What they wrote is a note, stored by the use case; `note_id` names it.
namespace aftercare::domain {

/// Most acts say nothing but that they happen.
struct StepMatter {
    static constexpr std::string_view kSchema = "StepMatter";
    MessageId note_id{};
};
template <class Io>
void fields(Io&, StepMatter&) {}

/// What we offer. `answer_by`: until when the customer may think; by then they hear from us again. `responsibility`: what the facts say.
struct Propose {
    static constexpr std::string_view kSchema = "Propose";
    std::int64_t amount_minor = 0;
    Instant answer_by;
    MessageId note_id{};
    std::optional<Fault> responsibility = {};
};
template <class Io>
void fields(Io& io, Propose& c) {
    io("amount_minor", c.amount_minor, maybe, between(0, kMaxMinor));
    io("answer_by", c.answer_by, maybe);
    io("responsibility", c.responsibility);
}

/// The customer hears how far it is, and when they hear more.
struct UpdateCustomer {
    static constexpr std::string_view kSchema = "UpdateCustomer";
    Instant promised_at;
    MessageId note_id{};
};
template <class Io>
void fields(Io& io, UpdateCustomer& c) {
    io("promised_at", c.promised_at);
}

struct FollowUp {
    static constexpr std::string_view kSchema = "FollowUp";
    Satisfied satisfied{};
    MessageId note_id{};
};
template <class Io>
void fields(Io& io, FollowUp& c) {
    io("satisfied", c.satisfied);
}

/// The note says how it will not happen again.
struct Review {
    static constexpr std::string_view kSchema = "Review";
    std::string cause_code;
    Fault responsibility{};
    MessageId note_id{};
};
template <class Io>
void fields(Io& io, Review& c) {
    io("cause_code", c.cause_code, length(1, 60));
    io("responsibility", c.responsibility);
}

/// Handed on. `department`: who looks at it, else a lead. `answer_by`: the customer is told (the note) by when they hear of it.
struct Escalate {
    static constexpr std::string_view kSchema = "Escalate";
    std::optional<Department> department;
    Instant answer_by;
    MessageId note_id{};
};
template <class Io>
void fields(Io& io, Escalate& c) {
    io("department", c.department);
    io("answer_by", c.answer_by, maybe);
}

/// What is not said stays as it is.
struct Classify {
    static constexpr std::string_view kSchema = "Classify";
    std::optional<std::int64_t> severity;
    std::optional<Emotion> emotion;
    std::string topic;
    MessageId note_id{};
    std::optional<Intent> intent = {};
    std::optional<Fault> responsibility = {};
};
template <class Io>
void fields(Io& io, Classify& c) {
    io("severity", c.severity, between(1, 4));
    io("emotion", c.emotion);
    io("topic", c.topic, maybe, length(0, 200));
    io("intent", c.intent);
    io("responsibility", c.responsibility);
}

struct TellOutside {
    static constexpr std::string_view kSchema = "TellOutside";
    Outside outside{};
    std::string outside_ref;
    MessageId note_id{};
};
template <class Io>
void fields(Io& io, TellOutside& c) {
    io("outside", c.outside);
    io("outside_ref", c.outside_ref, maybe, length(0, 60));
}

struct ConvertCase {
    static constexpr std::string_view kSchema = "ConvertCase";
    CaseKind kind{};
    MessageId note_id{};
};
template <class Io>
void fields(Io& io, ConvertCase& c) {
    io("kind", c.kind);
}

struct PlanContact {
    static constexpr std::string_view kSchema = "PlanContact";
    Instant at;
    MessageId note_id{};
};
template <class Io>
void fields(Io& io, PlanContact& c) {
    io("at", c.at);
}

struct RecordContact {
    static constexpr std::string_view kSchema = "RecordContact";
    ContactResult result{};
    MessageId note_id{};
};
template <class Io>
void fields(Io& io, RecordContact& c) {
    io("result", c.result);
}

/// No case: nothing is to be mended. What is to be mended is done in a case of its own, judged as if there were no review.
struct DecideRemedy {
    static constexpr std::string_view kSchema = "DecideRemedy";
    CaseId linked_case_id;
    MessageId note_id{};
};
template <class Io>
void fields(Io& io, DecideRemedy& c) {
    io("linked_case_id", c.linked_case_id, maybe);
}

struct RecordOutcome {
    static constexpr std::string_view kSchema = "RecordOutcome";
    MatterOutcome outcome{};
    MessageId note_id{};
};
template <class Io>
void fields(Io& io, RecordOutcome& c) {
    io("outcome", c.outcome);
}

struct AskTask {
    static constexpr std::string_view kSchema = "AskTask";
    Department department{};
    StaffId owner_id;
    Instant due_at;
    MessageId note_id{};
};
template <class Io>
void fields(Io& io, AskTask& c) {
    io("department", c.department);
    io("owner_id", c.owner_id);
    io("due_at", c.due_at);
}

}  // namespace aftercare::domain
