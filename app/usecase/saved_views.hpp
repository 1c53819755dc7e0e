#pragma once
#include "usecase/cases.hpp"
#include "usecase/staff.hpp"

/// Questions to the queue that somebody keeps under a name, for oneself or for everybody in a shop.
namespace aftercare::usecase {

/// What a view asks: a CaseQuery without its page.
struct ViewFilter {
    CaseQuery query;
};
template <class Io>
void fields(Io& io, ViewFilter& f) {
    CaseQuery& q = f.query;
    io("shop_id", q.shop_id);
    io("status", q.status);
    io("kind", q.kind);
    io("header", q.header);
    io("owner", q.owner, length(0, 128));
    io("unfinished", q.unfinished);
    io("urgent", q.urgent);
    io("cause", q.cause, length(0, 60));
    io("opened_from", q.opened_from);
    io("opened_before", q.opened_before);
    io("due_within_ms", q.due_within);
    io("q", q.q, length(0, 100));
    io("sort", q.sort, maybe);
}

struct SavedViewView {
    static constexpr std::string_view kSchema = "SavedView";
    std::string id, name;
    ShopId shop_id;  ///< everybody in that shop has it; empty: its owner alone
    bool mine = false, may_change = false;
    ViewFilter filter;
    std::int64_t count = 0, version = 1;
};
template <class Io>
void fields(Io& io, SavedViewView& v) {
    io("id", v.id);
    io("name", v.name);
    io("shop_id", v.shop_id, maybe);
    io("mine", v.mine);
    io("may_change", v.may_change);
    io("filter", v.filter);
    io("count", v.count, doc("cases that answer it now, at most 1000"));
    io("version", v.version);
}
struct SavedViewList {
    static constexpr std::string_view kSchema = "SavedViewList";
    std::vector<SavedViewView> items;  // oldest first
};
template <class Io>
void fields(Io& io, SavedViewList& l) {
    io("items", l.items);
}
/// Counted in the shop asked for, unless a view names its own.
Result<SavedViewList> list_views(Context&, const Actor&, const InShop&);

/// `forbidden` "not_a_person" for a token, `refused` "too_many_views" beyond fifty of one person.
struct SaveView {
    std::string name;
    std::optional<ShopId> shop_id;
    ViewFilter filter;
};
template <class Io>
void fields(Io& io, SaveView& in) {
    io("name", in.name, length(1, 60));
    io("shop_id", in.shop_id);
    io("filter", in.filter);
}
Result<SavedViewView> save_view(Context&, const Actor&, const Guard&, const SaveView&);

/// By its owner; a shop's view also by a lead or admin of the shop.
struct ChangeView {
    std::string view_id;
    SaveView view;
};
template <class Io>
void fields(Io& io, ChangeView& in) {
    io("view_id", in.view_id, length(1, 128));
    fields(io, in.view);
}
Result<SavedViewView> change_view(Context&, const Actor&, const Guard&, const ChangeView&);
struct OneView {
    std::string view_id;
};
template <class Io>
void fields(Io& io, OneView& in) {
    io("view_id", in.view_id, length(1, 128));
}
Result<Done> drop_view(Context&, const Actor&, const Guard&, const OneView&);

}  // namespace aftercare::usecase
