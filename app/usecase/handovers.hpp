#pragma once
#include "store/handovers.hpp"
#include "usecase/context.hpp"
#include "usecase/views.hpp"

/// Shift handover: what the next shift must know of a person's, a team's or a shop's open cases, written down once and acknowledged.
namespace aftercare::usecase {

using store::Handover;
using store::HandoverItem;

/// `owner`: a staff id or "me". `team`: cases of everybody who works in it, by their role or by the roster of the last day; of service those of
/// nobody, too. Neither: all of the shop.
struct HandoverScope {
    ShopId shop_id;
    std::optional<std::string> owner;
    std::optional<Department> team{};
};
template <class Io>
void fields(Io& io, HandoverScope& s) {
    io("shop_id", s.shop_id);
    io("owner", s.owner);
    io("team", s.team, doc("instead of an owner: everybody of this team"));
}
/// Every open case: first open promises, cases at risk and solutions already offered, the nearest due first, at most 300; then the others in the same
/// order, at most 200.
struct HandoverSheet {
    static constexpr std::string_view kSchema = "HandoverSheet";
    Instant at;
    std::vector<HandoverItem> items;
    std::int64_t left_out = 0;
};
template <class Io>
void fields(Io& io, HandoverSheet& s) {
    io("at", s.at);
    io("items", s.items);
    io("left_out", s.left_out, maybe, doc("open cases that there was no room for"));
}
Result<HandoverSheet> handover_sheet(Context&, const Actor&, const HandoverScope&);

/// The sheet as it stands now, kept. `to_id`: for whom; empty: whoever comes.
struct HandOver {
    static constexpr std::string_view kSchema = "HandOver";
    HandoverScope scope;
    StaffId to_id;
    std::string note;
};
template <class Io>
void fields(Io& io, HandOver& in) {
    fields(io, in.scope);
    io("to_id", in.to_id, maybe);
    io("note", in.note, maybe, length(0, 4'000));
}
/// `refused` "nothing_to_hand_over" without cases and words; `invalid` "/to_id", "/owner" for nobody of the shop, "/team" beside an owner.
Result<Handover> hand_over(Context&, const Actor&, const Guard&, const HandOver&);

struct HandoverList {
    static constexpr std::string_view kSchema = "HandoverList";
    std::vector<Handover> items;
};
template <class Io>
void fields(Io& io, HandoverList& l) {
    io("items", l.items);
}
struct HandoverQuery {
    std::optional<ShopId> shop_id;
};
template <class Io>
void fields(Io& io, HandoverQuery& q) {
    io("shop_id", q.shop_id);
}
Result<HandoverList> list_handovers(Context&, const Actor&, const HandoverQuery&);  ///< the last 50, newest first

struct OneHandover {
    HandoverId handover_id;
};
template <class Io>
void fields(Io& io, OneHandover& in) {
    io("handover_id", in.handover_id);
}
struct HandoverView {
    static constexpr std::string_view kSchema = "HandoverView";
    Handover handover;
    std::vector<HandoverItem> items;
};
template <class Io>
void fields(Io& io, HandoverView& v) {
    io("handover", v.handover);
    io("items", v.items);
}
Result<HandoverView> get_handover(Context&, const Actor&, const OneHandover&);

/// By somebody else; a team's by a lead. `refused` "own_handover", "handover_needs_lead", "handover_for_other" {name} (a lead may all the same), "handover_acknowledged" {name}.
Result<Handover> acknowledge_handover(Context&, const Actor&, const Guard&, const OneHandover&);

}  // namespace aftercare::usecase
