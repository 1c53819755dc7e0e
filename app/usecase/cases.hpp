#pragma once
#include "domain/commands.hpp"
#include "usecase/context.hpp"
#include "usecase/views.hpp"

namespace aftercare {
AC_WORDS(CaseOrder, due, changed, opened);
}

/// Cases: open, read, assign, note, close.
namespace aftercare::usecase {

/// Opens a case, and with `request` its first operation in the same transaction (all or nothing).
struct OpenCaseIn {
    ShopId shop_id;
    domain::OpenCase open;
    std::optional<domain::RequestOperation> request;
    std::string note;  ///< what the customer said; stored as a note, at most 4,000 bytes
    std::optional<std::int64_t> severity = {};  ///< said or heard with the first words; of a complaint most of all
    std::optional<Emotion> emotion = {};
    std::optional<Intent> intent = {};          ///< what they really want
    std::string photo_ref = {};                 ///< shown with the first words, which must not be empty then
};
template <class Io>
void fields(Io& io, OpenCaseIn& in) {
    io("shop_id", in.shop_id);
    fields(io, in.open);
    io("request", in.request);
    io("note", in.note, maybe, length(0, 4'000));
    io("severity", in.severity, between(1, 4));
    io("emotion", in.emotion);
    io("intent", in.intent);
    io("photo_ref", in.photo_ref, maybe, length(0, 200));
}
Result<CaseChanged> open_case(Context&, const Actor&, const Guard&, const OpenCaseIn&);

struct CaseQuery {
    Page page;
    std::optional<ShopId> shop_id;
    std::optional<CaseStatus> status;
    std::optional<CaseKind> kind;
    std::optional<Header> header;
    std::optional<std::string> owner;  ///< a staff id, "me" or "none"
    std::optional<bool> unfinished;    ///< true: not resolved and not closed
    std::optional<bool> urgent;        ///< true: of severity 1 or 2
    std::optional<std::string> cause;  ///< closed or reviewed with this cause
    std::optional<Instant> opened_from, opened_before;
    std::optional<Duration> due_within;  ///< nearest clock due within this time from now
    std::optional<std::string> q;      ///< beginning of case number, topic, order number, name or tracking number, phone tail or SKU; all else is then ignored
    CaseOrder sort = CaseOrder::due;   ///< with `cause` or a time of opening always the latest opened first
};
template <class Io>
void fields(Io& io, CaseQuery& q) {
    fields(io, q.page);
    io("shop_id", q.shop_id);
    io("status", q.status);
    io("kind", q.kind);
    io("header", q.header);
    io("owner", q.owner);
    io("unfinished", q.unfinished);
    io("urgent", q.urgent);
    io("cause", q.cause, length(0, 60));
    io("opened_from", q.opened_from);
    io("opened_before", q.opened_before);
    io("due_within_ms", q.due_within);
    io("q", q.q, length(0, 100));
    io("sort", q.sort, maybe);
}
Result<CaseList> list_cases(Context&, const Actor&, const CaseQuery&);

/// How many cases the query finds, counted up to `limit`; its page plays no part.
std::int64_t count_matching(Context&, store::Tx&, const Actor&, const CaseQuery&, std::int64_t limit);

struct InShop {
    std::optional<ShopId> shop_id;
};
template <class Io>
void fields(Io& io, InShop& in) {
    io("shop_id", in.shop_id);
}
Result<CaseCounts> count_cases(Context&, const Actor&, const InShop&);

struct OneCase {
    CaseId case_id;
};
template <class Io>
void fields(Io& io, OneCase& in) {
    io("case_id", in.case_id);
}
Result<CaseView> get_case(Context&, const Actor&, const OneCase&);

struct TimelineQuery {
    CaseId case_id;
    std::int64_t after = 0;  ///< events with a higher seq
};
template <class Io>
void fields(Io& io, TimelineQuery& in) {
    io("case_id", in.case_id);
    io("after", in.after, maybe, between(0, INT64_MAX));
}
Result<Timeline> case_timeline(Context&, const Actor&, const TimelineQuery&);

struct AddNoteIn {
    CaseId case_id;
    NoteKind kind = NoteKind::internal;
    std::string body;
    std::string photo_ref = {};  ///< what they showed
};
template <class Io>
void fields(Io& io, AddNoteIn& in) {
    io("case_id", in.case_id);
    io("kind", in.kind);
    io("body", in.body, length(1, 4'000));
    io("photo_ref", in.photo_ref, maybe, length(0, 200));
}
/// A reply to the customer needs the version that was read, so that of two at once one is sent and the other is `stale`; without it `invalid`
/// "if_match_required". A note to a merged case lands on its target; a reply does not.
Result<CaseChanged> add_note(Context&, const Actor&, const Guard&, const AddNoteIn&);
Result<CaseChanged> assign_case(Context&, const Actor&, const Guard&, const OnCase<domain::AssignCase>&);
/// What the marketplace says of the case now, as a plugin hears it or a lead reads it there.
Result<CaseChanged> hear_platform(Context&, const Actor&, const Guard&, const OnCase<domain::HearPlatform>&);
Result<CaseChanged> close_case(Context&, const Actor&, const Guard&, const OnCase<domain::CloseCase>&);

/// `note`: what came of it, kept as an internal note.
struct FinishTaskIn {
    TaskId task_id;
    TaskResult result{};
    std::string note;
};
template <class Io>
void fields(Io& io, FinishTaskIn& in) {
    io("task_id", in.task_id);
    io("result", in.result, maybe);
    io("note", in.note, maybe, length(0, 4'000));
}
Result<CaseChanged> finish_task(Context&, const Actor&, const Guard&, const FinishTaskIn&);

}  // namespace aftercare::usecase
