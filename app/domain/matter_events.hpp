#pragma once
#include "domain/moves.hpp"

namespace aftercare::domain {

/// A matter after an act; what was said is the note.
struct MatterMoved {
    static constexpr std::string_view kType = "matter_moved/1";
    MatterWord word{};
    Matter matter;
    std::string topic, cause_code, responsibility;  ///< empty: as they were
    bool reassigned = false;                        ///< to `owner_id`, or back to the queue
    StaffId owner_id;
    MessageId note_id;
    Moves moves;
};
template <class Io>
void fields(Io& io, MatterMoved& e) {
    io("word", e.word);
    io("matter", e.matter);
    io("topic", e.topic, maybe);
    io("cause_code", e.cause_code, maybe);
    io("responsibility", e.responsibility, maybe);
    io("reassigned", e.reassigned, maybe);
    io("owner_id", e.owner_id, maybe);
    io("note_id", e.note_id, maybe);
    io("moves", e.moves, maybe);
}

/// The case goes on as another kind; its thread, tasks and operations stay.
struct CaseConverted {
    static constexpr std::string_view kType = "case_converted/1";
    CaseKind was{}, kind{};
    Matter matter;
    MessageId note_id;
    Moves moves;
};
template <class Io>
void fields(Io& io, CaseConverted& e) {
    io("was", e.was);
    io("kind", e.kind);
    io("matter", e.matter);
    io("note_id", e.note_id, maybe);
    io("moves", e.moves, maybe);
}

}  // namespace aftercare::domain
