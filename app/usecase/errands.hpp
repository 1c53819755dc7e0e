#pragma once
#include "store/errands.hpp"
#include "usecase/context.hpp"

namespace aftercare {
/// mine: one's own; team: what waits for one's departments; given: what one gave; all: what one may see of the shops.
AC_WORDS(ErrandScope, mine, team, given, all);
}  // namespace aftercare

/// Work that belongs to no case: a lead gives it to a person or a department, anybody to oneself; its owner finishes it. It stands among the tasks.
namespace aftercare::usecase {

using store::Errand;

struct GiveErrand {
    ShopId shop_id;
    std::string title, words;
    StaffId owner_id;
    std::optional<Department> department;
    Instant due_at;
    ArticleId article_id;
};
template <class Io>
void fields(Io& io, GiveErrand& in) {
    io("shop_id", in.shop_id);
    io("title", in.title, length(1, 120));
    io("words", in.words, maybe, length(0, 4'000));
    io("owner_id", in.owner_id, maybe, doc("a person of the shop; else a department"));
    io("department", in.department);
    io("due_at", in.due_at, maybe);
    io("article_id", in.article_id, maybe, doc("an article of the shop to read for it"));
}
/// Refusals of domain::check_given; `invalid` "/owner_id" unknown_person, "/due_at" in_the_past, "/article_id" unknown_article.
Result<Errand> give_errand(Context&, const Actor&, const Guard&, const GiveErrand&);

struct OneErrand {
    ErrandId errand_id;
};
template <class Io>
void fields(Io& io, OneErrand& in) {
    io("errand_id", in.errand_id);
}
/// Out of a department's into one's own. Refusals of domain::take_errand.
Result<Errand> take_errand(Context&, const Actor&, const Guard&, const OneErrand&);

struct EndErrand {
    ErrandId errand_id;
    std::string note;
};
template <class Io>
void fields(Io& io, EndErrand& in) {
    io("errand_id", in.errand_id);
    io("note", in.note, maybe, length(0, 4'000));
}
/// Refusals of domain::finish_errand and domain::drop_errand.
Result<Errand> finish_errand(Context&, const Actor&, const Guard&, const EndErrand&);
Result<Errand> drop_errand(Context&, const Actor&, const Guard&, const EndErrand&);

struct ErrandQuery {
    std::optional<ShopId> shop_id;
    std::optional<ErrandScope> scope;  ///< without: mine
    std::optional<ErrandState> state;
};
template <class Io>
void fields(Io& io, ErrandQuery& q) {
    io("shop_id", q.shop_id);
    io("scope", q.scope);
    io("state", q.state, doc("without it open ones first, then what ended"));
}
struct ErrandList {
    static constexpr std::string_view kSchema = "ErrandList";
    std::vector<Errand> items;
    bool more = false;
};
template <class Io>
void fields(Io& io, ErrandList& l) {
    io("items", l.items);
    io("more", l.more, doc("there are more than these"));
}
/// At most 200. Who does not lead sees of others only what one gave them or what waits for a department.
Result<ErrandList> list_errands(Context&, const Actor&, const ErrandQuery&);

}  // namespace aftercare::usecase
