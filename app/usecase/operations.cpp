#include "usecase/operations.hpp"

#include "domain/cases.hpp"
#include "domain/operations.hpp"
#include "domain/operation_rules.hpp"
#include "store/cases.hpp"
#include "usecase/facts.hpp"
#include "usecase/photos.hpp"

namespace aftercare::usecase {
namespace {

// Most commands are one permission and one decision.
template <class Command>
using DecideFn = Result<domain::Decision> (*)(const domain::CaseState&, const Command&, const domain::Facts&);

template <class Command>
Result<CaseChanged> run(Context& ctx, const Actor& actor, const Guard& guard, Permission permission,
                        const OnCase<Command>& in, DecideFn<Command> decide) {
    AC_CHECK(require(actor, permission));
    store::NamedPhotos photos;
    if constexpr (requires { in.command.photo_ref; }) photos = named_photos(actor, in.command.photo_ref, "/photo_ref");
    return change_case(
        ctx, actor, guard, in.case_id, in.command.operation_id,
        [&](const domain::CaseState& state, const domain::Facts& facts) { return decide(state, in.command, facts); }, {}, {}, photos);
}

/// `note`, when it has a body, goes into the case after what was decided.
Result<domain::Decision> with_note(domain::Decision decision, const domain::CaseState& state, const Note& note, const domain::Facts& facts) {
    if (note.body.empty()) return decision;
    AC_TRY(auto noted, domain::add_note(domain::after(state, decision), {note.id, note.kind}, facts));
    domain::append(decision, std::move(noted));
    return decision;
}

}  // namespace

Result<CaseChanged> request_operation(Context& ctx, const Actor& actor, const Guard& guard,
                                   const OnCase<domain::RequestOperation>& in) {
    AC_CHECK(require(actor, Permission::open_cases));
    const Note why{ctx.ids.make<MessageId>(), in.case_id, NoteKind::internal, actor.staff_id, in.command.override_reason, guard.now};
    return change_case(
        ctx, actor, guard, in.case_id, {},
        [&](const domain::CaseState& state, const domain::Facts& facts) -> Result<domain::Decision> {
            AC_TRY(domain::Decision decision, domain::request_operation(state, in.command, facts));
            return with_note(std::move(decision), state, why, facts);
        },
        why, {}, named_photos(actor, in.command.photo_ref, "/photo_ref"));
}

Result<CaseChanged> ask_info(Context& ctx, const Actor& actor, const Guard& guard, const AskInfoIn& in) {
    AC_CHECK(require(actor, Permission::decide_operations));
    const Note question{ctx.ids.make<MessageId>(), in.case_id, NoteKind::to_customer, actor.staff_id, in.question, guard.now};
    return change_case(
        ctx, actor, guard, in.case_id, in.operation_id,
        [&](const domain::CaseState& state, const domain::Facts& facts) {
            return domain::ask_info(state, {in.operation_id, question.id}, facts);
        },
        question);
}

Result<CaseChanged> approve(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::Approve>& in) {
    return run(ctx, actor, guard, Permission::decide_operations, in, &domain::approve);
}
Result<CaseChanged> give_info(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::GiveInfo>& in) {
    return run(ctx, actor, guard, Permission::open_cases, in, &domain::give_info);
}
Result<CaseChanged> reject(Context& ctx, const Actor& actor, const Guard& guard, const RejectIn& in) {
    AC_CHECK(require(actor, Permission::decide_operations));
    const Note told{ctx.ids.make<MessageId>(), in.case_id, NoteKind::to_customer, actor.staff_id, in.note, guard.now};
    return change_case(
        ctx, actor, guard, in.case_id, in.command.operation_id,
        [&](const domain::CaseState& state, const domain::Facts& facts) -> Result<domain::Decision> {
            AC_TRY(domain::Decision decision, domain::reject(state, in.command, facts));
            return with_note(std::move(decision), state, told, facts);
        },
        told);
}
Result<CaseChanged> appeal(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::Appeal>& in) {
    return run(ctx, actor, guard, Permission::open_cases, in, &domain::appeal);
}
Result<CaseChanged> change_kind(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::ChangeKind>& in) {
    return run(ctx, actor, guard, Permission::decide_operations, in, &domain::change_kind);
}
Result<CaseChanged> withdraw(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::Withdraw>& in) {
    return run(ctx, actor, guard, Permission::open_cases, in, &domain::withdraw);
}
Result<CaseChanged> ship_back(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::ShipBack>& in) {
    AC_CHECK(require(actor, Permission::open_cases));
    return change_case(
        ctx, actor, guard, in.case_id, in.command.operation_id,
        [&](const domain::CaseState& state, const domain::Facts& facts) { return domain::ship_back(state, in.command, facts); },
        {}, {in.command.tracking});
}
Result<CaseChanged> arrive(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::Arrive>& in) {
    return run(ctx, actor, guard, Permission::receive_goods, in, &domain::arrive);
}
Result<CaseChanged> carrier_lost(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::CarrierLost>& in) {
    return run(ctx, actor, guard, Permission::decide_operations, in, &domain::carrier_lost);
}
Result<CaseChanged> inspect(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::Inspect>& in) {
    return run(ctx, actor, guard, Permission::receive_goods, in, &domain::inspect);
}
Result<CaseChanged> accept(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::Accept>& in) {
    // Row 16: the warehouse, or whoever decides about the operation
    const bool decides = allowed(actor, Permission::decide_operations);
    return run(ctx, actor, guard, decides ? Permission::decide_operations : Permission::receive_goods, in, &domain::accept);
}
Result<CaseChanged> agree(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::Agree>& in) {
    return run(ctx, actor, guard, Permission::decide_operations, in, &domain::agree);
}
Result<CaseChanged> send_back(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::SendBack>& in) {
    return run(ctx, actor, guard, Permission::decide_operations, in, &domain::send_back);
}
Result<CaseChanged> dispatch(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::Dispatch>& in) {
    return run(ctx, actor, guard, Permission::receive_goods, in, &domain::dispatch);
}
Result<CaseChanged> delivered(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::Delivered>& in) {
    return run(ctx, actor, guard, Permission::open_cases, in, &domain::delivered);
}
Result<CaseChanged> outbound_lost(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::OutboundLost>& in) {
    return run(ctx, actor, guard, Permission::open_cases, in, &domain::outbound_lost);
}
Result<CaseChanged> resend(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::Resend>& in) {
    return run(ctx, actor, guard, Permission::override_rules, in, &domain::resend);
}
Result<CaseChanged> rule(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::Rule>& in) {
    AC_CHECK(domain::permitted(actor, CommandWord::rule));  // a plugin's too
    return change_case(ctx, actor, guard, in.case_id, in.command.operation_id,
                       [&](const domain::CaseState& state, const domain::Facts& facts) { return domain::rule(state, in.command, facts); });
}
Result<CaseChanged> submit_refund(Context& ctx, const Actor& actor, const Guard& guard,
                                  const OnCase<domain::SubmitRefundNow>& in) {
    return run(ctx, actor, guard, Permission::submit_refunds, in, &domain::submit_refund);
}
Result<CaseChanged> refund_result(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::RefundOutcome>& in) {
    return run(ctx, actor, guard, Permission::settle_refunds, in, &domain::refund_outcome);
}

Result<CaseChanged> answer_check(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::AnswerCheck>& in) {
    return run(ctx, actor, guard, Permission::check_goods, in, &domain::answer_check);
}
Result<CaseChanged> reserve(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::Reserve>& in) {
    return run(ctx, actor, guard, Permission::check_goods, in, &domain::reserve);
}
Result<CaseChanged> swap(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::Swap>& in) {
    return run(ctx, actor, guard, Permission::decide_operations, in, &domain::swap);
}
Result<CaseChanged> collected(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::Collected>& in) {
    return run(ctx, actor, guard, Permission::settle_refunds, in, &domain::collected);
}
Result<CaseChanged> open_recall(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::OpenRecall>& in) {
    AC_CHECK(require(actor, Permission::open_cases));
    return change_case(
        ctx, actor, guard, in.case_id, in.command.operation_id,
        [&](const domain::CaseState& state, const domain::Facts& facts) { return domain::open_recall(state, in.command, facts); }, {}, {in.command.tracking});
}
Result<CaseChanged> recall_arrived(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::RecallArrived>& in) {
    return run(ctx, actor, guard, Permission::receive_goods, in, &domain::recall_arrived);
}
Result<CaseChanged> inspect_recall(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::InspectRecall>& in) {
    return run(ctx, actor, guard, Permission::receive_goods, in, &domain::inspect_recall);
}
Result<CaseChanged> end_recall(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::EndRecall>& in) {
    return run(ctx, actor, guard, Permission::open_cases, in, &domain::end_recall);
}
Result<CaseChanged> diagnose(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::Diagnose>& in) {
    return run(ctx, actor, guard, Permission::repair_goods, in, &domain::diagnose);
}
Result<CaseChanged> quote_repair(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::QuoteRepair>& in) {
    return run(ctx, actor, guard, Permission::decide_operations, in, &domain::quote_repair);
}
Result<CaseChanged> answer_quote(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::AnswerQuote>& in) {
    return run(ctx, actor, guard, Permission::open_cases, in, &domain::answer_quote);
}
Result<CaseChanged> repair_step(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::StepRepair>& in) {
    return run(ctx, actor, guard, Permission::repair_goods, in, &domain::repair_step);
}
Result<CaseChanged> recover(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::Recover>& in) {
    return run(ctx, actor, guard, Permission::decide_operations, in, &domain::recover);
}
Result<CaseChanged> write_off(Context& ctx, const Actor& actor, const Guard& guard, const OnCase<domain::WriteOff>& in) {
    return run(ctx, actor, guard, Permission::override_rules, in, &domain::write_off);
}

Result<RefundList> list_refunds(Context& ctx, const Actor& actor, const RefundQuery& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    AC_TRY(const auto after, store::parse_cursor(in.page.after));
    std::vector<std::string> states{"submitted", "unknown", "failed"};
    if (in.state) states = {std::string(word(*in.state))};
    return ctx.store.read([&](store::Tx& tx) -> Result<RefundList> {
        auto page = store::list_refunds(tx, shops_for(tx, actor, in.shop_id), states, after, in.page.limit);
        return RefundList{std::move(page.items), page.next ? store::print_cursor(*page.next) : ""};
    });
}

}  // namespace aftercare::usecase
