#include "usecase/closing.hpp"

#include "usecase/facts.hpp"

namespace aftercare::usecase {

Result<CaseChanged> close_with(Context& ctx, const Actor& actor, const Guard& guard, const CloseCaseIn& in) {
    AC_CHECK(require(actor, Permission::open_cases));
    Note note;
    if (!in.prevention.empty()) note = {ctx.ids.make<MessageId>(), in.case_id, NoteKind::internal, actor.staff_id, in.prevention, guard.now};
    return change_case(
        ctx, actor, guard, in.case_id, {},
        [&](const domain::CaseState& state, const domain::Facts& facts) {
            domain::CloseWith command = in.command;
            command.prevention_id = note.id;
            return domain::close_with(state, command, facts);
        },
        note);
}

}  // namespace aftercare::usecase
