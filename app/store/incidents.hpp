#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/codec/fields.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/incidents.hpp"
#include "store/store.hpp"

namespace aftercare {
using UnifiedReplyId = Id<struct UnifiedReplyTag>;
}  // namespace aftercare

/// Rows of replies that go to every case linked to an incident. The reply itself is a note of each of these cases, and of the incident.
namespace aftercare::store {

/// A case linked to an incident.
struct LinkedCase {
    CaseId id;
    std::string number;
    CaseKind kind{};
    Channel channel{};
    CustomerId customer_id;
    std::string customer_name;
    Instant closed_at;
    bool contact_refused = false, contact = false;
};
template <class Io>
void fields(Io& io, LinkedCase& c) {
    io("id", c.id);
    io("number", c.number);
    io("kind", c.kind);
    io("channel", c.channel);
    io("customer_id", c.customer_id, maybe);
    io("customer_name", c.customer_name, maybe);
    io("closed_at", c.closed_at);
    io("contact_refused", c.contact_refused);
    io("contact", c.contact);
}

struct UnifiedReply {
    UnifiedReplyId id;
    CaseId case_id;  ///< the incident
    ShopId shop_id;
    MessageId note_id;
    StaffId sent_by;
    Instant sent_at;
    std::string body{}, sent_name{};  ///< only read
};
template <class Io>
void fields(Io& io, UnifiedReply& r) {
    io("id", r.id);
    io("case_id", r.case_id);
    io("shop_id", r.shop_id);
    io("note_id", r.note_id);
    io("sent_by", r.sent_by, maybe);
    io("sent_at", r.sent_at);
    io("body", r.body, maybe);
    io("sent_name", r.sent_name, maybe);
}

/// A unified reply in one linked case.
struct ReachedRow {
    UnifiedReplyId reply_id;
    CaseId case_id;
    Reached state{};
    std::string code;   ///< why it was refused
    MessageId note_id;  ///< the reply, once it is sent
    Instant at;         ///< 0: it waits
};
template <class Io>
void fields(Io& io, ReachedRow& r) {
    io("reply_id", r.reply_id);
    io("case_id", r.case_id);
    io("state", r.state);
    io("code", r.code, maybe);
    io("note_id", r.note_id, maybe);
    io("at", r.at);
}

/// The same as people read it.
struct ReachedCase {
    static constexpr std::string_view kSchema = "ReachedCase";
    CaseId case_id;
    std::string number, customer_name;
    Reached state{};
    std::string code;
    Instant at;
};
template <class Io>
void fields(Io& io, ReachedCase& r) {
    io("case_id", r.case_id);
    io("number", r.number);
    io("customer_name", r.customer_name, maybe);
    io("state", r.state);
    io("code", r.code, maybe, doc("why it was refused"));
    io("at", r.at, doc("0: it waits"));
}

/// Cases linked to the incident, in place of merged ones those they went on in; by number.
std::vector<LinkedCase> linked_cases(Tx&, const CaseId& incident, const ShopId&);
std::optional<LinkedCase> linked_case(Tx&, const CaseId&, const ShopId&);

void insert_reply(Tx&, const UnifiedReply&);
std::optional<UnifiedReply> find_reply(Tx&, const UnifiedReplyId&);
std::vector<UnifiedReply> replies_of(Tx&, const CaseId& incident, std::int64_t limit);  ///< newest first
/// The case is to get it; whether that is new: false where it waits already or has it.
bool put_waiting(Tx&, const UnifiedReplyId&, const CaseId&);
/// Those that wait, from the one after (`reply`, `of`) on, of all shops.
std::vector<ReachedRow> waiting_cases(Tx&, const UnifiedReplyId& reply, const CaseId& of, std::int64_t limit);
bool still_waits(Tx&, const UnifiedReplyId&, const CaseId&);
/// One that waits is over.
void settle(Tx&, const ReachedRow&);
std::vector<ReachedCase> reached_cases(Tx&, const UnifiedReplyId&);  ///< refused ones first, then those that wait

}  // namespace aftercare::store
