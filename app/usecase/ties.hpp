#pragma once
#include "store/ties.hpp"
#include "usecase/cases.hpp"
#include "usecase/context.hpp"
#include "usecase/views.hpp"

namespace aftercare {
/// What a tie says of the other case, as seen from this one: for a link, whether this case is its subject or its object.
AC_WORDS(TieKind, link, linked_from, merged_into, merged_from);
}  // namespace aftercare

/// Cases that belong together: links, merges, and a new case after one that was closed too long ago.
namespace aftercare::usecase {

struct Tie {
    static constexpr std::string_view kSchema = "Tie";
    TieKind tie{};
    std::optional<Relation> relation;  ///< of a link
    CaseRow other;
    std::string by;
    Instant at;
    bool undoable = false;  ///< a merge into or of this case to which nothing new happened
};
template <class Io>
void fields(Io& io, Tie& t) {
    io("tie", t.tie);
    io("relation", t.relation);
    io("other", t.other);
    io("by", t.by, maybe);
    io("at", t.at);
    io("undoable", t.undoable);
}
struct TieList {
    static constexpr std::string_view kSchema = "TieList";
    std::vector<Tie> items;
    std::vector<store::MergedOperation> operations;  ///< of what was merged into the case, however far back; oldest first
};
template <class Io>
void fields(Io& io, TieList& l) {
    io("items", l.items);
    io("operations", l.operations);
}
Result<TieList> case_ties(Context&, const Actor&, const OneCase&);

struct LinkCase {
    static constexpr std::string_view kSchema = "LinkCase";
    CaseId case_id, other_id;
    Relation relation{};
};
template <class Io>
void fields(Io& io, LinkCase& in) {
    io("case_id", in.case_id);
    io("other_id", in.other_id);
    io("relation", in.relation, maybe);
}
/// Both of one shop. A link between the two that was there, whichever way round, is replaced.
Result<TieList> link_case(Context&, const Actor&, const Guard&, const LinkCase&);

struct UnlinkCase {
    static constexpr std::string_view kSchema = "UnlinkCase";
    CaseId case_id, other_id;
};
template <class Io>
void fields(Io& io, UnlinkCase& in) {
    io("case_id", in.case_id);
    io("other_id", in.other_id);
}
Result<TieList> unlink_case(Context&, const Actor&, const Guard&, const UnlinkCase&);

/// `note`: why, for the target.
struct MergeCaseIn {
    CaseId case_id, into_id;
    std::string note;
};
template <class Io>
void fields(Io& io, MergeCaseIn& in) {
    io("case_id", in.case_id);
    io("into_id", in.into_id);
    io("note", in.note, maybe, length(0, 4'000));
}
/// The answer is the merged case's.
Result<CaseChanged> merge_case(Context&, const Actor&, const Guard&, const MergeCaseIn&);

struct UnmergeCaseIn {
    CaseId case_id;
    std::string note;
};
template <class Io>
void fields(Io& io, UnmergeCaseIn& in) {
    io("case_id", in.case_id);
    io("note", in.note, length(1, 4'000));
}
/// `refused` "merge_moved_on" once something new happened to either of the two.
Result<CaseChanged> unmerge_case(Context&, const Actor&, const Guard&, const UnmergeCaseIn&);

/// `kind`: of the new case; not said: the same again. `note`: what the customer says now.
struct ContinueCase {
    CaseId case_id;
    std::optional<CaseKind> kind;
    std::string note;
};
template <class Io>
void fields(Io& io, ContinueCase& in) {
    io("case_id", in.case_id);
    io("kind", in.kind);
    io("note", in.note, maybe, length(0, 4'000));
}
/// A new case about the same order and customer that follows the closed one. `refused` "case_still_open".
Result<CaseChanged> continue_case(Context&, const Actor&, const Guard&, const ContinueCase&);

}  // namespace aftercare::usecase
