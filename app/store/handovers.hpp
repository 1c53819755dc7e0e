#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/base/words.hpp>
#include <aftercare/codec/fields.hpp>
#include <aftercare/model/matter.hpp>
#include <aftercare/model/words.hpp>
#include <optional>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace aftercare {
using HandoverId = Id<struct HandoverTag>;
/// How near a case is to its due time: under a quarter of it is left, or none.
AC_WORDS(Risk, none, at_risk, overdue);
}  // namespace aftercare

/// What one shift hands to the next: the cases as they stood, which stay as they were written.
namespace aftercare::store {

/// An open case as it stands now.
struct Standing {
    CaseId case_id;
    CaseStatus status{};
    Header header{};
    MatterStage stage{};
    Instant promised_at, due_at;
    std::int64_t proposal_minor = 0;
    std::string currency;
    std::int64_t quoted_minor = 0;
    std::string clock;  ///< the kind of the nearest; empty: none runs
    Instant started_at;
    MessageId reply_id;  ///< the last word to the customer
};
template <class Io>
void fields(Io& io, Standing& s) {
    io("case_id", s.case_id);
    io("status", s.status);
    io("header", s.header);
    io("stage", s.stage);
    io("promised_at", s.promised_at);
    io("due_at", s.due_at);
    io("proposal_minor", s.proposal_minor);
    io("currency", s.currency, maybe);
    io("quoted_minor", s.quoted_minor);
    io("clock", s.clock);
    io("started_at", s.started_at);
    io("reply_id", s.reply_id, maybe);
}

/// A case that is handed over. What was said and who it is are read where they stand, never copied.
struct HandoverItem {
    static constexpr std::string_view kSchema = "HandoverItem";
    CaseId case_id;
    CaseStatus status{};
    Header header{};
    MatterStage stage{};
    Instant promised_at;  ///< when the customer hears more; 0: nothing is promised
    std::string clock;
    Instant due_at;
    Risk risk{};
    std::int64_t offered_minor = 0;  ///< proposed or quoted; 0: nothing is
    std::string currency;
    MessageId reply_id;
    std::string number{};  ///< from here on only read
    CaseKind kind{};
    std::string topic{}, customer_name{}, owner_name{}, reply{};
    Instant said_at{};  ///< the last word between customer and desk before the sheet was made; 0: none was said
};
template <class Io>
void fields(Io& io, HandoverItem& i) {
    io("case_id", i.case_id);
    io("status", i.status);
    io("header", i.header);
    io("stage", i.stage);
    io("promised_at", i.promised_at, maybe);
    io("clock", i.clock, maybe);
    io("due_at", i.due_at, maybe);
    io("risk", i.risk);
    io("offered_minor", i.offered_minor, maybe);
    io("currency", i.currency, maybe);
    io("reply_id", i.reply_id, maybe);
    io("number", i.number);
    io("kind", i.kind);
    io("topic", i.topic, maybe);
    io("customer_name", i.customer_name, maybe);
    io("owner_name", i.owner_name, maybe);
    io("reply", i.reply, maybe);
    io("said_at", i.said_at, maybe);
}

struct Handover {
    static constexpr std::string_view kSchema = "Handover";
    HandoverId id;
    ShopId shop_id;
    StaffId owner_id;  ///< whose cases; empty: the team's, or the whole shop's
    std::optional<Department> team;
    StaffId to_id;     ///< for whom; empty: whoever comes
    std::string note;
    StaffId made_by;
    Instant made_at;
    StaffId acknowledged_by;
    Instant acknowledged_at;
    std::int64_t version = 1;
    std::int64_t left_out = 0;  ///< open cases that the sheet had no room for
    std::string owner_name{}, to_name{}, made_name{}, acknowledged_name{};  ///< only read
    std::int64_t case_count = 0;
};
template <class Io>
void fields(Io& io, Handover& h) {
    io("id", h.id);
    io("shop_id", h.shop_id);
    io("owner_id", h.owner_id, maybe);
    io("team", h.team);
    io("to_id", h.to_id, maybe);
    io("note", h.note, maybe);
    io("made_by", h.made_by, maybe);
    io("made_at", h.made_at);
    io("acknowledged_by", h.acknowledged_by, maybe);
    io("acknowledged_at", h.acknowledged_at, maybe);
    io("version", h.version);
    io("left_out", h.left_out, maybe, doc("open cases that the sheet had no room for"));
    io("owner_name", h.owner_name, maybe);
    io("to_name", h.to_name, maybe);
    io("made_name", h.made_name, maybe);
    io("acknowledged_name", h.acknowledged_name, maybe);
    io("case_count", h.case_count);
}

/// Whose cases: everybody's; else these people's and, where said, nobody's.
struct Owners {
    bool all = true;
    std::vector<std::string> ids;
    bool nobody = false;
};
/// Open cases of the shop, the nearest due first.
std::vector<Standing> standing(Tx&, const ShopId&, const Owners&, std::int64_t limit);
std::int64_t count_standing(Tx&, const ShopId&, const Owners&);
/// Number, kind, topic, names, the last reply and the last word of each, as they are now.
void read_details(Tx&, std::vector<HandoverItem>&);
void insert_handover(Tx&, const Handover&, const std::vector<HandoverItem>&);
std::optional<Handover> find_handover(Tx&, const HandoverId&);
std::vector<HandoverItem> items_of(Tx&, const HandoverId&);
std::vector<Handover> list_handovers(Tx&, const std::vector<std::string>& shops, std::int64_t limit);  ///< newest first
/// False when somebody did before.
bool acknowledge(Tx&, const HandoverId&, const StaffId& by, Instant at);

}  // namespace aftercare::store
