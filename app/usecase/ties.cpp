#include "usecase/ties.hpp"

#include <aftercare/codec/codec.hpp>

#include "domain/cases.hpp"
#include "domain/operations.hpp"
#include "store/cases.hpp"
#include "usecase/facts.hpp"

namespace aftercare::usecase {
namespace {

using domain::CaseState;

std::optional<CaseRow> row_of(store::Tx& tx, const ShopId& shop, const CaseId& id) {
    auto rows = store::case_rows(tx, {id.value}, {shop.value});
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

/// As long as both are where the merge left them.
bool untouched(store::Tx& tx, const ShopId& shop, const store::CaseMerge& merge) {
    const auto from = row_of(tx, shop, merge.case_id), into = row_of(tx, shop, merge.into_id);
    return from && into && from->c.version == merge.version && into->c.version == merge.into_version;
}

TieList ties_of(store::Tx& tx, const ShopId& shop, const CaseId& id) {
    TieList list;
    const auto add = [&](TieKind tie, std::optional<Relation> relation, const CaseId& other, const std::string& by, Instant at, bool undoable) {
        if (auto row = row_of(tx, shop, other)) list.items.push_back({tie, relation, std::move(*row), by, at, undoable});
    };
    for (const auto& merge : store::merges_of(tx, id)) {
        const bool own = merge.case_id == id;
        const CaseId& other = own ? merge.into_id : merge.case_id;
        add(own ? TieKind::merged_into : TieKind::merged_from, {}, other, merge.merged_name, merge.merged_at, untouched(tx, shop, merge));
    }
    for (const auto& link : store::links_of(tx, id)) {
        const bool own = link.case_id == id;
        add(own ? TieKind::link : TieKind::linked_from, link.relation, own ? link.other_id : link.case_id, link.linked_name, link.linked_at, false);
    }
    list.operations = store::merged_operations(tx, id);
    return list;
}

void hint_both(Context& ctx, const ShopId& shop, const CaseId& a, const CaseId& b) {
    for (const CaseId& id : {a, b}) ctx.store.hint({"case", id.value, shop, 0});
}

/// Changes the links between two cases of one shop: `fn(tx, shop)`.
template <class Fn>
Result<TieList> change_links(Context& ctx, const Actor& actor, const Guard& guard, const CaseId& id, const CaseId& other, Fn&& fn) {
    AC_CHECK(require(actor, Permission::open_cases));
    ShopId shop;
    auto list = ctx.store.change(guard, [&](store::Tx& tx) -> Result<TieList> {
        AC_TRY(shop, seen_shop(tx, actor, id));
        AC_TRY(const ShopId others, seen_shop(tx, actor, other));
        if (others != shop) return fail(ErrorKind::not_found, "case_not_found");
        if (id == other) return fail_field("/other_id", "same_case");
        fn(tx, shop);
        return ties_of(tx, shop, id);
    });
    if (list) hint_both(ctx, shop, id, other);
    return list;
}

/// Holds both in an order that no two changes take the other way round: orders, then cases, each by id.
Result<std::pair<CaseState, CaseState>> load_both(store::Tx& tx, const Actor& actor, const CaseId& a, const CaseId& b) {
    AC_TRY(const ShopId shop, seen_shop(tx, actor, a));
    AC_TRY(const ShopId others, seen_shop(tx, actor, b));
    if (shop != others) return fail(ErrorKind::not_found, "case_not_found");
    store::hold_cases(tx, {a, b});
    AC_TRY(CaseState first, store::load_case(tx, a, false));
    AC_TRY(CaseState second, store::load_case(tx, b, false));
    return std::pair(std::move(first), std::move(second));
}

Result<void> is_version(const Guard& guard, const CaseState& state) {
    if (!guard.expected_version || *guard.expected_version == state.c.version) return {};
    return fail(Error{ErrorKind::stale, "stale", {}, {}, {{"version", std::to_string(state.c.version)}}, {}});
}

/// A decision that was made on the state which is held.
store::Decide as_decided(domain::Decision decision, std::vector<Note> notes, const domain::Calendar* calendar = nullptr) {
    return [decision = std::move(decision), notes = std::move(notes), calendar](const CaseState&,
                                                                                const store::CaseSurroundings&) -> Result<store::CaseDecision> {
        return store::CaseDecision{decision, notes, calendar};
    };
}

/// What changed, and both cases beside it. An answer that was given before changed nothing.
void tell(Context& ctx, const std::vector<store::Hint>& hints, const CaseId& a, const CaseId& b) {
    if (hints.empty()) return;
    for (const auto& hint : hints) ctx.store.hint(hint);
    hint_both(ctx, hints.front().shop_id, a, b);
}

Guard without_version(Guard guard) {
    guard.expected_version.reset();
    return guard;
}

}  // namespace

Result<TieList> case_ties(Context& ctx, const Actor& actor, const OneCase& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](store::Tx& tx) -> Result<TieList> {
        AC_TRY(const ShopId shop, seen_shop(tx, actor, in.case_id));
        return ties_of(tx, shop, in.case_id);
    });
}

Result<TieList> link_case(Context& ctx, const Actor& actor, const Guard& guard, const LinkCase& in) {
    return change_links(ctx, actor, guard, in.case_id, in.other_id, [&](store::Tx& tx, const ShopId& shop) {
        store::drop_link(tx, in.case_id, in.other_id);
        store::put_link(tx, {in.case_id, in.other_id, shop, in.relation, actor.staff_id, guard.now});
    });
}

Result<TieList> unlink_case(Context& ctx, const Actor& actor, const Guard& guard, const UnlinkCase& in) {
    return change_links(ctx, actor, guard, in.case_id, in.other_id, [&](store::Tx& tx, const ShopId&) { store::drop_link(tx, in.case_id, in.other_id); });
}

Result<CaseChanged> merge_case(Context& ctx, const Actor& actor, const Guard& guard, const MergeCaseIn& in) {
    AC_CHECK(domain::permitted(actor, CommandWord::close));
    const std::function<std::string()> next_id = [&ctx] { return ctx.ids.next(); };
    std::vector<Note> notes;
    if (!in.note.empty()) notes.push_back({ctx.ids.make<MessageId>(), in.into_id, NoteKind::internal, actor.staff_id, in.note, guard.now});
    std::vector<store::Hint> hints;
    auto answer = ctx.store.change(guard, [&](store::Tx& tx) -> Result<CaseChanged> {
        hints.clear();
        AC_TRY(const auto both, load_both(tx, actor, in.case_id, in.into_id));
        const auto& [from, into] = both;
        AC_CHECK(is_version(guard, from));
        const auto around = store::load_surroundings(tx, from, guard.now);
        const domain::Facts facts{guard.now, actor, around.policy_for(from, {}), calendar_of(around.calendar), next_id};
        AC_TRY(auto merged, domain::merge_case(from, into, notes.empty() ? MessageId{} : notes.front().id, facts));
        const Guard plain = without_version(guard);
        AC_TRY(auto changed, store::change_case_in(tx, in.case_id, actor, plain, as_decided(std::move(merged.from), {}), hints));
        AC_TRY(const auto heard, store::change_case_in(tx, in.into_id, actor, plain, as_decided(std::move(merged.into), notes), hints));
        store::insert_merge(tx, {in.case_id, in.into_id, from.c.shop_id, {encode(from.c.matter)}, changed.version, heard.version, actor.staff_id, guard.now});
        return changed;
    });
    if (answer) tell(ctx, hints, in.case_id, in.into_id);
    return answer;
}

Result<CaseChanged> unmerge_case(Context& ctx, const Actor& actor, const Guard& guard, const UnmergeCaseIn& in) {
    AC_CHECK(domain::permitted(actor, CommandWord::close));
    const std::function<std::string()> next_id = [&ctx] { return ctx.ids.next(); };
    const Note why{ctx.ids.make<MessageId>(), in.case_id, NoteKind::internal, actor.staff_id, in.note, guard.now};
    std::vector<store::Hint> hints;
    CaseId into;
    auto answer = ctx.store.change(guard, [&](store::Tx& tx) -> Result<CaseChanged> {
        hints.clear();
        AC_TRY(const ShopId shop, seen_shop(tx, actor, in.case_id));
        const auto merges = store::merges_of(tx, in.case_id);
        const auto own = std::find_if(merges.begin(), merges.end(), [&](const store::CaseMerge& m) { return m.case_id == in.case_id; });
        if (own == merges.end()) return domain::refuse("not_merged");
        into = own->into_id;
        AC_TRY(const auto both, load_both(tx, actor, in.case_id, into));
        AC_CHECK(is_version(guard, both.first));
        if (!untouched(tx, shop, *own)) return domain::refuse("merge_moved_on", {}, {{"link_case", {}}});
        AC_TRY(const auto was, decode<Matter>(own->was.text));
        const auto around = store::load_surroundings(tx, both.first, guard.now);
        const domain::Facts facts{guard.now, actor, around.policy_for(both.first, {}), calendar_of(around.calendar), next_id};
        AC_TRY(auto decision, domain::unmerge_case(both.first, was, why.id, facts));
        store::drop_merge(tx, in.case_id);
        return store::change_case_in(tx, in.case_id, actor, without_version(guard), as_decided(std::move(decision), {why}, &facts.calendar), hints);
    });
    if (answer) tell(ctx, hints, in.case_id, into);
    return answer;
}

Result<CaseChanged> continue_case(Context& ctx, const Actor& actor, const Guard& guard, const ContinueCase& in) {
    AC_CHECK(require(actor, Permission::open_cases));
    AC_TRY(const std::string number, ctx.store.next_case_number());
    const auto id = ctx.ids.make<CaseId>();
    const std::function<std::string()> next_id = [&ctx] { return ctx.ids.next(); };
    std::vector<Note> notes;
    if (!in.note.empty()) notes.push_back({ctx.ids.make<MessageId>(), id, NoteKind::from_customer, actor.staff_id, in.note, guard.now});
    std::vector<store::Hint> hints;
    auto answer = ctx.store.change(guard, [&](store::Tx& tx) -> Result<CaseChanged> {
        hints.clear();
        AC_TRY(const ShopId shop, seen_shop(tx, actor, in.case_id));
        AC_TRY(const CaseState old, store::load_case(tx, in.case_id, true));
        if (old.c.closed_at.ms == 0) return domain::refuse("case_still_open");
        AC_CHECK(domain::not_merged(old));
        const domain::OpenCase open{in.kind.value_or(old.c.kind), old.c.channel, old.c.order_id, old.c.customer_id, old.c.topic};
        AC_TRY(auto changed, store::new_case_in(tx, id, number, shop, old.c.order_id, without_version(guard),
            [&](const CaseState& state, const store::CaseSurroundings& around) -> Result<store::CaseDecision> {
                const domain::Facts facts{guard.now, actor, around.policy_for(state, {}), calendar_of(around.calendar), next_id};
                AC_TRY(auto decision, domain::open_case(state, open, facts));
                for (const Note& note : notes) {
                    AC_TRY(auto noted, domain::add_note(domain::after(state, decision), {note.id, note.kind}, facts));
                    domain::append(decision, std::move(noted));
                }
                return store::CaseDecision{std::move(decision), notes, &facts.calendar};
            }, hints));
        store::put_link(tx, {id, in.case_id, shop, Relation::follows, actor.staff_id, guard.now});
        return changed;
    });
    if (answer) tell(ctx, hints, in.case_id, id);
    return answer;
}

}  // namespace aftercare::usecase
