#pragma once
#include <functional>

#include "store/incidents.hpp"
#include "usecase/cases.hpp"

/// Incidents (after-sales.md section 10): many cases with one cause, linked to a case of the cause, and one reply to all of their customers.
namespace aftercare::usecase {

struct Unreachable {
    static constexpr std::string_view kSchema = "UnreachableCase";
    CaseId case_id;
    std::string number, customer_name, code;
};
template <class Io>
void fields(Io& io, Unreachable& u) {
    io("case_id", u.case_id);
    io("number", u.number);
    io("customer_name", u.customer_name, maybe);
    io("code", u.code);
}
struct UnifiedReplyView {
    static constexpr std::string_view kSchema = "UnifiedReply";
    UnifiedReplyId id;
    std::string body, sent_name;
    Instant sent_at;
    std::int64_t sent = 0, waiting = 0, refused = 0;
    std::int64_t fresh = 0;                 ///< open cases that were linked since
    std::vector<store::ReachedCase> cases;  ///< at most 200: refused ones first, then those that wait
};
template <class Io>
void fields(Io& io, UnifiedReplyView& v) {
    io("id", v.id);
    io("body", v.body);
    io("sent_name", v.sent_name, maybe);
    io("sent_at", v.sent_at);
    io("sent", v.sent);
    io("waiting", v.waiting);
    io("refused", v.refused);
    io("fresh", v.fresh, doc("open cases that were linked since, and do not have it"));
    io("cases", v.cases, doc("at most 200: refused ones first, then those that wait"));
}
struct UnifiedReplies {
    static constexpr std::string_view kSchema = "UnifiedReplies";
    std::int64_t reachable = 0;
    std::vector<Unreachable> unreachable;
    std::vector<UnifiedReplyView> items;
};
template <class Io>
void fields(Io& io, UnifiedReplies& l) {
    io("reachable", l.reachable, doc("open linked cases that a new one would come to"));
    io("unreachable", l.unreachable, doc("open linked cases that it would not, at most 200"));
    io("items", l.items, doc("the last 20, newest first"));
}
/// Of a case that gathers none, empty.
Result<UnifiedReplies> unified_replies(Context&, const Actor&, const OneCase&);

struct SendUnifiedReply {
    CaseId case_id;
    std::string body;
};
template <class Io>
void fields(Io& io, SendUnifiedReply& in) {
    io("case_id", in.case_id);
    io("body", in.body, length(1, 4'000));
}
struct UnifiedReplySent {
    static constexpr std::string_view kSchema = "UnifiedReplySent";
    UnifiedReplyId reply_id;
    std::int64_t cases = 0;
};
template <class Io>
void fields(Io& io, UnifiedReplySent& s) {
    io("reply_id", s.reply_id);
    io("cases", s.cases, doc("to how many cases it goes now"));
}
/// It waits for every open linked case, and goes there with `work_on_replies`. Like a reply in one case it needs the version that was read
/// (`invalid` "if_match_required"). `refused` "not_an_incident", "case_already_closed", "no_linked_cases".
Result<UnifiedReplySent> send_unified_reply(Context&, const Actor&, const Guard&, const SendUnifiedReply&);

struct SendUnifiedReplyOn {
    CaseId case_id;
    UnifiedReplyId reply_id;
    bool again = false;
};
template <class Io>
void fields(Io& io, SendUnifiedReplyOn& in) {
    io("case_id", in.case_id);
    io("reply_id", in.reply_id);
    io("again", in.again, maybe, doc("to those where it was refused, too"));
}
/// To open cases that were linked since. `not_found` "reply_not_found".
Result<UnifiedReplySent> send_unified_reply_on(Context&, const Actor&, const Guard&, const SendUnifiedReplyOn&);

/// Takes what waits to its cases: in each a reply like any other, in a change of its own, once, by any number of programs. What cannot go is
/// kept as refused with its code; what fails because the database is away waits on. How many are over.
Result<std::int64_t> work_on_replies(Context&, const std::function<bool()>& stopped);

}  // namespace aftercare::usecase
