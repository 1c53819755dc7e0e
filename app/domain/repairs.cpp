#include <algorithm>

#include "domain/clocks.hpp"
#include "domain/draft.hpp"
#include "domain/ledgers.hpp"
#include "domain/operation_rules.hpp"
#include "domain/work.hpp"
#include "domain/work_commands.hpp"

/// Repair (after-sales.md section 3): diagnosing → quoted → repairing ⇄ waiting_parts → testing → back. The units stay the customer's.
namespace aftercare::domain {
namespace {

Result<const Operation*> on_bench(const CaseState& state, const OperationId& id, CommandWord command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, id, facts.actor, command));
    if (operation->kind != OperationKind::repair) return refuse("not_a_repair");
    if (operation->repair == RepairStage::none) return refuse("goods_not_here", {}, {{"arrive", {}}, {"inspect", {}}});
    return operation;
}

/// `allowed`: stages with commas between them.
tl::unexpected<Error> wrong_stage(const Operation& o, std::string allowed) {
    return refuse("wrong_repair_stage", {{"repair", std::string(word(o.repair))}, {"allowed", std::move(allowed)}});
}
Result<void> check_stage(const Operation& o, RepairStage wanted) {
    if (o.repair != wanted) return wrong_stage(o, std::string(word(wanted)));
    return {};
}

/// The repair as it is, at another stage.
RepairWent went(const Operation& o, RepairStage stage) {
    return {o.id, stage, o.warranty, o.parts_minor, o.labour_minor, o.asked_minor, o.promised_at, {}, {}};
}

/// A price that was accepted is owed no more when the thing goes back as it came. Each thing's own: the last that was accepted.
Result<void> take_back_price(RepairWent& event, const CaseState& state, const Operation& o, const Facts& facts) {
    const auto price = o.asked_minor;
    event.price_minor = 0;
    if (price == 0) return {};
    const auto leg = std::find_if(state.money.rbegin(), state.money.rend(), [&](const MoneyLeg& l) { return l.operation_id == o.id && l.kind == MoneyKind::collect; });
    const bool unpaid = leg->state == MoneyState::authorised;
    event.quote.replacement_minor = -price;
    (unpaid ? event.quote.collect_minor : event.quote.net_minor) = unpaid ? -price : price;
    if (unpaid) event.moves.money.push_back({leg->id, leg->payment_id, leg->state, MoneyState::voided, price, price, leg->kind});
    else if (!shift_money(event.moves, state, o, price, 0, facts))  // other operations have taken it meanwhile
        return refuse("not_enough_captured", {{"needed", std::to_string(price)}, {"free", std::to_string(free_money(state.order))}}, {{"wait_for_payment", {}}});
    return {};
}

Decision go_on(Draft& draft, RepairWent event) {
    const OperationId id = event.operation_id;
    const bool over = event.stage == RepairStage::done || event.stage == RepairStage::unrepaired;
    draft.add(std::move(event));
    if (over) plan_repaired(draft, id);
    return draft.take();
}

}  // namespace

Result<Decision> diagnose(const CaseState& state, const Diagnose& command, const Facts& facts) {
    AC_TRY(const Operation* o, on_bench(state, command.operation_id, CommandWord::diagnose, facts));
    AC_CHECK(check_stage(*o, RepairStage::diagnosing));
    if (command.parts_minor < 0 || command.parts_minor > kMaxMinor) return fail_field("/parts_minor", "out_of_range");
    if (command.labour_minor < 0 || command.labour_minor > kMaxMinor) return fail_field("/labour_minor", "out_of_range");
    Draft draft(state, CommandWord::diagnose, facts);
    auto event = went(*o, !command.repairable ? RepairStage::unrepaired : command.warranty ? RepairStage::repairing : RepairStage::quoted);
    event.warranty = command.warranty;
    event.parts_minor = command.parts_minor;
    event.labour_minor = command.labour_minor;
    if (event.stage == RepairStage::quoted) open_task(event.moves, state, o->id, Department::service, "quote_repair", facts);
    if (event.stage == RepairStage::unrepaired) open_task(event.moves, state, o->id, Department::service, "offer_other_kind", facts);
    return go_on(draft, std::move(event));
}

Result<Decision> quote_repair(const CaseState& state, const QuoteRepair& command, const Facts& facts) {
    AC_TRY(const Operation* o, on_bench(state, command.operation_id, CommandWord::quote_repair, facts));
    AC_CHECK(check_stage(*o, RepairStage::quoted));
    if (command.price_minor < 0 || command.price_minor > kMaxMinor) return fail_field("/price_minor", "out_of_range");
    if (command.promised_at.ms != 0 && command.promised_at <= facts.now) return fail_field("/promised_at", "out_of_range");
    Draft draft(state, CommandWord::quote_repair, facts);
    auto event = went(*o, command.price_minor == 0 ? RepairStage::repairing : RepairStage::quoted);
    event.price_minor = command.price_minor;
    event.promised_at = command.promised_at;
    return go_on(draft, std::move(event));
}

Result<Decision> answer_quote(const CaseState& state, const AnswerQuote& command, const Facts& facts) {
    AC_TRY(const Operation* o, on_bench(state, command.operation_id, CommandWord::answer_quote, facts));
    AC_CHECK(check_stage(*o, RepairStage::quoted));
    if (o->asked_minor == 0) return refuse("quote_missing", {}, {{"quote_repair", {}}});
    Draft draft(state, CommandWord::answer_quote, facts);
    auto event = went(*o, command.accepted ? RepairStage::repairing : RepairStage::unrepaired);
    if (command.accepted) {
        event.quote.replacement_minor = event.quote.collect_minor = o->asked_minor;
        owe(event.moves, state, MoneyKind::collect, o->asked_minor, facts);
    }
    return go_on(draft, std::move(event));
}

Result<Decision> repair_step(const CaseState& state, const StepRepair& command, const Facts& facts) {
    AC_TRY(const Operation* o, on_bench(state, command.operation_id, CommandWord::repair_step, facts));
    using R = RepairStage;
    using S = RepairStep;
    struct Way {
        S step;
        R from, to;
    };
    static constexpr Way kWays[] = {{S::parts_wanted, R::repairing, R::waiting_parts}, {S::parts_came, R::waiting_parts, R::repairing},
                                    {S::repaired, R::repairing, R::testing},           {S::test_passed, R::testing, R::done},
                                    {S::test_failed, R::testing, R::repairing},        {S::gave_up, R::repairing, R::unrepaired},
                                    {S::gave_up, R::waiting_parts, R::unrepaired},     {S::gave_up, R::testing, R::unrepaired}};
    std::string allowed;
    for (const auto& way : kWays) {
        if (way.step != command.step) continue;
        allowed += (allowed.empty() ? "" : ",") + std::string(word(way.from));
        if (way.from != o->repair) continue;
        Draft draft(state, CommandWord::repair_step, facts);
        auto event = went(*o, way.to);
        if (way.step == S::gave_up) {
            AC_CHECK(take_back_price(event, state, *o, facts));
            open_task(event.moves, state, o->id, Department::service, "offer_other_kind", facts);
        }
        return go_on(draft, std::move(event));
    }
    return wrong_stage(*o, std::move(allowed));
}

}  // namespace aftercare::domain
