#include "usecase/approvals.hpp"

#include <aftercare/codec/codec.hpp>
#include <algorithm>
#include <map>

#include "domain/matters.hpp"
#include "store/approvals.hpp"
#include "store/cases.hpp"
#include "store/policies.hpp"
#include "store/ties.hpp"
#include "usecase/facts.hpp"
#include "usecase/photos.hpp"

namespace aftercare::usecase {
namespace {

constexpr std::int64_t kMostApprovals = 200;

TaskId approval_in(const domain::Decision& decision) {
    for (const auto& event : decision.events)
        if (const auto* moved = std::get_if<domain::MatterMoved>(&event.body))
            for (const auto& task : moved->moves.tasks)
                if (task.code == domain::kApprovalTask) return task.id;
    return {};
}

Waiting of(const store::AskedRow& row) {
    Waiting w;
    w.wait = WaitKind::asked;
    w.case_id = row.approval.case_id;
    w.shop_id = row.approval.shop_id;
    if (const auto asked = decode<domain::Asked>(row.approval.asked.text)) w.command = asked->command;
    w.operation_id = row.operation_id;
    w.task_id = row.approval.task_id;
    w.amount_minor = row.approval.amount_minor;
    w.currency = row.approval.currency;
    w.asked_by = row.approval.asked_by;
    w.asked_name = row.asked_name;
    w.asked_at = row.approval.asked_at;
    w.due_at = row.due_at;
    w.reason = row.reason;
    w.words = row.approval.words;
    w.state = row.state;
    w.result = row.result;
    w.answer = row.answer;
    w.answered_at = row.done_at;
    return w;
}

Waiting of(WaitKind wait, AskedWord command, const store::AboveRow& row) {
    Waiting w;
    w.wait = wait;
    w.command = command;
    w.case_id = row.case_id;
    w.shop_id = row.shop_id;
    w.operation_id = row.operation_id;
    w.amount_minor = row.amount_minor;
    w.currency = row.currency;
    w.asked_by = row.asked_by;
    w.asked_name = row.asked_name;
    w.asked_at = row.asked_at;
    w.due_at = row.due_at;
    return w;
}

void name_cases(store::Tx& tx, const std::vector<std::string>& shops, std::vector<Waiting>& items) {
    std::vector<std::string> ids;
    for (const auto& item : items) ids.push_back(item.case_id.value);
    std::map<std::string, CaseRow> rows;
    for (CaseRow& row : store::case_rows(tx, ids, shops)) rows.emplace(row.c.id.value, std::move(row));
    for (auto& item : items) {
        const auto row = rows.find(item.case_id.value);
        if (row == rows.end()) continue;
        item.number = row->second.c.number;
        item.kind = row->second.c.kind;
        item.topic = row->second.c.topic;
        item.customer_name = row->second.customer_name;
    }
}

/// What waits for this person: by role, and never what is their own.
std::vector<Waiting> waiting_for(store::Tx& tx, const Actor& actor, const std::vector<std::string>& shops) {
    std::vector<Waiting> items;
    std::vector<std::string> departments;
    const bool lead = actor.has(Role::lead), finance = actor.has(Role::finance);
    if (lead) departments.emplace_back(word(Department::lead));
    if (finance) departments.emplace_back(word(Department::finance));
    if (shops.empty() || departments.empty()) return items;
    for (const auto& row : store::open_asked(tx, shops, departments, actor.staff_id, kMostApprovals)) items.push_back(of(row));
    for (const auto& shop : shops) {
        std::map<std::int64_t, std::vector<std::string>> limits;  // each operation is judged by the policy that it keeps
        for (const auto& made : store::policies_of_shop(tx, ShopId(shop))) limits[made.policy.terms.agent_limit_minor].push_back(made.policy.id.value);
        for (const auto& [above, policies] : limits) {
            if (lead)
                for (const auto& row : store::requested_above(tx, shop, policies, above, kMostApprovals)) items.push_back(of(WaitKind::operation, AskedWord::approve, row));
            if (finance)
                for (const auto& row : store::payable_above(tx, shop, policies, above, actor.staff_id, kMostApprovals))
                    items.push_back(of(WaitKind::refund, AskedWord::submit_refund, row));
        }
    }
    const auto key = [](const Waiting& w) { return std::tuple(w.due_at.ms == 0 ? kLatest : w.due_at, w.asked_at, w.case_id, w.task_id); };
    std::sort(items.begin(), items.end(), [&](const Waiting& a, const Waiting& b) { return key(a) < key(b); });
    return items;
}

}  // namespace

Result<CaseChanged> ask_approval(Context& ctx, const Actor& actor, const Guard& guard, const AskApproval& in) {
    AC_CHECK(domain::permitted(actor, MatterWord::ask_task));
    domain::Asked asked = in.asked;
    std::string words = in.words, photos;
    if (asked.request) {
        if (words.empty()) words = asked.request->override_reason;
        if (!asked.request->override_reason.empty() || !words.empty()) asked.request->override_reason = "-";  // what was written is no part of the act
        photos = asked.request->photo_ref;
    }
    const Note why{ctx.ids.make<MessageId>(), in.case_id, NoteKind::internal, actor.staff_id, in.note, guard.now};
    const std::function<std::string()> next_id = [&ctx] { return ctx.ids.next(); };
    std::vector<store::Hint> hints;
    auto answer = ctx.store.change(guard, [&](store::Tx& tx) -> Result<CaseChanged> {
        hints.clear();
        store::Approval row{{}, in.case_id, {}, {encode(asked)}, words, 0, {}, actor.staff_id, guard.now};
        AC_TRY(auto changed, store::change_case_in(tx, in.case_id, actor, guard,
            [&](const domain::CaseState& state, const store::CaseSurroundings& around) -> Result<store::CaseDecision> {
                const domain::Facts facts{guard.now, actor, around.policy_for(state, asked.operation_id), calendar_of(around.calendar), next_id, around.tracking_used_by, around.known, around.shifts};
                AC_TRY(auto decision, domain::ask_approval(state, asked, why.id, facts));
                row.task_id = approval_in(decision);
                row.shop_id = state.c.shop_id;
                row.currency = state.c.currency.empty() ? state.order.order.currency : state.c.currency;
                row.amount_minor = domain::amount_asked(state, asked, facts);
                return store::CaseDecision{std::move(decision), {why}, nullptr, named_photos(actor, photos, "/request/photo_ref")};
            }, hints));
        store::insert_approval(tx, row);
        return changed;
    });
    if (answer)
        for (const auto& hint : hints) ctx.store.hint(hint);
    return answer;
}

Result<CaseChanged> answer_approval(Context& ctx, const Actor& actor, const Guard& guard, const AnswerApproval& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    AC_TRY(const store::Approval row, ctx.store.read([&](store::Tx& tx) -> Result<store::Approval> {
        AC_TRY(const CaseId case_id, store::case_of_task(tx, in.task_id));
        AC_TRY(const ShopId shop, store::shop_of_case(tx, case_id));
        if (!actor.may_see(shop)) return fail(ErrorKind::not_found, "task_not_found");
        auto found = store::find_approval(tx, in.task_id);
        if (!found) return fail(ErrorKind::refused, "not_an_approval");
        return std::move(*found);
    }));
    AC_TRY(const auto asked, decode<domain::Asked>(row.asked.text));
    Note said, words;
    if (!in.note.empty()) said = {ctx.ids.make<MessageId>(), row.case_id, NoteKind::internal, actor.staff_id, in.note, guard.now};
    const NoteKind kind = asked.command == AskedWord::propose ? NoteKind::to_customer : NoteKind::internal;
    if (in.granted && !row.words.empty()) words = {ctx.ids.make<MessageId>(), row.case_id, kind, row.asked_by, row.words, guard.now};
    const std::function<std::string()> next_id = [&ctx] { return ctx.ids.next(); };
    return store::change_case(ctx.store, row.case_id, actor, guard,
        [&](const domain::CaseState& state, const store::CaseSurroundings& around) -> Result<store::CaseDecision> {
            const domain::Facts facts{guard.now, actor, around.policy_for(state, asked.operation_id), calendar_of(around.calendar), next_id, around.tracking_used_by, around.known, around.shifts};
            AC_TRY(auto decision, domain::answer_approval(state, asked, row.asked_by, {in.task_id, in.granted, said.id, words.id}, facts));
            store::CaseDecision made{std::move(decision), {}, &facts.calendar};
            for (const Note& note : {words, said})
                if (!note.body.empty()) made.notes.push_back(note);
            return made;
        });
}

Result<ApprovalList> list_approvals(Context& ctx, const Actor& actor, const ApprovalQuery& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](store::Tx& tx) -> Result<ApprovalList> {
        const auto shops = shops_for(tx, actor, in.shop_id);
        ApprovalList list;
        if (!in.mine.value_or(false)) list.items = waiting_for(tx, actor, shops);
        else if (!shops.empty())
            for (const auto& row : store::asked_by(tx, shops, actor.staff_id, kMostApprovals)) list.items.push_back(of(row));
        name_cases(tx, shops, list.items);
        return list;
    });
}

Result<ApprovalCount> count_approvals(Context& ctx, const Actor& actor, const ApprovalQuery& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](store::Tx& tx) -> Result<ApprovalCount> {
        return ApprovalCount{std::ssize(waiting_for(tx, actor, shops_for(tx, actor, in.shop_id)))};
    });
}

}  // namespace aftercare::usecase
