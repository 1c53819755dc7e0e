#include "usecase/incidents.hpp"

#include <exception>
#include <set>

#include "domain/cases.hpp"
#include "domain/operations.hpp"
#include "env/log.hpp"
#include "store/cases.hpp"
#include "usecase/facts.hpp"

namespace aftercare::usecase {
namespace {

using store::LinkedCase;

constexpr std::int64_t kMostReplies = 20, kPage = 50;
constexpr std::size_t kMostCases = 200;

std::string_view unreachable(const LinkedCase& c) {
    return domain::unreachable({c.kind, c.channel, c.closed_at.ms != 0, !c.customer_id.empty(), c.contact, c.contact_refused});
}

/// Open cases that are linked to the incident.
std::vector<LinkedCase> open_linked(store::Tx& tx, const CaseId& incident, const ShopId& shop) {
    auto cases = store::linked_cases(tx, incident, shop);
    std::erase_if(cases, [](const LinkedCase& c) { return c.closed_at.ms != 0 || domain::gathers(c.kind); });
    return cases;
}

Result<Case> seen_case(store::Tx& tx, const Actor& actor, const CaseId& id) {
    AC_TRY(auto state, store::load_case(tx, id, false));
    if (!actor.may_see(state.c.shop_id)) return fail(ErrorKind::not_found, "case_not_found");
    return std::move(state.c);
}

UnifiedReplyView view_of(store::Tx& tx, store::UnifiedReply reply, const std::vector<LinkedCase>& open) {
    UnifiedReplyView view;
    view.id = reply.id;
    view.body = std::move(reply.body);
    view.sent_name = std::move(reply.sent_name);
    view.sent_at = reply.sent_at;
    view.cases = store::reached_cases(tx, reply.id);
    std::set<CaseId> known;
    for (const auto& each : view.cases) {
        known.insert(each.case_id);
        ++(each.state == Reached::sent ? view.sent : each.state == Reached::waiting ? view.waiting : view.refused);
    }
    for (const auto& c : open) view.fresh += known.contains(c.id) ? 0 : 1;
    if (view.cases.size() > kMostCases) view.cases.resize(kMostCases);
    return view;
}

/// A word in one case, by the way that every reply takes.
Result<CaseChanged> say(Context& ctx, store::Tx& tx, const Actor& actor, const Guard& guard, const Note& note, std::vector<store::Hint>& hints) {
    const std::function<std::string()> next_id = [&ctx] { return ctx.ids.next(); };
    return store::change_case_in(
        tx, note.case_id, actor, guard,
        [&](const domain::CaseState& state, const store::CaseSurroundings& around) -> Result<store::CaseDecision> {
            const domain::Facts facts{note.at, actor, around.policy_for(state, {}), calendar_of(around.calendar), next_id, around.tracking_used_by, around.known, around.shifts};
            AC_TRY(domain::Decision decision, domain::add_note(state, {note.id, note.kind}, facts));
            return store::CaseDecision{std::move(decision), {note}, &facts.calendar};
        },
        hints);
}

/// What becomes of a reply in one case, whose rows are held.
Result<store::ReachedRow> reach(Context& ctx, store::Tx& tx, const store::UnifiedReply& reply, store::ReachedRow row, std::vector<store::Hint>& hints) {
    const Instant now = ctx.clock.now();
    row.at = now;
    row.state = Reached::refused;
    const auto to = store::linked_case(tx, row.case_id, reply.shop_id);
    row.code = to ? unreachable(*to) : "case_not_found";
    if (!row.code.empty()) return row;
    Actor sender = domain::system_actor();
    sender.staff_id = reply.sent_by;
    const MessageId note = ctx.ids.make<MessageId>();
    const auto said = say(ctx, tx, sender, {sender.principal, {}, {}, {}, now}, {note, row.case_id, NoteKind::to_customer, reply.sent_by, reply.body, now}, hints);
    if (!said && said.error().kind == ErrorKind::unavailable) return tl::unexpected(said.error());
    if (!said) return row.code = said.error().code, row;
    row.state = Reached::sent;
    row.note_id = note;
    return row;
}

/// In one case, in a change of its own: of two at the same time the second finds that it waits no more.
Result<Done> reach_case(Context& ctx, const store::ReachedRow& waits) {
    std::vector<store::Hint> hints;
    AC_TRY(const Done done, ctx.store.change({"system", {}, {}, {}, ctx.clock.now()}, [&](store::Tx& tx) -> Result<Done> {
        hints.clear();
        AC_CHECK(store::load_case(tx, waits.case_id, true));
        const auto reply = store::find_reply(tx, waits.reply_id);
        if (!reply || !store::still_waits(tx, waits.reply_id, waits.case_id)) return Done{};
        AC_TRY(const auto row, reach(ctx, tx, *reply, waits, hints));
        store::settle(tx, row);
        hints.push_back({"case", reply->case_id.value, reply->shop_id, 0});
        return Done{};
    }, {}, db::Lane::bulk));
    for (const auto& hint : hints) ctx.store.hint(hint);
    return done;
}

/// One case's defect neither keeps the reply from all others nor is tried for ever: it is said, and the desk sees where the reply is missing.
Result<Done> reach_safely(Context& ctx, const store::ReachedRow& waits) {
    std::string why;
    try {
        auto done = reach_case(ctx, waits);
        if (done || done.error().kind == ErrorKind::unavailable) return done;
        why = done.error().code;
    } catch (const std::exception& e) {
        why = e.what();
    }
    env::log_error("unified_reply_failed", {{"case_id", waits.case_id.value}, {"why", why}});
    store::ReachedRow row = waits;
    row.state = Reached::refused;
    row.code = "reply_failed";
    row.at = ctx.clock.now();
    return ctx.store.change({"system", {}, {}, {}, row.at}, [&](store::Tx& tx) -> Result<Done> {
        if (store::still_waits(tx, row.reply_id, row.case_id)) store::settle(tx, row);
        return Done{};
    }, {}, db::Lane::bulk);
}

}  // namespace

Result<UnifiedReplies> unified_replies(Context& ctx, const Actor& actor, const OneCase& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](store::Tx& tx) -> Result<UnifiedReplies> {
        AC_TRY(const Case c, seen_case(tx, actor, in.case_id));
        UnifiedReplies all;
        if (!domain::gathers(c.kind)) return all;
        const auto open = open_linked(tx, c.id, c.shop_id);
        for (const auto& one : open) {
            const auto why = unreachable(one);
            if (why.empty()) ++all.reachable;
            else if (all.unreachable.size() < kMostCases) all.unreachable.push_back({one.id, one.number, one.customer_name, std::string(why)});
        }
        for (auto& reply : store::replies_of(tx, c.id, kMostReplies)) all.items.push_back(view_of(tx, std::move(reply), open));
        return all;
    });
}

Result<UnifiedReplySent> send_unified_reply(Context& ctx, const Actor& actor, const Guard& guard, const SendUnifiedReply& in) {
    AC_CHECK(require(actor, Permission::decide_operations));
    const Note note{ctx.ids.make<MessageId>(), in.case_id, NoteKind::internal, actor.staff_id, in.body, guard.now};
    const auto id = ctx.ids.make<UnifiedReplyId>();
    std::vector<store::Hint> hints;
    auto sent = ctx.store.change(guard, [&](store::Tx& tx) -> Result<UnifiedReplySent> {
        hints.clear();
        AC_TRY(const Case c, seen_case(tx, actor, in.case_id));
        if (!guard.expected_version) return fail(ErrorKind::invalid, "if_match_required");  // I34
        if (!domain::gathers(c.kind)) return domain::refuse("not_an_incident");
        if (c.closed_at.ms != 0) return domain::refuse("case_already_closed");
        const auto open = open_linked(tx, c.id, c.shop_id);
        if (open.empty()) return domain::refuse("no_linked_cases", {}, {{"link_case", {}}});
        AC_CHECK(say(ctx, tx, actor, guard, note, hints));
        store::insert_reply(tx, {id, c.id, c.shop_id, note.id, actor.staff_id, guard.now});
        for (const auto& one : open) store::put_waiting(tx, id, one.id);
        return UnifiedReplySent{id, std::ssize(open)};
    });
    for (const auto& hint : hints)
        if (sent) ctx.store.hint(hint);
    return sent;
}

Result<UnifiedReplySent> send_unified_reply_on(Context& ctx, const Actor& actor, const Guard& guard, const SendUnifiedReplyOn& in) {
    AC_CHECK(require(actor, Permission::decide_operations));
    ShopId shop;
    auto sent = ctx.store.change(guard, [&](store::Tx& tx) -> Result<UnifiedReplySent> {
        AC_TRY(const Case c, seen_case(tx, actor, in.case_id));
        shop = c.shop_id;
        if (!domain::gathers(c.kind)) return domain::refuse("not_an_incident");
        const auto reply = store::find_reply(tx, in.reply_id);
        if (!reply || reply->case_id != c.id) return fail(ErrorKind::not_found, "reply_not_found");
        std::set<CaseId> refused;
        if (!in.again)
            for (const auto& each : store::reached_cases(tx, reply->id))
                if (each.state == Reached::refused) refused.insert(each.case_id);
        UnifiedReplySent to{reply->id, 0};
        for (const auto& one : open_linked(tx, c.id, c.shop_id))
            if (!refused.contains(one.id) && store::put_waiting(tx, reply->id, one.id)) ++to.cases;
        return to;
    });
    if (sent) ctx.store.hint({"case", in.case_id.value, shop, 0});
    return sent;
}

Result<std::int64_t> work_on_replies(Context& ctx, const std::function<bool()>& stopped) {
    std::int64_t over = 0;
    store::ReachedRow last;
    while (!stopped()) {
        AC_TRY(const auto page, ctx.store.read([&](store::Tx& tx) -> Result<std::vector<store::ReachedRow>> {
            return store::waiting_cases(tx, last.reply_id, last.case_id, kPage);
        }));
        if (page.empty()) break;
        for (const auto& waits : page) {
            if (stopped()) return over;
            const auto done = reach_safely(ctx, waits);
            if (done) ++over;
            else env::log_error("unified_reply_waits", {{"case_id", waits.case_id.value}, {"code", done.error().code}, {"detail", done.error().detail}});
        }
        last = page.back();
    }
    return over;
}

}  // namespace aftercare::usecase
