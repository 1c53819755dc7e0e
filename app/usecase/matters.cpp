#include "usecase/matters.hpp"

#include "usecase/facts.hpp"
#include "usecase/staff_parts.hpp"

namespace aftercare::usecase {

Result<CaseChanged> change_matter(Context& ctx, const Actor& actor, const Guard& guard, MatterWord w, const CaseId& id, const std::string& words,
                                  const DecideMatter& decide) {
    AC_CHECK(domain::permitted(actor, w));
    Note note;
    if (!words.empty()) note = {ctx.ids.make<MessageId>(), id, domain::rule_of(w).note, actor.staff_id, words, guard.now};
    return change_case(
        ctx, actor, guard, id, {}, [&](const domain::CaseState& state, const domain::Facts& facts) { return decide(state, note.id, facts); }, note);
}

Result<CaseChanged> ask_task(Context& ctx, const Actor& actor, const Guard& guard, const OnMatter<domain::AskTask>& in) {
    AC_CHECK(domain::permitted(actor, MatterWord::ask_task));
    AC_CHECK(check_owner(ctx, actor, in.case_id, in.command.owner_id));
    return matter_act<MatterWord::ask_task, domain::AskTask, domain::ask_task>(ctx, actor, guard, in);
}

Result<CaseChanged> escalate(Context& ctx, const Actor& actor, const Guard& guard, const OnMatter<domain::Escalate>& in) {
    AC_CHECK(domain::permitted(actor, MatterWord::escalate));
    const NoteKind kind = in.command.answer_by.ms != 0 ? NoteKind::to_customer : NoteKind::internal;
    Note note;
    if (!in.note.empty()) note = {ctx.ids.make<MessageId>(), in.case_id, kind, actor.staff_id, in.note, guard.now};
    return change_case(
        ctx, actor, guard, in.case_id, {},
        [&](const domain::CaseState& state, const domain::Facts& facts) {
            return domain::escalate(state, {in.command.department, in.command.answer_by, note.id}, facts);
        },
        note);
}

Result<CaseChanged> decide_remedy(Context& ctx, const Actor& actor, const Guard& guard, const OnMatter<domain::DecideRemedy>& in) {
    AC_CHECK(domain::permitted(actor, MatterWord::decide_remedy));
    if (!in.command.linked_case_id.empty())
        AC_CHECK(ctx.store.read([&](store::Tx& tx) -> Result<void> {
            AC_TRY(const ShopId own, seen_shop(tx, actor, in.case_id));
            AC_TRY(const ShopId linked, store::shop_of_case(tx, in.command.linked_case_id));
            if (linked != own) return fail(ErrorKind::not_found, "case_not_found");
            return {};
        }));
    return matter_act<MatterWord::decide_remedy, domain::DecideRemedy, domain::decide_remedy>(ctx, actor, guard, in);
}

}  // namespace aftercare::usecase
